//! A group of units of which only so many may win, as far as it is known.

use std::collections::BTreeSet;

use crate::campaign::{AtCut, PlaceRounding};
use crate::value::Number;

use super::super::super::awarded::Measure;
use super::choice::Bound;

/// A number of places, or of units: as many as surely, and at most so many; nothing where there is no upper bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub least: usize,
    pub greatest: Option<usize>,
}

/// A group of a quota with its places.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The quota, by its position.
    pub quota: usize,
    /// What its units have in common.
    pub group: Vec<String>,
    /// Whether it is the rest of a group for which no places are kept.
    pub rest: bool,
    /// The candidates in it, by their positions, and those that are perhaps in it.
    pub members: BTreeSet<usize>,
    pub perhaps: BTreeSet<usize>,
    /// How many may win.
    pub places: Count,
    /// Of what the places are a part.
    pub measure: Option<Measure>,
    pub at_cut: AtCut,
    pub up_to: Option<Count>,
}

impl Count {
    pub fn exactly(count: usize) -> Self {
        Self { least: count, greatest: Some(count) }
    }

    pub fn is_known(self) -> bool {
        self.greatest == Some(self.least)
    }

    /// So many less, and not below nought.
    pub fn less(self, other: Self) -> Self {
        let least = other.greatest.map_or(0, |taken| self.least.saturating_sub(taken));
        Self { least, greatest: self.greatest.map(|all| all.saturating_sub(other.least)) }
    }

    /// The lesser of both.
    pub fn lesser(self, other: Self) -> Self {
        let greatest = match (self.greatest, other.greatest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { least: self.least.min(other.least), greatest }
    }
}

impl Limit {
    /// The limit without those who do not compete.
    pub fn among(mut self, running: &BTreeSet<usize>) -> Self {
        self.members.retain(|at| running.contains(at));
        self.perhaps.retain(|at| running.contains(at));
        self
    }

    /// Whether nothing about it is open.
    pub fn is_known(&self) -> bool {
        self.places.is_known() && self.perhaps.is_empty() && self.up_to.is_none_or(Count::is_known)
    }

    /// The candidates that are in it, perhaps or surely.
    pub fn everybody(&self) -> BTreeSet<usize> {
        self.members.union(&self.perhaps).copied().collect()
    }

    /// The limit as if nothing about it were open.
    pub fn bound(&self) -> Bound {
        let up_to = self.up_to.map(|up_to| up_to.least);
        Bound { members: self.everybody(), places: self.places.least, at_cut: self.at_cut, up_to }
    }

    /// So many may surely not be exceeded; without a number, any may.
    pub fn most(&self) -> Option<usize> {
        let places = self.places.greatest?;
        match (self.at_cut, self.up_to) {
            (AtCut::All, None) => None,
            (AtCut::All, Some(up_to)) => Some(up_to.greatest?.max(places)),
            (AtCut::Show | AtCut::None, _) => Some(places),
        }
    }

    /// Whether a tie may close it before it is full.
    pub fn closes(&self) -> bool {
        self.at_cut == AtCut::None || self.up_to.is_some()
    }
}

impl PlaceRounding {
    /// A number of places without a part of one.
    pub(super) fn of(self, places: Number) -> Number {
        match self {
            Self::Down => places.floor(),
            Self::Up => places.ceiling(),
            // No half goes away from nought here but upwards: places are not below it.
            Self::HalfUp => Number::ratio(1, 2).and_then(|half| places.plus(half).ok()).unwrap_or(places).floor(),
        }
    }
}

/// A count as a number of things.
pub fn to_count(number: Number) -> usize {
    number.to_whole().and_then(|whole| usize::try_from(whole).ok()).unwrap_or(usize::MAX)
}
