//! What stands above the levels.

use serde::Serialize;

use crate::campaign::Assumption;
use crate::data::{Found, Intake};
use crate::diagnostic::{Diagnostic, Language};
use crate::evaluate::ReadingOutcome;
use crate::schema::Encoding;
use crate::source::Place;

use super::super::words;

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
    /// How it reads the clause, in the language that was asked for where it is said in both.
    pub about: String,
    /// How many verdicts would be others.
    pub verdicts: usize,
    /// How many points of criteria would be others.
    pub points: usize,
    /// How many scores would be others.
    pub scores: usize,
    /// How many grades would be others.
    pub grades: usize,
    /// How many ranks would be others.
    pub ranks: usize,
    /// How many decisions on awards would be others.
    pub awards: usize,
}

impl ReadingJson {
    pub(super) fn new(outcome: &ReadingOutcome, language: Language) -> Self {
        let ReadingOutcome { reading, verdicts, points, scores, grades, ranks, awards } = outcome.clone();
        let about = words::title(&reading.about, "", language).to_owned();
        Self { question: reading.question, about, verdicts, points, scores, grades, ranks, awards }
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
    /// The rows that are no data: totals, headings, signatures; each is listed among the warnings.
    pub left_out: usize,
    /// The cells that are unknown because they are faulty.
    pub cells_in_doubt: usize,
    /// The rows in which something is faulty.
    pub rows_in_doubt: usize,
    /// How the file was read, whether declared or found out.
    pub read_as: ReadAsJson,
}

/// How a file was read.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "ReadAs"))]
pub struct ReadAsJson {
    /// How its bytes become letters; null for a workbook.
    pub encoding: Option<&'static str>,
    /// What stands between its cells; null for a workbook.
    pub delimiter: Option<char>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of the header.
    pub header_line: u64,
    /// How many rows the header has.
    pub header_rows: usize,
    /// Headers that stand for a declared one: first what the file says, then what is declared.
    pub renamed: Vec<[String; 2]>,
    /// Headers that no column of the schema has.
    pub extra_columns: Vec<String>,
    /// Whether letters were composed of their parts.
    pub composed: bool,
    /// How many codes were given back the zeros in front, by header.
    pub padded: Vec<(String, usize)>,
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
        let Found { encoding, delimiter, sheet, header_line, header_rows, renamed, extra, composed, padded } =
            intake.found.clone();
        Self {
            rows: intake.rows,
            faults: intake.faults,
            set_aside: intake.set_aside,
            absent: intake.absent,
            left_out: intake.left_out,
            cells_in_doubt: intake.cells_in_doubt,
            rows_in_doubt: intake.rows_in_doubt,
            read_as: ReadAsJson {
                encoding: encoding.map(Encoding::name),
                delimiter,
                sheet,
                header_line,
                header_rows,
                renamed,
                extra_columns: extra,
                composed,
                padded,
            },
        }
    }
}
