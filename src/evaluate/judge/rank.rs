//! Ranks inside clusters.

use std::collections::BTreeMap;

use crate::campaign::Ties;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{Number, Possible};

use super::super::measure::as_number;
use super::super::outcome::Ranking;
use super::super::plan::{KeyPlan, KeySource};
use super::Judge;
use super::field::Field;
use super::sheet::{Measurement, Sheet};
use super::standing::{Key, Standing};

impl<'d> Judge<'_, 'd> {
    /// The rank of every unit in its cluster, on levels that rank.
    pub(super) fn ranks(&mut self, sheet: &mut Sheet<'d>) {
        let Some(policy) = &sheet.level.rank else { return };
        let standings = self.standings(&sheet.plan.rank, sheet);
        let mut ranks: Vec<Option<Ranking>> = sheet.units.iter().map(|_| None).collect();
        for members in self.clusters(sheet).into_values() {
            let group: Vec<&Standing> = members.iter().filter_map(|at| standings.get(*at)).collect();
            let field = Field::new(&group);
            for (at, standing) in members.iter().zip(&group) {
                if let Some(rank) = ranks.get_mut(*at) {
                    *rank = Some(ranking(standing, &field, policy.ties, &sheet.plan.rank));
                }
            }
        }
        sheet.ranks = ranks;
    }

    /// The units of each cluster; a unit whose cluster nobody knows is in none.
    fn clusters(&mut self, sheet: &Sheet<'d>) -> BTreeMap<String, Vec<usize>> {
        let clustered = sheet.level.cluster.is_some();
        let mut clusters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, unit) in sheet.units.iter().enumerate() {
            match (&unit.cluster, clustered) {
                (Some(cluster), true) => clusters.entry(cluster.clone()).or_default().push(at),
                (None, true) => {
                    self.faults.push(Diagnostic::new(&catalogue::UNIT_WITHOUT_CLUSTER).with("unit", &unit.id));
                }
                (_, false) => clusters.entry(String::new()).or_default().push(at),
            }
        }
        clusters
    }

    /// What is known of some keys of every unit.
    pub(super) fn standings(&mut self, keys: &'d [KeyPlan], sheet: &Sheet<'d>) -> Vec<Standing> {
        let mut standings = Vec::with_capacity(sheet.units.len());
        for unit in 0..sheet.units.len() {
            let key = |key: &'d KeyPlan| Key::new(&self.key_value(key, sheet, unit), key.direction);
            standings.push(Standing(keys.iter().map(key).collect()));
        }
        standings
    }

    fn key_value(&mut self, key: &'d KeyPlan, sheet: &Sheet<'d>, unit: usize) -> Possible<Number> {
        let cell = match &key.source {
            // A score that could not be computed is not a score of nothing.
            KeySource::Score => {
                let score = sheet.scores.get(unit).copied().flatten();
                return score.map_or_else(|| Possible::unknown().or_none(), |score| score.known());
            }
            KeySource::Measure(at) => {
                let measured = sheet.measured.get(*at).and_then(|column| column.get(unit));
                measured.map_or(Cell::None, Measurement::known)
            }
            KeySource::Rule(expression) => {
                let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
                let answer = self.context.evaluate(expression, row);
                self.answered(answer, &key.subject, sheet.plan, row).unwrap_or(Cell::Number(Possible::unknown()))
            }
        };
        as_number(&cell)
    }
}

fn ranking(standing: &Standing, field: &Field<'_>, ties: Ties, keys: &[KeyPlan]) -> Ranking {
    let (best, worst) = places(standing, field, ties);
    // The first key breaks no tie.
    let broken_by = field.last_parting_key(standing).filter(|key| *key > 0).and_then(|key| keys.get(key));
    Ranking {
        best,
        worst,
        tied: field.surely_level(standing) > 0,
        tie_broken_by: broken_by.map(|key| key.subject.clone()),
        otherwise: Vec::new(),
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
