//! The header of a file: where it is, and which column stands where.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Entry, catalogue};
use crate::schema::{ColumnSchema, TableSchema};
use crate::source::Place;
use crate::value::{bare, fold, nearest, nfc};

use super::faults::Spots;
use super::row::Row;
use super::source::Source;

/// The header is looked for in so many rows; above it may stand titles.
const ROWS: usize = 30;

/// Where the columns of the schema stand in the rows of a file.
pub(super) struct Layout {
    /// The position of each column of the schema that was found and is read.
    pub positions: Vec<Option<usize>>,
    /// How many cells a row has, up to the last header that is not blank.
    pub width: usize,
    /// How many cells the header row has.
    pub cells: usize,
    /// The texts of the header rows, to know them again.
    pub headers: Vec<Vec<String>>,
}

/// A header that may be the right one.
struct Candidate<'r> {
    /// Its rows: one or two.
    rows: &'r [Row],
    /// The texts over each position, the fullest first.
    texts: Vec<Vec<String>>,
}

/// How a column was found.
enum Match {
    /// Here, under its own name.
    Exact(usize),
    /// Here, under another name or written in another way.
    Renamed(usize),
    /// In several places.
    Several,
    /// Nowhere.
    Missing,
}

/// Finds the header of a file: under the columns that are read, by the texts of its first rows. Returns the rows that
/// were read too far.
///
/// # Errors
/// What is missing or there twice.
pub(super) fn find<'s>(
    source: &mut Source,
    file: &str,
    table: &'s TableSchema,
    wanted: &[(usize, &'s ColumnSchema)],
) -> Result<(Layout, VecDeque<Row>), Vec<Diagnostic>> {
    let mut rows = Vec::new();
    let writing = &table.writing;
    let enough = |rows: &[Row]| match (rows, writing.header_line) {
        ([.., last], Some(line)) => last.line >= line + writing.header_rows.unwrap_or(1) as u64 - 1,
        ([first], None) => {
            writing.header_rows.is_none_or(|rows| rows == 1)
                && Candidate::new(std::slice::from_ref(first)).count(wanted) == wanted.len()
        }
        _ => false,
    };
    while rows.len() < ROWS.max(usize::try_from(writing.header_line.unwrap_or(0)).unwrap_or(ROWS) + 1) && !enough(&rows)
    {
        let mut row = Row::default();
        if !source.next(&mut row)? {
            break;
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(vec![about_file(&catalogue::EMPTY_FILE, file)]);
    }
    let (at, count) = choose(&rows, table, wanted);
    let candidate = Candidate::new(rows.get(at..at + count).unwrap_or_default());
    let layout = candidate.layout(source, file, table, wanted)?;
    source.found.header_line = candidate.rows.first().map_or(0, |row| row.line);
    source.found.header_rows = count;
    Ok((layout, rows.drain(..).skip(at + count).collect()))
}

/// The rows under which most columns are found; the first of them, and one rather than two.
fn choose(rows: &[Row], table: &TableSchema, wanted: &[(usize, &ColumnSchema)]) -> (usize, usize) {
    let writing = &table.writing;
    let counts = match writing.header_rows {
        Some(1) => 1..=1,
        Some(_) => 2..=2,
        None => 1..=2,
    };
    let mut best = (0, *counts.start());
    let mut most = 0;
    for count in counts {
        for at in 0..rows.len().saturating_sub(count - 1) {
            let line = rows.get(at).map_or(0, |row| row.line);
            if writing.header_line.is_some_and(|declared| line < declared) {
                continue;
            }
            let found = Candidate::new(rows.get(at..at + count).unwrap_or_default()).count(wanted);
            if found > most || (writing.header_line.is_some() && most == 0) {
                (best, most) = ((at, count), found.max(1));
            }
            if writing.header_line.is_some() {
                break;
            }
        }
    }
    best
}

impl<'r> Candidate<'r> {
    fn new(rows: &'r [Row]) -> Self {
        let width = rows.iter().map(|row| row.record.len()).max().unwrap_or(0);
        let clean = |row: &Row, at| nfc(&one_line(row.text(at))).into_owned();
        let texts = match rows {
            [upper, lower] => {
                let mut group = String::new();
                let mut over = |at| {
                    let (above, below) = (clean(upper, at), clean(lower, at));
                    if !above.is_empty() {
                        group.clone_from(&above);
                    }
                    match (above.is_empty(), below.is_empty()) {
                        (_, true) => vec![above],
                        (true, false) if group.is_empty() => vec![below],
                        _ => vec![format!("{group} {below}"), below],
                    }
                };
                (0..width).map(&mut over).collect()
            }
            rows => (0..width).map(|at| rows.iter().map(|row| clean(row, at)).take(1).collect()).collect(),
        };
        Self { rows, texts }
    }

    /// How many of the columns are found here.
    fn count(&self, wanted: &[(usize, &ColumnSchema)]) -> usize {
        let is_here = |column: &ColumnSchema| {
            matches!(self.look_for(column), Match::Exact(_) | Match::Renamed(_) | Match::Several)
        };
        wanted.iter().filter(|(_, column)| is_here(column)).count()
    }

    fn look_for(&self, column: &ColumnSchema) -> Match {
        let at = |is: &dyn Fn(&str) -> bool| {
            let depth = self.texts.iter().map(Vec::len).max().unwrap_or(0);
            (0..depth).find_map(|depth| {
                let here = |texts: &Vec<String>| texts.get(depth).is_some_and(|text| is(text));
                let mut found = self.texts.iter().enumerate().filter(|(_, texts)| here(texts)).map(|(at, _)| at);
                found.next().map(|first| (first, found.next().is_some()))
            })
        };
        if let Some((at, twice)) = at(&|text| text == &*column.header) {
            return if twice { Match::Several } else { Match::Exact(at) };
        }
        let names: Vec<String> = std::iter::once(&*column.header)
            .chain(column.writing.aliases.iter().map(String::as_str))
            .map(fold)
            .collect();
        match at(&|text| !text.is_empty() && names.contains(&fold(text))) {
            Some((_, true)) => Match::Several,
            Some((at, false)) => Match::Renamed(at),
            None => Match::Missing,
        }
    }

    fn layout(
        &self,
        source: &mut Source,
        file: &str,
        table: &TableSchema,
        wanted: &[(usize, &ColumnSchema)],
    ) -> Result<Layout, Vec<Diagnostic>> {
        let (mut positions, mut faults) = (vec![None; table.columns.len()], Vec::new());
        for (id, column) in wanted {
            match self.look_for(column) {
                Match::Exact(at) | Match::Renamed(at) => {
                    if let Some(slot) = positions.get_mut(*id) {
                        *slot = Some(at);
                    }
                }
                Match::Several => {
                    faults.push(about_file(&catalogue::REPEATED_COLUMN, file).with("header", &column.header));
                }
                Match::Missing => faults.push(self.missing(file, &column.header)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        self.tell(source, table);
        let cells = self.texts.len();
        let named = self.texts.iter().rposition(|texts| texts.iter().any(|text| !text.is_empty()));
        let headers = self.rows.iter().map(|row| row.record.iter().map(fold).collect()).collect();
        Ok(Layout { positions, width: named.map_or(0, |last| last + 1), cells, headers })
    }

    /// Says which columns have another name here, and which are none of the schema.
    fn tell(&self, source: &mut Source, table: &TableSchema) {
        let mut taken = vec![false; self.texts.len()];
        for column in &table.columns {
            let found = self.look_for(column);
            if let Match::Exact(at) | Match::Renamed(at) = found {
                taken.iter_mut().skip(at).take(1).for_each(|taken| *taken = true);
            }
            if let Match::Renamed(at) = found {
                let here = self.texts.get(at).and_then(|texts| texts.first()).cloned().unwrap_or_default();
                source.found.renamed.push([one_line(&here), column.header.to_string()]);
            }
        }
        let extra = self.texts.iter().zip(taken).filter(|(_, taken)| !taken);
        let extra = extra.filter_map(|(texts, _)| texts.first()).filter(|text| !text.is_empty());
        source.found.extra = extra.map(|text| one_line(text)).collect();
    }

    fn missing(&self, file: &str, header: &str) -> Diagnostic {
        let known: Vec<String> = self
            .texts
            .iter()
            .filter_map(|texts| texts.first())
            .filter(|text| !text.is_empty())
            .map(|text| one_line(text))
            .collect();
        let stripped = bare(header);
        let alike = known.iter().find(|text| bare(text) == stripped).map(String::as_str);
        let near = alike.or_else(|| nearest(header, known.iter().map(String::as_str)));
        about_file(&catalogue::MISSING_COLUMN, file)
            .with("header", header)
            .maybe("near", near)
            .with("known", known.join(", "))
    }
}

impl Layout {
    /// Where the columns stand, for places in messages.
    pub fn spots(&self, table: &TableSchema, sheet: Option<&str>) -> Spots {
        let spot = |(column, at): (&ColumnSchema, &Option<usize>)| {
            Some((Arc::clone(&column.header), u32::try_from((*at)?).ok()?))
        };
        Spots {
            sheet: sheet.map(Arc::from),
            columns: table.columns.iter().zip(&self.positions).filter_map(spot).collect(),
        }
    }
}

/// A header that goes over several lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn about_file(entry: &'static Entry, file: &str) -> Diagnostic {
    Diagnostic::new(entry).at(Place::File(file.to_owned()))
}
