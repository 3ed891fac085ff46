//! All integration tests: one binary, one module per subject.

mod differential;
mod interpreted;
mod lao_cai;
