//! Which row of the anchor each row counts for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::data::{Dataset, NO_ROW, Values};
use crate::rule::{Aggregate, Anchor, Context, Expression, Link};
use crate::schema::{ColumnId, NoRows, TableId};
use crate::value::Truth;

use super::Mergeable;

/// Which row of the anchor each row of a table counts for.
pub(in super::super) struct Owners<'d> {
    /// How many rows the anchor has.
    pub anchors: usize,
    /// For each row, the row of its anchor, or [`NO_ROW`]; nothing where one anchor owns every row.
    rows: Option<Cow<'d, [u32]>>,
    /// For each anchor, the one above it, where what hangs below counts above too.
    above: Option<&'d [u32]>,
    /// Whether rows are the peers of their anchors: then `rows` names the first of those that belong together, for all.
    peers: bool,
}

impl<'d> Owners<'d> {
    pub fn of(aggregate: &'d Aggregate, context: &Context<'d>) -> Self {
        if let (Anchor::Table(table), Some(column)) = (aggregate.anchor, aggregate.peers) {
            return Self::together(table, column, context);
        }
        let data = context.data;
        let anchors = match aggregate.anchor {
            Anchor::Whole => 1,
            Anchor::Table(table) => data.table(table).rows,
        };
        let rows = match aggregate.anchor {
            Anchor::Whole => None,
            Anchor::Table(_) => Some(owners(data, aggregate.table, &aggregate.route)),
        };
        let above = aggregate.below.and_then(|link| targets(data, link));
        Self { anchors, rows, above, peers: false }
    }

    /// Rows that say the same in a column belong together. Of one that says nothing nobody knows who its peers are.
    fn together(table: TableId, column: ColumnId, context: &Context<'d>) -> Self {
        let data = context.data.table(table);
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        let mut rows = Vec::with_capacity(data.rows);
        for row in 0..data.rows {
            let said = context.said(table, column, row);
            let own = u32::try_from(row).unwrap_or(NO_ROW);
            rows.push(said.map_or(NO_ROW, |said| *first.entry(said).or_insert(own)));
        }
        Self { anchors: data.rows, rows: Some(rows.into()), above: None, peers: true }
    }

    /// Anchors of nothing, for predicates that are only asked.
    pub fn nobody() -> Self {
        Self { anchors: 0, rows: None, above: None, peers: false }
    }

    /// The anchor of a row, if it has one.
    pub fn owner(&self, row: usize) -> Option<usize> {
        match &self.rows {
            None => Some(0),
            Some(rows) => rows.get(row).filter(|owner| **owner != NO_ROW).map(|owner| *owner as usize),
        }
    }

    /// The anchors of some rows, [`NO_ROW`] for those that have none; nothing where one anchor owns every row.
    pub fn of_rows(&self, rows: Range<usize>) -> Option<&[u32]> {
        Some(self.rows.as_ref()?.get(rows).unwrap_or_default())
    }

    /// Whether a row counts for an anchor, itself or through the units below it.
    pub fn counts_for(&self, row: usize, anchor: usize) -> bool {
        if self.peers {
            return self.owner(anchor).is_some() && self.owner(row) == self.owner(anchor);
        }
        let up = |at: &usize| self.above?.get(*at).filter(|parent| **parent != NO_ROW).map(|parent| *parent as usize);
        std::iter::successors(self.owner(row), up).any(|owner| owner == anchor)
    }

    /// For each anchor, whether rows of it, or of one below it, may not have been delivered.
    pub fn missing(&self, aggregate: &'d Aggregate, context: &Context<'d>) -> Vec<bool> {
        if self.peers {
            return (0..self.anchors).map(|row| self.owner(row).is_none()).collect();
        }
        let mut missing = vec![false; self.anchors];
        mark_missing(aggregate.table, aggregate.anchor, aggregate.alive.as_ref(), context, &mut missing);
        if aggregate.route.first().is_some_and(|link| leads_nowhere_known(*link, context)) {
            missing.fill(true);
        }
        let mut missing: Vec<Missing> = missing.into_iter().map(Missing).collect();
        self.roll_up(&mut missing);
        missing.into_iter().map(|missing| missing.0).collect()
    }

    /// Gives every anchor what is its own: that of the units below it too, or that of its peers.
    pub fn settle<S: Mergeable>(&self, states: &mut [S]) {
        if self.peers {
            self.share(states);
        } else {
            self.roll_up(states);
        }
    }

    /// Those who belong together have one state, which was added up for the first of them.
    fn share<S: Mergeable>(&self, states: &mut [S]) {
        for row in 0..states.len() {
            let shared = self.owner(row).filter(|first| *first != row).and_then(|first| states.get(first).cloned());
            if let Some((state, shared)) = states.get_mut(row).zip(shared) {
                *state = shared;
            }
        }
    }

