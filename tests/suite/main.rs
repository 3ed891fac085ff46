//! All integration tests: one binary, one module per subject.

mod cases;
mod floors;
mod lao_cai;
