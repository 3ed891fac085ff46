//! Raw tables as rows of texts again, so that what is edited is typed like what was read.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::schema::{ColumnId, ColumnSchema, Kind, Schema, TableSchema};
use crate::value::Number;

use super::builder::TableBuilder;
use super::cell::Cell;
use super::row::{RawCell, Sort};
use super::{Column, Numbers, RawTable, Table, Values};

/// A row as texts: the line that it starts on, and what each cell says; nothing in a cell that nobody knows.
pub type TextRow = (u64, Vec<Option<String>>);

impl RawTable {
    /// All rows as texts, from which [`from_texts`] makes the same table.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRow> {
        (0..self.lines.len()).map(|row| (self.lines.get(row).unwrap_or(0), self.row(row))).collect()
    }

    fn row(&self, row: usize) -> Vec<Option<String>> {
        let cell = |column: &Option<Column>| {
            let column = column.as_ref()?;
            if column.unknown.get(row) {
                // A month, where a month may stand for one of its days.
                return column.days_between(row).map(|(first, _)| first.to_string().chars().take(7).collect());
            }
            let mut text = String::new();
            column.write(row, &mut text);
            Some(text)
        };
        self.columns.iter().map(cell).collect()
    }

    /// Whether a column was read.
    #[must_use]
    pub fn has(&self, column: ColumnId) -> bool {
        self.columns.get(column.0).is_some_and(Option::is_some)
    }
}

/// A cell of a table, by row and column, and what it is to say.
pub type NewCell<'t> = (usize, ColumnId, &'t str);

impl Table {
    /// What a cell says, as a file would: blank where there is none or nobody knows.
    #[must_use]
    pub fn text(&self, row: usize, column: ColumnId) -> String {
        let mut text = String::new();
        self.column(column).into_iter().for_each(|column| column.write(row, &mut text));
        text
    }

    /// The table with some cells that say something else, as if the file said so. Cells that place a row, such as
    /// keys, links and days of validity, cannot be changed here; nothing is returned then.
    #[must_use]
    pub fn with_cells(&self, schema: &TableSchema, cells: &[NewCell<'_>]) -> Option<Self> {
        let valid = [schema.valid.from, schema.valid.to];
        let places =
            |id: ColumnId| schema.is_anchor(id) || valid.contains(&Some(id)) || schema.column(id).link().is_some();
        if cells.iter().any(|(_, column, _)| places(*column)) {
            return None;
        }
        let column = |(at, column): (usize, &Option<Column>)| {
            let new: Vec<(usize, &str)> =
                cells.iter().filter(|(_, of, _)| of.0 == at).map(|(row, _, text)| (*row, *text)).collect();
            let column = column.as_ref()?;
            Some(if new.is_empty() { column.clone() } else { column.with(schema.column(ColumnId(at)), &new) })
        };
        let columns = self.columns.iter().enumerate().map(column).collect();
        Some(Self { rows: self.rows, columns, keys: self.keys.clone(), intake: self.intake.clone() })
    }
}

impl Column {
    /// The column with some cells that say something else; what the column cannot say is unknown.
    fn with(&self, schema: &ColumnSchema, cells: &[(usize, &str)]) -> Self {
        let blank = Cell::blank(&schema.kind, &schema.blank);
        let mut column = Self::of_kind(&schema.kind);
        for row in 0..self.len() {
            match cells.iter().rev().find(|(at, _)| *at == row) {
                Some((_, text)) if text.trim().is_empty() => column.push_cell(blank),
                Some((_, text)) => column.push_cell(typed(schema, text).unwrap_or(Cell::Unknown)),
                None => column.push_cell(self.cell(row)),
            }
        }
        column
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        if let Some((first, last)) = self.days_between(row) {
            return Cell::Days(first, last);
        }
        if !self.is_known(row) {
            return if self.none.get(row) { Cell::None } else { Cell::Unknown };
        }
        let cell = match &self.values {
            Values::Flags(flags) => Some(Cell::Flag(flags.get(row))),
            Values::Numbers(Numbers::Small { scale, values }) => {
                values.get(row).map(|value| Cell::Number(i128::from(*value), *scale))
            }
            Values::Numbers(numbers @ Numbers::Large(_)) => {
                let digits = numbers.get(row).and_then(|number| Number::parse_scaled(&number.to_string()).ok());
                digits.map(|(mantissa, scale)| Cell::Number(mantissa, scale))
            }
            Values::Days(_) => self.day(row).map(Cell::Day),
            Values::Words { codes, .. } => codes.get(row).map(|code| Cell::Word(*code)),
            Values::Texts(texts) => texts.get(row).map(Cell::Text),
            Values::Links(_) => None,
        };
        cell.unwrap_or(Cell::Unknown)
    }
}

/// Types rows of texts anew that were those of another table, or came to them. What was wrong with its rows when they
/// were read stays so.
#[must_use]
pub fn from_texts(
    schema: &Schema,
    before: &RawTable,
    rows: &[TextRow],
    wanted: &[bool],
    faults: &mut Vec<Diagnostic>,
) -> RawTable {
    let mut builder = TableBuilder::new(schema, before.id, &before.file, wanted);
    for (line, cells) in rows {
        builder.push(*line, |column| cells.get(column).and_then(Option::as_deref).map(exact));
    }
    let raw = builder.finish(faults);
    let lines = before.lines.iter().zip(&before.doubtful).filter(|(_, doubtful)| **doubtful);
    let in_doubt: BTreeSet<u64> = lines.map(|(line, _)| line).collect();
    let doubtful = raw.lines.iter().zip(&raw.doubtful).map(|(line, doubtful)| *doubtful || in_doubt.contains(&line));
    RawTable {
        doubtful: doubtful.collect(),
        faults: raw.faults + before.faults,
        cells_in_doubt: raw.cells_in_doubt + before.cells_in_doubt,
        left_out: before.left_out,
        short_keys: before.short_keys.clone(),
        found: before.found.clone(),
        spots: Arc::clone(&before.spots),
        ..raw
    }
}

/// A cell as the engine writes it, and as a scenario does.
fn exact(text: &str) -> RawCell<'_> {
    RawCell { text, sort: Sort::Exact }
}

