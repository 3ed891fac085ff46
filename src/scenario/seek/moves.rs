//! What units can do about their data: declared by the campaign, or implied by its measures.

use crate::campaign::{BoundKind, Quantity};
use crate::data::can_say;
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node, Table};
use crate::evaluate::{LevelPlan, Plan, Program};
use crate::patch::{self, Test, Word};
use crate::rule::{Ambient, Comparison, Constant, Derived, Expression, Field, Measure};
use crate::schema::{ColumnId, Kind, Schema, TableId, Title};
use crate::value::{Day, Number, nearest};

/// The most steps and added rows of a move that does not say.
const USUAL_MOST: usize = 20;

const TABLE: Phrase = Phrase::new("table", "bảng");
const COLUMN: Phrase = Phrase::new("column", "cột");
const WHAT: Phrase = Phrase::new("one of `set`, `step`, `add`, `remove`", "một trong `set`, `step`, `add`, `remove`");

/// Something that a unit can do, once for a row.
#[derive(Clone, Debug)]
pub struct Move {
    /// Its id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The table whose rows it changes.
    pub table: TableId,
    /// Which of the unit's rows can take it.
    pub tests: Vec<(ColumnId, Test)>,
    /// What it does.
    pub deed: Deed,
    /// How many steps or added rows there may be.
    pub at_most: usize,
    /// What it costs, each time.
    pub cost: Number,
}

/// What a move does to a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Cells say something else.
    Set(Vec<(ColumnId, String)>),
    /// A number moves by so much, perhaps several times.
    Step(ColumnId, Number),
    /// A row is added.
    Add(Vec<(ColumnId, String)>),
    /// The row goes.
    Remove,
}

/// The moves that a campaign declares; one that names what is not there, or that a column cannot say, is reported.
pub fn declared(document: &Node, schema: &Schema, faults: &mut Vec<Diagnostic>) -> Vec<Move> {
    let entries: Vec<&Entry> = document.get("moves").and_then(Node::table).into_iter().flat_map(Table::iter).collect();
    entries.into_iter().filter_map(|entry| one(entry, schema, faults)).collect()
}

fn one(entry: &Entry, schema: &Schema, faults: &mut Vec<Diagnostic>) -> Option<Move> {
    let node = &entry.node;
    let before = faults.len();
    let (name, place) = node.get("table").and_then(|table| Some((table.text()?, &table.place)))?;
    let Some(table) = schema.find(name) else {
        let known = schema.tables.iter().map(|table| table.id.as_str());
        faults.push(unknown(TABLE, &Word { text: name.to_owned(), place: place.clone() }, known));
        return None;
    };
    if node.get("clause").is_none() && node.get("assumed").is_none() {
        let place = node.get("cost").map_or(&entry.place, |cost| &cost.place);
        faults.push(Diagnostic::new(&catalogue::NUMBER_WITHOUT_SOURCE).with("key", "cost").at(place));
    }
    let mut cells = |node: &Node, is_step: bool| -> Vec<(ColumnId, String)> {
        let mut cells = Vec::new();
        for (name, value) in patch::read_cells(node) {
            let of = schema.table(table);
            let Some(id) = of.find(&name.text) else {
                faults.push(unknown(COLUMN, &name, of.columns.iter().map(|column| column.id.as_str())));
                continue;
            };
            let column = of.column(id);
            let takes_it =
                if is_step { matches!(column.kind, Kind::Number { .. }) } else { can_say(column, &value.text) };
            if !takes_it {
                let fault = Diagnostic::new(&catalogue::CELL_CANNOT_SAY).with("column", &column.id);
                faults.push(fault.with("table", &of.id).with("text", &value.text).at(&value.place));
            }
            cells.push((id, value.text));
        }
        cells
    };
    let deed = match (node.get("set"), node.get("step"), node.get("add")) {
        (Some(set), ..) => Some(Deed::Set(cells(set, false))),
        (_, Some(step), _) => {
            let by = step.table().and_then(|table| table.iter().next()?.node.number());
            cells(step, true).first().zip(by).map(|((column, _), by)| Deed::Step(*column, by))
        }
        (.., Some(add)) => Some(Deed::Add(cells(add, false))),
        _ => (node.get("remove").and_then(Node::flag) == Some(true)).then_some(Deed::Remove),
    };
    let mut tests = Vec::new();
    for test in node.get("where").map(|node| patch::read_tests(node, faults)).unwrap_or_default() {
        let of = schema.table(table);
        match of.find(&test.column.text) {
            Some(column) => tests.push((column, test)),
            None => faults.push(unknown(COLUMN, &test.column, of.columns.iter().map(|column| column.id.as_str()))),
        }
    }
    if deed.is_none() {
        let fault = Diagnostic::new(&catalogue::MISSING_KEY).with("key", "set").with("about", WHAT);
        faults.push(fault.at(&entry.place));
    }
    let text = |key: &str| node.get("title").and_then(|title| title.get(key)?.text()).map(str::to_owned);
    let plain = node.get("title").and_then(Node::text).map(str::to_owned);
    let most = node.get("at_most").and_then(Node::number).and_then(Number::to_whole);
    let made = Move {
        id: entry.key.clone(),
        title: Title { vi: text("vi").or(plain), en: text("en") },
        table,
        tests,
        deed: deed?,
        at_most: most.and_then(|most| usize::try_from(most).ok()).unwrap_or(USUAL_MOST),
        cost: node.get("cost").and_then(Node::number)?,
    };
    (faults.len() == before).then_some(made)
}

