//! Who is judged.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node};
use crate::schema::{ColumnId, Schema, TableId};

use super::super::{
    Bound, BoundKind, Grade, Level, NotApplicable, Rank, Rounding, ScorePolicy, Sourced, Ties, UnitsOf,
};
use super::values::{basis, sourced, when_of};
use super::{COLUMN, Reader, TABLE, entries, keys, references, title};

const UNITS: Phrase = Phrase::new(
    "the table whose rows are the units; or `whole = true` for one unit that owns every row",
    "bảng có các dòng là đơn vị; hoặc `whole = true` cho một đơn vị gồm mọi dòng",
);
const TIES: Phrase = Phrase::new(
    "what equal units get: \"competition\" (1224), \"modified\" (1334), \"dense\" (1223), \"fractional\" (1 2.5 2.5 4) or \"total\" (nobody may be equal)",
    "các đơn vị bằng nhau được xếp thế nào: \"competition\" (1224), \"modified\" (1334), \"dense\" (1223), \"fractional\" (1 2,5 2,5 4) hoặc \"total\" (không được bằng nhau)",
);
const KEYS: Phrase = Phrase::new(
    "at least one key such as `score desc`; without any, all units are equal",
    "ít nhất một tiêu chí như `score desc`; nếu không thì mọi đơn vị bằng nhau",
);

pub(super) fn levels(document: &Node, schema: &Schema, reader: &mut Reader<'_>) -> Vec<Level> {
    entries(document.get("levels")).filter_map(|entry| level(entry, schema, reader)).collect()
}

fn level(entry: &Entry, schema: &Schema, reader: &mut Reader<'_>) -> Option<Level> {
    let node = &entry.node;
    let units = units(entry, schema, reader)?;
    let path = format!("levels.{}", entry.key);
    Some(Level {
        people: node.get("people").and_then(Node::flag).unwrap_or(false),
        id: entry.key.clone(),
        title: title(node),
        cluster: cluster(node, &units, schema, reader),
        units,
        score: node.get("score").map(|score| score_policy(score, &path, reader)),
        rank: node.get("rank").map(|rank| rank_policy(rank, &path, reader)),
        grades: entries(node.get("grades")).map(|entry| grade(entry, &path, reader)).collect(),
        place: entry.place.clone(),
    })
}

fn units(entry: &Entry, schema: &Schema, reader: &mut Reader<'_>) -> Option<UnitsOf> {
    let node = &entry.node;
    let whole = node.get("whole").and_then(Node::flag) == Some(true);
    let of_a_table = ["table", "when", "cluster"].iter().filter_map(|key| node.table()?.entry(key)).filter(|_| whole);
    for needless in of_a_table {
        let fault = Diagnostic::new(&catalogue::WHOLE_WITH_KEY).with("level", &entry.key).with("key", &needless.key);
        reader.fault(fault.at(&needless.place));
    }
    match node.get("table") {
        Some(table) if !whole => {
            let name = table.text()?;
            let found = schema.find(name);
            if found.is_none() {
                reader.unknown(TABLE, name, schema.tables.iter().map(|table| table.id.as_str()), &table.place);
            }
            Some(UnitsOf::Table { table: found?, when: when_of(node) })
        }
        _ if whole => Some(UnitsOf::Whole),
        _ => {
            reader.missing("table", UNITS, &entry.place);
            None
        }
    }
}

fn cluster(node: &Node, units: &UnitsOf, schema: &Schema, reader: &mut Reader<'_>) -> Option<ColumnId> {
    let name = node.get("cluster")?;
    let table = units.table().map(|table| schema.table(table))?;
    let found = table.find(name.text()?);
    if found.is_none() {
        reader.unknown(COLUMN, name.text()?, table.columns.iter().map(|column| column.id.as_str()), &name.place);
    }
    found
}

impl UnitsOf {
    /// The table of the units, if they have one.
    #[must_use]
    pub fn table(&self) -> Option<TableId> {
        if let Self::Table { table, .. } = self { Some(*table) } else { None }
    }
}

fn account(node: &Node, path: &str, reader: &mut Reader<'_>, must_have_source: bool) {
    let value = Sourced { value: (), basis: basis(node, None), place: node.place.clone() };
    reader.account(path, &value, node_without_source(node), must_have_source);
}

/// What a policy says, without the reason that stands beside it.
fn node_without_source(node: &Node) -> String {
    let said = entries(Some(node)).filter(|entry| !["clause", "assumed"].contains(&entry.key.as_str()));
    said.map(|entry| format!("{} = {}", entry.key, entry.node)).collect::<Vec<_>>().join(", ")
}

fn score_policy(node: &Node, path: &str, reader: &mut Reader<'_>) -> ScorePolicy {
    account(node, &format!("{path}.score"), reader, node.get("round").is_some());
    let places = |key: &str| node.get("round")?.get(key)?.number();
    let mut rounding = |key: &str| {
        let place = node.get("round").map_or(&node.place, |round| &round.place);
        keys::digits(key, places(key)?, place, reader)
    };
    let rounding = Rounding { items: rounding("items"), score: rounding("score") };
    let mut amount = |key: &str| {
        let amount = sourced(node.get(key)?, Some(node), reader)?;
        reader.account(&format!("{path}.score.{key}"), &amount, &amount.value, true);
        Some(amount)
    };
    let (of, at_least, at_most) = (amount("of"), amount("at_least"), amount("at_most"));
    ScorePolicy {
        of,
        at_least,
        at_most,
        rounding,
        not_applicable: match node.get("not_applicable").and_then(Node::text) {
            Some("rescale") => Some(NotApplicable::Rescale),
            Some("full") => Some(NotApplicable::Full),
            Some("zero") => Some(NotApplicable::Zero),
            _ => None,
        },
        place: node.place.clone(),
    }
}

fn rank_policy(node: &Node, path: &str, reader: &mut Reader<'_>) -> Rank {
    account(node, &format!("{path}.rank"), reader, true);
    let ties = match node.get("ties").and_then(Node::text) {
        Some("dense") => Ties::Dense,
        Some("modified") => Ties::Modified,
        Some("fractional") => Ties::Fractional,
        Some("total") => Ties::Total,
        Some(_) => Ties::Competition,
        None => {
            reader.missing("ties", TIES, &node.place);
            Ties::Competition
        }
    };
    if node.get("by").and_then(Node::list).is_some_and(<[Node]>::is_empty) {
        reader.missing("by", KEYS, &node.place);
    }
    Rank { by: keys::rank_keys(node.get("by"), reader), ties, requires: references(node.get("requires")) }
}

fn grade(entry: &Entry, path: &str, reader: &mut Reader<'_>) -> Grade {
    let path = format!("{path}.grades.{}", entry.key);
    let bound = [BoundKind::AtLeast, BoundKind::MoreThan].into_iter().find_map(|kind| {
        let bar = sourced(entry.node.get(kind.key())?, Some(&entry.node), reader)?;
        reader.account(&path, &bar, &bar.value, true);
        Some(Bound { kind, key: kind.key(), bar })
    });
    let (when, requires) = (when_of(&entry.node), references(entry.node.get("requires")));
    Grade { id: entry.key.clone(), title: title(&entry.node), bound, when, requires }
}
