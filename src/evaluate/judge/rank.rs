//! Ranks inside clusters.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::campaign::{Direction, Ties};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Short, Shorten};
use crate::value::{Number, Possible, Truth};

use super::super::columns::Column;
use super::super::measure::as_number;
use super::super::plan::{KeyPlan, KeySource};
use super::super::standings::{Place, Ranks};
use super::Judge;
use super::field::{Among, among_each_other};
use super::sheet::Sheet;
use super::standing::{Key, Scale, Standing};

impl<'d> Judge<'_, 'd> {
    /// The rank of every unit in its cluster, on levels that rank.
    pub(super) fn ranks(&mut self, sheet: &mut Sheet<'d>) {
        let Some(policy) = &sheet.level.rank else { return };
        for unit in sheet.units.iter().filter(|unit| sheet.level.cluster.is_some() && unit.cluster.is_none()) {
            self.faults.push(Diagnostic::new(&catalogue::UNIT_WITHOUT_CLUSTER).with("unit", unit.id));
        }
        let (entries, owners) = self.entries(sheet, sheet.plan.rank.len());
        let clusters = clusters(sheet);
        let worth = self.worth(sheet.units.len());
        let of_clusters: Vec<(usize, Placed)> = self.in_parts(worth, clusters.len(), |_, part| {
            let clusters = clusters.get(part).unwrap_or_default();
            clusters.iter().flat_map(|members| placed(members, &entries, &owners, policy.ties)).collect()
        });
        let mut by_unit: Vec<Option<Placed>> = vec![None; sheet.units.len()];
        for (at, placed) in of_clusters {
            if policy.ties == Ties::Total && placed.tied {
                let unit = sheet.units.get(at).map_or("", |unit| unit.id);
                self.faults.push(Diagnostic::new(&catalogue::TIED_IN_TOTAL_ORDER).with("unit", unit));
            }
            if let Some(place) = by_unit.get_mut(at) {
                *place = Some(placed);
            }
        }
        let names: Vec<Arc<str>> = sheet.plan.rank.iter().map(|key| key.subject.as_str().into()).collect();
        let shown = sheet.plan.shown_keys();
        let shown: Vec<&KeyPlan> = shown.into_iter().filter_map(|at| sheet.plan.rank.get(at)).collect();
        let all = &*sheet;
        let ranks = self.in_parts(worth, by_unit.len(), |judge, part| {
            let mut ranks = Ranks::by(names.clone());
            for (at, placed) in part.clone().zip(by_unit.get(part).unwrap_or_default()) {
                ranks.add(placed.map(|placed| placed.place(judge.shown_keys(&shown, all, at))));
            }
            ranks
        });
        sheet.ranks = ranks;
        let missing = entries.into_iter().enumerate().filter(|(_, entry)| !entry.misses.is_empty());
        sheet.unranked = missing.map(|(at, entry)| (at, entry.misses)).collect();
    }

    /// Who is equal in all keys before one: such units share a number. It is unknown for whoever may be equal to others
    /// or not; units that are not ranked have none.
    pub(super) fn ties(&mut self, sheet: &mut Sheet<'d>, key: usize) {
        let (entries, _) = self.entries(sheet, key);
        let clustered = sheet.level.cluster.is_some();
        let mut groups: BTreeMap<(Option<&str>, &Standing), i64> = BTreeMap::new();
        let mut ties = Vec::with_capacity(entries.len());
        for (unit, entry) in sheet.units.iter().zip(&entries) {
            let in_a_cluster = unit.cluster.is_some() || !clustered;
            let next = i64::try_from(groups.len()).unwrap_or(i64::MAX);
            ties.push(match entry.ranked {
                Truth::False => Possible::none(),
                Truth::True if entry.standing.is_known() && in_a_cluster => {
                    let group = *groups.entry((unit.cluster, &entry.standing)).or_insert(next);
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
        let columns = self.key_columns(keys, sheet);
        let entries = self.column_of(&sheet.units, |judge, unit, _| {
            let (standing, mut ranked, mut misses) = (standing(&columns, unit), Truth::True, Vec::new());
            for (name, condition) in &sheet.plan.rank_requires {
                let holds = judge.condition(condition, sheet, unit);
                ranked = ranked.and(holds);
                if holds != Truth::True {
                    misses.push((name.clone(), holds));
                }
            }
            // Whoever is perhaps not ranked may stand behind everybody, as if it were not there.
            let standing = if ranked == Truth::Unknown { standing.or_last() } else { standing };
            Entry { standing, ranked, misses }
        });
        (entries, owners(&columns))
    }

    /// What is known of some keys of every unit; and for each place in a standing the key that it belongs to.
    pub(super) fn compared(&mut self, keys: &'d [KeyPlan], sheet: &Sheet<'d>) -> (Vec<Standing>, Vec<usize>) {
        let columns = self.key_columns(keys, sheet);
        let standings = self.column_of(&sheet.units, |_, unit, _| standing(&columns, unit));
        (standings, owners(&columns))
    }

    fn key_columns(&mut self, keys: &'d [KeyPlan], sheet: &Sheet<'d>) -> Vec<KeyColumn> {
        let mut columns = Vec::with_capacity(keys.len());
        for key in keys {
            columns.push(self.key_column(key, sheet));
        }
        columns
    }

    /// A key of every unit. One that is a list becomes as many keys as the longest of them is long: its values, best
    /// first, and then nothing.
    fn key_column(&mut self, key: &'d KeyPlan, sheet: &Sheet<'d>) -> KeyColumn {
        let values: Column<Value> = self.column_of(&sheet.units, |judge, unit, _| judge.key_value(key, sheet, unit));
        let units = sheet.units.len();
        let all = || (0..units).filter_map(|unit| values.get(unit));
        let length = |value: Value| if let Value::List(Some(list)) = value { list.len() } else { 1 };
        let (width, scale) = match values.all_short() {
            Some(short) => (1, Scale::of(short.iter().filter_map(|short| Possible::restore(*short)?.value()))),
            None => (all().map(length).max().unwrap_or(1), Scale::of(all().flat_map(Value::numbers))),
        };
        let keys = self.in_parts(self.worth(units), units, |_, part| {
            let mut keys = Vec::with_capacity(part.len() * width);
            for value in part.filter_map(|unit| values.get(unit)) {
                value.add_to(&mut keys, key.direction, &scale, width);
            }
            keys
        });
        KeyColumn { keys, width }
    }

    /// The keys of a unit that a list of the units shows; what has no answer was reported when it was compared.
    fn shown_keys(&self, keys: &[&'d KeyPlan], sheet: &Sheet<'d>, unit: usize) -> Vec<Possible<Number>> {
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let value = |key: &'d KeyPlan| match &key.source {
            KeySource::Measure(at) => {
                let measured = sheet.measured.get(*at).and_then(|column| column.get(unit));
                as_number(&measured.map_or(Cell::None, |measurement| measurement.known()))
            }
            KeySource::Rule(expression) => {
                self.context.evaluate(expression, row).map_or_else(|_| Possible::unknown(), |cell| as_number(&cell))
            }
            KeySource::Score | KeySource::UnroundedScore => Possible::none(),
        };
        let rounded = |key: &'d KeyPlan| {
            let value = value(key);
            key.places.and_then(|places| value.round(places).ok()).filter(|_| !value.may_be_none()).unwrap_or(value)
        };
        keys.iter().map(|key| rounded(key)).collect()
    }

    fn key_value(&mut self, key: &'d KeyPlan, sheet: &Sheet<'d>, unit: usize) -> Value {
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let score = || sheet.scores.get(unit);
        let value = match &key.source {
            // A score that could not be computed is not a score of nothing.
            KeySource::Score => score().map_or_else(|| Possible::unknown().or_none(), |score| score.known()),
            KeySource::UnroundedScore => {
                score().map_or_else(|| Possible::unknown().or_none(), |score| score.known_unrounded())
            }
            KeySource::Measure(at) => {
                let measured = sheet.measured.get(*at).and_then(|column| column.get(unit));
                as_number(&measured.map_or(Cell::None, |measurement| measurement.known()))
            }
            KeySource::Rule(expression) => {
                let answer = self.context.evaluate(expression, row);
                match self.answered(answer, &key.subject, sheet.plan, row) {
                    Some(Cell::List(list)) => return Value::List(list.and_then(|list| list.known()).map(Arc::from)),
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
#[derive(Clone)]
enum Value {
    One(Possible<Number>),
    /// Least first; nothing where it is open.
    List(Option<Arc<[Number]>>),
}

impl Value {
    /// The numbers that it names.
    fn numbers(self) -> impl Iterator<Item = Number> + Clone {
        let (one, list) = match self {
            // Both ends of what is known are the same.
            Self::One(value) => ([value.least(), value.greatest().filter(|end| value.least() != Some(*end))], None),
            Self::List(list) => ([None, None], list),
        };
        let of_list = move |at: usize| list.as_ref().and_then(|list| list.get(at).copied());
        one.into_iter().flatten().chain((0..).map_while(of_list))
    }

    fn add_to(&self, keys: &mut Vec<Key>, direction: Direction, scale: &Scale, width: usize) {
        let key = |value: &Possible<Number>| Key::new(value, direction, scale);
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

impl Shorten for Value {
    fn shorten(&self) -> Option<Short> {
        if let Self::One(value) = self { value.shorten() } else { None }
    }

    fn restore(short: Short) -> Option<Self> {
        Possible::restore(short).map(Self::One)
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

/// What is known of all keys of a unit.
fn standing(columns: &[KeyColumn], unit: usize) -> Standing {
    columns.iter().flat_map(|column| column.of(unit)).copied().collect()
}

/// For each place in a standing the key that it belongs to.
fn owners(columns: &[KeyColumn]) -> Vec<usize> {
    columns.iter().enumerate().flat_map(|(at, column)| std::iter::repeat_n(at, column.width)).collect()
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

/// The units of each cluster, in the order of their names; a unit whose cluster nobody knows is in none.
fn clusters(sheet: &Sheet<'_>) -> Vec<Vec<usize>> {
    let clustered = sheet.level.cluster.is_some();
    let mut clusters: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for (at, unit) in sheet.units.iter().enumerate() {
        if unit.cluster.is_some() || !clustered {
            clusters.entry(unit.cluster).or_default().push(at);
        }
    }
    let mut clusters: Vec<_> = clusters.into_iter().collect();
    clusters.sort_unstable_by_key(|(name, _)| *name);
    clusters.into_iter().map(|(_, members)| members).collect()
}

/// The place of a unit, without names.
#[derive(Clone, Copy)]
struct Placed {
    best: usize,
    worst: usize,
    /// Twice the mean of the places that it shares, where that is asked for and known.
    twice_the_mean: Option<u64>,
    tied: bool,
    /// The key that broke a tie.
    broken_by: Option<usize>,
}

impl Placed {
    /// The same with the keys that are shown beside it.
    fn place(self, shown: Vec<Possible<Number>>) -> Place {
        Place {
            ends: (self.best, self.worst),
            mean: self.twice_the_mean.and_then(|twice| Number::count(twice).over(Number::whole(2)).ok()),
            tied: self.tied,
            // No ranking has so many keys that one would not fit.
            broken_by: self.broken_by.and_then(|key| u16::try_from(key).ok()),
            shown,
        }
    }
}

/// The places of the units of a cluster; whoever is not ranked has none.
fn placed(members: &[usize], entries: &[Entry], owners: &[usize], ties: Ties) -> Vec<(usize, Placed)> {
    let members: Vec<usize> = members.iter().copied().filter(|at| may_be_ranked(entries, *at)).collect();
    let group: Vec<&Standing> = members.iter().filter_map(|at| Some(&entries.get(*at)?.standing)).collect();
    let place = |(at, among): (usize, Among)| {
        let (best, worst) = places(&among, ties);
        // The first key breaks no tie.
        let broken_by = among.parted.and_then(|at| owners.get(at).copied()).filter(|key| *key > 0);
        let twice_the_mean = twice_the_mean(&among, ties);
        (at, Placed { best, worst, twice_the_mean, tied: among.level > 0, broken_by })
    };
    members.iter().copied().zip(among_each_other(&group)).map(place).collect()
}

/// The best and the worst place of one that stands so among others.
fn places(among: &Among, ties: Ties) -> (usize, usize) {
    let surely = among.before;
    let first_and_last = (1 + surely, among.of - among.behind);
    match ties {
        Ties::Competition => (1 + surely, 1 + among.perhaps_before),
        Ties::Modified => (1 + surely + among.level, among.of - among.behind),
        // Of those surely before, only known ones are surely different from each other.
        Ties::Dense => (1 + among.classes_before.max(surely.min(1)), 1 + among.classes_perhaps_before),
        Ties::Fractional if is_parted(among) => (1 + surely, 1 + surely),
        Ties::Fractional | Ties::Total => first_and_last,
    }
}

/// Twice the mean of the places that it shares with its equals, where that is asked for and known.
fn twice_the_mean(among: &Among, ties: Ties) -> Option<u64> {
    let known = ties == Ties::Fractional && among.level > 0 && is_parted(among);
    u64::try_from(2 * (1 + among.before) + among.level).ok().filter(|_| known)
}

/// Whether everybody else surely stands before, behind or beside it.
fn is_parted(among: &Among) -> bool {
    1 + among.before + among.level == among.of - among.behind
}
