//! Who stands before whom, as far as it is known.

use std::cmp::Ordering;

use crate::campaign::Direction;
use crate::value::{Number, Possible};

/// A value of a key in its order, as a whole number: see [`Scale`].
type Place = i64;

/// Nothing comes last, whatever the direction.
const NOTHING: Place = i64::MIN;
/// An open end is beyond every number.
const LOWEST: Place = i64::MIN + 1;
const HIGHEST: Place = i64::MAX;

/// How the numbers of a key become whole numbers in the same order.
pub(super) enum Scale {
    /// Each is so many parts of a unit that all of them are a multiple of.
    Parts(i64),
    /// Each is its position among all that occur.
    Positions(Vec<Number>),
}

impl Scale {
    /// A scale for some numbers. Those of most keys are decimals, which need no sorting.
    pub fn of(numbers: impl Iterator<Item = Number> + Clone) -> Self {
        let unit = numbers.clone().try_fold(1, |unit, number| common_multiple(unit, number.denominator()?));
        let fit = |unit: &i64| numbers.clone().all(|number| parts(number, *unit).is_some());
        unit.filter(fit).map_or_else(
            || {
                let mut all: Vec<Number> = numbers.collect();
                all.sort_unstable();
                all.dedup();
                Self::Positions(all)
            },
            Self::Parts,
        )
    }

    fn place(&self, number: Number) -> Place {
        match self {
            Self::Parts(unit) => parts(number, *unit).unwrap_or(HIGHEST),
            // There are no more numbers than fit into memory.
            Self::Positions(all) => i64::try_from(all.partition_point(|other| *other < number)).unwrap_or(HIGHEST),
        }
    }
}

/// How many parts a number is, well within 64 bits.
fn parts(number: Number, unit: i64) -> Option<i64> {
    const MOST: u64 = 1 << 62;
    let parts = match number.in_short() {
        Some((top, bottom)) if unit % i64::from(bottom.get()) == 0 => {
            top.checked_mul(unit / i64::from(bottom.get()))?
        }
        _ => number.times(Number::whole(unit)).ok()?.to_whole()?,
    };
    (parts.unsigned_abs() < MOST).then_some(parts)
}

/// The least common multiple, as long as it is a small one.
fn common_multiple(a: i64, b: i64) -> Option<i64> {
    const MOST: i64 = 1_000_000_000_000;
    if a % b == 0 {
        return Some(a);
    }
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b).filter(|multiple| *multiple <= MOST)
}

/// What is known of one key of a unit; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    least: Place,
    greatest: Place,
}

/// What is known of all keys of a unit, most important first.
#[derive(Clone, Debug)]
pub(super) struct Standing(Keys);

/// Most rankings have one key: it needs no memory elsewhere.
#[derive(Clone, Debug)]
enum Keys {
    One([Key; 1]),
    Several(Box<[Key]>),
}

/// The least or the greatest ends of all keys, compared key by key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends<'s> {
    keys: &'s [Key],
    of: fn(&Key) -> Place,
}

impl Ord for Ends<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.keys.iter().map(self.of).cmp(other.keys.iter().map(other.of))
    }
}

impl PartialOrd for Ends<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ends<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ends<'_> {}

impl Key {
    pub fn new(value: &Possible<Number>, direction: Direction, scale: &Scale) -> Self {
        if value.is_none() {
            return Self { least: NOTHING, greatest: NOTHING };
        }
        let place = |end: Option<Number>| end.map(|number| scale.place(number));
        let least = place(value.least());
        let greatest = if value.least() == value.greatest() { least } else { place(value.greatest()) };
        let (low, high) = match (least, greatest, direction) {
            (least, greatest, Direction::Descending) => (least, greatest),
            (least, greatest, Direction::Ascending) => (greatest.map(|place| -place), least.map(|place| -place)),
        };
        let least = if value.may_be_none() { NOTHING } else { low.unwrap_or(LOWEST) };
        Self { least, greatest: high.unwrap_or(HIGHEST) }
    }

    fn is_known(&self) -> bool {
        self.least == self.greatest
    }
}

impl FromIterator<Key> for Standing {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        let mut keys = keys.into_iter();
        let (first, second) = (keys.next(), keys.next());
        Self(match (first, second) {
            (Some(only), None) => Keys::One([only]),
            _ => Keys::Several(first.into_iter().chain(second).chain(keys).collect()),
        })
    }
}

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> Ordering {
        self.keys().cmp(other.keys())
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        self.keys() == other.keys()
    }
}

