//! Edits of data on raw tables.

use std::cmp::Ordering;

use crate::data::{RawTable, TextRow, can_say, compare_cells, from_texts, read_file};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::patch::{Action, Edit, Rows, Test, Word};
use crate::schema::{ColumnId, Schema, TableId, TableSchema};
use crate::value::nearest;

use super::base::Files;

const TABLE: Phrase = Phrase::new("table", "bảng");
const COLUMN: Phrase = Phrase::new("column", "cột");

/// The columns that edits name, by table and column id.
#[must_use]
pub fn columns(edits: &[&Edit]) -> Vec<(String, String)> {
    let tested = |rows: &Rows| match rows {
        Rows::Where(tests) => tests.iter().map(|test| test.column.text.clone()).collect(),
        Rows::Keys(_) => Vec::new(),
    };
    let named = |cells: &[(Word, Word)]| cells.iter().map(|(column, _)| column.text.clone()).collect::<Vec<_>>();
    let of = |edit: &Edit| match &edit.action {
        Action::Set { rows, cells } => [tested(rows), named(cells)].concat(),
        Action::Remove(rows) => tested(rows),
        Action::Add(added) => added.iter().flat_map(|row| named(row)).collect(),
        Action::File(_) => Vec::new(),
    };
    edits.iter().flat_map(|edit| of(edit).into_iter().map(|column| (edit.table.text.clone(), column))).collect()
}

/// Whether a finding says that an edit cannot be made.
pub(super) fn stops(fault: &Diagnostic) -> bool {
    let codes = [&catalogue::UNKNOWN_ROW, &catalogue::CELL_CANNOT_SAY, &catalogue::UNKNOWN_REFERENCE];
    codes.iter().any(|entry| entry.code == fault.code())
}

/// Makes edits, in order. What an edit names must be there.
pub(super) fn edit(
    edits: &[Edit],
    schema: &Schema,
    files: &Files,
    raw: &mut [Option<RawTable>],
    faults: &mut Vec<Diagnostic>,
) {
    for edit in edits {
        let Some(id) = schema.find(&edit.table.text) else {
            faults.push(unknown(TABLE, &edit.table, schema.tables.iter().map(|table| table.id.as_str())));
            continue;
        };
        let Some(slot) = raw.get_mut(id.0) else { continue };
        let Some(table) = slot.take() else { continue };
        let editor = Editor { schema, id, table: schema.table(id), edit };
        *slot = Some(editor.edited(table, files, faults));
    }
}

fn unknown<'k>(kind: Phrase, word: &Word, known: impl Iterator<Item = &'k str> + Clone) -> Diagnostic {
    let near = nearest(&word.text, known.clone());
    let list = near.is_none().then(|| known.collect::<Vec<_>>().join(", "));
    let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", kind).with("name", &word.text);
    fault.maybe("near", near).maybe("known", list).at(&word.place)
}

/// One edit of one table.
struct Editor<'e> {
    schema: &'e Schema,
    id: TableId,
    table: &'e TableSchema,
    edit: &'e Edit,
}

