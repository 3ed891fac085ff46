//! Cells that are read at once: blank ones, and those whose bytes say all by themselves.

use std::ops::Range;

use super::cuts::{Cells, Piece};

/// So many rows are read together: one word of bits.
pub(super) const MOST: usize = 64;

/// The next cells of a column, up to the first that wants a closer look.
pub(super) struct Quick<T> {
    values: [T; MOST],
    /// How many they are.
    pub len: usize,
    /// One bit for each that is blank, whose value means nothing.
    pub blank: u64,
}

impl<T: Copy + Default> Quick<T> {
    /// Reads the cells of some rows as they stand, or without what is around them. Of a blank one `says` has to say
    /// anything, if blank ones are to be read at all.
    #[inline]
    pub fn of(cells: Cells, rows: Range<usize>, says: impl Fn(Piece) -> Option<T>) -> Self {
        let mut quick = Self { values: [T::default(); MOST], len: 0, blank: 0 };
        for (raw, value) in cells.raw(rows).zip(&mut quick.values) {
            let (said, blank) = match says(raw) {
                Some(said) => (said, raw.is_empty()),
                None => match bare(cells, raw, &says) {
                    Some(said) => said,
                    None => break,
                },
            };
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
#[cold]
fn bare<T>(cells: Cells, raw: Piece, says: impl Fn(Piece) -> Option<T>) -> Option<(T, bool)> {
    let piece = cells.bared(raw)?;
    Some((says(piece)?, piece.is_empty()))
}
