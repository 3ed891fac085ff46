//! Rows of texts into typed columns: the one piece that types cells, whatever they come from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{ColumnId, ColumnSchema, Repeated, Schema, TableId, TableSchema};
use crate::value::{Number, without_hidden};

use super::cell::Cell;
use super::column::row_number;
use super::column_builder::{Code, ColumnBuilder, Seen};
use super::cuts::{Cuts, Odd};
use super::faults::{FaultLog, RowPlace, Spots};
use super::header::Layout;
use super::lines::Lines;
use super::row::RawCell;
use super::table::Found;
use super::{Column, RawTable, Texts};

/// So many rows are read of each column before the next: few enough to stay in the nearest cache.
const ROWS: usize = 128;

/// A table while it is read.
pub(super) struct TableBuilder<'a> {
    id: TableId,
    /// What the table looks like.
    pub schema: &'a TableSchema,
    file: Arc<str>,
    columns: Vec<Option<ColumnBuilder<'a>>>,
    lines: Lines,
    keyless: Vec<u32>,
    left_out: usize,
    /// What is wrong so far.
    pub log: FaultLog,
    /// What the file is.
    pub found: Found,
}

/// Rows that were read apart from those before them.
pub(super) struct Part {
    columns: Vec<Option<(Column, Seen)>>,
    lines: Lines,
    log: FaultLog,
    composed: bool,
    /// How many lines of the file it takes.
    pub passed: u64,
}

/// For each column, the positions that the texts of one reader have in the table; each reader numbers its own.
pub(super) type Positions = Vec<Vec<u32>>;

impl Part {
    /// The columns and how many rows they have; nothing if there is anything about them that somebody has to be told.
    pub fn ordinary(self) -> Option<(Vec<Option<Column>>, usize)> {
        let seen = self.columns.iter().flatten();
        if !self.log.is_empty() || !seen.into_iter().all(|(_, seen)| seen.is_ordinary()) {
            return None;
        }
        let columns = self.columns.into_iter().map(|column| Some(column?.0)).collect();
        Some((columns, self.lines.len()))
    }
}

