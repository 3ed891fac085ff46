//! Sums, and what is made of them.

use std::ops::Range;

use crate::data::{Numbers, Values};
use crate::rule::{Cell, Columnar, Expression, Failure, Measure};
use crate::schema::Kind;
use crate::value::{ArithmeticFault, Fraction, Number, Possible};

use super::{Failed, Finished, Mergeable, Part, Work};

/// A sum of what is known of numbers.
#[derive(Clone, Debug)]
struct Sum {
    /// Known cells of a column, in units of `10^-scale`.
    digits: i128,
    /// The finest scale of the column so far.
    scale: u32,
    /// The least that all else can come to; nothing where it is open.
    least: Option<Number>,
    /// The most that all else can come to.
    greatest: Option<Number>,
    /// Whether the sum cannot be kept.
    overflow: bool,
}

/// What rows add up to: one sum or two, and how many rows there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    first: Sum,
    second: Sum,
    rows: u64,
    perhaps: u64,
    /// The least and the greatest of single values, for a mean over an unknown population.
    values: Option<Possible<Number>>,
}

impl Default for Sum {
    fn default() -> Self {
        Self { digits: 0, scale: 0, least: Some(Number::ZERO), greatest: Some(Number::ZERO), overflow: false }
    }
}

impl Sum {
    /// Adds `digits / 10^scale`. Of one scale, 10^18 rows of the largest cells fit.
    fn add_digits(&mut self, digits: i128, scale: u32) {
        let finest = scale.max(self.scale);
        let at_finest = |digits: i128, scale: u32| digits.checked_mul(10_i128.checked_pow(finest - scale)?);
        let sum = if scale == self.scale {
            self.digits.checked_add(digits)
        } else {
            at_finest(self.digits, self.scale).zip(at_finest(digits, scale)).and_then(|(a, b)| a.checked_add(b))
        };
        match sum {
            Some(sum) => (self.digits, self.scale) = (sum, finest),
            None => self.overflow = true,
        }
    }

    fn add(&mut self, value: &Possible<Number>, surely: bool) {
        let (mut least, mut greatest) = (value.least(), value.greatest());
        if !surely {
            least = least.map(|least| least.min(Number::ZERO));
            greatest = greatest.map(|greatest| greatest.max(Number::ZERO));
        }
        self.add_ends(least, greatest);
    }

    fn add_ends(&mut self, least: Option<Number>, greatest: Option<Number>) {
        let sum = Possible::between(self.least, self.greatest).plus(&Possible::between(least, greatest));
        match sum {
            Ok(sum) => (self.least, self.greatest) = (sum.least(), sum.greatest()),
            Err(_) => self.overflow = true,
        }
    }

    fn total(&self) -> Result<Possible<Number>, Failure> {
        let digits =
            Number::scaled(self.digits, self.scale).filter(|_| !self.overflow).ok_or(ArithmeticFault::Overflow)?;
        Ok(Possible::between(self.least, self.greatest).plus(&Possible::known(digits))?)
    }
}

impl Mergeable for Sums {
    fn merge(&mut self, other: &Self) {
        for (sum, more) in [(&mut self.first, &other.first), (&mut self.second, &other.second)] {
            sum.add_digits(more.digits, more.scale);
            sum.overflow |= more.overflow;
            sum.add_ends(more.least, more.greatest);
        }
        self.rows += other.rows;
        self.perhaps += other.perhaps;
        self.values = match (self.values, other.values) {
            (Some(a), Some(b)) => Some(a.join(b)),
            (a, b) => a.or(b),
        };
    }
}

/// A number of each row: read straight from a column where it is one.
struct Source<'d> {
    expression: &'d Expression,
    column: Option<(&'d crate::data::Column, &'d [i64], u32)>,
}

