//! The rows of a file, whatever it is.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Encoding, FileWriting};
use crate::source::Place;

use super::Input;
use super::dialect::Dialect;
use super::grid::Grid;
use super::input::open_at;
use super::records::Records;
use super::row::Row;
use super::sniff::{Look, Sort, sniff};
use super::table::Found;
use super::text::Text;
use super::workbook;

/// The rows of a file, one after the other.
pub(super) struct Source<'a> {
    file: &'a str,
    rows: Rows<'a>,
    /// What the file is.
    pub found: Found,
    /// Where the text begins in a file whose bytes are its letters.
    start: Option<usize>,
}

/// What is not read yet of a file whose bytes are its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// How many bytes are before it.
    pub offset: u64,
    /// How many lines are before it.
    pub lines: u64,
    /// What stands between its cells.
    pub delimiter: u8,
}

enum Rows<'a> {
    Records(Box<Records<'a>>),
    Grid(Grid),
}

impl<'a> Source<'a> {
    /// Opens a file; the headers that are expected tell how its cells are kept apart.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(
        file: &'a str,
        input: &'a dyn Input,
        writing: &FileWriting,
        headers: &[&str],
        look: Look,
    ) -> Result<Self, Vec<Diagnostic>> {
        match sniff(file, input, writing.encoding, look).map_err(|fault| vec![fault])? {
            Sort::Text(sniffed) => {
                let dialect = Dialect::find(&sniffed.sample, writing.delimiter, headers);
                let unreadable =
                    |error| vec![about(file, Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error))];
                let bytes = input.open().map_err(unreadable)?;
                let text = Text::open(bytes, &sniffed, dialect.skip).map_err(unreadable)?;
                let found = Found {
                    encoding: Some(sniffed.encoding),
                    delimiter: Some(char::from(dialect.delimiter)),
                    ..Found::default()
                };
                let start = (sniffed.encoding == Encoding::Utf8).then_some(sniffed.mark + dialect.skip);
                let records = Records::new(file, text, dialect.delimiter);
                Ok(Self { file, rows: Rows::Records(Box::new(records)), found, start })
            }
            Sort::NoTable(reason) => {
                Err(vec![about(file, Diagnostic::new(&catalogue::NOT_A_TABLE).with("reason", reason))])
            }
            Sort::Archive => {
                let (sheet, grid) =
                    workbook::read(input, writing.sheet.as_ref()).map_err(|fault| vec![about(file, fault)])?;
                if let Some(legacy) = grid.looks().legacy() {
                    let fault = Diagnostic::new(&catalogue::LEGACY_ENCODING).with("encoding", legacy.name());
                    return Err(vec![about(file, fault)]);
                }
                let found = Found { sheet: Some(sheet), ..Found::default() };
                Ok(Self { file, rows: Rows::Grid(grid), found, start: None })
            }
        }
    }

    /// What is not read yet, if the bytes of the file are its letters.
    pub fn rest(&self) -> Option<Rest> {
        let Rows::Records(records) = &self.rows else { return None };
        let (passed, lines) = records.passed()?;
        let delimiter = u8::try_from(self.found.delimiter?).ok()?;
        Some(Rest { offset: (self.start? + passed) as u64, lines, delimiter })
    }

    /// Goes on reading where a rest begins.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn go_on(&mut self, input: &'a dyn Input, rest: Rest) -> Result<(), Vec<Diagnostic>> {
        let unreadable =
            |error| vec![about(self.file, Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error))];
        let bytes = open_at(input, rest.offset).map_err(unreadable)?;
        let records = Records::after(rest.lines, self.file, bytes, rest.delimiter);
        self.rows = Rows::Records(Box::new(records));
        Ok(())
    }

    /// Reads the next row that is not blank.
    ///
    /// # Errors
    /// Why the rest of the file cannot be read.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, Vec<Diagnostic>> {
        match &mut self.rows {
            Rows::Grid(grid) => Ok(grid.next(row)),
            Rows::Records(records) => match records.next(&mut row.record)? {
                Some(line) => {
                    (row.line, row.misquoted) = (line, records.misquoted);
                    Ok(true)
                }
                None if records.malformed() => {
                    let encoding = self.found.encoding.unwrap_or_default().name();
                    Err(vec![about(self.file, Diagnostic::new(&catalogue::BAD_LETTERS).with("encoding", encoding))])
                }
                None => Ok(false),
            },
        }
    }
}

fn about(file: &str, fault: Diagnostic) -> Diagnostic {
    fault.at(Place::File(file.to_owned()))
}
