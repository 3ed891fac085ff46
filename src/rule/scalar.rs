//! The meaning of expressions, row by row.
//!
//! This is what an expression *means*; [`super::columnar`] gives the same answers for whole blocks of rows.

use std::sync::Arc;

use thiserror::Error;

use crate::campaign::Span;
use crate::data::{Column, Dataset, Values};
use crate::schema::{Blank, ColumnId, ColumnSchema, Kind, Schema, TableId};
use crate::value::{ArithmeticFault, Day, List, Number, Possible, Truth};

use super::assume::{Facts, is_nonzero, learn, narrowed};
use super::cell::Cell;
use super::expression::{
    Ambient, AsOf, Comparison, Constant, DayPart, Expression, Field, Link, Operation, Step, TextTest,
};
use super::short::Short;

/// Why an expression has no answer for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// Arithmetic has no answer.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticFault),
    /// A day beyond the calendar, or a part of a day.
    #[error("a day outside the calendar, or not a whole number of days")]
    Calendar,
    /// `only` found several rows.
    #[error("more than one row where there should be only one")]
    SeveralRows,
    /// What is judged of units was asked of a row that is none.
    #[error("the row is no unit of a level that judges this")]
    NotJudged,
    /// What is judged of units was asked of a row that several levels judge.
    #[error("the row is a unit of several levels that judge this")]
    JudgedTwice,
}

/// What was derived, by its position and the rows that it was derived for.
pub trait DerivedValues<'d> {
    /// The value for a row.
    ///
    /// # Errors
    /// [`Failure`] if there is no answer.
    fn value(&self, id: usize, row: usize) -> Result<Cell<'d>, Failure>;

    /// The same, where it is short.
    fn short(&self, id: usize, row: usize) -> Option<Short>;
}

/// Everything that an expression may read.
#[derive(Clone, Copy)]
pub struct Context<'d> {
    /// What the data look like.
    pub schema: &'d Schema,
    /// The data.
    pub data: &'d Dataset,
    /// The params, in the order of the campaign.
    pub params: &'d [Cell<'d>],
    /// The days that the run decides.
    pub days: Days,
    /// What was derived so far.
    pub derived: &'d (dyn DerivedValues<'d> + Sync),
}

/// The days that a run decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The day of evaluation.
    pub as_of: Day,
    /// The campaign.
    pub period: Span,
    /// The round, or the campaign where no round was chosen.
    pub round: Span,
}

type Outcome<'d> = Result<Cell<'d>, Failure>;

/// Where links lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    /// To a row.
    Row(usize),
    /// To a row, but nobody knows which.
    SomeRow,
    /// There is no such row.
    Nowhere,
    /// Nobody knows whether there is such a row.
    Unknown,
}

impl<'d> Context<'d> {
    /// The value of an expression for a row of its table.
    ///
    /// # Errors
    /// [`Failure`] if there is no answer.
    pub fn evaluate(&self, expression: &'d Expression, row: usize) -> Outcome<'d> {
        Evaluation { context: self, row, facts: &[] }.evaluate(expression)
    }

    /// The answer of an expression that is yes or no.
    ///
    /// # Errors
    /// [`Failure`] if there is no answer.
    pub fn truth(&self, expression: &'d Expression, row: usize) -> Result<Truth, Failure> {
        Evaluation { context: self, row, facts: &[] }.truth(expression)
    }

    /// The row that links lead to, where that is known.
    #[must_use]
    pub fn follow(&self, path: &[Link], row: usize) -> Option<usize> {
        if let Reached::Row(row) = self.reach(path, row) { Some(row) } else { None }
    }

    /// What a column says of a row in one word: its text, its word, or the key of the row that it links to.
    #[must_use]
    pub fn said(&self, table: TableId, column: ColumnId, row: usize) -> Option<&'d str> {
        let cells = self.data.table(table).column(column)?;
        let key = || Some(self.data.table(self.schema.column(table, column).link()?).key(cells.target(row)?));
        cells.text(row).or_else(key)
    }

