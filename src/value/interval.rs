//! Arithmetic on what is known of numbers. Sound always; exact where no operand is read twice.

use super::{ArithmeticFault, Number, Possible};

type Outcome = Result<Possible<Number>, ArithmeticFault>;

impl Possible<Number> {
    /// Every sum.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn plus(&self, other: &Self) -> Outcome {
        if let Some((a, b)) = self.value().zip(other.value()) {
            return a.plus(b).map(Self::known);
        }
        let end = |a: Option<Number>, b: Option<Number>| a.zip(b).map(|(a, b)| a.plus(b)).transpose();
        Ok(Self::between(end(self.least(), other.least())?, end(self.greatest(), other.greatest())?))
    }

    /// Every difference.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn minus(&self, other: &Self) -> Outcome {
        self.plus(&Self::between(other.greatest().map(Number::negated), other.least().map(Number::negated)))
    }

    /// Every product. Nothing times whatever it may be is nothing.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn times(&self, other: &Self) -> Outcome {
        match self.value().zip(other.value()) {
            Some((a, b)) => a.times(b).map(Self::known),
            None => self.corners(other, End::times),
        }
    }

    /// Every quotient. Where the divisor may be zero but need not, nothing is known.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn over(&self, other: &Self) -> Outcome {
        if other.value() == Some(Number::ZERO) {
            return Err(ArithmeticFault::DivisionByZero);
        }
        let signed = other.least().is_some_and(|least| least > Number::ZERO)
            || other.greatest().is_some_and(Number::is_negative);
        if signed { self.over_signed(other) } else { Ok(Self::unknown()) }
    }

    /// Every quotient by a divisor that is known not to be zero, though an end of what it may be is.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub(crate) fn over_signed(&self, other: &Self) -> Outcome {
        if other.value() == Some(Number::ZERO) {
            return Err(ArithmeticFault::DivisionByZero);
        }
        if let Some((a, b)) = self.value().zip(other.value()) {
            return a.over(b).map(Self::known);
        }
        let below_zero = other.greatest().is_some_and(|greatest| greatest <= Number::ZERO);
        let above_zero = other.least().is_some_and(|least| least >= Number::ZERO);
        if !below_zero && !above_zero {
            return Ok(Self::unknown());
        }
        self.corners(other, |a, b| a.over(b, below_zero))
    }

    /// The lesser or the greater of two, each of which may be any of its values.
    #[must_use]
    pub fn extreme(&self, other: &Self, greatest: bool) -> Self {
        let (a, b) = (self.ends(), other.ends());
        let of = |at: usize| {
            let (a, b) = (a.get(at).copied()?, b.get(at).copied()?);
            if greatest { a.max(b) } else { a.min(b) }.number()
        };
        Self::between(of(0), of(1))
    }

    /// Every distance from zero.
    #[must_use]
    pub fn absolute(&self) -> Self {
        let opposite = Self::between(self.greatest().map(Number::negated), self.least().map(Number::negated));
        self.extreme(&opposite, true).extreme(&Self::known(Number::ZERO), true)
    }

    /// What an operation makes of every value; it must keep their order.
    ///
    /// # Errors
    /// Those of the operation.
    pub fn ascending(&self, operation: impl Fn(Number) -> Result<Number, ArithmeticFault>) -> Outcome {
        if let Some(value) = self.value() {
            return operation(value).map(Self::known);
        }
        let end = |end: Option<Number>| end.map(&operation).transpose();
        Ok(Self::between(end(self.least())?, end(self.greatest())?))
    }

    /// Every remainder; where an operand is unknown, nothing is known.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn remainder(&self, other: &Self) -> Outcome {
        match (self.value(), other.value()) {
            (Some(a), Some(b)) => a.remainder(b).map(Self::known),
            (_, Some(b)) if b == Number::ZERO => Err(ArithmeticFault::DivisionByZero),
            _ => Ok(Self::unknown()),
        }
    }

    /// Every value, rounded.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn round(&self, places: u32) -> Outcome {
        self.ascending(|number| number.round(places))
    }

    fn ends(&self) -> [End; 2] {
        [self.least().map_or(End::Low, End::At), self.greatest().map_or(End::High, End::At)]
    }

    /// The hull of an operation that is monotone in each operand.
    fn corners(&self, other: &Self, operation: impl Fn(End, End) -> Result<End, ArithmeticFault>) -> Outcome {
        let mut hull: Option<(End, End)> = None;
        for a in self.ends() {
            for b in other.ends() {
                let corner = operation(a, b)?;
                hull = Some(hull.map_or((corner, corner), |(low, high)| (low.min(corner), high.max(corner))));
            }
        }
        Ok(hull.map_or_else(Self::unknown, |(low, high)| Self::between(low.number(), high.number())))
    }
}

/// An end of a range; an open one lies beyond every number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Low,
    At(Number),
    High,
}

impl End {
    const ZERO: Self = Self::At(Number::ZERO);

    fn number(self) -> Option<Number> {
        if let Self::At(number) = self { Some(number) } else { None }
    }

