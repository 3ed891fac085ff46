//! Rows of texts into typed columns: the one piece that types cells, whatever they come from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Blank, ColumnId, ColumnSchema, Kind, Repeated, Schema, TableId, TableSchema};
use crate::value::{Number, nfc, without_hidden};

use super::cell::{Cell, CellFault, describe};
use super::faults::{FaultLog, RowPlace, Spots};
use super::notation;
use super::row::{RawCell, Sort};
use super::table::Found;
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
    left_out: usize,
    /// What is wrong so far.
    pub log: FaultLog,
    /// What the file is.
    pub found: Found,
}

/// A column while it is read.
struct ColumnBuilder<'a> {
    schema: &'a ColumnSchema,
    /// Cells that say no more than a blank one.
    blanks: &'a [String],
    blank: Cell<'a>,
    column: Column,
    /// How many codes were given back their zeros.
    padded: usize,
    /// How many cells have fewer digits than they should, how many fewer, and the first of them.
    short: Short,
    month_first: MonthFirst,
}

/// Codes that lost the zeros in front.
#[derive(Default)]
struct Short {
    codes: usize,
    others: usize,
    first: String,
}

/// Days that exist only with the month in front.
#[derive(Default)]
struct MonthFirst {
    count: usize,
    first: String,
}

impl<'a> TableBuilder<'a> {
    /// A table without rows, with the wanted columns and those that are always read.
    pub fn new(schema: &'a Schema, id: TableId, file: &str, wanted: &[bool]) -> Self {
        let table = schema.table(id);
        let builder = |(at, column): (usize, &'a ColumnSchema)| {
            let read = wanted.get(at) == Some(&true) || is_always_read(table, ColumnId(at));
            read.then(|| ColumnBuilder::new(table, column, is_tree_edge(table, id, ColumnId(at))))
        };
        let file = Arc::from(file);
        Self {
            id,
            schema: table,
            columns: table.columns.iter().enumerate().map(builder).collect(),
            lines: Vec::new(),
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
                    let text = cell.text.trim();
                    if text.is_ascii() {
                        builder.read(RawCell { text, ..cell }, place, &mut self.log);
                        continue;
                    }
                    let composed = nfc(text);
                    self.found.composed |= matches!(composed, std::borrow::Cow::Owned(_));
                    let cleaned = without_hidden(&composed);
                    let text = cleaned.as_deref().unwrap_or(&composed);
                    if cleaned.is_some() {
                        let header = &builder.schema.header;
                        self.log.note(&catalogue::HIDDEN_CHARACTERS, place, Some((header, text)), |note| note);
                    }
                    builder.read(RawCell { text, ..cell }, place, &mut self.log);
                }
                None => builder.column.push_cell(Cell::Unknown),
            }
        }
        self.lines.push(line);
    }

    fn blank_key<'r>(&self, cell: impl Fn(usize) -> Option<RawCell<'r>>) -> Option<&'a ColumnSchema> {
        let is_blank = |id: &&ColumnId| cell(id.0).is_some_and(|cell| cell.text.trim().is_empty());
        self.schema.key.iter().find(is_blank).map(|id| self.schema.column(*id))
    }

    /// The table, and what was wrong.
    pub fn finish(mut self, faults: &mut Vec<Diagnostic>) -> RawTable {
        for builder in self.columns.iter().flatten() {
            builder.tell_codes(&mut self.log, &mut self.found);
        }
        let spots = Arc::clone(&self.log.spots);
        let counts = self.log.close(faults);
        RawTable {
            id: self.id,
            file: self.file,
            columns: self.columns.into_iter().map(|builder| Some(builder?.column)).collect(),
            lines: self.lines,
            keyless: self.keyless,
            faults: counts.faults,
            cells_in_doubt: counts.cells,
            doubtful: counts.doubtful,
            left_out: self.left_out,
            found: self.found,
            spots,
        }
    }
}

