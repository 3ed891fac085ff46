//! What a changed weight does to the other weights.

use crate::campaign::{self, Campaign, Criterion, Quantity, Value};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Content, Entry, Node, Table, merge};
use crate::source::Place;
use crate::value::{ArithmeticFault, Number};

/// What a changed weight does to the weights of the criteria that share a level with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// Nothing: the full score changes.
    #[default]
    Absolute,
    /// They shrink or grow in proportion, and the full score stays.
    Proportional,
    /// They share equally what is left of the full score.
    Equal,
}

impl Weights {
    /// The policy that is written so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "absolute" => Some(Self::Absolute),
            "proportional" => Some(Self::Proportional),
            "equal" => Some(Self::Equal),
            _ => None,
        }
    }

    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Absolute => "absolute",
            Self::Proportional => "proportional",
            Self::Equal => "equal",
        }
    }
}

/// Lets the other weights follow those that differ between two documents.
pub(super) fn follow(policy: Weights, before: &Node, document: &mut Node, place: &Place, faults: &mut Vec<Diagnostic>) {
    if policy == Weights::Absolute {
        return;
    }
    // What is faulty about them is told when the world is planned.
    let read = |document| campaign::read(document, &mut Vec::new());
    let Some((was, is)) = read(before).zip(read(document)) else { return };
    let changed: Vec<&Criterion> = is.criteria.iter().filter(|criterion| differs(criterion, &was, &is)).collect();
    let Some(first) = changed.first() else { return };
    let shares = |other: &&Criterion| other.points.is_some() && other.levels.iter().any(|id| first.levels.contains(id));
    let all: Vec<&Criterion> = is.criteria.iter().filter(shares).collect();
    let others: Vec<&Criterion> =
        all.iter().copied().filter(|other| !changed.iter().any(|it| it.id == other.id)).collect();
    let unwritten =
        all.iter().find(|criterion| weight(criterion, &is).is_none() || weight_of(&criterion.id, &was).is_none());
    if let Some(criterion) = unwritten {
        faults.push(Diagnostic::new(&catalogue::WEIGHT_NOT_WRITTEN).with("criterion", &criterion.id).at(place));
        return;
    }
    let total = |criteria: &[&Criterion], of: &Campaign| {
        criteria.iter().filter_map(|criterion| weight_of(&criterion.id, of)).try_fold(Number::ZERO, Number::plus)
    };
    let new = |criterion: &Criterion| -> Result<Number, ArithmeticFault> {
        let left = total(&all, &was)?.minus(total(&changed, &is)?)?;
        match policy {
            Weights::Equal => left.over(Number::count(others.len() as u64)),
            _ => weight_of(&criterion.id, &was).unwrap_or(Number::ZERO).times(left.over(total(&others, &was)?)?),
        }
    };
    for other in &others {
        if let Ok(weight) = new(other)
            && let Some(table) = document.table_mut()
        {
            let why = format!("weights = {:?}: the full score stays", policy.word());
            merge(table, &patch(&other.id, weight, why, place));
        }
    }
}

fn differs(criterion: &Criterion, was: &Campaign, is: &Campaign) -> bool {
    let old = was.criterion(&criterion.id).and_then(|old| old.points.as_ref());
    let written = |points: Option<&campaign::Points>| {
        points.map(|points| format!("{:?}", points.max.as_ref().map(|max| &max.value)))
    };
    // A param that is the weight of all is no weight beside others.
    written(old) != written(criterion.points.as_ref()) && weight(criterion, is) != weight_of(&criterion.id, was)
}

fn weight_of(id: &str, campaign: &Campaign) -> Option<Number> {
    weight(campaign.criterion(id)?, campaign)
}

/// The weight of a criterion, if it is one number for all units.
pub(super) fn weight(criterion: &Criterion, campaign: &Campaign) -> Option<Number> {
    let value = match &criterion.points.as_ref()?.max.as_ref()?.value {
        Value::Param(id) => &campaign.params.iter().find(|param| param.id == *id)?.value.value,
        value => value,
    };
    if let Value::Literal(Quantity::Number { number, .. }) = value { Some(*number) } else { None }
}

/// `criteria.x.points.max = …`; a criterion of a group stands under `each`.
pub(super) fn patch(id: &str, weight: Number, why: String, place: &Place) -> Table {
    let node = |content| Node::new(content, place.clone());
    let mut value = Table::default();
    let entry = |key: &str, node| Entry { key: key.to_owned(), place: place.clone(), node };
    value.set(entry("value", node(Content::Number(weight))));
    value.set(entry("assumed", node(Content::Text(why))));
    let keys = id.split('.').collect::<Vec<_>>().join(".each.");
    let path: Vec<&str> = std::iter::once("criteria").chain(keys.split('.')).chain(["points", "max"]).collect();
    path.iter().rev().fold(value, |inner, key| {
        let mut outer = Table::default();
        outer.set(entry(key, node(Content::Table(inner))));
        outer
    })
}
