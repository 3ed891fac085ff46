//! What stands above the levels.

use serde::Serialize;

use crate::campaign::Assumption;
use crate::data::Intake;
use crate::diagnostic::{Diagnostic, Language};
use crate::evaluate::ReadingOutcome;
use crate::source::Place;

/// Something that no clause says.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Assumption"))]
pub struct AssumptionJson {
    /// The path of the value in the campaign.
    pub path: String,
    /// The value as it is written.
    pub value: String,
    /// Why it is assumed, or who set it and what it was.
    pub reason: String,
}

/// A finding that did not stop the work.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Warning"))]
pub struct WarningJson {
    /// The stable code.
    pub code: &'static str,
    /// The sentence, in the language that was asked for.
    pub message: String,
    /// Where, as in `campaign.toml:12:1`.
    pub place: Option<String>,
}

/// What another reading of the directive would change.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Reading"))]
pub struct ReadingJson {
    /// The question that it answers.
    pub question: String,
    /// How it reads the clause.
    pub about: String,
    /// How many verdicts would be others.
    pub verdicts: usize,
    /// How many ranks would be others.
    pub ranks: usize,
    /// How many decisions on awards would be others.
    pub awards: usize,
}

impl ReadingJson {
    pub(super) fn new(outcome: &ReadingOutcome) -> Self {
        let ReadingOutcome { reading, verdicts, ranks, awards } = outcome.clone();
        Self { question: reading.question, about: reading.about, verdicts, ranks, awards }
    }
}

/// What came in from one file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "File"))]
pub struct FileJson {
    /// The data rows in it.
    pub rows: usize,
    /// The faults found in it.
    pub faults: usize,
    /// The rows that count for no unit.
    pub set_aside: usize,
    /// The rows that do not exist on the day of evaluation, or whose unit does not.
    pub absent: usize,
}

impl AssumptionJson {
    pub(super) fn new(assumption: &Assumption) -> Self {
        let Assumption { path, value, reason } = assumption.clone();
        Self { path, value, reason }
    }
}

impl WarningJson {
    pub(in crate::report) fn new(warning: &Diagnostic, language: Language) -> Self {
        let place = (warning.place != Place::Nowhere).then(|| warning.place.to_string());
        Self { code: warning.code(), message: warning.message(language), place }
    }
}

impl FileJson {
    pub(super) fn new(intake: &Intake) -> Self {
        Self { rows: intake.rows, faults: intake.faults, set_aside: intake.set_aside, absent: intake.absent }
    }
}
