//! Links: from the keys that cells name to rows.

use std::sync::Arc;

use crate::diagnostic::{Entry, catalogue};
use crate::schema::{ColumnId, TableId};
use crate::value::{bare, nearest};

use super::NO_ROW;
use super::draft::Draft;
use super::faults::RowPlace;
use super::key::Index;
use super::texts::Shared;
use super::tree::Tree;
use super::zeros::{self, Bare};
use super::{Column, Values};

/// Suggestions are looked for in tables of at most so many rows.
const MOST_CANDIDATES: usize = 5_000;

/// All tables on their way, and where their keys lead.
pub(super) struct Links<'d, 'a, 'n> {
    pub drafts: &'d mut [Draft<'a>],
    pub indexes: &'d [Index<'n>],
}

/// Where a link column leads.
struct Lookup<'n> {
    /// The target of each row.
    targets: Vec<u32>,
    /// The rows whose target exists on another day only.
    absent: Vec<usize>,
    /// The id of the table that it leads to.
    table: String,
    /// What a missing key may have been meant for.
    candidates: Vec<Candidate<'n>>,
    /// The rows that lead somewhere only with other zeros in front.
    zeros: Option<LostZeros>,
}

/// Cells that name a key with other zeros in front, as spreadsheets write codes that they take for numbers.
struct LostZeros {
    rows: Vec<usize>,
    /// The first of them, and the key that it names.
    cell: String,
    named: String,
    /// The key column of the table that they lead to, and the digits that all its codes can be written with.
    key: String,
    digits: Option<usize>,
}

impl LostZeros {
    /// Looks for such cells among those that lead nowhere; a single one may be a mistake in typing.
    fn find<'c>(lost: &[(usize, &'c str)], target: &Draft, index: &Index) -> Option<Self> {
        let keys = || index.keys().copied().chain(target.raw.short_keys.iter());
        let bare = Bare::of(keys());
        let named: Vec<(usize, &'c str, &str)> =
            lost.iter().filter_map(|(row, cell)| Some((*row, *cell, bare.find(cell)?))).collect();
        let (_, cell, first) = named.iter().copied().next().filter(|_| named.len() > 1)?;
        Some(Self {
            rows: named.iter().map(|(row, ..)| *row).collect(),
            cell: cell.to_owned(),
            named: first.to_owned(),
            key: target.schema.column(*target.schema.key.first()?).id.clone(),
            digits: zeros::width(&bare, keys().chain(named.iter().map(|(_, cell, _)| *cell))),
        })
    }
}

/// A row that a cell may have meant.
struct Candidate<'n> {
    key: &'n str,
    /// The name that people use, without marks.
    name: Option<String>,
}

impl<'n> Links<'_, '_, 'n> {
    /// Resolves the parent link of a table whose parents are settled: rows without a parent are set aside. Returns
    /// whether evaluation may go on: it may not if parents go in a circle.
    pub fn settle_parent(&mut self, id: TableId) -> bool {
        let Some((column, to)) = self.parent_link(id) else { return true };
        let Some(found) = self.look_up(id, column, to) else { return true };
        let Some(draft) = self.drafts.get_mut(id.0) else { return true };
        let goes_on = draft.settle_parents(column, to, &found);
        draft.links.insert(column.0, found.targets);
        goes_on
    }

    /// Resolves the links of a table that are not its parent link: cells that lead nowhere are unknown.
    pub fn settle_others(&mut self, id: TableId) {
        let Some(draft) = self.drafts.get(id.0) else { return };
        let parent = draft.schema.parent;
        for (column, to) in draft.link_columns().into_iter().filter(|(column, _)| Some(*column) != parent) {
            let Some(found) = self.look_up(id, column, to) else { continue };
            let Some(draft) = self.drafts.get_mut(id.0) else { continue };
            for row in draft.kept.clone().iter().filter(|row| found.is_lost(*row)) {
                draft.settle_lost_link(row, column, &found);
            }
            draft
                .settle_lost_zeros(&catalogue::LINK_LOST_ZEROS, column, &found, |draft, row| draft.forget(row, column));
            draft.links.insert(column.0, found.targets);
        }
    }

