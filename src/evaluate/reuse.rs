//! What one evaluation derived, kept for others that change only a part.
//!
//! What is computed over rows is the dear part of an evaluation, and a change reaches little of it. A result is taken
//! over where its definition, the params that it reads, the days and the tables that it looks at are the same, and
//! whatever it reads was itself taken over; everything else is computed again. All judging is always done again: it is
//! small, and everything in it may depend on everything else.

use std::sync::Arc;

use crate::campaign::{Campaign, Value};
use crate::data::Dataset;
use crate::diagnostic::Diagnostic;
use crate::rule::{Aggregate, Anchor, Days, Derived, Expression};
use crate::schema::TableId;

use super::measure::Slot;
use super::{Options, Outcome, Plan, days, in_context, outcome};

/// What an evaluation derived over rows, with the plan and the data that it follows from.
#[derive(Debug)]
pub struct Kept {
    plan: Arc<Plan>,
    data: Dataset,
    days: Days,
    slots: Vec<Option<Arc<Slot<'static>>>>,
}

/// Evaluates as [`super::evaluate`] does, and keeps what was derived over rows. What did not change is taken over from
/// what was kept before, if anything was.
pub fn evaluate_and_keep(
    plan: &Arc<Plan>,
    data: &Dataset,
    options: Options,
    kept: Option<&Kept>,
    faults: &mut Vec<Diagnostic>,
) -> (Outcome, Kept) {
    let before = kept.map(|kept| kept.unchanged(plan, data, options)).unwrap_or_default();
    keep(plan, data, options, before, faults)
}

/// Evaluates, and keeps what was derived over rows; what was derived before is taken over.
pub(super) fn keep(
    plan: &Arc<Plan>,
    data: &Dataset,
    options: Options,
    before: Vec<Option<Arc<Slot<'static>>>>,
    faults: &mut Vec<Diagnostic>,
) -> (Outcome, Kept) {
    let (levels, slots) = in_context(plan, data, options, before, faults, |judge, sheets, results| {
        (sheets.outcomes(judge), results.detached())
    });
    let kept = Kept { plan: Arc::clone(plan), data: data.clone(), days: days(plan, options.as_of), slots };
    (outcome(plan, data, options, levels), kept)
}

/// Evaluates with the same outcome and findings as [`super::evaluate`], and derives only what differs from what was
/// kept.
///
/// ```
/// use thidua::evaluate::{Options, evaluate, evaluate_again, evaluate_and_keep};
/// use thidua::load::{self, Request};
///
/// let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
/// let options = Options { as_of: run.outcome.as_of, threads: 1 };
/// let (_, kept) = evaluate_and_keep(&run.plan.clone().into(), &run.dataset, options, None, &mut Vec::new());
///
/// let other = Request { campaign: "rules/lao-cai-2024".into(), set: vec!["params.large_firm=20".into()], ..Request::default() };
/// let other = load::check(&other).expect("sound");
/// let again = evaluate_again(&other, &run.dataset, options, &kept, &mut Vec::new());
/// let full = evaluate(&other, &run.dataset, options, &mut Vec::new());
/// assert_eq!(format!("{again:?}"), format!("{full:?}"));
/// ```
pub fn evaluate_again(
    plan: &Plan,
    data: &Dataset,
    options: Options,
    kept: &Kept,
    faults: &mut Vec<Diagnostic>,
) -> Outcome {
    after(plan, data, options, kept.unchanged(plan, data, options), faults)
}

/// Evaluates; what was derived before is taken over.
pub(super) fn after(
    plan: &Plan,
    data: &Dataset,
    options: Options,
    before: Vec<Option<Arc<Slot<'static>>>>,
    faults: &mut Vec<Diagnostic>,
) -> Outcome {
    let levels = in_context(plan, data, options, before, faults, |judge, sheets, _| sheets.outcomes(judge));
    outcome(plan, data, options, levels)
}

