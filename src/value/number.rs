//! Exact numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};
use thiserror::Error;

use super::short::{self, Short};

/// An exact number: a ratio of two 128-bit whole numbers in lowest terms.
///
/// Two numbers are equal only if they are the same number; order is decided by cross-multiplication.
///
/// ```
/// use thidua::value::Number;
///
/// let bar = Number::parse("0.95")?;
/// assert_eq!(Number::ratio(19, 20), Some(bar));
/// assert!(Number::ratio(1_999, 2_000).unwrap() < Number::whole(1));
/// # Ok::<(), thidua::value::NumberFault>(())
/// ```
#[derive(Clone, Copy, Debug, Eq)]
pub struct Number(Ratio<i128>);

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberFault {
    /// The text has no digits, or something other than digits, one sign and one point.
    #[error("not a number")]
    NotANumber,
    /// The number has more than [`Number::MAX_DIGITS`] digits.
    #[error("more digits than can be kept exactly")]
    TooLong,
}

/// Why an operation on numbers has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ArithmeticFault {
    /// The divisor is zero.
    #[error("division by zero")]
    DivisionByZero,
    /// The exact result does not fit into a ratio of 128-bit whole numbers.
    #[error("the exact result has too many digits")]
    Overflow,
    /// A root, a power or a logarithm that there is not, or so many values as cannot be.
    #[error("there is no such root, power, logarithm or count")]
    OutOfDomain,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));
    /// The most digits that [`Number::parse`] keeps.
    pub const MAX_DIGITS: usize = 30;

    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// A count of rows.
    #[must_use]
    pub fn count(value: u64) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// `numerator / denominator`, or nothing if the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Self(Ratio::new(i128::from(numerator), i128::from(denominator))))
    }

    /// `mantissa / 10^scale`, or nothing if that does not fit.
    #[must_use]
    pub fn scaled(mantissa: i128, scale: u32) -> Option<Self> {
        let denominator = 10_i128.checked_pow(scale)?;
        if let Some((numerator, denominator)) = i64::try_from(mantissa).ok().zip(i64::try_from(denominator).ok()) {
            return Some(Self(short::reduced(numerator, denominator)));
        }
        (mantissa != i128::MIN).then(|| Self(Ratio::new(mantissa, denominator)))
    }

    /// Reads `-12`, `0.95` or `+3.50`: a sign, digits, and at most one point with digits on both sides.
    ///
    /// # Errors
    /// [`NumberFault`] if the text is anything else, or longer than can be kept exactly.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let (mantissa, scale) = Self::parse_scaled(text)?;
        Self::scaled(mantissa, scale).ok_or(NumberFault::TooLong)
    }

    /// Reads a percentage as campaigns write it: `95%` is 0.95. Without its sign it is none.
    #[must_use]
    pub fn parse_percentage(text: &str) -> Option<Self> {
        Self::parse(text.strip_suffix('%')?.trim()).ok()?.over(Self::whole(100)).ok()
    }

    /// Reads a decimal as its digits and the count of those after the point: `0.95` is `(95, 2)`.
    ///
    /// # Errors
    /// As [`Number::parse`].
    pub fn parse_scaled(text: &str) -> Result<(i128, u32), NumberFault> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(part) {
            return Err(NumberFault::NotANumber);
        }
        let part = part.trim_end_matches('0');
        if whole.len() + part.len() > Self::MAX_DIGITS {
            return Err(NumberFault::TooLong);
        }
        let mantissa = whole.bytes().chain(part.bytes()).fold(0_i128, |sum, b| sum * 10 + i128::from(b - b'0'));
        let scale = u32::try_from(part.len()).map_err(|_| NumberFault::TooLong)?;
        Ok((if text.starts_with('-') { -mantissa } else { mantissa }, scale))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, ArithmeticFault> {
        if let Some((a, b)) = self.short().zip(other.short()) {
            return Ok(Self(a.plus(b)));
        }
        Self::fitting(self.0.checked_add(&other.0))
    }

    /// The difference.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, ArithmeticFault> {
        if let Some((a, b)) = self.short().zip(other.negated().short()) {
            return Ok(Self(a.plus(b)));
        }
        Self::fitting(self.0.checked_sub(&other.0))
    }

    /// The product.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn times(self, other: Self) -> Result<Self, ArithmeticFault> {
        if let Some((a, b)) = self.short().zip(other.short()) {
            return Ok(Self(a.times(b)));
        }
        Self::fitting(self.0.checked_mul(&other.0))
    }

    /// The exact quotient.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn over(self, other: Self) -> Result<Self, ArithmeticFault> {
        if other.0.is_zero() {
            return Err(ArithmeticFault::DivisionByZero);
        }
        if let Some((a, b)) = self.short().zip(other.short()) {
            return Ok(Self(a.times(b.inverse())));
        }
        Self::fitting(self.0.checked_div(&other.0))
    }

    /// What is left after taking `other` away as often as it goes; it has the sign of `self`.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn remainder(self, other: Self) -> Result<Self, ArithmeticFault> {
        let times = Self(self.over(other)?.0.trunc());
        self.minus(other.times(times)?)
    }

    /// The same as a ratio of 64 bits, if it is as short as most are.
    fn short(self) -> Option<Short> {
        Short::of(*self.0.numer(), *self.0.denom())
    }

    /// The number in 12 bytes, as a ratio in lowest terms, if it is as short as nearly all are.
    pub(crate) fn in_short(self) -> Option<(i64, NonZeroU32)> {
        let bottom = u32::try_from(*self.0.denom()).ok().and_then(NonZeroU32::new)?;
        i64::try_from(*self.0.numer()).ok().map(|top| (top, bottom))
    }

    /// A ratio as [`Number::in_short`] has it, if it is so short; nothing over nought.
    pub(crate) fn short_ratio(top: i64, bottom: i64) -> Option<(i64, NonZeroU32)> {
        // The least 64-bit number has no opposite.
        if bottom == 0 || top == i64::MIN || bottom == i64::MIN {
            return None;
        }
        let shared = short::common(top, bottom) * bottom.signum();
        Some((top / shared, u32::try_from(bottom / shared).ok().and_then(NonZeroU32::new)?))
    }

    /// What [`Number::in_short`] made so short.
    pub(crate) fn from_short(top: i64, bottom: NonZeroU32) -> Self {
        Self(Ratio::new_raw(i128::from(top), i128::from(bottom.get())))
    }

    /// Appends the number as it is displayed.
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        let whole = |number: i64| Digits::of(Self::whole(number));
        let fraction = || self.in_short().and_then(|(top, bottom)| whole(top).zip(whole(i64::from(bottom.get()))));
        if let Some(digits) = Digits::of(self) {
            out.extend_from_slice(digits.bytes());
        } else if let Some((top, bottom)) = fraction().filter(|_| !self.is_decimal()) {
            out.extend_from_slice(top.bytes());
            out.push(b'/');
            out.extend_from_slice(bottom.bytes());
        } else {
            out.extend_from_slice(self.to_string().as_bytes());
        }
    }

    // The libraries negate while they reduce, and the least 128-bit number has no opposite.
    fn fitting(result: Option<Ratio<i128>>) -> Result<Self, ArithmeticFault> {
        result.filter(|r| *r.numer() != i128::MIN).map(Self).ok_or(ArithmeticFault::Overflow)
    }

    /// The opposite number.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The distance from zero.
    #[must_use]
    pub fn absolute(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether this is less than zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// Whether this is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The number as a whole one, if it is whole and fits.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(*self.0.numer()).ok()).flatten()
    }

    /// What it is a whole number of parts of, in lowest terms, if that fits.
    #[must_use]
    pub fn denominator(self) -> Option<i64> {
        i64::try_from(*self.0.denom()).ok()
    }

    /// Numerator and denominator in lowest terms; the denominator is greater than zero.
    pub(super) fn as_ratio(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// Whether so many things can be: a whole number, nought or more, that fits.
    ///
    /// ```
    /// use thidua::value::Number;
    ///
    /// assert!(Number::whole(0).is_count());
    /// assert!(!Number::whole(-1).is_count());
    /// ```
    #[must_use]
    pub fn is_count(self) -> bool {
        !self.is_negative() && self.to_whole().is_some()
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(self) -> Self {
        Self(self.0.floor())
    }

    /// The least whole number that is not less.
    #[must_use]
    pub fn ceiling(self) -> Self {
        Self(self.0.ceil())
    }

    /// The nearest decimal with `places` digits after the point; a half goes away from zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn round(self, places: u32) -> Result<Self, ArithmeticFault> {
        let unit = 10_i128.checked_pow(places).ok_or(ArithmeticFault::Overflow)?;
        if let Some((short, unit)) = self.short().zip(i64::try_from(unit).ok())
            && let Some(rounded) = short.round(unit)
        {
            return Ok(Self(rounded));
        }
        let shifted = self.times(Self(Ratio::from_integer(unit)))?;
        // `Ratio::round` goes away from zero on a half.
        Self::fitting(Some(shifted.0.round() / unit))
    }

    /// Whether the number can be written as a decimal that ends.
    #[must_use]
    pub fn is_decimal(self) -> bool {
        self.places().is_some()
    }

    /// The digits after the point that the exact decimal needs, if it ends.
    fn places(self) -> Option<u32> {
        let mut rest = *self.0.denom();
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while rest % 2 == 0 {
            rest /= 2;
            twos += 1;
        }
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        (rest == 1).then_some(twos.max(fives))
    }

    /// The decimal with `places` digits after the point, cut off towards zero, with the zeros kept.
    #[must_use]
    pub fn cut(self, places: u32) -> String {
        if let Some(text) = self.cut_short(places) {
            return text;
        }
        let whole = self.0.trunc().to_integer();
        let mut rest = self.0.fract().abs();
        let sign = if self.is_negative() { "-" } else { "" };
        let mut text = format!("{sign}{}", whole.unsigned_abs());
        if places > 0 {
            text.push('.');
        }
        for _ in 0..places {
            rest *= 10;
            text.push_str(&rest.trunc().to_integer().to_string());
            rest = rest.fract();
        }
        text
    }

    /// The same where all digits fit into 64 bits.
    fn cut_short(self, places: u32) -> Option<String> {
        let (top, bottom) = (u64::try_from(self.0.numer().abs()).ok()?, u64::try_from(*self.0.denom()).ok()?);
        let unit = 10_u64.checked_pow(places)?;
        let digits = top.checked_mul(unit)? / bottom;
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, part, width) = (digits / unit, digits % unit, places as usize);
        Some(if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0width$}") })
    }
}

