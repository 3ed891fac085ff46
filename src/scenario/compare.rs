//! Who gains and who loses, and which change caused it.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{AwardVerdict, Outcome};
use crate::schema::Title;
use crate::value::Number;

use super::base::{Base, World};
use super::difference::{Indexed, Item, Moved, Said, items};
use super::read::Scenario;
use super::work::on_all;

/// Exact shares need an evaluation for every choice of changes: these are 256.
pub const MOST_SHARED: usize = 8;

/// Two outcomes and all that differs between them.
#[derive(Debug)]
pub struct Compared {
    /// The outcome as it is.
    pub before: Outcome,
    /// The outcome as it would be.
    pub after: Outcome,
    /// The scenarios, in the order in which they are stacked.
    pub scenarios: Vec<Asked>,
    /// The changes, in the order in which they are made.
    pub changes: Vec<String>,
    /// One for each level of either outcome.
    pub levels: Vec<LevelCompared>,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

impl Compared {
    /// Two outcomes side by side: the same data under the rules of two campaigns. Units are matched by their ids.
    #[must_use]
    pub fn of_two(before: Outcome, after: Outcome, name: &str) -> Self {
        let asked = Asked { id: name.to_owned(), title: after.title.clone(), about: None };
        Self {
            levels: differences(&before, &after),
            warnings: after.warnings.clone(),
            scenarios: vec![asked],
            changes: vec![format!("rules of {name}")],
            before,
            after,
        }
    }
}

/// What a scenario says of itself.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// What it asks.
    pub about: Option<String>,
}

/// What differs on a level.
#[derive(Clone, Debug)]
pub struct LevelCompared {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// Its units, in the order of the outcome as it is; those that are new come last.
    pub units: Vec<UnitCompared>,
    /// Its clusters as they are today, and the whole level at the end; counted from the units.
    pub groups: Vec<Group>,
}

/// What differs of a unit.
#[derive(Clone, Debug)]
pub struct UnitCompared {
    /// The id.
    pub id: String,
    /// The name that people use.
    pub name: Option<String>,
    /// Its cluster as it is today.
    pub cluster: Option<String>,
    /// Whether it gains or loses.
    pub fate: Fate,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Whether a unit gains or loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Something is better for it and nothing worse.
    Gains,
    /// Something is worse for it and nothing better.
    Loses,
    /// Some things are better and some are worse.
    Mixed,
    /// Something differs that is neither.
    Differs,
    /// Nothing differs.
    Same,
}

/// One thing that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What.
    pub item: Item,
    /// What is said today.
    pub before: Said,
    /// What would be said.
    pub after: Said,
    /// Whether that is good for the unit.
    pub moved: Moved,
    /// What each change does to it, in the order of the changes; empty where that is not told.
    pub causes: Vec<Cause>,
}

/// What one change does to one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What is said with this change alone.
    pub alone: Said,
    /// What is said after this change and all before it.
    pub stacked: Said,
    /// Its part in the difference; the parts of all changes add up to 1. Nothing where there are too many changes.
    pub share: Option<Number>,
}

/// Units that are counted together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The cluster; nothing for the whole level.
    pub cluster: Option<String>,
    /// How many units have each fate, in the order of [`Fate`].
    pub fates: [usize; 5],
    /// For each award, by id: how many have it today, and how many would.
    pub awards: Vec<(String, usize, usize)>,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Gains, Self::Loses, Self::Mixed, Self::Differs, Self::Same];

    /// The word in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::Loses => "loses",
            Self::Mixed => "mixed",
            Self::Differs => "differs",
            Self::Same => "same",
        }
    }

    fn of(differences: &[Difference]) -> Self {
        let any = |moved| differences.iter().any(|difference| difference.moved == moved);
        match (any(Moved::Better), any(Moved::Worse)) {
            (true, true) => Self::Mixed,
            (true, false) => Self::Gains,
            (false, true) => Self::Loses,
            (false, false) if differences.is_empty() => Self::Same,
            (false, false) => Self::Differs,
        }
    }
}

