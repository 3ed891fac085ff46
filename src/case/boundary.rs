//! Boundaries that no case notices.
//!
//! Every target, comparator, param and due day is moved by one step. If all cases still pass, nobody would notice
//! that somebody else moved it.

use crate::campaign::BoundKind;
use crate::document::{Content, Entry, Node, Table};
use crate::patch;
use crate::rule::Library;
use crate::value::Number;

use super::{Case, run};

/// One number, day or comparator of a campaign, moved by one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The edit that moves it.
    pub edit: String,
    /// What it says today.
    pub today: String,
}

/// The boundaries of a campaign that no case notices. Cases that fail today notice nothing.
#[must_use]
pub fn unnoticed(cases: &[Case], document: &Node, library: &Library) -> (usize, Vec<Boundary>) {
    let passing: Vec<&Case> = cases.iter().filter(|case| run(case, document, library).passed()).collect();
    let boundaries = boundaries(document);
    let all = boundaries.len();
    let unnoticed = boundaries.into_iter().filter(|boundary| {
        let mut moved = document.clone();
        patch::set(&mut moved, &boundary.edit, &mut Vec::new());
        passing.iter().all(|case| run(case, &moved, library).passed())
    });
    let unnoticed = unnoticed.collect();
    (all, unnoticed)
}

fn boundaries(document: &Node) -> Vec<Boundary> {
    let mut found = Vec::new();
    for entry in entries(document.get("params")) {
        steps(&format!("params.{}", entry.key), &entry.node, &mut found);
    }
    for entry in entries(document.get("criteria")) {
        of_criterion(&format!("criteria.{}", entry.key), &entry.node, &mut found);
    }
    found
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}

fn of_criterion(path: &str, node: &Node, found: &mut Vec<Boundary>) {
    for entry in entries(Some(node)) {
        let inner = format!("{path}.{}", entry.key);
        match entry.key.as_str() {
            "each" => entries(Some(&entry.node))
                .for_each(|member| of_criterion(&format!("{inner}.{}", member.key), &member.node, found)),
            "exceeded" => of_criterion(&inner, &entry.node, found),
            "due" => steps(&inner, &entry.node, found),
            key => {
                if let Some(kind) = BoundKind::ALL.into_iter().find(|kind| kind.key() == key) {
                    steps(&inner, &entry.node, found);
                    other_side(path, kind, &entry.node, found);
                }
            }
        }
    }
}

/// One step down and one up for a number or a day; the other answer for a flag.
fn steps(path: &str, node: &Node, found: &mut Vec<Boundary>) {
    if let Some(value) = node.get("value") {
        return steps(path, value, found);
    }
    if let Some(cases) = node.list() {
        for (at, case) in cases.iter().enumerate() {
            case.get("value").into_iter().for_each(|value| steps(&format!("{path}.{at}.value"), value, found));
        }
        return;
    }
    let moved: Vec<String> = match &node.content {
        Content::Number(number) => around(*number, Number::ONE).iter().map(ToString::to_string).collect(),
        Content::Text(text) => {
            let hundredths = Number::parse_percentage(text).and_then(|share| share.times(Number::whole(100)).ok());
            let moved = hundredths.map(|number| around(number, Number::ONE)).unwrap_or_default();
            moved.iter().map(|number| format!("\"{number}%\"")).collect()
        }
        Content::Day(day) => [-1, 1].into_iter().filter_map(|step| day.plus(step)).map(|day| day.to_string()).collect(),
        Content::Flag(flag) => vec![(!flag).to_string()],
        Content::List(_) | Content::Table(_) | Content::Faulty => Vec::new(),
    };
    found.extend(moved.into_iter().map(|value| Boundary { edit: format!("{path}={value}"), today: node.to_string() }));
}

fn around(number: Number, step: Number) -> Vec<Number> {
    [number.minus(step), number.plus(step)].into_iter().filter_map(Result::ok).collect()
}

/// The same bar with the other comparator: `at_least` as `more_than`.
fn other_side(path: &str, kind: BoundKind, node: &Node, found: &mut Vec<Boundary>) {
    let other = match kind {
        BoundKind::AtLeast => BoundKind::MoreThan,
        BoundKind::MoreThan => BoundKind::AtLeast,
        BoundKind::AtMost => BoundKind::LessThan,
        BoundKind::LessThan => BoundKind::AtMost,
        BoundKind::From => BoundKind::After,
        BoundKind::After => BoundKind::From,
        BoundKind::By => BoundKind::Before,
        BoundKind::Before => BoundKind::By,
        BoundKind::Is | BoundKind::Present => return,
    };
    found.push(Boundary { edit: format!("{path}.{}={node}", other.key()), today: kind.key().to_owned() });
}
