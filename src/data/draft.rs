//! A table on its way from raw to ready.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Entry};
use crate::schema::{ColumnId, ColumnSchema, Kind, Schema, TableId, TableSchema};
use crate::value::Day;

use super::column::row_number;
use super::faults::{FaultLog, RowPlace, Spots};
use super::lines::Lines;
use super::table::{Found, Keys};
use super::{Bits, Column, Intake, NO_ROW, RawTable, Table, Texts, Values};

/// A raw table, which of its rows still count, and where its links lead. Rows keep their numbers until the end.
pub(super) struct Draft<'a> {
    pub id: TableId,
    pub schema: &'a TableSchema,
    pub raw: RawTable,
    /// The rows that count so far.
    pub kept: Bits,
    /// The rows that count for no unit.
    pub set_aside: usize,
    /// The rows that do not exist on the day, or whose unit does not.
    pub absent: usize,
    /// The keys that only such rows have.
    pub absent_keys: BTreeSet<String>,
    /// What is wrong so far.
    pub log: FaultLog,
    /// The target of each row, by link column.
    pub links: BTreeMap<usize, Vec<u32>>,
}

impl<'a> Draft<'a> {
    /// The rows of a raw table that exist on a day and have a key.
    pub fn new(schema: &'a Schema, mut raw: RawTable, as_of: Day) -> Self {
        let table = schema.table(raw.id);
        let mut kept = existing(table, &raw, as_of);
        let existing = kept.count();
        let absent: Vec<usize> = (0..kept.len()).filter(|row| !kept.get(*row)).collect();
        raw.keyless.iter().for_each(|row| kept.set(*row as usize, false));
        let mut draft = Self {
            id: raw.id,
            schema: table,
            set_aside: existing - kept.count(),
            kept,
            absent: absent.len(),
            absent_keys: BTreeSet::new(),
            log: FaultLog::new(&raw.file, Arc::clone(&raw.spots)).doubt(std::mem::take(&mut raw.doubtful)),
            links: BTreeMap::new(),
            raw,
        };
        draft.absent_keys = absent.into_iter().filter_map(|row| draft.own_key(row)).collect();
        draft
    }

    /// The key that others name a row by.
    fn own_key(&self, row: usize) -> Option<String> {
        let [key] = self.schema.key.as_slice() else { return None };
        self.column(*key)?.text(row).map(str::to_owned)
    }

    /// Takes a row out whose unit does not exist on the day; nothing is wrong with it.
    pub fn leave_out(&mut self, row: usize) {
        self.kept.set(row, false);
        self.absent += 1;
        self.absent_keys.extend(self.own_key(row));
    }

    /// A column, if it was read.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.raw.columns.get(id.0)?.as_ref()
    }

    /// The link columns that were read, and the tables that they lead to.
    pub fn link_columns(&self) -> Vec<(ColumnId, TableId)> {
        let link = |(at, column): (usize, &ColumnSchema)| {
            self.column(ColumnId(at))?;
            Some((ColumnId(at), column.link()?))
        };
        self.schema.columns.iter().enumerate().filter_map(link).collect()
    }

    /// Where a row stands.
    pub fn place(&self, row: usize) -> RowPlace {
        RowPlace { line: self.raw.lines.get(row).unwrap_or(0), row }
    }

    /// Tells a fault of a cell.
    pub fn fault(
        &mut self,
        entry: &'static Entry,
        row: usize,
        column: ColumnId,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let mut cell = String::new();
        if let Some(column) = self.column(column) {
            column.write(row, &mut cell);
        }
        let header = &self.schema.column(column).header;
        self.log.cell(entry, self.place(row), (header, &cell), describe);
    }

    /// Takes a row out that counts for no unit.
    pub fn set_aside(&mut self, row: usize) {
        self.kept.set(row, false);
        self.set_aside += 1;
    }

    /// Makes a cell unknown.
    pub fn forget(&mut self, row: usize, column: ColumnId) {
        if let Some(Some(column)) = self.raw.columns.get_mut(column.0) {
            column.forget(row);
        }
    }

    /// The place of each row among those that count, [`NO_ROW`] for the others.
    pub fn positions(&self) -> Vec<u32> {
        let mut next = 0;
        let position = |row| {
            let kept = self.kept.get(row);
            next += u32::from(kept);
            if kept { next - 1 } else { NO_ROW }
        };
        (0..self.kept.len()).map(position).collect()
    }

    /// The table of the rows that count; `positions` are those of every table.
    pub fn finish(mut self, positions: &[Vec<u32>], faults: &mut Vec<Diagnostic>) -> Table {
        let rows: Vec<u32> = self.kept.iter().map(row_number).collect();
        let keys = self.keys(&rows);
        let counts = self.log.close(faults);
        let intake = Intake {
            file: self.raw.file.to_string(),
            rows: self.raw.lines.len(),
            faults: self.raw.faults + counts.faults,
            set_aside: self.set_aside,
            absent: self.absent,
            cells_in_doubt: self.raw.cells_in_doubt + counts.cells,
            rows_in_doubt: counts.doubtful.iter().filter(|doubtful| **doubtful).count(),
            left_out: self.raw.left_out,
            found: self.raw.found,
        };
        for (at, targets) in self.links {
            let to = self.schema.column(ColumnId(at)).link().and_then(|to| positions.get(to.0));
            if let (Some(to), Some(Some(column))) = (to, self.raw.columns.get_mut(at)) {
                column.values = Values::Links(targets.iter().map(|row| position(to, *row)).collect());
            }
        }
        let all = rows.len() == intake.rows;
        let take = |column: Column| if all { column } else { column.take(&rows) };
        let columns = self.raw.columns.into_iter().map(|column| column.map(take)).collect();
        Table { rows: rows.len(), columns, keys, intake }
    }
}

impl Draft<'_> {
    /// What the rows that count are called.
    fn keys(&self, rows: &[u32]) -> Keys {
        let by_text = |id: &ColumnId| matches!(self.schema.column(*id).kind, Kind::Text { .. });
        if let [key] = self.schema.key.as_slice()
            && by_text(key)
            && self.column(*key).is_some_and(|column| rows.iter().all(|row| column.is_known(*row as usize)))
        {
            return Keys::Column(*key);
        }
        Keys::Names(self.names(rows.iter().map(|row| *row as usize), " / "))
    }
}

impl RawTable {
    /// A table that nobody delivered.
    pub(super) fn empty(schema: &Schema, id: TableId) -> Self {
        let table = schema.table(id);
        Self {
            id,
            file: Arc::from(table.file.as_str()),
            columns: vec![None; table.columns.len()],
            lines: Lines::default(),
            keyless: Vec::new(),
            short_keys: Texts::default(),
            faults: 0,
            cells_in_doubt: 0,
            doubtful: Vec::new(),
            left_out: 0,
            found: Found::default(),
            spots: Arc::new(Spots::default()),
        }
    }
}

fn position(positions: &[u32], row: u32) -> u32 {
    positions.get(row as usize).copied().unwrap_or(NO_ROW)
}

/// The rows that exist on a day; an end that is blank or faulty is open.
fn existing(table: &TableSchema, raw: &RawTable, as_of: Day) -> Bits {
    if table.valid.from.is_none() && table.valid.to.is_none() {
        return Bits::ones(raw.lines.len());
    }
    let day = |column: Option<ColumnId>, row| raw.columns.get(column?.0)?.as_ref()?.day(row);
    Bits::from_fn(raw.lines.len(), |row| {
        day(table.valid.from, row).is_none_or(|from| from <= as_of)
            && day(table.valid.to, row).is_none_or(|to| as_of <= to)
    })
}
