//! Predicates over whole blocks of rows.
//!
//! Comparisons of a column with a value that is the same for all rows run as one loop over plain integers; logic runs
//! on bits. Whatever has no loop of its own is evaluated row by row by [`super::scalar`], with the same answers.

use std::ops::{Range, RangeInclusive};

use num_traits::Bounded;

use crate::data::{Bits, Column, Numbers, Values};
use crate::value::{Number, Truth};

use super::cell::Cell;
use super::expression::{Comparison, Expression, Field};
use super::linear::{Compared, Linear};
use super::scalar::{Context, Failure, compare};

/// The answers of a predicate for a block of rows: which may be yes, which may be no, which failed.
#[derive(Clone, Debug)]
pub struct Mask {
    /// Rows for which the answer may be yes.
    pub yes: Bits,
    /// Rows for which the answer may be no.
    pub no: Bits,
    /// Rows without an answer; their bits in `yes` and `no` mean nothing.
    pub failed: Bits,
}

/// The first failure of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstFailure {
    /// The row.
    pub row: usize,
    /// Why.
    pub why: Failure,
}

impl Mask {
    /// Yes for every row.
    #[must_use]
    pub fn always(len: usize) -> Self {
        Self { yes: Bits::ones(len), no: Bits::zeros(len), failed: Bits::zeros(len) }
    }

    /// The same answers with failed rows as unknown.
    #[must_use]
    pub fn with_failures_unknown(mut self) -> Self {
        self.yes.or(&self.failed);
        self.no.or(&self.failed);
        self
    }

    /// The same answers, but for some rows those of another mask.
    fn overlaid(mut self, other: &Self, rows: &Bits) -> Self {
        for (bits, others) in
            [(&mut self.yes, &other.yes), (&mut self.no, &other.no), (&mut self.failed, &other.failed)]
        {
            let mut others = others.clone();
            others.and(rows);
            bits.and_not(rows);
            bits.or(&others);
        }
        self
    }

    fn negated(self) -> Self {
        Self { yes: self.no, no: self.yes, failed: self.failed }
    }
}

/// Evaluates predicates over blocks, and remembers the first failure.
pub struct Columnar<'c, 'd> {
    context: &'c Context<'d>,
    /// The first failure so far, by row.
    pub failure: Option<FirstFailure>,
}

impl<'c, 'd> Columnar<'c, 'd> {
    /// An evaluator in a context.
    #[must_use]
    pub fn new(context: &'c Context<'d>) -> Self {
        Self { context, failure: None }
    }

    pub(super) fn context(&self) -> &'c Context<'d> {
        self.context
    }

    /// The answers of a predicate for the rows of a block that are `live`; those of other rows mean nothing.
    pub fn mask(&mut self, predicate: &'d Expression, block: &Range<usize>, live: &Bits) -> Mask {
        match predicate {
            Expression::Not(inner) => self.mask(inner, block, live).negated(),
            Expression::And(items) => self.all(items, block, live),
            // `a || b` is `!(!a && !b)`; the same rows decide early.
            Expression::Or(items) => self.any(items, block, live),
            Expression::Field(field) => self.flags(field, predicate, block, live),
            Expression::Compare(comparison, a, b) => self.comparison(*comparison, a, b, predicate, block, live),
            Expression::Within { day, from, to } => {
                // Both bounds test one day; a day unknown to both is unknown to the pair.
                let from = self.comparison(Comparison::AtLeast, day, from, predicate, block, live);
                let to = self.comparison(Comparison::AtMost, day, to, predicate, block, live);
                conjunction(from, &to)
            }
            Expression::OneOf(item, words) => self.one_of(item, words, predicate, block, live),
            Expression::If(condition, then, otherwise) => {
                self.choice(condition, [then, otherwise], predicate, block, live)
            }
            _ => match self.fixed(predicate) {
                Some(answer) => uniform(answer.as_truth(), block.len()),
                None => self.row_by_row(predicate, block, live),
            },
        }
    }

    /// `x in ["a", "b"]`: any of the comparisons.
    fn one_of(
        &mut self,
        item: &'d Expression,
        words: &'d [Expression],
        whole: &'d Expression,
        block: &Range<usize>,
        live: &Bits,
    ) -> Mask {
        let Expression::Field(field) = item else { return self.row_by_row(whole, block, live) };
        let word = |word| self.column_with_fixed(field, Comparison::Equal, &self.fixed(word)?, block);
        match words.iter().map(word).collect::<Option<Vec<_>>>() {
            Some(masks) => masks
                .into_iter()
                .map(Mask::negated)
                .fold(Mask::always(block.len()), |a, b| conjunction(a, &b))
                .negated(),
            None => self.row_by_row(whole, block, live),
        }
    }

