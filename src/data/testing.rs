//! Schemas, files and what came of them, in few words, for the tests of this folder.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language};
use crate::schema::{
    Blank, CellWriting, ColumnId, ColumnSchema, FileWriting, Kind, Literal, NoRows, Schema, TableId, TableSchema,
    Title, Validity, Word, Words,
};
use crate::source::Place;
use crate::value::{Day, Number};

use super::{Column, Dataset, RawTable, Values, assemble, read_file};

pub(super) fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(super) fn text() -> Kind {
    Kind::Text { digits: None }
}

pub(super) fn number(min: Option<&str>, max: Option<&str>) -> Kind {
    Kind::Number { min: min.map(n), max: max.map(n) }
}

/// A choice of words; the cell of a word is its id in angle brackets.
pub(super) fn choice(ids: &[&str]) -> Kind {
    let word =
        |id: &&str| Word { id: (*id).to_owned(), header: format!("<{id}>"), title: Title::default(), also: Vec::new() };
    Kind::Choice(Arc::new(Words { id: "choice".to_owned(), words: ids.iter().map(word).collect() }))
}

pub(super) fn link(to: usize) -> Kind {
    Kind::Link { to: TableId(to) }
}

pub(super) const DATE: Kind = Kind::Date { future: false };

pub(super) fn column(header: &str, kind: Kind) -> ColumnSchema {
    ColumnSchema {
        id: header.to_lowercase(),
        header: header.into(),
        kind,
        blank: Blank::Unknown,
        writing: CellWriting::default(),
        place: Place::Nowhere,
    }
}

pub(super) fn blank_none(column: ColumnSchema) -> ColumnSchema {
    ColumnSchema { blank: Blank::None, ..column }
}

pub(super) fn blank_text(text: &str, column: ColumnSchema) -> ColumnSchema {
    ColumnSchema { blank: Blank::Value(Literal::Text(text.to_owned())), ..column }
}

/// A table with so many key columns in front.
pub(super) fn table(id: &str, keys: usize, columns: Vec<ColumnSchema>) -> TableSchema {
    TableSchema {
        id: id.to_owned(),
        file: format!("{id}.csv"),
        key: (0..keys).map(ColumnId).collect(),
        name: None,
        parent: None,
        no_rows: None,
        valid: Validity::default(),
        cite: Vec::new(),
        columns,
        writing: FileWriting::default(),
        place: Place::Nowhere,
    }
}

/// The table with its parent link.
pub(super) fn under(parent: usize, table: TableSchema) -> TableSchema {
    TableSchema { parent: Some(ColumnId(parent)), no_rows: Some(NoRows::None), ..table }
}

/// Two unions, as a file.
pub(super) const UNIONS: &str = "Code,Name\nA,Alpha\nB,Beta\n";

/// The header row of firms.
pub(super) const FIRMS: &str = "MST,Union,Workers,Founded,State,Grade,Sponsor\n";

/// Unions; firms under unions, with a column of every type; visits without a key; plans with a key of two columns.
pub(super) fn schema() -> Schema {
    let unions = table("unions", 1, vec![column("Code", text()), column("Name", text())]);
    let firms = vec![
        column("MST", Kind::Text { digits: Some(3) }),
        column("Union", link(0)),
        column("Workers", number(Some("0"), Some("1000"))),
        blank_none(column("Founded", DATE)),
        column("State", Kind::Flag),
        column("Grade", choice(&["poor", "good"])),
        column("Sponsor", link(0)),
    ];
    let visits = vec![column("Union", link(0)), column("People", number(None, None))];
    let plans = vec![column("Union", link(0)), column("Year", number(None, None)), column("Plan", number(None, None))];
    let firms = under(1, table("firms", 1, firms));
    let (visits, plans) = (under(0, table("visits", 0, visits)), under(0, table("plans", 2, plans)));
    Schema { tables: vec![unions, firms, visits, plans] }
}

/// Districts of which some hang on others, and clubs under districts.
pub(super) fn districts() -> Schema {
    let districts = table("districts", 1, vec![column("Code", text()), column("Above", link(0))]);
    let clubs = table("clubs", 1, vec![column("Club", text()), column("District", link(0))]);
    Schema { tables: vec![under(1, districts), under(1, clubs)] }
}

/// What came of some files.
pub(super) struct Loaded {
    pub dataset: Option<Dataset>,
    pub faults: Vec<Diagnostic>,
}

/// Reads whole files, each for a table, and assembles them on 2024-12-31.
pub(super) fn load(schema: &Schema, files: &[(&str, &str)]) -> Loaded {
    let mut faults = Vec::new();
    let raw = files.iter().filter_map(|(id, text)| read_all(schema, id, text.as_bytes(), &mut faults)).collect();
    let dataset = assemble(schema, raw, Day::new(2024, 12, 31).unwrap(), &mut faults);
    Loaded { dataset, faults }
}

pub(super) fn read_all(schema: &Schema, id: &str, bytes: &[u8], faults: &mut Vec<Diagnostic>) -> Option<RawTable> {
    read_file(schema, schema.find(id).unwrap(), &format!("{id}.csv"), &bytes, &[true; 16], 0, faults)
}

/// Each finding as `code`, or `code file:line [header] «cell»` with what is known of its place.
pub(super) fn told(faults: &[Diagnostic]) -> Vec<String> {
    let place = |fault: &Diagnostic| match &fault.place {
        Place::Cell(cell) => {
            let column = cell.column.iter().map(|column| format!(" [{column}]"));
            let text = cell.cell.iter().map(|text| format!(" «{text}»"));
            format!(" {}:{}", cell.file, cell.line) + &column.chain(text).collect::<String>()
        }
        Place::File(file) => format!(" {file}"),
        _ => String::new(),
    };
    faults.iter().map(|fault| format!("{}{}", fault.code(), place(fault))).collect()
}

/// Each row of a table as its key and its cells: `?` is unknown, `-` none, `@key` a link.
pub(super) fn rows(schema: &Schema, dataset: &Dataset, id: &str) -> Vec<String> {
    let id = schema.find(id).unwrap();
    let table = dataset.table(id);
    let cell = |at: usize, column: &Column, row: usize| match (&column.values, schema.column(id, ColumnId(at)).link()) {
        (Values::Links(_), Some(to)) if column.is_known(row) => {
            format!("@{}", column.target(row).map_or("nowhere", |target| dataset.table(to).key(target)))
        }
        _ => cell(column, row),
    };
    let columns = || table.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.as_ref()?)));
    let cells = |row| columns().map(|(at, column)| cell(at, column, row)).collect::<Vec<_>>().join(" ");
    (0..table.rows).map(|row| format!("{}: {}", table.key(row), cells(row))).collect()
}

/// A cell as its file would say it; `?` is unknown, `-` none.
pub(super) fn cell(column: &Column, row: usize) -> String {
    let mut text = String::new();
    column.write(row, &mut text);
    match (column.unknown.get(row), column.none.get(row)) {
        (true, false) => "?".to_owned(),
        (false, true) => "-".to_owned(),
        (false, false) => text,
        (true, true) => "unknown and none".to_owned(),
    }
}

/// Each finding in English.
pub(super) fn sentences(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(|fault| fault.message(Language::En)).collect()
}
