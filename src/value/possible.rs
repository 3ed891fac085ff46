//! What is known of a value.

use super::Truth;

/// All values between two ends; an end that is `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// No value is less.
    pub least: Option<T>,
    /// No value is greater.
    pub greatest: Option<T>,
}

/// The set of values that something may still have: a range of values, "there is none", or both.
///
/// ```
/// use thidua::value::{Possible, Truth};
///
/// let workers = Possible::between(Some(20), None);
/// assert_eq!(workers.at_least(&Possible::known(25)), Truth::Unknown);
/// assert_eq!(workers.at_least(&Possible::known(20)), Truth::True);
/// assert_eq!(Possible::none().at_least(&Possible::known(20)), Truth::False);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Possible<T> {
    range: Option<Range<T>>,
    none: bool,
}

impl<T: Copy + Ord> Possible<T> {
    /// Exactly this value.
    pub fn known(value: T) -> Self {
        Self::between(Some(value), Some(value))
    }

    /// Surely none: there is no such thing.
    #[must_use]
    pub fn none() -> Self {
        Self { range: None, none: true }
    }

    /// Any value at all.
    pub fn unknown() -> Self {
        Self::between(None, None)
    }

    /// Any value from `least` to `greatest`; `None` leaves an end open.
    pub fn between(least: Option<T>, greatest: Option<T>) -> Self {
        Self { range: Some(Range { least, greatest }), none: false }
    }

    /// The same values, or none.
    #[must_use]
    pub fn or_none(self) -> Self {
        Self { none: true, ..self }
    }

    /// The values without the possibility of none.
    pub fn range(&self) -> Option<Range<T>> {
        self.range
    }

    /// Whether it may turn out that there is none.
    pub fn may_be_none(&self) -> bool {
        self.none
    }

    /// Whether there is surely none.
    pub fn is_none(&self) -> bool {
        self.range.is_none()
    }

    /// The value, if only one is possible.
    pub fn value(&self) -> Option<T> {
        let range = self.range.filter(|_| !self.none)?;
        range.least.filter(|_| range.least == range.greatest)
    }

    /// Whether nothing about it is open.
    pub fn is_known(&self) -> bool {
        self.is_none() || self.value().is_some()
    }

    /// The least possible value, where there is a bound.
    pub fn least(&self) -> Option<T> {
        self.range.and_then(|range| range.least)
    }

    /// The greatest possible value, where there is a bound.
    pub fn greatest(&self) -> Option<T> {
        self.range.and_then(|range| range.greatest)
    }

    /// The values that a function makes of these; it must keep their order.
    pub fn map<U: Copy + Ord>(&self, function: impl Fn(T) -> U) -> Possible<U> {
        let end = |end: Option<T>| end.map(&function);
        let range = self.range.map(|range| Range { least: end(range.least), greatest: end(range.greatest) });
        Possible { range, none: self.none }
    }

    /// The lesser of two values, neither of which may be none.
    #[must_use]
    pub fn earlier(&self, other: &Self) -> Self {
        let lesser = |a: Option<T>, b: Option<T>| a.zip(b).map(|(a, b)| a.min(b));
        // An end that is open above does not keep the other from being the lesser one.
        let greatest = lesser(self.greatest(), other.greatest()).or(self.greatest()).or(other.greatest());
        Self::between(lesser(self.least(), other.least()), greatest)
    }

