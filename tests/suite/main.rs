//! All integration tests: one binary, one module per subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests are tests"
)]

mod cases;
mod diagnostics;
mod fixture;
mod hostile;
mod lao_cai;