    /// `if c { x } else { y }`: what the branch answers where the condition leads. Where it is open, each branch knows
    /// something of the condition, and the row is looked at alone.
    fn choice(
        &mut self,
        condition: &'d Expression,
        [then, otherwise]: [&'d Expression; 2],
        whole: &'d Expression,
        block: &Range<usize>,
        live: &Bits,
    ) -> Mask {
        let condition = self.mask(condition, block, live);
        let (mut to_then, mut to_otherwise) = (live.clone(), live.clone());
        to_then.and(&condition.yes);
        to_otherwise.and(&condition.no);
        let mut open = to_then.clone();
        open.and(&to_otherwise);
        to_then.and_not(&open);
        to_otherwise.and_not(&open);
        let mut result = Mask { yes: Bits::zeros(block.len()), no: Bits::zeros(block.len()), failed: condition.failed };
        for (branch, rows) in [(then, &to_then), (otherwise, &to_otherwise), (whole, &open)] {
            // A param often decides for all rows: then the other branch is not looked at.
            if !rows.any() {
                continue;
            }
            let alone = std::ptr::eq(branch, whole);
            let mut answers = if alone { self.row_by_row(whole, block, rows) } else { self.mask(branch, block, rows) };
            for (bits, more) in [
                (&mut result.yes, &mut answers.yes),
                (&mut result.no, &mut answers.no),
                (&mut result.failed, &mut answers.failed),
            ] {
                more.and(rows);
                bits.or(more);
            }
        }
        result
    }

    fn all(&mut self, items: &'d [Expression], block: &Range<usize>, live: &Bits) -> Mask {
        let mut result = Mask::always(block.len());
        let mut open = live.clone();
        for item in items {
            let next = self.mask(item, block, &open);
            result = conjunction_of_live(result, &next, &open);
            // Where the answer is surely no, what stands to the right is not looked at.
            open.and(&result.yes);
        }
        result
    }

    fn any(&mut self, items: &'d [Expression], block: &Range<usize>, live: &Bits) -> Mask {
        let mut result = Mask::always(block.len());
        let mut open = live.clone();
        for item in items {
            let next = self.mask(item, block, &open).negated();
            result = conjunction_of_live(result, &next, &open);
            open.and(&result.yes);
        }
        result.negated()
    }

    fn flags(&mut self, field: &Field, predicate: &'d Expression, block: &Range<usize>, live: &Bits) -> Mask {
        let Some(Column { values: Values::Flags(flags), unknown, .. }) = self.own_column(field) else {
            return self.row_by_row(predicate, block, live);
        };
        let (start, len) = (block.start, block.len());
        let unknown = unknown.slice(start, len);
        let mut yes = flags.slice(start, len);
        let mut no = Bits::ones(len);
        no.and_not(&yes);
        yes.or(&unknown);
        no.or(&unknown);
        Mask { yes, no, failed: Bits::zeros(len) }
    }

    fn comparison(
        &mut self,
        comparison: Comparison,
        a: &'d Expression,
        b: &'d Expression,
        whole: &'d Expression,
        block: &Range<usize>,
        live: &Bits,
    ) -> Mask {
        let sides = match (a, b) {
            (Expression::Field(field), fixed) => self.fixed(fixed).map(|fixed| (field, comparison, fixed)),
            (fixed, Expression::Field(field)) => self.fixed(fixed).map(|fixed| (field, mirrored(comparison), fixed)),
            _ => None,
        };
        let mask = match sides {
            Some((field, comparison, fixed)) => self.column_with_fixed(field, comparison, &fixed, block),
            None => self.linear(comparison, a, b, whole, block, live),
        };
        mask.unwrap_or_else(|| match whole {
            Expression::Within { .. } => self.rows(block, live, |context, row| {
                Ok(compare(comparison, &context.evaluate(a, row)?, &context.evaluate(b, row)?))
            }),
            _ => self.row_by_row(whole, block, live),
        })
    }

    /// A comparison of sums of columns; the rows of which something is not known are looked at one by one.
    fn linear(
        &mut self,
        comparison: Comparison,
        a: &'d Expression,
        b: &'d Expression,
        whole: &'d Expression,
        block: &Range<usize>,
        live: &Bits,
    ) -> Option<Mask> {
        let of = |side| Linear::of(side, &|field| self.own_column(field), &|fixed| self.fixed(fixed));
        let Compared { hits, mut open } = of(a)?.compared(comparison, &of(b)?, block)?;
        let mut no = Bits::ones(block.len());
        no.and_not(&hits);
        let mask = Mask { yes: hits, no, failed: Bits::zeros(block.len()) };
        open.and(live);
        if !open.any() {
            return Some(mask);
        }
        Some(mask.overlaid(&self.row_by_row(whole, block, &open), &open))
    }

    /// A value that is the same for all rows.
    pub(super) fn fixed(&self, expression: &'d Expression) -> Option<Cell<'d>> {
        match expression {
            Expression::Constant(_) | Expression::Ambient(_) | Expression::Param(_) => {
                self.context.evaluate(expression, 0).ok()
            }
            _ => None,
        }
    }

    /// The column of a field of the row itself.
    pub(super) fn own_column(&self, field: &Field) -> Option<&'d Column> {
        field.path.is_empty().then(|| self.context.data.table(field.table).column(field.column))?
    }

    fn column_with_fixed(
        &self,
        field: &Field,
        comparison: Comparison,
        fixed: &Cell<'d>,
        block: &Range<usize>,
    ) -> Option<Mask> {
        // Days of which only the month is known differ from row to row.
        let column = self.own_column(field).filter(|column| column.between.is_empty())?;
        let hits = match (&column.values, fixed) {
            // What is known is something.
            (values, Cell::None) if !matches!(values, Values::Links(_)) => match comparison {
                Comparison::NotEqual => Bits::ones(block.len()),
                _ => Bits::zeros(block.len()),
            },
            (Values::Numbers(Numbers::Small { scale, values }), Cell::Number(number)) => {
                let span = whole_numbers(comparison, number.value()?, *scale)?;
                test(values.get(block.clone())?, &span, comparison)
            }
            (Values::Days(values), Cell::Day(day)) => {
                let span = span(comparison, i64::from(day.value()?.days()));
                test(values.get(block.clone())?, &span, comparison)
            }
            (Values::Words { codes, .. }, Cell::Code(code)) => {
                let span = span(comparison, i64::from(code.value()?));
                test(codes.get(block.clone())?, &span, comparison)
            }
            _ => return None,
        };
        Some(self.with_gaps(hits, field, column, comparison, fixed, block))
    }

    /// Puts in what unknown cells and cells without a value answer: the same for each of a kind.
    fn with_gaps(
        &self,
        hits: Bits,
        field: &Field,
        column: &Column,
        comparison: Comparison,
        fixed: &Cell<'d>,
        block: &Range<usize>,
    ) -> Mask {
        let (start, len) = (block.start, block.len());
        let schema = self.context.schema.column(field.table, field.column);
        let unknown = column.unknown.slice(start, len);
        let mut none = column.none.slice(start, len);
        if let (Some(by), Values::Days(days)) = (field.happened, &column.values) {
            let as_of = self.context.days.as_of(by).days();
            let days = days.get(block.clone()).unwrap_or_default();
            none.or(&Bits::of(days, |day| *day > as_of));
        }
        none.and_not(&unknown);
        let mut no = Bits::ones(len);
        no.and_not(&hits);
        let mut mask = Mask { yes: hits, no, failed: Bits::zeros(len) };
        answer(&mut mask, &unknown, compare(comparison, &self.context.unknown(schema, field.happened), fixed));
        answer(&mut mask, &none, compare(comparison, &Cell::None, fixed));
        mask
    }

    fn row_by_row(&mut self, predicate: &'d Expression, block: &Range<usize>, live: &Bits) -> Mask {
        self.rows(block, live, |context, row| context.truth(predicate, row))
    }

    fn rows(
        &mut self,
        block: &Range<usize>,
        live: &Bits,
        truth: impl Fn(&Context<'d>, usize) -> Result<Truth, Failure>,
    ) -> Mask {
        let len = block.len();
        let mut mask = Mask { yes: Bits::zeros(len), no: Bits::zeros(len), failed: Bits::zeros(len) };
        for at in live.iter() {
            match truth(self.context, block.start + at) {
                Ok(truth) => {
                    mask.yes.set(at, truth.can_be_true());
                    mask.no.set(at, truth.can_be_false());
                }
                Err(why) => {
                    mask.failed.set(at, true);
                    // What failed stays open, so that the rest of an `and` is still looked at in its turn.
                    mask.yes.set(at, true);
                    mask.no.set(at, true);
                    self.remember(FirstFailure { row: block.start + at, why });
                }
            }
        }
        mask
    }

    fn remember(&mut self, failure: FirstFailure) {
        if self.failure.is_none_or(|first| failure.row < first.row) {
            self.failure = Some(failure);
        }
    }
}

/// The same answer for every row.
fn uniform(truth: Truth, len: usize) -> Mask {
    let bits = |answer: bool| if answer { Bits::ones(len) } else { Bits::zeros(len) };
    Mask { yes: bits(truth.can_be_true()), no: bits(truth.can_be_false()), failed: Bits::zeros(len) }
}

fn conjunction(mut a: Mask, b: &Mask) -> Mask {
    a.yes.and(&b.yes);
    a.no.or(&b.no);
    a.failed.or(&b.failed);
    a
}

/// A conjunction in which rows that are no longer open keep their answer.
fn conjunction_of_live(mut a: Mask, b: &Mask, open: &Bits) -> Mask {
    let mut no = b.no.clone();
    no.and(open);
    let mut yes = b.yes.clone();
    yes.and(open);
    let mut failed = b.failed.clone();
    failed.and(open);
    a.yes.and(&yes);
    a.no.or(&no);
    a.failed.or(&failed);
    a
}

fn answer(mask: &mut Mask, rows: &Bits, truth: Truth) {
    let put = |bits: &mut Bits, bit: bool| if bit { bits.or(rows) } else { bits.and_not(rows) };
    put(&mut mask.yes, truth.can_be_true());
    put(&mut mask.no, truth.can_be_false());
}

fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        other => other,
    }
}

