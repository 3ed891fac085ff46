//! What the data look like.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node};
use crate::schema::{
    Blank, ColumnId, ColumnSchema, Kind, Literal, NoRows, Schema, TableId, TableSchema, Title, Validity, Word, Words,
};
use crate::source::Place;
use crate::value::Number;

use super::values::literal;
use super::writing;
use super::{COLUMN, Reader, SCALE, TABLE, entries, title};

const FLAG: Phrase = Phrase::new("column of type flag", "cột loại flag");
const A_LINK: Phrase = Phrase::new("a column of type link", "cột loại link");
const NO_ROWS: Phrase = Phrase::new(
    "what it means that a unit has no row here: \"none\", \"unknown\" or { delivered = \"column\" }",
    "đơn vị không có dòng nào ở đây nghĩa là gì: \"none\", \"unknown\" hoặc { delivered = \"cột\" }",
);
const ITS_WORDS: Phrase = Phrase::new("its words", "các từ của cột");
const ITS_SCALE: Phrase = Phrase::new("the scale of its words", "thang của các từ");
const ITS_TABLE: Phrase = Phrase::new("the table that it leads to", "bảng mà cột trỏ đến");
const A_BLANK: Phrase = Phrase::new(
    "\"unknown\", \"none\" or a value that a cell of the column may have",
    "\"unknown\", \"none\" hoặc một giá trị mà ô của cột được phép ghi",
);

/// Reads all tables. Links are resolved by position, so the ids of all tables are known before any column is read.
pub(super) fn schema(document: &Node, reader: &mut Reader<'_>) -> Schema {
    let ids: Vec<String> = entries(document.get("tables")).map(|entry| entry.key.clone()).collect();
    let scales: Vec<Arc<Words>> =
        entries(document.get("scales")).map(|entry| words(&entry.key, &entry.node, &entry.place, reader)).collect();
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
    let columns: Vec<_> = entries(node.get("columns")).map(|entry| column(entry, node, context, reader)).collect();
    headers(&columns, reader);
    let find = |name: &Node, reader: &mut Reader<'_>| {
        let text = name.text()?;
        let found = columns.iter().position(|column| column.id == text);
        if found.is_none() {
            reader.unknown(COLUMN, text, columns.iter().map(|column| column.id.as_str()), &name.place);
        }
        found.map(ColumnId)
    };
    let mut named = |key: &str| node.get(key).and_then(|name| find(name, reader));
    let (name, parent) = (named("name"), named("parent"));
    let mut several = |key: &str| -> Vec<ColumnId> {
        let Some(list) = node.get(key) else { return Vec::new() };
        list.list().unwrap_or(std::slice::from_ref(list)).iter().filter_map(|name| find(name, reader)).collect()
    };
    let (key, cite) = (several("key"), several("cite"));
    let mut valid = |key: &str| node.get("valid").and_then(|valid| find(valid.get(key)?, reader));
    let valid = Validity { from: valid("from"), to: valid("to") };
    must_be_a_link(parent, &columns, node, reader);
    let writing = writing::of_file(node, &columns, reader);
    TableSchema {
        id: entry.key.clone(),
        file: node.get("file").and_then(Node::text).unwrap_or_default().to_owned(),
        key,
        name,
        parent,
        no_rows: None,
        valid,
        cite,
        columns,
        writing,
        place: entry.place.clone(),
    }
}

fn must_be_a_link(parent: Option<ColumnId>, columns: &[ColumnSchema], node: &Node, reader: &mut Reader<'_>) {
    let Some(column) = parent.and_then(|at| columns.get(at.0)).filter(|column| column.link().is_none()) else { return };
    let place = node.get("parent").map_or(Place::Nowhere, |name| name.place.clone());
    let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "parent").with("expected", A_LINK);
    reader.fault(fault.with("found", format!("`{}`", column.id)).at(place));
}

