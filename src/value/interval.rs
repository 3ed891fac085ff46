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

    /// Every product.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn times(&self, other: &Self) -> Outcome {
        self.corners(other, Number::times)
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
        if signed { self.corners(other, Number::over) } else { Ok(Self::unknown()) }
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
        if let Some(value) = self.value() {
            return value.round(places).map(Self::known);
        }
        let end = |end: Option<Number>| end.map(|number| number.round(places)).transpose();
        Ok(Self::between(end(self.least())?, end(self.greatest())?))
    }

    /// The hull of an operation that is monotone in each operand; an open end leaves both ends open.
    fn corners(&self, other: &Self, operation: impl Fn(Number, Number) -> Result<Number, ArithmeticFault>) -> Outcome {
        if let Some((a, b)) = self.value().zip(other.value()) {
            return operation(a, b).map(Self::known);
        }
        let ends = |set: &Self| set.least().zip(set.greatest()).map(|(least, greatest)| [least, greatest]);
        let (Some(left), Some(right)) = (ends(self), ends(other)) else { return Ok(Self::unknown()) };
        let mut hull: Option<Self> = None;
        for a in left {
            for b in right {
                let corner = Self::known(operation(a, b)?);
                hull = Some(hull.map_or(corner, |hull| hull.join(corner)));
            }
        }
        Ok(hull.unwrap_or_else(Self::unknown))
    }
}
