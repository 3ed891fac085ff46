//! Rows of a file that are no data: totals, headings of groups, repeated headers, signatures, lookups that found nothing.
//!
//! A row is suspected only where the cell that says which row it is — the key, else the parent — is blank or no code;
//! most rows pass at that. What is left out is told row by row, and the figures of totals are held against the sums.

use crate::diagnostic::Phrase;
use crate::schema::{Kind, TableSchema};
use crate::value::{Number, fold, nfc};

use super::builder::TableBuilder;
use super::cell::{Cell, is_error};
use super::code::{is_code, is_code_piece};
use super::cuts::{Cells, Piece};
use super::faults::RowPlace;
use super::header::Layout;
use super::notation;
use super::row::Row;
use super::{Column, Values};

/// Whether a row is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is.
    Data,
    /// It is not.
    LeftOut(Reason),
}

/// Why a row is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// A campaign says so.
    Declared,
    /// A total.
    Total,
    /// The heading of a group.
    Heading,
    /// The header once more, or the numbers of its columns.
    Header,
    /// A signature, a date, a list of who gets the paper.
    Foot,
    /// Only errors of formulas.
    Errors,
}

impl Reason {
    fn phrase(self) -> Phrase {
        match self {
            Self::Declared => {
                Phrase::new("the campaign says that it is no data", "phong trào khai báo không phải số liệu")
            }
            Self::Total => Phrase::new("a total", "dòng tổng"),
            Self::Heading => Phrase::new("the heading of a group", "tiêu đề nhóm"),
            Self::Header => Phrase::new("the header once more", "lặp lại tiêu đề"),
            Self::Foot => Phrase::new("below the table", "phần cuối bảng"),
            Self::Errors => Phrase::new("only errors of formulas", "chỉ có lỗi công thức"),
        }
    }
}

/// A total: after how many rows of data it stands, and what it says of each column of numbers.
struct Total {
    place: RowPlace,
    figures: Vec<(usize, Number)>,
}

/// Tells data from what stands between and below them.
pub(super) struct Screen<'s> {
    table: &'s TableSchema,
    layout: &'s Layout,
    /// The position of the cell that says which row this is.
    anchor: usize,
    skip: Vec<String>,
    below: bool,
    totals: Vec<Total>,
    /// After how many rows of data a heading or a total stands.
    bounds: Vec<usize>,
}

/// What a row of totals is called.
const TOTALS: [&str; 9] =
    ["tổng cộng", "tổng số", "tổng", "cộng", "cộng dồn", "tổng toàn tỉnh", "toàn tỉnh", TOTAL, "grand total"];

/// The one of these that a code may look like.
const TOTAL: &str = "total";

/// How what stands below a table begins.
const FEET: [&str; 17] = [
    "người lập",
    "nơi nhận",
    "tm ",
    "kt ",
    "tl ",
    "thủ trưởng",
    "chủ tịch",
    "phó chủ tịch",
    "ký tên",
    "ký ghi rõ họ tên",
    "xác nhận",
    "ghi chú",
    "kế toán",
    "lập biểu",
    "người tổng hợp",
    "lãnh đạo",
    "đại diện",
];

impl<'s> Screen<'s> {
    /// For a table whose columns stand where the layout says.
    pub fn new(table: &'s TableSchema, layout: &'s Layout) -> Self {
        let position = |column: crate::schema::ColumnId| layout.positions.get(column.0).copied().flatten();
        let anchor = table.key.iter().copied().chain(table.parent).find_map(position).unwrap_or(0);
        let skip = table.writing.skip.iter().map(|text| fold(text)).collect();
        Self { table, layout, anchor, skip, below: false, totals: Vec::new(), bounds: Vec::new() }
    }

    /// The position of the cell that says which row it is, as long as every row in which a code stands there is data.
    pub fn anchor(&self) -> Option<usize> {
        (self.skip.is_empty() && !self.below).then_some(self.anchor)
    }

