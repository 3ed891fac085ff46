//! What is measured and judged.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Content, Entry, Node, RIVALS, Table, merge};
use crate::schema::Literal;

use super::super::{
    AsOf, Bound, BoundKind, Criterion, Level, MeasureSource, Missing, Quantity, Round, Sourced, Strength, Value,
};
use super::points;
use super::scorers::scorers;
use super::values::{account, accounted, answering, basis, sourced, when_of};
use super::{LEVEL, ROUND, Reader, Reference, entries, references, title};

const LEVELS: Phrase = Phrase::new(
    "the levels that it judges, here or in `defaults.criteria`",
    "các cấp được xét, ở đây hoặc trong `defaults.criteria`",
);

pub(super) fn criteria(document: &Node, levels: &[Level], rounds: &[Round], reader: &mut Reader<'_>) -> Vec<Criterion> {
    let defaults = document.get("defaults").and_then(|defaults| defaults.get("criteria"));
    let mut result = Vec::new();
    for entry in entries(document.get("criteria")) {
        for (id, node, member) in expand(entry, defaults) {
            let path = member
                .as_ref()
                .map_or_else(|| format!("criteria.{id}"), |m| format!("criteria.{}.each.{m}", entry.key));
            let criterion = criterion(&id, &entry.key, member.as_deref(), &node, &path, entry, reader);
            names(&node, levels, rounds, reader);
            result.push(criterion);
        }
    }
    result
}

/// The criteria that one table stands for: itself, or one for each member of `each`, over the defaults.
fn expand(entry: &Entry, defaults: Option<&Node>) -> Vec<(String, Node, Option<String>)> {
    let over_defaults = over(defaults, &entry.node);
    let Some(each) = over_defaults.get("each").and_then(Node::table) else {
        return vec![(entry.key.clone(), over_defaults, None)];
    };
    let mut group = over_defaults.clone();
    if let Some(table) = group.table_mut() {
        table.remove("each");
    }
    let member = |member: &Entry| {
        (format!("{}.{}", entry.key, member.key), over(Some(&group), &member.node), Some(member.key.clone()))
    };
    each.iter().map(member).collect()
}

/// A table over its defaults. What it says itself is no edit, so nothing is remembered as replaced.
fn over(defaults: Option<&Node>, node: &Node) -> Node {
    let Some(base) = defaults.and_then(Node::table) else { return node.clone() };
    let mut merged = base.clone();
    if let Some(table) = node.table() {
        merge(&mut merged, table);
        restore_replaced(&mut merged, table);
    }
    Node { content: Content::Table(merged), ..node.clone() }
}

fn restore_replaced(merged: &mut Table, own: &Table) {
    for entry in own.iter() {
        let Some(node) = merged.get_mut(&entry.key) else { continue };
        node.replaced.clone_from(&entry.node.replaced);
        if let (Some(inner), Some(own)) = (node.table_mut(), entry.node.table()) {
            restore_replaced(inner, own);
        }
    }
}

fn criterion(
    id: &str,
    group: &str,
    member: Option<&str>,
    node: &Node,
    path: &str,
    entry: &Entry,
    reader: &mut Reader<'_>,
) -> Criterion {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let owner = node;
    let target = bounds(node, path, reader);
    let exceeded = node
        .get("exceeded")
        .map(|exceeded| bounds_of(exceeded, answering(exceeded, owner), &format!("{path}.exceeded"), reader));
    let exceeded = exceeded.unwrap_or_default();
    let never_due = text("due") == Some("none");
    let due = node.get("due").filter(|_| !never_due);
    let due = due.and_then(|due| accounted(due, owner, &format!("{path}.due"), reader));
    Criterion {
        id: id.to_owned(),
        title: title(node),
        clause: text("clause").map(str::to_owned),
        levels: node.get("levels").map(Node::texts).unwrap_or_default().into_iter().map(str::to_owned).collect(),
        rounds: node.get("rounds").map(Node::texts).unwrap_or_default().into_iter().map(str::to_owned).collect(),
        strength: match text("strength") {
            Some("obligation") => Strength::Obligation,
            Some("motto") => Strength::Motto,
            Some("info") => Strength::Info,
            _ => Strength::Target,
        },
        when: when_of(node),
        source: measure_source(group, node, entry, reader),
        args: own_arguments(member, node),
        target,
        exceeded,
        missing: if text("missing") == Some("not_met") { Missing::NotMet } else { Missing::Unknown },
        due,
        never_due,
        at: as_of(node),
        follows: node.get("follows").and_then(|name| references(Some(name)).pop()),
        group: references(node.get("in")).pop(),
        points: node.get("points").and_then(|points| points::points(points, owner, path, reader)),
        place: entry.place.clone(),
    }
}