    /// Where links lead from a row.
    fn reach(&self, path: &[Link], row: usize) -> Reached {
        let mut at = row;
        for (passed, link) in path.iter().enumerate() {
            let column = self.data.table(link.table).column(link.column);
            match column.map(|column| (column.target(at), column.none.get(at))) {
                Some((Some(target), _)) => at = target,
                Some((None, true)) => return Reached::Nowhere,
                _ if path.iter().skip(passed).any(|link| self.schema.may_lead_nowhere(*link)) => {
                    return Reached::Unknown;
                }
                _ => return Reached::SomeRow,
            }
        }
        Reached::Row(at)
    }

    /// The cell of a field.
    #[must_use]
    pub fn field(&self, field: &Field, row: usize) -> Cell<'d> {
        let schema = self.schema.column(field.table, field.column);
        let column = self.data.table(field.table).column(field.column);
        match (self.reach(&field.path, row), column) {
            (Reached::Row(row), Some(column)) => self.cell(schema, column, field.happened, row),
            (Reached::Nowhere, _) => Cell::None,
            (Reached::Unknown, _) => self.unknown(schema, field.happened).join(Cell::None),
            _ => self.unknown(schema, field.happened),
        }
    }

    fn cell(&self, schema: &ColumnSchema, column: &'d Column, happened: Option<AsOf>, row: usize) -> Cell<'d> {
        if column.unknown.get(row) {
            let between = column.days_between(row).map(|days| self.day_between(days, happened));
            return between.unwrap_or_else(|| self.unknown(schema, happened));
        }
        let none = column.none.get(row);
        match &column.values {
            Values::Flags(flags) => Cell::Flag(if none { Possible::none() } else { Possible::known(flags.get(row)) }),
            Values::Numbers(numbers) => Cell::Number(known(none, numbers.get(row))),
            Values::Days(days) => {
                let day = days.get(row).copied().map(Day::from_days);
                Cell::Day(known(none, day.filter(|day| happened.is_none_or(|by| *day <= self.days.as_of(by)))))
            }
            Values::Words { codes, .. } => Cell::Code(known(none, codes.get(row).copied())),
            Values::Texts(texts) => Cell::Text(known(none, texts.get(row))),
            Values::Links(_) => Cell::Text(Possible::unknown()),
        }
    }

    /// One of some days; those that have not come yet are none, where a day means that something has happened.
    fn day_between(&self, (first, last): (Day, Day), happened: Option<AsOf>) -> Cell<'d> {
        Cell::Day(match happened.map(|by| self.days.as_of(by)) {
            Some(as_of) if as_of < first => Possible::none(),
            Some(as_of) if as_of < last => Possible::between(Some(first), Some(as_of)).or_none(),
            _ => Possible::between(Some(first), Some(last)),
        })
    }

    /// What an unknown cell of a column may be.
    #[must_use]
    pub fn unknown(&self, schema: &ColumnSchema, happened: Option<AsOf>) -> Cell<'d> {
        let cell = match (&schema.kind, happened) {
            (Kind::Text { .. } | Kind::Link { .. }, _) => Cell::Text(Possible::unknown()),
            (Kind::Choice(words) | Kind::Scale(words), _) => {
                let last = u32::try_from(words.words.len().saturating_sub(1)).unwrap_or(u32::MAX);
                Cell::Code(Possible::between(Some(0), Some(last)))
            }
            (Kind::Number { min, max }, _) => Cell::Number(Possible::between(*min, *max)),
            (Kind::Date { .. }, Some(by)) => Cell::Day(Possible::between(None, Some(self.days.as_of(by))).or_none()),
            (Kind::Date { .. }, None) => Cell::Day(Possible::unknown()),
            (Kind::Flag, _) => Cell::Flag(Possible::between(Some(false), Some(true))),
        };
        if schema.blank == Blank::None { cell.join(Cell::None) } else { cell }
    }
}

