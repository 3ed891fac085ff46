//! Cells into typed columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Blank, ColumnSchema, Kind, Schema, TableSchema};
use crate::value::{is_control, nfc, without_hidden};

use super::cell::{Cell, CellFault, describe};
use super::code::is_code_piece;
use super::cuts::{Cells, Piece};
use super::digits::PlainNumbers;
use super::faults::{FaultLog, RowPlace};
use super::lines::Lines;
use super::memo::Memo;
use super::notation;
use super::quick::{MOST, Quick};
use super::row::{RawCell, Sort};
use super::table::Found;
use super::zeros;
use super::{Column, Numbers, Texts, Values};

/// A column while it is read.
pub(super) struct ColumnBuilder<'a> {
    pub schema: &'a ColumnSchema,
    /// Cells that say no more than a blank one.
    blanks: &'a [String],
    blank: Cell<'a>,
    pub column: Column,
    /// How codes are written here.
    code: Code,
    seen: Seen,
    memo: Memo,
    /// Where numbers are written in one way only.
    plain: Option<PlainNumbers>,
}

/// How the codes of a column are written: those of a link as the key that it leads to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Code {
    /// So many digits.
    digits: Option<usize>,
    /// Whether zeros that a spreadsheet dropped are put back in front.
    pad: bool,
}

/// What was seen in the cells of a column beside what they say.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// How many codes were given back their zeros.
    padded: usize,
    /// Codes that lost their zeros.
    short: Short,
    month_first: MonthFirst,
}

/// Codes that lost the zeros in front.
#[derive(Debug, Default)]
struct Short {
    codes: usize,
    others: usize,
    /// Each with its zeros, as long as every code has lost some.
    mended: Texts,
}

/// Days that exist only with the month in front.
#[derive(Debug, Default)]
struct MonthFirst {
    count: usize,
    first: String,
}

