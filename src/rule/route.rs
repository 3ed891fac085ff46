//! The ways from the rows of one table up to those of another.

use super::expression::Link;
use crate::schema::{ColumnId, Schema, TableId};

/// Why the rows of a table do not hang on those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRoute {
    /// No link leads there.
    NotBelow,
    /// Several links lead there.
    SeveralWays,
}

/// The links from a row of `table` up to a row of `owner`: parents first, else the one link that there is.
pub(super) fn route(schema: &Schema, table: TableId, owner: TableId) -> Result<Vec<Link>, NoRoute> {
    let mut route = Vec::new();
    let mut at = table;
    while let Some((column, parent)) = schema.table(at).parent.zip(schema.parent_of(at)) {
        route.push(Link { table: at, column });
        if parent == owner {
            return Ok(route);
        }
        if parent == at || route.len() > schema.tables.len() {
            break;
        }
        at = parent;
    }
    let columns = schema.table(table).columns.iter().enumerate();
    let direct: Vec<_> =
        columns.filter(|(_, column)| column.link() == Some(owner)).map(|(at, _)| ColumnId(at)).collect();
    match direct.as_slice() {
        [column] => Ok(vec![Link { table, column: *column }]),
        [] => Err(NoRoute::NotBelow),
        _ => Err(NoRoute::SeveralWays),
    }
}
