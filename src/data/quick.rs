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
        let mut quick = Self { values: [T::default(); MOST], len: 0, blank: 0 };
        for (raw, value) in cells.raw(rows).zip(&mut quick.values) {
            let said = column.says(raw).map(|said| (said, raw.is_empty()));
            let Some((said, blank)) = said.or_else(|| bare(cells, raw, column)) else { break };
            *value = said;
            // No jump: whether the next cell is blank is what nobody can foresee.
            quick.blank |= u64::from(blank) << quick.len;
            quick.len += 1;
        }
        quick
    }

    /// What they say.
    pub fn values(&self) -> &[T] {
        self.values.get(..self.len).unwrap_or_default()
    }
}

/// What a cell says without what is around it, and whether it is blank.
#[inline(never)]
fn bare<S: Says>(cells: Cells, raw: Piece, column: &S) -> Option<(S::Value, bool)> {
    let piece = cells.bared(raw)?;
    Some((column.says(piece)?, piece.is_empty()))
}
