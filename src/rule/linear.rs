//! Comparisons of sums of columns: `f.members >= f.workers * params.density`.
//!
//! Both sides are brought over to one: whole numbers times columns, and a whole number beside them. As long as nothing
//! in between can leave 64 bits in a block, one loop of whole numbers gives the same answers as exact ratios would.

use std::ops::Range;

use crate::data::{Bits, Column, Numbers, Values};
use crate::value::{Number, Possible};

use super::cell::Cell;
use super::expression::{Comparison, Expression, Field, Operation};
use super::scalar::compare;

/// No factor and no denominator is greater.
const MOST: i64 = 1 << 31;

/// A number for each row: columns times numbers, and one number beside them.
#[derive(Clone, Debug)]
pub(super) struct Linear<'d> {
    terms: Vec<Term<'d>>,
    constant: Number,
    /// Whether it is one column as it stands; a cell without a value is then none, and elsewhere unknown.
    bare: bool,
}

/// A column of whole numbers and what each is multiplied by.
#[derive(Clone, Copy, Debug)]
struct Term<'d> {
    column: &'d Column,
    values: &'d [i64],
    factor: Number,
}

/// The answers for a block, and the rows for which these are none.
pub(super) struct Compared {
    /// Rows for which the comparison holds.
    pub hits: Bits,
    /// Rows that have to be looked at one by one.
    pub open: Bits,
}

