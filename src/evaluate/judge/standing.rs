//! Who stands before whom, as far as it is known.

use crate::campaign::Direction;
use crate::value::{Number, Possible};

/// A value of a key in its order: nothing comes last, whatever the direction; an open end is beyond every number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Nothing,
    Lowest,
    At(Number),
    Highest,
}

/// What is known of one key of a unit; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    least: Place,
    greatest: Place,
}

/// What is known of all keys of a unit, most important first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing(pub Vec<Key>);

/// The least or the greatest ends of all keys, compared key by key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends<'s> {
    keys: &'s [Key],
    of: fn(&Key) -> Place,
}

impl Ord for Ends<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.keys.iter().map(self.of).cmp(other.keys.iter().map(other.of))
    }
}

impl PartialOrd for Ends<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
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
    pub fn new(value: &Possible<Number>, direction: Direction) -> Self {
        if value.is_none() {
            return Self { least: Place::Nothing, greatest: Place::Nothing };
        }
        let (low, high) = match direction {
            Direction::Descending => (value.least(), value.greatest()),
            Direction::Ascending => (value.greatest().map(Number::negated), value.least().map(Number::negated)),
        };
        let least = if value.may_be_none() { Place::Nothing } else { low.map_or(Place::Lowest, Place::At) };
        Self { least, greatest: high.map_or(Place::Highest, Place::At) }
    }

    fn is_known(&self) -> bool {
        self.least == self.greatest
    }
}

impl Standing {
    pub fn is_known(&self) -> bool {
        self.0.iter().all(Key::is_known)
    }

    /// The same, or behind everybody.
    pub fn or_last(self) -> Self {
        Self(self.0.into_iter().map(|key| Key { least: Place::Nothing, ..key }).collect())
    }

    /// The least that every key can be.
    pub fn least(&self) -> Ends<'_> {
        Ends { keys: &self.0, of: |key| key.least }
    }

    /// The greatest that every key can be.
    pub fn greatest(&self) -> Ends<'_> {
        Ends { keys: &self.0, of: |key| key.greatest }
    }

    /// The first key in which this one differs from the other, after keys in which both are surely equal.
    pub fn parted_at(&self, other: &Self) -> Option<usize> {
        let equal = self.0.iter().zip(&other.0).take_while(|(mine, theirs)| mine.is_known() && mine == theirs).count();
        (equal < self.0.len()).then_some(equal)
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
        Key::new(&Possible::between(Some(Number::whole(least)), Some(Number::whole(greatest))), Direction::Descending)
    }

    /// All standings of two keys with values from 0 to 2, with the points that they stand for.
    pub fn standings() -> Vec<(Standing, Vec<[i64; 2]>)> {
        let ends = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];
        let points =
            |(a, b): (i64, i64), (c, d): (i64, i64)| (a..=b).flat_map(|x| (c..=d).map(move |y| [x, y])).collect();
        let pairs = ends.iter().flat_map(|first| ends.iter().map(move |second| (*first, *second)));
        pairs.map(|(x, y)| (Standing(vec![key(x.0, x.1), key(y.0, y.1)]), points(x, y))).collect()
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
            let nothing = Standing(vec![Key::new(&Possible::none(), direction)]);
            let zero = Standing(vec![Key::new(&Possible::known(Number::ZERO), direction)]);
            assert!(zero.surely_before(&nothing) && !nothing.perhaps_before(&zero));
        }
    }
}
