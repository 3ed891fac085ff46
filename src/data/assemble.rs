//! Raw tables into a dataset.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{Repeated, Schema, TableId};
use crate::value::Day;

use super::draft::Draft;
use super::key::{Index, UNIT_SEPARATOR, index};
use super::link::Links;
use super::{Dataset, RawTable, Texts};

/// Makes a dataset of raw tables, at most one for each table of the schema; a missing one is an empty table without
/// columns.
///
/// Rows that do not exist on the day `as_of` are dropped, repeated keys settled, links resolved, and rows that belong to
/// no unit set aside, in this order.
///
/// Returns nothing if evaluation stops: a repeated key that others point to, or parents that go in a circle. `faults`
/// then says why.
#[must_use]
pub fn assemble(schema: &Schema, raw: Vec<RawTable>, as_of: Day, faults: &mut Vec<Diagnostic>) -> Option<Dataset> {
    let order = parents_first(schema).map_err(|circle| faults.push(circle)).ok()?;
    let mut drafts = drafts(schema, raw, as_of);
    let unkeyed: Vec<_> = drafts.iter().flat_map(|draft| links_without_key(schema, draft)).collect();
    let names: Vec<Option<Texts>> = drafts.iter().map(|draft| names(schema, draft)).collect();
    let indexes = settle_keys(schema, &mut drafts, &names);
    let goes_on = indexes.is_some_and(|indexes| {
        unkeyed.is_empty() && settle_links(Links { drafts: &mut drafts, indexes: &indexes }, &order)
    });
    faults.extend(unkeyed);
    let positions: Vec<Vec<u32>> = drafts.iter().map(Draft::positions).collect();
    let tables = drafts.into_iter().map(|draft| Arc::new(draft.finish(&positions, faults))).collect();
    goes_on.then_some(Dataset { tables })
}

fn drafts(schema: &Schema, raw: Vec<RawTable>, as_of: Day) -> Vec<Draft<'_>> {
    let mut given: Vec<Option<RawTable>> = schema.tables.iter().map(|_| None).collect();
    for table in raw {
        if let Some(slot) = given.get_mut(table.id.0) {
            *slot = Some(table);
        }
    }
    let draft = |(at, raw): (usize, Option<RawTable>)| {
        Draft::new(schema, raw.unwrap_or_else(|| RawTable::empty(schema, TableId(at))), as_of)
    };
    given.into_iter().enumerate().map(draft).collect()
}

/// What the rows of a table are called; nothing where nobody points to them and no two are called the same.
fn names(schema: &Schema, draft: &Draft) -> Option<Texts> {
    let needed = is_pointed_to(schema, draft.id) || draft.may_repeat();
    needed.then(|| draft.names(0..draft.kept.len(), UNIT_SEPARATOR))
}

/// Settles rows with the same key, and returns the rows of every table by their keys; nothing if evaluation stops.
fn settle_keys<'n>(schema: &Schema, drafts: &mut [Draft], names: &'n [Option<Texts>]) -> Option<Vec<Index<'n>>> {
    let mut indexes = Vec::with_capacity(drafts.len());
    let mut goes_on = true;
    for (draft, names) in drafts.iter_mut().zip(names) {
        let Some(names) = names else {
            indexes.push(Index::default());
            continue;
        };
        let (mut index, repeats) = index(draft, names);
        let repeats = draft.keep_last(repeats, &mut index);
        if !is_pointed_to(schema, draft.id) && draft.schema.writing.repeated != Repeated::Refuse {
            draft.merge_repeats(repeats);
            indexes.push(Index::default());
            continue;
        }
        draft.refuse_repeats(&repeats);
        goes_on &= repeats.is_empty();
        indexes.push(index);
    }
    goes_on.then_some(indexes)
}

/// Resolves all links; parents first, because a row whose parent is set aside has none.
fn settle_links(mut links: Links, order: &[TableId]) -> bool {
    let mut goes_on = true;
    for id in order {
        goes_on &= links.settle_parent(*id);
    }
    for id in order {
        links.settle_others(*id);
    }
    goes_on
}

fn is_pointed_to(schema: &Schema, id: TableId) -> bool {
    schema.tables.iter().flat_map(|table| &table.columns).any(|column| column.link() == Some(id))
}

/// Tables in an order in which each comes after the one that it hangs on.
fn parents_first(schema: &Schema) -> Result<Vec<TableId>, Diagnostic> {
    let mut order = Vec::with_capacity(schema.tables.len());
    for id in (0..schema.tables.len()).map(TableId) {
        let above = |at: &TableId| schema.parent_of(*at).filter(|parent| parent != at);
        let path: Vec<TableId> = std::iter::successors(Some(id), above).take(schema.tables.len() + 1).collect();
        if path.len() > schema.tables.len() {
            let path: Vec<&str> = path.iter().map(|id| schema.table(*id).id.as_str()).collect();
            let place = &schema.table(id).place;
            return Err(Diagnostic::new(&catalogue::PARENT_CYCLE).with("path", path.join(" → ")).at(place));
        }
        order.push((path.len(), id));
    }
    order.sort_unstable();
    Ok(order.into_iter().map(|(_, id)| id).collect())
}

/// The links that were read and that lead to tables whose rows are not named by one column.
fn links_without_key(schema: &Schema, draft: &Draft) -> Vec<Diagnostic> {
    let links = draft.link_columns().into_iter().filter(|(_, to)| schema.table(*to).key.len() != 1);
    let fault = |(column, to)| {
        let column = draft.schema.column(column);
        let fault = Diagnostic::new(&catalogue::LINK_WITHOUT_KEY).with("column", &column.id);
        fault.with("table", &schema.table(to).id).at(&column.place)
    };
    links.map(fault).collect()
}
