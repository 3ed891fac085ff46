//! Rows of texts into typed columns: the one piece that types cells, whatever they come from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Blank, ColumnId, ColumnSchema, Kind, Repeated, Schema, TableId, TableSchema};
use crate::value::{Number, is_control, nfc, without_hidden};

use super::cell::{Cell, CellFault, describe};
use super::faults::{FaultLog, RowPlace, Spots};
use super::notation;
use super::row::{RawCell, Sort};
use super::table::Found;
use super::zeros;
use super::{Column, RawTable, Texts, Values};

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
    /// How codes are written here.
    code: Code,
    /// How many codes were given back their zeros.
    padded: usize,
    /// Codes that lost their zeros.
    short: Short,
    month_first: MonthFirst,
}

/// How the codes of a column are written: those of a link as the key that it leads to.
#[derive(Clone, Copy, Default)]
struct Code {
    /// So many digits.
    digits: Option<usize>,
    /// Whether zeros that a spreadsheet dropped are put back in front.
    pad: bool,
}

/// Codes that lost the zeros in front.
#[derive(Default)]
struct Short {
    codes: usize,
    others: usize,
    /// Each with its zeros, as long as every code has lost some.
    mended: Texts,
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
            let code = Code::of(schema, column);
            read.then(|| ColumnBuilder::new(table, column, code, is_tree_edge(table, id, ColumnId(at))))
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
                    if text.is_ascii() && !text.bytes().any(is_control) {
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
        let says_nothing =
            |text: &str| text.trim().is_empty() || without_hidden(text).is_some_and(|text| text.is_empty());
        let is_blank = |id: &&ColumnId| cell(id.0).is_some_and(|cell| says_nothing(cell.text));
        self.schema.key.iter().find(is_blank).map(|id| self.schema.column(*id))
    }

    /// The codes, with their zeros, of a key in which every code has lost some.
    fn take_short_keys(&mut self) -> Texts {
        let [key] = self.schema.key.as_slice() else { return Texts::default() };
        let builder = self.columns.get_mut(key.0).and_then(Option::as_mut);
        builder.map(|builder| std::mem::take(&mut builder.short.mended)).unwrap_or_default()
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

impl Code {
    fn of(schema: &Schema, column: &ColumnSchema) -> Self {
        let own = |column: &ColumnSchema| match column.kind {
            Kind::Text { digits } => Self { digits, pad: column.writing.pad },
            _ => Self::default(),
        };
        match column.link().map(|to| schema.table(to)) {
            Some(table) => match table.key.as_slice() {
                [key] => own(table.column(*key)),
                _ => Self::default(),
            },
            None => own(column),
        }
    }
}

impl<'a> ColumnBuilder<'a> {
    fn new(table: &'a TableSchema, schema: &'a ColumnSchema, code: Code, is_tree_edge: bool) -> Self {
        // In a table that hangs on itself a blank parent is not a gap: the row is a root.
        let blank = if is_tree_edge && schema.blank == Blank::Unknown { &Blank::None } else { &schema.blank };
        Self {
            schema,
            blanks: &table.writing.blanks,
            blank: Cell::blank(&schema.kind, blank),
            column: Column::of_kind(&schema.kind),
            code,
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
            self.count_short(digits, text);
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
        zeros::padded(text, self.code.digits.filter(|_| self.code.pad)?)
    }

    fn count_short(&mut self, digits: usize, text: &str) {
        match zeros::padded(text, digits).filter(|_| self.short.others == 0) {
            Some(mended) => {
                self.short.codes += 1;
                self.short.mended.push(&mended);
            }
            None => self.short = Short { others: 1, ..Short::default() },
        }
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
        let Short { codes: codes @ 2.., mended, .. } = &self.short else { return };
        log.gather((&catalogue::WRONG_LENGTH, &catalogue::CODES_LOST_ZEROS), header, *codes, |finding| {
            finding.with("header", header).with("digits", digits).maybe("padded", mended.get(0))
        });
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
