//! Cases from TOML.

use crate::campaign::shape::{Field, Ids, Shape, check};
use crate::diagnostic::Diagnostic;
use crate::document::{Entry, Node, Table};
use crate::source::Place;
use crate::value::Day;

/// A few rows and what must come out of them.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The clause that it is about.
    pub clause: Option<String>,
    /// The day of evaluation, if not the last of the round or period.
    pub as_of: Option<Day>,
    /// The round, if one is chosen.
    pub round: Option<String>,
    /// The level that is looked at, if not the first that has a table.
    pub level: Option<String>,
    /// The unit that is looked at, if not the first.
    pub unit: Option<String>,
    /// Edits of the campaign.
    pub set: Vec<String>,
    /// Codes of faults that must not surprise.
    pub faults: Vec<String>,
    /// Codes of warnings that must come.
    pub warnings: Vec<String>,
    /// The rows of each table: each a table of columns.
    pub rows: Vec<(Entry, Vec<Node>)>,
    /// What must come out, by criterion.
    pub expect: Vec<Expectation>,
    /// What must come out for the unit: score, rank, awards.
    pub expect_unit: Option<Node>,
    /// Where it stands.
    pub place: Place,
}

/// What must come out for a criterion.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The criterion.
    pub criterion: String,
    /// What must come out, by name.
    pub values: Node,
    /// Where it stands.
    pub place: Place,
}

/// The shape of a file of cases.
pub static CASES: Shape = Shape::Record(&[Field::may("case", Shape::List(&Shape::Record(CASE)), "the cases")]);

const CASE: &[Field] = &[
    Field::must("name", Shape::Text, "what it shows", "trường hợp này cho thấy điều gì"),
    Field::may("clause", Shape::Text, "the clause that it is about"),
    Field::may("as_of", Shape::Day, "the day of evaluation"),
    Field::may("round", Shape::Text, "the round"),
    Field::may("level", Shape::Text, "the level that is looked at"),
    Field::may("unit", Shape::Text, "the unit that is looked at"),
    Field::may("set", Shape::OneOrMany(&Shape::Text), "edits such as params.large_firm=20"),
    Field::may("faults", Shape::OneOrMany(&Shape::Text), "codes of faults that are expected"),
    Field::may("warnings", Shape::OneOrMany(&Shape::Text), "codes of warnings that must come"),
    Field::may("rows", Shape::Map(&Shape::List(&Shape::Any), Ids::Named), "the rows of each table"),
    Field::may("expect", Shape::Any, "what must come out, by criterion"),
    Field::may("expect_unit", Shape::Record(EXPECT_UNIT), "what must come out for the unit"),
];

/// What may be expected of a criterion.
pub(super) const EXPECT: &[Field] = &[
    Field::may("verdict", Shape::Text, "the verdict"),
    Field::may("so_far", Shape::Text, "before the due day, the verdict as of today"),
    Field::may("met", Shape::Number, "rows with the property"),
    Field::may("of", Shape::Number, "rows in the population"),
    Field::may("unknown", Shape::Number, "rows of which something is unknown"),
    Field::may("value", Shape::Literal, "the one value: a number, a percentage, a day, a word, true or false"),
    Field::may("least", Shape::Literal, "the least that the value can be"),
    Field::may("greatest", Shape::Literal, "the most that the value can be"),
    Field::may("points", Shape::Number, "the points earned"),
    Field::may("points_least", Shape::Number, "the least that they can be"),
    Field::may("points_greatest", Shape::Number, "the most that they can be"),
];

const EXPECT_UNIT: &[Field] = &[
    Field::may("score", Shape::Number, "the score"),
    Field::may("score_least", Shape::Number, "the least that it can be"),
    Field::may("score_greatest", Shape::Number, "the most that it can be"),
    Field::may("rank", Shape::Number, "the rank"),
    Field::may("rank_best", Shape::Number, "the best rank that is possible"),
    Field::may("rank_worst", Shape::Number, "the worst rank that is possible"),
    Field::may("tied", Shape::Flag, "whether another unit is equal in every key"),
    Field::may("grade", Shape::Text, "the grade"),
    Field::may("awards", Shape::Map(&Shape::Text, Ids::Named), "the decision on each award"),
];

/// Reads a file of cases.
pub fn read(document: &Node, faults: &mut Vec<Diagnostic>) -> Vec<Case> {
    if !check(&CASES, "cases", document, faults) {
        return Vec::new();
    }
    let cases = document.get("case").and_then(Node::list).unwrap_or_default();
    cases.iter().map(|node| case(node, faults)).collect()
}

fn case(node: &Node, faults: &mut Vec<Diagnostic>) -> Case {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let texts = |key: &str| node.get(key).map(Node::texts).unwrap_or_default().into_iter().map(str::to_owned).collect();
    let rows = entries(node.get("rows")).map(|entry| (entry.clone(), entry.node.list().unwrap_or_default().to_vec()));
    Case {
        name: text("name").unwrap_or_default(),
        clause: text("clause"),
        as_of: node.get("as_of").and_then(Node::day),
        round: text("round"),
        level: text("level"),
        unit: text("unit"),
        set: texts("set"),
        faults: texts("faults"),
        warnings: texts("warnings"),
        rows: rows.collect(),
        expect: expectations(node.get("expect"), "", faults),
        expect_unit: node.get("expect_unit").cloned(),
        place: node.place.clone(),
    }
}

/// Expectations by criterion; `expect.movement.two_good` is the criterion `movement.two_good`.
fn expectations(node: Option<&Node>, prefix: &str, faults: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    let mut found = Vec::new();
    for entry in entries(node) {
        let criterion = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
        let group = entry
            .node
            .table()
            .is_some_and(|table| !table.is_empty() && table.iter().all(|inner| inner.node.table().is_some()));
        if group {
            found.extend(expectations(Some(&entry.node), &criterion, faults));
        } else if check(&Shape::Record(EXPECT), &entry.key, &entry.node, faults) {
            found.push(Expectation { criterion, values: entry.node.clone(), place: entry.place.clone() });
        }
    }
    found
}

pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}