/// What absent rows mean must be said wherever rows hang on other rows.
fn no_rows(schema: &Schema, id: TableId, entry: &Entry, reader: &mut Reader<'_>) -> Option<NoRows> {
    let parent = schema.parent_of(id)?;
    let Some(node) = entry.node.get("no_rows") else {
        if parent != id {
            reader.missing("no_rows", NO_ROWS, &entry.place);
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
                let flags =
                    owner.columns.iter().filter(|column| column.kind == Kind::Flag).map(|column| column.id.as_str());
                reader.unknown(FLAG, flag.text()?, flags, &flag.place);
            }
            found.map(NoRows::Delivered)
        }
    }
}

fn column(entry: &Entry, table: &Node, context: &Context<'_>, reader: &mut Reader<'_>) -> ColumnSchema {
    let node = &entry.node;
    let kind = kind(entry, context, reader).unwrap_or(Kind::Text { digits: None });
    let blank = blank(node, &kind, reader);
    let header = node.get("header").and_then(Node::text).unwrap_or(&entry.key);
    let writing = writing::of_cells(node, table, reader);
    ColumnSchema { id: entry.key.clone(), header: header.into(), kind, blank, writing, place: entry.place.clone() }
}

fn kind(entry: &Entry, context: &Context<'_>, reader: &mut Reader<'_>) -> Option<Kind> {
    let node = &entry.node;
    let only = |key: &str, types: &str, reader: &mut Reader<'_>| foreign(node, key, types, reader);
    for key in ["digits", "pad"] {
        only(key, "text", reader);
    }
    for key in ["decimal", "percent", "fraction"] {
        only(key, "number", reader);
    }
    for key in ["serial", "months"] {
        only(key, "date", reader);
    }
    for key in ["yes", "no"] {
        only(key, "flag", reader);
    }
    only("min", "number", reader);
    only("max", "number", reader);
    only("values", "choice", reader);
    only("scale", "scale", reader);
    only("to", "link", reader);
    only("future", "date", reader);
    Some(match node.get("type")?.text()? {
        "choice" => {
            let values = needed(node, "values", ITS_WORDS, &entry.place, reader)?;
            Kind::Choice(words(&entry.key, values, &values.place, reader))
        }
        "scale" => {
            let name = needed(node, "scale", ITS_SCALE, &entry.place, reader)?;
            let found = context.scales.iter().find(|scale| Some(scale.id.as_str()) == name.text());
            if found.is_none() {
                reader.unknown(SCALE, name.text()?, context.scales.iter().map(|scale| scale.id.as_str()), &name.place);
            }
            Kind::Scale(Arc::clone(found?))
        }
        "number" => limits(node, reader),
        "date" => Kind::Date { future: node.get("future").and_then(Node::flag).unwrap_or(false) },
        "flag" => Kind::Flag,
        "link" => {
            let name = needed(node, "to", ITS_TABLE, &entry.place, reader)?;
            let found = context.tables.iter().position(|table| Some(table.as_str()) == name.text());
            if found.is_none() {
                reader.unknown(TABLE, name.text()?, context.tables.iter().map(String::as_str), &name.place);
            }
            Kind::Link { to: TableId(found?) }
        }
        _ => {
            let digits = node.get("digits").and_then(Node::number).and_then(Number::to_whole);
            Kind::Text { digits: digits.and_then(|digits| usize::try_from(digits).ok()) }
        }
    })
}

/// Reports a key that belongs to columns of another type.
fn foreign(node: &Node, key: &str, type_of_key: &str, reader: &mut Reader<'_>) {
    let Some(own) = node.get("type").and_then(Node::text).filter(|own| *own != type_of_key) else { return };
    if let Some(entry) = node.table().and_then(|table| table.entry(key)) {
        let fault = Diagnostic::new(&catalogue::MISPLACED_KEY).with("key", key).with("own", type_of_key);
        reader.fault(fault.with("found", own).at(&entry.place));
    }
}

