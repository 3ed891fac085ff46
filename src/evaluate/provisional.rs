//! Which verdicts rest on provisional figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::data::{Dataset, Values};
use crate::schema::{ColumnId, Schema, TableId};

use super::{LevelOutcome, Plan};

/// The rows of each table that have provisional figures in a row of some table below them or in themselves.
type Resting = BTreeMap<(TableId, usize), BTreeSet<TableId>>;

/// Marks the verdicts whose rule reads a table of which a row of the unit is provisional.
pub(super) fn mark(plan: &Plan, data: &Dataset, levels: &mut [LevelOutcome]) {
    let schema = &plan.campaign.schema;
    let mut resting = Resting::new();
    let mut anywhere = BTreeSet::new();
    for id in (0..schema.tables.len()).map(TableId) {
        let Some(flag) = schema.table(id).writing.provisional else { continue };
        for row in flagged(data, id, flag) {
            anywhere.insert(id);
            rest(schema, data, (id, row), &mut resting);
        }
    }
    if anywhere.is_empty() {
        return;
    }
    for (level, outcome) in plan.levels.iter().zip(levels) {
        let reads: Vec<BTreeSet<TableId>> = level.criteria.iter().map(|criterion| plan.tables_of(criterion)).collect();
        let keys = level.units.map(|table| keys(data, table)).unwrap_or_default();
        for unit in &mut outcome.units {
            let row = level.units.and_then(|table| Some((table, *keys.get(unit.id.as_str())?)));
            let below = if level.units.is_none() { Some(&anywhere) } else { row.and_then(|row| resting.get(&row)) };
            let Some(below) = below else { continue };
            for (judgement, read) in unit.criteria.iter_mut().zip(&reads) {
                judgement.provisional = !read.is_disjoint(below);
            }
        }
    }
}

fn flagged(data: &Dataset, id: TableId, flag: ColumnId) -> Vec<usize> {
    let table = data.table(id);
    let Some(column) = table.column(flag) else { return Vec::new() };
    let Values::Flags(flags) = &column.values else { return Vec::new() };
    (0..table.rows).filter(|row| column.is_known(*row) && flags.get(*row)).collect()
}

/// The row, and all rows that it hangs on, rest on its table.
fn rest(schema: &Schema, data: &Dataset, (from, row): (TableId, usize), resting: &mut Resting) {
    let mut at = Some((from, row));
    while let Some((table, row)) = at {
        if !resting.entry((table, row)).or_default().insert(from) {
            return;
        }
        let parent = schema.table(table).parent.zip(schema.parent_of(table));
        at = parent.and_then(|(column, above)| Some((above, data.table(table).column(column)?.target(row)?)));
    }
}

fn keys(data: &Dataset, table: TableId) -> HashMap<&str, usize> {
    let table = data.table(table);
    (0..table.rows).map(|row| (table.key(row), row)).collect()
}
