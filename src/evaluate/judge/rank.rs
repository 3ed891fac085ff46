//! Ranks inside clusters.

use std::collections::BTreeMap;

use crate::campaign::{Level, Rank, Ties};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{Number, Possible};

use super::super::measure::as_number;
use super::super::outcome::{Ranking, UnitOutcome};
use super::super::plan::{KeyPlan, KeySource, LevelPlan};
use super::field::Field;
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
        let field = Field::new(&group);
        for (at, standing) in members.iter().zip(&group) {
            let (best, worst) = places(standing, &field, policy.ties);
            // The first key breaks no tie.
            let broken_by = field.last_parting_key(standing).filter(|key| *key > 0).and_then(|key| plan.rank.get(key));
            if let Some(unit) = units.get_mut(*at) {
                unit.rank = Some(Ranking {
                    best,
                    worst,
                    tied: field.surely_level(standing) > 0,
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

/// The best and the worst place that a standing of the field may have.
fn places(mine: &Standing, field: &Field<'_>, ties: Ties) -> (usize, usize) {
    let surely = field.surely_before(mine);
    match ties {
        Ties::Competition => (1 + surely, 1 + field.perhaps_before(mine)),
        Ties::Modified => (1 + surely + field.surely_level(mine), field.len() - field.surely_behind(mine)),
        // Of those surely before, only known ones are surely different from each other.
        Ties::Dense => (1 + field.classes_before(mine).max(surely.min(1)), 1 + field.classes_perhaps_before(mine)),
    }
}