    /// The smallest set that holds the values of both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let range = match (self.range, other.range) {
            (Some(a), Some(b)) => Some(Range {
                least: a.least.zip(b.least).map(|(x, y)| x.min(y)),
                greatest: a.greatest.zip(b.greatest).map(|(x, y)| x.max(y)),
            }),
            (a, b) => a.or(b),
        };
        Self { range, none: self.none || other.none }
    }

    /// The values of the first that is not none.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        match self.range {
            None => other,
            Some(_) if self.none => Self { none: false, ..self }.join(other),
            Some(_) => self,
        }
    }

    /// Whether both are the same; none is the same as none.
    pub fn equals(&self, other: &Self) -> Truth {
        let both_values = self.range.zip(other.range);
        let overlap = both_values.is_some_and(|(a, b)| !a.surely_less(&b) && !b.surely_less(&a));
        let can_be_true = overlap || (self.none && other.none);
        let mixed = (self.none && other.range.is_some()) || (other.none && self.range.is_some());
        let same_point = self.value().is_some() && self.value() == other.value();
        let can_be_false = mixed || (both_values.is_some() && !same_point);
        Truth::from_possible(can_be_true, can_be_false).unwrap_or(Truth::Unknown)
    }

    /// Whether this is less; never with none.
    pub fn less(&self, other: &Self) -> Truth {
        self.compare(other, Range::surely_less, |a, b| !b.surely_not_greater(a))
    }

    /// Whether this is less or equal; never with none.
    pub fn at_most(&self, other: &Self) -> Truth {
        self.compare(other, Range::surely_not_greater, |a, b| !b.surely_less(a))
    }

    /// Whether this is greater; never with none.
    pub fn greater(&self, other: &Self) -> Truth {
        other.less(self)
    }

    /// Whether this is greater or equal; never with none.
    pub fn at_least(&self, other: &Self) -> Truth {
        other.at_most(self)
    }

    fn compare(
        &self,
        other: &Self,
        surely: impl Fn(&Range<T>, &Range<T>) -> bool,
        possibly: impl Fn(&Range<T>, &Range<T>) -> bool,
    ) -> Truth {
        let Some((a, b)) = self.range.zip(other.range) else { return Truth::False };
        let can_be_false = self.none || other.none || !surely(&a, &b);
        Truth::from_possible(possibly(&a, &b), can_be_false).unwrap_or(Truth::False)
    }
}

impl<T: Copy + Ord> Range<T> {
    fn surely_less(&self, other: &Self) -> bool {
        self.greatest.zip(other.least).is_some_and(|(greatest, least)| greatest < least)
    }

    fn surely_not_greater(&self, other: &Self) -> bool {
        self.greatest.zip(other.least).is_some_and(|(greatest, least)| greatest <= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every set of values out of {0, 1, 2} and none, as ranges can express them.
    fn sets() -> Vec<(Possible<i32>, Vec<Option<i32>>)> {
        let mut sets = vec![(Possible::none(), vec![None])];
        for least in 0..3 {
            for greatest in least..3 {
                let values: Vec<_> = (least..=greatest).map(Some).collect();
                let range = Possible::between(Some(least), Some(greatest));
                sets.push((range.or_none(), values.iter().copied().chain([None]).collect()));
                sets.push((range, values));
            }
        }
        sets
    }

    fn kleene(answers: &[bool]) -> Truth {
        Truth::from_possible(answers.contains(&true), answers.contains(&false)).unwrap()
    }

    #[test]
    fn comparisons_agree_with_trying_every_value() {
        type Op = fn(&Possible<i32>, &Possible<i32>) -> Truth;
        type Plain = fn(Option<i32>, Option<i32>) -> bool;
        let cases: [(Op, Plain); 5] = [
            (Possible::equals, |a, b| a == b),
            (Possible::less, |a, b| a.zip(b).is_some_and(|(x, y)| x < y)),
            (Possible::at_most, |a, b| a.zip(b).is_some_and(|(x, y)| x <= y)),
            (Possible::greater, |a, b| a.zip(b).is_some_and(|(x, y)| x > y)),
            (Possible::at_least, |a, b| a.zip(b).is_some_and(|(x, y)| x >= y)),
        ];
        for (a, left) in sets() {
            for (b, right) in sets() {
                for (op, plain) in cases {
                    let tried: Vec<_> = left.iter().flat_map(|x| right.iter().map(move |y| plain(*x, *y))).collect();
                    assert_eq!(op(&a, &b), kleene(&tried), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_that_is_not_none() {
        let maybe = Possible::known(1).or_none();
        assert_eq!(maybe.or_else(Possible::known(3)), Possible::between(Some(1), Some(3)));
        assert_eq!(Possible::none().or_else(Possible::known(3)), Possible::known(3));
        assert_eq!(Possible::known(1).or_else(Possible::none()), Possible::known(1));
    }
}
