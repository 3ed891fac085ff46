//! All integration tests: one binary, one module per subject.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that finds something else than it expects has failed"
)]

mod attack;
mod awards;
mod boundaries;
mod campaigns;
mod cases;
mod chained;
mod completions;
mod contests;
mod deadlines;
mod diagnostics;
mod differential;
mod docs;
mod explain;
mod faulty_rows;
mod fixture;
mod floors;
mod hostile;
mod ingest;
mod interpreted;
mod lao_cai;
mod metamorphic;
mod office;
mod passing;
mod peers;
mod points;
mod provisional;
mod rankings;
mod ranks;
mod scorers;
mod stages;
mod unknowns;
mod whatif;
