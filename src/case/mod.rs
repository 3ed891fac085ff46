//! Cases: a few rows and what must come out of them, in words that a clerk can read.
//!
//! A case gives only the columns that matter. Keys are made up, rows without a parent belong to the one unit that
//! there is, and what is left out is blank.

mod boundary;
mod desk;
mod expect;
mod notice;
mod read;
mod rows;

pub use boundary::Boundary;
pub use expect::Mismatch;
pub use notice::{Noticed, boundaries, noticed};
pub use read::{Case, Expectation, read};

use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::evaluate::Outcome;
use crate::rule::Library;

use desk::Desk;

/// What became of a case.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// What came out differently.
    pub mismatches: Vec<Mismatch>,
    /// Faults that the case did not expect.
    pub faults: Vec<Diagnostic>,
}

impl Report {
    /// Whether everything came out as the case says.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.mismatches.is_empty() && self.faults.is_empty()
    }
}

/// Runs a case on a campaign and its rules.
///
/// ```
/// use std::path::Path;
/// use thidua::{case, load};
///
/// let root = Path::new("rules/lao-cai-2024");
/// let texts = load::texts(root, &[]).expect("the campaign is sound");
/// let cases = load::cases(root).expect("they can be read");
/// let report = case::run(&cases[0], &texts.document, &texts.library);
/// assert!(report.passed(), "{:?}", report.mismatches);
/// ```
#[must_use]
pub fn run(case: &Case, document: &Node, library: &Library) -> Report {
    Desk::new(document, library).run(case)
}

/// The errors that a case did not say it expects.
fn unexpected(case: &Case, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults
        .into_iter()
        .filter(|fault| fault.is_error() && !case.faults.iter().any(|code| code == fault.code()))
        .collect()
}

fn mismatches(case: &Case, outcome: &Outcome) -> Vec<Mismatch> {
    let mut mismatches = expect::compare(case, outcome);
    for code in &case.warnings {
        if !outcome.warnings.iter().any(|warning| warning.code() == code) {
            let found = outcome.warnings.iter().map(Diagnostic::code).collect::<Vec<_>>().join(", ");
            mismatches.push(Mismatch {
                path: "warnings".into(),
                expected: code.clone(),
                found,
                place: case.place.clone(),
            });
        }
    }
    mismatches
}
