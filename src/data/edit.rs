//! Raw tables as rows of texts again, so that what is edited is typed like what was read.

use std::cmp::Ordering;

use crate::diagnostic::Diagnostic;
use crate::schema::{ColumnId, Kind, Schema, TableId};
use crate::value::Number;

use super::RawTable;
use super::builder::TableBuilder;
use super::cell::Cell;

/// A row as texts: the line that it starts on, and what each cell says; nothing in a cell that nobody knows.
pub type TextRow = (u64, Vec<Option<String>>);

impl RawTable {
    /// All rows as texts, from which [`from_texts`] makes the same table.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRow> {
        (0..self.lines.len()).map(|row| (self.lines.get(row).copied().unwrap_or(0), self.row(row))).collect()
    }

    fn row(&self, row: usize) -> Vec<Option<String>> {
        let cell = |column: &Option<super::Column>| {
            let column = column.as_ref().filter(|column| !column.unknown.get(row))?;
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

/// Types rows of texts anew. `faults_before` were found when the table was read first.
#[must_use]
pub fn from_texts(
    schema: &Schema,
    table: TableId,
    file: &str,
    rows: &[TextRow],
    wanted: &[bool],
    faults_before: usize,
    faults: &mut Vec<Diagnostic>,
) -> RawTable {
    let mut builder = TableBuilder::new(schema, table, file, wanted);
    for (line, cells) in rows {
        builder.push(*line, |column| cells.get(column).and_then(Option::as_deref));
    }
    let raw = builder.finish(faults);
    RawTable { faults: raw.faults + faults_before, ..raw }
}

/// How two cells of a column compare; nothing where one of them cannot be read, or where they have no order and differ.
#[must_use]
pub fn compare_cells(kind: &Kind, one: &str, other: &str) -> Option<Ordering> {
    let (one, other) = (one.trim(), other.trim());
    if one.is_empty() || other.is_empty() {
        return (one == other).then_some(Ordering::Equal);
    }
    match (Cell::parse(kind, one).ok()?, Cell::parse(kind, other).ok()?) {
        (Cell::Number(mine, scale), Cell::Number(theirs, other_scale)) => {
            Some(Number::scaled(mine, scale)?.cmp(&Number::scaled(theirs, other_scale)?))
        }
        (Cell::Day(mine), Cell::Day(theirs)) => Some(mine.cmp(&theirs)),
        (Cell::Word(mine), Cell::Word(theirs)) if matches!(kind, Kind::Scale(_)) => Some(mine.cmp(&theirs)),
        (mine, theirs) => (mine == theirs).then_some(Ordering::Equal),
    }
}

/// Whether a text can stand in a column.
#[must_use]
pub fn can_say(kind: &Kind, text: &str) -> bool {
    text.trim().is_empty() || Cell::parse(kind, text.trim()).is_ok()
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
        let again = from_texts(&schema, TableId(0), "units.csv", &raw.texts(), &[true; 3], raw.faults, &mut faults);
        assert_eq!(faults, []);
        assert_eq!(format!("{:?}", again.columns), format!("{:?}", raw.columns));
        assert_eq!((again.lines, again.faults), (raw.lines, 1));
    }

    #[test]
    fn cells_compare_as_their_column_says() {
        let kind = number(None, None);
        assert_eq!(compare_cells(&kind, "30", "30.0"), Some(Ordering::Equal));
        assert_eq!(compare_cells(&kind, "9", "10"), Some(Ordering::Less));
        assert_eq!(compare_cells(&kind, "", "10"), None);
        assert_eq!(compare_cells(&kind, "", " "), Some(Ordering::Equal));
        assert_eq!(compare_cells(&text(), "a", "b"), None);
        assert_eq!(compare_cells(&Kind::Date { future: false }, "2/1/2024", "2024-01-02"), Some(Ordering::Equal));
    }
}