impl Code {
    /// Of a column of a schema.
    pub fn of(schema: &Schema, column: &ColumnSchema) -> Self {
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
    /// For a column; the texts of keys are kept one after the other, for few are said twice.
    pub fn new(table: &'a TableSchema, schema: &'a ColumnSchema, code: Code, is_tree_edge: bool, is_key: bool) -> Self {
        // In a table that hangs on itself a blank parent is not a gap: the row is a root.
        let blank = if is_tree_edge && schema.blank == Blank::Unknown { &Blank::None } else { &schema.blank };
        let mut column = Column::of_kind(&schema.kind);
        if let Values::Texts(texts) = &mut column.values
            && !is_key
        {
            *texts = Texts::shared();
        }
        let (blanks, blank) = (table.writing.blanks.as_slice(), Cell::blank(&schema.kind, blank));
        let mut memo = Memo::default();
        let says_nothing = matches!(blank, Cell::Unknown | Cell::None);
        if says_nothing {
            memo.put("", 0);
        }
        let plain = PlainNumbers::of(&schema.kind, &schema.writing, says_nothing);
        // A number that stands for a blank cell is none.
        let plain = plain.filter(|_| !blanks.iter().flat_map(|blank| blank.bytes()).any(|byte| byte.is_ascii_digit()));
        Self { schema, blanks, blank, column, code, seen: Seen::default(), memo, plain }
    }

    /// Appends the cells of some rows as they were cut; `lines` are those of all rows of the stretch.
    pub fn read_rows(
        &mut self,
        cells: Cells,
        rows: Range<usize>,
        lines: &Lines,
        log: &mut FaultLog,
        composed: &mut bool,
    ) {
        let mut row = rows.start;
        while row < rows.end {
            let read = self.read_quickly(cells, row..rows.end);
            row += read;
            if read > 0 || row == rows.end {
                continue;
            }
            if let Some(text) = cells.text(row) {
                let place = RowPlace { line: lines.get(row).unwrap_or(0), row };
                self.read(RawCell { text: &text, sort: Sort::Plain }, place, log, composed);
            }
            row += 1;
        }
    }

    /// Appends the values of cells that are blank, say what one before them said, or a number or code without anything
    /// odd about it, up to the first of which that is not so; returns how many they are.
    fn read_quickly(&mut self, cells: Cells, rows: Range<usize>) -> usize {
        let (len, blank) = match &mut self.column.values {
            Values::Numbers(Numbers::Small { scale, values }) => {
                let Some(plain) = self.plain.and_then(|plain| plain.at(*scale)) else { return 0 };
                let quick = Quick::of(cells, rows, &plain);
                values.extend_from_slice(quick.values());
                (quick.len, quick.blank)
            }
            Values::Texts(texts) if texts.as_shared().is_none() => {
                let is_code = |piece: Piece| match self.schema.kind {
                    Kind::Text { digits: Some(digits) } => piece.len() == digits && is_number(piece.bytes()),
                    _ => !self.code.pad && is_code_piece(piece),
                };
                let is_blank = |piece: Piece| self.blanks.iter().any(|blank| blank.as_bytes() == piece.bytes());
                let before = texts.len();
                let pieces = cells.raw(rows).take(MOST);
                for piece in pieces.take_while(|piece| is_code(*piece) && !is_blank(*piece)) {
                    texts.push(piece.text());
                }
                let read = texts.len() - before;
                if read > 0 {
                    self.seen.short.give_up();
                }
                (read, 0)
            }
            values => {
                let quick = Quick::of(cells, rows, &self.memo);
                values.push_again(quick.values());
                (quick.len, quick.blank)
            }
        };
        self.column.push_quick(len, blank, self.blank);
        len
    }

    /// Appends a trimmed cell; a faulty one is told and becomes unknown.
    pub fn read(&mut self, cell: RawCell, place: RowPlace, log: &mut FaultLog, composed: &mut bool) {
        if cell.text.is_ascii() && !cell.text.bytes().any(is_control) {
            self.read_clean(cell, cell.text, place, log);
            return;
        }
        let text = nfc(cell.text);
        *composed |= matches!(text, Cow::Owned(_));
        let cleaned = without_hidden(&text);
        let clean = RawCell { text: cleaned.as_deref().unwrap_or(&text), ..cell };
        if cleaned.is_some() {
            log.note(&catalogue::HIDDEN_CHARACTERS, place, Some((&self.schema.header, clean.text)), |note| note);
        }
        // What has to be told of every cell is not remembered.
        let raw = if cleaned.is_some() { "" } else { cell.text };
        self.read_clean(clean, raw, place, log);
    }

    /// Appends a cell without hidden characters, that was written as `raw`.
    fn read_clean(&mut self, cell: RawCell, raw: &str, place: RowPlace, log: &mut FaultLog) {
        let (text, column) = (cell.text, self.schema);
        if text.is_empty() && cell.sort != Sort::NoValue || self.blanks.iter().any(|blank| blank == text) {
            self.push_cell(self.blank);
            return;
        }
        if let Some(padded) = self.padded(text) {
            self.seen.padded += 1;
            self.push_cell(Cell::Text(&padded));
            return;
        }
        let read = match cell.sort {
            Sort::NoValue => Err(CellFault::FormulaWithoutValue),
            sort => Cell::parse(&column.kind, &column.writing, text, sort),
        };
        self.push_cell(read.unwrap_or(Cell::Unknown));
        if let Kind::Text { digits: Some(digits) } = column.kind {
            self.count_short(digits, text);
        } else if let Ok(cell) = read {
            self.remember(raw, cell);
        }
        if read == Err(CellFault::NotADate) && notation::is_month_first(text) {
            let found = &mut self.seen.month_first;
            if found.count == 0 {
                text.clone_into(&mut found.first);
            }
            found.count += 1;
        }
        if let Err(fault) = read {
            log.cell(fault.entry(), place, (&column.header, text), |fault| {
                describe(fault, &column.kind, &column.writing, text)
            });
        }
    }

    /// Remembers what a text says, where a few texts say all.
    fn remember(&mut self, raw: &str, cell: Cell) {
        let says = match cell {
            Cell::Flag(flag) => u32::from(flag),
            Cell::Day(day) => day.days().cast_unsigned(),
            Cell::Word(code) => code,
            Cell::Text(text) => match self.memo.get(text) {
                Some(code) if raw != text => code,
                _ => return,
            },
            _ => return,
        };
        if !raw.is_empty() {
            self.memo.put(raw, says);
        }
    }

    /// Appends a cell; of texts that are said again and again only the position.
    pub fn push_cell(&mut self, cell: Cell) {
        if let (Values::Texts(texts), Cell::Text(text)) = (&mut self.column.values, cell)
            && texts.as_shared().is_some()
        {
            push_shared(texts, &mut self.memo, text);
            self.column.push_known();
            return;
        }
        self.column.push_cell(cell);
    }

    /// The cells so far; what was learned of texts stays.
    pub fn take(&mut self) -> (Column, Seen) {
        let mut next = Column::of_kind(&self.schema.kind);
        if let (Values::Texts(next), Values::Texts(texts)) = (&mut next.values, &self.column.values) {
            *next = texts.emptied();
        }
        (std::mem::replace(&mut self.column, next), std::mem::take(&mut self.seen))
    }

    /// Appends cells that were read apart, by a reader whose texts have these positions here.
    pub fn append(&mut self, mut more: Column, seen: Seen, positions: &mut Vec<u32>) {
        self.seen.append(seen);
        if let (Values::Texts(texts), Values::Texts(more)) = (&mut self.column.values, &mut more.values) {
            let more = std::mem::take(more);
            append_texts(texts, &mut self.memo, &more, positions);
        }
        self.column.append(more);
    }

    /// A code with the zeros in front that a spreadsheet dropped, where they are to be put back.
    fn padded(&self, text: &str) -> Option<String> {
        zeros::padded(text, self.code.digits.filter(|_| self.code.pad)?)
    }

    fn count_short(&mut self, digits: usize, text: &str) {
        let short = &mut self.seen.short;
        match zeros::padded(text, digits).filter(|_| short.others == 0) {
            Some(mended) => {
                short.codes += 1;
                short.mended.push(&mended);
            }
            None => short.give_up(),
        }
    }

    /// The codes, with their zeros, if every code has lost some.
    pub fn take_mended(&mut self) -> Texts {
        std::mem::take(&mut self.seen.short.mended)
    }

    /// Tells a column in which every code lost its zeros, and one that was given them back.
    pub fn tell_codes(&self, log: &mut FaultLog, found: &mut Found) {
        let header = &self.schema.header;
        if self.seen.padded > 0 {
            found.padded.push((header.to_string(), self.seen.padded));
        }
        let MonthFirst { count, first } = &self.seen.month_first;
        if *count > 0 {
            let finding = Diagnostic::new(&catalogue::MONTH_FIRST).with("header", header).with("count", count);
            log.about_file(finding.with("cell", first));
        }
        let Kind::Text { digits: Some(digits) } = self.schema.kind else { return };
        let Short { codes: codes @ 2.., mended, .. } = &self.seen.short else { return };
        log.gather((&catalogue::WRONG_LENGTH, &catalogue::CODES_LOST_ZEROS), header, *codes, |finding| {
            finding.with("header", header).with("digits", digits).maybe("padded", mended.get(0))
        });
    }
}

impl Short {
    /// Notes that some code has all its digits, or never had them.
    fn give_up(&mut self) {
        if self.others == 0 {
            *self = Self { others: 1, ..Self::default() };
        }
    }

