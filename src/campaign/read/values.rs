//! Values with their authority.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Content, Node};
use crate::schema::Literal;
use crate::value::Number;

use super::super::shape::{Shape, found};
use super::super::{Basis, Case, Condition, Param, Quantity, Sort, Sourced, Value, When};
use super::{Reader, entries, has_shape};

/// The params, each with its authority.
pub(super) fn params(document: &Node, reader: &mut Reader<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    for entry in entries(document.get("params")) {
        if !has_shape(&Shape::Param, &entry.node) {
            continue;
        }
        let Some(value) = read(&entry.node, None, reader) else { continue };
        reader.account(&format!("params.{}", entry.key), &value, &value.value, true);
        let sort = sort(&entry.key, &entry.node, &value.value, reader);
        let about = entry.node.get("about").and_then(Node::text).map(str::to_owned);
        params.push(Param { id: entry.key.clone(), value, sort, about });
    }
    params
}

/// What kind of value a param is: that of its value, else what the campaign says; both must agree.
fn sort(key: &str, node: &Node, value: &Value, reader: &mut Reader<'_>) -> Sort {
    let declared = node.get("type").and_then(|node| Some((Sort::from_word(node.text()?)?, node)));
    let Value::Literal(quantity) = value else { return declared.map_or(Sort::Day, |(sort, _)| sort) };
    if let Some((declared, node)) = declared.filter(|(declared, _)| *declared != quantity.sort()) {
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", key).with("expected", declared.phrase());
        reader.fault(fault.with("found", quantity.sort().phrase()).at(&node.place));
    }
    quantity.sort()
}

/// Reads a value; `owner` is the table around it, whose clause or assumption it shares if it has none of its own.
pub(super) fn sourced(node: &Node, owner: Option<&Node>, reader: &mut Reader<'_>) -> Option<Sourced<Value>> {
    if has_shape(&Shape::Value, node) { read(node, owner, reader) } else { None }
}

/// Reads a value and remembers on whose authority it stands, case by case.
pub(super) fn accounted(node: &Node, owner: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Sourced<Value>> {
    let value = sourced(node, Some(owner), reader)?;
    account(&value, path, reader);
    Some(value)
}

/// Remembers on whose authority a value stands, case by case.
pub(super) fn account(value: &Sourced<Value>, path: &str, reader: &mut Reader<'_>) {
    // A reference answers for itself: the param has a source, the column and the rule have none to give.
    let number = matches!(&value.value, Value::Literal(Quantity::Number { .. } | Quantity::Day(_) | Quantity::List(_)));
    reader.account(path, value, &value.value, number);
    if let Value::Cases(cases) = &value.value {
        for case in cases {
            account(&case.value, path, reader);
        }
    }
}

/// The table that answers for the values in it: itself, if it names a clause or an assumption, else the one around it.
pub(super) fn answering<'n>(node: &'n Node, around: &'n Node) -> &'n Node {
    if stated(node).is_some() { node } else { around }
}

fn read(node: &Node, owner: Option<&Node>, reader: &mut Reader<'_>) -> Option<Sourced<Value>> {
    let basis = basis(node, owner);
    let value = match &node.content {
        Content::List(cases) => Value::Cases(cases.iter().filter_map(|node| case(node, owner, reader)).collect()),
        Content::Table(table) => {
            let text = |key: &str| table.get(key).and_then(Node::text).map(str::to_owned);
            match table.get("value") {
                Some(value) => Value::Literal(quantity(value, reader)?),
                None => (text("param").map(Value::Param))
                    .or_else(|| text("column").map(Value::Column))
                    .or_else(|| text("rule").map(Value::Rule))
                    .or_else(|| text("unknown").map(Value::Unknown))?,
            }
        }
        _ => Value::Literal(quantity(node, reader)?),
    };
    let place = table_value(node).place.clone();
    Some(Sourced { value, basis, place })
}

fn case(node: &Node, owner: Option<&Node>, reader: &mut Reader<'_>) -> Option<Case> {
    let when = node.get("when").map(when).unwrap_or_default();
    let inner = node.get("value")?;
    let mut value = sourced(inner, Some(node), reader)?;
    if value.basis == Basis::Unstated {
        value.basis = basis(node, owner);
    }
    Some(Case { when, value })
}

/// Conditions; their shape has been checked.
pub(super) fn when(node: &Node) -> When {
    let condition = |entry: &crate::document::Entry| Condition {
        subject: entry.key.clone(),
        any_of: literals(&entry.node),
        place: entry.place.clone(),
    };
    When(entries(Some(node)).map(condition).collect())
}

/// The `when` of a table, if it has one.
pub(super) fn when_of(node: &Node) -> When {
    node.get("when").map(when).unwrap_or_default()
}

fn literals(node: &Node) -> Vec<Literal> {
    let nodes = node.list().unwrap_or(std::slice::from_ref(node));
    nodes.iter().filter_map(literal).collect()
}

/// A written value.
pub(super) fn literal(node: &Node) -> Option<Literal> {
    match &node.content {
        Content::Text(text) => Some(Literal::Text(text.clone())),
        Content::Number(number) => Some(Literal::Number(*number)),
        Content::Flag(flag) => Some(Literal::Flag(*flag)),
        Content::Day(day) => Some(Literal::Day(*day)),
        Content::List(_) | Content::Table(_) | Content::Faulty => None,
    }
}

fn quantity(node: &Node, reader: &mut Reader<'_>) -> Option<Quantity> {
    Some(match &node.content {
        Content::Text(text) if text.ends_with('%') => {
            Quantity::Number { number: percentage(text, node, reader)?, percent: true }
        }
        Content::Text(text) => Quantity::Text(text.clone()),
        Content::Number(number) => Quantity::Number { number: *number, percent: false },
        Content::Flag(flag) => Quantity::Flag(*flag),
        Content::Day(day) => Quantity::Day(*day),
        Content::List(items) => {
            let numbers: Option<Vec<_>> = items.iter().map(Node::number).collect();
            let Some(numbers) = numbers else {
                let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "value");
                let fault = fault.with("expected", Sort::List.phrase()).with("found", found(&node.content));
                reader.fault(fault.at(&node.place));
                return None;
            };
            Quantity::List(numbers)
        }
        Content::Table(_) | Content::Faulty => return None,
    })
}

fn percentage(text: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Number> {
    let number = Number::parse_percentage(text);
    if number.is_none() {
        reader.fault(Diagnostic::new(&catalogue::BAD_PERCENTAGE).with("text", text).at(&node.place));
    }
    number
}

/// The authority of a value: its own, else that of an edit, else that of the table around it.
pub(super) fn basis(node: &Node, owner: Option<&Node>) -> Basis {
    let own = stated(node);
    let edited = edit(node).or_else(|| edit(table_value(node)));
    own.or(edited).or_else(|| owner.and_then(stated)).unwrap_or(Basis::Unstated)
}

fn stated(node: &Node) -> Option<Basis> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    text("assumed").map(Basis::Assumed).or_else(|| text("clause").map(Basis::Clause))
}

fn edit(node: &Node) -> Option<Basis> {
    let was = node.replaced.as_ref()?.to_string();
    let by = match &node.place {
        crate::source::Place::Text { source, .. } => source.name.clone(),
        _ => "an edit".to_owned(),
    };
    Some(Basis::SetBy { by, was })
}

fn table_value(node: &Node) -> &Node {
    node.get("value").unwrap_or(node)
}