impl Kept {
    /// Whether all that was derived over rows is the same as in another evaluation. What holds texts is not kept, and
    /// never the same.
    #[must_use]
    pub fn derives_the_same(&self, other: &Self) -> bool {
        let pairs = self.plan.derived.iter().zip(self.slots.iter().zip(&other.slots));
        let mut aggregates = pairs.filter(|(derived, _)| derived.aggregate().is_some());
        aggregates.all(|(_, slots)| matches!(slots, (Some(mine), Some(theirs)) if mine == theirs))
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(super) fn slot(&self, id: usize) -> Option<&Slot<'static>> {
        self.slots.get(id)?.as_deref()
    }

    /// What another evaluation may take over, by its positions in its own plan.
    pub(super) fn unchanged(&self, plan: &Plan, data: &Dataset, options: Options) -> Vec<Option<Arc<Slot<'static>>>> {
        let mut unchanged = vec![None; plan.derived.len()];
        if self.days != days(plan, options.as_of) || self.plan.campaign.schema != plan.campaign.schema {
            return unchanged;
        }
        // What is read stands before its reader.
        let order = plan.stages.iter().filter_map(|stage| match stage {
            super::Stage::Derived(id) => Some(*id),
            super::Stage::Of { .. } => None,
        });
        for id in order {
            let same = plan.derived.get(id).filter(|derived| self.plan.derived.get(id) == Some(derived));
            let Some(aggregate) = same.and_then(Derived::aggregate) else { continue };
            let reads = Reads::of(aggregate, plan);
            let is_unchanged = reads.tables.iter().all(|table| self.same_table(data, *table))
                && reads.params.iter().all(|at| self.same_param(&plan.campaign, *at))
                && reads.derived.iter().all(|id| unchanged.get(*id).is_some_and(Option::is_some));
            if is_unchanged && let Some(slot) = unchanged.get_mut(id) {
                *slot = self.slots.get(id).cloned().flatten();
            }
        }
        unchanged
    }

    fn same_table(&self, data: &Dataset, table: TableId) -> bool {
        let tables = self.data.tables.get(table.0).zip(data.tables.get(table.0));
        tables.is_some_and(|(mine, other)| Arc::ptr_eq(mine, other))
    }

    fn same_param(&self, campaign: &Campaign, at: usize) -> bool {
        let params = self.plan.campaign.params.get(at).zip(campaign.params.get(at));
        params.is_some_and(|(mine, other)| match (&mine.value.value, &other.value.value) {
            (Value::Literal(one), Value::Literal(two)) => one == two,
            (Value::Unknown(_), Value::Unknown(_)) => mine.sort == other.sort,
            _ => false,
        })
    }
}

/// What an aggregate looks at.
#[derive(Default)]
struct Reads {
    tables: Vec<TableId>,
    params: Vec<usize>,
    derived: Vec<usize>,
}

impl Reads {
    fn of(aggregate: &Aggregate, plan: &Plan) -> Self {
        let schema = &plan.campaign.schema;
        let mut reads = Self { tables: vec![aggregate.table], ..Self::default() };
        if let Anchor::Table(table) = aggregate.anchor {
            reads.tables.push(table);
        }
        reads.tables.extend(aggregate.route.iter().chain(&aggregate.below).map(|link| link.table));
        // Whether a list was delivered stands in the tables above.
        let above = |table: &TableId| schema.parent_of(*table).filter(|parent| parent != table);
        reads.tables.extend(std::iter::successors(Some(aggregate.table), above).take(schema.tables.len()));
        aggregate.expressions().for_each(|expression| reads.add(expression));
        reads
    }

    fn add(&mut self, expression: &Expression) {
        expression.walk(&mut |inner| match inner {
            Expression::Param(at) => self.params.push(*at),
            Expression::Field(field) => {
                self.tables.push(field.table);
                self.tables.extend(field.path.iter().map(|link| link.table));
            }
            Expression::Derived { id, path } => {
                self.derived.push(*id);
                self.tables.extend(path.iter().map(|link| link.table));
            }
            _ => {}
        });
    }
}
