//! A file that is about to become a table: its header, its columns, its key and where it hangs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::data::{self, Plain, PlainRow, is_formula_error};
use crate::value::{bare, fold};

use super::column::{Guess, guess};

/// The header is looked for in so many rows.
const HEADER_ROWS: usize = 30;

/// A file that is about to become a table.
pub(super) struct Sheet {
    /// The id of the table.
    pub id: String,
    /// The file.
    pub file: String,
    /// What the file is.
    pub found: data::Found,
    /// How many rows look like data.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The column that names a row.
    pub key: Option<usize>,
    /// The column with the name that people use.
    pub name: Option<usize>,
    /// The column that leads to the table that it hangs on.
    pub parent: Option<usize>,
}

/// A column.
pub(super) struct Column {
    /// Its id.
    pub id: String,
    /// Its header.
    pub header: String,
    /// Its cells.
    pub cells: Vec<String>,
    /// What it is.
    pub guess: Guess,
}

impl Column {
    /// Whether it may hold codes, and not numbers that happen to be the same.
    fn is_of_codes(&self) -> bool {
        let header = fold(&self.header);
        let says = |word: &str| header.split(' ').any(|part| part == fold(word));
        self.guess.is_text() && !self.guess.is_counter || says("mã") || says("code") || header.contains(&fold("đơn vị"))
    }
}

impl Sheet {
    /// A file with a header and rows below it.
    pub fn of(path: &Path, plain: Plain) -> Option<Self> {
        let Plain { mut found, rows } = plain;
        let (at, count) = header(&rows)?;
        found.header_line = rows.get(at)?.line;
        found.header_rows = count;
        let headers = headers(rows.get(at..at + count)?);
        let named = headers.iter().filter(|header| !header.is_empty()).count();
        let body: Vec<&PlainRow> = rows.iter().skip(at + count).filter(|row| is_data(row, named)).collect();
        let mut ids = BTreeSet::new();
        let column = |(position, header): (usize, &String)| {
            if header.is_empty() {
                return None;
            }
            let cells: Vec<String> =
                body.iter().map(|row| row.cells.get(position).cloned().unwrap_or_default()).collect();
            let exact = body.iter().filter(|row| row.exact.get(position) == Some(&true)).count();
            let guess = guess(header, &cells, exact);
            Some(Column { id: distinct(slug(header, "column"), &mut ids), header: header.clone(), cells, guess })
        };
        let columns: Vec<Column> = headers.iter().enumerate().filter_map(column).collect();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut sheet = Self {
            id: slug(&stem, "table"),
            file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            found,
            rows: body.len(),
            columns,
            key: None,
            name: None,
            parent: None,
        };
        sheet.key = sheet.find_key();
        sheet.name = sheet.columns.iter().position(|column| {
            let header = fold(&column.header);
            column.guess.is_text()
                && [fold("tên"), fold("họ tên"), fold("họ và tên")].iter().any(|name| header.starts_with(name))
        });
        Some(sheet)
    }

    /// The first column of codes in which every row has another one.
    fn find_key(&self) -> Option<usize> {
        let is_key = |column: &Column| {
            let values: BTreeSet<&String> = column.cells.iter().filter(|cell| !cell.is_empty()).collect();
            let codes = column.cells.iter().all(|cell| !cell.contains(' '));
            column.guess.is_text() && !column.guess.is_counter && codes && values.len() == self.rows && self.rows > 0
        };
        self.columns.iter().position(is_key)
    }

    fn key_column(&mut self) -> Option<&mut Column> {
        self.columns.get_mut(self.key?)
    }

    /// The cells of its key.
    pub fn keys(&self) -> BTreeSet<&str> {
        let column = self.key.and_then(|at| self.columns.get(at));
        column.into_iter().flat_map(|column| &column.cells).map(String::as_str).collect()
    }
}

/// Makes the ids of tables differ.
pub(super) fn name_apart(sheets: &mut [Sheet]) {
    let mut ids = BTreeSet::new();
    for sheet in sheets {
        sheet.id = distinct(std::mem::take(&mut sheet.id), &mut ids);
    }
}