/// The digits of a short decimal, with its sign and point.
struct Digits {
    bytes: [u8; Self::MOST],
    start: usize,
}

impl Digits {
    /// A sign, a point, a nought in front of it, and the digits of 64 bits.
    const MOST: usize = 24;

    /// Of a number that is a whole number of parts `1 / 10^places`.
    fn of(number: Number) -> Option<Self> {
        let (top, bottom) = number.in_short()?;
        let (mut rest, twos) = (bottom.get() >> bottom.trailing_zeros(), bottom.trailing_zeros());
        let mut fives = 0;
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        let places = twos.max(fives);
        let unit = 10_u64.checked_pow(places).filter(|_| rest == 1)?;
        let mut parts = top.unsigned_abs().checked_mul(unit / u64::from(bottom.get()))?;
        let mut digits = Self { bytes: [b'0'; Self::MOST], start: Self::MOST };
        for place in 0..=places {
            if place == places && places > 0 {
                digits.put(b'.');
            }
            digits.put(b'0' + u8::try_from(parts % 10).unwrap_or(0));
            parts /= 10;
        }
        while parts > 0 {
            digits.put(b'0' + u8::try_from(parts % 10).unwrap_or(0));
            parts /= 10;
        }
        if top < 0 {
            digits.put(b'-');
        }
        Some(digits)
    }

