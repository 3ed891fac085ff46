//! Cases: a few rows and what must come out of them, in words that a clerk can read.
//!
//! A case gives only the columns that matter. Keys are made up, rows without a parent belong to the one unit that
//! there is, and what is left out is blank.

mod boundary;
mod expect;
mod read;
mod rows;

pub use boundary::{Boundary, unnoticed};
pub use expect::Mismatch;
pub use read::{Case, Expectation, read};

use crate::campaign::{self, Campaign};
use crate::data::assemble;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::evaluate::{self, Options, Outcome, Plan};
use crate::patch;
use crate::rule::Library;
use crate::value::Day;

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
    let report = |mismatches, faults| Report { name: case.name.clone(), mismatches, faults };
    let (plan, readings) = match prepare(case, document, library) {
        Ok(prepared) => prepared,
        Err(faults) => return report(Vec::new(), unexpected(case, faults)),
    };
    let as_of = case.as_of.unwrap_or_else(|| default_day(&plan));
    let mut faults = Vec::new();
    let raw = rows::tables(case, &plan, &mut faults);
    let Some(data) = assemble(&plan.campaign.schema, raw, as_of, &mut faults) else {
        return report(Vec::new(), unexpected(case, faults));
    };
    let mut outcome = evaluate::evaluate(&plan, &data, Options { as_of, threads: 1 }, &mut faults);
    outcome.warnings.extend(faults.iter().filter(|fault| !fault.is_error()).cloned());
    outcome.warnings.extend(evaluate::on_the_bar(&plan, &outcome, &readings));
    report(mismatches(case, &outcome), unexpected(case, faults))
}

type Prepared = (Plan, Vec<evaluate::Reinterpreted>);

fn prepare(case: &Case, document: &Node, library: &Library) -> Result<Prepared, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut document = document.clone();
    for edit in &case.set {
        patch::set(&mut document, edit, &mut faults);
    }
    let campaign: Option<Campaign> = campaign::read(&document, &mut faults);
    let Some(campaign) = campaign.filter(|_| !faults.iter().any(Diagnostic::is_error)) else { return Err(faults) };
    let of_the_year =
        campaign.round_of_the_year(case.as_of.unwrap_or(campaign.period.to)).map(|round| round.id.clone());
    let readings = evaluate::readings(&document, &campaign)?;
    Ok((Plan::new(campaign, library.clone(), case.round.as_deref().or(of_the_year.as_deref()))?, readings))
}

/// The last day of the round or of the campaign: a case describes a state, not a moment in between.
fn default_day(plan: &Plan) -> Day {
    plan.round.as_ref().map_or(plan.campaign.period.to, |round| round.span.to)
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
