//! The records of a CSV text and the lines that they start on.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{CellPlace, Place};

use super::text::{MOST_IN_A_RECORD, Text};

/// The records of a text that are not entirely blank, one after the other in one buffer.
pub(super) struct Records<'a> {
    file: &'a str,
    reader: Reader<Text<'a>>,
    delimiter: u8,
    lines: Lines,
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
        Self { file, reader: builder.from_reader(text), delimiter, lines: Lines { at: 0, line } }
    }

    /// Reads the next record into `record` and returns its line.
    ///
    /// # Errors
    /// A quotation mark that is never closed: the record would hold the rest of the file.
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
            if self.reader.get_ref().ends_at(end)
                && ends_in_quotes(self.reader.get_ref().part(start, end), self.delimiter)
            {
                return Err(vec![self.at_line(&catalogue::UNCLOSED_QUOTE, line)]);
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
        let quoted = ends_in_quotes(text, self.delimiter);
        let line = self.lines.line_of_record(self.reader.get_ref(), start, usize::MAX / 2);
        let entry = if quoted { &catalogue::UNCLOSED_QUOTE } else { &catalogue::RECORD_TOO_LONG };
        self.at_line(entry, line).with("limit", MOST_IN_A_RECORD)
    }

    fn at_line(&self, entry: &'static crate::diagnostic::Entry, line: u64) -> Diagnostic {
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

/// Whether a record ends within quotation marks.
fn ends_in_quotes(record: &[u8], delimiter: u8) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        CellStart,
        PlainCell,
        Quoted,
        QuoteInQuoted,
    }
    let end = record.iter().fold(At::CellStart, |at, byte| match (at, *byte) {
        (At::Quoted, b'"') => At::QuoteInQuoted,
        (At::CellStart | At::QuoteInQuoted, b'"') | (At::Quoted, _) => At::Quoted,
        (_, b'\r' | b'\n') => At::CellStart,
        (_, byte) if byte == delimiter => At::CellStart,
        _ => At::PlainCell,
    });
    end == At::Quoted
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