fn unknown<'k>(kind: Phrase, word: &Word, known: impl Iterator<Item = &'k str> + Clone) -> Diagnostic {
    let near = nearest(&word.text, known.clone());
    let list = near.is_none().then(|| known.collect::<Vec<_>>().join(", "));
    let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", kind).with("name", &word.text);
    fault.maybe("near", near).maybe("known", list).at(&word.place)
}

/// The moves that the measures of a level imply: one more row with the property, or a number that reaches its bar.
pub(super) fn implied(plan: &Plan, level: &LevelPlan, as_of: Day) -> Vec<Move> {
    let mut moves = Vec::new();
    for criterion in &level.criteria {
        let Some(of) = plan.campaign.criteria.get(criterion.criterion) else { continue };
        let Program::Computed(measure) = &criterion.measure else { continue };
        let mut add = |table: TableId, deed: Deed| {
            let same = moves.iter().any(|known: &Move| known.table == table && known.deed == deed);
            if !same {
                let (id, title) = (of.id.clone(), of.title.clone());
                moves.push(Move { id, title, table, tests: Vec::new(), deed, at_most: 1, cost: Number::ONE });
            }
        };
        measure.walk(&mut |inner| match inner {
            Expression::Derived { id, .. } => {
                let aggregate = plan.derived.get(*id).and_then(Derived::aggregate);
                let property = aggregate.and_then(|aggregate| match &aggregate.measure {
                    Measure::Share(property) | Measure::Any(property) | Measure::All(property) => {
                        Some((aggregate.table, property))
                    }
                    _ => None,
                });
                let cells = property.and_then(|(table, property)| Some((table, makes(property, table, plan, as_of)?)));
                if let Some((table, cells)) = cells {
                    add(table, Deed::Set(cells));
                }
            }
            Expression::Field(field) if field.path.is_empty() => {
                let bar = criterion.target.iter().find(|bound| bound.kind == BoundKind::AtLeast);
                if let Some(Expression::Constant(Constant::Number(bar))) = bar.map(|bound| &bound.bar) {
                    add(field.table, Deed::Set(vec![(field.column, bar.to_string())]));
                }
            }
            _ => {}
        });
    }
    moves
}

/// The cells that give a row a property, where its form says so.
fn makes(property: &Expression, table: TableId, plan: &Plan, as_of: Day) -> Option<Vec<(ColumnId, String)>> {
    let own = |field: &Field| (field.path.is_empty() && field.table == table).then_some(field.column);
    match property {
        Expression::And(items) => {
            let cells = items.iter().map(|item| makes(item, table, plan, as_of)).collect::<Option<Vec<_>>>()?;
            Some(cells.concat())
        }
        Expression::Field(field) => Some(vec![(own(field)?, "true".to_owned())]),
        Expression::Within { day, .. } => {
            let Expression::Field(field) = &**day else { return None };
            Some(vec![(own(field)?, as_of.to_string())])
        }
        Expression::Compare(comparison, a, b) => {
            let Expression::Field(field) = &**a else { return None };
            let reaches = matches!(comparison, Comparison::Equal | Comparison::AtLeast | Comparison::AtMost);
            let column = own(field).filter(|_| reaches)?;
            let kind = &plan.campaign.schema.column(table, column).kind;
            Some(vec![(column, written(b, kind, plan, as_of)?)])
        }
        _ => None,
    }
}

fn written(value: &Expression, kind: &Kind, plan: &Plan, as_of: Day) -> Option<String> {
    match (value, kind) {
        (Expression::Constant(Constant::Number(number)), _) => Some(number.to_string()),
        (Expression::Constant(Constant::Day(day)), _) => Some(day.to_string()),
        (Expression::Constant(Constant::Flag(flag)), _) => Some(flag.to_string()),
        (Expression::Constant(Constant::Text(text)), _) => Some(text.clone()),
        (Expression::Constant(Constant::Code(code)), Kind::Choice(words) | Kind::Scale(words)) => {
            words.get(*code).map(|word| word.id.clone())
        }
        (Expression::Ambient(Ambient::AsOf(_)), _) => Some(as_of.to_string()),
        (Expression::Param(at), _) => match &plan.campaign.params.get(*at)?.value.value {
            crate::campaign::Value::Literal(Quantity::Number { number, .. }) => Some(number.to_string()),
            crate::campaign::Value::Literal(Quantity::Day(day)) => Some(day.to_string()),
            _ => None,
        },
        _ => None,
    }
}
