//! The faults of one file, counted in full and told up to a limit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Entry, Severity, catalogue};
use crate::source::{CellPlace, Place};

/// How many findings of one code are listed for one file; a million faulty cells must not fill the memory.
pub(super) const MOST_TOLD: usize = 1_000;

/// Findings that leave one cell unknown.
const OF_CELLS: [&Entry; 17] = [
    &catalogue::NOT_A_NUMBER,
    &catalogue::NUMBER_OUT_OF_RANGE,
    &catalogue::NUMBER_TOO_LONG,
    &catalogue::AMBIGUOUS_NUMBER,
    &catalogue::NOT_A_RATIO,
    &catalogue::NOT_A_DATE,
    &catalogue::NOT_A_FLAG,
    &catalogue::UNKNOWN_WORD,
    &catalogue::WRONG_LENGTH,
    &catalogue::ERROR_VALUE,
    &catalogue::FORMULA_WITHOUT_VALUE,
    &catalogue::LOST_LETTERS,
    &catalogue::LEGACY_LETTERS,
    &catalogue::DAY_AS_NUMBER,
    &catalogue::LINK_NOT_FOUND,
    &catalogue::CODES_LOST_ZEROS,
    &catalogue::LINK_LOST_ZEROS,
];

/// Where a data row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowPlace {
    /// The line that it starts on; 0 for rows that were built in code.
    pub line: u64,
    /// Its position among the rows, counted from nought.
    pub row: usize,
}

/// Where the columns of a file stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The positions of the columns, by the headers that are declared.
    pub columns: Vec<(Arc<str>, u32)>,
}

/// The faults of one file.
#[derive(Debug)]
pub(super) struct FaultLog {
    file: Arc<str>,
    /// Where its columns stand.
    pub spots: Arc<Spots>,
    counts: BTreeMap<&'static str, usize>,
    noted: BTreeMap<&'static str, usize>,
    /// How many of each code are told, each by itself or many in one.
    listed: BTreeMap<&'static str, usize>,
    told: Vec<Diagnostic>,
    /// The rows in which something is faulty.
    doubtful: Vec<bool>,
}

/// How many faults there were.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// All of them.
    pub faults: usize,
    /// Those that leave a cell unknown.
    pub cells: usize,
    /// The rows in which something is faulty.
    pub doubtful: Vec<bool>,
}

fn row_of(finding: &Diagnostic) -> u64 {
    if let Place::Cell(place) = &finding.place { place.row } else { 0 }
}

impl RowPlace {
    /// The number that messages call the line: that of the row where there are no lines.
    pub fn number(self) -> u64 {
        if self.line == 0 { self.row as u64 + 1 } else { self.line }
    }
}

