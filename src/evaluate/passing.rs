//! Tables of which only counts are asked: their rows are counted while they are read, and need not be kept.

use std::sync::Arc;

use crate::data::{Dataset, Table, Watch};
use crate::rule::{Aggregate, Anchor, Cell, Context, Derived, Expression};
use crate::schema::{TableId, Validity};

use super::measure::{Results, Running, Slot};
use super::{Options, Plan, days, params};

/// What several plans ask of a table whose rows pass.
pub struct Counting<'p> {
    table: TableId,
    plans: Vec<&'p Plan>,
    params: Vec<Vec<Cell<'p>>>,
    options: Options,
    /// The data without the table.
    data: &'p Dataset,
}

/// Counts rows that pass, on one thread.
pub struct Counter<'c, 'p> {
    counting: &'c Counting<'p>,
    /// Of each plan, what is counted, with its position in what the plan derives.
    running: Runnings<'p>,
}

/// What was counted for each of several plans, by its position in what the plan derives.
#[derive(Debug, Default)]
pub struct Counted(Vec<Vec<Option<Arc<Slot<'static>>>>>);

impl Plan {
    /// Whether all that is asked of a table are counts of its rows by what stands in them and above them, so that none
    /// is needed twice.
    #[must_use]
    pub fn only_counts(&self, table: TableId) -> bool {
        let (schema, own) = (&self.campaign.schema, self.campaign.schema.table(table));
        let is_linked =
            schema.tables.iter().flat_map(|table| &table.columns).any(|column| column.link() == Some(table));
        let is_judged = self.levels.iter().any(|level| level.units == Some(table));
        let lives_always = own.valid == Validity::default() && own.writing.provisional.is_none();
        let counts = |derived: &Derived| match derived {
            Derived::Aggregate(aggregate) if aggregate.table == table => self.counts_once(aggregate),
            Derived::Aggregate(aggregate) => aggregate.anchor != Anchor::Table(table),
            Derived::Fact(fact) => fact.of != Anchor::Table(table),
        };
        own.parent.is_some()
            && lives_always
            && !is_linked
            && !is_judged
            && !self.has_interpreted()
            && self.derived.iter().all(counts)
    }

    fn counts_once(&self, aggregate: &Aggregate) -> bool {
        let mut reads_judged = false;
        for expression in aggregate.expressions() {
            expression.walk(&mut |inner| reads_judged |= matches!(inner, Expression::Derived { .. }));
        }
        let parent = self.campaign.schema.table(aggregate.table).parent;
        let hangs = aggregate.route.first().is_none_or(|link| Some(link.column) == parent);
        Running::suits(aggregate) && hangs && !reads_judged && aggregate.peers.is_none() && aggregate.alive.is_none()
    }
}

impl<'p> Counting<'p> {
    /// What plans ask of a table; `data` are those without it.
    #[must_use]
    pub fn new(table: TableId, plans: Vec<&'p Plan>, data: &'p Dataset, options: Options) -> Self {
        let params = plans.iter().map(|plan| params(&plan.campaign)).collect();
        Self { table, plans, params, options, data }
    }

    /// Counts nothing yet.
    #[must_use]
    pub fn counter(&self) -> Counter<'_, 'p> {
        let anchors = |aggregate: &Aggregate| match aggregate.anchor {
            Anchor::Whole => 1,
            Anchor::Table(table) => self.data.table(table).rows,
        };
        let running = |(id, derived): (usize, &'p Derived)| {
            let aggregate = derived.aggregate().filter(|aggregate| aggregate.table == self.table)?;
            Some((id, Running::begin(aggregate, anchors(aggregate))))
        };
        let of_plan = |plan: &&'p Plan| plan.derived.iter().enumerate().filter_map(running).collect();
        Counter { counting: self, running: self.plans.iter().map(of_plan).collect() }
    }

    /// The data with other rows of the table.
    fn data_with(&self, rows: Table) -> Dataset {
        let mut data = self.data.clone();
        if let Some(table) = data.tables.get_mut(self.table.0) {
            *table = Arc::new(rows);
        }
        data
    }

    fn context<'d>(&'d self, plan: usize, data: &'d Dataset, nothing: &'d Results<'d>) -> Option<Context<'d>> {
        let (of, params) = self.plans.get(plan).zip(self.params.get(plan))?;
        let days = days(of, self.options.as_of);
        Some(Context { schema: &of.campaign.schema, data, params, days, derived: nothing })
    }

    /// What all counters counted of the rows, of which those in `left` stand for all above that have any.
    #[must_use]
    pub fn finish(&self, counters: Vec<Counter<'_, 'p>>, left: &Table) -> Counted {
        let (data, nothing) = (self.data_with(left.clone()), Results::default());
        let merged = counters.into_iter().map(|counter| counter.running).reduce(merged).unwrap_or_default();
        let of_plan = |(at, running): (usize, Vec<(usize, Running<'p>)>)| {
            let mut slots = vec![None; self.plans.get(at).map_or(0, |plan| plan.derived.len())];
            let context = self.context(at, &data, &nothing);
            for (id, running) in running {
                if let Some((context, slot)) = context.as_ref().zip(slots.get_mut(id)) {
                    *slot = Some(Arc::new(running.finish(context)));
                }
            }
            slots
        };
        Counted(merged.into_iter().enumerate().map(of_plan).collect())
    }
}

/// What is counted for each plan, by its position in what the plan derives.
type Runnings<'p> = Vec<Vec<(usize, Running<'p>)>>;

fn merged<'p>(mut all: Runnings<'p>, more: Runnings<'p>) -> Runnings<'p> {
    for ((_, running), (_, more)) in all.iter_mut().flatten().zip(more.into_iter().flatten()) {
        running.merge(more);
    }
    all
}

impl Watch for Counter<'_, '_> {
    fn look(&mut self, rows: Table) -> bool {
        let (data, nothing) = (self.counting.data_with(rows), Results::default());
        self.running.iter_mut().enumerate().all(|(at, running)| {
            let context = self.counting.context(at, &data, &nothing);
            context.is_some_and(|context| running.iter_mut().all(|(_, running)| running.add(&context)))
        })
    }
}

impl Counted {
    /// What was counted for a plan, beside what was counted of other tables.
    pub fn append(&mut self, more: Self) {
        self.0.resize_with(more.0.len().max(self.0.len()), Vec::new);
        for (slots, more) in self.0.iter_mut().zip(more.0) {
            slots.resize(more.len().max(slots.len()), None);
            slots.iter_mut().zip(more).for_each(|(slot, more)| *slot = slot.take().or(more));
        }
    }

    /// What was counted for a plan, by its position among those that were asked.
    pub(super) fn of(&self, plan: usize) -> Vec<Option<Arc<Slot<'static>>>> {
        self.0.get(plan).cloned().unwrap_or_default()
    }
}
