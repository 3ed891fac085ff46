//! Columns of what is said of many units: small where most say the same or something short, exact always.

use crate::rule::{Short, Shorten};
use crate::value::{Fraction, Number, Possible};

use super::outcome::Measured;

/// A column that is filled in parts, which are put together in order.
pub(super) trait Parts: Default + Send {
    /// Appends all values of another part.
    fn append(&mut self, more: Self);
}

/// A column to which one value after the other is appended.
pub(super) trait Grow<T>: Parts {
    /// Appends one value.
    fn push(&mut self, value: T);
}

/// A column in which the same may be said again.
pub(super) trait Repeat {
    /// Appends what stands in a place, of a unit that measured this.
    fn repeat(&mut self, at: usize, measured: Short);
}

impl<T: Send> Parts for Vec<T> {
    fn append(&mut self, mut more: Self) {
        Vec::append(self, &mut more);
    }
}

impl<T: Send> Grow<T> for Vec<T> {
    fn push(&mut self, value: T) {
        Vec::push(self, value);
    }
}

/// Values that are mostly the same: one for all, until one differs.
#[derive(Clone, Debug)]
pub(super) struct Uniform<T> {
    /// The value of all, as long as there is only one.
    same: Option<T>,
    /// The values, once there are several.
    each: Vec<T>,
    len: usize,
}

impl<T> Default for Uniform<T> {
    fn default() -> Self {
        Self { same: None, each: Vec::new(), len: 0 }
    }
}

impl<T: Clone + PartialEq> Uniform<T> {
    pub fn get(&self, at: usize) -> Option<&T> {
        self.same.as_ref().filter(|_| at < self.len).or_else(|| self.each.get(at))
    }

    /// Whether all are the same.
    pub fn is_same(&self) -> bool {
        self.each.is_empty()
    }

    /// Puts another value in a place.
    pub fn set(&mut self, at: usize, value: T) {
        if self.get(at).is_some_and(|there| *there != value) {
            self.spread();
            if let Some(place) = self.each.get_mut(at) {
                *place = value;
            }
        }
    }

    /// Only some of the values, in another column.
    pub fn select(&self, chosen: &[usize]) -> Self {
        let each = chosen.iter().filter_map(|at| self.each.get(*at)).cloned().collect();
        Self { same: self.same.clone(), each, len: chosen.len() }
    }

    /// Appends the value of a place.
    pub fn repeat(&mut self, at: usize) {
        self.each.extend(self.each.get(at).cloned());
        self.len += 1;
    }

    /// Gives each its own value.
    fn spread(&mut self) {
        if let Some(same) = self.same.take() {
            self.each = vec![same; self.len];
        }
    }
}

impl<T: Clone + PartialEq + Send> Grow<T> for Uniform<T> {
    fn push(&mut self, value: T) {
        if self.len == 0 {
            self.same = Some(value);
        } else if self.same.as_ref() != Some(&value) {
            self.spread();
            self.each.push(value);
        }
        self.len += 1;
    }
}

impl<T: Clone + PartialEq + Send> Parts for Uniform<T> {
    fn append(&mut self, more: Self) {
        if self.len == 0 {
            *self = more;
            return;
        }
        if more.len > 0 && (self.same.is_none() || self.same != more.same) {
            self.spread();
            match more.same {
                Some(same) => self.each.resize(self.len + more.len, same),
                None => self.each.extend(more.each),
            }
        }
        self.len += more.len;
    }
}

/// Values that are mostly known and short; the others are kept as they are.
#[derive(Clone, Debug)]
pub(super) struct Column<T> {
    short: Vec<Short>,
    long: Vec<T>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { short: Vec::new(), long: Vec::new() }
    }
}

impl<T: Shorten> Column<T> {
    pub fn get(&self, at: usize) -> Option<T> {
        match *self.short.get(at)? {
            Short::Long(at) => self.long.get(at).cloned(),
            short => T::restore(short),
        }
    }

    pub fn select(&self, chosen: &[usize]) -> Self {
        let mut column = Self::default();
        for value in chosen.iter().filter_map(|at| self.get(*at)) {
            column.add(value);
        }
        column
    }

    pub fn len(&self) -> usize {
        self.short.len()
    }

    /// All values, if they are short.
    pub fn all_short(&self) -> Option<&[Short]> {
        self.long.is_empty().then_some(&self.short)
    }

    /// The value of a place, where it is short.
    pub fn short(&self, at: usize) -> Option<Short> {
        self.short.get(at).copied().filter(|short| !matches!(short, Short::Long(_)))
    }

    /// Appends a value that is short.
    pub fn push_short(&mut self, short: Short) {
        self.short.push(short);
    }

    /// Appends the value of a place.
    pub fn repeat(&mut self, at: usize) {
        match self.short.get(at).copied() {
            Some(Short::Long(_)) => self.get(at).into_iter().for_each(|value| self.add(value)),
            short => self.short.extend(short),
        }
    }

    fn add(&mut self, value: T) {
        let short = value.shorten().unwrap_or(Short::Long(self.long.len()));
        self.short.push(short);
        if let Short::Long(_) = short {
            self.long.push(value);
        }
    }
}

impl<T: Shorten + Send> Grow<T> for Column<T> {
    fn push(&mut self, value: T) {
        self.add(value);
    }
}

impl<T: Shorten + Send> Parts for Column<T> {
    fn append(&mut self, more: Self) {
        let before = self.long.len();
        if self.short.is_empty() {
            *self = more;
            return;
        }
        if before == 0 || more.long.is_empty() {
            self.short.extend_from_slice(&more.short);
        } else {
            self.short.extend(more.short.iter().map(|short| match *short {
                Short::Long(at) => Short::Long(before + at),
                short => short,
            }));
        }
        self.long.extend(more.long);
    }
}