impl Eq for Standing {}

impl Standing {
    fn keys(&self) -> &[Key] {
        match &self.0 {
            Keys::One(key) => key,
            Keys::Several(keys) => keys,
        }
    }

    pub fn is_known(&self) -> bool {
        self.keys().iter().all(Key::is_known)
    }

    /// The same, or behind everybody.
    pub fn or_last(self) -> Self {
        self.keys().iter().map(|key| Key { least: NOTHING, ..*key }).collect()
    }

    /// The least that every key can be.
    pub fn least(&self) -> Ends<'_> {
        Ends { keys: self.keys(), of: |key| key.least }
    }

    /// The greatest that every key can be.
    pub fn greatest(&self) -> Ends<'_> {
        Ends { keys: self.keys(), of: |key| key.greatest }
    }

    /// The first key in which this one differs from the other, after keys in which both are surely equal.
    pub fn parted_at(&self, other: &Self) -> Option<usize> {
        let pairs = self.keys().iter().zip(other.keys());
        let equal = pairs.take_while(|(mine, theirs)| mine.is_known() && mine == theirs).count();
        (equal < self.keys().len()).then_some(equal)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The definitions, which counting in sorted lists must agree with.
    impl Standing {
        pub fn surely_before(&self, other: &Self) -> bool {
            self.least() > other.greatest()
        }

        pub fn perhaps_before(&self, other: &Self) -> bool {
            self.greatest() > other.least()
        }

        pub fn surely_level(&self, other: &Self) -> bool {
            self.is_known() && self == other
        }
    }

    pub fn key(least: i64, greatest: i64) -> Key {
        let value = Possible::between(Some(Number::whole(least)), Some(Number::whole(greatest)));
        Key::new(&value, Direction::Descending, &Scale::Parts(1))
    }

    /// All standings of two keys with values from 0 to 2, with the points that they stand for.
    pub fn standings() -> Vec<(Standing, Vec<[i64; 2]>)> {
        let ends = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];
        let points =
            |(a, b): (i64, i64), (c, d): (i64, i64)| (a..=b).flat_map(|x| (c..=d).map(move |y| [x, y])).collect();
        let pairs = ends.iter().flat_map(|first| ends.iter().map(move |second| (*first, *second)));
        pairs.map(|(x, y)| (Standing::from_iter([key(x.0, x.1), key(y.0, y.1)]), points(x, y))).collect()
    }

    #[test]
    fn order_agrees_with_trying_every_value() {
        for (a, left) in standings() {
            for (b, right) in standings() {
                let tried: Vec<bool> = left.iter().flat_map(|x| right.iter().map(move |y| x > y)).collect();
                assert_eq!(a.surely_before(&b), tried.iter().all(|before| *before), "{a:?} {b:?}");
                assert_eq!(a.perhaps_before(&b), tried.iter().any(|before| *before), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn nothing_comes_last_in_both_directions() {
        for direction in [Direction::Ascending, Direction::Descending] {
            let nothing = Standing::from_iter([Key::new(&Possible::none(), direction, &Scale::Parts(1))]);
            let zero = Standing::from_iter([Key::new(&Possible::known(Number::ZERO), direction, &Scale::Parts(1))]);
            assert!(zero.surely_before(&nothing) && !nothing.perhaps_before(&zero));
        }
    }

    #[test]
    fn every_scale_keeps_the_order_and_tells_numbers_apart() {
        let ratio = |top, bottom| Number::ratio(top, bottom).unwrap();
        let decimals =
            vec![ratio(5, 2), ratio(-1, 4), ratio(0, 1), ratio(99, 100), ratio(5, 2), ratio(i64::MAX >> 8, 1)];
        let thirds = vec![ratio(1, 3), ratio(1, 7), ratio(-2, 3), ratio(2, 6)];
        let wide = vec![ratio(i64::MAX, 3), ratio(i64::MIN + 1, 7), ratio(1, i64::MAX), ratio(1, i64::MAX - 1)];
        for (numbers, by_parts) in [(decimals, true), (thirds, true), (wide, false)] {
            let scale = Scale::of(numbers.iter().copied());
            assert_eq!(matches!(scale, Scale::Parts(_)), by_parts, "{numbers:?}");
            for a in &numbers {
                for b in &numbers {
                    assert_eq!(scale.place(*a).cmp(&scale.place(*b)), a.cmp(b), "{a} {b}");
                }
            }
        }
    }
}
