//! How many different values there are, and how many follow each other.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::rule::{Cell, Expression};
use crate::value::{Day, Number, Possible};

use super::{Failed, Finished, Mergeable, Part, Work};

/// A known value of any type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Atom<'d> {
    Flag(bool),
    Number(Number),
    Day(Day),
    Code(u32),
    Text(&'d str),
}

/// The different values of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Values<'d> {
    surely: BTreeSet<Atom<'d>>,
    perhaps: BTreeSet<Atom<'d>>,
    /// Rows that are surely meant and surely have a value that nobody knows.
    unknown: u64,
    /// Rows that perhaps have a value that nobody knows.
    perhaps_unknown: u64,
}

impl Mergeable for Values<'_> {
    fn merge(&mut self, other: &Self) {
        self.surely.extend(&other.surely);
        self.perhaps.extend(&other.perhaps);
        self.unknown += other.unknown;
        self.perhaps_unknown += other.perhaps_unknown;
    }
}

impl Values<'_> {
    /// How many there are.
    pub(super) fn count(&self, missing: bool) -> Possible<Number> {
        let least = self.surely.len().max(usize::from(self.unknown > 0));
        let known = self.surely.union(&self.perhaps).count();
        let greatest = known as u64 + self.unknown + self.perhaps_unknown;
        Possible::between(Some(Number::count(least as u64)), (!missing).then(|| Number::count(greatest)))
    }
}

impl Values<'_> {
    /// How many whole numbers follow each other without a gap up to the greatest. With anything open it is at least
    /// one where there is surely a value, and at most as many as there may be values.
    pub(super) fn run(&self, missing: bool) -> Possible<Number> {
        let most = self.count(missing);
        let open = missing || !self.perhaps.is_empty() || self.unknown + self.perhaps_unknown > 0;
        if open {
            return Possible::between(most.least().map(|least| least.min(Number::ONE)), most.greatest());
        }
        let mut numbers = self
            .surely
            .iter()
            .rev()
            .filter_map(|atom| if let Atom::Number(number) = atom { Some(*number) } else { None });
        let Some(mut last) = numbers.next() else { return Possible::known(Number::ZERO) };
        let mut length = 1;
        for number in numbers {
            if number.plus(Number::ONE) != Ok(last) {
                break;
            }
            (last, length) = (number, length + 1);
        }
        Possible::known(Number::count(length))
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn distinct(
        &self,
        value: &'d Expression,
        finish: fn(&Values<'d>, bool) -> Possible<Number>,
    ) -> (Finished<'d>, Failed) {
        let part = self.states(|range| self.different(value, range));
        let missing = self.missing();
        let cells = part.states.iter().zip(missing).map(|(values, missing)| Ok(Cell::Number(finish(values, missing))));
        (Finished::Cells(cells.collect()), part.failed)
    }

    fn different(&self, value: &'d Expression, range: Range<usize>) -> Part<Values<'d>> {
        let mut part = Part::<Values<'d>>::of(self.owners.anchors);
        self.each_member(range, &mut part, value, |values, row| match (atom(&row.value), row.surely) {
            (Some(atom), true) => _ = values.surely.insert(atom),
            (Some(atom), false) => _ = values.perhaps.insert(atom),
            (None, _) if row.value.is_none() => {}
            (None, true) if !may_be_none(&row.value) => values.unknown += 1,
            (None, _) => values.perhaps_unknown += 1,
        });
        part
    }
}

fn atom<'d>(cell: &Cell<'d>) -> Option<Atom<'d>> {
    match cell {
        Cell::Flag(flag) => flag.value().map(Atom::Flag),
        Cell::Number(number) => number.value().map(Atom::Number),
        Cell::Day(day) => day.value().map(Atom::Day),
        Cell::Code(code) => code.value().map(Atom::Code),
        Cell::Text(text) => text.value().map(Atom::Text),
        Cell::Fraction(fraction) => fraction.number().value().map(Atom::Number),
        Cell::List(_) | Cell::None | Cell::NotApplicable => None,
    }
}

fn may_be_none(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Flag(flag) => flag.may_be_none(),
        Cell::Number(number) => number.may_be_none(),
        Cell::Day(day) => day.may_be_none(),
        Cell::Code(code) => code.may_be_none(),
        Cell::Text(text) => text.may_be_none(),
        Cell::Fraction(fraction) => fraction.number().may_be_none(),
        Cell::List(_) => false,
        Cell::None | Cell::NotApplicable => true,
    }
}