    fn is_negative(self) -> bool {
        match self {
            Self::Low => true,
            Self::At(number) => number.is_negative(),
            Self::High => false,
        }
    }

    fn beyond(negative: bool) -> Self {
        if negative { Self::Low } else { Self::High }
    }

    /// What products come near as the operands come near these ends.
    fn times(self, other: Self) -> Result<Self, ArithmeticFault> {
        match (self, other) {
            (Self::At(a), Self::At(b)) => a.times(b).map(Self::At),
            (a, b) if a == Self::ZERO || b == Self::ZERO => Ok(Self::ZERO),
            (a, b) => Ok(Self::beyond(a.is_negative() != b.is_negative())),
        }
    }

    /// The same of quotients; the divisor keeps its sign, even where its end is zero.
    fn over(self, other: Self, below_zero: bool) -> Result<Self, ArithmeticFault> {
        match (self, other) {
            (Self::At(_), Self::Low | Self::High) => Ok(Self::ZERO),
            (a, _) if a == Self::ZERO => Ok(Self::ZERO),
            (Self::At(a), Self::At(b)) if b != Number::ZERO => a.over(b).map(Self::At),
            (a, _) => Ok(Self::beyond(a.is_negative() != below_zero)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: [Option<i64>; 6] = [None, Some(-2), Some(-1), Some(0), Some(1), Some(2)];

    /// Ranges with ends among these numbers, and some of the values in them, far ones where an end is open.
    fn ranges() -> Vec<(Possible<Number>, Vec<Number>)> {
        let mut ranges = Vec::new();
        for least in ENDS {
            for greatest in ENDS {
                let (low, high) = (least.unwrap_or(-1_000_000), greatest.unwrap_or(1_000_000));
                if low > high {
                    continue;
                }
                let near = [-2_000_000, -3, -2, -1, 0, 1, 2, 3, 2_000_000, low, high];
                let parts = near.iter().flat_map(|part| [Number::whole(*part), Number::ratio(*part, 1_000).unwrap()]);
                let inside = |value: &Number| {
                    least.is_none_or(|least| *value >= Number::whole(least))
                        && greatest.is_none_or(|greatest| *value <= Number::whole(greatest))
                };
                let range = Possible::between(least.map(Number::whole), greatest.map(Number::whole));
                ranges.push((range, parts.filter(inside).collect()));
            }
        }
        ranges
    }

    fn holds(range: &Possible<Number>, value: Number) -> bool {
        range.least().is_none_or(|least| least <= value) && range.greatest().is_none_or(|greatest| value <= greatest)
    }

    #[test]
    fn every_product_quotient_and_extreme_lies_within_and_closed_ends_are_reached() {
        for (a, left) in ranges() {
            for (b, right) in ranges() {
                let (product, quotient) = (a.times(&b).unwrap(), a.over(&b).unwrap_or_else(|_| Possible::unknown()));
                let (least, greatest) = (a.extreme(&b, false), a.extreme(&b, true));
                let mut products = Vec::new();
                for x in &left {
                    for y in &right {
                        products.push(x.times(*y).unwrap());
                        assert!(holds(&product, x.times(*y).unwrap()), "{a:?} × {b:?}: {x} × {y} in {product:?}");
                        if *y != Number::ZERO {
                            assert!(holds(&quotient, x.over(*y).unwrap()), "{a:?} ÷ {b:?}: {x} ÷ {y} in {quotient:?}");
                        }
                        assert!(holds(&least, (*x).min(*y)) && holds(&greatest, (*x).max(*y)));
                    }
                }
                for end in [product.least(), product.greatest()].into_iter().flatten() {
                    assert!(products.contains(&end), "{a:?} × {b:?} reaches {end}");
                }
            }
            let distance = a.absolute();
            assert!(left.iter().all(|x| holds(&distance, x.absolute())), "|{a:?}|");
        }
    }

    #[test]
    fn an_open_end_opens_only_the_end_that_it_leads_to() {
        let whole = |value| Some(Number::whole(value));
        let more = Possible::between(whole(2), None);
        assert_eq!(Possible::known(Number::whole(6)).over(&more), Ok(Possible::between(whole(0), whole(3))));
        assert_eq!(more.times(&more), Ok(Possible::between(whole(4), None)));
        let nought = Possible::known(Number::ZERO);
        assert_eq!((nought.times(&Possible::unknown()), nought.over(&more)), (Ok(nought), Ok(nought)));
        assert_eq!(more.extreme(&Possible::known(Number::ONE), false), Possible::known(Number::ONE));
        assert_eq!(Possible::between(whole(-3), whole(2)).absolute(), Possible::between(whole(0), whole(3)));
        // A divisor of which a condition says that it is more than nothing.
        let some = Possible::between(whole(0), whole(4));
        assert_eq!(Possible::known(Number::whole(2)).over(&some), Ok(Possible::unknown()));
        let half = Number::ratio(1, 2);
        assert_eq!(Possible::known(Number::whole(2)).over_signed(&some), Ok(Possible::between(half, None)));
    }
}
