//! Typed columns.

use std::sync::Arc;

use crate::schema::{Kind, Words};
use crate::value::Day;

use super::cell::Cell;
use super::{Bits, Numbers, Texts};

/// The row of a link that leads nowhere.
pub const NO_ROW: u32 = u32::MAX;

/// The cells of one column: values, and which of them are unknown or none.
///
/// Where a cell is unknown or none, its value means nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The values.
    pub values: Values,
    /// Cells that nobody has told.
    pub unknown: Bits,
    /// Cells of which it is told that there is none.
    pub none: Bits,
    /// Of unknown days: the first and the last that it may be, as days since 1970-01-01, in the order of the rows.
    pub between: Vec<(u32, [i32; 2])>,
}

/// The values of a column, laid out one after the other.
#[derive(Clone, Debug, PartialEq)]
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

    /// The first and the last day that an unknown one may be, if that much is known.
    #[must_use]
    pub fn days_between(&self, row: usize) -> Option<(Day, Day)> {
        if self.between.is_empty() || !self.unknown.get(row) {
            return None;
        }
        let at = self.between.binary_search_by_key(&u32::try_from(row).ok()?, |(row, _)| *row).ok()?;
        let (_, [first, last]) = self.between.get(at)?;
        Some((Day::from_days(*first), Day::from_days(*last)))
    }

    /// The text of a row, for columns of text and words.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        if !self.is_known(row) {
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
        self.is_known(row).then(|| days.get(row).copied().map(Day::from_days)).flatten()
    }

    /// No cells yet, of the type of a schema's column; links begin as texts.
    pub(super) fn of_kind(kind: &Kind) -> Self {
        let values = match kind {
            Kind::Flag => Values::Flags(Bits::default()),
            Kind::Number { .. } => Values::Numbers(Numbers::default()),
            Kind::Date { .. } => Values::Days(Vec::new()),
            Kind::Choice(words) | Kind::Scale(words) => Values::Words { codes: Vec::new(), words: Arc::clone(words) },
            Kind::Text { .. } | Kind::Link { .. } => Values::Texts(Texts::default()),
        };
        Self { values, unknown: Bits::default(), none: Bits::default(), between: Vec::new() }
    }

    /// Whether the value of a row is known and there is one.
    #[must_use]
    pub fn is_known(&self, row: usize) -> bool {
        !self.unknown.get(row) && !self.none.get(row)
    }

    /// Makes a cell unknown.
    pub(super) fn forget(&mut self, row: usize) {
        self.unknown.set(row, true);
        self.none.set(row, false);
        self.between.retain(|(at, _)| *at as usize != row);
    }

    /// Writes a cell as a file would say it; nothing where it is not known, and for links.
    pub(super) fn write(&self, row: usize, text: &mut String) {
        if !self.is_known(row) {
            return;
        }
        match &self.values {
            Values::Texts(texts) => text.push_str(texts.get(row).unwrap_or("")),
            Values::Words { codes, words } => {
                let word = codes.get(row).and_then(|code| words.get(*code));
                text.push_str(word.map_or("", |word| &word.header));
            }
            Values::Numbers(numbers) => text.extend(numbers.get(row).map(|number| number.to_string())),
            Values::Days(_) => text.extend(self.day(row).map(|day| day.to_string())),
            Values::Flags(flags) => text.push_str(if flags.get(row) { "true" } else { "false" }),
            Values::Links(_) => {}
        }
    }

    /// The cells of some rows, in their order.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        Self {
            values: self.values.take(rows),
            unknown: take_bits(&self.unknown, rows),
            none: take_bits(&self.none, rows),
            between: self.taken_days(rows),
        }
    }

    fn taken_days(&self, rows: &[u32]) -> Vec<(u32, [i32; 2])> {
        if self.between.is_empty() {
            return Vec::new();
        }
        let days = |(at, row): (usize, &u32)| {
            let found = self.between.binary_search_by_key(row, |(row, _)| *row).ok()?;
            Some((u32::try_from(at).ok()?, self.between.get(found)?.1))
        };
        rows.iter().enumerate().filter_map(days).collect()
    }

    /// Whether two rows say the same here; two unknown cells do.
    pub(super) fn same(&self, one: usize, other: usize) -> bool {
        self.unknown.get(one) == self.unknown.get(other)
            && self.days_between(one) == self.days_between(other)
            && self.none.get(one) == self.none.get(other)
            && (!self.is_known(one) || self.values.same(one, other))
    }
}

impl Values {
    fn take(&self, rows: &[u32]) -> Self {
        match self {
            Self::Flags(bits) => Self::Flags(take_bits(bits, rows)),
            Self::Numbers(numbers) => Self::Numbers(numbers.take(rows)),
            Self::Days(days) => Self::Days(gather(days, rows)),
            Self::Words { codes, words } => Self::Words { codes: gather(codes, rows), words: Arc::clone(words) },
            Self::Texts(texts) => Self::Texts(texts.take(rows)),
            Self::Links(targets) => Self::Links(gather(targets, rows)),
        }
    }

