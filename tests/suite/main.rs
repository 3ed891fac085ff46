//! All integration tests: one binary, one module per subject.

mod boundaries;
mod campaigns;
mod cases;
mod completions;
mod faulty_rows;
mod floors;
mod lao_cai;
mod metamorphic;
mod ranks;
mod unknowns;
