//! All integration tests: one binary, one module per subject.

mod cases;
mod docs;
mod lao_cai;
