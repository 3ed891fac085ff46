//! All integration tests: one binary, one module per subject.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that finds something else than it expects has failed"
)]

mod cases;
mod docs;
mod lao_cai;
