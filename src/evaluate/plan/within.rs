//! How far a change of some rows reaches: which stages read them, and whether only one unit is concerned.

use std::collections::BTreeSet;

use crate::rule::{Aggregate, Anchor, Derived, Expression, Field, Link};
use crate::schema::{ColumnId, NoRows, TableId};

use super::super::measure::adds_up;
use super::{Item, Plan, Stage};

/// A stage that reads a row, and whether only for the unit whose own row it is.
pub type Reader = (Stage, bool);

/// What changes of the rows of one unit reach of what it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// For each stage, in their order, whether it is reached at all.
    pub touched: Vec<bool>,
    /// The derived columns that are reached and asked for.
    pub derived: BTreeSet<usize>,
    /// The criteria of the level that are reached and asked for, by their positions in the level's plan.
    pub criteria: Vec<usize>,
    /// Whether whoever asks looks at what is measured beside verdicts and points.
    pub measured: bool,
    /// Whether all of it is the unit's alone: no criterion of another unit moves, and only the unit's criteria move
    /// whatever else does.
    pub alone: bool,
}

impl Plan {
    /// The stages that read some columns of a table themselves; nothing where anything may, because a rule is interpreted
    /// or the columns decide where rows belong.
    #[must_use]
    pub fn readers(&self, table: TableId, columns: &[ColumnId]) -> Option<Vec<Reader>> {
        let schema = &self.campaign.schema;
        let delivered = schema.tables.iter().enumerate().any(|(at, of)| {
            let flag = if let Some(NoRows::Delivered(flag)) = of.no_rows { Some(flag) } else { None };
            schema.parent_of(TableId(at)) == Some(table) && flag.is_some_and(|flag| columns.contains(&flag))
        });
        let clusters = self.campaign.levels.iter().any(|level| {
            level.units.table() == Some(table) && level.cluster.is_some_and(|cluster| columns.contains(&cluster))
        });
        let peers = self.aggregates().any(|aggregate| {
            aggregate.anchor == Anchor::Table(table) && aggregate.peers.is_some_and(|peers| columns.contains(&peers))
        });
        if delivered || clusters || peers || self.has_interpreted() {
            return None;
        }
        let reads = |field: &Field| field.table == table && columns.contains(&field.column);
        Some(self.readers_of(reads, |_| false))
    }

    /// The stages that look at which rows of a table there are; nothing where anything may.
    #[must_use]
    pub fn readers_of_rows(&self, table: TableId) -> Option<Vec<Reader>> {
        if self.has_interpreted() || self.levels.iter().any(|level| level.units == Some(table)) {
            return None;
        }
        let through = |links: &[Link]| links.iter().any(|link| link.table == table);
        let looks = |aggregate: &Aggregate| {
            let above = |at: &TableId| self.campaign.schema.parent_of(*at).filter(|parent| parent != at);
            let tables = std::iter::successors(Some(aggregate.table), above).take(self.campaign.schema.tables.len());
            tables.into_iter().any(|at| at == table)
                || aggregate.anchor == Anchor::Table(table)
                || through(&aggregate.route)
        };
        Some(self.readers_of(|field| field.table == table || through(&field.path), looks))
    }

    fn readers_of(&self, reads: impl Fn(&Field) -> bool, looks: impl Fn(&Aggregate) -> bool) -> Vec<Reader> {
        let reader = |stage: &Stage| {
            let (mut found, mut own) = (false, true);
            for expression in self.expressions_of(*stage) {
                expression.walk(&mut |inner| {
                    if let Expression::Field(field) = inner
                        && reads(field)
                    {
                        found = true;
                        own &= field.path.is_empty();
                    }
                });
            }
            found |= self.aggregate(*stage).is_some_and(&looks);
            // What hangs on whom is looked at where it is added up.
            found.then_some((*stage, own || self.aggregate(*stage).is_some()))
        };
        self.stages.iter().filter_map(reader).collect()
    }

    fn aggregate(&self, stage: Stage) -> Option<&Aggregate> {
        if let Stage::Derived(id) = stage { self.derived.get(id)?.aggregate() } else { None }
    }