/// The whole numbers for which a comparison holds; for `!=`, those for which it does not.
fn span(comparison: Comparison, bar: i64) -> RangeInclusive<i64> {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => bar..=bar,
        Comparison::AtLeast => bar..=i64::MAX,
        Comparison::AtMost => i64::MIN..=bar,
        Comparison::Greater => bar.checked_add(1).map_or(nothing(), |bar| bar..=i64::MAX),
        Comparison::Less => bar.checked_sub(1).map_or(nothing(), |bar| i64::MIN..=bar),
    }
}

#[expect(clippy::reversed_empty_ranges, reason = "a span without numbers")]
fn nothing() -> RangeInclusive<i64> {
    1..=0
}

/// The same for numbers of a scale: the bar may lie between two of them, or beyond all.
fn whole_numbers(comparison: Comparison, bar: Number, scale: u32) -> Option<RangeInclusive<i64>> {
    let scaled = bar.times(Number::scaled(10_i128.checked_pow(scale)?, 0)?).ok()?;
    if let Some(bar) = scaled.to_whole() {
        return Some(span(comparison, bar));
    }
    match comparison {
        Comparison::Equal | Comparison::NotEqual => Some(nothing()),
        Comparison::AtLeast | Comparison::Greater => Some(scaled.ceiling().to_whole()?..=i64::MAX),
        Comparison::AtMost | Comparison::Less => Some(i64::MIN..=scaled.floor().to_whole()?),
    }
}

