//! Any text as a campaign.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_fuzz::{FIRMS, RULES, run};

fuzz_target!(|campaign: &str| run(campaign, RULES, FIRMS.as_bytes()));