impl Shorten for Measured {
    fn shorten(&self) -> Option<Short> {
        match self {
            Self::Number(value) => Short::of(value, Short::NoNumber, Short::number),
            Self::Day(day) => Short::of(day, Short::NoDay, |day| Some(Short::Day(day))),
            Self::Flag(flag) => Short::of(flag, Short::NoFlag, |flag| Some(Short::Flag(flag))),
            Self::Nothing => Some(Short::NotApplicable),
            Self::Fraction(fraction) => fraction.shorten(),
            Self::Category(..) | Self::Text(_) => None,
        }
    }

    fn restore(short: Short) -> Option<Self> {
        Some(match short {
            Short::Number(..) | Short::NoNumber => Self::Number(Possible::restore(short)?),
            Short::Day(day) => Self::Day(Possible::known(day)),
            Short::Flag(flag) => Self::Flag(Possible::known(flag)),
            Short::Rows { .. } => Self::Fraction(Fraction::restore(short)?.into()),
            Short::NoDay => Self::Day(Possible::none()),
            Short::NoFlag => Self::Flag(Possible::none()),
            Short::NotApplicable => Self::Nothing,
            Short::Code(_) | Short::NoCode | Short::None | Short::Long(_) => return None,
        })
    }
}

/// The least and the greatest that something can be; nothing where there is no such thing.
pub(super) type Ends = Option<(Number, Number)>;

impl Shorten for Ends {
    fn shorten(&self) -> Option<Short> {
        match self {
            None => Some(Short::None),
            Some((least, greatest)) if least == greatest => Short::number(*least),
            Some(_) => None,
        }
    }

    fn restore(short: Short) -> Option<Self> {
        match short {
            Short::None => Some(None),
            Short::Number(top, bottom) => {
                let number = Number::from_short(top, bottom);
                Some(Some((number, number)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Cell;
    use crate::value::{Day, Fraction};

    #[test]
    fn a_uniform_column_holds_what_a_list_holds() {
        let lists = [vec![], vec![1], vec![1, 1], vec![2, 2, 2], vec![1, 2], vec![2, 1, 1]];
        for first in &lists {
            for second in &lists {
                let (mut column, mut other, mut list) = (Uniform::default(), Uniform::default(), first.clone());
                for value in first {
                    column.push(*value);
                }
                for value in second {
                    other.push(*value);
                }
                column.append(other);
                list.extend(second);
                let all = |column: &Uniform<i32>, list: &[i32]| {
                    let held: Vec<i32> = (0..=list.len()).filter_map(|at| column.get(at).copied()).collect();
                    assert_eq!(held, list, "{first:?} {second:?}");
                };
                all(&column, &list);
                let chosen: Vec<usize> = (0..list.len()).rev().step_by(2).collect();
                all(&column.select(&chosen), &chosen.iter().map(|at| list[*at]).collect::<Vec<_>>());
                if let Some(last) = list.last_mut() {
                    *last = 7;
                    column.set(list.len() - 1, 7);
                }
                column.push(1);
                list.push(1);
                all(&column, &list);
            }
        }
    }

    fn cells() -> Vec<Cell<'static>> {
        let number = |top: i64, bottom: i64| Number::ratio(top, bottom).unwrap();
        let numbers = [number(0, 1), number(-7, 3), number(i64::MAX, 1), number(1, i64::MAX)];
        let day = Day::new(2024, 7, 15).unwrap();
        let mut cells: Vec<Cell<'static>> =
            numbers.iter().map(|number| Cell::Number(Possible::known(*number))).collect();
        cells.extend([
            Cell::Number(Possible::none()),
            Cell::Number(Possible::unknown()),
            Cell::Number(Possible::between(Some(numbers[1]), Some(numbers[0])).or_none()),
            Cell::Day(Possible::known(day)),
            Cell::Day(Possible::none()),
            Cell::Day(Possible::between(None, Some(day))),
            Cell::Flag(Possible::known(true)),
            Cell::Flag(Possible::none()),
            Cell::Flag(Possible::between(Some(false), Some(true))),
            Cell::Code(Possible::known(3)),
            Cell::Code(Possible::none()),
            Cell::Code(Possible::unknown()),
            Cell::Text(Possible::known("x")),
            Cell::Fraction(Fraction::not_applicable().into()),
            Cell::List(None),
            Cell::None,
            Cell::NotApplicable,
        ]);
        cells
    }

    fn gives_back<T: Shorten + Send + PartialEq + std::fmt::Debug>(values: &[T]) {
        let (mut column, mut other) = (Column::default(), Column::default());
        for value in values {
            column.push(value.clone());
            other.push(value.clone());
        }
        column.append(other);
        let twice: Vec<T> = values.iter().chain(values).cloned().collect();
        let held: Vec<T> = (0..=twice.len()).filter_map(|at| column.get(at)).collect();
        assert_eq!(held, twice);
        let chosen: Vec<usize> = (0..twice.len()).rev().collect();
        let held: Vec<T> = (0..twice.len()).filter_map(|at| column.select(&chosen).get(at)).collect();
        assert_eq!(held, twice.into_iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn a_column_gives_back_what_it_was_given_short_or_not() {
        assert_eq!(size_of::<Short>(), 16);
        let cells = cells();
        gives_back(&cells);
        gives_back(&cells.iter().map(|cell| super::super::judge::measured(cell, None)).collect::<Vec<_>>());
        let numbers: Vec<Possible<Number>> = cells.iter().filter_map(Cell::as_number).collect();
        gives_back(&numbers);
        let ends: Vec<Ends> = numbers.iter().map(|number| number.least().zip(number.greatest())).collect();
        gives_back(&ends);
    }
}
