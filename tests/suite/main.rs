//! All integration tests: one binary, one module per subject.

mod cases;
mod lao_cai;