    /// Whether a row is data.
    pub fn keeps(&mut self, row: &Row) -> Kept {
        if !self.skip.is_empty() && self.is_declared(row) {
            return Kept::LeftOut(Reason::Declared);
        }
        let anchor = row.record.get(self.anchor).unwrap_or_default();
        if !self.below && looks_like_a_code(anchor) {
            return Kept::Data;
        }
        match self.reason(row, anchor.trim()) {
            Some(reason) => {
                self.below |= reason == Reason::Foot;
                Kept::LeftOut(reason)
            }
            None => Kept::Data,
        }
    }

    fn is_declared(&self, row: &Row) -> bool {
        let starts = |text: &str| self.skip.iter().any(|start| text == start || text.starts_with(&format!("{start} ")));
        row.filled().take(3).any(|at| starts(&fold(row.text(at))))
    }

    fn reason(&self, row: &Row, anchor: &str) -> Option<Reason> {
        let filled: Vec<usize> = row.filled().collect();
        let (first, few) = (row.text(*filled.first()?), filled.len() <= 3);
        if filled.iter().all(|at| is_error(row.text(*at))) {
            return Some(Reason::Errors);
        }
        if self.is_header(row, &filled) {
            return Some(Reason::Header);
        }
        let in_anchor = |at: usize| anchor.is_empty() || at == self.anchor;
        if filled.iter().take(3).any(|at| in_anchor(*at) && is_total(&fold(row.text(*at)))) {
            return Some(Reason::Total);
        }
        let alone = anchor.is_empty() || filled.first() == Some(&self.anchor);
        if few && alone && is_foot(&fold(first)) {
            return Some(Reason::Foot);
        }
        if self.below && (anchor.is_empty() || filled.len() <= 2) {
            return Some(Reason::Foot);
        }
        (alone && self.is_heading(row, anchor, &filled)).then_some(Reason::Heading)
    }

