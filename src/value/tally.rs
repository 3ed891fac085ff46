//! The rows behind a share.

use super::{Number, Truth};

/// What is known of one row of a share: is it in the population, has it the property?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whether the row is in the population.
    pub member: Truth,
    /// Whether the row has the property.
    pub property: Truth,
}

/// Counts of rows by what is known of them; rows surely outside the population are not counted.
///
/// Tallies of disjoint sets of rows add up: `merge` is associative and commutative.
///
/// With `n(p, q)` rows, where `p` (in the population) and `q` (has the property) are yes or unknown,
/// the least share is `yy / (yy + yn + yu + un + uu)` and the greatest
/// `(yy + yu + uy + uu) / (yy + yn + yu + uy + uu)`: unknown members count against it in the first
/// and for it in the second, and those that would help the other way are left out.
///
/// ```
/// use thidua::value::{Number, Row, Tally, Truth::{False, True, Unknown}};
///
/// let mut firms = Tally::default();
/// firms.add(Row { member: True, property: True }, 19);
/// firms.add(Row { member: Unknown, property: False }, 1);
/// assert_eq!(firms.least(), Number::ratio(19, 20));
/// assert_eq!(firms.greatest(), Number::ratio(19, 19));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the population, with the property.
    pub met: u64,
    /// In the population, without the property.
    pub failing: u64,
    /// In the population, property unknown.
    pub unsure: u64,
    /// Perhaps in the population, with the property.
    pub maybe_met: u64,
    /// Perhaps in the population, without the property.
    pub maybe_failing: u64,
    /// Perhaps in the population, property unknown.
    pub maybe_unsure: u64,
    /// Whether there may be rows that were never delivered.
    pub rows_missing: bool,
    /// Rows whose unreported property was counted as not met, because the campaign says so.
    pub decided: u64,
}

impl Tally {
    /// Counts `times` rows of this kind.
    pub fn add(&mut self, row: Row, times: u64) {
        use Truth::{False, True, Unknown};
        match (row.member, row.property) {
            (False, _) => {}
            (True, True) => self.met += times,
            (True, False) => self.failing += times,
            (True, Unknown) => self.unsure += times,
            (Unknown, True) => self.maybe_met += times,
            (Unknown, False) => self.maybe_failing += times,
            (Unknown, Unknown) => self.maybe_unsure += times,
        }
    }

    /// Adds the rows of another tally.
    pub fn merge(&mut self, other: &Self) {
        self.met += other.met;
        self.failing += other.failing;
        self.unsure += other.unsure;
        self.maybe_met += other.maybe_met;
        self.maybe_failing += other.maybe_failing;
        self.maybe_unsure += other.maybe_unsure;
        self.rows_missing |= other.rows_missing;
        self.decided += other.decided;
    }

    /// Rows surely in the population.
    #[must_use]
    pub fn of(&self) -> u64 {
        self.met + self.failing + self.unsure
    }

    /// Rows whose membership or property is unknown and may matter.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.unsure + self.maybe_met + self.maybe_failing + self.maybe_unsure
    }

    /// Whether nothing about the share is open.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.unknown() == 0 && !self.rows_missing
    }

    /// Whether the population may turn out empty.
    #[must_use]
    pub fn may_be_empty(&self) -> bool {
        self.of() == 0
    }

    /// Whether the population is surely empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of() == 0 && self.unknown() == 0 && !self.rows_missing
    }

    /// Numerator and denominator of the least share that is possible.
    #[must_use]
    pub fn least_counts(&self) -> (u64, u64) {
        (self.met, self.of() + self.maybe_failing + self.maybe_unsure)
    }

    /// Numerator and denominator of the greatest share that is possible.
    #[must_use]
    pub fn greatest_counts(&self) -> (u64, u64) {
        let extra = self.maybe_met + self.maybe_unsure;
        (self.met + self.unsure + extra, self.of() + extra)
    }

    /// The least share; nothing where the population is surely empty.
    #[must_use]
    pub fn least(&self) -> Option<Number> {
        match self.least_counts() {
            _ if self.rows_missing => Some(Number::ZERO),
            // Only rows that would meet are open: with any of them the share is whole.
            (0, 0) if self.maybe_met > 0 => Some(Number::ONE),
            counts => share(counts),
        }
    }

    /// The greatest share; nothing where the population is surely empty.
    #[must_use]
    pub fn greatest(&self) -> Option<Number> {
        match self.greatest_counts() {
            _ if self.rows_missing => Some(Number::ONE),
            // Only rows that would fail are open: with any of them the share is nought.
            (0, 0) if self.maybe_failing > 0 => Some(Number::ZERO),
            counts => share(counts),
        }
    }
}

fn share((part, whole): (u64, u64)) -> Option<Number> {
    Number::count(part).over(Number::count(whole)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{False, True, Unknown};

    const KINDS: [Row; 6] = [
        Row { member: True, property: True },
        Row { member: True, property: False },
        Row { member: True, property: Unknown },
        Row { member: Unknown, property: True },
        Row { member: Unknown, property: False },
        Row { member: Unknown, property: Unknown },
    ];

    fn ways(truth: Truth) -> Vec<bool> {
        [true, false].into_iter().filter(|b| truth == Unknown || Truth::from(*b) == truth).collect()
    }

    /// Every share that some completion of the rows gives; `None` is the empty population.
    fn completions(rows: &[Row]) -> Vec<Option<Number>> {
        let mut counts = vec![(0_u64, 0_u64)];
        for row in rows {
            let mut next = Vec::new();
            for (met, of) in counts {
                for member in ways(row.member) {
                    for property in ways(row.property) {
                        next.push((met + u64::from(member && property), of + u64::from(member)));
                    }
                }
            }
            counts = next;
        }
        counts.into_iter().map(share).collect()
    }

    #[test]
    fn bounds_are_those_of_all_completions() {
        for code in 0..6_usize.pow(4) {
            for size in 0..=4_u32 {
                let rows: Vec<Row> = (0..size).map(|i| KINDS[code / 6_usize.pow(i) % 6]).collect();
                let mut tally = Tally::default();
                for row in &rows {
                    tally.add(*row, 1);
                }
                let all = completions(&rows);
                let shares = || all.iter().flatten().copied();
                assert_eq!(tally.least(), shares().min(), "{rows:?}");
                assert_eq!(tally.greatest(), shares().max(), "{rows:?}");
                assert_eq!(tally.may_be_empty(), all.contains(&None), "{rows:?}");
                assert_eq!(tally.is_empty(), shares().next().is_none(), "{rows:?}");
            }
        }
    }

    #[test]
    fn rows_outside_the_population_do_not_count() {
        let mut tally = Tally::default();
        tally.add(Row { member: False, property: Unknown }, 7);
        assert_eq!(tally, Tally::default());
    }
}
