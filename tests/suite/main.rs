//! All integration tests: one binary, one module per subject.

mod cases;
mod differential;
mod floors;
mod interpreted;
mod lao_cai;