    /// Adds the states of units below to those above them, the lowest first.
    fn roll_up<S: Mergeable>(&self, states: &mut [S]) {
        let Some(above) = self.above else { return };
        for row in lowest_first(above) {
            let Some(parent) = above.get(row).filter(|parent| **parent != NO_ROW) else { continue };
            let Some(state) = states.get(row).cloned() else { continue };
            if let Some(parent) = states.get_mut(*parent as usize) {
                parent.merge(&state);
            }
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Missing(bool);

impl Mergeable for Missing {
    fn merge(&mut self, other: &Self) {
        self.0 |= other.0;
    }
}

fn targets(data: &Dataset, link: Link) -> Option<&[u32]> {
    match &data.table(link.table).column(link.column)?.values {
        Values::Links(rows) => Some(rows),
        _ => None,
    }
}

/// The rows that a route of links leads to, from each row of a table.
fn owners<'d>(data: &'d Dataset, table: TableId, route: &[Link]) -> Cow<'d, [u32]> {
    let nowhere = || Cow::Owned(vec![NO_ROW; data.table(table).rows]);
    let Some((first, rest)) = route.split_first() else { return nowhere() };
    let Some(direct) = targets(data, *first) else { return nowhere() };
    if rest.is_empty() {
        return Cow::Borrowed(direct);
    }
    let beyond = owners(data, rest.first().map_or(table, |link| link.table), rest);
    Cow::Owned(direct.iter().map(|row| beyond.get(*row as usize).copied().unwrap_or(NO_ROW)).collect())
}

/// Marks the anchors of which some parent may have rows that nobody delivered.
fn mark_missing<'d>(
    table: TableId,
    anchor: Anchor,
    alive: Option<&'d Expression>,
    context: &Context<'d>,
    missing: &mut [bool],
) {
    let schema = context.schema.table(table);
    let Some((parent, no_rows)) = context.schema.parent_of(table).zip(schema.no_rows) else { return };
    // What is missing in the table between counts too: its own rows would have had rows here.
    if parent != table && anchor != Anchor::Table(parent) {
        mark_missing(parent, anchor, None, context, missing);
    }
    if no_rows == NoRows::None {
        return;
    }
    let to_anchor = parent_to_anchor(parent, anchor, context);
    for (row, has_rows) in parents_with_rows(table, parent, alive, context).into_iter().enumerate() {
        if !has_rows && delivered(no_rows, parent, row, context) != Truth::True {
            match &to_anchor {
                Some(owners) => {
                    if let Some(flag) = owners.get(row).and_then(|owner| missing.get_mut(*owner as usize)) {
                        *flag = true;
                    }
                }
                None => missing.fill(true),
            }
        }
    }
}

fn parents_with_rows<'d>(
    table: TableId,
    parent: TableId,
    alive: Option<&'d Expression>,
    context: &Context<'d>,
) -> Vec<bool> {
    let mut has_rows = vec![false; context.data.table(parent).rows];
    let link = context.schema.table(table).parent.map(|column| Link { table, column });
    let is_there = |row: usize| alive.is_none_or(|alive| context.truth(alive, row) != Ok(Truth::False));
    for (row, owner) in link.and_then(|link| targets(context.data, link)).unwrap_or_default().iter().enumerate() {
        if let Some(flag) = has_rows.get_mut(*owner as usize).filter(|_| is_there(row)) {
            *flag = true;
        }
    }
    has_rows
}

fn delivered(no_rows: NoRows, parent: TableId, row: usize, context: &Context<'_>) -> Truth {
    let NoRows::Delivered(flag) = no_rows else { return Truth::False };
    let field = crate::rule::Field { path: Vec::new(), table: parent, column: flag, happened: None };
    context.field(&field, row).as_truth()
}

/// Whether a link that is not a parent is unknown in some row: the row may then count for any anchor.
fn leads_nowhere_known(link: Link, context: &Context<'_>) -> bool {
    let is_parent = context.schema.table(link.table).parent == Some(link.column);
    !is_parent && context.data.table(link.table).column(link.column).is_some_and(|column| column.unknown.any())
}

/// The anchor of each row of a parent table; nothing where the rows below it reach their anchors by another link, so
/// that they may count for any.
fn parent_to_anchor<'d>(parent: TableId, anchor: Anchor, context: &Context<'d>) -> Option<Cow<'d, [u32]>> {
    let Anchor::Table(target) = anchor else { return Some(vec![0; context.data.table(parent).rows].into()) };
    let mut route = Vec::new();
    let mut at = parent;
    while at != target {
        let column = context.schema.table(at).parent?;
        route.push(Link { table: at, column });
        at = context.schema.parent_of(at).filter(|next| *next != at)?;
    }
    if route.is_empty() {
        let rows = u32::try_from(context.data.table(parent).rows).unwrap_or(NO_ROW);
        return Some((0..rows).collect::<Vec<_>>().into());
    }
    Some(owners(context.data, parent, &route))
}

/// All rows of a table that links to itself, each before the one above it. Circles were refused on the way in.
fn lowest_first(above: &[u32]) -> Vec<usize> {
    let depth = |row: usize| {
        let up = |row: &usize| above.get(*row).filter(|parent| **parent != NO_ROW).map(|parent| *parent as usize);
        std::iter::successors(Some(row), up).count()
    };
    let mut rows: Vec<_> = (0..above.len()).collect();
    rows.sort_by_cached_key(|row| std::cmp::Reverse(depth(*row)));
    rows
}
