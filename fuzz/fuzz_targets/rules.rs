//! Any text as rules.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_fuzz::{CAMPAIGN, FIRMS, run};

fuzz_target!(|rules: &str| run(CAMPAIGN, rules, FIRMS.as_bytes()));
