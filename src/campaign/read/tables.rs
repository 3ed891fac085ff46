//! What the data look like.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Entry, Node};
use crate::schema::{
    Blank, ColumnId, ColumnSchema, Kind, Literal, NoRows, Schema, TableId, TableSchema, Validity, Word, Words,
};
use crate::source::Place;

use super::values::literal;
use super::{Reader, entries, title};

/// Reads all tables. Links are resolved by position, so the ids of all tables are known before any column is read.
pub(super) fn schema(document: &Node, reader: &mut Reader<'_>) -> Schema {
    let ids: Vec<String> = entries(document.get("tables")).map(|entry| entry.key.clone()).collect();
    let scales: Vec<Arc<Words>> = entries(document.get("scales")).map(|entry| words(&entry.key, Some(&entry.node))).collect();
    let mut tables: Vec<TableSchema> = Vec::new();
    for entry in entries(document.get("tables")) {
        let context = Context { tables: &ids, scales: &scales };
        tables.push(table(entry, &context, reader));
    }
    let mut schema = Schema { tables };
    for (at, entry) in entries(document.get("tables")).enumerate() {
        let no_rows = no_rows(&schema, TableId(at), entry, reader);
        if let Some(table) = schema.tables.get_mut(at) {
            table.no_rows = no_rows;
        }
    }
    schema
}

struct Context<'a> {
    tables: &'a [String],
    scales: &'a [Arc<Words>],
}

fn table(entry: &Entry, context: &Context<'_>, reader: &mut Reader<'_>) -> TableSchema {
    let node = &entry.node;
    let columns: Vec<_> = entries(node.get("columns")).map(|entry| column(entry, context, reader)).collect();
    let find = |name: &Node, reader: &mut Reader<'_>| {
        let text = name.text()?;
        let found = columns.iter().position(|column| column.id == text);
        if found.is_none() {
            reader.unknown("column", text, columns.iter().map(|column| column.id.as_str()), &name.place);
        }
        found.map(ColumnId)
    };
    let mut named = |key: &str| node.get(key).and_then(|name| find(name, reader));
    let (name, parent) = (named("name"), named("parent"));
    let key = match node.get("key") {
        Some(key) => key.list().unwrap_or(std::slice::from_ref(key)).iter().filter_map(|name| find(name, reader)).collect(),
        None => Vec::new(),
    };
    let mut valid = |key: &str| node.get("valid").and_then(|valid| find(valid.get(key)?, reader));
    let valid = Validity { from: valid("from"), to: valid("to") };
    must_be_a_link(parent, &columns, node, reader);
    TableSchema {
        id: entry.key.clone(),
        file: node.get("file").and_then(Node::text).unwrap_or_default().to_owned(),
        key,
        name,
        parent,
        no_rows: None,
        valid,
        columns,
        place: entry.place.clone(),
    }
}

fn must_be_a_link(parent: Option<ColumnId>, columns: &[ColumnSchema], node: &Node, reader: &mut Reader<'_>) {
    let Some(column) = parent.and_then(|at| columns.get(at.0)).filter(|column| column.link().is_none()) else { return };
    let place = node.get("parent").map_or(Place::Nowhere, |name| name.place.clone());
    let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "parent").with("expected", "a column of type link");
    reader.fault(fault.with("found", format!("`{}`", column.id)).at(place));
}

/// What absent rows mean must be said wherever rows hang on other rows.
fn no_rows(schema: &Schema, id: TableId, entry: &Entry, reader: &mut Reader<'_>) -> Option<NoRows> {
    let parent = schema.parent_of(id)?;
    let Some(node) = entry.node.get("no_rows") else {
        if parent != id {
            let about = "what it means that a unit has no row here: \"none\", \"unknown\" or { delivered = \"column\" }";
            let fault = Diagnostic::new(&catalogue::MISSING_KEY).with("key", "no_rows").with("about", about);
            reader.fault(fault.at(&entry.place));
        }
        return Some(NoRows::None);
    };
    match node.text() {
        Some("unknown") => Some(NoRows::Unknown),
        Some(_) => Some(NoRows::None),
        None => {
            let flag = node.get("delivered")?;
            let owner = schema.table(parent);
            let found = owner.find(flag.text()?).filter(|at| owner.column(*at).kind == Kind::Flag);
            if found.is_none() {
                let flags = owner.columns.iter().filter(|column| column.kind == Kind::Flag).map(|column| column.id.as_str());
                reader.unknown(&format!("flag of `{}`", owner.id), flag.text()?, flags, &flag.place);
            }
            found.map(NoRows::Delivered)
        }
    }
}

fn column(entry: &Entry, context: &Context<'_>, reader: &mut Reader<'_>) -> ColumnSchema {
    let node = &entry.node;
    let kind = kind(entry, context, reader).unwrap_or(Kind::Text { digits: None });
    let blank = blank(node, &kind, reader);
    let header = node.get("header").and_then(Node::text).unwrap_or(&entry.key);
    ColumnSchema { id: entry.key.clone(), header: header.into(), kind, blank, place: entry.place.clone() }
}