/// What is added up, and beside what; nothing where no sums are needed.
pub(super) fn added(measure: &Measure) -> Option<(&Expression, Option<&Expression>)> {
    match measure {
        Measure::Ratio(first, second) => Some((first, Some(second))),
        Measure::Sum(first) | Measure::Mean(first) => Some((first, None)),
        _ => None,
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn sums(&self) -> (Finished<'d>, Failed) {
        let part = self.states(|range| {
            let mut part = Part::of(self.owners.anchors);
            self.sum(range, &mut part);
            part
        });
        (Finished::Cells(self.added(&part.states)), part.failed)
    }

    /// What follows from the sums of all anchors; there may be rows of some that nobody delivered.
    pub(super) fn added<'v>(&self, sums: &[Sums]) -> Vec<Result<Cell<'v>, Failure>> {
        let Some((first, second)) = added(&self.aggregate.measure) else { return Vec::new() };
        let missing = self.missing();
        sums.iter().zip(missing).map(|(sums, missing)| self.value(sums, first, second, missing)).collect()
    }

    fn source(&self, expression: &'d Expression) -> Source<'d> {
        let column = match expression {
            Expression::Field(field) if field.path.is_empty() => {
                self.context.data.table(field.table).column(field.column)
            }
            _ => None,
        };
        let column = column.and_then(|column| match &column.values {
            Values::Numbers(Numbers::Small { scale, values }) => Some((column, values.as_slice(), *scale)),
            _ => None,
        });
        Source { expression, column }
    }

    /// Adds up the rows of a range.
    pub(super) fn sum(&self, range: Range<usize>, part: &mut Part<Sums>) {
        let Some((first, second)) = added(&self.aggregate.measure) else { return };
        let (first, second) = (self.source(first), second.map(|second| self.source(second)));
        let mut columnar = Columnar::new(self.context);
        for block in Self::blocks(range) {
            let member = self.members(&mut columnar, &block, &mut part.failed);
            for at in member.yes.iter() {
                let row = block.start + at;
                let surely = !member.no.get(at);
                let Some(sums) = self.owners.owner(row).and_then(|owner| part.states.get_mut(owner)) else { continue };
                if surely {
                    sums.rows += 1;
                } else {
                    sums.perhaps += 1;
                }
                self.add(&mut sums.first, &first, row, surely, &mut part.failed);
                if let Some(second) = &second {
                    self.add(&mut sums.second, second, row, surely, &mut part.failed);
                }
                if matches!(self.aggregate.measure, Measure::Mean(_)) {
                    let value = self.number(&first, row).unwrap_or_else(|_| Possible::unknown());
                    sums.values = Some(sums.values.map_or(value, |values| values.join(value)));
                }
            }
        }
        part.failed.merge(Failed { count: 0, first: columnar.failure });
    }

    fn add(&self, sum: &mut Sum, source: &Source<'d>, row: usize, surely: bool, failed: &mut Failed) {
        if let Some((column, digits, scale)) = source.column
            && surely
            && !column.unknown.get(row)
            && !column.none.get(row)
            && let Some(digits) = digits.get(row)
        {
            sum.add_digits(i128::from(*digits), scale);
            return;
        }
        match self.number(source, row) {
            Ok(number) => sum.add(&number, surely),
            Err(why) => {
                sum.add(&Possible::unknown(), surely);
                failed.merge(Failed { count: 1, first: Some(crate::rule::FirstFailure { row, why }) });
            }
        }
    }

    fn number(&self, source: &Source<'d>, row: usize) -> Result<Possible<Number>, Failure> {
        Ok(self.context.evaluate(source.expression, row)?.as_number().unwrap_or_else(Possible::unknown))
    }

    fn value<'v>(
        &self,
        sums: &Sums,
        first: &Expression,
        second: Option<&Expression>,
        missing: bool,
    ) -> Result<Cell<'v>, Failure> {
        let total = |sum: &Sum, added: &Expression| -> Result<Possible<Number>, Failure> {
            let total = sum.total()?;
            Ok(if missing { total.plus(&self.of_missing_rows(added))? } else { total })
        };
        let first_total = total(&sums.first, first)?;
        Ok(match (second, &self.aggregate.measure) {
            (Some(second), _) => Cell::Fraction(Fraction::of_sums(first_total, total(&sums.second, second)?)?.into()),
            (None, Measure::Mean(_)) => mean(sums, first_total, missing)?,
            _ => Cell::Number(first_total),
        })
    }

    /// What rows that nobody delivered may add: nothing below zero where the column allows nothing below zero.
    fn of_missing_rows(&self, added: &Expression) -> Possible<Number> {
        let limits = match added {
            Expression::Field(field) => match &self.context.schema.column(field.table, field.column).kind {
                Kind::Number { min, max } => (*min, *max),
                _ => (None, None),
            },
            _ => (None, None),
        };
        let least = limits.0.filter(|min| !min.is_negative()).map(|_| Number::ZERO);
        let greatest = limits.1.filter(|max| *max <= Number::ZERO).map(|_| Number::ZERO);
        Possible::between(least, greatest)
    }
}

/// The mean of the rows' values. Over a population that is itself unknown it lies between the least and the greatest
/// of them.
fn mean<'d>(sums: &Sums, total: Possible<Number>, missing: bool) -> Result<Cell<'d>, Failure> {
    let rows = Possible::known(Number::count(sums.rows));
    if sums.perhaps == 0 && !missing {
        return Ok(Cell::Fraction(Fraction::mean(total, rows)?.into()));
    }
    let values = if missing { None } else { sums.values.and_then(|values| values.range()) };
    let unknown = Possible::unknown();
    let mut fraction = Fraction::mean(unknown, unknown)?;
    fraction.range = Some(values.unwrap_or(crate::value::Range { least: None, greatest: None }));
    fraction.not_applicable = if sums.rows == 0 { crate::value::Truth::Unknown } else { crate::value::Truth::False };
    Ok(Cell::Fraction(fraction.into()))
}
