//! What two outcomes say differently of a unit.

use std::collections::BTreeMap;

use crate::evaluate::{AwardVerdict, LevelOutcome, Line, Outcome, UnitOutcome, Verdict};
use crate::schema::Title;
use crate::value::Number;

/// Something that an outcome says of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Whether it is a unit of the level at all.
    Unit,
    /// The verdict on a criterion.
    Verdict(String),
    /// The points of a criterion.
    Points(String),
    /// The score.
    Score,
    /// The grade.
    Grade,
    /// The rank in the cluster.
    Rank,
    /// The decision on an award.
    Award(String),
}

/// What is said.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Nothing: there is no such unit, criterion or award, or nothing is at stake.
    Nothing,
    /// It is a unit.
    Unit,
    /// A verdict.
    Verdict(Verdict),
    /// The least and the greatest that points or a score can be.
    Between(Option<Number>, Option<Number>),
    /// A grade, if it is decided.
    Grade(Option<String>, Title),
    /// The best and the worst place, and whether it is shared.
    Places(usize, usize, bool),
    /// The decision on an award.
    Award(AwardVerdict),
}

/// Whether a difference is good for the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is.
    Better,
    /// It is not.
    Worse,
    /// Neither, or nobody can say.
    Otherwise,
}

impl Said {
    /// What an outcome says of a unit.
    #[must_use]
    pub fn of(item: &Item, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Self {
        let criterion = |id: &str| {
            let at = level.criteria.iter().position(|head| head.id == id)?;
            unit.criteria.get(at)
        };
        let said = match item {
            Item::Unit => Some(Self::Unit),
            Item::Verdict(id) => criterion(id).map(|judgement| Self::Verdict(judgement.verdict)),
            Item::Points(id) => criterion(id)
                .and_then(|judgement| judgement.points)
                .map(|points| Self::Between(Some(points.least), Some(points.greatest))),
            Item::Score => unit.score.map(|score| Self::Between(score.least, score.greatest)),
            Item::Grade => unit.grade.map(|grade| Self::Grade(grade.id.clone(), grade.title.clone())),
            Item::Rank => unit.rank.as_ref().map(|rank| Self::Places(rank.best, rank.worst, rank.tied)),
            Item::Award(id) => {
                let at = level.awards.iter().position(|head| head.id == *id);
                at.and_then(|at| unit.awards.get(at)).map(|award| Self::Award(award.verdict))
            }
        };
        said.unwrap_or(Self::Nothing)
    }

    /// The same of what is decided in brief, by the heads of its level; points are not in it.
    #[must_use]
    pub(super) fn in_brief(item: &Item, level: &LevelOutcome, line: &Line) -> Self {
        let said = match item {
            Item::Unit => Some(Self::Unit),
            Item::Verdict(id) => {
                let at = level.criteria.iter().position(|head| head.id == *id);
                at.and_then(|at| line.verdicts.get(at)).map(|verdict| Self::Verdict(*verdict))
            }
            Item::Points(_) => None,
            Item::Score => line.score.map(|score| Self::Between(score.least, score.greatest)),
            Item::Grade => line.grade.as_ref().map(|grade| Self::Grade(grade.id.clone(), grade.title.clone())),
            Item::Rank => line.rank.map(|(best, worst, tied)| Self::Places(best, worst, tied)),
            Item::Award(id) => {
                let at = level.awards.iter().position(|head| head.id == *id);
                at.and_then(|at| line.awards.get(at).copied().flatten()).map(Self::Award)
            }
        };
        said.unwrap_or(Self::Nothing)
    }

    /// Whether this is better for the unit than what was said before.
    #[must_use]
    pub fn moved_from(&self, before: &Self) -> Moved {
        let by = |better: Option<std::cmp::Ordering>| match better {
            Some(std::cmp::Ordering::Greater) => Moved::Better,
            Some(std::cmp::Ordering::Less) => Moved::Worse,
            _ => Moved::Otherwise,
        };
        match (before, self) {
            (Self::Verdict(old), Self::Verdict(new)) => by(step(*old).zip(step(*new)).map(|(old, new)| new.cmp(&old))),
            (Self::Award(old), Self::Award(new)) => by(Some(nearness(*new).cmp(&nearness(*old)))),
            (Self::Nothing, Self::Award(new)) => by(Some(nearness(*new).cmp(&0))),
            (Self::Award(old), Self::Nothing) => by(Some(0.cmp(&nearness(*old)))),
            (Self::Places(best, worst, _), Self::Places(new_best, new_worst, _)) => {
                by(both(best.cmp(new_best), worst.cmp(new_worst)))
            }
            (Self::Between(Some(a), Some(b)), Self::Between(Some(x), Some(y))) => by(both(x.cmp(a), y.cmp(b))),
            _ => Moved::Otherwise,
        }
    }
}

/// Both ends moved the same way, or one of them stayed.
fn both(one: std::cmp::Ordering, other: std::cmp::Ordering) -> Option<std::cmp::Ordering> {
    if one.is_eq() || one == other { Some(other) } else { other.is_eq().then_some(one) }
}

/// How good a verdict is; nothing for those that are no answer to the target.
fn step(verdict: Verdict) -> Option<u8> {
    match verdict {
        Verdict::NotMet => Some(0),
        Verdict::Undetermined => Some(1),
        Verdict::Met => Some(2),
        Verdict::Exceeded => Some(3),
        _ => None,
    }
}

/// How near to an award a decision is.
fn nearness(verdict: AwardVerdict) -> u8 {
    match verdict {
        AwardVerdict::NotEligible => 0,
        AwardVerdict::Eligible => 1,
        AwardVerdict::Undetermined => 2,
        AwardVerdict::TiedAtCut => 3,
        // It is given up for one that is worth more: in itself it is won.
        AwardVerdict::Replaced | AwardVerdict::Granted => 4,
    }
}

/// All that two levels may say of their units: criteria and awards of either.
pub(super) fn items(before: Option<&LevelOutcome>, after: Option<&LevelOutcome>) -> Vec<Item> {
    let levels = || [before, after].into_iter().flatten();
    let criteria: Vec<String> = distinct(levels().flat_map(|level| level.criteria.iter().map(|head| head.id.as_str())));
    let awards = distinct(levels().flat_map(|level| level.awards.iter().map(|head| head.id.as_str())));
    let mut items = vec![Item::Unit];
    items.extend(criteria.iter().cloned().map(Item::Verdict));
    items.extend(criteria.into_iter().map(Item::Points));
    items.extend([Item::Score, Item::Grade, Item::Rank]);
    items.extend(awards.into_iter().map(Item::Award));
    items
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if !seen.iter().any(|known| known == name) {
            seen.push(name.to_owned());
        }
    }
    seen
}

/// An outcome with its units found by their ids.
pub(super) struct Indexed<'o> {
    outcome: &'o Outcome,
    units: BTreeMap<(&'o str, &'o str), UnitOutcome<'o>>,
}

impl<'o> Indexed<'o> {
    pub fn new(outcome: &'o Outcome) -> Self {
        let units =
            outcome.levels.iter().flat_map(|level| level.units.iter().map(|unit| ((level.id.as_str(), unit.id), unit)));
        Self { outcome, units: units.collect() }
    }

    pub fn level(&self, id: &str) -> Option<&'o LevelOutcome> {
        self.outcome.levels.iter().find(|level| level.id == id)
    }

    pub fn unit(&self, level: &str, unit: &str) -> Option<UnitOutcome<'o>> {
        self.units.get(&(level, unit)).cloned()
    }

    pub fn said(&self, level: &str, unit: &str, item: &Item) -> Said {
        match self.level(level).zip(self.unit(level, unit)) {
            Some((level, unit)) => Said::of(item, level, &unit),
            None => Said::Nothing,
        }
    }
}
