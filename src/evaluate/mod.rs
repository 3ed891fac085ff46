//! Evaluation: a plan and data into an outcome.

mod outcome;
mod plan;

pub use outcome::*;
pub use plan::*;
