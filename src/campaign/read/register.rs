//! The register of clauses, and the calendar.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Entry, Node};

use super::super::{Award, Calendar, Carrier, Clause, ClauseKind, Criterion, Sourced, Weekend};
use super::values::basis;
use super::{CARRIER, Reader, entries, references};

/// What becomes of each clause; names that mean nothing are reported, and reasons where none belongs.
pub(super) fn clauses(
    document: &Node,
    criteria: &[Criterion],
    awards: &[Award],
    reader: &mut Reader<'_>,
) -> Vec<Clause> {
    let clauses: Vec<Clause> = entries(document.get("clauses")).map(clause).collect();
    for clause in &clauses {
        let known = || criteria.iter().map(|it| it.id.as_str()).chain(awards.iter().map(|it| it.id.as_str()));
        let group =
            |name: &str| known().any(|id| id == name || id.split_once('.').is_some_and(|(group, _)| group == name));
        for name in clause.by.iter().filter(|name| !group(&name.name)) {
            reader.unknown(CARRIER, &name.name, known(), &name.place);
        }
        let checkable = clause.kinds.iter().any(|kind| kind.carrier() != Carrier::Nothing);
        if checkable && clause.nothing.is_some() {
            reader
                .fault(Diagnostic::new(&catalogue::CLAUSE_CAN_BE_CHECKED).with("clause", &clause.id).at(&clause.place));
        }
    }
    clauses
}

fn clause(entry: &Entry) -> Clause {
    let text = |key: &str| entry.node.get(key).and_then(Node::text).map(str::to_owned);
    let kinds = entry.node.get("kind").map(Node::texts).unwrap_or_default();
    Clause {
        id: entry.key.clone(),
        about: text("about").unwrap_or_default(),
        kinds: kinds.into_iter().filter_map(ClauseKind::from_word).collect(),
        nothing: text("nothing"),
        by: references(entry.node.get("by")),
        place: entry.place.clone(),
    }
}

pub(super) fn calendar(document: &Node, reader: &mut Reader<'_>) -> Calendar {
    let Some(node) = document.get("calendar") else { return Calendar::default() };
    let days =
        |key: &str| node.get(key).and_then(Node::list).unwrap_or_default().iter().filter_map(Node::day).collect();
    let weekend = match node.get("weekend").and_then(Node::text) {
        Some("next_working_day") => Weekend::NextWorkingDay,
        _ => Weekend::AsIs,
    };
    let basis = basis(node, None);
    if weekend == Weekend::NextWorkingDay {
        let value = Sourced { value: (), basis: basis.clone(), place: node.place.clone() };
        reader.account("calendar.weekend", &value, "next_working_day", true);
    }
    Calendar { weekend, holidays: days("holidays"), working: days("working"), basis }
}
