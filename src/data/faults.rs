//! The faults of one file, counted in full and told up to a limit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Entry, catalogue};
use crate::source::{CellPlace, Place};

/// How many findings of one code are told for one file; a million faulty cells must not fill the memory.
pub(super) const MOST_TOLD: usize = 1_000;

/// Where a data row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowPlace {
    /// The line that it starts on; 0 for rows that were built in code.
    pub line: u64,
    /// Its position among the rows, counted from nought.
    pub row: usize,
}

/// The faults of one file.
#[derive(Debug)]
pub(super) struct FaultLog {
    file: Arc<str>,
    counts: BTreeMap<&'static str, usize>,
    told: Vec<Diagnostic>,
}

impl RowPlace {
    /// The number that messages call the line: that of the row where there are no lines.
    pub fn number(self) -> u64 {
        if self.line == 0 { self.row as u64 + 1 } else { self.line }
    }
}

impl FaultLog {
    /// No faults yet.
    pub fn new(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), counts: BTreeMap::new(), told: Vec::new() }
    }

    /// Adds a fault of a whole row.
    pub fn row(&mut self, entry: &'static Entry, at: RowPlace, describe: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.add(entry, at, None, describe);
    }

    /// Adds a fault of one cell, under a header.
    pub fn cell(
        &mut self,
        entry: &'static Entry,
        at: RowPlace,
        (header, cell): (&Arc<str>, &str),
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.add(entry, at, Some((header, cell)), |fault| describe(fault.with("cell", cell)));
    }

    /// Hands the findings over and returns how many there were.
    pub fn close(mut self, faults: &mut Vec<Diagnostic>) -> usize {
        faults.append(&mut self.told);
        for (code, count) in &self.counts {
            if *count > MOST_TOLD {
                let left_out = Diagnostic::new(&catalogue::FAULTS_LEFT_OUT).with("count", count - MOST_TOLD);
                let place = Place::File(self.file.to_string());
                faults.push(left_out.with("code", code).at(place));
            }
        }
        self.counts.values().sum()
    }

    fn add(
        &mut self,
        entry: &'static Entry,
        at: RowPlace,
        cell: Option<(&Arc<str>, &str)>,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let count = self.counts.entry(entry.code).or_default();
        *count += 1;
        if *count > MOST_TOLD {
            return;
        }
        let place = CellPlace {
            file: Arc::clone(&self.file),
            line: at.line,
            row: at.row as u64 + 1,
            column: cell.map(|(header, _)| Arc::clone(header)),
            cell: cell.map(|(_, text)| text.to_owned()),
        };
        self.told.push(describe(Diagnostic::new(entry)).at(Place::Cell(Box::new(place))));
    }
}