/// What differs between two outcomes: last year's and this year's, or the same data under other rules.
#[must_use]
pub fn differences(before: &Outcome, after: &Outcome) -> Vec<LevelCompared> {
    let (old, new) = (Indexed::new(before), Indexed::new(after));
    let gone = before.levels.iter().map(|level| level.id.as_str());
    let come = after.levels.iter().map(|level| level.id.as_str()).filter(|id| old.level(id).is_none());
    gone.chain(come).map(|id| level(id, &old, &new)).collect()
}

fn level(id: &str, old: &Indexed<'_>, new: &Indexed<'_>) -> LevelCompared {
    let (before, after) = (old.level(id), new.level(id));
    let items = items(before, after);
    let here = before.into_iter().flat_map(|level| &level.units);
    let come = after.into_iter().flat_map(|level| &level.units).filter(|unit| old.unit(id, unit.id).is_none());
    let unit = |unit: crate::evaluate::UnitOutcome<'_>| {
        let difference = |item: &Item| {
            let (before, after) = (old.said(id, unit.id, item), new.said(id, unit.id, item));
            let moved = after.moved_from(&before);
            (before != after).then(|| Difference { item: item.clone(), before, after, moved, causes: Vec::new() })
        };
        let differences: Vec<_> = items.iter().filter_map(difference).collect();
        UnitCompared {
            id: unit.id.to_owned(),
            name: unit.name.map(str::to_owned),
            cluster: unit.cluster.map(str::to_owned),
            fate: Fate::of(&differences),
            differences,
        }
    };
    let units: Vec<_> = here.chain(come).map(unit).collect();
    let title = before.or(after).map(|level| level.title.clone()).unwrap_or_default();
    LevelCompared { groups: groups(id, &units, &items, old, new), id: id.to_owned(), title, units }
}

/// The clusters, and all units.
fn groups(level: &str, units: &[UnitCompared], items: &[Item], old: &Indexed<'_>, new: &Indexed<'_>) -> Vec<Group> {
    let mut clusters: Vec<Option<&str>> = units.iter().map(|unit| unit.cluster.as_deref()).collect();
    clusters.sort_unstable_by_key(|cluster| (cluster.is_none(), *cluster));
    clusters.dedup();
    clusters.retain(Option::is_some);
    let awards: Vec<&String> =
        items.iter().filter_map(|item| if let Item::Award(id) = item { Some(id) } else { None }).collect();
    let group = |cluster: Option<&str>| {
        let members: Vec<&UnitCompared> =
            units.iter().filter(|unit| cluster.is_none() || unit.cluster.as_deref() == cluster).collect();
        let has = |outcome: &Indexed<'_>, id: &String| {
            let granted = Said::Award(AwardVerdict::Granted);
            members.iter().filter(|unit| outcome.said(level, &unit.id, &Item::Award(id.clone())) == granted).count()
        };
        Group {
            cluster: cluster.map(str::to_owned),
            fates: Fate::ALL.map(|fate| members.iter().filter(|unit| unit.fate == fate).count()),
            awards: awards.iter().map(|id| ((*id).clone(), has(old, id), has(new, id))).collect(),
        }
    };
    clusters.into_iter().chain([None]).map(group).collect()
}

/// Compares a campaign with itself under scenarios, which are stacked in their order.
///
/// # Errors
/// All that the scenarios name and that does not exist, and all that keeps the changed campaign from being evaluated.
pub fn compare(base: &Base, scenarios: &[Scenario]) -> Result<Compared, Vec<Diagnostic>> {
    let (world, mut warnings) = stacked(base, scenarios)?;
    let ran = base.run(&world)?;
    warnings.extend(ran.faults);
    let mut levels = differences(&base.outcome, &ran.outcome);
    let changes: Vec<&super::Change> = scenarios.iter().flat_map(|scenario| &scenario.changes).collect();
    if changes.len() > 1 && levels.iter().flat_map(|level| &level.units).any(|unit| !unit.differences.is_empty()) {
        warnings.extend(attribute(base, &changes, &mut levels));
    }
    let asked = |scenario: &Scenario| Asked {
        id: scenario.id.clone(),
        title: scenario.title.clone(),
        about: scenario.about.clone(),
    };
    Ok(Compared {
        before: base.outcome.clone(),
        after: ran.outcome,
        scenarios: scenarios.iter().map(asked).collect(),
        changes: changes.iter().map(|change| change.label.clone()).collect(),
        levels,
        warnings: unique(warnings),
    })
}

