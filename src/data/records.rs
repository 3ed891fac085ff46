//! The records of a CSV text and the lines that they start on.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::diagnostic::{Diagnostic, Entry, catalogue};
use crate::source::{CellPlace, Place};

use super::grid::MOST_IN_A_CELL;
use super::text::{MOST_IN_A_RECORD, Text};

/// The records of a text that are not entirely blank, one after the other in one buffer.
pub(super) struct Records<'a> {
    file: &'a str,
    reader: Reader<Text<'a>>,
    delimiter: u8,
    lines: Lines,
    /// Whether text stands behind a closing quotation mark in the last record.
    pub misquoted: bool,
}

impl<'a> Records<'a> {
    /// The records of a text.
    pub fn new(file: &'a str, text: Text<'a>, delimiter: u8) -> Self {
        let line = 1 + line_breaks(text.skipped());
        Self::from_line(file, text, delimiter, line)
    }

    /// The records of a file after so many lines.
    pub fn after(lines: u64, file: &'a str, rest: Box<dyn Read + Send + 'a>, delimiter: u8) -> Self {
        // The reader drops a byte order mark at the beginning of a text; in the middle of a file it is part of a cell.
        let rest = Box::new(b"\n".chain(rest));
        Self::from_line(file, Text::utf8(rest), delimiter, lines)
    }

    fn from_line(file: &'a str, text: Text<'a>, delimiter: u8, line: u64) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(64 << 10);
        Self { file, reader: builder.from_reader(text), delimiter, lines: Lines { at: 0, line }, misquoted: false }
    }

    /// Reads the next record into `record` and returns its line.
    ///
    /// # Errors
    /// A quotation mark that is never closed: the record would hold the rest of the file. One that is closed in the
    /// middle of another cell, some lines further on: the record holds rows. A cell that is too long.
    pub fn next(&mut self, record: &mut StringRecord) -> Result<Option<u64>, Vec<Diagnostic>> {
        loop {
            let before = offset(self.reader.position().byte());
            let read = self.reader.read_record(record);
            if self.reader.get_ref().too_long {
                return Err(vec![self.endless(before)]);
            }
            if !read.map_err(|fault| vec![self.unreadable(&fault)])? {
                return Ok(None);
            }
            let start = record.position().map_or(0, |position| offset(position.byte()));
            let end = offset(self.reader.position().byte());
            let line = self.lines.line_of_record(self.reader.get_ref(), start, end);
            if let Some(entry) = self.misread(start, end) {
                return Err(vec![self.at_line(entry, line)]);
            }
            if record.as_slice().len() > MOST_IN_A_CELL && record.iter().any(|cell| cell.len() > MOST_IN_A_CELL) {
                return Err(vec![self.at_line(&catalogue::CELL_TOO_LONG, line).with("limit", MOST_IN_A_CELL)]);
            }
            self.reader.get_mut().forget_before(start.max(self.lines.at));
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(line));
            }
        }
    }

    /// How many bytes of the text, and how many lines of the file, are before what is not read yet; nothing where that
    /// cannot be said so soon.
    pub fn passed(&self) -> Option<(usize, u64)> {
        let text = self.reader.get_ref();
        let end = offset(self.reader.position().byte());
        let next = text.part(end, end + 1);
        if next.is_empty() && !text.ends_at(end) {
            return None;
        }
        // The second half of a line break is part of it.
        let end = if text.part(end.saturating_sub(1), end) == b"\r" && next == b"\n" { end + 1 } else { end };
        Some((end, self.lines.line - 1 + line_breaks(text.part(self.lines.at, end))))
    }

    /// Whether some bytes were no letters.
    pub fn malformed(&self) -> bool {
        self.reader.get_ref().malformed
    }

    /// Why a record is not what stands in the file, if its quotation marks say so.
    fn misread(&mut self, start: usize, end: usize) -> Option<&'static Entry> {
        self.misquoted = false;
        let text = self.reader.get_ref();
        let record = text.part(start, end);
        if !record.contains(&b'"') {
            return None;
        }
        let quotes = Quotes::of(record, self.delimiter);
        if quotes.open && text.ends_at(end) {
            return Some(&catalogue::UNCLOSED_QUOTE);
        }
        self.misquoted = quotes.misplaced;
        let over_lines = line_breaks(record.trim_ascii()) > 0;
        (quotes.misplaced && over_lines).then_some(&catalogue::QUOTE_OVER_LINES)
    }

    fn unreadable(&self, fault: &csv::Error) -> Diagnostic {
        let place = Place::File(self.file.to_owned());
        if let csv::ErrorKind::Utf8 { pos, .. } = fault.kind() {
            let offset = pos.as_ref().map_or(0, csv::Position::byte);
            return Diagnostic::new(&catalogue::NOT_UTF8).with("offset", offset).at(place);
        }
        Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", fault).at(place)
    }

    /// A record without an end: of a quotation mark that is never closed, or of a file that is no table.
    fn endless(&mut self, start: usize) -> Diagnostic {
        let text = self.reader.get_ref().part(start, start + 2 * MOST_IN_A_RECORD);
        let quoted = Quotes::of(text, self.delimiter).open;
        let line = self.lines.line_of_record(self.reader.get_ref(), start, usize::MAX / 2);
        let entry = if quoted { &catalogue::UNCLOSED_QUOTE } else { &catalogue::RECORD_TOO_LONG };
        self.at_line(entry, line).with("limit", MOST_IN_A_RECORD)
    }

    fn at_line(&self, entry: &'static Entry, line: u64) -> Diagnostic {
        let place = CellPlace { file: self.file.into(), sheet: None, line, row: 0, at: None, column: None, cell: None };
        Diagnostic::new(entry).at(Place::Cell(Box::new(place)))
    }
}

