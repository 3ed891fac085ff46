//! Cases from TOML.

use crate::campaign::shape::{Field, Ids, Shape, check};
use crate::diagnostic::Diagnostic;
use crate::document::{Content, Entry, Node, Table};
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
    /// What must come out, by criterion and by unit.
    pub expect: Vec<Expectation>,
    /// What must come out for the unit: score, rank, awards.
    pub expect_unit: Option<Node>,
    /// Where it stands.
    pub place: Place,
}

/// What must come out for a criterion, or for a unit.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The criterion; of a unit that is named `A.coverage`.
    pub criterion: String,
    /// Whether it is a unit that is named, and not a criterion.
    pub of_unit: bool,
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
    Field::may("expect", Shape::Any, "what must come out, by criterion, by unit, or by both"),
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

/// What may be expected of a unit.
pub(super) const EXPECT_UNIT: &[Field] = &[
    Field::may("score", Shape::Number, "the score"),
    Field::may("score_least", Shape::Number, "the least that it can be"),
    Field::may("score_greatest", Shape::Number, "the most that it can be"),
    Field::may("score_of", Shape::Number, "the full score"),
    Field::may("rank", Shape::Literal, "the rank; \"none\": it has no place"),
    Field::may("rank_best", Shape::Number, "the best rank that is possible"),
    Field::may("rank_worst", Shape::Number, "the worst rank that is possible"),
    Field::may("tied", Shape::Flag, "whether another unit is equal in every key"),
    Field::may("grade", Shape::Text, "the grade"),
    Field::may("awards", Shape::Map(&Shape::Text, Ids::Named), "the decision on each award"),
    Field::may(
        "groups",
        Shape::Map(&Shape::Either(&Shape::Number, &Shape::Record(EXPECT_GROUP)), Ids::Free),
        "what each group of points gives, all together or pot by pot",
    ),
];

const EXPECT_GROUP: &[Field] = &[
    Field::may("points", Shape::Number, "of the full score"),
    Field::may("bonus", Shape::Number, "on top of it"),
    Field::may("penalty", Shape::Number, "off it, not above nought"),
    Field::may("least", Shape::Number, "the least that it can give"),
    Field::may("greatest", Shape::Number, "the most that it can give"),
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

/// Expectations by criterion, by unit, or by both: `expect.movement.two_good` is the criterion `movement.two_good`, or
/// the criterion `two_good` of the unit `movement`; `expect.A.rank` is the rank of the unit `A`.
fn expectations(node: Option<&Node>, prefix: &str, faults: &mut Vec<Diagnostic>) -> Vec<Expectation> {
    let mut found = Vec::new();
    for entry in entries(node) {
        let name = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
        let (of_unit, below): (Vec<Entry>, Vec<Entry>) = match entry.node.table() {
            Some(table) => table.iter().cloned().partition(says_of_unit),
            None => (Vec::new(), Vec::new()),
        };
        let expectation =
            |of_unit, values| Expectation { criterion: name.clone(), of_unit, values, place: entry.place.clone() };
        let only_of_unit = !of_unit.is_empty() && below.is_empty();
        if !of_unit.is_empty() {
            let values = only(&entry.node, of_unit);
            if check(&Shape::Record(EXPECT_UNIT), &entry.key, &values, faults) {
                found.push(expectation(true, values));
            }
        }
        let values = only(&entry.node, below);
        if values.table().is_some_and(|table| !table.is_empty() && table.iter().all(|it| it.node.table().is_some())) {
            found.extend(expectations(Some(&values), &name, faults));
        } else if !only_of_unit && check(&Shape::Record(EXPECT), &entry.key, &values, faults) {
            found.push(expectation(false, values));
        }
    }
    found
}

/// Whether something is expected of a unit: criteria have none of these keys, and may be called like them.
fn says_of_unit(entry: &Entry) -> bool {
    let of_unit = EXPECT_UNIT.iter().any(|field| field.key == entry.key);
    of_unit && (entry.node.table().is_none() || matches!(entry.key.as_str(), "awards" | "groups"))
}

/// A table with some of its entries.
fn only(node: &Node, entries: Vec<Entry>) -> Node {
    if node.table().is_none() {
        return node.clone();
    }
    let mut table = Table::default();
    for entry in entries {
        table.set(entry);
    }
    Node { content: Content::Table(table), ..node.clone() }
}

pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}
