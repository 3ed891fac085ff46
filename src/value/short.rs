//! Ratios of two numbers of 62 bits: nearly all that occur. Their sums and products fit into 128 bits, and what they
//! have in common is found in 64, which takes a tenth of the time.

use std::cmp::Ordering;

use num_rational::Ratio;

/// A ratio in lowest terms; the denominator is not negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct Short {
    numerator: i64,
    denominator: i64,
}

impl Short {
    /// A ratio in lowest terms, if it is short.
    pub fn of(numerator: i128, denominator: i128) -> Option<Self> {
        const MOST: u64 = 1 << 62;
        let (numerator, denominator) = (i64::try_from(numerator).ok()?, i64::try_from(denominator).ok()?);
        let is_short = numerator.unsigned_abs() < MOST && denominator.unsigned_abs() < MOST;
        is_short.then_some(Self { numerator, denominator })
    }

    /// The sum. With a common part `g` of the denominators, what it can be shortened by is part of `g`.
    pub fn plus(self, other: Self) -> Ratio<i128> {
        let common = common(self.denominator, other.denominator);
        let wide = |a: i64, b: i64| i128::from(a) * i128::from(b / common);
        let numerator = wide(self.numerator, other.denominator) + wide(other.numerator, self.denominator);
        if common == 1 {
            return Ratio::new_raw(numerator, wide(self.denominator, other.denominator));
        }
        let rest = i64::try_from(numerator % i128::from(common)).unwrap_or(0);
        let shared = self::common(rest, common);
        let denominator = i128::from(self.denominator / shared) * i128::from(other.denominator / common);
        Ratio::new_raw(numerator / i128::from(shared), denominator)
    }

    /// The product.
    pub fn times(self, other: Self) -> Ratio<i128> {
        let (one, two) = (common(self.numerator, other.denominator), common(other.numerator, self.denominator));
        let numerator = i128::from(self.numerator / one) * i128::from(other.numerator / two);
        Ratio::new_raw(numerator, i128::from(self.denominator / two) * i128::from(other.denominator / one))
    }

    /// One over it; it is not nought.
    pub fn inverse(self) -> Self {
        let Self { numerator, denominator } = self;
        Self { numerator: denominator * numerator.signum(), denominator: numerator.abs() }
    }

    /// The nearest multiple of one part of `unit`, a half away from nought, if that needs no more than 64 bits.
    pub fn round(self, unit: i64) -> Option<Ratio<i128>> {
        let doubled = self.numerator.unsigned_abs().checked_mul(unit.unsigned_abs())?.checked_mul(2)?;
        let denominator = self.denominator.unsigned_abs();
        let units = i64::try_from(doubled.checked_add(denominator)? / denominator.checked_mul(2)?).ok()?;
        Some(reduced(units * self.numerator.signum(), unit))
    }

    /// Which is greater.
    pub fn compare(self, other: Self) -> Ordering {
        let wide = |a: i64, b: i64| i128::from(a) * i128::from(b);
        wide(self.numerator, other.denominator).cmp(&wide(other.numerator, self.denominator))
    }
}

/// A ratio in lowest terms; the denominator is greater than nought.
pub(super) fn reduced(numerator: i64, denominator: i64) -> Ratio<i128> {
    let shared = common(numerator, denominator);
    Ratio::new_raw(i128::from(numerator / shared), i128::from(denominator / shared))
}

/// The greatest common divisor; 1 of two noughts.
pub(super) fn common(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    if a == 1 || b == 1 {
        return 1;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_ratios_are_short() {
        let limit = 1_i128 << 62;
        for (numerator, denominator) in [(limit, 1), (-limit, 1), (i64::MIN.into(), 1), (i128::MAX, 1), (1, limit)] {
            assert!(Short::of(numerator, denominator).is_none(), "{numerator}/{denominator}");
        }
        assert!(Short::of(limit - 1, 1).is_some() && Short::of(1 - limit, limit - 1).is_some());
    }

    #[test]
    fn short_ratios_compute_as_long_ones_do() {
        let mut numbers = vec![0_i64, 1, 2, 3, 5, 7, 10, 12, 95, 100, 999, 1 << 31, (1 << 62) - 1, 6_000_000_007];
        numbers.extend(numbers.clone().iter().map(|number| -number));
        let ratios: Vec<Ratio<i128>> = numbers
            .iter()
            .flat_map(|a| numbers.iter().filter(|b| **b > 0).map(move |b| Ratio::new(i128::from(*a), i128::from(*b))))
            .collect();
        let short = |ratio: &Ratio<i128>| Short::of(*ratio.numer(), *ratio.denom()).unwrap();
        for a in &ratios {
            for b in &ratios {
                let (x, y) = (short(a), short(b));
                let by_hand =
                    Ratio::new(1, 1) * Ratio::new(*a.numer(), *b.denom()) * Ratio::new(*b.numer(), *a.denom());
                assert_eq!(x.times(y), by_hand, "{a} * {b}");
                assert_eq!(x.times(y).numer(), by_hand.numer());
                if (a.denom() * b.denom()) < 1 << 60 {
                    assert_eq!(x.plus(y), a + b, "{a} + {b}");
                    assert_eq!(x.plus(y).denom(), (a + b).denom());
                    assert_eq!(x.compare(y), a.cmp(b));
                }
                if *b.numer() != 0 && a.numer().abs() < 1 << 40 && b.numer().abs() < 1 << 20 && *b.denom() < 1 << 40 {
                    assert_eq!(x.times(y.inverse()), a / b, "{a} / {b}");
                }
            }
            for unit in [1, 10, 100, 10_000] {
                if let Some(rounded) = short(a).round(unit) {
                    assert_eq!(rounded, (a * i128::from(unit)).round() / i128::from(unit), "{a} by {unit}");
                }
            }
        }
    }
}
