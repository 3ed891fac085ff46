//! The scores and the ranks of a level: a column for each thing that is said of a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::Bits;
use crate::value::{Number, Possible};

use super::columns::{Column, Ends, Grow, Uniform};
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

impl Ranks {
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
        let Some(ranking) = ranking else {
            self.places.push((0, 0));
            self.means.push(None);
            self.tied.push(false);
            self.broken_by.push(None);
            self.provisional.iter_mut().for_each(|marked| marked.push(false));
            return;
        };
        let broken_by = ranking.tie_broken_by.as_ref().and_then(|name| self.key(name));
        self.places.push((ranking.best, ranking.worst));
        self.means.push(ranking.mean);
        self.tied.push(ranking.tied);
        self.broken_by.push(broken_by);
        if ranking.provisional || self.provisional.is_some() {
            self.provisional.get_or_insert_with(|| Bits::zeros(at)).push(ranking.provisional);
        }
        if !ranking.keys.is_empty() {
            self.shown.insert(at, ranking.keys);
        }
        if !ranking.otherwise.is_empty() {
            self.otherwise.insert(at, ranking.otherwise);
        }
    }

    fn append(&mut self, more: Self) {
        for at in 0..more.places.len() {
            self.push(more.get(at));
        }
    }
}
