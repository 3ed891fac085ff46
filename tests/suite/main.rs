//! All integration tests: one binary, one module per subject.

mod lao_cai;
