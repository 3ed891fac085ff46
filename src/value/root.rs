//! Roots, powers and logarithms: the true value, correctly rounded to so many places.
//!
//! None of them is a ratio, so each is defined by its rounding. Roots and powers with a ratio as exponent are whole
//! roots of whole numbers, which are exact to the last digit. A logarithm of a ratio other than one is never a half, so
//! that it can be enclosed ever more closely until both ends round to the same number.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{ArithmeticFault, Number};

type Outcome = Result<Number, ArithmeticFault>;

/// No root is higher, and no exponent has a greater part: `x^1.81` is the hundredth root of `x^181`.
const MOST_PARTS: u32 = 1_000;

impl Number {
    /// The `degree`-th root with so many places; a half goes away from zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::OutOfDomain`] for an even root of a negative number, and for a degree that is no whole number
    /// from 1 to 1000; [`ArithmeticFault::Overflow`].
    pub fn root(self, degree: Self, places: u32) -> Outcome {
        let degree = degree.to_whole().and_then(|degree| u32::try_from(degree).ok());
        let degree = degree.filter(|degree| (1..=MOST_PARTS).contains(degree)).ok_or(ArithmeticFault::OutOfDomain)?;
        if self.is_negative() && degree % 2 == 0 {
            return Err(ArithmeticFault::OutOfDomain);
        }
        let rounded = rounded_root(&parts(self.absolute()), degree, places)?;
        Ok(if self.is_negative() { rounded.negated() } else { rounded })
    }

    /// The number to the power of an exponent, with so many places; a half goes away from zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::OutOfDomain`] for a negative number and an exponent that is not whole, and for an exponent of
    /// which a part is beyond 1000; [`ArithmeticFault::DivisionByZero`], [`ArithmeticFault::Overflow`].
    pub fn power(self, exponent: Self, places: u32) -> Outcome {
        let (above, below) = exponent.as_ratio();
        let part = |part: i128| u32::try_from(part.unsigned_abs()).ok().filter(|part| *part <= MOST_PARTS);
        let (times, degree) = part(above).zip(part(below)).ok_or(ArithmeticFault::OutOfDomain)?;
        if self.is_negative() && degree != 1 {
            return Err(ArithmeticFault::OutOfDomain);
        }
        if self == Self::ZERO && above < 0 {
            return Err(ArithmeticFault::DivisionByZero);
        }
        let (numerator, denominator) = parts(self.absolute());
        let raised = (numerator.pow(times), denominator.pow(times));
        let raised = if above < 0 { (raised.1, raised.0) } else { raised };
        let rounded = rounded_root(&raised, degree, places)?;
        Ok(if self.is_negative() && times % 2 == 1 { rounded.negated() } else { rounded })
    }

    /// The natural logarithm with so many places; a half goes away from zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::OutOfDomain`] unless the number is greater than zero.
    pub fn ln(self, places: u32) -> Outcome {
        if self <= Self::ZERO {
            return Err(ArithmeticFault::OutOfDomain);
        }
        if self == Self::ONE {
            return Ok(Self::ZERO);
        }
        let (numerator, denominator) = parts(self);
        let mut bits = 64 + 4 * u64::from(places);
        loop {
            let (least, greatest) = logarithm(&numerator, &denominator, bits);
            let (least, greatest) = (nearest(&least, bits, places), nearest(&greatest, bits, places));
            if least == greatest {
                return decimal(&least, places);
            }
            bits *= 2;
        }
    }
}

fn parts(number: Number) -> (BigUint, BigUint) {
    let (numerator, denominator) = number.as_ratio();
    (numerator.unsigned_abs().into(), denominator.unsigned_abs().into())
}

/// A root of a ratio that is not negative. Of twice its decimals the whole root says on which side of a half it lies.
fn rounded_root((numerator, denominator): &(BigUint, BigUint), degree: u32, places: u32) -> Outcome {
    let unit = BigUint::from(10_u32).pow(places) * 2_u32;
    let twice = (numerator * unit.pow(degree) / denominator).nth_root(degree);
    let rounded = (twice + 1_u32) / 2_u32;
    decimal(&rounded.into(), places)
}

fn decimal(mantissa: &BigInt, places: u32) -> Outcome {
    mantissa.to_i128().and_then(|mantissa| Number::scaled(mantissa, places)).ok_or(ArithmeticFault::Overflow)
}

/// The nearest decimal of what is so many times `2^-bits`.
fn nearest(scaled: &BigInt, bits: u64, places: u32) -> BigInt {
    let unit = BigInt::from(10).pow(places) * 2;
    let twice: BigInt = (scaled.abs() * unit) >> bits;
    let rounded: BigInt = (twice + 1) / 2;
    if scaled.sign() == Sign::Minus { -rounded } else { rounded }
}

