//! A file as rows of texts, before anybody says what its columns are.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{CellWriting, DecimalMark, FileWriting};
use crate::value::nfc;

use super::cell::is_error;
use super::notation;
use super::row::{Row, Sort};
use super::sniff::Look;
use super::source::Source;
use super::{Found, Input};

/// A file as rows of texts in Unicode.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// What the file is.
    pub found: Found,
    /// Its rows, without those that are blank.
    pub rows: Vec<PlainRow>,
}

/// One of its rows.
#[derive(Clone, Debug, Default)]
pub struct PlainRow {
    /// The line that it starts on.
    pub line: u64,
    /// The cells, without blanks around them.
    pub cells: Vec<String>,
    /// Whether a cell is a number or a day of a workbook, written as the engine writes it.
    pub exact: Vec<bool>,
}

/// Reads at most so many rows of a file as texts.
///
/// # Errors
/// Why it cannot be read.
pub fn plain(file: &str, input: &dyn Input, writing: &FileWriting, most: usize) -> Result<Plain, Vec<Diagnostic>> {
    let is_other = |reason: &Diagnostic| reason.code() == catalogue::NOT_UTF8.code;
    match read(file, input, writing, most, Look::Start) {
        Err(reasons) if reasons.iter().any(is_other) => read(file, input, writing, most, Look::All),
        read => read,
    }
}

fn read(
    file: &str,
    input: &dyn Input,
    writing: &FileWriting,
    most: usize,
    look: Look,
) -> Result<Plain, Vec<Diagnostic>> {
    let mut source = Source::open(file, input, writing, &[], look)?;
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while rows.len() < most && source.next(&mut row)? {
        let cells = row.record.iter().map(|cell| nfc(cell.trim()).into_owned()).collect();
        let exact = (0..row.record.len()).map(|at| row.sorts.get(at) == Some(&Sort::Exact)).collect();
        rows.push(PlainRow { line: row.line, cells, exact });
    }
    Ok(Plain { found: source.found, rows })
}

/// Whether a text can be read as a number under a decimal mark; without one, as the engine writes it.
#[must_use]
pub fn is_number(text: &str, decimal: Option<DecimalMark>) -> bool {
    let writing = CellWriting { decimal, ..CellWriting::default() };
    notation::number(text, Sort::Plain, &writing).is_ok()
}

/// Whether a text can be read as a day, or, with `months`, as a month.
#[must_use]
pub fn is_date(text: &str, months: bool) -> bool {
    notation::date(text, &CellWriting { months, ..CellWriting::default() }).is_ok()
}

/// Whether a text is what a spreadsheet shows where a formula has failed.
#[must_use]
pub fn is_formula_error(text: &str) -> bool {
    is_error(text)
}