/// A column whose cells are keys of another table.
struct Found {
    /// The other table.
    to: usize,
    /// How many different values are its keys, and of how many.
    known: usize,
    of: usize,
    /// The digits of the codes, where some have lost zeros.
    lost: Option<usize>,
}

/// Looks for the table of which the values of a column are keys: rather one whose rows have names, one whose keys are
/// written alike, and the one that has most of them.
fn target(sheets: &[Sheet], at: usize, column: &Column) -> Option<Found> {
    let values: BTreeSet<&str> = column.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let is_number = |value: &&str| value.bytes().all(|byte| byte.is_ascii_digit());
    if values.iter().all(is_number) && !column.is_of_codes() {
        return None;
    }
    let candidates = sheets.iter().enumerate().filter(|(other, _)| *other != at).map(|(to, sheet)| {
        let keys = sheet.keys();
        let exact = values.iter().filter(|value| keys.contains(**value)).count();
        let bare: BTreeSet<&str> = keys.into_iter().map(without_zeros).collect();
        let known = exact.max(values.iter().filter(|value| bare.contains(without_zeros(value))).count());
        (sheet.name.is_some(), exact == known, known, to)
    });
    let (_, as_written, known, to) =
        candidates.filter(|(.., known, _)| *known > 0 && known * 10 >= values.len() * 8).max()?;
    let codes = sheets.get(to).into_iter().flat_map(Sheet::keys).chain(values.iter().copied());
    let lost = if as_written { None } else { codes.map(str::len).max() };
    Some(Found { to, known, of: values.len(), lost })
}

/// What a spreadsheet leaves of a code that it takes for a number.
fn without_zeros(code: &str) -> &str {
    if code.bytes().all(|byte| byte.is_ascii_digit()) { code.trim_start_matches('0') } else { code }
}

/// Finds the columns whose cells are the keys of another table: the first of them is its parent, unless that would close
/// a circle. A key without names beside it whose values are keys of a table with names is such a column too: the table has
/// a row for each of them.
pub(super) fn link(sheets: &mut [Sheet]) {
    let mut links: BTreeMap<(usize, usize), Found> = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        for (position, column) in sheet.columns.iter().enumerate() {
            let is_key = Some(position) == sheet.key;
            let found = target(sheets, at, column).filter(|found| {
                !is_key || (sheet.name.is_none() && sheets.get(found.to).is_some_and(|other| other.name.is_some()))
            });
            if let Some(found) = found {
                links.insert((at, position), found);
            }
        }
    }
    for ((at, position), found) in &links {
        if let Some(sheet) = sheets.get_mut(*at).filter(|sheet| sheet.key == Some(*position)) {
            sheet.key = None;
        }
        if let Some((key, digits)) =
            found.lost.and_then(|digits| Some((sheets.get_mut(found.to)?.key_column()?, digits)))
        {
            key.guess = Guess::lost_zeros(digits);
        }
    }
    let mut above: Vec<Option<usize>> = sheets.iter().map(|_| None).collect();
    for ((at, position), Found { to: other, known, of, .. }) in links {
        let Some(target) = sheets.get(other).map(|sheet| sheet.id.clone()) else { continue };
        let circle = std::iter::successors(Some(other), |at| above.get(*at).copied().flatten())
            .take(sheets.len() + 1)
            .any(|up| up == at);
        let Some(sheet) = sheets.get_mut(at) else { continue };
        if let Some(column) = sheet.columns.get_mut(position) {
            column.guess = Guess::link(&target, known, of);
        }
        if sheet.parent.is_none() && !circle {
            sheet.parent = Some(position);
            above.iter_mut().skip(at).take(1).for_each(|up| *up = Some(other));
        }
    }
}