fn measure_source(group: &str, node: &Node, entry: &Entry, reader: &mut Reader<'_>) -> MeasureSource {
    if let Some(scorers) = scorers(node, reader) {
        return MeasureSource::Scorers(scorers);
    }
    let reference = |key: &str| {
        node.get(key).and_then(|name| Some(Reference { name: name.text()?.to_owned(), place: name.place.clone() }))
    };
    match reference("column") {
        Some(column) => MeasureSource::Column(column),
        None => MeasureSource::Rule(
            reference("rule").unwrap_or_else(|| Reference { name: group.to_owned(), place: entry.place.clone() }),
        ),
    }
}

fn as_of(node: &Node) -> AsOf {
    match node.get("at").map(|at| &at.content) {
        Some(Content::Day(day)) => AsOf::Day(*day),
        Some(_) => AsOf::RoundEnd,
        None => AsOf::Run,
    }
}

/// What the rule reads as `args`; one of several criteria finds its own id there.
fn own_arguments(member: Option<&str>, node: &Node) -> Vec<(String, Literal)> {
    let own = member.map(|id| ("id".to_owned(), Literal::Text(id.to_owned())));
    own.into_iter().chain(super::arguments(node)).collect()
}

fn bounds(node: &Node, path: &str, reader: &mut Reader<'_>) -> Vec<Bound> {
    for [first, second] in RIVALS {
        let table = node.table();
        if let (Some(_), Some(entry)) = (node.get(first), table.and_then(|table| table.entry(second))) {
            let fault = Diagnostic::new(&catalogue::TWO_RIVAL_BOUNDS).with("first", first).with("second", second);
            reader.fault(fault.at(&entry.place));
        }
    }
    bounds_of(node, node, path, reader)
}

pub(super) fn bounds_of(node: &Node, owner: &Node, path: &str, reader: &mut Reader<'_>) -> Vec<Bound> {
    let own = BoundKind::ALL.map(|kind| bound(kind, kind.key(), node.get(kind.key()), owner, path, reader));
    let within = node.get("within").map(|span| within(span, owner, path, reader));
    own.into_iter().chain(within.into_iter().flatten()).flatten().collect()
}

/// Both ends of a span of days.
fn within(node: &Node, owner: &Node, path: &str, reader: &mut Reader<'_>) -> [Option<Bound>; 2] {
    let owner = answering(node, owner);
    [(BoundKind::From, "within.from", "from"), (BoundKind::By, "within.to", "to")]
        .map(|(kind, key, end)| bound(kind, key, node.get(end), owner, path, reader))
}

fn bound(
    kind: BoundKind,
    key: &'static str,
    node: Option<&Node>,
    owner: &Node,
    path: &str,
    reader: &mut Reader<'_>,
) -> Option<Bound> {
    let node = node?;
    let bar = match kind {
        BoundKind::Is => words(node, owner),
        BoundKind::Present => Sourced {
            value: Value::Literal(Quantity::Flag(node.flag()?)),
            basis: basis(node, Some(owner)),
            place: node.place.clone(),
        },
        _ => sourced(node, Some(owner), reader)?,
    };
    account(&bar, &format!("{path}.{key}"), reader);
    Some(Bound { kind, key, bar })
}

/// The words that `is` allows, as one text.
fn words(node: &Node, owner: &Node) -> Sourced<Value> {
    let value = Value::Literal(Quantity::Text(node.texts().join(" | ")));
    Sourced { value, basis: basis(node, Some(owner)), place: node.place.clone() }
}

fn names(node: &Node, levels: &[Level], rounds: &[Round], reader: &mut Reader<'_>) {
    for level in references(node.get("levels")) {
        if !levels.iter().any(|known| known.id == level.name) {
            reader.unknown(LEVEL, &level.name, levels.iter().map(|level| level.id.as_str()), &level.place);
        }
    }
    for round in references(node.get("rounds")) {
        if round.name != "each" && !rounds.iter().any(|known| known.id == round.name) {
            reader.unknown(ROUND, &round.name, rounds.iter().map(|round| round.id.as_str()), &round.place);
        }
    }
    if node.get("levels").is_none() {
        reader.missing("levels", LEVELS, &node.place);
    }
}
