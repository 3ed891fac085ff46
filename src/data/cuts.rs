//! Where the cells of a stretch begin and end.
//!
//! Only records of the ordinary form are cut here: as many cells as the header has, quotation marks around whole cells,
//! line breaks as `\n` or `\r\n`. Of anything else [`super::records`] says what it means.

use std::borrow::Cow;

use super::grid::MOST_IN_A_CELL;
use super::lines::Lines;

/// Bytes that are looked at together.
const WINDOW: usize = 4096;

/// Why a stretch is not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// Something in a row: the stretch is read in the ordinary way.
    Row,
    /// Something by which even the ends of records are in doubt: all that follows is read in the ordinary way.
    Records,
}

/// The ends of all cells of a stretch.
#[derive(Debug)]
pub(super) struct Cuts {
    delimiter: u8,
    /// How many cells each record has.
    cells: usize,
    /// The ends of the cells, record by record.
    ends: Vec<u32>,
    /// The line of each record, counted from one.
    pub lines: Lines,
    /// How many lines the stretch has.
    pub passed: u64,
}

/// The cell that is being cut, and the record that it is in.
#[derive(Default)]
struct Cutting {
    /// Where the cell begins.
    cell: usize,
    /// How many ends were known when the record began.
    record: usize,
    /// Where the record begins.
    begun: usize,
    /// The line that it begins on.
    line: u64,
    /// Lines that end inside its quotation marks.
    inside: u64,
    quoted: bool,
    /// Whether some row was not ordinary. The rest is looked at all the same, for the ends of records may be in doubt.
    odd: bool,
    /// What follows the quotation mark that closed the cell.
    closed: Option<usize>,
}

impl Cuts {
    /// For records of so many cells.
    pub fn new(delimiter: u8, cells: usize) -> Self {
        Self { delimiter, cells, ends: Vec::new(), lines: Lines::default(), passed: 0 }
    }

    /// Cuts a stretch.
    ///
    /// # Errors
    /// Where it is not of the ordinary form.
    pub fn cut(&mut self, text: &[u8]) -> Result<(), Odd> {
        if u32::try_from(text.len()).is_err() {
            return Err(Odd::Records);
        }
        self.ends.clear();
        self.lines = Lines::default();
        let mut at = Cutting { line: 1, ..Cutting::default() };
        let mut marks = [0; WINDOW];
        for (window, bytes) in text.chunks(WINDOW).enumerate() {
            mark(bytes, self.delimiter, &mut marks);
            for (word, eight) in marks.as_chunks::<8>().0.iter().enumerate() {
                let mut found = u64::from_le_bytes(*eight);
                while found != 0 {
                    let position = window * WINDOW + word * 8 + found.trailing_zeros() as usize / 8;
                    found &= found - 1;
                    let byte = text.get(position).copied().unwrap_or_default();
                    // Nearly all that is met is the end of a cell without quotation marks.
                    if byte == self.delimiter && at.is_plain() {
                        self.ends.push(short(position));
                        at.cell = position + 1;
                    } else {
                        self.meet(text, position, byte, &mut at)?;
                    }
                }
            }
        }
        if at.quoted {
            return Err(Odd::Records);
        }
        if at.begun < text.len() {
            self.end_cell(text, text.len(), &mut at)?;
            self.end_record(text, text.len(), &mut at);
        }
        self.passed = at.line - 1;
        if at.odd { Err(Odd::Row) } else { Ok(()) }
    }

    fn meet(&mut self, text: &[u8], position: usize, byte: u8, at: &mut Cutting) -> Result<(), Odd> {
        if byte == b'"' {
            return at.meet_quote(position);
        }
        if at.quoted {
            at.inside += u64::from(byte == b'\n');
        }
        let alone = byte == b'\r' && text.get(position + 1) != Some(&b'\n');
        match (at.quoted, alone) {
            // Alone it ends a record, or a line inside a cell.
            (false, true) => return Err(Odd::Records),
            (true, true) => {
                at.odd = true;
                return Ok(());
            }
            (false, false) if byte != b'\r' => {}
            _ => return Ok(()),
        }
        self.end_cell(text, position, at)?;
        if byte == b'\n' {
            self.end_record(text, position, at);
        }
        Ok(())
    }

    fn end_cell(&mut self, text: &[u8], position: usize, at: &mut Cutting) -> Result<(), Odd> {
        if let Some(closed) = at.closed.take() {
            let between = text.get(closed..position).unwrap_or_default();
            if !matches!(between, [] | [b'\r']) {
                return Err(Odd::Records);
            }
        }
        self.ends.push(short(position));
        at.cell = position + 1;
        Ok(())
    }