/// The evaluation of expressions for one row, inside branches whose conditions say something of some of them.
#[derive(Clone, Copy)]
struct Evaluation<'e, 'd> {
    context: &'e Context<'d>,
    row: usize,
    facts: &'e Facts<'d>,
}

impl<'d> Evaluation<'_, 'd> {
    fn evaluate(&self, expression: &'d Expression) -> Outcome<'d> {
        let cell = self.as_it_stands(expression)?;
        Ok(if self.facts.is_empty() { cell } else { narrowed(cell, expression, self.facts) })
    }

    fn as_it_stands(&self, expression: &'d Expression) -> Outcome<'d> {
        let (context, row) = (self.context, self.row);
        let number = |inner: &'d Expression| self.number(inner);
        Ok(match expression {
            Expression::Constant(constant) => constant_cell(constant),
            Expression::Ambient(ambient) => Cell::Day(context.days.day(*ambient)),
            Expression::Param(at) => context.params.get(*at).cloned().unwrap_or(Cell::None),
            Expression::Field(field) => context.field(field, row),
            Expression::Derived { id, path } => match context.reach(path, row) {
                Reached::Row(row) => context.derived.value(*id, row)?,
                Reached::Nowhere => Cell::None,
                // Of what type does not matter: what nobody knows compares with everything as unknown.
                Reached::SomeRow => Cell::Number(Possible::unknown()),
                Reached::Unknown => Cell::Number(Possible::unknown().or_none()),
            },
            Expression::Not(inner) => Cell::truth(!self.truth(inner)?),
            Expression::And(items) => Cell::truth(self.all(items, Truth::False, Truth::and)?),
            Expression::Or(items) => Cell::truth(self.all(items, Truth::True, Truth::or)?),
            Expression::Compare(comparison, a, b) => {
                Cell::truth(compare(*comparison, &self.evaluate(a)?, &self.evaluate(b)?))
            }
            Expression::Within { day, from, to } => {
                let day = self.evaluate(day)?;
                Cell::truth(within(&day, &self.evaluate(from)?, &self.evaluate(to)?))
            }
            Expression::OneOf(item, words) => self.one_of(item, words)?,
            Expression::Arithmetic(Operation::Over, a, b) if is_nonzero(b, self.facts) => {
                Cell::Number(number(a)?.over_signed(&number(b)?)?)
            }
            Expression::Arithmetic(operation, a, b) => Cell::Number(calculate(*operation, &number(a)?, &number(b)?)?),
            Expression::Calculated(calculation, a, b) => {
                let b = b.as_deref().map(|b| self.evaluate(b)).transpose()?;
                calculation.of(&self.evaluate(a)?, b.as_ref())?
            }
            Expression::Listed(items) => {
                let items = items.iter().map(|item| self.evaluate(item)).collect::<Result<Vec<_>, _>>()?;
                Cell::List(listed(&items))
            }
            Expression::Later(step, day, count) => Cell::Day(later(*step, &self.day(day)?, &number(count)?)?),
            Expression::DaysBetween(to, from) => Cell::Number(days_between(&self.day(to)?, &self.day(from)?)),
            Expression::PartOfDay(part, day) => Cell::Number(part_of(*part, &self.day(day)?)),
            Expression::TextTest(test, a, b) => Cell::truth(test_text(*test, &self.evaluate(a)?, &self.evaluate(b)?)),
            Expression::Round(inner, places) => Cell::Number(number(inner)?.round(*places)?),
            Expression::If(condition, then, otherwise) => match self.truth(condition)? {
                Truth::True => self.evaluate(then)?,
                Truth::False => self.evaluate(otherwise)?,
                Truth::Unknown => {
                    let then = self.where_it(condition, true, then)?;
                    then.join(self.where_it(condition, false, otherwise)?)
                }
            },
            Expression::OrElse(first, second) => {
                let first = self.evaluate(first)?;
                if first.is_known() && !first.is_none() { first } else { first.or_else(self.evaluate(second)?) }
            }
            Expression::Then(first, then) => {
                self.evaluate(first)?;
                self.evaluate(then)?
            }
            Expression::NotApplicable => Cell::NotApplicable,
        })
    }

    /// The value of a branch, where a condition holds or does not.
    fn where_it(&self, condition: &'d Expression, holds: bool, branch: &'d Expression) -> Outcome<'d> {
        let mut facts = self.facts.to_vec();
        learn(condition, holds, &|expression| self.evaluate(expression).ok(), &mut facts);
        Evaluation { facts: &facts, ..*self }.evaluate(branch)
    }

    fn truth(&self, expression: &'d Expression) -> Result<Truth, Failure> {
        Ok(self.evaluate(expression)?.as_truth())
    }

    /// Left to right, until one answer decides: what stands behind it is not looked at.
    fn all(
        &self,
        items: &'d [Expression],
        deciding: Truth,
        combine: fn(Truth, Truth) -> Truth,
    ) -> Result<Truth, Failure> {
        let mut result = !deciding;
        for item in items {
            result = combine(result, self.truth(item)?);
            if result == deciding {
                break;
            }
        }
        Ok(result)
    }

    fn one_of(&self, item: &'d Expression, words: &'d [Expression]) -> Outcome<'d> {
        let item = self.evaluate(item)?;
        let mut result = Truth::False;
        for word in words {
            result = result.or(item.equals(&self.evaluate(word)?));
        }
        Ok(Cell::truth(result))
    }

    /// The number of an expression; what may be none is unknown here, for the checker asked for a value.
    fn number(&self, expression: &'d Expression) -> Result<Possible<Number>, Failure> {
        let number = self.evaluate(expression)?.as_number();
        Ok(number.filter(|number| !number.is_none()).unwrap_or_else(Possible::unknown))
    }

    fn day(&self, expression: &'d Expression) -> Result<Possible<Day>, Failure> {
        match self.evaluate(expression)? {
            Cell::Day(day) if !day.is_none() => Ok(day),
            _ => Ok(Possible::unknown()),
        }
    }
}