impl FaultLog {
    /// No faults yet.
    pub fn new(file: &Arc<str>, spots: Arc<Spots>) -> Self {
        Self {
            doubtful: Vec::new(),
            file: Arc::clone(file),
            spots,
            counts: BTreeMap::new(),
            noted: BTreeMap::new(),
            listed: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    /// Adds a fault of a whole row.
    pub fn row(&mut self, entry: &'static Entry, at: RowPlace, describe: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.in_doubt(entry, at);
        *self.counts.entry(entry.code).or_default() += 1;
        if self.may_list(entry) {
            self.tell(entry, at, None, describe);
        }
    }

    /// Adds a fault of one cell, under a header.
    pub fn cell(
        &mut self,
        entry: &'static Entry,
        at: RowPlace,
        (header, cell): (&Arc<str>, &str),
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.in_doubt(entry, at);
        *self.counts.entry(entry.code).or_default() += 1;
        if self.may_list(entry) {
            self.tell(entry, at, Some((header, cell)), |fault| describe(fault.with("cell", cell)));
        }
    }

    /// Adds faults of many cells under a header, told as one at the first of them.
    pub fn column(
        &mut self,
        entry: &'static Entry,
        places: &[RowPlace],
        (header, cell): (&Arc<str>, &str),
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let (Some(first), count) = (places.first(), places.len()) else { return };
        for place in places {
            self.in_doubt(entry, *place);
        }
        *self.counts.entry(entry.code).or_default() += count;
        *self.listed.entry(entry.code).or_default() += count;
        let describe = |fault: Diagnostic| describe(fault.with("cell", cell).with("count", count));
        self.tell(entry, *first, Some((header, cell)), describe);
    }

    /// Tells all faults of one kind under a header, so many, as one of another kind: at the first of them.
    pub fn gather(
        &mut self,
        (from, to): (&'static Entry, &'static Entry),
        header: &Arc<str>,
        count: usize,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let mut places = Vec::new();
        self.told.retain(|fault| match &fault.place {
            Place::Cell(place) if fault.code() == from.code && place.column.as_ref() == Some(header) => {
                places.push(fault.place.clone());
                false
            }
            _ => true,
        });
        let moved = [(&mut self.counts, count), (&mut self.listed, places.len())];
        for (all, count) in moved {
            all.entry(from.code).and_modify(|all| *all -= count);
        }
        for all in [&mut self.counts, &mut self.listed] {
            *all.entry(to.code).or_default() += count;
        }
        let place = places.into_iter().next().unwrap_or_else(|| Place::File(self.file.to_string()));
        let cell = if let Place::Cell(place) = &place { place.cell.clone() } else { None };
        self.told.push(describe(Diagnostic::new(to).maybe("cell", cell).with("count", count)).at(place));
    }

    /// Whether one more finding of a code is listed.
    fn may_list(&mut self, entry: &Entry) -> bool {
        let listed = self.listed.entry(entry.code).or_default();
        let may = *listed < MOST_TOLD;
        *listed += usize::from(may);
        may
    }

    /// The same rows as in another list of faults are in doubt.
    pub fn doubt(mut self, rows: Vec<bool>) -> Self {
        self.doubtful = rows;
        self
    }

    /// Puts the findings of rows that were read column by column into the order of the rows; returns whether none is
    /// left out.
    pub fn put_in_order(&mut self) -> bool {
        self.told.sort_by_key(row_of);
        self.counts.values().chain(self.noted.values()).all(|count| *count <= MOST_TOLD)
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.noted.is_empty() && self.told.is_empty()
    }

    /// Appends the findings of rows that were read apart: they come after so many rows and lines.
    pub fn append(&mut self, more: Self, after: RowPlace) {
        for mut finding in more.told {
            if let Place::Cell(place) = &mut finding.place {
                place.row += after.row as u64;
                place.line += after.line;
            }
            let listed = self.listed.entry(finding.code()).or_default();
            if *listed < MOST_TOLD {
                *listed += 1;
                self.told.push(finding);
            }
        }
        more.counts.iter().for_each(|(code, count)| *self.counts.entry(code).or_default() += count);
        more.noted.iter().for_each(|(code, count)| *self.noted.entry(code).or_default() += count);
        if !more.doubtful.is_empty() {
            self.doubtful.resize(after.row, false);
            self.doubtful.extend(more.doubtful);
        }
    }

    fn in_doubt(&mut self, entry: &Entry, at: RowPlace) {
        if entry.severity == Severity::Error {
            if self.doubtful.len() <= at.row {
                self.doubtful.resize(at.row + 1, false);
            }
            self.doubtful.iter_mut().skip(at.row).take(1).for_each(|row| *row = true);
        }
    }

    /// Tells something about a row or a cell that is no fault.
    pub fn note(
        &mut self,
        entry: &'static Entry,
        at: RowPlace,
        cell: Option<(&Arc<str>, &str)>,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        *self.noted.entry(entry.code).or_default() += 1;
        if self.may_list(entry) {
            self.tell(entry, at, cell, |fault| describe(fault.maybe("cell", cell.map(|(_, text)| text))));
        }
    }

    /// Tells something about the file as a whole that is no fault.
    pub fn about_file(&mut self, finding: Diagnostic) {
        self.told.push(finding.at(Place::File(self.file.to_string())));
    }

    /// Hands the findings over and returns how many there were.
    pub fn close(mut self, faults: &mut Vec<Diagnostic>) -> Counts {
        faults.append(&mut self.told);
        for (code, count) in self.counts.iter().chain(&self.noted) {
            let more = count - self.listed.get(code).copied().unwrap_or(0);
            if more > 0 {
                let left_out = Diagnostic::new(&catalogue::FAULTS_LEFT_OUT).with("count", more);
                let place = Place::File(self.file.to_string());
                faults.push(left_out.with("code", code).at(place));
            }
        }
        let cells = OF_CELLS.iter().filter_map(|entry| self.counts.get(entry.code)).sum();
        Counts { faults: self.counts.values().sum(), cells, doubtful: self.doubtful }
    }

    fn tell(
        &mut self,
        entry: &'static Entry,
        at: RowPlace,
        cell: Option<(&Arc<str>, &str)>,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let position = |(header, _): (&Arc<str>, &str)| {
            self.spots.columns.iter().find(|(known, _)| known == header).map(|(_, at)| *at)
        };
        let place = CellPlace {
            file: Arc::clone(&self.file),
            sheet: self.spots.sheet.clone(),
            line: at.line,
            row: at.row as u64 + 1,
            at: cell.and_then(position),
            column: cell.map(|(header, _)| Arc::clone(header)),
            cell: cell.map(|(_, text)| text.to_owned()),
        };
        self.told.push(describe(Diagnostic::new(entry)).at(Place::Cell(Box::new(place))));
    }
}
