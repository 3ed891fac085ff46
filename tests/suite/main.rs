//! All integration tests: one binary, one module per subject.

mod differential;
mod lao_cai;
