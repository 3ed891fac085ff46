//! Ratios of numbers that fit into 64 bits, which nearly all are.
//!
//! Points are added up thousands of times a second in a sweep, and a ratio of 128-bit numbers is slow to reduce. Here the
//! products fit, so that nothing can overflow, and what comes out is in lowest terms; what does not fit is left to the
//! library.

use std::cmp::Ordering;

use num_rational::Ratio;

/// Numerator and denominator, where both are small.
fn parts(ratio: &Ratio<i128>) -> Option<(i128, i128)> {
    let is_small = |part: i128| i64::try_from(part).is_ok();
    let (numerator, denominator) = (*ratio.numer(), *ratio.denom());
    (is_small(numerator) && is_small(denominator)).then_some((numerator, denominator))
}

fn both(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<((i128, i128), (i128, i128))> {
    parts(one).zip(parts(other))
}

pub(super) fn sum(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<Ratio<i128>> {
    let ((a, b), (c, d)) = both(one, other)?;
    Some(if b == d { lowest(a + c, b) } else { lowest(a * d + c * b, b * d) })
}

pub(super) fn difference(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<Ratio<i128>> {
    let ((a, b), (c, d)) = both(one, other)?;
    Some(if b == d { lowest(a - c, b) } else { lowest(a * d - c * b, b * d) })
}

pub(super) fn product(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<Ratio<i128>> {
    let ((a, b), (c, d)) = both(one, other)?;
    Some(lowest(a * c, b * d))
}

/// The quotient; the divisor is not zero.
pub(super) fn quotient(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<Ratio<i128>> {
    let ((a, b), (c, d)) = both(one, other)?;
    Some(if c < 0 { lowest(-a * d, -c * b) } else { lowest(a * d, b * c) })
}

pub(super) fn order(one: &Ratio<i128>, other: &Ratio<i128>) -> Option<Ordering> {
    let ((a, b), (c, d)) = both(one, other)?;
    Some(if b == d { a.cmp(&c) } else { (a * d).cmp(&(c * b)) })
}

/// The nearest multiple of `1 / unit`; a half goes away from zero.
pub(super) fn rounded(ratio: &Ratio<i128>, unit: i128) -> Option<Ratio<i128>> {
    let (numerator, denominator) = parts(ratio).filter(|_| unit <= 1_000_000)?;
    let twice = 2 * denominator;
    let nearest = divided(2 * numerator.abs() * unit + denominator, twice);
    Some(lowest(if numerator < 0 { -nearest } else { nearest }, unit))
}

/// A whole quotient of numbers that are not negative.
fn divided(one: i128, other: i128) -> i128 {
    match (u64::try_from(one), u64::try_from(other)) {
        (Ok(one), Ok(other)) => i128::from(one / other),
        _ => one / other,
    }
}

/// A ratio in lowest terms; the denominator is more than zero.
fn lowest(numerator: i128, denominator: i128) -> Ratio<i128> {
    if denominator == 1 {
        return Ratio::new_raw(numerator, 1);
    }
    let common = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
    // A divisor of the denominator is no greater than it.
    let common = i128::try_from(common).unwrap_or(1);
    Ratio::new_raw(quick(numerator, common), quick(denominator, common))
}

/// An exact quotient.
fn quick(number: i128, divisor: i128) -> i128 {
    match (i64::try_from(number), i64::try_from(divisor)) {
        (_, Ok(1)) => number,
        (Ok(number), Ok(divisor)) => i128::from(number / divisor),
        _ => number / divisor,
    }
}

/// Euclid's algorithm, which leaves 128 bits as soon as it can. The second number is not zero.
fn common_divisor(one: u128, other: u128) -> u128 {
    let (mut one, mut other) = (one, other);
    loop {
        if let (Ok(one), Ok(other)) = (u64::try_from(one), u64::try_from(other)) {
            return u128::from(common_divisor_of_small(one, other));
        }
        if other == 0 {
            return one;
        }
        (one, other) = (other, one % other);
    }
}

fn common_divisor_of_small(one: u64, other: u64) -> u64 {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

    use super::*;

    /// Small and great, in lowest terms and of all signs.
    fn ratios() -> Vec<Ratio<i128>> {
        let ends = [0, 1, 2, 3, 5, 12, 100, 999_983, i128::from(i64::MAX) - 1, i128::from(i64::MAX)];
        let signed = ends.iter().flat_map(|end| [*end, -*end]);
        let all = signed.flat_map(|numerator| ends.iter().skip(1).map(move |end| Ratio::new(numerator, *end)));
        all.chain([Ratio::from_integer(i128::from(i64::MIN)), Ratio::new(1 << 70, 3)]).collect()
    }

    #[test]
    fn the_library_says_the_same() {
        let all = ratios();
        let mut small = 0;
        for one in &all {
            for other in &all {
                let Some(sum) = sum(one, other) else { continue };
                small += 1;
                let same = |mine: Option<Ratio<i128>>, theirs: Option<Ratio<i128>>, what: &str| {
                    let parts = |ratio: Ratio<i128>| (*ratio.numer(), *ratio.denom());
                    // The library may overflow on the way where this does not.
                    assert!(theirs.is_none() || mine.map(parts) == theirs.map(parts), "{one} {what} {other}");
                };
                same(Some(sum), one.checked_add(other), "+");
                same(difference(one, other), one.checked_sub(other), "-");
                same(product(one, other), one.checked_mul(other), "*");
                if *other.numer() != 0 {
                    same(quotient(one, other), one.checked_div(other), "/");
                }
                assert_eq!(order(one, other), Some(one.cmp(other)), "{one} {other}");
            }
            for unit in [1, 10, 100, 10_000] {
                let theirs = one.checked_mul(&Ratio::from_integer(unit)).map(|shifted| shifted.round() / unit);
                if let Some((mine, theirs)) = rounded(one, unit).zip(theirs) {
                    assert_eq!((mine.numer(), mine.denom()), (theirs.numer(), theirs.denom()), "{one} {unit}");
                }
            }
        }
        assert!(small > 20_000, "{small}");
    }
}