/// Where the header is, and how many rows it has: the first row with nearly as many words as any has, and the row below
/// where it has words over gaps.
fn header(rows: &[PlainRow]) -> Option<(usize, usize)> {
    let words = |row: &PlainRow| {
        row.cells
            .iter()
            .zip(&row.exact)
            .filter(|(cell, exact)| !**exact && cell.chars().any(char::is_alphabetic))
            .count()
    };
    let widest = rows.iter().map(filled).max()?;
    let most = rows.iter().take(HEADER_ROWS).map(words).max()?.min(widest);
    let at = rows.iter().take(HEADER_ROWS).position(|row| words(row) * 10 >= most * 6 && words(row) > 0)?;
    let below = rows.get(at + 1).filter(|below| {
        let here = rows.get(at);
        let over_gap = |position: usize| here.is_some_and(|row| row.cells.get(position).is_none_or(String::is_empty));
        let gaps =
            (0..below.cells.len()).filter(|at| over_gap(*at) && !below.cells.get(*at).is_none_or(String::is_empty));
        words(below) == filled(below) && gaps.count() > 0 && filled(below) > 1
    });
    Some((at, 1 + usize::from(below.is_some())))
}

fn filled(row: &PlainRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

fn headers(rows: &[PlainRow]) -> Vec<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cell = |row: &PlainRow, at: usize| row.cells.get(at).map(|cell| one_line(cell)).unwrap_or_default();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut group = String::new();
    let header = |at: usize| match rows {
        [upper, lower] => {
            let (above, below) = (cell(upper, at), cell(lower, at));
            if !above.is_empty() {
                group.clone_from(&above);
            }
            match (below.is_empty(), group.is_empty()) {
                (true, _) => above,
                (false, true) => below,
                (false, false) => format!("{group} {below}"),
            }
        }
        rows => rows.first().map(|row| cell(row, at)).unwrap_or_default(),
    };
    (0..width).map(header).collect()
}

/// At least half as full as the header, and no total, nor the heading of a group: `I`, `Khối huyện`.
fn is_data(row: &PlainRow, named: usize) -> bool {
    let first = row.cells.iter().filter(|cell| !cell.is_empty()).take(3);
    let totals = ["tổng cộng", "tổng số", "cộng", "tổng", "total"].map(fold);
    let is_total = first.into_iter().any(|cell| totals.contains(&fold(cell)));
    let all_errors = row.cells.iter().filter(|cell| !cell.is_empty()).all(|cell| is_formula_error(cell));
    let numbered =
        row.cells.iter().filter(|cell| !cell.is_empty()).all(|cell| cell.starts_with('(') && cell.ends_with(')'));
    let enumerates =
        |cell: &String| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'.'));
    let is_letter = |cell: &String| matches!(cell.trim_end_matches('.').as_bytes(), [b'A'..=b'H']);
    let first = row.cells.iter().find(|cell| !cell.is_empty());
    let is_heading = named > 2 && filled(row) == 2 && first.is_some_and(|cell| enumerates(cell) || is_letter(cell));
    filled(row) * 2 >= named.min(6) && !is_total && !all_errors && !numbered && !is_heading
}

/// An id of a text: `Mã đơn vị` is `ma_don_vi`.
fn slug(text: &str, fallback: &str) -> String {
    let plain = bare(text);
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.take(5).collect::<Vec<_>>().join("_");
    match slug.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() || is_kept(&slug) => format!("{fallback}_{slug}"),
        Some(_) => slug,
    }
}

/// Words that the rule language keeps, and those that stand for something in rules.
fn is_kept(slug: &str) -> bool {
    const KEPT: [&str; 34] = [
        "all", "as", "async", "await", "break", "case", "catch", "const", "continue", "default", "do", "else", "eval",
        "exit", "export", "false", "fn", "for", "go", "goto", "if", "import", "in", "is", "let", "loop", "match",
        "new", "own", "private", "true", "with", "while", "unit",
    ];
    KEPT.contains(&slug)
}

fn distinct(id: String, taken: &mut BTreeSet<String>) -> String {
    let others = (2..=taken.len() + 2).map(|count| format!("{id}_{count}"));
    let id = std::iter::once(id.clone()).chain(others).find(|next| !taken.contains(next)).unwrap_or(id);
    taken.insert(id.clone());
    id
}
