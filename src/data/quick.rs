//! Cells that are read at once: blank ones, and those whose bytes say all by themselves.

use std::ops::Range;

use super::cuts::{Cells, Piece};

/// So many rows are read together: one word of bits.
pub(super) const MOST: usize = 64;

/// What knows what most cells of a column say.
pub(super) trait Says {
    /// As a column keeps it.
    type Value: Copy + Default;

    /// What a cell says, and anything for a blank one; nothing if it wants a closer look.
    fn says(&self, piece: Piece) -> Option<Self::Value>;
}

/// The next cells of a column, up to the first that wants a closer look.
pub(super) struct Quick<T> {
    values: [T; MOST],
    /// How many they are.
    pub len: usize,
    /// One bit for each that is blank, whose value means nothing.
    pub blank: u64,
}

impl<T: Copy + Default> Quick<T> {
    /// Reads the cells of some rows as they stand, or without what is around them.
    pub fn of(cells: Cells, rows: Range<usize>, column: &impl Says<Value = T>) -> Self {
        let (mut values, mut len, mut blanks) = ([T::default(); MOST], 0, 0_u64);
        for (value, row) in values.iter_mut().zip(rows) {
            let Some(raw) = cells.at(row) else { break };
            let said = column.says(raw).map(|said| (said, raw.is_empty()));
            let Some((said, blank)) = said.or_else(|| bare(&cells, row, column)) else { break };
            *value = said;
            // No jump: whether the next cell is blank is what nobody can foresee.
            blanks |= u64::from(blank) << len;
            len += 1;
        }
        Self { values, len, blank: blanks }
    }

    /// What they say.
    pub fn values(&self) -> &[T] {
        self.values.get(..self.len).unwrap_or_default()
    }
}

/// What a cell says without what is around it, and whether it is blank.
#[inline(never)]
fn bare<S: Says>(cells: &Cells, row: usize, column: &S) -> Option<(S::Value, bool)> {
    let piece = cells.bared(cells.at(row)?)?;
    Some((column.says(piece)?, piece.is_empty()))
}
