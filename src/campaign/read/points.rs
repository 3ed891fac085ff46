//! What criteria earn, and the groups in which points add up.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node};
use crate::value::Number;

use super::super::{Band, Criterion, Form, Group, Points, Pot, Quantity, Sourced, Steps, Value};
use super::criteria::bounds_of;
use super::values::{accounted, answering, sourced, when_of};
use super::{Reader, Reference, entries, references, title};

/// The keys that say how points are earned; at most one of them may.
const FORMS: [&str; 7] = ["by", "bands", "each", "steps", "met", "value", "rule"];

const AT_STAKE: Phrase = Phrase::new("the points at stake", "số điểm tối đa");
const ONE_FORM: Phrase = Phrase::new(
    "one of by, bands, each, steps, met, value, rule",
    "một trong by, bands, each, steps, met, value, rule",
);
const GROUP: Phrase = Phrase::new("group", "nhóm điểm");

/// What a criterion earns; nothing where no points are at stake. Points that name no source share that of the criterion.
pub(super) fn points(node: &Node, criterion: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Points> {
    let path = format!("{path}.points");
    let owner = answering(node, criterion);
    let forms: Vec<&&str> = FORMS.iter().filter(|form| node.get(form).is_some()).collect();
    if let [first, second, ..] = forms.as_slice() {
        let found = format!("{first}, {second}");
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "points").with("expected", ONE_FORM);
        reader.fault(fault.with("found", found).at(&node.place));
    }
    let pot = match node.get("pot").and_then(Node::text) {
        Some("bonus") => Pot::Bonus,
        Some("penalty") => Pot::Penalty,
        _ => Pot::Base,
    };
    let max = node.get("max").and_then(|max| sourced(max, Some(backing(max, node, owner)), reader));
    let none_at_stake = max.as_ref().is_some_and(
        |max| matches!(&max.value, Value::Literal(Quantity::Number { number, .. }) if *number == Number::ZERO),
    );
    if let Some(max) = &max {
        let number = matches!(max.value, Value::Literal(_));
        reader.account(&format!("{path}.max"), max, &max.value, number && !none_at_stake);
    }
    let mut amounts = Amounts { node, owner, path: &path, reader };
    let form = amounts.form();
    let needs_max = pot == Pot::Base && !matches!(form, Form::Each { .. } | Form::Steps(_) | Form::Term { .. });
    if max.is_none() && needs_max {
        reader.missing("max", AT_STAKE, &node.place);
    }
    (!none_at_stake).then(|| Points { max, form, pot, place: node.place.clone() })
}

/// What answers for an amount: for a number also what stands around it; a reference needs no other source than that of
/// what it names.
fn backing<'n>(amount: &Node, own: &'n Node, around: &'n Node) -> &'n Node {
    let refers = ["param", "column", "rule"].iter().any(|key| amount.get(key).is_some());
    if refers { own } else { around }
}

/// Amounts below one node, each with its authority.
struct Amounts<'n, 'r, 'a> {
    node: &'n Node,
    /// What answers for them.
    owner: &'n Node,
    path: &'n str,
    reader: &'r mut Reader<'a>,
}