    fn end_record(&mut self, text: &[u8], position: usize, at: &mut Cutting) {
        let count = self.ends.len() - at.record;
        let record = text.get(at.begun..position).unwrap_or_default();
        if matches!(record, [] | [b'\r']) {
            // A line without anything is no record.
            self.ends.truncate(at.record);
        } else if count == self.cells && record.len() <= MOST_IN_A_CELL {
            self.lines.push(at.line);
        } else {
            at.odd = true;
        }
        at.line += 1 + at.inside;
        (at.record, at.begun, at.inside) = (self.ends.len(), position + 1, 0);
    }

    /// The cells at a position in each record, without the quotation marks around them.
    pub fn column<'t>(&'t self, text: &'t str, position: usize) -> impl Iterator<Item = Cut<'t>> {
        let mut start = 0;
        self.ends.chunks_exact(self.cells.max(1)).map(move |record| {
            let end_of = |at: usize| record.get(at).map_or(0, |end| *end as usize);
            let from = position.checked_sub(1).map_or(start, |before| end_of(before) + 1);
            let cell = text.get(from..end_of(position)).unwrap_or_default();
            start = record.last().map_or(0, |end| *end as usize + 1);
            // Lines without anything may stand in front of a record.
            let is_first = position == 0 && matches!(cell.as_bytes().first(), Some(b'\r' | b'\n'));
            Cut::of(if is_first { cell.trim_start_matches(['\r', '\n']) } else { cell })
        })
    }
}

impl Cutting {
    /// Whether the cell has no quotation marks so far.
    fn is_plain(&self) -> bool {
        !self.quoted && self.closed.is_none()
    }

    fn meet_quote(&mut self, position: usize) -> Result<(), Odd> {
        if self.quoted {
            (self.quoted, self.closed) = (false, Some(position + 1));
        } else if position == self.cell || self.closed == Some(position) {
            // The first of a cell, or the second of two that stand for one.
            (self.quoted, self.closed) = (true, None);
        } else {
            return Err(Odd::Records);
        }
        Ok(())
    }
}

/// A cell as it was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut<'t> {
    /// What it says.
    Plain(&'t str),
    /// What it says, with two quotation marks for each one.
    Doubled(&'t str),
}

impl<'t> Cut<'t> {
    /// The text, with one quotation mark for two.
    pub fn text(self) -> Cow<'t, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Doubled(text) => Cow::Owned(text.replace("\"\"", "\"")),
        }
    }

    fn of(cell: &'t str) -> Self {
        if cell.as_bytes().first() != Some(&b'"') {
            return Self::Plain(cell);
        }
        let cell = cell.strip_suffix('\r').unwrap_or(cell);
        let inside = cell.get(1..cell.len().max(2) - 1).unwrap_or_default();
        if inside.contains('"') { Self::Doubled(inside) } else { Self::Plain(inside) }
    }
}

/// A position in a stretch, which is shorter than 32 bits count.
fn short(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// Marks the bytes at which something may end or begin: one loop without branches, which runs on many bytes at once.
fn mark(bytes: &[u8], delimiter: u8, marks: &mut [u8; WINDOW]) {
    let one = |byte: u8| {
        u8::from(byte == delimiter) | u8::from(byte == b'\n') | u8::from(byte == b'"') | u8::from(byte == b'\r')
    };
    marks.iter_mut().zip(bytes).for_each(|(mark, byte)| *mark = one(*byte));
    marks.iter_mut().skip(bytes.len()).for_each(|mark| *mark = 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, cells: usize) -> Result<(Vec<String>, Vec<u64>), Odd> {
        let mut cuts = Cuts::new(b',', cells);
        cuts.cut(text.as_bytes())?;
        let column = |at| cuts.column(text, at).map(|cut| format!("{cut:?}")).collect::<Vec<_>>().join(" ");
        Ok(((0..cells).map(column).collect(), cuts.lines.iter().collect()))
    }

    #[test]
    fn cells_are_cut_at_what_stands_between_them() {
        let text = "a,b\n\"c,\r\n1\",\"d\"\r\n\r\n,\"e\"\"f\"\ng,\"\"";
        let (columns, lines) = cut(text, 2).unwrap();
        assert_eq!(columns[0], "Plain(\"a\") Plain(\"c,\\r\\n1\") Plain(\"\") Plain(\"g\")");
        assert_eq!(columns[1], "Plain(\"b\") Plain(\"d\") Doubled(\"e\\\"\\\"f\") Plain(\"\")");
        assert_eq!(lines, [1, 2, 5, 6]);
    }

    #[test]
    fn whatever_is_not_ordinary_is_left() {
        for text in ["a,b\nc", "a,b,c\n", "\"a\rb\",c\n", " \n"] {
            assert_eq!(cut(text, 2), Err(Odd::Row), "{text:?}");
        }
        for text in ["a,5\"\n", "\"a\"x,b\n", "a\rb,c\n", "a,\"b", "a,b\r", "a,\"b\"\"\n", "a\n5\",b\n"] {
            assert_eq!(cut(text, 2), Err(Odd::Records), "{text:?}");
        }
    }
}
