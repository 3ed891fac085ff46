//! Values over whole blocks of rows.
//!
//! A column as it stands, what was derived for the rows, sums of columns, one sum over another and whatever is yes or no
//! are computed block by block.
//! What has no loop of its own, and every row in which something is not known, is left to [`super::scalar`], which
//! gives the same answers.

use std::ops::Range;

use crate::data::{Bits, Numbers, Values};
use crate::value::Day;

use super::columnar::Columnar;
use super::expression::{Expression, Field, Operation};
use super::linear::Linear;
use super::short::{Short, Shorten};

/// Values of the rows of a block; nothing for a row that has to be looked at alone.
type Block = Vec<Option<Short>>;

impl<'d> Columnar<'_, 'd> {
    /// The values of an expression for the rows of a block; nothing for each that has to be looked at alone, and nothing
    /// at all where all have to be.
    pub fn values(&mut self, expression: &'d Expression, block: &Range<usize>) -> Option<Block> {
        match expression {
            Expression::Field(field) => self.cells(field, block),
            Expression::Derived { id, path } if path.is_empty() => {
                Some(block.clone().map(|row| self.context().derived.short(*id, row)).collect())
            }
            Expression::Arithmetic(Operation::Over, a, b) => self.ratios(a, b, block),
            Expression::Arithmetic(..) => self.sums(expression, block),
            Expression::Not(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Compare(..)
            | Expression::Within { .. }
            | Expression::OneOf(..) => Some(self.answers(expression, block)),
            _ => Some(vec![self.fixed(expression)?.shorten(); block.len()]),
        }
    }

    /// The cells of a column of the rows themselves.
    fn cells(&self, field: &Field, block: &Range<usize>) -> Option<Block> {
        let column = self.own_column(field)?;
        let (none, mut values) = match &column.values {
            Values::Numbers(Numbers::Small { scale, values }) => {
                let unit = 10_i64.checked_pow(*scale)?;
                let values = values.get(block.clone())?.iter();
                (Short::NoNumber, values.map(|value| Short::ratio(*value, unit)).collect::<Block>())
            }
            Values::Days(days) => {
                let last = field.happened.map_or(i32::MAX, |by| self.context().days.as_of(by).days());
                let day = |day: i32| if day > last { Short::NoDay } else { Short::Day(Day::from_days(day)) };
                (Short::NoDay, days.get(block.clone())?.iter().map(|days| Some(day(*days))).collect())
            }
            Values::Flags(flags) => {
                (Short::NoFlag, block.clone().map(|row| Some(Short::Flag(flags.get(row)))).collect())
            }
            Values::Words { codes, .. } => {
                (Short::NoCode, codes.get(block.clone())?.iter().map(|code| Some(Short::Code(*code))).collect())
            }
            Values::Numbers(Numbers::Large(_)) | Values::Texts(_) | Values::Links(_) => return None,
        };
        put(&mut values, &column.none.slice(block.start, block.len()), Some(none));
        put(&mut values, &column.unknown.slice(block.start, block.len()), None);
        Some(values)
    }

    fn sums(&self, expression: &'d Expression, block: &Range<usize>) -> Option<Block> {
        let sum = self.linear_of(expression)?;
        let (parts, unit) = sum.sums(block)?;
        let mut values: Block = parts.into_iter().map(|parts| Short::ratio(parts, unit)).collect();
        put(&mut values, &sum.gaps(block), None);
        Some(values)
    }

    /// A sum over another. Over nought there is no answer, which is told of the row.
    fn ratios(&self, a: &'d Expression, b: &'d Expression, block: &Range<usize>) -> Option<Block> {
        let (a, b) = (self.linear_of(a)?, self.linear_of(b)?);
        let ((top, of_top), (bottom, of_bottom)) = (a.sums(block)?, b.sums(block)?);
        let ratio = |(top, bottom): (i64, i64)| {
            // Parts of the same size need not be made smaller.
            let (up, down) = if of_top == of_bottom { (1, 1) } else { (of_bottom, of_top) };
            Short::ratio(top.checked_mul(up)?, bottom.checked_mul(down)?)
        };
        let mut values: Block = top.into_iter().zip(bottom).map(ratio).collect();
        for gaps in [a.gaps(block), b.gaps(block)] {
            put(&mut values, &gaps, None);
        }
        Some(values)
    }

    fn linear_of(&self, expression: &'d Expression) -> Option<Linear<'d>> {
        Linear::of(expression, &|field| self.own_column(field), &|fixed| self.fixed(fixed))
    }

    /// What is yes or no.
    fn answers(&mut self, predicate: &'d Expression, block: &Range<usize>) -> Block {
        let mask = self.mask(predicate, block, &Bits::ones(block.len()));
        let answer = |at: usize| match (mask.yes.get(at), mask.no.get(at), mask.failed.get(at)) {
            (true, false, false) => Some(Short::Flag(true)),
            (false, true, false) => Some(Short::Flag(false)),
            _ => None,
        };
        (0..block.len()).map(answer).collect()
    }
}

fn put(values: &mut Block, rows: &Bits, value: Option<Short>) {
    for at in rows.iter() {
        if let Some(place) = values.get_mut(at) {
            *place = value;
        }
    }
}