impl Days {
    /// One of the days.
    #[must_use]
    pub fn day(&self, ambient: Ambient) -> Possible<Day> {
        let day = match ambient {
            Ambient::AsOf(as_of) => Some(self.as_of(as_of)),
            Ambient::Fixed(day) => day,
            Ambient::PeriodFrom => self.period.from,
            Ambient::PeriodTo => Some(self.period.to),
            Ambient::RoundFrom => self.round.from,
            Ambient::RoundTo => Some(self.round.to),
        };
        day.map_or_else(Possible::unknown, Possible::known)
    }

    /// The day up to which days have happened.
    #[must_use]
    pub fn as_of(&self, as_of: AsOf) -> Day {
        match as_of {
            AsOf::Run => self.as_of,
            AsOf::NotAfter(day) => self.as_of.min(day),
        }
    }
}

fn known<T: Copy + Ord>(none: bool, value: Option<T>) -> Possible<T> {
    value.filter(|_| !none).map_or_else(Possible::none, Possible::known)
}

/// A written value as a cell.
#[must_use]
pub fn constant_cell(constant: &Constant) -> Cell<'_> {
    match constant {
        Constant::Number(number) => Cell::Number(Possible::known(*number)),
        Constant::Day(day) => Cell::Day(Possible::known(*day)),
        Constant::Text(text) => Cell::Text(Possible::known(text)),
        Constant::Code(code) => Cell::Code(Possible::known(*code)),
        Constant::Flag(flag) => Cell::Flag(Possible::known(*flag)),
        Constant::None => Cell::None,
        Constant::UnknownNumber => Cell::Number(Possible::unknown()),
        Constant::UnknownDay => Cell::Day(Possible::unknown()),
    }
}