/// The world after all scenarios; a scenario that changes no input is warned of.
///
/// # Errors
/// As [`compare`].
pub fn stacked(base: &Base, scenarios: &[Scenario]) -> Result<(World, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut world = base.world.clone();
    let mut faults = Vec::new();
    let mut last = (world.clone(), base.data.clone(), base.as_of);
    for scenario in scenarios {
        for change in &scenario.changes {
            change.apply(&mut world, &mut faults);
        }
        if faults.iter().any(Diagnostic::is_error) {
            continue;
        }
        let ready = base.ready(&world, &mut faults).map_err(|mut found| {
            found.append(&mut faults);
            found
        })?;
        let rules = scenario.changes.iter().any(|change| matches!(change.kind, super::Kind::Rules(_)));
        let same = world.document.same_content(&last.0.document)
            && ready.as_of == last.2
            && ready.data.tables.iter().eq(&last.1.tables);
        if same && !rules {
            faults.push(Diagnostic::new(&catalogue::SCENARIO_CHANGES_NOTHING).with("scenario", &scenario.id));
        }
        last = (world.clone(), ready.data, ready.as_of);
    }
    if faults.iter().any(Diagnostic::is_error) { Err(faults) } else { Ok((world, unique(faults))) }
}

/// What is told for each scenario of a stack is told once.
fn unique(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        if !seen.contains(&fault) {
            seen.push(fault);
        }
    }
    seen
}

/// Says of every difference what each change does to it. Returns a warning where the changes cannot be parted.
fn attribute(base: &Base, changes: &[&super::Change], levels: &mut [LevelCompared]) -> Option<Diagnostic> {
    let shared = changes.len() <= MOST_SHARED;
    let choices: Vec<Vec<usize>> = if shared {
        (0_usize..1 << changes.len())
            .map(|mask| (0..changes.len()).filter(|at| mask >> at & 1 == 1).collect())
            .collect()
    } else {
        let alone = (0..changes.len()).map(|at| vec![at]);
        alone.chain((0..changes.len()).map(|last| (0..=last).collect())).collect()
    };
    let wanted: Vec<(String, String, Item)> = levels
        .iter()
        .flat_map(|level| level.units.iter().map(move |unit| (level, unit)))
        .flat_map(|(level, unit)| {
            unit.differences.iter().map(|difference| (level.id.clone(), unit.id.clone(), difference.item.clone()))
        })
        .collect();
    let said = on_all(base.threads, &choices, |choice| {
        let mut world = base.world.clone();
        let mut faults = Vec::new();
        for change in choice.iter().filter_map(|at| changes.get(*at)) {
            change.apply(&mut world, &mut faults);
        }
        let ran = if faults.iter().any(Diagnostic::is_error) { None } else { base.run(&world).ok() }?;
        let outcome = Indexed::new(&ran.outcome);
        Some(wanted.iter().map(|(level, unit, item)| outcome.said(level, unit, item)).collect::<Vec<_>>())
    });
    let unsound = choices.iter().zip(&said).find(|(_, said)| said.is_none());
    if let Some((choice, _)) = unsound {
        let names: Vec<&str> = choice.iter().filter_map(|at| Some(changes.get(*at)?.label.as_str())).collect();
        return Some(Diagnostic::new(&catalogue::CHANGES_HOLD_TOGETHER).with("changes", names.join("; ")));
    }
    let said: Vec<Vec<Said>> = said.into_iter().flatten().collect();
    let differences = levels.iter_mut().flat_map(|level| &mut level.units).flat_map(|unit| &mut unit.differences);
    for (at, difference) in differences.enumerate() {
        let of: Vec<&Said> = said.iter().filter_map(|choice| choice.get(at)).collect();
        difference.causes =
            (0..changes.len()).filter_map(|change| cause(change, changes.len(), &of, difference, shared)).collect();
    }
    None
}

