//! How files and cells are written.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::Node;
use crate::schema::{
    CellWriting, ColumnId, ColumnSchema, DecimalMark, Encoding, FileWriting, Fraction, Kind, Percent, Repeated, Sheet,
};
use crate::value::{Number, fold};

use super::{COLUMN, Reader};

/// How the file of a table is written.
pub(super) fn of_file(node: &Node, columns: &[ColumnSchema], reader: &mut Reader<'_>) -> FileWriting {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let header = |key: &str| node.get("header").and_then(|header| whole(header.get(key)?));
    FileWriting {
        encoding: text("encoding").and_then(Encoding::parse),
        delimiter: text("delimiter").and_then(delimiter),
        sheet: node.get("sheet").and_then(sheet),
        header_line: header("line"),
        header_rows: header("rows").and_then(|rows| usize::try_from(rows).ok()),
        skip: texts(node.get("skip")),
        blanks: texts(node.get("blanks")),
        repeated: repeated(node, columns, reader),
        provisional: node.get("provisional").and_then(|name| flag(name, columns, reader)),
    }
}

fn delimiter(text: &str) -> Option<u8> {
    match text {
        "tab" => Some(b'\t'),
        text => text.bytes().next(),
    }
}

fn sheet(node: &Node) -> Option<Sheet> {
    let name = || node.text().map(|name| Sheet::Name(name.to_owned()));
    whole(node).and_then(|at| usize::try_from(at).ok()).map(Sheet::Position).or_else(name)
}

fn repeated(node: &Node, columns: &[ColumnSchema], reader: &mut Reader<'_>) -> Repeated {
    let Some(rule) = node.get("repeated") else { return Repeated::Unknown };
    match rule.get("last_by") {
        None if rule.text() == Some("refuse") => Repeated::Refuse,
        None => Repeated::Unknown,
        Some(name) => {
            let is_day = |column: &ColumnSchema| matches!(column.kind, Kind::Date { .. });
            find(name, columns, is_day, reader).map_or(Repeated::Unknown, Repeated::LastBy)
        }
    }
}

fn flag(name: &Node, columns: &[ColumnSchema], reader: &mut Reader<'_>) -> Option<ColumnId> {
    find(name, columns, |column| column.kind == Kind::Flag, reader)
}

fn find(
    name: &Node,
    columns: &[ColumnSchema],
    fits: impl Fn(&ColumnSchema) -> bool,
    reader: &mut Reader<'_>,
) -> Option<ColumnId> {
    let id = name.text()?;
    let found = columns.iter().position(|column| column.id == id && fits(column));
    if found.is_none() {
        let known = columns.iter().filter(|column| fits(column)).map(|column| column.id.as_str());
        reader.unknown(COLUMN, id, known, &name.place);
    }
    found.map(ColumnId)
}

/// How the cells of a column are written; the table may say it for all its columns.
pub(super) fn of_cells(node: &Node, table: &Node, reader: &mut Reader<'_>) -> CellWriting {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let is_set = |key: &str| node.get(key).and_then(Node::flag).unwrap_or(false);
    let decimal = text("decimal").or_else(|| table.get("decimal")?.text());
    let (yes, no) = (texts(node.get("yes")), texts(node.get("no")));
    if let Some(word) = yes.iter().find(|word| no.iter().any(|other| fold(other) == fold(word))) {
        let place = node.get("no").map_or(&node.place, |no| &no.place);
        reader.fault(Diagnostic::new(&catalogue::YES_AND_NO).with("word", word).at(place));
    }
    CellWriting {
        aliases: texts(node.get("aliases")),
        decimal: decimal.and_then(mark),
        percent: text("percent").map(|percent| if percent == "of_1" { Percent::OfOne } else { Percent::OfHundred }),
        fraction: text("fraction")
            .map(|what| if what == "numerator" { Fraction::Numerator } else { Fraction::Quotient }),
        serial: is_set("serial"),
        months: is_set("months"),
        pad: is_set("pad"),
        yes,
        no,
    }
}

fn mark(text: &str) -> Option<DecimalMark> {
    match text {
        "," => Some(DecimalMark::Comma),
        "." => Some(DecimalMark::Point),
        _ => None,
    }
}

/// A text or a list of texts.
pub(super) fn texts(node: Option<&Node>) -> Vec<String> {
    let nodes = match node {
        Some(node) => node.list().unwrap_or(std::slice::from_ref(node)),
        None => &[],
    };
    nodes.iter().filter_map(|node| Some(node.text()?.to_owned())).collect()
}

fn whole(node: &Node) -> Option<u64> {
    node.number().and_then(Number::to_whole).and_then(|number| u64::try_from(number).ok())
}