    fn parent_link(&self, id: TableId) -> Option<(ColumnId, TableId)> {
        let draft = self.drafts.get(id.0)?;
        draft.link_columns().into_iter().find(|(column, _)| Some(*column) == draft.schema.parent)
    }

    fn look_up(&self, id: TableId, column: ColumnId, to: TableId) -> Option<Lookup<'n>> {
        let (draft, target, index) = (self.drafts.get(id.0)?, self.drafts.get(to.0)?, self.indexes.get(to.0)?);
        let cells = draft.column(column)?;
        let counts = |row: &&u32| target.kept.get(**row as usize);
        let targets = targets(draft, cells, |key| index.get(key).filter(counts).copied().unwrap_or(NO_ROW));
        let is_absent = |row: &usize| cells.text(*row).is_some_and(|key| target.absent_keys.contains(key));
        let lost = || draft.kept.iter().filter(|row| targets.get(*row) == Some(&NO_ROW));
        // A unit of a table that hangs on itself must not outlive the one above it; what others hang on it just ends.
        let absent = if to == id { Vec::new() } else { lost().filter(is_absent).collect() };
        let suggest = target.kept.count() <= MOST_CANDIDATES && lost().next().is_some();
        let name = |row: u32| target.column(target.schema.name?)?.text(row as usize).map(bare);
        let rows = index.iter().filter(|(_, row)| suggest && counts(row));
        let candidates = rows.map(|(key, row)| Candidate { key, name: name(*row) }).collect();
        let nowhere: Vec<(usize, &str)> = lost().filter_map(|row| Some((row, cells.text(row)?))).collect();
        let zeros = if nowhere.is_empty() { None } else { LostZeros::find(&nowhere, target, index) };
        Some(Lookup { targets, absent, table: target.schema.id.clone(), candidates, zeros })
    }
}

/// The targets of all rows; each text that many rows say is looked up once.
fn targets(draft: &Draft, cells: &Column, row_of: impl Fn(&str) -> u32) -> Vec<u32> {
    let shared = if let Values::Texts(texts) = &cells.values { texts.as_shared() } else { None };
    let known = |row| draft.kept.get(row) && cells.is_known(row);
    let Some(Shared { codes, distinct }) = shared else {
        let target = |row| cells.text(row).filter(|_| known(row)).map_or(NO_ROW, &row_of);
        return (0..draft.kept.len()).map(target).collect();
    };
    let of_text: Vec<u32> = distinct.iter().map(row_of).collect();
    let target = |(row, code): (usize, &u32)| {
        if known(row) { of_text.get(*code as usize).copied().unwrap_or(NO_ROW) } else { NO_ROW }
    };
    codes.iter().enumerate().map(target).collect()
}

impl Lookup<'_> {
    fn target(&self, row: usize) -> u32 {
        self.targets.get(row).copied().unwrap_or(NO_ROW)
    }

    /// Whether a row leads nowhere, and nothing explains why.
    fn is_lost(&self, row: usize) -> bool {
        let explained = |zeros: &LostZeros| zeros.rows.binary_search(&row).is_ok();
        self.target(row) == NO_ROW && !self.zeros.as_ref().is_some_and(explained)
    }

    /// The key that a cell may mean: that of the one row that bears this name, the one with other zeros in front, else
    /// the nearest. It is a hint and never a match.
    fn nearest(&self, cell: &str) -> Option<&str> {
        let name = bare(cell);
        let mut namesakes = self.candidates.iter().filter(|candidate| candidate.name.as_ref() == Some(&name));
        match (namesakes.next(), namesakes.next()) {
            (Some(only), None) => Some(only.key),
            _ => self.with_zeros(cell).or_else(|| {
                nearest(cell, self.candidates.iter().map(|candidate| candidate.key).filter(|key| *key != cell))
            }),
        }
    }

    fn with_zeros(&self, cell: &str) -> Option<&str> {
        Bare::of(self.candidates.iter().map(|candidate| candidate.key)).find(cell)
    }
}

