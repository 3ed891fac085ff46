//! Rows that were read apart, as a table of their own: links lead to rows, and every key is remembered.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::schema::{ColumnId, Schema, TableId, TableSchema};

use super::builder::Part;
use super::column::row_number;
use super::key::Named;
use super::texts::Shared;
use super::{Bits, Column, Dataset, NO_ROW, Table, Texts, Values};

/// The rows of the tables that the links of a table lead to, by their keys.
pub(super) struct Above<'a> {
    links: Vec<(ColumnId, HashMap<&'a str, u32, FixedState>)>,
}

impl<'a> Above<'a> {
    /// What the wanted links of a table lead to; nothing if one leads to a table whose rows are not named by one column.
    pub fn of(schema: &Schema, table: TableId, data: &'a Dataset) -> Option<Self> {
        let columns = schema.table(table).columns.iter().enumerate();
        let links = columns.filter_map(|(at, column)| Some((ColumnId(at), column.link()?)));
        let rows = |to: TableId| {
            let table = data.table(to);
            (0..table.rows).map(|row| (table.key(row), row_number(row))).collect()
        };
        let named = |(column, to): (ColumnId, TableId)| (schema.table(to).key.len() == 1).then(|| (column, rows(to)));
        Some(Self { links: links.map(named).collect::<Option<_>>()? })
    }
}

/// Where the rows of one reader pass.
pub(super) struct Gate<'a> {
    table: &'a TableSchema,
    above: &'a Above<'a>,
    /// For each link, the rows that the different texts of the reader lead to.
    targets: Vec<Vec<u32>>,
    /// How many rows have passed.
    pub rows: usize,
    /// A number for each of their keys.
    pub marks: Vec<u64>,
    /// The rows that parent links led to.
    pub parents: Bits,
}

impl<'a> Gate<'a> {
    /// A gate for the rows of one reader.
    pub fn new(table: &'a TableSchema, above: &'a Above<'a>) -> Self {
        let targets = above.links.iter().map(|_| Vec::new()).collect();
        let parent = above.links.iter().find(|(column, _)| Some(*column) == table.parent);
        let parents = Bits::zeros(parent.map_or(0, |(_, rows)| rows.len()));
        Self { table, above, targets, rows: 0, marks: Vec::new(), parents }
    }

    /// Makes a table of rows; nothing if anything about them has to be told.
    pub fn pass(&mut self, part: Part) -> Option<Table> {
        let (mut columns, rows) = part.ordinary()?;
        Named { table: self.table, columns: &columns }.all_marks(rows, &mut self.marks);
        for ((id, above), targets) in self.above.links.iter().zip(&mut self.targets) {
            let Some(Some(column)) = columns.get_mut(id.0) else { continue };
            let is_parent = Some(*id) == self.table.parent;
            let met = |row: u32| {
                if is_parent {
                    self.parents.set(row as usize, true);
                }
            };
            if is_parent && (column.unknown.any() || column.none.any()) {
                return None;
            }
            column.values = Values::Links(lead(column, above, targets, met)?);
        }
        self.rows += rows;
        Some(Table { rows, columns, ..Table::default() })
    }
}

/// The rows that a column of keys leads to, each of which is `met`; `targets` are those of its different texts that were
/// met so far. Nothing if a key leads nowhere.
fn lead(
    column: &Column,
    above: &HashMap<&str, u32, FixedState>,
    targets: &mut Vec<u32>,
    mut met: impl FnMut(u32),
) -> Option<Vec<u32>> {
    let Values::Texts(texts) = &column.values else { return None };
    let mut find = |text: &str| above.get(text).copied().inspect(|row| met(*row));
    let Some(Shared { codes, distinct }) = texts.as_shared() else {
        let target = |(row, text)| if column.is_known(row) { find(text) } else { Some(NO_ROW) };
        return texts.iter().enumerate().map(target).collect();
    };
    // The first text is that of cells which are not known.
    targets.extend((targets.is_empty()).then_some(NO_ROW));
    for text in distinct.iter().skip(targets.len()) {
        targets.push(find(text)?);
    }
    let target = |code: &u32| targets.get(*code as usize).copied().unwrap_or(NO_ROW);
    Some(codes.iter().map(target).collect())
}

/// The table that stands for one that has passed: a row for each row above that has any, with its link.
pub(super) fn left(schema: &TableSchema, parents: &Bits) -> Table {
    let links: Vec<u32> = parents.iter().map(row_number).collect();
    let rows = links.len();
    let mut columns: Vec<Option<Column>> = schema.columns.iter().map(|_| None).collect();
    if let Some(slot) = schema.parent.and_then(|parent| columns.get_mut(parent.0)) {
        let nowhere = Bits::zeros(rows);
        *slot =
            Some(Column { values: Values::Links(links), unknown: nowhere.clone(), none: nowhere, between: Vec::new() });
    }
    Table { rows, columns, keys: super::table::Keys::Names(Texts::default()), ..Table::default() }
}