impl Editor<'_> {
    fn edited(&self, raw: RawTable, files: &Files, faults: &mut Vec<Diagnostic>) -> RawTable {
        let before = faults.len();
        let mut rows = raw.texts();
        let changed = match &self.edit.action {
            Action::Set { rows: which, cells } => {
                let cells = self.cells(cells, faults);
                let chosen = self.chosen(which, &rows, faults);
                let changed = self.set(&mut rows, &chosen, &cells);
                (changed > 0).then_some(()).ok_or(chosen.len())
            }
            Action::Remove(which) => {
                let chosen = self.chosen(which, &rows, faults);
                let mut at = 0..;
                rows.retain(|_| at.next().is_none_or(|at| !chosen.contains(&at)));
                if chosen.is_empty() { Err(0) } else { Ok(()) }
            }
            Action::Add(added) => {
                for row in added {
                    let cells = self.cells(row, faults);
                    let mut new: Vec<Option<String>> = vec![Some(String::new()); self.table.columns.len()];
                    for (column, text) in cells {
                        new.get_mut(column.0).into_iter().for_each(|cell| *cell = Some(text.clone()));
                    }
                    rows.push((0, new));
                }
                Ok(())
            }
            Action::File(file) => return self.replaced(raw, file, files, faults),
        };
        if faults.len() > before {
            return raw;
        }
        if let Err(count) = changed {
            let fault = Diagnostic::new(&catalogue::DATA_EDIT_CHANGES_NOTHING).with("table", &self.table.id);
            faults.push(fault.with("count", count).at(&self.edit.place));
            return raw;
        }
        self.typed(&raw, &rows, faults)
    }

    fn typed(&self, raw: &RawTable, rows: &[TextRow], faults: &mut Vec<Diagnostic>) -> RawTable {
        from_texts(self.schema, raw, rows, &self.read(raw), faults)
    }

    fn read(&self, raw: &RawTable) -> Vec<bool> {
        (0..self.table.columns.len()).map(|at| raw.has(ColumnId(at))).collect()
    }

    /// The file was read beside the others, under its own name.
    fn replaced(&self, raw: RawTable, file: &Word, files: &Files, faults: &mut Vec<Diagnostic>) -> RawTable {
        match files.get(&file.text) {
            Some(Ok(found)) => {
                let wanted = self.read(&raw);
                read_file(self.schema, self.id, &found.name, &found.bytes.as_ref(), &wanted, 1, faults).unwrap_or(raw)
            }
            Some(Err(fault)) => {
                faults.push(fault.clone());
                raw
            }
            None => {
                let fault = Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", "it was not read");
                faults.push(fault.at(&file.place));
                raw
            }
        }
    }

    fn column(&self, word: &Word, faults: &mut Vec<Diagnostic>) -> Option<ColumnId> {
        let found = self.table.find(&word.text);
        if found.is_none() {
            faults.push(unknown(COLUMN, word, self.table.columns.iter().map(|column| column.id.as_str())));
        }
        found
    }

    /// What columns are to say; what one cannot say is reported.
    fn cells(&self, cells: &[(Word, Word)], faults: &mut Vec<Diagnostic>) -> Vec<(ColumnId, String)> {
        let mut known = Vec::new();
        for (column, value) in cells {
            let Some(id) = self.column(column, faults) else { continue };
            let schema = self.table.column(id);
            if !can_say(schema, &value.text) {
                let fault = Diagnostic::new(&catalogue::CELL_CANNOT_SAY).with("column", &schema.id);
                faults.push(fault.with("table", &self.table.id).with("text", &value.text).at(&value.place));
            }
            known.push((id, value.text.clone()));
        }
        known
    }

    /// The rows that are meant, by position. A key that no row has is reported.
    fn chosen(&self, which: &Rows, rows: &[TextRow], faults: &mut Vec<Diagnostic>) -> Vec<usize> {
        match which {
            Rows::Where(tests) => {
                let tests: Vec<_> =
                    tests.iter().filter_map(|test| Some((self.column(&test.column, faults)?, test))).collect();
                let holds = |row: &TextRow| tests.iter().all(|(column, test)| self.holds(row, *column, test));
                rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(at, _)| at).collect()
            }
            Rows::Keys(keys) => {
                let named: Vec<String> = rows.iter().map(|row| self.key(row)).collect();
                let mut chosen = Vec::new();
                for key in keys {
                    let found = named.iter().enumerate().filter(|(_, name)| **name == key.text).map(|(at, _)| at);
                    let before = chosen.len();
                    chosen.extend(found);
                    if chosen.len() == before {
                        let near = nearest(&key.text, named.iter().map(String::as_str));
                        let fault = Diagnostic::new(&catalogue::UNKNOWN_ROW).with("table", &self.table.id);
                        faults.push(fault.with("key", &key.text).maybe("near", near).at(&key.place));
                    }
                }
                chosen.sort_unstable();
                chosen.dedup();
                chosen
            }
        }
    }

    /// The key of a row; tables without one name their rows by line.
    fn key(&self, (line, cells): &TextRow) -> String {
        if self.table.key.is_empty() {
            return line.to_string();
        }
        let part = |column: &ColumnId| cells.get(column.0).cloned().flatten().unwrap_or_default();
        self.table.key.iter().map(part).collect::<Vec<_>>().join(" / ")
    }

    fn holds(&self, (_, cells): &TextRow, column: ColumnId, test: &Test) -> bool {
        let cell = cells.get(column.0).cloned().flatten().unwrap_or_default();
        let of = self.table.column(column);
        let value =
            |value: &Word| compare_cells(of, &cell, &value.text).is_some_and(|order| test.compares.holds(order));
        test.values.iter().any(value)
    }

    /// Sets cells of rows, and returns how many say something else then.
    fn set(&self, rows: &mut [TextRow], chosen: &[usize], cells: &[(ColumnId, String)]) -> usize {
        let mut changed = 0;
        for at in chosen {
            let Some((_, row)) = rows.get_mut(*at) else { continue };
            for (column, text) in cells {
                let Some(cell) = row.get_mut(column.0) else { continue };
                let of = self.table.column(*column);
                let same = compare_cells(of, cell.as_deref().unwrap_or_default(), text).is_some_and(Ordering::is_eq);
                // What nobody knew and what is blank now may differ: a blank may say that there is none.
                changed += usize::from(!same || cell.is_none());
                *cell = Some(text.trim().to_owned());
            }
        }
        changed
    }
}
