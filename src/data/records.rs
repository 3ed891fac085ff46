//! The records of a CSV text and the lines that they start on.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{CellPlace, Place};

/// The records of a text that are not entirely blank, one after the other in one buffer.
pub(super) struct Records<'a> {
    file: &'a str,
    reader: Reader<&'a [u8]>,
    record: StringRecord,
    lines: Lines<'a>,
}

impl<'a> Records<'a> {
    /// The records of a text.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        Self { file, reader, record: StringRecord::new(), lines: Lines { text: text.as_bytes(), at: 0, line: 1 } }
    }

    /// The next record, with its line.
    ///
    /// # Errors
    /// A quotation mark that is never closed: the record would hold the rest of the file.
    pub fn next(&mut self) -> Result<Option<(u64, &StringRecord)>, Vec<Diagnostic>> {
        loop {
            let read = self.reader.read_record(&mut self.record);
            if !read.map_err(|fault| vec![self.unreadable(&fault)])? {
                return Ok(None);
            }
            let start = self.record.position().map_or(0, |position| offset(position.byte()));
            let line = self.lines.line_of_record(start);
            let end = offset(self.reader.position().byte());
            if end >= self.lines.text.len() && ends_in_quotes(self.lines.text.get(start..).unwrap_or(&[])) {
                return Err(vec![self.unclosed(line)]);
            }
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some((line, &self.record)));
            }
        }
    }

    fn unreadable(&self, fault: &csv::Error) -> Diagnostic {
        let place = Place::File(self.file.to_owned());
        Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", fault).at(place)
    }

    fn unclosed(&self, line: u64) -> Diagnostic {
        let place = CellPlace { file: self.file.into(), line, row: 0, column: None, cell: None };
        Diagnostic::new(&catalogue::UNCLOSED_QUOTE).at(Place::Cell(Box::new(place)))
    }
}

/// Counts lines up to places that come one after the other.
///
/// The `csv` crate counts too, but takes the blank lines before a record, and the second half of a `\r\n`, for its
/// first line.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first byte of a record, counted from one; `start` may lie on line breaks before it.
    fn line_of_record(&mut self, start: usize) -> u64 {
        let blank = self.text.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..start + blank).unwrap_or(&[]);
        self.line += line_breaks(passed);
        self.at += passed.len();
        self.line
    }
}

/// `\n`, `\r\n`, and `\r` alone each end a line.
fn line_breaks(text: &[u8]) -> u64 {
    let mut before = 0;
    text.iter().fold(0, |breaks, byte| {
        let second_half = before == b'\r' && *byte == b'\n';
        before = *byte;
        breaks + u64::from(matches!(byte, b'\r' | b'\n') && !second_half)
    })
}

/// Whether a record ends within quotation marks.
fn ends_in_quotes(record: &[u8]) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        CellStart,
        PlainCell,
        Quoted,
        QuoteInQuoted,
    }
    let end = record.iter().fold(At::CellStart, |at, byte| match (at, byte) {
        (At::Quoted, b'"') => At::QuoteInQuoted,
        (At::CellStart | At::QuoteInQuoted, b'"') | (At::Quoted, _) => At::Quoted,
        (_, b',' | b'\r' | b'\n') => At::CellStart,
        _ => At::PlainCell,
    });
    end == At::Quoted
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
