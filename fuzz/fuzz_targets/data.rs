//! Any bytes as data.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_fuzz::{CAMPAIGN, RULES, run};

fuzz_target!(|firms: &[u8]| run(CAMPAIGN, RULES, firms));
