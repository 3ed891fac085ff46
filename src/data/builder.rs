//! Rows of texts into typed columns: the one piece that types cells, whatever they come from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Blank, ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use crate::value::nfc;

use super::cell::{Cell, describe};
use super::faults::{FaultLog, RowPlace};
use super::{Column, RawTable, Values};

/// A table while it is read.
pub(super) struct TableBuilder<'a> {
    id: TableId,
    /// What the table looks like.
    pub schema: &'a TableSchema,
    file: Arc<str>,
    columns: Vec<Option<ColumnBuilder<'a>>>,
    lines: Vec<u64>,
    keyless: Vec<u32>,
    /// What is wrong so far.
    pub log: FaultLog,
}

/// A column while it is read.
struct ColumnBuilder<'a> {
    schema: &'a ColumnSchema,
    blank: Cell<'a>,
    column: Column,
}

impl<'a> TableBuilder<'a> {
    /// A table without rows, with the wanted columns and those that are always read.
    pub fn new(schema: &'a Schema, id: TableId, file: &str, wanted: &[bool]) -> Self {
        let table = schema.table(id);
        let builder = |(at, column): (usize, &'a ColumnSchema)| {
            let read = wanted.get(at) == Some(&true) || is_always_read(table, ColumnId(at));
            read.then(|| ColumnBuilder::new(column, is_tree_edge(table, id, ColumnId(at))))
        };
        let file = Arc::from(file);
        Self {
            id,
            schema: table,
            columns: table.columns.iter().enumerate().map(builder).collect(),
            lines: Vec::new(),
            keyless: Vec::new(),
            log: FaultLog::new(&file),
            file,
        }
    }

    /// The columns that are read, with their positions in the schema.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'a ColumnSchema)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| Some((at, column.as_ref()?.schema)))
    }

    /// The place of the row that comes next.
    pub fn next_place(&self, line: u64) -> RowPlace {
        RowPlace { line, row: self.lines.len() }
    }

    /// Appends a row: what stands in each column; cells that are not there are unknown.
    pub fn push<'r>(&mut self, line: u64, cell: impl Fn(usize) -> Option<&'r str>) {
        let place = self.next_place(line);
        if let Some(column) = self.blank_key(&cell) {
            let header = &column.header;
            self.log.cell(&catalogue::BLANK_KEY, place, (header, ""), |fault| fault.with("header", header));
            self.keyless.push(row_number(place.row));
        }
        for (at, builder) in self.columns.iter_mut().enumerate() {
            let Some(builder) = builder else { continue };
            match cell(at) {
                Some(text) => builder.read(&nfc(text.trim()), place, &mut self.log),
                None => builder.column.push_cell(Cell::Unknown),
            }
        }
        self.lines.push(line);
    }

    fn blank_key<'r>(&self, cell: impl Fn(usize) -> Option<&'r str>) -> Option<&'a ColumnSchema> {
        let is_blank = |id: &&ColumnId| cell(id.0).is_some_and(|text| text.trim().is_empty());
        self.schema.key.iter().find(is_blank).map(|id| self.schema.column(*id))
    }

    /// The table, and what was wrong.
    pub fn finish(self, faults: &mut Vec<Diagnostic>) -> RawTable {
        RawTable {
            id: self.id,
            file: self.file,
            columns: self.columns.into_iter().map(|builder| Some(builder?.column)).collect(),
            lines: self.lines,
            keyless: self.keyless,
            faults: self.log.close(faults),
        }
    }
}

impl<'a> ColumnBuilder<'a> {
    fn new(schema: &'a ColumnSchema, is_tree_edge: bool) -> Self {
        // In a table that hangs on itself a blank parent is not a gap: the row is a root.
        let blank = if is_tree_edge && schema.blank == Blank::Unknown { &Blank::None } else { &schema.blank };
        Self { schema, blank: Cell::blank(&schema.kind, blank), column: Column::of_kind(&schema.kind) }
    }

    /// Appends a trimmed cell; a faulty one is told and becomes unknown.
    fn read(&mut self, text: &str, place: RowPlace, log: &mut FaultLog) {
        let cell = if text.is_empty() { Ok(self.blank) } else { Cell::parse(&self.schema.kind, text) };
        self.column.push_cell(cell.unwrap_or(Cell::Unknown));
        if let Err(fault) = cell {
            let column = self.schema;
            log.cell(fault.entry(), place, (&column.header, text), |fault| describe(fault, &column.kind, text));
        }
    }
}

impl Column {
    /// Appends a cell; one that is not of the column's type is unknown.
    pub(super) fn push_cell(&mut self, cell: Cell) {
        let known = self.values.push(cell);
        self.none.push(cell == Cell::None);
        self.unknown.push(!known && cell != Cell::None);
    }
}

impl Values {
    /// Appends the value of a cell and returns true, or a filler and false.
    fn push(&mut self, cell: Cell) -> bool {
        match (&mut *self, cell) {
            (Self::Flags(bits), Cell::Flag(flag)) => bits.push(flag),
            (Self::Days(days), Cell::Day(day)) => days.push(day.days()),
            (Self::Words { codes, .. }, Cell::Word(code)) => codes.push(code),
            (Self::Texts(texts), Cell::Text(text)) => texts.push(text),
            (Self::Numbers(numbers), Cell::Number(mantissa, scale)) => return numbers.push_or_filler(mantissa, scale),
            _ => {
                self.push_filler();
                return false;
            }
        }
        true
    }

    fn push_filler(&mut self) {
        match self {
            Self::Flags(bits) => bits.push(false),
            Self::Numbers(numbers) => numbers.push_filler(),
            Self::Days(days) => days.push(0),
            Self::Words { codes, .. } => codes.push(0),
            Self::Texts(texts) => texts.push(""),
            Self::Links(rows) => rows.push(super::NO_ROW),
        }
    }
}

/// The number of a row. No file that fits into memory has a row that does not fit; it would count as no row.
pub(super) fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(super::NO_ROW)
}

fn is_always_read(table: &TableSchema, column: ColumnId) -> bool {
    table.is_anchor(column) || [table.name, table.valid.from, table.valid.to].contains(&Some(column))
}

fn is_tree_edge(table: &TableSchema, id: TableId, column: ColumnId) -> bool {
    table.parent == Some(column) && table.column(column).link() == Some(id)
}