fn needed<'n>(node: &'n Node, key: &str, about: Phrase, place: &Place, reader: &mut Reader<'_>) -> Option<&'n Node> {
    let found = node.get(key);
    if found.is_none() {
        reader.missing(key, about, place);
    }
    found
}

fn limits(node: &Node, reader: &mut Reader<'_>) -> Kind {
    let (min, max) = (node.get("min").and_then(Node::number), node.get("max").and_then(Node::number));
    if let Some((min, max)) = min.zip(max).filter(|(min, max)| min > max) {
        let fault = Diagnostic::new(&catalogue::LIMITS_REVERSED).with("min", min).with("max", max);
        reader.fault(fault.at(&node.place));
    }
    Kind::Number { min, max }
}

/// A list of words as they stand in cells, or a table of ids with headers and titles. A word means one thing.
fn words(id: &str, node: &Node, place: &Place, reader: &mut Reader<'_>) -> Arc<Words> {
    let plain = |node: &Node| {
        Some((
            Word {
                id: node.text()?.to_owned(),
                header: node.text()?.to_owned(),
                title: Title::default(),
                also: Vec::new(),
            },
            node.place.clone(),
        ))
    };
    let full = |entry: &Entry| {
        let header = entry.node.get("header").and_then(Node::text).unwrap_or(&entry.key).to_owned();
        let also = writing::texts(entry.node.get("also"));
        (Word { id: entry.key.clone(), header, title: title(&entry.node), also }, entry.place.clone())
    };
    let found: Vec<(Word, Place)> = match node.list() {
        Some(list) => list.iter().filter_map(plain).collect(),
        None => entries(Some(node)).map(full).collect(),
    };
    if found.is_empty() {
        reader.fault(Diagnostic::new(&catalogue::NO_WORDS).with("name", id).at(place));
    }
    for (at, (word, place)) in found.iter().enumerate() {
        if found.iter().take(at).any(|(before, _)| before.header == word.header) {
            let fault = Diagnostic::new(&catalogue::REPEATED_WORD).with("word", &word.header).with("of", id);
            reader.fault(fault.at(place));
        }
    }
    Arc::new(Words { id: id.to_owned(), words: found.into_iter().map(|(word, _)| word).collect() })
}

/// Columns are found by their headers, so each has its own.
fn headers(columns: &[ColumnSchema], reader: &mut Reader<'_>) {
    for (at, column) in columns.iter().enumerate() {
        if let Some(first) = columns.iter().take(at).find(|first| first.header == column.header) {
            let fault =
                Diagnostic::new(&catalogue::REPEATED_HEADER).with("first", &first.id).with("second", &column.id);
            reader.fault(fault.with("header", &column.header).at(&column.place));
        }
    }
}

fn blank(node: &Node, kind: &Kind, reader: &mut Reader<'_>) -> Blank {
    let Some(blank) = node.get("blank") else { return Blank::Unknown };
    match blank.text() {
        Some("unknown") => return Blank::Unknown,
        Some("none") => return Blank::None,
        _ => {}
    }
    match literal(blank).filter(|value| fits(value, kind)) {
        Some(value) => Blank::Value(value),
        None => {
            let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "blank").with("expected", A_BLANK);
            reader.fault(fault.with("found", blank).at(&blank.place));
            Blank::Unknown
        }
    }
}

/// Whether a cell of the column may say this.
fn fits(value: &Literal, kind: &Kind) -> bool {
    match (kind, value) {
        (Kind::Text { digits }, Literal::Text(text)) => {
            digits.is_none_or(|digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        }
        (Kind::Number { min, max }, Literal::Number(number)) => {
            min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max)
        }
        (Kind::Date { .. }, Literal::Day(_)) | (Kind::Flag, Literal::Flag(_)) => true,
        (Kind::Choice(words) | Kind::Scale(words), Literal::Text(text)) => words.by_id(text).is_some(),
        _ => false,
    }
}