/// The values within a span, or, for `!=`, the others.
#[expect(clippy::needless_bitwise_bool, reason = "without a jump the loop runs on many rows at once")]
fn test<T: Whole>(values: &[T], span: &RangeInclusive<i64>, comparison: Comparison) -> Bits {
    let ((from, to), inside) = (T::narrowed(span), comparison != Comparison::NotEqual);
    Bits::of(values, |value| ((*value >= from) & (*value <= to)) == inside)
}

/// A whole number of a column: the narrower, the more of them are compared at once.
trait Whole: Copy + PartialOrd + Bounded + TryFrom<i64> + Into<i64> {
    /// The first and the last number of a span that a column may hold; if none, the last is before the first.
    fn narrowed(span: &RangeInclusive<i64>) -> (Self, Self) {
        let from = Self::try_from((*span.start()).max(Self::min_value().into()));
        let to = Self::try_from((*span.end()).min(Self::max_value().into()));
        match (from, to) {
            (Ok(from), Ok(to)) => (from, to),
            _ => (Self::max_value(), Self::min_value()),
        }
    }
}

impl<T: Copy + PartialOrd + Bounded + TryFrom<i64> + Into<i64>> Whole for T {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_values_are_in_the_same_spans_as_wide_ones() {
        let bounds = [i64::MIN, i64::from(i32::MIN), -1, 0, 1, 7, i64::from(i32::MAX), i64::from(u32::MAX), i64::MAX];
        let (days, codes) = ([i32::MIN, -1, 0, 7, i32::MAX], [0, 1, 7, u32::MAX]);
        for comparison in [Comparison::AtLeast, Comparison::NotEqual] {
            for from in bounds {
                for to in bounds {
                    let span = from..=to;
                    let wide = |value: i64| span.contains(&value) == (comparison == Comparison::AtLeast);
                    assert_eq!(test(&days, &span, comparison), days.iter().map(|day| wide((*day).into())).collect());
                    assert_eq!(
                        test(&codes, &span, comparison),
                        codes.iter().map(|code| wide((*code).into())).collect()
                    );
                }
            }
        }
    }
}