/// What one change does to one difference; `said` is by choice of changes.
fn cause(change: usize, of: usize, said: &[&Said], difference: &Difference, shared: bool) -> Option<Cause> {
    if !shared {
        let (alone, stacked) = (said.get(change)?, said.get(of + change)?);
        return Some(Cause { alone: (*alone).clone(), stacked: (*stacked).clone(), share: None });
    }
    let (alone, stacked) = (said.get(1 << change)?, said.get((1 << (change + 1)) - 1)?);
    let worth: Vec<Number> = worth(said, difference);
    Some(Cause { alone: (*alone).clone(), stacked: (*stacked).clone(), share: shapley(change, of, &worth) })
}

/// What a choice of changes is worth: how far it brings the thing from what is said today, 0, to what would be said,
/// 1. A score and a rank that are one number move by parts; everything else is there or not.
fn worth(said: &[&Said], difference: &Difference) -> Vec<Number> {
    let number = |said: &Said| match said {
        Said::Between(Some(a), Some(b)) if a == b => Some(*a),
        Said::Places(a, b, _) if a == b => Some(Number::count(*a as u64)),
        _ => None,
    };
    let way = number(&difference.before).zip(number(&difference.after)).filter(|(from, to)| from != to);
    let by_parts = way.and_then(|(from, to)| {
        let part = |said: &&Said| number(said)?.minus(from).ok()?.over(to.minus(from).ok()?).ok();
        said.iter().map(part).collect::<Option<Vec<_>>>()
    });
    by_parts.unwrap_or_else(|| {
        said.iter().map(|said| if **said == difference.after { Number::ONE } else { Number::ZERO }).collect()
    })
}

/// The share of one change: what it adds to the worth of the changes before it, on average over all orders.
///
/// L. S. Shapley, “A value for n-person games” (1953). `worth` is by choice of changes, as bits.
fn shapley(change: usize, of: usize, worth: &[Number]) -> Option<Number> {
    let factorial = |n: usize| (1..=n as u64).product::<u64>();
    let all = Number::count(factorial(of));
    let mut share = Number::ZERO;
    for before in (0..1_usize << of).filter(|choice| choice >> change & 1 == 0) {
        let size = before.count_ones() as usize;
        let orders = Number::count(factorial(size) * factorial(of - size - 1));
        let added = worth.get(before | 1 << change)?.minus(*worth.get(before)?).ok()?;
        share = share.plus(added.times(orders).ok()?.over(all).ok()?).ok()?;
    }
    Some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[i64]) -> Vec<Number> {
        values.iter().map(|value| Number::whole(*value)).collect()
    }

    #[test]
    fn shares_are_those_of_the_glove_game() {
        // One left glove and two right ones: a pair is worth 1.
        let worth = numbers(&[0, 0, 0, 1, 0, 1, 0, 1]);
        let shares: Vec<_> = (0..3).map(|change| shapley(change, 3, &worth).unwrap()).collect();
        assert_eq!(shares, [Number::ratio(2, 3), Number::ratio(1, 6), Number::ratio(1, 6)].map(Option::unwrap));
    }

    #[test]
    fn a_change_that_does_nothing_has_no_share() {
        let worth = numbers(&[0, 5, 0, 5]);
        assert_eq!(shapley(0, 2, &worth), Some(Number::whole(5)));
        assert_eq!(shapley(1, 2, &worth), Some(Number::ZERO));
    }
}