/// Two ends between which the logarithm of a ratio lies, both times `2^bits`.
///
/// `ln x = k ln 2 + ln m` with `m = x / 2^k` near one, and `ln m = 2 artanh((m - 1) / (m + 1))`.
fn logarithm(numerator: &BigUint, denominator: &BigUint, bits: u64) -> (BigInt, BigInt) {
    let shift = i64::try_from(numerator.bits()).unwrap_or(0) - i64::try_from(denominator.bits()).unwrap_or(0);
    let (mut above, mut below) = (BigInt::from(numerator.clone()), BigInt::from(denominator.clone()));
    if shift >= 0 {
        below <<= shift;
    } else {
        above <<= -shift;
    }
    let (twos, off_twos) = artanh(&BigInt::one(), &BigInt::from(3), bits);
    let (rest, off_rest) = artanh(&(&above - &below), &(&above + &below), bits);
    let near: BigInt = (twos * shift + rest) * 2;
    let off: BigInt = (off_twos * shift.abs() + off_rest) * 2;
    (&near - &off, near + off)
}

/// `artanh(a / b)` times `2^bits`, and how far off it may be; the quotient must be within a half of zero.
///
/// It is the sum of `t^(2n + 1) / (2n + 1)`. Every quotient below is cut off by less than one, and a power is made of the
/// one before, so that each power is off by less than two, and each summand by less than three. Once a power is
/// nothing, it and all that follow are together less than three.
fn artanh(a: &BigInt, b: &BigInt, bits: u64) -> (BigInt, BigInt) {
    let square = (a * a, b * b);
    let mut power: BigInt = (a << bits) / b;
    let (mut sum, mut off, mut odd) = (BigInt::zero(), BigInt::from(3), 1_u32);
    while !power.is_zero() {
        sum += &power / odd;
        off += 3;
        power = &power * &square.0 / &square.1;
        odd += 2;
    }
    (sum, off)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_root_is_exact_where_there_is_one_and_else_rounded_to_the_last_digit() {
        let root = |x: &str, degree: &str, places| n(x).root(n(degree), places).unwrap().to_string();
        assert_eq!(root("6.25", "2", 9), "2.5");
        assert_eq!(root("2", "2", 9), "1.414213562");
        assert_eq!(root("-27", "3", 4), "-3");
        assert_eq!(root("0", "5", 4), "0");
        // The root of 0.125^2 is a half of the last digit, away from zero; a little less is not.
        assert_eq!(root("0.015625", "2", 2), "0.13");
        assert_eq!(root("0.015624999999", "2", 2), "0.12");
        assert_eq!(n("-4").root(n("2"), 2), Err(ArithmeticFault::OutOfDomain));
        assert_eq!(n("4").root(n("0"), 2), Err(ArithmeticFault::OutOfDomain));
        assert_eq!(n("4").root(n("1.5"), 2), Err(ArithmeticFault::OutOfDomain));
    }

    #[test]
    fn a_power_may_have_any_ratio_as_exponent() {
        let power = |x: &str, y: &str, places| n(x).power(n(y), places).unwrap().to_string();
        assert_eq!(power("2", "10", 0), "1024");
        assert_eq!(power("1.5", "-2", 9), "0.444444444");
        assert_eq!(power("9", "1.5", 3), "27");
        assert_eq!(power("-2", "3", 0), "-8");
        assert_eq!(power("0", "0", 0), "1");
        // 7.36^1.81 = 37.07224136…, by decimals of forty digits.
        assert_eq!(power("7.36", "1.81", 6), "37.072241");
        assert_eq!(n("0").power(n("-1"), 2), Err(ArithmeticFault::DivisionByZero));
        assert_eq!(n("-1").power(n("0.5"), 2), Err(ArithmeticFault::OutOfDomain));
        assert_eq!(n("2").power(n("1.0001"), 2), Err(ArithmeticFault::OutOfDomain));
        assert_eq!(n("1000").power(n("1000"), 2), Err(ArithmeticFault::Overflow));
    }

    #[test]
    fn a_logarithm_is_rounded_to_the_last_digit() {
        let ln = |x: &str, places| n(x).ln(places).unwrap().to_string();
        assert_eq!(ln("2", 9), "0.693147181");
        assert_eq!(ln("10", 9), "2.302585093");
        assert_eq!(ln("0.5", 9), "-0.693147181");
        assert_eq!(ln("75000", 9), "11.225243393");
        assert_eq!((ln("1", 9), ln("1.000000001", 9)), ("0".to_owned(), "0.000000001".to_owned()));
        assert_eq!(n("0").ln(3), Err(ArithmeticFault::OutOfDomain));
    }

    /// `e^y` enclosed by its series tells on which side of a half a logarithm lies, without any of the above.
    #[test]
    fn what_a_logarithm_says_the_exponential_confirms() {
        for x in 1..400_i64 {
            let x = Number::ratio(x, 37).unwrap();
            let said = x.ln(3).unwrap();
            let half = Number::ratio(1, 2_000).unwrap();
            assert!(below(said.minus(half).unwrap(), x) && !below(said.plus(half).unwrap(), x), "ln {x} is not {said}");
        }
    }

    /// Whether `e^y < x`, with `e^y = (e^(y/8))^8` and twelve places.
    fn below(y: Number, x: Number) -> bool {
        let (digits, small) = (12, y.over(Number::whole(8)).unwrap());
        let (mut term, mut sum) = (Number::ONE, Number::ONE);
        for n in 1..30 {
            term = term.times(small).unwrap().over(Number::whole(n)).unwrap().round(digits).unwrap();
            sum = sum.plus(term).unwrap();
        }
        let squared = |x: Number| x.times(x).unwrap().round(digits).unwrap();
        squared(squared(squared(sum))) < x
    }
}