    /// The derived columns that some readers of a table are, where a changed row adds so much to them whatever other rows
    /// say, and whatever the rows of the tables say that may change beside it.
    #[must_use]
    pub fn adding_up(&self, table: TableId, readers: &[Reader], changing: &[TableId]) -> Option<Vec<usize>> {
        let one = |(stage, _): &Reader| {
            let (Stage::Derived(id), Some(aggregate)) = (*stage, self.aggregate(*stage)) else { return None };
            let mut own = aggregate.table == table && adds_up(aggregate);
            for expression in aggregate.expressions() {
                expression.walk(&mut |inner| match inner {
                    Expression::Derived { .. } => own = false,
                    Expression::Field(field) => own &= field.path.is_empty() || !changing.contains(&field.table),
                    _ => {}
                });
            }
            own.then_some(id)
        };
        readers.iter().map(one).collect()
    }

    /// What the unit of a level is told by some stages when its rows change, which some readers read.
    #[must_use]
    pub fn within(&self, level: usize, readers: &[Reader], last: &[Stage]) -> Within {
        let touched = self.reached(|stage| readers.iter().any(|(reader, _)| *reader == stage));
        let reached = touched_of(self, &touched);
        let mut within = Within { alone: true, ..Within::default() };
        for ((stage, touched), needed) in self.stages.iter().zip(&touched).zip(self.needed_for(last)) {
            if !touched || !needed {
                continue;
            }
            let own = readers.iter().all(|(reader, own)| reader != stage || *own);
            let reads_it = readers.iter().any(|(reader, _)| reader == stage);
            match *stage {
                Stage::Derived(id) => {
                    within.derived.insert(id);
                    within.alone &= self.hangs_on_one(*stage, level);
                }
                Stage::Of { level: of, item: Item::Measure(at) | Item::Verdict(at) | Item::Points(at) }
                    if of == level =>
                {
                    within.alone &= own && !self.reads_elsewhere(*stage, &reached);
                    within.criteria.push(at);
                }
                Stage::Of { level: of, .. } => {
                    let reads = self.reads_of(*stage);
                    let derived = reads.iter().any(|read| matches!(read, Stage::Derived(_)) && reached.contains(read));
                    within.alone &= of == level && !reads_it && !derived;
                    within.measured |=
                        reads.iter().any(|read| matches!(read, Stage::Of { item: Item::Measure(_), .. }));
                }
            }
        }
        within.criteria.sort_unstable();
        within.criteria.dedup();
        within.touched = touched;
        within
    }

    /// Whether what is derived of the rows of a unit is read by that unit alone.
    fn hangs_on_one(&self, stage: Stage, level: usize) -> bool {
        let Some(aggregate) = self.aggregate(stage) else { return false };
        let Some(level) = self.levels.get(level) else { return false };
        let Some(units) = level.units else { return true };
        let schema = &self.campaign.schema;
        let above = |at: &TableId| schema.parent_of(*at).filter(|parent| parent != at);
        let below =
            |at: TableId| std::iter::successors(Some(at), above).take(schema.tables.len()).any(|table| table == units);
        let by_parents = aggregate.route.iter().all(|link| schema.table(link.table).parent == Some(link.column));
        let anchored = matches!(aggregate.anchor, Anchor::Table(table) if below(table));
        anchored && by_parents && aggregate.peers.is_none() && aggregate.below.is_none()
    }

    /// Whether a stage reads what is derived for another row than the unit's own.
    fn reads_elsewhere(&self, stage: Stage, touched: &[Stage]) -> bool {
        let mut elsewhere = false;
        for expression in self.expressions_of(stage) {
            expression.walk(&mut |inner| {
                if let Expression::Derived { id, path } = inner
                    && touched.contains(&Stage::Derived(*id))
                {
                    elsewhere |=
                        !path.is_empty() || self.derived.get(*id).is_none_or(|it| matches!(it, Derived::Fact(_)));
                }
            });
        }
        elsewhere
    }
}

fn touched_of(plan: &Plan, touched: &[bool]) -> Vec<Stage> {
    plan.stages.iter().zip(touched).filter(|(_, touched)| **touched).map(|(stage, _)| *stage).collect()
}
