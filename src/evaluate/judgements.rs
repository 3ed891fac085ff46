//! The judgements of one criterion: a column for each thing that is said of a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::Pot;
use crate::data::Bits;
use crate::rule::Short;
use crate::value::{Day, Number};

use super::columns::{Column, Ends, Grow, Parts, Repeat, Uniform};
use super::outcome::{Bar, Counts, Judgement, Measured, Otherwise, Points, Scored, Timing, Verdict};

/// All judgements of one criterion, in the order of the units.
#[derive(Clone, Debug, Default)]
pub(super) struct Judgements {
    /// The id of the criterion.
    id: String,
    verdicts: Vec<Verdict>,
    so_far: Uniform<Option<Verdict>>,
    measured: Column<Measured>,
    targets: Uniform<Arc<[Bar]>>,
    due: Uniform<Option<Day>>,
    timing: Uniform<Option<Timing>>,
    earnings: Earnings,
    /// What several said, where they did.
    scored: BTreeMap<usize, Vec<Scored>>,
    /// What is provisional, if anything is.
    provisional: Option<Bits>,
    /// What other readings say, where it is something else.
    otherwise: BTreeMap<usize, Vec<Otherwise<Verdict>>>,
}

impl Judgements {
    /// The same, of a criterion with this id.
    pub fn of(self, criterion: &str) -> Self {
        Self { id: criterion.to_owned(), ..self }
    }

    pub fn is_of(&self, criterion: &str) -> bool {
        self.id == criterion
    }

    pub fn verdict(&self, at: usize) -> Option<Verdict> {
        self.verdicts.get(at).copied()
    }

    /// Of what is not due, or perhaps not: what the verdict would be today.
    pub fn so_far(&self, at: usize) -> Option<Verdict> {
        self.so_far.get(at).copied().flatten()
    }

    pub fn measured(&self, at: usize) -> Option<Measured> {
        self.measured.get(at)
    }

    pub fn target(&self, at: usize) -> &[Bar] {
        self.targets.get(at).map(AsRef::as_ref).unwrap_or_default()
    }

    pub fn timing(&self, at: usize) -> Option<Timing> {
        self.timing.get(at).copied().flatten()
    }

    pub fn is_provisional(&self, at: usize) -> bool {
        self.provisional.as_ref().is_some_and(|bits| bits.get(at))
    }

    pub fn points(&self, at: usize) -> Option<Points> {
        self.earnings.get(at)
    }

