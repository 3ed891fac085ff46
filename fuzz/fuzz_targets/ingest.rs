//! Any bytes as a data file of any kind: text in any encoding, or a workbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_fuzz::ingest;

fuzz_target!(|file: &[u8]| ingest(file));