    fn same(&self, one: usize, other: usize) -> bool {
        match self {
            Self::Flags(bits) => bits.get(one) == bits.get(other),
            Self::Numbers(numbers) => numbers.get(one) == numbers.get(other),
            Self::Days(days) => days.get(one) == days.get(other),
            Self::Words { codes, .. } => codes.get(one) == codes.get(other),
            Self::Texts(texts) => texts.get(one) == texts.get(other),
            Self::Links(rows) => rows.get(one) == rows.get(other),
        }
    }
}

impl Column {
    /// Appends a cell; one that is not of the column's type is unknown.
    pub(super) fn push_cell(&mut self, cell: Cell) {
        if let Cell::Days(first, last) = cell {
            self.between.push((row_number(self.unknown.len()), [first.days(), last.days()]));
        }
        let known = self.values.push(cell);
        self.none.push(cell == Cell::None);
        self.unknown.push(!known && cell != Cell::None);
    }

    /// Notes that a value that was appended is known.
    pub(super) fn push_known(&mut self) {
        self.none.push(false);
        self.unknown.push(false);
    }

    /// Notes of at most 64 values that were appended which are those of blank cells, and that the others are known.
    pub(super) fn push_quick(&mut self, count: usize, blank: u64, says: Cell) {
        let (unknown, none) = if says == Cell::None { (0, blank) } else { (blank, 0) };
        self.unknown.push_word(unknown, count);
        self.none.push_word(none, count);
    }

    /// Appends the cells of other rows.
    pub(super) fn append(&mut self, more: Self) {
        let rows = row_number(self.len());
        self.between.extend(more.between.iter().map(|(row, days)| (rows + row, *days)));
        self.unknown.append(&more.unknown);
        self.none.append(&more.none);
        self.values.append(more.values);
    }
}

impl Values {
    /// Appends the value of a cell and returns true, or a filler and false.
    fn push(&mut self, cell: Cell) -> bool {
        match (&mut *self, cell) {
            (Self::Flags(bits), Cell::Flag(flag)) => bits.push(flag),
            (Self::Days(days), Cell::Day(day)) => days.push(day.days()),
            (Self::Words { codes, .. }, Cell::Word(code)) => codes.push(code),
            (Self::Texts(texts), Cell::Text(text)) => texts.push(text),
            (Self::Numbers(numbers), Cell::Number(mantissa, scale)) => return numbers.push_or_filler(mantissa, scale),
            (Self::Numbers(numbers), Cell::Ratio(number)) => numbers.push_ratio(number),
            _ => {
                self.push_filler();
                return false;
            }
        }
        true
    }

    /// Appends what at most 64 texts said before: see [`super::memo::Memo::get`].
    pub(super) fn push_again(&mut self, says: &[u32]) {
        match self {
            Self::Flags(bits) => {
                let word = says.iter().rev().fold(0, |word, says| word << 1 | u64::from(*says));
                bits.push_word(word, says.len());
            }
            Self::Days(days) => days.extend(says.iter().map(|says| says.cast_signed())),
            Self::Words { codes, .. } => codes.extend_from_slice(says),
            Self::Texts(texts) => {
                if let Some(shared) = texts.as_shared_mut() {
                    shared.codes.extend_from_slice(says);
                }
            }
            Self::Numbers(_) | Self::Links(_) => {}
        }
    }

    fn append(&mut self, more: Self) {
        match (self, more) {
            (Self::Flags(bits), Self::Flags(more)) => bits.append(&more),
            (Self::Numbers(numbers), Self::Numbers(more)) => numbers.append(more),
            (Self::Days(days), Self::Days(more)) => days.extend(more),
            (Self::Words { codes, .. }, Self::Words { codes: more, .. }) => codes.extend(more),
            (Self::Texts(texts), Self::Texts(more)) => texts.append(&more),
            (Self::Links(rows), Self::Links(more)) => rows.extend(more),
            // Columns of one schema have values of one type.
            _ => {}
        }
    }

    fn push_filler(&mut self) {
        match self {
            Self::Flags(bits) => bits.push(false),
            Self::Numbers(numbers) => numbers.push_filler(),
            Self::Days(days) => days.push(0),
            Self::Words { codes, .. } => codes.push(0),
            Self::Texts(texts) => texts.push(""),
            Self::Links(rows) => rows.push(NO_ROW),
        }
    }
}

/// The number of a row. No file that fits into memory has a row that does not fit; it would count as no row.
pub(super) fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NO_ROW)
}

pub(super) fn gather<T: Copy>(values: &[T], rows: &[u32]) -> Vec<T> {
    rows.iter().filter_map(|row| values.get(*row as usize).copied()).collect()
}

fn take_bits(bits: &Bits, rows: &[u32]) -> Bits {
    rows.iter().map(|row| bits.get(*row as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forgotten_is_alike_and_stays_with_its_row() {
        let texts = ["a", "b", "a"].into_iter().collect();
        let mut column =
            Column { values: Values::Texts(texts), unknown: Bits::zeros(3), none: Bits::zeros(3), between: vec![] };
        assert_eq!((column.same(0, 1), column.same(0, 2)), (false, true));
        column.forget(0);
        assert_eq!((column.same(0, 1), column.same(0, 2)), (false, false));
        column.forget(1);
        assert!(column.same(0, 1));
        let taken = column.take(&[2, 1]);
        assert_eq!((taken.len(), taken.text(0), taken.text(1)), (2, Some("a"), None));
    }
}
