//! The scores and the ranks of a level: a column for each thing that is said of a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::Bits;
use crate::value::{Number, Possible};

use super::columns::{Column, Ends, Grow, Parts, Uniform};
use super::outcome::{Otherwise, Ranking, Score};

/// The scores, in the order of the units.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    ends: Column<Ends>,
    unrounded: Column<Ends>,
    /// The full score, whether there is perhaps none, and whether it is provisional; nothing for a unit without a score.
    frames: Uniform<Option<(Number, bool, bool)>>,
}

impl Scores {
    pub fn get(&self, at: usize) -> Option<Score> {
        let (of, perhaps_none, provisional) = (*self.frames.get(at)?)?;
        let (least, greatest) = self.ends.get(at)?.unzip();
        Some(Score { least, greatest, perhaps_none, of, provisional, unrounded: self.unrounded.get(at)? })
    }

    fn frame(&self, at: usize) -> Option<(Number, bool, bool)> {
        self.frames.get(at).copied().flatten()
    }

    pub fn is_provisional(&self, at: usize) -> bool {
        self.frame(at).is_some_and(|(.., provisional)| provisional)
    }

    pub fn set_provisional(&mut self, at: usize) {
        if let Some((of, perhaps_none, _)) = self.frame(at) {
            self.frames.set(at, Some((of, perhaps_none, true)));
        }
    }

    pub fn select(&self, chosen: &[usize]) -> Self {
        Self {
            ends: self.ends.select(chosen),
            unrounded: self.unrounded.select(chosen),
            frames: self.frames.select(chosen),
        }
    }
}

impl Grow<Option<Score>> for Scores {
    fn push(&mut self, score: Option<Score>) {
        self.ends.push(score.and_then(|score| score.least.zip(score.greatest)));
        self.unrounded.push(score.and_then(|score| score.unrounded));
        self.frames.push(score.map(|score| (score.of, score.perhaps_none, score.provisional)));
    }
}

impl Parts for Scores {
    fn append(&mut self, more: Self) {
        self.ends.append(more.ends);
        self.unrounded.append(more.unrounded);
        self.frames.append(more.frames);
    }
}

/// The ranks, in the order of the units.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    /// The best and the worst place; noughts for a unit without a rank.
    places: Vec<(usize, usize)>,
    means: Uniform<Option<Number>>,
    tied: Uniform<bool>,
    /// The key that broke a tie, by its position.
    broken_by: Uniform<Option<u16>>,
    /// What the keys are called.
    keys: Vec<Arc<str>>,
    /// The keys that a list of the units shows, of units that have some.
    shown: BTreeMap<usize, Vec<Possible<Number>>>,
    provisional: Option<Bits>,
    otherwise: BTreeMap<usize, Vec<Otherwise<(usize, usize)>>>,
}

/// The place of a unit.
pub(super) struct Place {
    /// The best and the worst.
    pub ends: (usize, usize),
    /// The mean of the places that it shares.
    pub mean: Option<Number>,
    pub tied: bool,
    /// The key that broke a tie, by its position.
    pub broken_by: Option<u16>,
    /// The keys that a list of the units shows.
    pub shown: Vec<Possible<Number>>,
}

impl Ranks {
    /// No ranks yet, by keys that are called so.
    pub fn by(keys: Vec<Arc<str>>) -> Self {
        Self { keys, ..Self::default() }
    }

    /// Appends the place of a unit, if it has one.
    pub fn add(&mut self, place: Option<Place>) {
        let at = self.places.len();
        let nowhere = Place { ends: (0, 0), mean: None, tied: false, broken_by: None, shown: Vec::new() };
        let Place { ends, mean, tied, broken_by, shown } = place.unwrap_or(nowhere);
        self.places.push(ends);
        self.means.push(mean);
        self.tied.push(tied);
        self.broken_by.push(broken_by);
        self.provisional.iter_mut().for_each(|marked| marked.push(false));
        if !shown.is_empty() {
            self.shown.insert(at, shown);
        }
    }

    /// The best and the worst place.
    pub fn places(&self, at: usize) -> Option<(usize, usize)> {
        self.places.get(at).copied().filter(|(best, _)| *best > 0)
    }

    pub fn is_tied(&self, at: usize) -> bool {
        self.tied.get(at).copied().unwrap_or(false)
    }

    pub fn broken_by(&self, at: usize) -> Option<&Arc<str>> {
        self.keys.get(usize::from((*self.broken_by.get(at)?)?))
    }

    pub fn is_provisional(&self, at: usize) -> bool {
        self.provisional.as_ref().is_some_and(|bits| bits.get(at))
    }

    pub fn get(&self, at: usize) -> Option<Ranking> {
        let (best, worst) = self.places(at)?;
        Some(Ranking {
            best,
            worst,
            mean: self.means.get(at).copied().flatten(),
            tied: self.is_tied(at),
            tie_broken_by: self.broken_by(at).cloned(),
            keys: self.shown.get(&at).cloned().unwrap_or_default(),
            provisional: self.is_provisional(at),
            otherwise: self.otherwise.get(&at).cloned().unwrap_or_default(),
        })
    }

    pub fn set_provisional(&mut self, marked: Bits) {
        self.provisional = marked.any().then_some(marked);
    }

    pub fn add_otherwise(&mut self, at: usize, otherwise: Otherwise<(usize, usize)>) {
        self.otherwise.entry(at).or_default().push(otherwise);
    }

    pub fn select(&self, chosen: &[usize]) -> Self {
        let mut column = Self::default();
        for at in chosen {
            column.push(self.get(*at));
        }
        column
    }

    /// The position of a key by its name. No ranking has so many keys that one would not fit.
    fn key(&mut self, name: &Arc<str>) -> Option<u16> {
        let at = self.keys.iter().position(|key| key == name).unwrap_or_else(|| {
            self.keys.push(Arc::clone(name));
            self.keys.len() - 1
        });
        u16::try_from(at).ok()
    }
}

impl Grow<Option<Ranking>> for Ranks {
    fn push(&mut self, ranking: Option<Ranking>) {
        let at = self.places.len();
        let Some(ranking) = ranking else { return self.add(None) };
        let broken_by = ranking.tie_broken_by.as_ref().and_then(|name| self.key(name));
        self.add(Some(Place {
            ends: (ranking.best, ranking.worst),
            mean: ranking.mean,
            tied: ranking.tied,
            broken_by,
            shown: ranking.keys,
        }));
        if ranking.provisional {
            self.provisional.get_or_insert_with(|| Bits::zeros(at + 1)).set(at, true);
        }
        if !ranking.otherwise.is_empty() {
            self.otherwise.insert(at, ranking.otherwise);
        }
    }
}

/// Parts of one ranking: their keys are the same.
impl Parts for Ranks {
    fn append(&mut self, more: Self) {
        let before = self.places.len();
        if before == 0 {
            *self = more;
            return;
        }
        match more.provisional {
            Some(marked) => self.provisional.get_or_insert_with(|| Bits::zeros(before)).append(&marked),
            None => self.provisional.iter_mut().for_each(|marked| marked.push_zeros(more.places.len())),
        }
        self.places.extend(more.places);
        self.means.append(more.means);
        self.tied.append(more.tied);
        self.broken_by.append(more.broken_by);
        self.shown.extend(more.shown.into_iter().map(|(at, shown)| (before + at, shown)));
        self.otherwise.extend(more.otherwise.into_iter().map(|(at, otherwise)| (before + at, otherwise)));
    }
}