/// Counts lines up to places that come one after the other.
///
/// The `csv` crate counts too, but takes the blank lines before a record, and the second half of a `\r\n`, for its
/// first line.
struct Lines {
    at: usize,
    line: u64,
}

impl Lines {
    /// The line of the first byte of a record, counted from one; `start` may lie on line breaks before it.
    fn line_of_record(&mut self, text: &Text, start: usize, end: usize) -> u64 {
        let record = text.part(start, end);
        let blank = record.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = text.part(self.at, start + blank);
        self.line += line_breaks(passed);
        self.at += passed.len();
        self.line
    }
}

/// `\n`, `\r\n`, and `\r` alone each end a line.
pub(super) fn line_breaks(text: &[u8]) -> u64 {
    if !text.contains(&b'\r') {
        return text.iter().map(|byte| u64::from(*byte == b'\n')).sum();
    }
    let mut before = 0;
    text.iter().fold(0, |breaks, byte| {
        let second_half = before == b'\r' && *byte == b'\n';
        before = *byte;
        breaks + u64::from(matches!(byte, b'\r' | b'\n') && !second_half)
    })
}

/// How the quotation marks of a record stand.
#[derive(Clone, Copy, Default)]
struct Quotes {
    /// It ends within them.
    open: bool,
    /// Something stands behind a closing one that is no blank.
    misplaced: bool,
}

impl Quotes {
    fn of(record: &[u8], delimiter: u8) -> Self {
        #[derive(Clone, Copy, PartialEq)]
        enum At {
            CellStart,
            PlainCell,
            Quoted,
            QuoteInQuoted,
            BehindQuote,
        }
        let mut misplaced = false;
        let end = record.iter().fold(At::CellStart, |at, byte| match (at, *byte) {
            (At::Quoted, b'"') => At::QuoteInQuoted,
            (At::CellStart | At::QuoteInQuoted, b'"') | (At::Quoted, _) => At::Quoted,
            (_, b'\r' | b'\n') => At::CellStart,
            (_, byte) if byte == delimiter => At::CellStart,
            (At::QuoteInQuoted | At::BehindQuote, b' ' | b'\t') => At::BehindQuote,
            (At::QuoteInQuoted | At::BehindQuote, _) => {
                misplaced = true;
                At::PlainCell
            }
            _ => At::PlainCell,
        });
        Self { open: end == At::Quoted, misplaced }
    }
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
