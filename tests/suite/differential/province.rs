//! A small province with a column of every type and blank policy, and random data for it.

use std::sync::Arc;

use thidua::data::{Dataset, assemble, from_rows};
use thidua::diagnostic::Diagnostic;
use thidua::schema::{
    Blank, CellWriting, ColumnId, ColumnSchema, FileWriting, Kind, Literal, NoRows, Schema, TableId, TableSchema,
    Title, Validity, Word, Words,
};
use thidua::source::Place;
use thidua::value::{Day, Number};

use super::random::Random;

pub const UNIONS: TableId = TableId(0);
pub const FIRMS: TableId = TableId(1);
pub const VISITS: TableId = TableId(2);
pub const DISTRICTS: TableId = TableId(3);

pub const GRADES: [&str; 3] = ["poor", "fair", "good"];
pub const REGIONS: [&str; 3] = ["north", "south", "fair"];
pub const TEXTS: [&str; 5] = ["an", "ban", "b", "đoàn", "công đoàn"];

/// Unions; firms under unions, some in a district; visits under firms; districts that stand above districts; clubs
/// under districts.
pub fn schema() -> Schema {
    let grade = || Kind::Scale(words("grade", &GRADES));
    let region = || Kind::Choice(words("region", &REGIONS));
    let number = |min: i64, max: i64| Kind::Number { min: Some(Number::whole(min)), max: Some(Number::whole(max)) };
    let open = || Kind::Number { min: None, max: None };
    let (text, flag) = (|| Kind::Text { digits: None }, || Kind::Flag);
    let (happened, future) = (|| Kind::Date { future: false }, || Kind::Date { future: true });
    let link = |to: usize| Kind::Link { to: TableId(to) };
    let (none, unknown) = (|| Blank::None, || Blank::Unknown);
    let value = |text: &str| Blank::Value(Literal::Text(text.to_owned()));
    let unions = vec![
        column("code", text(), unknown()),
        column("size", number(0, 9), unknown()),
        column("fund", open(), none()),
        column("region", region(), unknown()),
        column("grade", grade(), none()),
        column("strong", flag(), unknown()),
        column("label", text(), unknown()),
        column("formed", happened(), unknown()),
        column("due", future(), unknown()),
    ];
    let firms = vec![
        column("code", text(), unknown()),
        column("union", link(0), unknown()),
        column("workers", number(0, 9), unknown()),
        column("wage", open(), none()),
        column("bonus", number(0, 4), Blank::Value(Literal::Number(Number::ONE))),
        column("grade", grade(), unknown()),
        column("rating", grade(), none()),
        column("region", region(), value("south")),
        column("origin", region(), none()),
        column("state", flag(), unknown()),
        column("listed", flag(), none()),
        column("founded", happened(), none()),
        column("expiry", future(), none()),
        column("label", text(), unknown()),
        column("note", text(), none()),
        column("sponsor", link(0), none()),
        column("seat", link(3), unknown()),
    ];
    let visits = vec![
        column("firm", link(1), unknown()),
        column("people", number(-3, 9), unknown()),
        column("cost", open(), none()),
        column("good", flag(), Blank::Value(Literal::Flag(true))),
        column("day", happened(), unknown()),
        column("again", future(), Blank::Value(Literal::Day(day(2024, 3, 1)))),
        column("mark", grade(), value("poor")),
        column("topic", text(), value("b")),
    ];
    let districts = vec![
        column("code", text(), unknown()),
        column("above", link(3), none()),
        column("area", number(0, 9), unknown()),
        column("mountain", flag(), unknown()),
        column("grade", grade(), none()),
    ];
    let clubs = vec![
        column("code", text(), unknown()),
        column("district", link(3), unknown()),
        column("members", number(0, 9), unknown()),
        column("opened", happened(), unknown()),
        column("partner", link(1), none()),
    ];
    let tables = [
        table("unions", 1, None, unions),
        table("firms", 1, Some(1), firms),
        table("visits", 0, Some(0), visits),
        table("districts", 1, Some(1), districts),
        table("clubs", 1, Some(1), clubs),
    ];
    Schema { tables: tables.into() }
}

pub fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).unwrap()
}

pub const AS_OF: (i32, u32, u32) = (2024, 2, 20);

