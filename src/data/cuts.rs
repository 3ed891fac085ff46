//! Where the cells of a stretch begin and end.
//!
//! Only records of the ordinary form are cut here: as many cells as the header has, quotation marks around whole cells,
//! line breaks as `\n` or `\r\n`. Of anything else [`super::records`] says what it means.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use super::ends::{self, short};
use super::grid::MOST_IN_A_CELL;
use super::lines::Lines;

/// Why a stretch is not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// Something in a row: the stretch is read in the ordinary way.
    Row,
    /// Something by which even the ends of records are in doubt: all that follows is read in the ordinary way.
    Records,
}

/// The first cell begins one behind it.
const BEFORE: u32 = u32::MAX;

/// The ends of all cells of a stretch.
#[derive(Debug)]
pub(super) struct Cuts {
    /// What stands between cells.
    delimiter: u8,
    /// How many cells each record has.
    cells: usize,
    /// The ends of the cells, record by record, and before them [`BEFORE`].
    ends: Vec<u32>,
    /// The line of each record, counted from one.
    pub lines: Lines,
    /// How many lines the stretch has.
    pub passed: u64,
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
        self.ends.push(BEFORE);
        let found = ends::find(text, self.delimiter, &mut self.ends);
        if found.in_doubt() {
            return Err(Odd::Records);
        }
        let mut records = memchr_iter(b'\n', text).count();
        if text.last().is_some_and(|last| *last != b'\n') {
            self.ends.push(short(text.len()));
            records += 1;
        }
        let ordinary = if self.are_lines(text, records) {
            (self.lines, self.passed) = (Lines::following(1, records), records as u64);
            true
        } else {
            self.find_records(text)
        };
        if ordinary && !found.odd { Ok(()) } else { Err(Odd::Row) }
    }

    /// Whether each of so many lines is a record with as many cells as it should have.
    fn are_lines(&self, text: &[u8], lines: usize) -> bool {
        let mut before = 0;
        let is_line = |ends: &[u32]| {
            let end = ends.last().map_or(0, |end| *end as usize);
            let fits = end - std::mem::replace(&mut before, end) <= MOST_IN_A_CELL;
            fits && text.get(end).is_none_or(|byte| *byte == b'\n')
        };
        let ends = self.ends.get(1..).unwrap_or_default();
        // A line of one cell may be a line without anything.
        self.cells > 1 && ends.len() == lines * self.cells && ends.chunks_exact(self.cells).all(is_line)
    }

    /// Finds the line of each record, and drops the ends of lines without anything, which are none; returns whether all
    /// are of the ordinary form.
    fn find_records(&mut self, text: &[u8]) -> bool {
        let (mut begun, mut line, mut ordinary) = (0, 1, true);
        let mut cells = 0;
        self.lines = Lines::default();
        self.ends.retain(|end| {
            let end = *end as usize;
            cells += usize::from(end != BEFORE as usize);
            let is_end = text.get(end).map_or(end == text.len(), |byte| *byte == b'\n');
            if !is_end {
                return true;
            }
            let record = text.get(begun..end).unwrap_or_default();
            let blank = matches!(record, [] | [b'\r']);
            if !blank && cells == self.cells && record.len() <= MOST_IN_A_CELL {
                self.lines.push(line);
            } else {
                ordinary &= blank;
            }
            line += 1 + memchr_iter(b'\n', record).count() as u64;
            (begun, cells) = (end + 1, 0);
            !blank
        });
        self.passed = line - 1;
        ordinary
    }

    /// The cells at a position in each record.
    pub fn column<'t>(&'t self, text: &'t str, position: usize) -> Cells<'t> {
        Cells { text, ends: &self.ends, width: self.cells, position }
    }
}

/// The cells at one position in all records of a stretch.
#[derive(Clone, Copy)]
pub(super) struct Cells<'t> {
    text: &'t str,
    ends: &'t [u32],
    width: usize,
    position: usize,
}

/// A cell that says what stands there, without quotation marks and blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    stretch: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Piece<'t> {
    /// What it says.
    #[inline]
    pub fn text(self) -> &'t str {
        self.stretch.get(self.start..self.end).unwrap_or_default()
    }

    /// Its bytes.
    #[inline]
    pub fn bytes(self) -> &'t [u8] {
        self.stretch.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    /// So many bytes from its beginning on, whatever stands behind it: what is short is read in one go.
    #[inline]
    pub fn ahead<const N: usize>(self) -> Option<&'t [u8; N]> {
        self.stretch.as_bytes().get(self.start..)?.first_chunk()
    }

    /// How many bytes it has.
    #[inline]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it has none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }
}

