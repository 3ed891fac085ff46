//! Ranks inside clusters.

use std::collections::BTreeMap;

use crate::campaign::{Level, Rank, Ties};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{Number, Possible};

use super::super::measure::as_number;
use super::super::outcome::{Ranking, UnitOutcome};
use super::super::plan::{KeyPlan, KeySource, LevelPlan};
use super::standing::{Key, Standing};
use super::{Judge, Unit};

pub(super) fn ranks<'d>(
    policy: &Rank,
    level: &Level,
    plan: &'d LevelPlan,
    known: &[Unit<'d>],
    units: &mut [UnitOutcome],
    judge: &mut Judge<'_, 'd>,
) {
    let standings = standings(&plan.rank, plan, known, units, judge);
    for members in clusters(level.cluster.is_some(), units, judge).into_values() {
        let group: Vec<&Standing> = members.iter().filter_map(|at| standings.get(*at)).collect();
        let ranked = if group.iter().all(|standing| standing.is_known()) {
            all_known(&group, policy.ties)
        } else {
            group.iter().map(|standing| with_open_ends(standing, &group, policy.ties)).collect()
        };
        for ((at, standing), places) in members.iter().zip(&group).zip(ranked) {
            let broken_by = tie_broken_by(standing, &group).and_then(|key| plan.rank.get(key));
            if let Some(unit) = units.get_mut(*at) {
                unit.rank = Some(Ranking {
                    best: places.best,
                    worst: places.worst,
                    tied: standing.is_known() && group.iter().filter(|other| *other == standing).nth(1).is_some(),
                    tie_broken_by: broken_by.map(|key| key.subject.clone()),
                });
            }
        }
    }
}

/// The units of each cluster; a unit whose cluster nobody knows is in none.
pub(super) fn clusters(
    clustered: bool,
    units: &[UnitOutcome],
    judge: &mut Judge<'_, '_>,
) -> BTreeMap<String, Vec<usize>> {
    let mut clusters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        match (&unit.cluster, clustered) {
            (Some(cluster), true) => clusters.entry(cluster.clone()).or_default().push(at),
            (None, true) => judge.faults.push(Diagnostic::new(&catalogue::UNIT_WITHOUT_CLUSTER).with("unit", &unit.id)),
            (_, false) => clusters.entry(String::new()).or_default().push(at),
        }
    }
    clusters
}

/// What is known of the keys of every unit.
pub(super) fn standings<'d>(
    keys: &'d [KeyPlan],
    plan: &'d LevelPlan,
    known: &[Unit<'d>],
    units: &[UnitOutcome],
    judge: &mut Judge<'_, 'd>,
) -> Vec<Standing> {
    let mut standings = Vec::with_capacity(units.len());
    for (unit, outcome) in known.iter().zip(units) {
        let key = |key: &'d KeyPlan| Key::new(&judge.key_value(key, plan, unit, outcome), key.direction);
        standings.push(Standing(keys.iter().map(key).collect()));
    }
    standings
}

impl<'d> Judge<'_, 'd> {
    fn key_value(
        &mut self,
        key: &'d KeyPlan,
        plan: &'d LevelPlan,
        unit: &Unit<'d>,
        outcome: &UnitOutcome,
    ) -> Possible<Number> {
        let cell = match &key.source {
            // A score that could not be computed is not a score of nothing.
            KeySource::Score => {
                return outcome.score.map_or_else(|| Possible::unknown().or_none(), |score| score.known());
            }
            KeySource::Measure(at) => unit.cells.get(*at).cloned().unwrap_or(Cell::None),
            KeySource::Rule(expression) => {
                let answer = self.context.evaluate(expression, unit.row);
                self.answered(answer, &key.subject, plan, unit.row).unwrap_or(Cell::Number(Possible::unknown()))
            }
        };
        as_number(&cell)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    best: usize,
    worst: usize,
}

/// Everything is known: one walk along the order.
fn all_known(group: &[&Standing], ties: Ties) -> Vec<Places> {
    let mut order: Vec<usize> = (0..group.len()).collect();
    let standing = |at: usize| group.get(at).copied();
    order.sort_by(|a, b| match (standing(*a), standing(*b)) {
        (Some(a), Some(b)) => a.best_first(b),
        _ => std::cmp::Ordering::Equal,
    });
    let mut places = vec![Places { best: 0, worst: 0 }; group.len()];
    let mut before = 0;
    for (class, tied) in order.chunk_by(|a, b| standing(*a) == standing(*b)).enumerate() {
        let place = match ties {
            Ties::Competition => before + 1,
            Ties::Modified => before + tied.len(),
            Ties::Dense => class + 1,
        };
        for at in tied {
            if let Some(places) = places.get_mut(*at) {
                *places = Places { best: place, worst: place };
            }
        }
        before += tied.len();
    }
    places
}

/// Something is open: every unit against every other.
fn with_open_ends(mine: &Standing, group: &[&Standing], ties: Ties) -> Places {
    let others = || group.iter().filter(|other| !std::ptr::eq(**other, mine));
    let surely = others().filter(|other| other.surely_before(mine)).count();
    let perhaps = others().filter(|other| other.perhaps_before(mine)).count();
    match ties {
        Ties::Competition => Places { best: 1 + surely, worst: 1 + perhaps },
        Ties::Modified => {
            let level = others().filter(|other| other.surely_level(mine)).count();
            let surely_behind = others().filter(|other| mine.surely_before(other)).count();
            Places { best: 1 + surely + level, worst: group.len() - surely_behind }
        }
        Ties::Dense => {
            // Of those surely before, only known ones are surely different from each other.
            let before: Vec<_> = others().filter(|other| other.surely_before(mine)).copied().collect();
            let known = classes(before.iter().copied().filter(|other| other.is_known()));
            let open = others().filter(|other| other.perhaps_before(mine) && !other.is_known()).count();
            let most = classes(others().copied().filter(|other| other.perhaps_before(mine) && other.is_known())) + open;
            Places { best: 1 + known.max(usize::from(!before.is_empty())), worst: 1 + most }
        }
    }
}

fn classes<'s>(standings: impl Iterator<Item = &'s Standing>) -> usize {
    let mut different: Vec<&Standing> = Vec::new();
    for standing in standings {
        if !different.contains(&standing) {
            different.push(standing);
        }
    }
    different.len()
}

/// The last key that parted a unit from one that was equal in all keys before it; the first key breaks no tie.
fn tie_broken_by(mine: &Standing, group: &[&Standing]) -> Option<usize> {
    if mine.0.len() < 2 {
        return None;
    }
    let others = group.iter().filter(|other| !std::ptr::eq(**other, mine));
    others.filter_map(|other| mine.parted_at(other)).filter(|key| *key > 0).max()
}
