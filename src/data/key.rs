//! Keys: the names of rows, and rows that have the same.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{ColumnId, Repeated, TableSchema};
use crate::value::side_by_side;

use super::column::row_number;
use super::draft::Draft;
use super::{Column, Texts, Values};

/// Stands between the parts of a key where two keys must not look alike; nobody types it.
pub(super) const UNIT_SEPARATOR: &str = "\u{1f}";

/// The rows of a table by their keys.
pub(super) type Index<'n> = HashMap<&'n str, u32, FixedState>;

/// A row that has the key of an earlier one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    first: usize,
    again: usize,
}

/// Whether a number occurs twice. They are as good as random: their upper bits part them into shares that fit into the
/// cache, and their lower bits say where in its share each is looked for. Threads take shares in turn.
pub(super) fn any_twice(marks: &[&[u64]], threads: usize) -> bool {
    const SHARE: usize = 4096;
    let count: usize = marks.iter().map(|marks| marks.len()).sum();
    let bits = (count / SHARE).next_power_of_two().trailing_zeros();
    let threads = threads.clamp(1, 1 << bits);
    let among = |turn: usize| move || any_twice_among(marks, bits, (turn, threads));
    side_by_side((0..threads).map(among)).contains(&true)
}

/// The same in each of so many shares whose turn it is.
fn any_twice_among(marks: &[&[u64]], bits: u32, (turn, of): (usize, usize)) -> bool {
    let share_of = |mark: u64| if bits == 0 { 0 } else { position(mark >> (64 - bits)) };
    let mut shares: Vec<Vec<u64>> = vec![Vec::new(); 1 << bits];
    for mark in marks.iter().copied().flatten() {
        let share = share_of(*mark);
        if (share * of) >> bits == turn {
            shares.get_mut(share).into_iter().for_each(|share| share.push(*mark));
        }
    }
    let mut seen = Vec::new();
    shares.iter().any(|share| any_twice_in(share, &mut seen))
}

/// A number of few bits.
fn position(bits: u64) -> usize {
    usize::try_from(bits).unwrap_or(0)
}

fn any_twice_in(share: &[u64], seen: &mut Vec<u64>) -> bool {
    let size = (2 * share.len()).next_power_of_two();
    seen.clear();
    seen.resize(size, 0);
    share.iter().any(|mark| {
        // Nought stands for a free place; one more or less is as good a mark.
        let mark = (*mark).max(1);
        let mut at = position(mark & (size as u64 - 1));
        loop {
            match seen.get_mut(at) {
                Some(free) if *free == 0 => {
                    *free = mark;
                    return false;
                }
                Some(taken) if *taken == mark => return true,
                _ => at = (at + 1) & (size - 1),
            }
        }
    })
}

/// The rows that count by their names, and those that repeat the key of an earlier row. Rows without a known key are
/// in neither.
pub(super) fn index<'n>(draft: &Draft, names: &'n Texts) -> (Index<'n>, Vec<Repeat>) {
    let mut index = Index::with_capacity_and_hasher(draft.kept.count(), FixedState::default());
    let mut repeats = Vec::new();
    for row in draft.kept.iter().filter(|row| draft.has_key(*row)) {
        match names.get(row).map(|name| index.entry(name)) {
            Some(Entry::Vacant(free)) => {
                free.insert(row_number(row));
            }
            Some(Entry::Occupied(taken)) => repeats.push(Repeat { first: *taken.get() as usize, again: row }),
            None => {}
        }
    }
    (index, repeats)
}

/// The columns of a table, for what its rows are called.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// What the table looks like.
    pub table: &'a TableSchema,
    /// Its columns; links are texts.
    pub columns: &'a [Option<Column>],
}