impl<'d> Linear<'d> {
    /// An expression as such a sum, if it is one; `column` finds the columns of the rows themselves, `fixed` what is
    /// the same for all rows.
    pub fn of(
        expression: &'d Expression,
        column: &impl Fn(&Field) -> Option<&'d Column>,
        fixed: &impl Fn(&'d Expression) -> Option<Cell<'d>>,
    ) -> Option<Self> {
        if let Some(value) = fixed(expression) {
            let Cell::Number(number) = value else { return None };
            return Some(Self { terms: Vec::new(), constant: number.value()?, bare: false });
        }
        match expression {
            Expression::Field(field) => Self::of_column(column(field)?),
            Expression::Arithmetic(operation, a, b) => {
                let (a, b) = (Self::of(a, column, fixed)?, Self::of(b, column, fixed)?);
                match operation {
                    Operation::Plus => a.plus(b),
                    Operation::Minus => a.plus(b.times(Number::whole(-1))?),
                    Operation::Times if a.terms.is_empty() => b.times(a.constant),
                    Operation::Times if b.terms.is_empty() => a.times(b.constant),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn of_column(column: &'d Column) -> Option<Self> {
        let Values::Numbers(Numbers::Small { scale, values }) = &column.values else { return None };
        let factor = Number::scaled(1, *scale)?;
        Some(Self { terms: vec![Term { column, values, factor }], constant: Number::ZERO, bare: true })
    }

    fn plus(mut self, other: Self) -> Option<Self> {
        self.terms.extend(other.terms);
        self.constant = self.constant.plus(other.constant).ok()?;
        Self { bare: false, ..self }.small()
    }

    fn times(mut self, factor: Number) -> Option<Self> {
        for term in &mut self.terms {
            term.factor = term.factor.times(factor).ok()?;
        }
        self.constant = self.constant.times(factor).ok()?;
        Self { bare: false, ..self }.small()
    }

    /// How it compares with another sum in the rows of a block; nothing where that may need more than 64 bits.
    pub fn compared(&self, comparison: Comparison, other: &Self, block: &Range<usize>) -> Option<Compared> {
        let difference = self.clone().plus(other.clone().times(Number::whole(-1))?)?;
        let (sums, _) = difference.sums(block)?;
        Some(self.with_gaps(holds(comparison, &sums), comparison, other, block))
    }

    /// What it comes to in the rows of a block, and what that is parts of; nothing where it may need more than 64 bits.
    pub fn sums(&self, block: &Range<usize>) -> Option<(Vec<i64>, i64)> {
        let unit = self.unit()?;
        let mut sums = vec![whole(self.constant, unit)?; block.len()];
        let mut most = sums.first().map_or(0, |sum| sum.unsigned_abs());
        for term in &self.terms {
            let (factor, values) = (whole(term.factor, unit)?, term.values.get(block.clone())?);
            let greatest = values.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
            most = most.checked_add(greatest.checked_mul(factor.unsigned_abs())?)?;
            if most > i64::MAX.unsigned_abs() {
                return None;
            }
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += factor * value);
        }
        Some((sums, unit))
    }

    /// The rows of a block in which a cell has no value, or none that is known.
    pub fn gaps(&self, block: &Range<usize>) -> Bits {
        let mut gaps = Bits::zeros(block.len());
        for term in &self.terms {
            gaps.or(&term.column.unknown.slice(block.start, block.len()));
            gaps.or(&term.column.none.slice(block.start, block.len()));
        }
        gaps
    }

    /// A cell without a value beside a number answers the same whatever the number is; all else is left open.
    fn with_gaps(&self, mut hits: Bits, comparison: Comparison, other: &Self, block: &Range<usize>) -> Compared {
        let (mut open, mut none) = (Bits::zeros(block.len()), Bits::zeros(block.len()));
        for side in [self, other] {
            for term in &side.terms {
                open.or(&term.column.unknown.slice(block.start, block.len()));
                let gaps = term.column.none.slice(block.start, block.len());
                if side.bare && !(self.bare && other.bare) { none.or(&gaps) } else { open.or(&gaps) }
            }
        }
        let number = Cell::Number(Possible::known(Number::ZERO));
        let of_none = if self.bare {
            compare(comparison, &Cell::None, &number)
        } else {
            compare(comparison, &number, &Cell::None)
        };
        if of_none.can_be_true() {
            hits.or(&none);
        } else {
            hits.and_not(&none);
        }
        Compared { hits, open }
    }

    /// The sum, if its numbers are so small that no ratio on the way to it leaves 128 bits: then it cannot fail.
    fn small(self) -> Option<Self> {
        let unit = self.unit()?;
        whole(self.constant, unit)?;
        let is_small = |term: &Term<'_>| whole(term.factor, unit).is_some_and(|factor| factor.abs() <= MOST);
        self.terms.iter().all(is_small).then_some(self)
    }

    /// The parts of one in which all its numbers are whole.
    fn unit(&self) -> Option<i64> {
        let mut unit = 1_i64;
        for number in self.terms.iter().map(|term| term.factor).chain([self.constant]) {
            let in_parts = number.times(Number::whole(unit)).ok()?;
            unit = unit.checked_mul(in_parts.denominator()?).filter(|unit| *unit <= MOST)?;
        }
        Some(unit)
    }
}

/// A number in parts of one.
fn whole(number: Number, unit: i64) -> Option<i64> {
    number.times(Number::whole(unit)).ok()?.to_whole()
}

/// The rows of which the difference of both sides says that the comparison holds.
fn holds(comparison: Comparison, differences: &[i64]) -> Bits {
    match comparison {
        Comparison::Equal => Bits::of(differences, |difference| *difference == 0),
        Comparison::NotEqual => Bits::of(differences, |difference| *difference != 0),
        Comparison::Less => Bits::of(differences, |difference| *difference < 0),
        Comparison::AtMost => Bits::of(differences, |difference| *difference <= 0),
        Comparison::Greater => Bits::of(differences, |difference| *difference > 0),
        Comparison::AtLeast => Bits::of(differences, |difference| *difference >= 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(scale: u32, values: &[i64]) -> Column {
        let zeros = || Bits::zeros(values.len());
        let values = Values::Numbers(Numbers::Small { scale, values: values.to_vec() });
        Column { values, unknown: zeros(), none: zeros(), between: Vec::new() }
    }

    fn exactly(column: &Column, row: usize) -> Number {
        let Values::Numbers(numbers) = &column.values else { panic!("numbers") };
        numbers.get(row).unwrap()
    }

    #[test]
    fn sums_compare_as_exact_ratios_do_or_not_at_all() {
        let some = [0, 1, -1, 7, 100, 8_000_000_000, -9, i64::MAX / 4, i64::MAX, i64::MIN];
        let factors =
            [Number::ratio(4, 5).unwrap(), Number::ratio(-1, 3).unwrap(), Number::whole(1 << 20), Number::ZERO];
        let (mut compared, mut refused) = (0, 0);
        for scale in [0, 2] {
            for a in some {
                for b in some {
                    let (x, y) = (column(scale, &[a, 3]), column(0, &[b, -5]));
                    for factor in factors {
                        let right = Linear::of_column(&y).unwrap().times(factor).unwrap();
                        let left = Linear::of_column(&x).unwrap();
                        let Some(found) = left.compared(Comparison::AtLeast, &right, &(0..2)) else {
                            refused += 1;
                            continue;
                        };
                        compared += 1;
                        for row in 0..2 {
                            let exact = exactly(&x, row) >= exactly(&y, row).times(factor).unwrap();
                            assert_eq!(found.hits.get(row), exact, "{a} {b} {factor} at {scale}");
                        }
                        assert!(!found.open.any());
                    }
                }
            }
        }
        assert!(compared > 200 && refused > 100, "{compared} {refused}");
    }

    #[test]
    fn what_is_not_known_is_left_open_and_what_is_not_there_answers_by_itself() {
        let (mut x, mut y) = (column(0, &[5, 5, 5]), column(0, &[1, 1, 1]));
        x.none.set(0, true);
        y.none.set(1, true);
        x.unknown.set(2, true);
        let (bare, doubled) = (Linear::of_column(&x).unwrap(), Linear::of_column(&y).unwrap());
        let doubled = doubled.times(Number::whole(2)).unwrap();
        let found = bare.compared(Comparison::AtLeast, &doubled, &(0..3)).unwrap();
        assert_eq!(found.hits.iter().filter(|row| !found.open.get(*row)).collect::<Vec<_>>(), [0; 0]);
        assert_eq!(found.open.iter().collect::<Vec<_>>(), [1, 2]);
        let unequal = bare.compared(Comparison::NotEqual, &doubled, &(0..3)).unwrap();
        assert!(unequal.hits.get(0) && !unequal.open.get(0));
        // Where both sides may be none, each answer depends on the other.
        let other = Linear::of_column(&y).unwrap();
        assert_eq!(bare.compared(Comparison::Equal, &other, &(0..3)).unwrap().open.count(), 3);
    }

    #[test]
    fn factors_that_might_leave_128_bits_on_the_way_are_refused() {
        let x = column(0, &[1]);
        let large = Number::whole(1 << 40);
        assert!(Linear::of_column(&x).unwrap().times(large).is_none());
        let sum = Linear::of_column(&x).unwrap().plus(Linear::of_column(&x).unwrap()).unwrap();
        assert!(sum.times(Number::ratio(1, 1 << 40).unwrap()).is_none());
    }
}