fn typed<'t>(column: &ColumnSchema, text: &'t str) -> Option<Cell<'t>> {
    Cell::parse(&column.kind, &column.writing, text.trim(), Sort::Exact).ok()
}

/// How two cells of a column compare; nothing where one of them cannot be read, or where they have no order and differ.
#[must_use]
pub fn compare_cells(column: &ColumnSchema, one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (one.trim(), other.trim());
    if one.is_empty() || other.is_empty() {
        return (one == other).then_some(Ordering::Equal);
    }
    match (typed(column, one)?, typed(column, other)?) {
        (Cell::Number(mine, scale), Cell::Number(theirs, other_scale)) => {
            Some(Number::scaled(mine, scale)?.cmp(&Number::scaled(theirs, other_scale)?))
        }
        (Cell::Day(mine), Cell::Day(theirs)) => Some(mine.cmp(&theirs)),
        (Cell::Word(mine), Cell::Word(theirs)) if matches!(column.kind, Kind::Scale(_)) => Some(mine.cmp(&theirs)),
        (mine, theirs) => (mine == theirs).then_some(Ordering::Equal),
    }
}

/// Whether a text can stand in a column.
#[must_use]
pub fn can_say(column: &ColumnSchema, text: &str) -> bool {
    text.trim().is_empty() || typed(column, text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, number, read_all, table, text};
    use super::*;

    #[test]
    fn a_table_that_is_written_and_typed_again_is_the_same() {
        let schema = Schema {
            tables: vec![table(
                "units",
                1,
                vec![column("Mã", text()), column("Tỉ lệ", number(None, None)), column("Có", Kind::Flag)],
            )],
        };
        let bytes = "Mã,Tỉ lệ,Có\nA,0.50,Có\nB,,x\nC,12,\n\"D,d\",-1.25,Không\n".as_bytes();
        let raw = read_all(&schema, "units", bytes, &mut Vec::new()).unwrap();
        let mut faults = Vec::new();
        let again = from_texts(&schema, &raw, &raw.texts(), &[true; 3], &mut faults);
        assert_eq!(faults, []);
        assert_eq!(format!("{:?}", again.columns), format!("{:?}", raw.columns));
        assert_eq!((again.lines, again.faults), (raw.lines, 1));
    }

    #[test]
    fn cells_compare_as_their_column_says() {
        let kind = column("Tỉ lệ", number(None, None));
        assert_eq!(compare_cells(&kind, "30", "30.0"), Some(Ordering::Equal));
        assert_eq!(compare_cells(&kind, "9", "10"), Some(Ordering::Less));
        assert_eq!(compare_cells(&kind, "", "10"), None);
        assert_eq!(compare_cells(&kind, "", " "), Some(Ordering::Equal));
        assert_eq!(compare_cells(&column("Mã", text()), "a", "b"), None);
        assert_eq!(
            compare_cells(&column("Ngày", Kind::Date { future: false }), "2/1/2024", "2024-01-02"),
            Some(Ordering::Equal)
        );
    }
}