    fn append(&mut self, more: &Self) {
        if self.others + more.others > 0 {
            self.give_up();
            return;
        }
        self.codes += more.codes;
        self.mended.append(&more.mended);
    }
}

impl Seen {
    /// Whether nothing was seen that somebody has to be told of.
    pub fn is_ordinary(&self) -> bool {
        self.padded == 0 && self.month_first.count == 0 && self.short.codes == 0
    }

    fn append(&mut self, more: Self) {
        self.padded += more.padded;
        self.short.append(&more.short);
        if self.month_first.count == 0 {
            self.month_first.first = more.month_first.first;
        }
        self.month_first.count += more.month_first.count;
    }
}

/// Appends a text that may have been said before; too many different ones are kept one after the other.
fn push_shared(texts: &mut Texts, memo: &mut Memo, text: &str) {
    match position(texts, memo, text) {
        Some(position) => texts.as_shared_mut().into_iter().for_each(|shared| shared.codes.push(position)),
        None => {
            keep_each(texts, memo);
            texts.push(text);
        }
    }
}

/// Appends the texts of a reader, of which some have positions here already.
fn append_texts(texts: &mut Texts, memo: &mut Memo, more: &Texts, positions: &mut Vec<u32>) {
    if let Some(theirs) = more.as_shared() {
        let new = theirs.distinct.iter().skip(positions.len());
        let known = new.map_while(|text| position(texts, memo, text)).collect::<Vec<_>>();
        positions.extend(known);
        let all_known = positions.len() >= theirs.distinct.len();
        if let Some(shared) = texts.as_shared_mut().filter(|_| all_known) {
            let here = |code: &u32| positions.get(*code as usize).copied().unwrap_or_default();
            shared.codes.extend(theirs.codes.iter().map(here));
            return;
        }
    }
    keep_each(texts, memo);
    texts.append(more);
}

/// The position of a text among the different ones of a column; nothing where they are too many.
fn position(texts: &mut Texts, memo: &mut Memo, text: &str) -> Option<u32> {
    let shared = texts.as_shared_mut()?;
    if text.is_empty() {
        return Some(0);
    }
    if let Some(position) = memo.get(text) {
        return Some(position);
    }
    if memo.is_full() {
        return None;
    }
    let position = shared.add(text);
    memo.put(text, position);
    Some(position)
}

fn keep_each(texts: &mut Texts, memo: &mut Memo) {
    texts.keep_each();
    memo.clear();
}

fn is_number(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}
