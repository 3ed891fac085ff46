//! The least and the greatest of rows.

use std::ops::Range;

use crate::rule::{Cell, Columnar, Expression, FirstFailure, Ordered};
use crate::value::{Day, Number, Possible};

use super::{Failed, Finished, Mergeable, Part, Work};

/// What is known of the least value; for the greatest, values are turned around.
#[derive(Clone, Debug, Default)]
struct Least {
    /// Every value that some row may have, even one that is perhaps not meant; nothing where no row has any.
    values: Option<Possible<Number>>,
    /// Whether some row is surely meant and surely has a value.
    surely: bool,
    /// The value of some such row is at most this; nothing where none of them has an upper end.
    ceiling: Option<Number>,
}

/// A row that is or may be in the population.
pub(super) struct Member<'d> {
    pub row: usize,
    pub value: Cell<'d>,
    /// Whether it is surely in the population.
    pub surely: bool,
}

impl Least {
    fn add(&mut self, value: &Possible<Number>, surely: bool) {
        if let Some(range) = value.range() {
            let surely = surely && !value.may_be_none();
            let values = Some(Possible::between(range.least, range.greatest));
            self.merge(&Self { values, surely, ceiling: range.greatest.filter(|_| surely) });
        }
    }

    /// The least value; `hidden` is what rows may have that nobody delivered.
    fn value(&self, hidden: Option<Possible<Number>>) -> Possible<Number> {
        let values = match (self.values, hidden) {
            (Some(values), Some(hidden)) => Some(values.join(hidden)),
            (values, hidden) => values.or(hidden),
        };
        match values {
            Some(values) if self.surely => Possible::between(values.least(), self.ceiling),
            Some(values) => values.or_none(),
            None => Possible::none(),
        }
    }
}

impl Mergeable for Least {
    fn merge(&mut self, other: &Self) {
        self.values = match (self.values, other.values) {
            (Some(a), Some(b)) => Some(a.join(b)),
            (a, b) => a.or(b),
        };
        self.surely |= other.surely;
        // Of two upper ends the lower one holds for the least; an open end says nothing.
        self.ceiling = match (self.ceiling, other.ceiling) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn extremes(&self, value: &'d Expression, order: Ordered, greatest: bool) -> (Finished<'d>, Failed) {
        let part = self.states(|range| self.extreme(value, greatest, range));
        let hidden = as_number(&self.any_value(value));
        let hidden = if greatest { turned(&hidden) } else { hidden };
        let missing = self.missing();
        let cells = part.states.iter().zip(missing).map(|(least, missing)| {
            let value = least.value(missing.then_some(hidden));
            Ok(from_number(if greatest { turned(&value) } else { value }, order))
        });
        (Finished::Cells(cells.collect()), part.failed)
    }

    /// Everything that an expression may be of some row: bounded where it is a cell whose column bounds it.
    pub(super) fn any_value(&self, value: &Expression) -> Cell<'d> {
        match value {
            Expression::Field(field) => {
                let schema = self.context.schema.column(field.table, field.column);
                self.context.unknown(schema, field.happened)
            }
            _ => Cell::Number(Possible::unknown().or_none()),
        }
    }

    fn extreme(&self, value: &'d Expression, greatest: bool, range: Range<usize>) -> Part<Least> {
        let mut part = Part::<Least>::of(self.owners.anchors);
        self.each_member(range, &mut part, value, |least, row| {
            let value = as_number(&row.value);
            least.add(&if greatest { turned(&value) } else { value }, row.surely);
        });
        part
    }

    /// Visits every row that is or may be in the population, with a value of it. A row for which there is no answer
    /// has a value all the same, one that nobody knows.
    pub(super) fn each_member<S: Mergeable>(
        &self,
        range: Range<usize>,
        part: &mut Part<S>,
        value: &'d Expression,
        mut visit: impl FnMut(&mut S, Member<'d>),
    ) {
        let mut columnar = Columnar::new(self.context);
        for block in Self::blocks(range) {
            let member = self.members(&mut columnar, &block, &mut part.failed);
            for at in member.yes.iter() {
                let row = block.start + at;
                let Some(state) = self.owners.owner(row).and_then(|owner| part.states.get_mut(owner)) else { continue };
                let value = self.context.evaluate(value, row).unwrap_or_else(|why| {
                    part.failed.merge(Failed { count: 1, first: Some(FirstFailure { row, why }) });
                    Cell::Number(Possible::unknown())
                });
                visit(state, Member { row, value, surely: !member.no.get(at) });
            }
        }
        part.failed.merge(Failed { count: 0, first: columnar.failure });
    }
}

/// The opposite values, so that the greatest is the least.
pub(super) fn turned(value: &Possible<Number>) -> Possible<Number> {
    if value.is_none() {
        return Possible::none();
    }
    let turned = Possible::between(value.greatest().map(Number::negated), value.least().map(Number::negated));
    if value.may_be_none() { turned.or_none() } else { turned }
}

/// What is ordered as a number, so that one piece of code orders all of it.
pub(in super::super) fn as_number(cell: &Cell<'_>) -> Possible<Number> {
    fn of<T: Copy + Ord>(value: &Possible<T>, number: impl Fn(T) -> Number) -> Possible<Number> {
        if value.is_none() {
            return Possible::none();
        }
        let range = Possible::between(value.least().map(&number), value.greatest().map(&number));
        if value.may_be_none() { range.or_none() } else { range }
    }
    match cell {
        Cell::Day(day) => of(day, |day| Number::whole(i64::from(day.days()))),
        Cell::Code(code) => of(code, |code| Number::whole(i64::from(code))),
        Cell::Flag(flag) => of(flag, |flag| Number::whole(i64::from(flag))),
        other => other.as_number().unwrap_or_else(Possible::unknown),
    }
}

fn from_number<'d>(value: Possible<Number>, order: Ordered) -> Cell<'d> {
    fn of<T: Copy + Ord>(value: &Possible<Number>, back: impl Fn(i64) -> Option<T>) -> Possible<T> {
        if value.is_none() {
            return Possible::none();
        }
        let end = |end: Option<Number>| end.and_then(Number::to_whole).and_then(&back);
        let range = Possible::between(end(value.least()), end(value.greatest()));
        if value.may_be_none() { range.or_none() } else { range }
    }
    match order {
        Ordered::Number => Cell::Number(value),
        Ordered::Day => Cell::Day(of(&value, |days| i32::try_from(days).ok().map(Day::from_days))),
        Ordered::Step => Cell::Code(of(&value, |code| u32::try_from(code).ok())),
    }
}
