//! The rows of a case as tables.

use crate::campaign::UnitsOf;
use crate::data::{RawTable, from_rows};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Content, Node};
use crate::evaluate::Plan;
use crate::schema::{Kind, Schema, TableId};
use crate::value::{Number, nearest};

use super::read::{Case, entries};

const TABLE: Phrase = Phrase::new("table", "bảng");

/// The cells of one row, by column.
type Row = Vec<Option<String>>;

/// The tables of a case: its rows, the unit above them where the case names none, and made-up keys.
pub(super) fn tables(case: &Case, plan: &Plan, wanted: &[Vec<bool>], faults: &mut Vec<Diagnostic>) -> Vec<RawTable> {
    let schema = &plan.campaign.schema;
    let mut tables: Vec<Vec<Row>> = schema.tables.iter().map(|_| Vec::new()).collect();
    for (entry, rows) in &case.rows {
        match schema.find(&entry.key) {
            Some(table) => {
                let rows = rows.iter().flat_map(|row| repeated(row, table, schema, faults));
                let rows: Vec<_> = rows.collect();
                tables.get_mut(table.0).into_iter().for_each(|table| table.extend(rows.iter().cloned()));
            }
            None => {
                let near = nearest(&entry.key, schema.tables.iter().map(|table| table.id.as_str()));
                let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", TABLE).with("name", &entry.key);
                faults.push(fault.maybe("near", near).at(&entry.place));
            }
        }
    }
    add_units(&mut tables, case, plan);
    (0..tables.len()).map(TableId).for_each(|table| name_rows(&mut tables, table, schema));
    (0..tables.len()).map(TableId).for_each(|table| join_rows(&mut tables, table, schema));
    let raw = tables.iter().zip(wanted).enumerate().map(|(at, (rows, wanted))| {
        let id = TableId(at);
        from_rows(schema, id, &schema.table(id).id, rows, wanted, faults)
    });
    raw.collect()
}

/// A row as often as it says.
fn repeated(node: &Node, table: TableId, schema: &Schema, faults: &mut Vec<Diagnostic>) -> Vec<Row> {
    let columns = &schema.table(table).columns;
    let mut row: Row = vec![None; columns.len()];
    let mut times = 1;
    for entry in entries(Some(node)) {
        if entry.key == "repeat" {
            let count = entry.node.number().and_then(Number::to_whole).and_then(|count| usize::try_from(count).ok());
            times = count.unwrap_or(1);
            continue;
        }
        match columns.iter().position(|column| column.id == entry.key) {
            Some(at) => row.get_mut(at).into_iter().for_each(|cell| *cell = Some(written(&entry.node))),
            None => {
                let near = nearest(&entry.key, columns.iter().map(|column| column.id.as_str()));
                let fault = Diagnostic::new(&catalogue::CASE_COLUMN).with("table", &schema.table(table).id);
                faults.push(fault.with("column", &entry.key).maybe("near", near).at(&entry.place));
            }
        }
    }
    vec![row; times]
}

fn written(node: &Node) -> String {
    match &node.content {
        Content::Text(text) => text.clone(),
        _ => node.to_string(),
    }
}

/// One unit where the case gives none, and one row above rows that have nothing above them.
fn add_units(tables: &mut [Vec<Row>], case: &Case, plan: &Plan) {
    let schema = &plan.campaign.schema;
    let blank = |table: TableId| vec![None; schema.table(table).columns.len()];
    let level = case.level.as_deref().and_then(|level| plan.campaign.level(level));
    let first = plan.campaign.levels.iter().find(|level| matches!(level.units, UnitsOf::Table { .. }));
    let units = level.or(first).and_then(|level| level.units.table());
    let mut needed: Vec<TableId> = units.into_iter().collect();
    needed.extend(
        (0..tables.len()).map(TableId).filter(|table| tables.get(table.0).is_some_and(|rows| !rows.is_empty())),
    );
    while let Some(table) = needed.pop() {
        if tables.get(table.0).is_some_and(Vec::is_empty) {
            let row = blank(table);
            tables.get_mut(table.0).into_iter().for_each(|rows| rows.push(row.clone()));
        }
        needed.extend(
            schema
                .parent_of(table)
                .filter(|parent| *parent != table && tables.get(parent.0).is_some_and(Vec::is_empty)),
        );
    }
}

/// Gives rows without a key one of their own.
fn name_rows(tables: &mut [Vec<Row>], table: TableId, schema: &Schema) {
    let [key] = schema.table(table).key.as_slice() else { return };
    let column = schema.column(table, *key);
    if column.link().is_some() {
        return;
    }
    let digits = if let Kind::Text { digits: Some(digits) } = column.kind { digits } else { 0 };
    for (at, row) in tables.get_mut(table.0).into_iter().flatten().enumerate() {
        if let Some(cell @ None) = row.get_mut(key.0) {
            *cell = Some(if digits > 0 { format!("{:0digits$}", at + 1) } else { (at + 1).to_string() });
        }
    }
}

/// Hangs rows without a parent on the one row that there is above.
fn join_rows(tables: &mut [Vec<Row>], table: TableId, schema: &Schema) {
    let Some((column, parent)) =
        schema.table(table).parent.zip(schema.parent_of(table)).filter(|(_, parent)| *parent != table)
    else {
        return;
    };
    let [key] = schema.table(parent).key.as_slice() else { return };
    let Some([only]) = tables.get(parent.0).map(Vec::as_slice) else { return };
    let name = only.get(key.0).cloned().flatten();
    for row in tables.get_mut(table.0).into_iter().flatten() {
        if let Some(cell @ None) = row.get_mut(column.0) {
            cell.clone_from(&name);
        }
    }
}