#[cfg(test)]
impl<'t> Piece<'t> {
    /// So many bytes at the front of a text.
    pub fn front(stretch: &'t str, len: usize) -> Self {
        Self { stretch, start: 0, end: len }
    }
}

#[cfg(test)]
impl<'t> From<&'t str> for Piece<'t> {
    fn from(text: &'t str) -> Self {
        Self::front(text, text.len())
    }
}

impl<'t> Cells<'t> {
    /// How many there are.
    pub fn len(self) -> usize {
        (self.ends.len() - 1) / self.width.max(1)
    }

    /// The cell of a row as it stands, with whatever is around it.
    #[inline]
    pub fn at(self, row: usize) -> Option<Piece<'t>> {
        let [before, end] = *self.ends.get(row * self.width + self.position..)?.first_chunk()?;
        Some(Piece { stretch: self.text, start: before.wrapping_add(1) as usize, end: end as usize })
    }

    /// The cells of some rows as they stand.
    pub fn raw(self, rows: Range<usize>) -> impl Iterator<Item = Piece<'t>> {
        rows.map_while(move |row| self.at(row))
    }

    /// A cell without the blanks and quotation marks around it; nothing where quotation marks stand for others in it.
    pub fn bared(self, raw: Piece<'t>) -> Option<Piece<'t>> {
        let piece = |start: usize, text: &str| {
            let start = start + text.len() - text.trim_start().len();
            Piece { stretch: self.text, start, end: start + text.trim().len() }
        };
        let cell = piece(raw.start, raw.text());
        let Some(quoted) = cell.text().strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
            return Some(cell);
        };
        (!quoted.contains('"')).then(|| piece(cell.start + 1, quoted))
    }

    /// What the cell of a row says, without quotation marks and blanks around it.
    pub fn text(self, row: usize) -> Option<Cow<'t, str>> {
        let raw = self.at(row)?;
        if let Some(piece) = self.bared(raw) {
            return Some(Cow::Borrowed(piece.text()));
        }
        let cell = raw.text().trim();
        let doubled = cell.get(1..cell.len().max(2) - 1)?.replace("\"\"", "\"");
        Some(Cow::Owned(doubled.trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, cells: usize) -> Result<(Vec<String>, Vec<u64>), Odd> {
        let mut cuts = Cuts::new(b',', cells);
        cuts.cut(text.as_bytes())?;
        let cell = |cells: Cells, row| match cells.bared(cells.at(row).unwrap()) {
            Some(piece) => format!("{:?}", piece.text()),
            None => format!("doubled {:?}", cells.text(row).unwrap()),
        };
        let column = |at| {
            let cells = cuts.column(text, at);
            (0..cells.len()).map(|row| cell(cells, row)).collect::<Vec<_>>().join(" ")
        };
        Ok(((0..cells).map(column).collect(), cuts.lines.iter().collect()))
    }

    #[test]
    fn cells_are_cut_at_what_stands_between_them() {
        let text = "a,b \n\"c,\r\n1\",\" d\"\r\n\r\n,\"e\"\"f\"\n\u{a0}g,\"\"";
        let (columns, lines) = cut(text, 2).unwrap();
        assert_eq!(columns[0], r#""a" "c,\r\n1" "" "g""#);
        assert_eq!(columns[1], r#""b" "d" doubled "e\"f" """#);
        assert_eq!(lines, [1, 2, 5, 6]);
    }

    #[test]
    fn whatever_is_not_ordinary_is_left() {
        for text in ["a,b\nc", "a,b,c\n", "\"a\rb\",c\n", " \n"] {
            assert_eq!(cut(text, 2), Err(Odd::Row), "{text:?}");
        }
        for text in ["a,5\"\n", "a,\"\"5\n", "\"a\"x,b\n", "a\rb,c\n", "a,\"b", "a,b\r", "a,\"b\"\"\n", "a\n5\",b\n"] {
            assert_eq!(cut(text, 2), Err(Odd::Records), "{text:?}");
        }
    }
}
