//! Which rows of a table hang on which of another.

use std::sync::Arc;

use super::halt::{Outcome, Unanswered};
use super::world::World;
use crate::data::{NO_ROW, Values};
use crate::rule::expression::Link;
use crate::rule::route::{NoRoute, route};
use crate::schema::{NoRows, TableId};

/// What hangs on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Hook {
    /// The table of the rows that hang.
    pub table: TableId,
    /// The table of the rows they hang on.
    pub owner: TableId,
    /// Whether what hangs on a row below counts too.
    pub below: bool,
}

/// The rows that hang on each row of another table.
#[derive(Debug, Default)]
pub(super) struct Hanging {
    rows: Vec<Arc<[u32]>>,
    /// Rows of the owner that may have rows which nobody delivered.
    incomplete: Vec<bool>,
}

impl Hanging {
    pub fn find(hook: Hook, world: &World) -> Outcome<Self> {
        let links = links(hook, world)?;
        let owners = world.data.table(hook.owner).rows;
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); owners];
        for row in 0..world.data.table(hook.table).rows {
            for owner in owners_of(row, &links, hook, world) {
                if let Some(hanging) = rows.get_mut(owner) {
                    hanging.extend(u32::try_from(row));
                }
            }
        }
        Ok(Self { rows: rows.into_iter().map(Arc::from).collect(), incomplete: incomplete(hook, &links, world) })
    }

    /// The rows that hang on a row; nothing where some of them may not have been delivered.
    pub fn on(&self, owner: usize) -> Option<Arc<[u32]>> {
        let complete = !self.incomplete.get(owner).copied().unwrap_or(true);
        self.rows.get(owner).filter(|_| complete).map(Arc::clone)
    }
}

fn links(hook: Hook, world: &World) -> Outcome<Vec<Link>> {
    let name = |table| &world.schema.table(table).id;
    route(&world.schema, hook.table, hook.owner).map_err(|why| {
        let (below, above) = (name(hook.table), name(hook.owner));
        Unanswered::failed(match why {
            NoRoute::NotBelow => format!("`{below}` does not hang on `{above}`"),
            NoRoute::SeveralWays => format!("`{below}` hangs on `{above}` in several ways"),
        })
    })
}

/// The row that a row hangs on, and those above it where they count too.
fn owners_of(row: usize, links: &[Link], hook: Hook, world: &World) -> Vec<usize> {
    let Some(owner) = links.iter().try_fold(row, |row, link| up(*link, row, world)) else { return Vec::new() };
    let above =
        world.schema.table(hook.owner).parent.filter(|_| hook.below).map(|column| Link { table: hook.owner, column });
    std::iter::successors(Some(owner), |row| up(above?, *row, world)).collect()
}

fn up(link: Link, row: usize, world: &World) -> Option<usize> {
    world.data.table(link.table).column(link.column)?.target(row)
}

/// The rows of the owner under which some parent may have rows that nobody delivered.
fn incomplete(hook: Hook, links: &[Link], world: &World) -> Vec<bool> {
    if links.iter().any(|link| leads_nowhere_known(*link, world)) {
        return vec![true; world.data.table(hook.owner).rows];
    }
    let mut marked = vec![false; world.data.table(hook.owner).rows];
    for (child, parent) in parents(hook.table, hook.owner, world) {
        let to_owner = if parent == hook.owner { Some(Vec::new()) } else { climbing(parent, hook.owner, world) };
        for row in undelivered(child, parent, world) {
            match &to_owner {
                Some(links) => {
                    for owner in owners_of(row, links, hook, world) {
                        mark(&mut marked, owner);
                    }
                }
                // The rows may have led anywhere.
                None => marked.fill(true),
            }
        }
    }
    marked
}

/// Whether a link is unknown in some row, which may then hang on any. (Rows whose parent is unknown were set aside.)
fn leads_nowhere_known(link: Link, world: &World) -> bool {
    world.data.table(link.table).column(link.column).is_some_and(|column| column.unknown.any())
}

fn mark(marked: &mut [bool], row: usize) {
    if let Some(mark) = marked.get_mut(row) {
        *mark = true;
    }
}

/// Whether any row of a table may not have been delivered.
pub(super) fn any_undelivered(table: TableId, world: &World) -> bool {
    parents(table, table, world).into_iter().any(|(child, parent)| !undelivered(child, parent, world).is_empty())
}

/// Each table with the one above it, from a table up to its owner or to the top.
fn parents(table: TableId, owner: TableId, world: &World) -> Vec<(TableId, TableId)> {
    let mut pairs: Vec<(TableId, TableId)> = Vec::new();
    let mut child = table;
    while let Some(parent) = world.schema.parent_of(child) {
        pairs.push((child, parent));
        if parent == owner || parent == child {
            break;
        }
        child = parent;
    }
    pairs
}

/// The parent links from a table up to another, if they lead there.
fn climbing(table: TableId, owner: TableId, world: &World) -> Option<Vec<Link>> {
    let pairs = parents(table, owner, world);
    let (_, last) = pairs.last()?;
    let link =
        |(child, _): &(TableId, TableId)| Some(Link { table: *child, column: world.schema.table(*child).parent? });
    if *last == owner { pairs.iter().map(link).collect() } else { None }
}

/// The rows of a parent table that have no rows in `child` and do not surely have none.
fn undelivered(child: TableId, parent: TableId, world: &World) -> Vec<usize> {
    let schema = world.schema.table(child);
    let told = match schema.no_rows {
        None | Some(NoRows::None) => return Vec::new(),
        Some(NoRows::Unknown) => None,
        Some(NoRows::Delivered(flag)) => world.data.table(parent).column(flag),
    };
    let delivered = |row: usize| {
        told.is_some_and(
            |column| matches!(&column.values, Values::Flags(flags) if column.is_known(row) && flags.get(row)),
        )
    };
    let mut has_rows = vec![false; world.data.table(parent).rows];
    let link = schema.parent.and_then(|column| world.data.table(child).column(column));
    if let Some(Values::Links(targets)) = link.map(|column| &column.values) {
        for target in targets.iter().filter(|target| **target != NO_ROW) {
            mark(&mut has_rows, *target as usize);
        }
    }
    (0..has_rows.len()).filter(|row| !has_rows.get(*row).is_some_and(|has| *has) && !delivered(*row)).collect()
}
