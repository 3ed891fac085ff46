//! Shares and ratios.

use super::{ArithmeticFault, Number, Possible, Range, Tally, Truth};

/// A share of rows or a ratio of sums: what it may be, whether it may not apply, and the counts behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// The counts or sums behind it.
    pub parts: Parts,
    /// The values that it may have; nothing where it surely does not apply.
    pub range: Option<Range<Number>>,
    /// Whether it does not apply, because nothing is there to take a share of.
    pub not_applicable: Truth,
}

/// What a fraction is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Rows.
    Rows(Tally),
    /// Two sums.
    Sums {
        /// The sum above.
        numerator: Possible<Number>,
        /// The sum below.
        denominator: Possible<Number>,
    },
    /// A sum and how many rows it was taken over: a mean, which is no share of anything.
    Mean {
        /// The sum.
        sum: Possible<Number>,
        /// How many rows there are.
        rows: Possible<Number>,
    },
    /// One of several fractions, by something unknown.
    Several,
}

impl Fraction {
    /// The share of rows.
    #[must_use]
    pub fn of_rows(tally: Tally) -> Self {
        let ends = tally.least().zip(tally.greatest());
        let range = ends.map(|(least, greatest)| Range { least: Some(least), greatest: Some(greatest) });
        let may_apply = range.is_some();
        let not_applicable = Truth::from_possible(tally.may_be_empty(), may_apply).unwrap_or(Truth::True);
        Self { parts: Parts::Rows(tally), range, not_applicable }
    }

    /// The ratio of two sums; it does not apply where the sum below is zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn of_sums(numerator: Possible<Number>, denominator: Possible<Number>) -> Result<Self, ArithmeticFault> {
        let zero = denominator.equals(&Possible::known(Number::ZERO));
        let range = if zero == Truth::True { None } else { Some(quotient(&numerator, &denominator)?) };
        Ok(Self { parts: Parts::Sums { numerator, denominator }, range, not_applicable: zero })
    }

    /// The mean of rows; it does not apply where there are none.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn mean(sum: Possible<Number>, rows: Possible<Number>) -> Result<Self, ArithmeticFault> {
        Ok(Self { parts: Parts::Mean { sum, rows }, ..Self::of_sums(sum, rows)? })
    }

    /// A fraction that surely does not apply.
    #[must_use]
    pub fn not_applicable() -> Self {
        Self { parts: Parts::Several, range: None, not_applicable: Truth::True }
    }

    /// Either of two, by something unknown.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let range = match (self.range, other.range) {
            (Some(a), Some(b)) => {
                let hull = Possible::between(a.least, a.greatest).join(Possible::between(b.least, b.greatest));
                hull.range()
            }
            (a, b) => a.or(b),
        };
        let parts = if self.parts == other.parts { self.parts } else { Parts::Several };
        Self { parts, range, not_applicable: self.not_applicable.join(other.not_applicable) }
    }

    /// The number that it is; none where it does not apply.
    #[must_use]
    pub fn number(&self) -> Possible<Number> {
        match self.range {
            None => Possible::none(),
            Some(range) if self.not_applicable.can_be_true() => {
                Possible::between(range.least, range.greatest).or_none()
            }
            Some(range) => Possible::between(range.least, range.greatest),
        }
    }
}

/// The quotients of two ranges. The ends are exact where the sum above is not negative and the one below positive;
/// elsewhere an unknown part leaves both ends open.
fn quotient(numerator: &Possible<Number>, denominator: &Possible<Number>) -> Result<Range<Number>, ArithmeticFault> {
    if let (Some(above), Some(below)) = (numerator.value(), denominator.value()) {
        let value = Some(above.over(below)?);
        return Ok(Range { least: value, greatest: value });
    }
    let not_negative = |sum: &Possible<Number>| sum.least().is_some_and(|least| !least.is_negative());
    if !not_negative(numerator) || !not_negative(denominator) {
        return Ok(Range { least: None, greatest: None });
    }
    let over = |above: Option<Number>, below: Option<Number>| match (above, below) {
        (Some(above), Some(below)) if below != Number::ZERO => above.over(below).map(Some),
        _ => Ok(None),
    };
    let least = match denominator.greatest() {
        None => Some(Number::ZERO),
        greatest => over(numerator.least(), greatest)?,
    };
    Ok(Range { least, greatest: over(numerator.greatest(), denominator.least())? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(value: i64) -> Number {
        Number::whole(value)
    }

    #[test]
    fn a_ratio_of_unknown_sums_is_bounded_on_both_sides() {
        let part = Possible::between(Some(whole(5)), Some(whole(10)));
        let of = Possible::between(Some(whole(20)), None);
        let ratio = Fraction::of_sums(part, of).unwrap();
        assert_eq!(ratio.range, Some(Range { least: Some(Number::ZERO), greatest: Number::ratio(1, 2) }));
        assert_eq!(ratio.not_applicable, Truth::False);
    }

    #[test]
    fn nothing_to_divide_by_is_not_applicable() {
        let zero = Possible::known(Number::ZERO);
        let ratio = Fraction::of_sums(zero, zero).unwrap();
        assert_eq!((ratio.range, ratio.not_applicable), (None, Truth::True));
        assert_eq!(Fraction::of_rows(Tally::default()).not_applicable, Truth::True);
    }
}