impl<'a> Named<'a> {
    fn column(self, id: ColumnId) -> Option<&'a Column> {
        self.columns.get(id.0)?.as_ref()
    }

    /// The column that names the rows, if it is one of texts and names them alone.
    fn texts(self) -> Option<(&'a Column, &'a Texts)> {
        let [key] = self.table.key.as_slice() else { return None };
        let column = self.column(*key)?;
        if let Values::Texts(texts) = &column.values { Some((column, texts)) } else { None }
    }

    /// Whether the key of a row is fully known.
    fn has_key(self, row: usize) -> bool {
        let known = |id: &ColumnId| self.column(*id).is_some_and(|column| column.is_known(row));
        !self.table.key.is_empty() && self.table.key.iter().all(known)
    }

    fn write_key(self, row: usize, separator: &str, name: &mut String) {
        for (at, column) in self.table.key.iter().filter_map(|id| self.column(*id)).enumerate() {
            if at > 0 {
                name.push_str(separator);
            }
            column.write(row, name);
        }
    }

    /// Appends a number for each row that has a key, the same for the same key.
    pub fn all_marks(self, rows: usize, marks: &mut Vec<u64>) {
        let all_known = self.texts().filter(|(column, _)| !column.unknown.any() && !column.none.any());
        match all_known.and_then(|(_, texts)| texts.as_each()) {
            Some(texts) => marks.extend(texts.iter().map(|text| FixedState::default().hash_one(text))),
            None => self.marks(0..rows, marks),
        }
    }

    /// The same for some rows.
    fn marks(self, rows: impl Iterator<Item = usize>, marks: &mut Vec<u64>) {
        let rows = rows.filter(|row| self.has_key(*row));
        if let Some((_, texts)) = self.texts() {
            marks.extend(rows.filter_map(|row| texts.get(row)).map(|text| FixedState::default().hash_one(text)));
            return;
        }
        let mut name = String::new();
        marks.extend(rows.map(|row| {
            name.clear();
            self.write_key(row, UNIT_SEPARATOR, &mut name);
            FixedState::default().hash_one(&name)
        }));
    }
}