fn kind(entry: &Entry, context: &Context<'_>, reader: &mut Reader<'_>) -> Option<Kind> {
    let node = &entry.node;
    let only = |key: &str, types: &str, reader: &mut Reader<'_>| foreign(node, key, types, reader);
    only("digits", "text", reader);
    only("min", "number", reader);
    only("max", "number", reader);
    only("values", "choice", reader);
    only("scale", "scale", reader);
    only("to", "link", reader);
    only("future", "date", reader);
    Some(match node.get("type")?.text()? {
        "choice" => Kind::Choice(words(&entry.key, Some(needed(node, "values", "its words", &entry.place, reader)?))),
        "scale" => {
            let name = needed(node, "scale", "the scale of its words", &entry.place, reader)?;
            let found = context.scales.iter().find(|scale| Some(scale.id.as_str()) == name.text());
            if found.is_none() {
                reader.unknown("scale", name.text()?, context.scales.iter().map(|scale| scale.id.as_str()), &name.place);
            }
            Kind::Scale(Arc::clone(found?))
        }
        "number" => Kind::Number { min: node.get("min").and_then(Node::number), max: node.get("max").and_then(Node::number) },
        "date" => Kind::Date { future: node.get("future").and_then(Node::flag).unwrap_or(false) },
        "flag" => Kind::Flag,
        "link" => {
            let name = needed(node, "to", "the table that it leads to", &entry.place, reader)?;
            let found = context.tables.iter().position(|table| Some(table.as_str()) == name.text());
            if found.is_none() {
                reader.unknown("table", name.text()?, context.tables.iter().map(String::as_str), &name.place);
            }
            Kind::Link { to: TableId(found?) }
        }
        _ => {
            let digits = node.get("digits").and_then(Node::number).and_then(|digits| digits.to_whole());
            Kind::Text { digits: digits.and_then(|digits| usize::try_from(digits).ok()) }
        }
    })
}

/// Reports a key that belongs to columns of another type.
fn foreign(node: &Node, key: &str, type_of_key: &str, reader: &mut Reader<'_>) {
    let own = node.get("type").and_then(Node::text);
    if own == Some(type_of_key) {
        return;
    }
    if let Some(entry) = node.table().and_then(|table| table.entry(key)) {
        let expected = format!("left out, for it belongs to columns of type {type_of_key}");
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", key).with("expected", expected);
        reader.fault(fault.with("found", format!("in a column of type {}", own.unwrap_or("?"))).at(&entry.place));
    }
}

fn needed<'n>(node: &'n Node, key: &str, about: &str, place: &Place, reader: &mut Reader<'_>) -> Option<&'n Node> {
    let found = node.get(key);
    if found.is_none() {
        reader.fault(Diagnostic::new(&catalogue::MISSING_KEY).with("key", key).with("about", about).at(place));
    }
    found
}

/// A list of words as they stand in cells, or a table of ids with headers and titles.
fn words(id: &str, node: Option<&Node>) -> Arc<Words> {
    let plain = |text: &str| Word { id: text.to_owned(), header: text.to_owned(), title: crate::schema::Title::default() };
    let full = |entry: &Entry| Word {
        id: entry.key.clone(),
        header: entry.node.get("header").and_then(Node::text).unwrap_or(&entry.key).to_owned(),
        title: title(&entry.node),
    };
    let words = match node.and_then(Node::list) {
        Some(list) => list.iter().filter_map(Node::text).map(plain).collect(),
        None => entries(node).map(full).collect(),
    };
    Arc::new(Words { id: id.to_owned(), words })
}

fn blank(node: &Node, kind: &Kind, reader: &mut Reader<'_>) -> Blank {
    let Some(blank) = node.get("blank") else { return Blank::Unknown };
    match blank.text() {
        Some("unknown") => return Blank::Unknown,
        Some("none") => return Blank::None,
        _ => {}
    }
    let value = literal(blank);
    let fits = match (kind, &value) {
        (Kind::Text { .. }, Some(Literal::Text(_)))
        | (Kind::Number { .. }, Some(Literal::Number(_)))
        | (Kind::Date { .. }, Some(Literal::Day(_)))
        | (Kind::Flag, Some(Literal::Flag(_))) => true,
        (Kind::Choice(words) | Kind::Scale(words), Some(Literal::Text(text))) => words.by_id(text).is_some(),
        _ => false,
    };
    match value.filter(|_| fits) {
        Some(value) => Blank::Value(value),
        None => {
            let expected = "\"unknown\", \"none\" or a value of the column's own type";
            let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "blank").with("expected", expected);
            reader.fault(fault.with("found", blank).at(&blank.place));
            Blank::Unknown
        }
    }
}
