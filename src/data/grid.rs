//! The cells of one sheet that are not blank.

use super::legacy::Looks;
use super::row::{Row, Sort};

/// The most letters of a cell, in bytes; spreadsheets keep at most 32,767 letters.
pub(super) const MOST_IN_A_CELL: usize = 128 << 10;
/// The most cells of a sheet, and the most places between the first and the last cell of all its rows.
const MOST_CELLS: usize = 10 << 20;
const MOST_PLACES: usize = 100 << 20;
/// The most bytes of all its texts.
const MOST_TEXT: usize = 512 << 20;

/// Why nothing more fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// One cell is too long.
    Cell(u64),
    /// There are too many cells.
    Sheet(u64),
}

/// Cells in the order of their rows and columns, their texts in one buffer.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    cells: Vec<Cell>,
    places: usize,
    next: usize,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    row: u32,
    column: u32,
    start: u32,
    len: u32,
    sort: Sort,
}

impl Grid {
    /// Adds a cell.
    ///
    /// # Errors
    /// If no more fit.
    pub fn add(&mut self, (row, column): (u32, u32), text: &str, sort: Sort) -> Result<(), Full> {
        if text.len() > MOST_IN_A_CELL {
            return Err(Full::Cell(MOST_IN_A_CELL as u64));
        }
        if self.cells.len() == MOST_CELLS || self.places > MOST_PLACES || self.text.len() + text.len() > MOST_TEXT {
            return Err(Full::Sheet(MOST_CELLS as u64));
        }
        let before = self.cells.last().filter(|last| last.row == row).map_or(0, |last| last.column);
        self.places += column.saturating_sub(before) as usize;
        let (start, len) = (u32::try_from(self.text.len()), u32::try_from(text.len()));
        if let (Ok(start), Ok(len)) = (start, len) {
            self.text.push_str(text);
            self.cells.push(Cell { row, column, start, len, sort });
        }
        Ok(())
    }

    /// Puts the cells in order; programs write them so, but nobody must.
    pub fn order(&mut self) {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
    }

    /// What its first texts look like.
    pub fn looks(&self) -> Looks {
        const LOOKED_AT: usize = 64 << 10;
        let end = (0..=LOOKED_AT.min(self.text.len())).rev().find(|end| self.text.is_char_boundary(*end));
        Looks::of(self.text.get(..end.unwrap_or(0)).unwrap_or_default())
    }

    /// Reads the next row that is not blank.
    pub fn next(&mut self, row: &mut Row) -> bool {
        loop {
            let Some(first) = self.cells.get(self.next).map(|cell| cell.row) else { return false };
            row.record.clear();
            row.sorts.clear();
            row.line = u64::from(first) + 1;
            let mut filled = false;
            while let Some(cell) = self.cells.get(self.next).filter(|cell| cell.row == first) {
                self.next += 1;
                let column = cell.column as usize;
                // Of two cells in one place the first is kept.
                if column < row.sorts.len() {
                    continue;
                }
                while row.sorts.len() < column {
                    row.record.push_field("");
                    row.sorts.push(Sort::Plain);
                }
                let start = cell.start as usize;
                let text = self.text.get(start..start + cell.len as usize).unwrap_or_default();
                filled |= !text.trim().is_empty() || cell.sort == Sort::NoValue;
                row.record.push_field(text);
                row.sorts.push(cell.sort);
            }
            if filled {
                return true;
            }
        }
    }
}