impl Draft<'_> {
    fn named(&self) -> Named<'_> {
        Named { table: self.schema, columns: &self.raw.columns }
    }

    /// Whether two rows may have the same key: surely not if all keys differ in 64 bits that are made of them.
    pub fn may_repeat(&self) -> bool {
        let mut marks = Vec::new();
        self.named().marks(self.kept.iter(), &mut marks);
        any_twice(&[&marks], 1)
    }

    /// The names of some rows: their keys, parts joined by a separator. A row without a known key is named by its line.
    pub fn names(&self, rows: impl Iterator<Item = usize>, separator: &str) -> Texts {
        let mut names = Texts::default();
        let mut name = String::new();
        for row in rows {
            name.clear();
            if self.has_key(row) {
                self.write_key(row, separator, &mut name);
            } else {
                let place = self.place(row);
                name.push_str(if place.line == 0 { "row " } else { "line " });
                name.push_str(&place.number().to_string());
            }
            names.push(&name);
        }
        names
    }

    /// Where a table says that the last row counts, drops the earlier rows of each key; returns the repeats that this
    /// does not settle, because a day is unknown or two rows share the last one.
    pub fn keep_last(&mut self, mut repeats: Vec<Repeat>, index: &mut Index) -> Vec<Repeat> {
        let Repeated::LastBy(day) = self.schema.writing.repeated else { return repeats };
        repeats.sort_by_key(|repeat| repeat.first);
        let mut open = Vec::new();
        for group in repeats.chunk_by(|a, b| a.first == b.first) {
            let rows: Vec<usize> = group
                .iter()
                .take(1)
                .map(|repeat| repeat.first)
                .chain(group.iter().map(|repeat| repeat.again))
                .collect();
            match self.last_of(&rows, day) {
                Some(last) => self.keep_only(&rows, last, day, index),
                None => open.extend_from_slice(group),
            }
        }
        open
    }

    /// The row with the latest day, if every day is known and only one is the latest.
    fn last_of(&self, rows: &[usize], day: ColumnId) -> Option<usize> {
        let column = self.column(day)?;
        let days: Option<Vec<_>> = rows.iter().map(|row| Some((column.day(*row)?, *row))).collect();
        let days = days?;
        let latest = days.iter().map(|(day, _)| *day).max()?;
        let mut last = days.iter().filter(|(day, _)| *day == latest);
        last.next().filter(|_| last.next().is_none()).map(|(_, row)| *row)
    }

    fn keep_only(&mut self, rows: &[usize], last: usize, day: ColumnId, index: &mut Index) {
        let mut key = String::new();
        self.write_key(last, " / ", &mut key);
        let separated = self.names(std::iter::once(last), UNIT_SEPARATOR);
        if let Some(slot) = separated.get(0).and_then(|name| index.get_mut(name)) {
            *slot = row_number(last);
        }
        let (header, counts) = (Arc::clone(&self.schema.column(day).header), self.place(last).number());
        for row in rows.iter().copied().filter(|row| *row != last) {
            self.kept.set(row, false);
            let mut cell = String::new();
            if let Some(column) = self.column(day) {
                column.write(row, &mut cell);
            }
            let place = self.place(row);
            self.log.note(&catalogue::RESUBMITTED, place, Some((&header, &cell)), |note| {
                note.with("key", &key).with("header", &header).with("line", counts)
            });
        }
    }

    /// Tells that evaluation cannot go on: others point to these rows.
    pub fn refuse_repeats(&mut self, repeats: &[Repeat]) {
        for repeat in repeats {
            self.repeat_fault(&catalogue::REPEATED_KEY_STOPS, *repeat, |fault| fault);
        }
    }

    /// Makes one row of those that share a key: cells in which they differ are unknown. Where they differ in their
    /// parent, all are set aside.
    pub fn merge_repeats(&mut self, mut repeats: Vec<Repeat>) {
        repeats.sort_by_key(|repeat| repeat.first);
        for group in repeats.chunk_by(|a, b| a.first == b.first) {
            let differing: Vec<ColumnId> = group.iter().flat_map(|repeat| self.tell_repeat(*repeat)).collect();
            let parents_differ = self.schema.parent.is_some_and(|parent| differing.contains(&parent));
            for repeat in group {
                if parents_differ { self.set_aside(repeat.again) } else { self.kept.set(repeat.again, false) }
            }
            match group.first() {
                Some(repeat) if parents_differ => self.set_aside(repeat.first),
                Some(repeat) => differing.iter().for_each(|column| self.forget(repeat.first, *column)),
                None => {}
            }
        }
    }

    /// Tells a repeated key, and returns the columns in which the two rows differ.
    fn tell_repeat(&mut self, repeat: Repeat) -> Vec<ColumnId> {
        let differing = self.differing(repeat);
        let headers: Vec<&str> = differing.iter().map(|column| &*self.schema.column(*column).header).collect();
        let entry = match self.schema.parent {
            _ if differing.is_empty() => &catalogue::REPEATED_ROW,
            Some(parent) if differing.contains(&parent) => &catalogue::REPEATED_KEY_PARENTS,
            _ => &catalogue::REPEATED_KEY,
        };
        self.repeat_fault(entry, repeat, |fault| fault.with("columns", headers.join(", ")));
        differing
    }

    fn differing(&self, Repeat { first, again }: Repeat) -> Vec<ColumnId> {
        let columns = (0..self.raw.columns.len()).map(ColumnId);
        columns.filter(|id| self.column(*id).is_some_and(|column| !column.same(first, again))).collect()
    }

    fn repeat_fault(
        &mut self,
        entry: &'static crate::diagnostic::Entry,
        Repeat { first, again }: Repeat,
        describe: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let Some(column) = self.schema.key.first().copied() else { return };
        let mut key = String::new();
        self.write_key(again, " / ", &mut key);
        let (first, second) = (self.place(first).number(), self.place(again).number());
        self.fault(entry, again, column, |fault| {
            describe(fault.with("key", key).with("first", first).with("second", second))
        });
    }

    /// Whether the key of a row is fully known.
    fn has_key(&self, row: usize) -> bool {
        self.named().has_key(row)
    }

    fn write_key(&self, row: usize, separator: &str, name: &mut String) {
        self.named().write_key(row, separator, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_twice_is_seen() {
        let marks: Vec<u64> = (0..20_000_u64).map(|at| FixedState::default().hash_one(at)).collect();
        let (one, other) = marks.split_at(7_000);
        assert!(
            !any_twice(&[&marks], 1) && !any_twice(&[one, other], 2) && !any_twice(&[], 2) && !any_twice(&[&[7]], 2)
        );
        for again in [0, 1, 9_999, 19_998] {
            let mut marks = marks.clone();
            marks[19_999] = marks[again];
            assert!(any_twice(&[&marks], 1), "{again}");
            assert!(any_twice(&[&marks[..10_000], &marks[10_000..]], 3), "{again}");
        }
        assert!(any_twice(&[&[0, 0]], 2) && any_twice(&[&[u64::MAX, 3], &[u64::MAX]], 2));
    }
}
