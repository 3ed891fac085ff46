//! Ranks inside clusters.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::{Direction, Ties};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{Number, Possible, Truth};

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
        for unit in sheet.units.iter().filter(|unit| sheet.level.cluster.is_some() && unit.cluster.is_none()) {
            self.faults.push(Diagnostic::new(&catalogue::UNIT_WITHOUT_CLUSTER).with("unit", &unit.id));
        }
        let (entries, owners) = self.entries(sheet, sheet.plan.rank.len());
        let mut ranks: Vec<Option<Ranking>> = sheet.units.iter().map(|_| None).collect();
        for members in clusters(sheet).into_values() {
            let members: Vec<usize> = members.into_iter().filter(|at| may_be_ranked(&entries, *at)).collect();
            let group: Vec<&Standing> = members.iter().filter_map(|at| Some(&entries.get(*at)?.standing)).collect();
            let field = Field::new(&group);
            for (at, standing) in members.iter().zip(&group) {
                // The first key breaks no tie.
                let key = |at: usize| sheet.plan.rank.get(owners.get(at).copied().filter(|key| *key > 0)?);
                let rank = ranking(standing, &field, policy.ties, key);
                if policy.ties == Ties::Total && rank.tied {
                    let unit = sheet.units.get(*at).map_or("", |unit| unit.id.as_str());
                    self.faults.push(Diagnostic::new(&catalogue::TIED_IN_TOTAL_ORDER).with("unit", unit));
                }
                if let Some(place) = ranks.get_mut(*at) {
                    *place = Some(rank);
                }
            }
        }
        sheet.unranked = entries.into_iter().map(|entry| entry.misses).collect();
        sheet.ranks = ranks;
    }

    /// Who is equal in all keys before one: such units share a number. It is unknown for whoever may be equal to others
    /// or not; units that are not ranked have none.
    pub(super) fn ties(&mut self, sheet: &mut Sheet<'d>, key: usize) {
        let (entries, _) = self.entries(sheet, key);
        let clustered = sheet.level.cluster.is_some();
        let mut groups: BTreeMap<(&Option<String>, &Standing), i64> = BTreeMap::new();
        let mut ties = Vec::with_capacity(entries.len());
        for (unit, entry) in sheet.units.iter().zip(&entries) {
            let in_a_cluster = unit.cluster.is_some() || !clustered;
            let next = i64::try_from(groups.len()).unwrap_or(i64::MAX);
            ties.push(match entry.ranked {
                Truth::False => Possible::none(),
                Truth::True if entry.standing.is_known() && in_a_cluster => {
                    let group = *groups.entry((&unit.cluster, &entry.standing)).or_insert(next);
                    Possible::known(Number::whole(group))
                }
                _ => Possible::unknown().or_none(),
            });
        }
        sheet.ties.insert(key, ties);
    }

    /// What is known of the first keys of every unit, and whether it is ranked at all; and for each place in a standing
    /// the key that it belongs to.
    fn entries(&mut self, sheet: &Sheet<'d>, keys: usize) -> (Vec<Entry>, Vec<usize>) {
        let keys = sheet.plan.rank.get(..keys).unwrap_or(&sheet.plan.rank);
        let (standings, owners) = self.compared(keys, sheet);
        let mut entries = Vec::with_capacity(standings.len());
        for (unit, standing) in standings.into_iter().enumerate() {
            let (mut ranked, mut misses) = (Truth::True, Vec::new());
            for (name, condition) in &sheet.plan.rank_requires {
                let holds = self.condition(condition, sheet, unit);
                ranked = ranked.and(holds);
                if holds != Truth::True {
                    misses.push((name.clone(), holds));
                }
            }
            // Whoever is perhaps not ranked may stand behind everybody, as if it were not there.
            let standing = if ranked == Truth::Unknown { standing.or_last() } else { standing };
            entries.push(Entry { standing, ranked, misses });
        }
        (entries, owners)
    }

    /// What is known of some keys of every unit.
    /// The same, and for each place in a standing the key that it belongs to.
    pub(super) fn compared(&mut self, keys: &'d [KeyPlan], sheet: &Sheet<'d>) -> (Vec<Standing>, Vec<usize>) {
        let mut columns = Vec::with_capacity(keys.len());
        for key in keys {
            columns.push(self.key_column(key, sheet));
        }
        let standing = |unit: usize| Standing(columns.iter().flat_map(|column| column.of(unit)).copied().collect());
        let owners = columns.iter().enumerate().flat_map(|(at, column)| std::iter::repeat_n(at, column.width));
        ((0..sheet.units.len()).map(standing).collect(), owners.collect())
    }

    /// A key of every unit. One that is a list becomes as many keys as the longest of them is long: its values, best
    /// first, and then nothing.
    fn key_column(&mut self, key: &'d KeyPlan, sheet: &Sheet<'d>) -> KeyColumn {
        let mut values = Vec::with_capacity(sheet.units.len());
        for unit in 0..sheet.units.len() {
            values.push(self.key_value(key, sheet, unit));
        }
        let length = |value: &Value| if let Value::List(Some(list)) = value { list.len() } else { 1 };
        let width = values.iter().map(length).max().unwrap_or(1);
        let mut keys = Vec::with_capacity(values.len() * width);
        for value in &values {
            value.add_to(&mut keys, key.direction, width);
        }
        KeyColumn { keys, width }
    }

    fn key_value(&mut self, key: &'d KeyPlan, sheet: &Sheet<'d>, unit: usize) -> Value {
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let score = || sheet.scores.get(unit).copied().flatten();
        let value = match &key.source {
            // A score that could not be computed is not a score of nothing.
            KeySource::Score => score().map_or_else(|| Possible::unknown().or_none(), |score| score.known()),
            KeySource::UnroundedScore => {
                score().map_or_else(|| Possible::unknown().or_none(), |score| score.known_unrounded())
            }
            KeySource::Measure(at) => {
                let measured = sheet.measured.get(*at).and_then(|column| column.get(unit));
                as_number(&measured.map_or(Cell::None, Measurement::known))
            }
            KeySource::Rule(expression) => {
                let answer = self.context.evaluate(expression, row);
                match self.answered(answer, &key.subject, sheet.plan, row) {
                    Some(Cell::List(list)) => return Value::List(list),
                    Some(cell) => as_number(&cell),
                    None => Possible::unknown(),
                }
            }
        };
        let rounded = key.places.map_or(Ok(value), |places| value.round(places));
        Value::One(
            self.answered(rounded.map_err(Into::into), &key.subject, sheet.plan, row).unwrap_or_else(Possible::unknown),
        )
    }
}