    /// Puts something in front.
    fn put(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

/// In lowest terms the same number has the same parts; the library cannot know that they are lowest, and divides.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.as_ratio() == other.as_ratio()
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_ratio().hash(state);
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.short().zip(other.short()) {
            Some((a, b)) => a.compare(b),
            None => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A decimal where it ends (`12.5`), else a fraction (`1/3`).
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(digits) = Digits::of(*self)
            && let Ok(text) = std::str::from_utf8(digits.bytes())
        {
            return f.write_str(text);
        }
        if let Ok(whole) = i64::try_from(*self.0.numer())
            && self.is_whole()
        {
            return write!(f, "{whole}");
        }
        match self.places() {
            Some(places) if places <= 38 => f.write_str(&self.cut(places)),
            _ => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(n("0.1").plus(n("0.2")), Ok(n("0.3")));
        assert_eq!(n("-0.50").to_string(), "-0.5");
        assert_eq!(n("007").to_string(), "7");
        for bad in ["", ".5", "5.", "1,5", "1e3", "--1", "+", "½", "1.2.3"] {
            assert_eq!(Number::parse(bad), Err(NumberFault::NotANumber), "{bad}");
        }
        assert_eq!(Number::parse(&"9".repeat(31)), Err(NumberFault::TooLong));
    }

    #[test]
    fn ratios_are_exact_and_print_as_what_they_are() {
        let third = Number::ONE.over(n("3")).unwrap();
        assert_eq!(third.times(n("3")), Ok(Number::ONE));
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.cut(4), "0.3333");
        assert_eq!(n("-2").over(n("3")).unwrap().cut(2), "-0.66");
        assert_eq!(Number::ONE.over(Number::ZERO), Err(ArithmeticFault::DivisionByZero));
    }

    #[test]
    fn a_half_is_rounded_away_from_zero() {
        for (value, rounded) in [("2.345", "2.35"), ("-2.345", "-2.35"), ("2.344", "2.34"), ("2.3449", "2.34")] {
            assert_eq!(n(value).round(2), Ok(n(rounded)), "{value}");
        }
    }

    #[test]
    fn short_decimals_print_as_long_ones_do() {
        let long = |number: Number| match number.places() {
            Some(0) => number.0.numer().to_string(),
            Some(places) => number.cut(places),
            None => format!("{}/{}", number.0.numer(), number.0.denom()),
        };
        let tops = [0, 1, 5, 7, 10, 99, 100, 12_345, 1 << 40, i64::MAX, i64::MIN + 1];
        for top in tops.iter().flat_map(|top| [*top, -*top]) {
            for bottom in [1, 2, 3, 4, 5, 7, 8, 10, 20, 100, 1_000, 12_500, 1 << 20, 1 << 31, 1_000_000_000, i64::MAX] {
                let number = Number::ratio(top, bottom).unwrap();
                let mut out = b"x".to_vec();
                number.append_to(&mut out);
                assert_eq!(number.to_string(), long(number));
                assert_eq!(String::from_utf8(out).unwrap(), format!("x{number}"));
            }
        }
    }

    #[test]
    fn numbers_are_the_same_whatever_they_were_computed_of() {
        let some: Vec<Number> = ["0", "1", "-1", "0.5", "-0.25", "3", "0.3", "12.75", "1000000007"].map(n).to_vec();
        let mut all = some.clone();
        for a in &some {
            for b in &some {
                all.extend([a.plus(*b), a.minus(*b), a.times(*b), a.over(*b), a.remainder(*b)].into_iter().flatten());
                all.extend([a.round(1), a.over(n("3")).and_then(|third| third.round(2))].into_iter().flatten());
            }
        }
        let wide = n(&"9".repeat(25));
        all.extend([wide, wide.plus(n("1")).unwrap(), wide.over(wide).unwrap(), wide.minus(wide).unwrap()]);
        for a in &all {
            assert!(*a.0.denom() > 0);
            for b in &all {
                assert_eq!(a == b, a.0 == b.0, "{a} {b}");
            }
        }
    }

    #[test]
    fn overflow_is_an_error() {
        let big = n(&"9".repeat(30));
        assert_eq!(big.times(big), Err(ArithmeticFault::Overflow));
    }

    #[test]
    fn remainders_have_the_sign_of_the_dividend() {
        assert_eq!(n("7").remainder(n("3")), Ok(n("1")));
        assert_eq!(n("-7").remainder(n("3")), Ok(n("-1")));
        assert_eq!(n("7.5").remainder(n("2")), Ok(n("1.5")));
    }
}