/// The numbers of cells, in order; what may be none perhaps does not count.
fn listed(items: &[Cell<'_>]) -> Option<Arc<List>> {
    let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
    for item in items {
        let number = item.as_number().unwrap_or_else(Possible::unknown);
        let Some(range) = number.range() else { continue };
        let there = Possible::between(range.least, range.greatest);
        if number.may_be_none() { perhaps.push(there) } else { surely.push(there) }
    }
    List::of(&surely, &perhaps).map(Arc::new)
}

/// How two cells compare.
#[must_use]
pub fn compare(comparison: Comparison, a: &Cell<'_>, b: &Cell<'_>) -> Truth {
    match comparison {
        Comparison::Equal => a.equals(b),
        Comparison::NotEqual => !a.equals(b),
        Comparison::Less => a.below(b, false),
        Comparison::AtMost => a.below(b, true),
        Comparison::Greater => b.below(a, false),
        Comparison::AtLeast => b.below(a, true),
    }
}

/// Whether a day lies in a span. Both comparisons speak of one day: together they can rule out what neither can alone,
/// but a day that may be on either side of the span is unknown all the same.
fn within(day: &Cell<'_>, from: &Cell<'_>, to: &Cell<'_>) -> Truth {
    from.below(day, true).and(day.below(to, true))
}

fn calculate(operation: Operation, a: &Possible<Number>, b: &Possible<Number>) -> Result<Possible<Number>, Failure> {
    let result = match operation {
        Operation::Plus => a.plus(b),
        Operation::Minus => a.minus(b),
        Operation::Times => a.times(b),
        Operation::Over => a.over(b),
        Operation::Remainder => a.remainder(b),
    };
    Ok(result?)
}

fn later(step: Step, day: &Possible<Day>, count: &Possible<Number>) -> Result<Possible<Day>, Failure> {
    let plus = |day: Day, count: i64| match step {
        Step::Days => day.plus(count),
        Step::Months => day.plus_months(count),
    };
    let end = |day: Option<Day>, count: Option<Number>| match day.zip(count) {
        Some((day, count)) => count.to_whole().and_then(|count| plus(day, count)).map(Some).ok_or(Failure::Calendar),
        None => Ok(None),
    };
    Ok(Possible::between(end(day.least(), count.least())?, end(day.greatest(), count.greatest())?))
}

fn days_between(to: &Possible<Day>, from: &Possible<Day>) -> Possible<Number> {
    let end = |to: Option<Day>, from: Option<Day>| to.zip(from).map(|(to, from)| Number::whole(to.days_since(from)));
    Possible::between(end(to.least(), from.greatest()), end(to.greatest(), from.least()))
}

fn part_of(part: DayPart, day: &Possible<Day>) -> Possible<Number> {
    let pick = |day: Day| {
        let (year, month, of_month) = day.parts();
        match part {
            DayPart::Year => i64::from(year),
            DayPart::Month => i64::from(month),
            DayPart::Day => i64::from(of_month),
        }
    };
    let within = match part {
        DayPart::Year => {
            return Possible::between(
                day.least().map(pick).map(Number::whole),
                day.greatest().map(pick).map(Number::whole),
            );
        }
        DayPart::Month => 12,
        DayPart::Day => 31,
    };
    match day.value() {
        Some(day) => Possible::known(Number::whole(pick(day))),
        None => Possible::between(Some(Number::ONE), Some(Number::whole(within))),
    }
}

fn test_text(test: TextTest, a: &Cell<'_>, b: &Cell<'_>) -> Truth {
    let (Cell::Text(a), Cell::Text(b)) = (a, b) else { return Truth::Unknown };
    match (a.value(), b.value(), test) {
        (Some(a), Some(b), TextTest::Contains) => a.contains(b).into(),
        (Some(a), Some(b), TextTest::StartsWith) => a.starts_with(b).into(),
        (Some(a), Some(b), TextTest::EndsWith) => a.ends_with(b).into(),
        _ => Truth::Unknown,
    }
}