    /// The texts of the header again, or the numbers of its columns: `(1)`, `(2)`.
    fn is_header(&self, row: &Row, filled: &[usize]) -> bool {
        let cells: Vec<String> = row.record.iter().map(fold).collect();
        let again = |header: &Vec<String>| {
            filled.len() > 1 && header.iter().zip(&cells).filter(|(a, _)| !a.is_empty()).all(|(a, b)| a == b)
        };
        let numbered = |at: &usize| {
            let inside = row.text(*at).strip_prefix('(').and_then(|text| text.strip_suffix(')'));
            inside.is_some_and(|text| {
                !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        self.layout.headers.iter().any(again) || (filled.len() > 2 && filled.iter().all(numbered))
    }

    /// `I`, `A.` or `1.` in front of a title, without a code: the figures beside it are those of its group.
    fn is_heading(&self, row: &Row, anchor: &str, filled: &[usize]) -> bool {
        let Some(first) = filled.first().map(|at| row.text(*at)) else { return false };
        let second = filled.get(1).map(|at| row.text(*at)).unwrap_or_default();
        let titled = |text: &str| text.chars().any(char::is_alphabetic);
        let by_number = !self.is_column(filled.get(..1).unwrap_or_default())
            && is_enumerator(first)
            && titled(second)
            && anchor.is_empty();
        let in_one = first.split_once(['.', ')']).is_some_and(|(number, title)| is_enumerator(number) && titled(title));
        by_number || (in_one && filled.len() <= 1) || (filled.len() == 1 && !self.is_column(filled))
    }

    /// Whether the only cell of a row stands in a column of the schema.
    fn is_column(&self, filled: &[usize]) -> bool {
        filled.iter().all(|at| self.layout.positions.contains(&Some(*at)) || *at == self.anchor)
    }

    /// Takes a row out and tells it.
    pub fn leave_out(&mut self, builder: &mut TableBuilder, row: &Row, reason: Reason) {
        let place = builder.next_place(row.line);
        let shown: Vec<&str> = row.filled().take(4).map(|at| row.text(at)).collect();
        let shown = nfc(&shown.join(" | ")).into_owned();
        builder.leave_out(place, |note| note.with("reason", reason.phrase()).with("text", shown));
        if reason == Reason::Total {
            self.totals.push(Total { place, figures: self.figures(row) });
        }
        if matches!(reason, Reason::Total | Reason::Heading) {
            self.bounds.push(place.row);
        }
    }

    /// What a row of totals says of the columns that can be added up.
    fn figures(&self, row: &Row) -> Vec<(usize, Number)> {
        let figure = |(id, position): (usize, &Option<usize>)| {
            let column = self.table.columns.get(id)?;
            let adds_up = matches!(column.kind, Kind::Number { .. })
                && column.writing.percent.is_none()
                && column.writing.fraction.is_none();
            let cell = row.cell((*position)?).filter(|cell| adds_up && !cell.text.trim().is_empty())?;
            match notation::number(cell.text.trim(), cell.sort, &column.writing).ok()? {
                Cell::Number(mantissa, scale) => Some((id, Number::scaled(mantissa, scale)?)),
                _ => None,
            }
        };
        self.layout.positions.iter().enumerate().filter_map(figure).collect()
    }

    /// Holds every total against the sums that it may be of: the whole table, the rows above it, the rows below it.
    pub fn hold_totals(&self, builder: &mut TableBuilder) {
        let rows = builder.rows();
        for total in &self.totals {
            let at = total.place.row;
            let above = self.bounds.iter().rev().find(|bound| **bound < at).copied().unwrap_or(0);
            let below = self.bounds.iter().find(|bound| **bound > at).copied().unwrap_or(rows);
            for (id, said) in &total.figures {
                let Some(column) = builder.column(*id) else { continue };
                let sums: Vec<Option<Number>> =
                    [(0, rows), (above, at), (0, at), (at, below)].map(|(from, to)| sum(column, from, to)).to_vec();
                if sums.contains(&Some(*said)) {
                    continue;
                }
                // Where a figure is unknown nothing can be held against the total.
                let nearest = if at == 0 { sums.last() } else { sums.get(2) };
                if let Some(Some(sum)) = nearest {
                    builder.tell_total(*id, total.place, *said, *sum);
                }
            }
        }
    }
}

/// The sum of some rows; nothing if one of them is unknown.
fn sum(column: &Column, from: usize, to: usize) -> Option<Number> {
    let Values::Numbers(numbers) = &column.values else { return None };
    (from..to).try_fold(Number::ZERO, |sum, row| match (column.unknown.get(row), column.none.get(row)) {
        (true, _) => None,
        (false, true) => Some(sum),
        (false, false) => sum.plus(numbers.get(row)?).ok(),
    })
}

/// Whether a text is a code, and so no title and no total.
fn looks_like_a_code(text: &str) -> bool {
    let text = text.trim_ascii();
    is_code(text.as_bytes()) && !text.eq_ignore_ascii_case(TOTAL)
}

/// Whether all cells are codes.
pub(super) fn are_codes(cells: Cells) -> bool {
    // Most are codes as they stand, and longer or shorter than the word.
    let surely = |raw: Piece| is_code_piece(raw) && raw.len() != TOTAL.len();
    let is_code = |raw| surely(raw) || cells.bared(raw).is_some_and(|piece| looks_like_a_code(piece.text()));
    cells.raw(0..cells.len()).all(is_code)
}

/// A Roman number or a single capital letter.
fn is_enumerator(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')']);
    let roman = !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    roman || matches!(text.as_bytes(), [b'A'..=b'H'])
}

fn is_total(folded: &str) -> bool {
    TOTALS.contains(&folded)
        || ["tổng cộng ", "tổng số "].iter().any(|start| folded.starts_with(&fold_start(start)))
        || TOTALS.iter().any(|word| fold(word) == folded)
}

/// The fold of a beginning that ends with a blank.
fn fold_start(start: &str) -> String {
    fold(start) + " "
}

fn is_foot(folded: &str) -> bool {
    let dated = folded.contains(&fold("ngày")) && folded.contains(&fold("tháng")) && folded.contains(&fold("năm"));
    dated
        || FEET.iter().any(|start| {
            if start.ends_with(' ') { folded.starts_with(&fold_start(start)) } else { folded.starts_with(&fold(start)) }
        })
}