impl Amounts<'_, '_, '_> {
    fn form(&mut self) -> Form {
        let reference = |name: &Node| Some(Reference { name: name.text()?.to_owned(), place: name.place.clone() });
        if let Some(bands) = self.node.get("bands").and_then(Node::list) {
            let bands = bands.iter().enumerate().filter_map(|(at, band)| self.band(at, band));
            return Form::Bands(bands.collect());
        }
        if let Some(each) = self.amount("each") {
            return Form::Each { each, cap: self.amount("cap") };
        }
        if let Some(steps) = self.node.get("steps").and_then(|steps| self.steps(steps)) {
            return Form::Steps(Box::new(steps));
        }
        if let Some(met) = self.amount("met") {
            return Form::Term { met, late: self.amount("late"), never: self.amount("never") };
        }
        if self.node.get("value").is_some() {
            return Form::AsMeasured;
        }
        if let Some(rule) = self.node.get("rule").and_then(reference) {
            return Form::Rule(rule);
        }
        match self.node.get("by").and_then(Node::text) {
            Some("proportional") => Form::Proportional,
            _ => Form::AllOrNothing,
        }
    }

    fn amount(&mut self, key: &str) -> Option<Sourced<Value>> {
        let amount = self.node.get(key)?;
        accounted(amount, backing(amount, self.node, self.owner), &format!("{}.{key}", self.path), self.reader)
    }

    fn band(&mut self, at: usize, band: &Node) -> Option<Band> {
        let path = format!("{}.bands.{at}", self.path);
        let owner = answering(band, self.owner);
        let points = band.get("points")?;
        let points = accounted(points, backing(points, band, owner), &format!("{path}.points"), self.reader)?;
        let bounds = bounds_of(band, owner, &path, self.reader);
        Some(Band { when: when_of(band), bounds, points, place: band.place.clone() })
    }

    fn steps(&mut self, steps: &Node) -> Option<Steps> {
        let path = format!("{}.steps", self.path);
        let owner = answering(steps, self.owner);
        let mut amount = |key: &str| accounted(steps.get(key)?, owner, &format!("{path}.{key}"), self.reader);
        Some(Steps {
            above: amount("above")?,
            first: amount("first")?,
            every: amount("every")?,
            add: amount("add")?,
            cap: amount("cap"),
        })
    }
}

/// The groups in which points add up; names that mean nothing are reported, and circles.
pub(super) fn groups(document: &Node, criteria: &[Criterion], reader: &mut Reader<'_>) -> Vec<Group> {
    let groups: Vec<Group> = entries(document.get("groups")).map(|entry| group(entry, reader)).collect();
    let named = groups.iter().filter_map(|group| group.within.as_ref());
    for name in named.chain(criteria.iter().filter_map(|criterion| criterion.group.as_ref())) {
        if !groups.iter().any(|group| group.id == name.name) {
            reader.unknown(GROUP, &name.name, groups.iter().map(|group| group.id.as_str()), &name.place);
        }
    }
    for group in &groups {
        let above =
            |id: &&str| groups.iter().find(|group| group.id == **id)?.within.as_ref().map(|it| it.name.as_str());
        let mut path: Vec<&str> =
            std::iter::successors(Some(group.id.as_str()), above).take(groups.len() + 1).collect();
        if path.len() <= groups.len() {
            continue;
        }
        let end = path.iter().skip(1).position(|id| *id == group.id).map(|at| at + 2);
        path.truncate(end.unwrap_or_default());
        // Told once, of the first of its groups; whoever only leads into it is not in it.
        if path.iter().min() == path.first() && !path.is_empty() {
            let fault = Diagnostic::new(&catalogue::GROUP_CIRCLE).with("path", path.join(" → "));
            reader.fault(fault.at(&group.place));
        }
    }
    groups
}

fn group(entry: &Entry, reader: &mut Reader<'_>) -> Group {
    let node = &entry.node;
    let caps = node.get("cap");
    let mut amount = |amount: Option<&Node>, owner: &Node, key: &str| {
        accounted(amount?, owner, &format!("groups.{}.{key}", entry.key), reader)
    };
    let owner = caps.map_or(node, |caps| answering(caps, node));
    Group {
        id: entry.key.clone(),
        title: title(node),
        clause: node.get("clause").and_then(Node::text).map(str::to_owned),
        within: references(node.get("in")).pop(),
        max: amount(node.get("max"), node, "max"),
        cap_bonus: amount(caps.and_then(|caps| caps.get("bonus")), owner, "cap.bonus"),
        cap_penalty: amount(caps.and_then(|caps| caps.get("penalty")), owner, "cap.penalty"),
        only_best: node.get("of").and_then(Node::text) == Some("max"),
        requires: references(node.get("requires")),
        place: entry.place.clone(),
    }
}