/// What is known of a key of a unit.
enum Value {
    One(Possible<Number>),
    /// Least first; nothing where it is open.
    List(Option<Arc<[Number]>>),
}

impl Value {
    fn add_to(&self, keys: &mut Vec<Key>, direction: Direction, width: usize) {
        let key = |value: &Possible<Number>| Key::new(value, direction);
        let full = keys.len() + width;
        match self {
            Self::One(value) => keys.push(key(value)),
            Self::List(None) => keys.resize(full, key(&Possible::unknown().or_none())),
            Self::List(Some(list)) => {
                let known = list.iter().map(|number| key(&Possible::known(*number)));
                match direction {
                    Direction::Ascending => keys.extend(known),
                    Direction::Descending => keys.extend(known.rev()),
                }
                keys.resize(full, key(&Possible::none()));
            }
        }
    }
}

/// One key of all units, each with so many places.
struct KeyColumn {
    keys: Vec<Key>,
    width: usize,
}

impl KeyColumn {
    fn of(&self, unit: usize) -> &[Key] {
        self.keys.get(unit * self.width..(unit + 1) * self.width).unwrap_or_default()
    }
}

/// What a unit brings to the ranking.
struct Entry {
    standing: Standing,
    ranked: Truth,
    /// What must hold and does not, or perhaps does not.
    misses: Vec<(String, Truth)>,
}

fn may_be_ranked(entries: &[Entry], at: usize) -> bool {
    entries.get(at).is_some_and(|entry| entry.ranked.can_be_true())
}

/// The units of each cluster; a unit whose cluster nobody knows is in none.
fn clusters(sheet: &Sheet<'_>) -> BTreeMap<Option<String>, Vec<usize>> {
    let clustered = sheet.level.cluster.is_some();
    let mut clusters: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (at, unit) in sheet.units.iter().enumerate() {
        if unit.cluster.is_some() || !clustered {
            clusters.entry(unit.cluster.clone()).or_default().push(at);
        }
    }
    clusters
}

fn ranking<'p>(
    standing: &Standing,
    field: &Field<'_>,
    ties: Ties,
    key: impl Fn(usize) -> Option<&'p KeyPlan>,
) -> Ranking {
    let (best, worst) = places(standing, field, ties);
    let broken_by = field.last_parting_key(standing).and_then(key);
    Ranking {
        best,
        worst,
        mean: mean(standing, field, ties),
        tied: field.surely_level(standing) > 0,
        tie_broken_by: broken_by.map(|key| key.subject.clone()),
        provisional: false,
        otherwise: Vec::new(),
    }
}

/// The best and the worst place that a standing of the field may have.
fn places(mine: &Standing, field: &Field<'_>, ties: Ties) -> (usize, usize) {
    let surely = field.surely_before(mine);
    let first_and_last = (1 + surely, field.len() - field.surely_behind(mine));
    match ties {
        Ties::Competition => (1 + surely, 1 + field.perhaps_before(mine)),
        Ties::Modified => (1 + surely + field.surely_level(mine), field.len() - field.surely_behind(mine)),
        // Of those surely before, only known ones are surely different from each other.
        Ties::Dense => (1 + field.classes_before(mine).max(surely.min(1)), 1 + field.classes_perhaps_before(mine)),
        Ties::Fractional if is_parted(mine, field) => (1 + surely, 1 + surely),
        Ties::Fractional | Ties::Total => first_and_last,
    }
}

/// The mean of the places that a standing shares with its equals, where that is asked for and known.
fn mean(mine: &Standing, field: &Field<'_>, ties: Ties) -> Option<Number> {
    let (first, equals) = (1 + field.surely_before(mine), field.surely_level(mine));
    let known = ties == Ties::Fractional && equals > 0 && is_parted(mine, field);
    let twice = Number::count(u64::try_from(2 * first + equals).ok()?);
    twice.over(Number::whole(2)).ok().filter(|_| known)
}

/// Whether everybody else surely stands before, behind or beside a standing.
fn is_parted(mine: &Standing, field: &Field<'_>) -> bool {
    1 + field.surely_before(mine) + field.surely_level(mine) == field.len() - field.surely_behind(mine)
}