impl<'a> ColumnBuilder<'a> {
    fn new(table: &'a TableSchema, schema: &'a ColumnSchema, is_tree_edge: bool) -> Self {
        // In a table that hangs on itself a blank parent is not a gap: the row is a root.
        let blank = if is_tree_edge && schema.blank == Blank::Unknown { &Blank::None } else { &schema.blank };
        Self {
            schema,
            blanks: &table.writing.blanks,
            blank: Cell::blank(&schema.kind, blank),
            column: Column::of_kind(&schema.kind),
            padded: 0,
            short: Short::default(),
            month_first: MonthFirst::default(),
        }
    }

    /// Appends a trimmed cell; a faulty one is told and becomes unknown.
    fn read(&mut self, cell: RawCell, place: RowPlace, log: &mut FaultLog) {
        let (text, column) = (cell.text, self.schema);
        if text.is_empty() && cell.sort != Sort::NoValue || self.blanks.iter().any(|blank| blank == text) {
            self.column.push_cell(self.blank);
            return;
        }
        if let Some(padded) = self.padded(text) {
            self.padded += 1;
            self.column.push_cell(Cell::Text(&padded));
            return;
        }
        let read = match cell.sort {
            Sort::NoValue => Err(CellFault::FormulaWithoutValue),
            sort => Cell::parse(&column.kind, &column.writing, text, sort),
        };
        self.column.push_cell(read.unwrap_or(Cell::Unknown));
        if let Kind::Text { digits: Some(digits) } = column.kind {
            self.count_short(digits, text, read.is_ok());
        }
        if read == Err(CellFault::NotADate) && notation::is_month_first(text) {
            if self.month_first.count == 0 {
                text.clone_into(&mut self.month_first.first);
            }
            self.month_first.count += 1;
        }
        if let Err(fault) = read {
            log.cell(fault.entry(), place, (&column.header, text), |fault| {
                describe(fault, &column.kind, &column.writing, text)
            });
        }
    }

    /// A code with the zeros in front that a spreadsheet dropped, where they are to be put back.
    fn padded(&self, text: &str) -> Option<String> {
        let Kind::Text { digits: Some(digits) } = self.schema.kind else { return None };
        let missing = digits.checked_sub(text.len()).filter(|missing| *missing > 0 && self.schema.writing.pad)?;
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| "0".repeat(missing) + text)
    }

    fn count_short(&mut self, digits: usize, text: &str, fits: bool) {
        let lost = !fits && text.len() < digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if lost && self.short.codes == 0 {
            text.clone_into(&mut self.short.first);
        }
        self.short.codes += usize::from(lost);
        self.short.others += usize::from(!lost);
    }

    /// Tells a column in which every code lost its zeros, and one that was given them back.
    fn tell_codes(&self, log: &mut FaultLog, found: &mut Found) {
        let header = &self.schema.header;
        if self.padded > 0 {
            found.padded.push((header.to_string(), self.padded));
        }
        let MonthFirst { count, first } = &self.month_first;
        if *count > 0 {
            let finding = Diagnostic::new(&catalogue::MONTH_FIRST).with("header", header).with("count", count);
            log.about_file(finding.with("cell", first));
        }
        let Kind::Text { digits: Some(digits) } = self.schema.kind else { return };
        let Short { codes: 2.., others: 0, first } = &self.short else { return };
        let finding = Diagnostic::new(&catalogue::CODES_LOST_ZEROS)
            .with("header", header)
            .with("count", self.short.codes)
            .with("digits", digits)
            .with("cell", first)
            .with("padded", format!("{first:0>digits$}"));
        log.about_file(finding);
    }
}

impl Column {
    /// Appends a cell; one that is not of the column's type is unknown.
    pub(super) fn push_cell(&mut self, cell: Cell) {
        if let Cell::Days(first, last) = cell {
            self.between.push((row_number(self.unknown.len()), [first.days(), last.days()]));
        }
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
            (Self::Numbers(numbers), Cell::Ratio(number)) => numbers.push_ratio(number),
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
    table.is_anchor(column)
        || [table.name, table.valid.from, table.valid.to].contains(&Some(column))
        || table.writing.repeated == Repeated::LastBy(column)
        || table.writing.provisional == Some(column)
}

fn is_tree_edge(table: &TableSchema, id: TableId, column: ColumnId) -> bool {
    table.parent == Some(column) && table.column(column).link() == Some(id)
}