impl Draft<'_> {
    /// Sets the rows aside that hang on none that counts; returns whether no parents go in a circle.
    fn settle_parents(&mut self, column: ColumnId, to: TableId, found: &Lookup) -> bool {
        for row in &found.absent {
            self.leave_out(*row);
        }
        for row in self.kept.clone().iter().filter(|row| found.is_lost(*row)) {
            self.settle_lost_parent(row, column, to, found);
        }
        self.settle_lost_zeros(&catalogue::PARENT_LOST_ZEROS, column, found, Self::set_aside);
        let tree = if to == self.id { Tree::of(&self.kept, &found.targets) } else { Tree::default() };
        for row in &tree.orphans {
            self.settle_lost_parent(*row, column, to, found);
        }
        for circle in &tree.circles {
            self.tell_circle(circle, column);
        }
        tree.circles.is_empty()
    }

    /// Sets a row aside whose parent does not count, unless it is a root.
    fn settle_lost_parent(&mut self, row: usize, column: ColumnId, to: TableId, found: &Lookup) {
        let Some(cells) = self.column(column) else { return };
        if to == self.id && cells.none.get(row) {
            return;
        }
        if let Some(key) = cells.text(row).map(str::to_owned) {
            self.tell_lost(&catalogue::PARENT_NOT_FOUND, row, column, &key, found);
        } else {
            let header = &self.schema.column(column).header;
            self.fault(&catalogue::PARENT_BLANK, row, column, |fault| fault.with("header", header));
        }
        self.set_aside(row);
    }

    /// Makes a link unknown that names no row that counts.
    fn settle_lost_link(&mut self, row: usize, column: ColumnId, found: &Lookup) {
        let Some(key) = self.column(column).and_then(|cells| cells.text(row)).map(str::to_owned) else { return };
        self.tell_lost(&catalogue::LINK_NOT_FOUND, row, column, &key, found);
        self.forget(row, column);
    }

    /// Tells the cells that lead somewhere only with other zeros in front as one finding, and settles their rows.
    fn settle_lost_zeros(
        &mut self,
        entry: &'static Entry,
        column: ColumnId,
        found: &Lookup,
        settle: impl Fn(&mut Self, usize),
    ) {
        let Some(zeros) = &found.zeros else { return };
        let rows: Vec<usize> = zeros.rows.iter().copied().filter(|row| self.kept.get(*row)).collect();
        let places: Vec<RowPlace> = rows.iter().map(|row| self.place(*row)).collect();
        let header = Arc::clone(&self.schema.column(column).header);
        self.log.column(entry, &places, (&header, &zeros.cell), |fault| {
            let fault = fault.with("header", &header).with("table", &found.table).with("named", &zeros.named);
            fault.with("key", &zeros.key).maybe("digits", zeros.digits)
        });
        for row in rows {
            settle(self, row);
        }
    }

    fn tell_lost(&mut self, entry: &'static Entry, row: usize, column: ColumnId, key: &str, found: &Lookup) {
        self.fault(entry, row, column, |fault| fault.with("table", &found.table).maybe("near", found.nearest(key)));
    }

    fn tell_circle(&mut self, circle: &[usize], column: ColumnId) {
        const MOST_NAMED: usize = 10;
        let Some(first) = circle.first() else { return };
        let names = self.names(circle.iter().copied().take(MOST_NAMED), "");
        let more = if circle.len() > MOST_NAMED { Some("…") } else { None };
        let path: Vec<&str> = names.iter().chain(more).chain(names.get(0)).collect();
        self.fault(&catalogue::PARENT_CYCLE, *first, column, |fault| fault.with("path", path.join(" → ")));
    }
}