    pub fn scored(&self, at: usize) -> &[Scored] {
        self.scored.get(&at).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn otherwise(&self, at: usize) -> &[Otherwise<Verdict>] {
        self.otherwise.get(&at).map(Vec::as_slice).unwrap_or_default()
    }

    /// Everything that is said of a unit.
    pub fn get(&self, at: usize) -> Option<Judgement> {
        Some(Judgement {
            verdict: self.verdict(at)?,
            provisional: self.is_provisional(at),
            so_far: self.so_far(at),
            measured: self.measured.get(at)?,
            target: Arc::clone(self.targets.get(at)?),
            due: self.due.get(at).copied().flatten(),
            timing: self.timing(at),
            points: self.points(at),
            scored: self.scored(at).to_vec(),
            otherwise: self.otherwise(at).to_vec(),
        })
    }

    /// Whether the same points are at stake for all units, and count alike.
    pub fn same_at_stake(&self) -> bool {
        self.earnings.stakes.is_same()
    }

    /// Gives all units their points.
    pub fn set_points(&mut self, points: Earnings) {
        self.earnings = points;
    }

    pub fn set_provisional(&mut self, marked: Bits) {
        self.provisional = marked.any().then_some(marked);
    }

    pub fn add_otherwise(&mut self, at: usize, otherwise: Otherwise<Verdict>) {
        self.otherwise.entry(at).or_default().push(otherwise);
    }

    /// Only those of some units.
    pub fn select(&self, chosen: &[usize]) -> Self {
        let mut column = Self { id: self.id.clone(), ..Self::default() };
        for judgement in chosen.iter().filter_map(|at| self.get(*at)) {
            column.push(judgement);
        }
        column
    }
}

impl Grow<Judgement> for Judgements {
    fn push(&mut self, judgement: Judgement) {
        let at = self.verdicts.len();
        let Judgement { verdict, provisional, so_far, measured, target, due, timing, points, scored, otherwise } =
            judgement;
        self.verdicts.push(verdict);
        self.so_far.push(so_far);
        self.measured.push(measured);
        self.targets.push(target);
        self.due.push(due);
        self.timing.push(timing);
        self.earnings.put(at, points);
        if !scored.is_empty() {
            self.scored.insert(at, scored);
        }
        if !otherwise.is_empty() {
            self.otherwise.insert(at, otherwise);
        }
        if provisional || self.provisional.is_some() {
            self.provisional.get_or_insert_with(|| Bits::zeros(at)).push(provisional);
        }
    }
}

/// Only what is said of what was measured: points, what is provisional and other readings come later.
impl Repeat for Judgements {
    fn repeat(&mut self, at: usize, measured: Short) {
        self.verdicts.extend(self.verdict(at));
        self.so_far.repeat(at);
        match measured {
            // Numbers that are judged alike need not be the same.
            Short::Number(..) => self.measured.push_short(measured),
            _ => self.measured.repeat(at),
        }
        self.targets.repeat(at);
        self.due.repeat(at);
        self.timing.repeat(at);
    }
}

impl Parts for Judgements {
    fn append(&mut self, more: Self) {
        let before = self.verdicts.len();
        if let Some(marked) = more.provisional {
            self.provisional.get_or_insert_with(|| Bits::zeros(before)).append(&marked);
        } else if let Some(marked) = &mut self.provisional {
            marked.push_zeros(more.verdicts.len());
        }
        self.verdicts.extend(more.verdicts);
        self.so_far.append(more.so_far);
        self.measured.append(more.measured);
        self.targets.append(more.targets);
        self.due.append(more.due);
        self.timing.append(more.timing);
        self.earnings.append_at(before, more.earnings);
        self.scored.extend(more.scored.into_iter().map(|(at, scored)| (before + at, scored)));
        self.otherwise.extend(more.otherwise.into_iter().map(|(at, otherwise)| (before + at, otherwise)));
    }
}

/// The points of one criterion; the last units may be left out, which have none.
#[derive(Clone, Debug, Default)]
pub(super) struct Earnings {
    /// What was earned, at both ends; nothing where no points are at stake.
    earned: Column<Ends>,
    /// What the points at stake are, how they count, and what they add to.
    stakes: Uniform<(Number, Counts, Pot)>,
}

impl Earnings {
    /// Puts points in a place behind all others; places before it that were left out have none.
    fn put(&mut self, at: usize, points: Option<Points>) {
        if points.is_some() {
            (self.len()..at).for_each(|_| self.push(None));
            self.push(points);
        }
    }

    /// The same of many.
    fn append_at(&mut self, at: usize, more: Self) {
        if more.len() > 0 {
            (self.len()..at).for_each(|_| self.push(None));
            self.append(more);
        }
    }

    fn len(&self) -> usize {
        self.earned.len()
    }

    fn get(&self, at: usize) -> Option<Points> {
        let (least, greatest) = self.earned.get(at)??;
        let (of, counts, pot) = *self.stakes.get(at)?;
        Some(Points { least, greatest, of, counts, pot })
    }
}

impl Grow<Option<Points>> for Earnings {
    fn push(&mut self, points: Option<Points>) {
        self.earned.push(points.map(|points| (points.least, points.greatest)));
        let nothing = (Number::ZERO, Counts::LeftOut, Pot::Base);
        self.stakes.push(points.map_or(nothing, |points| (points.of, points.counts, points.pot)));
    }
}

impl Repeat for Earnings {
    fn repeat(&mut self, at: usize, _: Short) {
        self.earned.repeat(at);
        self.stakes.repeat(at);
    }
}

impl Parts for Earnings {
    fn append(&mut self, more: Self) {
        self.earned.append(more.earned);
        self.stakes.append(more.stakes);
    }
}
