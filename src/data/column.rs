//! Typed columns.

use std::sync::Arc;

use crate::schema::Words;
use crate::value::{Day, Number};

use super::Bits;

/// The row of a link that leads nowhere.
pub const NO_ROW: u32 = u32::MAX;

/// The cells of one column: values, and which of them are unknown or none.
///
/// Where a cell is unknown or none, its value means nothing.
#[derive(Clone, Debug)]
pub struct Column {
    /// The values.
    pub values: Values,
    /// Cells that nobody has told.
    pub unknown: Bits,
    /// Cells of which it is told that there is none.
    pub none: Bits,
}

/// The values of a column, laid out one after the other.
#[derive(Clone, Debug)]
pub enum Values {
    /// Yes or no.
    Flags(Bits),
    /// Exact decimals.
    Numbers(Numbers),
    /// Days since 1970-01-01.
    Days(Vec<i32>),
    /// Positions in a list of words.
    Words {
        /// The positions.
        codes: Vec<u32>,
        /// The words.
        words: Arc<Words>,
    },
    /// Any text.
    Texts(Texts),
    /// Rows of another table; [`NO_ROW`] where the link leads nowhere.
    Links(Vec<u32>),
}

/// Exact decimals of one scale.
#[derive(Clone, Debug)]
pub enum Numbers {
    /// `value / 10^scale`.
    Small {
        /// The digits after the point.
        scale: u32,
        /// The values.
        values: Vec<i64>,
    },
    /// For columns whose values do not all fit into 64 bits at one scale.
    Large(Vec<Number>),
}

/// Texts, one after the other in one buffer.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    ends: Vec<usize>,
    buffer: String,
}

impl Column {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.unknown.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty()
    }

    /// The text of a row, for columns of text and words.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        if self.unknown.get(row) || self.none.get(row) {
            return None;
        }
        match &self.values {
            Values::Texts(texts) => texts.get(row),
            Values::Words { codes, words } => words.get(*codes.get(row)?).map(|word| word.id.as_str()),
            _ => None,
        }
    }

    /// The row that the link of a row leads to.
    #[must_use]
    pub fn target(&self, row: usize) -> Option<usize> {
        let Values::Links(rows) = &self.values else { return None };
        rows.get(row).filter(|target| **target != NO_ROW).map(|target| *target as usize)
    }

    /// The day of a row, if it is known.
    #[must_use]
    pub fn day(&self, row: usize) -> Option<Day> {
        let Values::Days(days) = &self.values else { return None };
        (!self.unknown.get(row) && !self.none.get(row)).then(|| days.get(row).copied().map(Day::from_days)).flatten()
    }
}

impl Numbers {
    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Number> {
        match self {
            Self::Small { scale, values } => Number::scaled(i128::from(*values.get(row)?), *scale),
            Self::Large(values) => values.get(row).copied(),
        }
    }
}

impl Texts {
    /// Appends a text.
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)?;
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.buffer.get(start..end)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}