impl<'a> TableBuilder<'a> {
    /// A table without rows, with the wanted columns and those that are always read.
    pub fn new(schema: &'a Schema, id: TableId, file: &str, wanted: &[bool]) -> Self {
        let table = schema.table(id);
        let builder = |(at, column): (usize, &'a ColumnSchema)| {
            let read = wanted.get(at) == Some(&true) || is_always_read(table, ColumnId(at));
            let (edge, key) = (is_tree_edge(table, id, ColumnId(at)), table.key.contains(&ColumnId(at)));
            read.then(|| ColumnBuilder::new(table, column, Code::of(schema, column), edge, key))
        };
        let file = Arc::from(file);
        Self {
            id,
            schema: table,
            columns: table.columns.iter().enumerate().map(builder).collect(),
            lines: Lines::default(),
            keyless: Vec::new(),
            left_out: 0,
            log: FaultLog::new(&file, Arc::new(Spots::default())),
            found: Found::default(),
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

    /// How many rows there are so far.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// A column that is read.
    pub fn column(&self, at: usize) -> Option<&Column> {
        self.columns.get(at)?.as_ref().map(|builder| &builder.column)
    }

    /// Tells a row that is no data.
    pub fn leave_out(&mut self, place: RowPlace, describe: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.left_out += 1;
        self.log.note(&catalogue::ROW_LEFT_OUT, place, None, describe);
    }

    /// Tells a total that is not the sum.
    pub fn tell_total(&mut self, column: usize, place: RowPlace, said: Number, sum: Number) {
        let header = &self.schema.column(ColumnId(column)).header;
        let cell = said.to_string();
        self.log.note(&catalogue::TOTAL_DIFFERS, place, Some((header, &cell)), |note| {
            note.with("header", header).with("sum", sum)
        });
    }

    /// Appends a row: what stands in each column; cells that are not there are unknown.
    pub fn push<'r>(&mut self, line: u64, cell: impl Fn(usize) -> Option<RawCell<'r>>) {
        let place = self.next_place(line);
        if let Some(column) = self.blank_key(&cell) {
            let header = &column.header;
            self.log.cell(&catalogue::BLANK_KEY, place, (header, ""), |fault| fault.with("header", header));
            self.keyless.push(row_number(place.row));
        }
        for (at, builder) in self.columns.iter_mut().enumerate() {
            let Some(builder) = builder else { continue };
            match cell(at) {
                Some(cell) => {
                    let cell = RawCell { text: cell.text.trim(), ..cell };
                    builder.read(cell, place, &mut self.log, &mut self.found.composed);
                }
                None => builder.push_cell(Cell::Unknown),
            }
        }
        self.lines.push(line);
    }

    fn blank_key<'r>(&self, cell: impl Fn(usize) -> Option<RawCell<'r>>) -> Option<&'a ColumnSchema> {
        let is_blank = |id: &&ColumnId| cell(id.0).is_some_and(|cell| says_nothing(cell.text));
        self.schema.key.iter().find(is_blank).map(|id| self.schema.column(*id))
    }

    /// The codes, with their zeros, of a key in which every code has lost some.
    fn take_short_keys(&mut self) -> Texts {
        let [key] = self.schema.key.as_slice() else { return Texts::default() };
        let builder = self.columns.get_mut(key.0).and_then(Option::as_mut);
        builder.map(ColumnBuilder::take_mended).unwrap_or_default()
    }

    /// Reads the records of a stretch, some rows at a time, column by column: `layout` says where the columns stand.
    ///
    /// # Errors
    /// If what is wrong with a row can only be told where the rows before it are known too.
    pub fn read(&mut self, text: &str, cuts: &Cuts, layout: &Layout) -> Result<Part, Odd> {
        let position = |at: usize| layout.positions.get(at).copied().flatten();
        if self.columns().any(|(at, _)| position(at).is_none()) {
            return Err(Odd::Row);
        }
        let rows = cuts.lines.len();
        for start in (0..rows).step_by(ROWS) {
            for (at, builder) in self.columns.iter_mut().enumerate() {
                let Some((builder, position)) = builder.as_mut().zip(position(at)) else { continue };
                let (cells, some) = (cuts.column(text, position), start..rows.min(start + ROWS));
                builder.read_rows(cells, some, &cuts.lines, &mut self.log, &mut self.found.composed);
            }
        }
        let mut part = self.take(cuts.lines.clone(), cuts.passed);
        // The first part of a key was looked at before anything else of the row.
        let blank_key = self.schema.key.iter().skip(1).any(|key| {
            position(key.0).is_some_and(|position| {
                let cells = cuts.column(text, position);
                (0..cells.len()).any(|row| cells.text(row).is_none_or(|text| says_nothing(&text)))
            })
        });
        if blank_key || !part.log.put_in_order() {
            return Err(Odd::Row);
        }
        Ok(part)
    }

    /// The rows so far, apart from those that follow.
    pub fn rows_so_far(&mut self) -> Part {
        let lines = std::mem::take(&mut self.lines);
        self.take(lines, 0)
    }

    fn take(&mut self, lines: Lines, passed: u64) -> Part {
        let nothing = FaultLog::new(&self.file, Arc::clone(&self.log.spots));
        Part {
            columns: self.columns.iter_mut().map(|builder| Some(builder.as_mut()?.take())).collect(),
            lines,
            log: std::mem::replace(&mut self.log, nothing),
            composed: self.found.composed,
            passed,
        }
    }

    /// Appends rows that were read apart, and whose lines are counted from after a line.
    pub fn append(&mut self, part: Part, after: u64, positions: &mut Positions) {
        positions.resize_with(self.columns.len(), Vec::new);
        for ((builder, part), positions) in self.columns.iter_mut().zip(part.columns).zip(positions) {
            if let Some((builder, (column, seen))) = builder.as_mut().zip(part) {
                builder.append(column, seen, positions);
            }
        }
        self.log.append(part.log, RowPlace { line: after, row: self.lines.len() });
        self.lines.append(&part.lines, after);
        self.found.composed |= part.composed;
    }

    /// The table, and what was wrong.
    pub fn finish(mut self, faults: &mut Vec<Diagnostic>) -> RawTable {
        for builder in self.columns.iter().flatten() {
            builder.tell_codes(&mut self.log, &mut self.found);
        }
        let short_keys = self.take_short_keys();
        let spots = Arc::clone(&self.log.spots);
        let counts = self.log.close(faults);
        RawTable {
            id: self.id,
            file: self.file,
            columns: self.columns.into_iter().map(|builder| Some(builder?.column)).collect(),
            lines: self.lines,
            keyless: self.keyless,
            short_keys,
            faults: counts.faults,
            cells_in_doubt: counts.cells,
            doubtful: counts.doubtful,
            left_out: self.left_out,
            found: self.found,
            spots,
        }
    }
}

/// Whether a cell is blank, or has only characters that nobody sees.
fn says_nothing(text: &str) -> bool {
    text.trim().is_empty() || without_hidden(text).is_some_and(|text| text.is_empty())
}

fn is_always_read(table: &TableSchema, column: ColumnId) -> bool {
    table.is_anchor(column)
        || [table.name, table.valid.from, table.valid.to].contains(&Some(column))
        || table.writing.repeated == Repeated::LastBy(column)
        || table.writing.provisional == Some(column)
}

fn is_tree_edge(table: &TableSchema, id: TableId, column: ColumnId) -> bool {
    table.parent == Some(column) && table.column(column).link() == Some(id)
}