fn words(id: &str, words: &[&str]) -> Arc<Words> {
    let word =
        |id: &&str| Word { id: (*id).to_owned(), header: (*id).to_owned(), title: Title::default(), also: vec![] };
    Arc::new(Words { id: id.to_owned(), words: words.iter().map(word).collect() })
}

fn column(id: &str, kind: Kind, blank: Blank) -> ColumnSchema {
    ColumnSchema {
        id: id.to_owned(),
        header: id.into(),
        kind,
        blank,
        writing: CellWriting::default(),
        place: Place::Nowhere,
    }
}

fn table(id: &str, keys: usize, parent: Option<usize>, columns: Vec<ColumnSchema>) -> TableSchema {
    TableSchema {
        id: id.to_owned(),
        file: format!("{id}.csv"),
        key: (0..keys).map(ColumnId).collect(),
        name: None,
        parent: parent.map(ColumnId),
        no_rows: parent.map(|_| NoRows::None),
        valid: Validity::default(),
        cite: Vec::new(),
        writing: FileWriting::default(),
        columns,
        place: Place::Nowhere,
    }
}

/// How many rows each table has, and how often a cell is unknown: once in so many, or never.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub rows: [usize; 5],
    pub unknown_once_in: Option<usize>,
}

/// A few rows, of which everything is known.
pub const COMPLETE: Size = Size { rows: [12, 40, 120, 10, 30], unknown_once_in: None };

/// Random data.
pub fn data(schema: &Schema, size: Size, random: &mut Random) -> Dataset {
    let mut faults = Vec::new();
    let raw = schema.tables.iter().enumerate().map(|(at, table)| {
        let rows: Vec<_> = (0..size.rows[at]).map(|row| cells(schema, table, row, size, random)).collect();
        from_rows(schema, TableId(at), &table.file, &rows, &vec![true; table.columns.len()], &mut faults)
    });
    let raw = raw.collect();
    let (year, month, of_month) = AS_OF;
    let data = assemble(schema, raw, day(year, month, of_month), &mut faults);
    assert!(!faults.iter().any(Diagnostic::is_error), "{}", faults[0]);
    data.unwrap()
}

fn cells(schema: &Schema, table: &TableSchema, row: usize, size: Size, random: &mut Random) -> Vec<Option<String>> {
    let cell = |(at, column): (usize, &ColumnSchema)| {
        if table.key.contains(&ColumnId(at)) {
            // Keys are not in the order of rows.
            return Some(format!("{}{:06}", table.id, (row * 7919) % 1_000_003));
        }
        let blank = match column.blank {
            Blank::Unknown if table.parent == Some(ColumnId(at)) => false,
            Blank::Unknown => size.unknown_once_in.is_some_and(|times| random.once_in(times)),
            Blank::None | Blank::Value(_) => random.once_in(4),
        };
        if blank { None } else { text(schema, column, row, size, random) }
    };
    table.columns.iter().enumerate().map(cell).collect()
}

fn text(schema: &Schema, column: &ColumnSchema, row: usize, size: Size, random: &mut Random) -> Option<String> {
    Some(match &column.kind {
        Kind::Text { .. } => random.pick(&TEXTS).to_owned(),
        Kind::Choice(words) | Kind::Scale(words) => words.words[random.below(words.words.len())].header.clone(),
        Kind::Number { min: Some(min), max: Some(max) } => {
            let (min, max) = (min.to_whole()?, max.to_whole()?);
            (min + i64::try_from(random.below(usize::try_from(max - min).ok()? + 1)).ok()?).to_string()
        }
        Kind::Number { .. } => random.pick(&["-2.5", "0", "0.1", "1.25", "3", "1000000", "7"]).to_owned(),
        Kind::Date { .. } => day(2024, 1, 1).plus(i64::try_from(random.below(90)).ok()?)?.to_string(),
        Kind::Flag => random.pick(&["true", "false"]).to_owned(),
        Kind::Link { to } => {
            // A district hangs on an earlier one, or on none.
            let own = column.id == "above";
            let rows = if own { row } else { size.rows[to.0] };
            if rows == 0 {
                return None;
            }
            format!("{}{:06}", schema.table(*to).id, (random.below(rows) * 7919) % 1_000_003)
        }
    })
}
