//! Tables of a dataset.

use std::sync::Arc;

use crate::schema::{ColumnId, Encoding, TableId};

use super::faults::Spots;
use super::lines::Lines;
use super::{Column, Texts};

/// All tables of a campaign, in the order of its schema.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// One table for each of the schema; shared, so that a clone costs nothing.
    pub tables: Vec<Arc<Table>>,
}

/// One table, ready to be evaluated: links are row numbers, repeated keys are settled, rows that belong to no unit
/// are gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// How many rows it has.
    pub rows: usize,
    /// The columns that were asked for, in the order of the schema.
    pub columns: Vec<Option<Column>>,
    /// The key of each row.
    pub(super) keys: Keys,
    /// What came in.
    pub intake: Intake,
}

/// What the rows of a table are called.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Keys {
    /// By a column of text in which every row says something.
    Column(ColumnId),
    /// Parts of a key of several columns are joined by ` / `; rows of a table without a key are named by line.
    Names(Texts),
}

impl Default for Keys {
    fn default() -> Self {
        Self::Names(Texts::default())
    }
}

/// One table as it was read: links are still the keys that they name.
#[derive(Clone, Debug)]
pub struct RawTable {
    /// The table.
    pub id: TableId,
    /// The file as the user gave it.
    pub file: Arc<str>,
    /// The columns that were asked for, in the order of the schema; links are columns of text.
    pub columns: Vec<Option<Column>>,
    /// The line that each row starts on; 0 for rows that were built in code.
    pub lines: Lines,
    /// The rows without a key.
    pub keyless: Vec<u32>,
    /// The codes, with their zeros, of a key in which every code has lost some.
    pub(super) short_keys: Texts,
    /// How many cells or rows were faulty.
    pub faults: usize,
    /// The cells that are unknown because they were faulty.
    pub cells_in_doubt: usize,
    /// Which rows have something faulty.
    pub doubtful: Vec<bool>,
    /// The rows that are no data.
    pub left_out: usize,
    /// What the file is.
    pub found: Found,
    /// Where its columns stand.
    pub(super) spots: Arc<Spots>,
}

/// What a file turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How its bytes become letters; nothing for a workbook.
    pub encoding: Option<Encoding>,
    /// What stands between its cells; nothing for a workbook.
    pub delimiter: Option<char>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The line of the header row; 0 for rows that were built in code.
    pub header_line: u64,
    /// How many rows the header has.
    pub header_rows: usize,
    /// Headers that stand for a declared one although they are written in another way: `Mã ĐV for Mã đơn vị`.
    pub renamed: Vec<[String; 2]>,
    /// Headers that no column of the schema has; their cells are left alone.
    pub extra: Vec<String>,
    /// Whether letters were composed of their parts.
    pub composed: bool,
    /// Codes that were given back the zeros in front, by header.
    pub padded: Vec<(String, usize)>,
}

/// What came in from one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// The file.
    pub file: String,
    /// The data rows in it.
    pub rows: usize,
    /// The faults found in it.
    pub faults: usize,
    /// The rows that count for no unit.
    pub set_aside: usize,
    /// The rows that do not exist on the day of evaluation, or whose unit does not.
    pub absent: usize,
    /// The cells that are unknown because they were faulty.
    pub cells_in_doubt: usize,
    /// The rows in which something is faulty.
    pub rows_in_doubt: usize,
    /// The rows that are no data: totals, headings, signatures.
    pub left_out: usize,
    /// What the file is.
    pub found: Found,
}

impl Dataset {
    /// A table.
    ///
    /// # Panics
    /// If the id comes from another schema.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a dataset has a table for each of its schema")]
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0]
    }
}

impl Table {
    /// A column, if it was asked for.
    #[must_use]
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.get(id.0)?.as_ref()
    }

    /// The key of a row.
    #[must_use]
    pub fn key(&self, row: usize) -> &str {
        let key = match &self.keys {
            Keys::Column(column) => self.column(*column).and_then(|column| column.text(row)),
            Keys::Names(names) => names.get(row),
        };
        key.unwrap_or("")
    }
}
