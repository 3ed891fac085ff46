//! One plan, evaluated with many numbers.
//!
//! A sweep evaluates the same plan thousands of times, and from one time to the next only written numbers differ. These
//! are left open here: they stand in the plan as params, whose values come from outside. Only the stages that they
//! reach are done again; what the others found stays in the sheets.

use std::collections::BTreeSet;

use crate::data::Dataset;
use crate::rule::{Cell, Context, Derived};
use crate::value::{Number, Possible};

use super::judge::{Judge, Sheets};
use super::measure::{Results, Stepped, Steps, measure};
use super::plan::{Part, Plan, Stage, Written};
use super::{Brief, Interpret, Kept, Options, days, interpret, params, threads};

/// A plan in which some written numbers are left open.
#[derive(Clone, Debug)]
pub struct Open {
    plan: Plan,
    /// For each open number, the param that it is.
    params: Vec<usize>,
    /// For each stage, whether the open numbers reach it.
    touched: Vec<bool>,
    /// For each derived column, how it hangs on one of the open numbers, where that is a comparison.
    stepped: Vec<Option<Stepped>>,
}

impl Open {
    /// Leaves some numbers of a plan open; nothing where a rule that is interpreted may read them.
    #[must_use]
    pub fn new(plan: &Plan, parts: &[Part]) -> Option<Self> {
        if plan.has_interpreted() && parts.iter().any(|part| matches!(part, Part::Param(_))) {
            return None;
        }
        let (mut plan, mut params) = (plan.clone(), Vec::with_capacity(parts.len()));
        let first = plan.campaign.params.len();
        for (at, part) in parts.iter().enumerate() {
            params.push(part.leave_open(&mut plan, first + at));
        }
        let touched = plan.touched(&params);
        let moved: BTreeSet<usize> = plan.stages.iter().zip(&touched).filter_map(moved).collect();
        let stepped = plan.derived.iter().map(|derived| {
            let aggregate = derived.aggregate()?;
            Stepped::of(aggregate, &params, |id| moved.contains(&id))
        });
        let stepped = stepped.collect();
        Some(Self { plan, params, touched, stepped })
    }

    /// What is decided with each of some values of the open numbers.
    #[must_use]
    pub fn briefs(&self, data: &Dataset, options: Options, kept: &Kept, values: &[Vec<Written>]) -> Vec<Brief> {
        values.chunks(self.at_once(data)).flat_map(|values| self.in_one_go(data, options, kept, values)).collect()
    }

    /// How many values are held at once: what is derived of each stays until the last.
    fn at_once(&self, data: &Dataset) -> usize {
        const MOST_CELLS: usize = 1 << 20;
        let touched = self.plan.stages.iter().zip(&self.touched).filter(|(_, touched)| **touched);
        let cells = touched.filter_map(|(stage, _)| match stage {
            Stage::Derived(id) => self.plan.derived.get(*id).map(|derived| match derived {
                Derived::Aggregate(aggregate) => super::rows(aggregate.anchor, data),
                Derived::Fact(fact) => super::rows(fact.of, data),
            }),
            Stage::Of { .. } => None,
        });
        (MOST_CELLS / cells.sum::<usize>().max(1)).clamp(1, 4096)
    }

    fn in_one_go(&self, data: &Dataset, options: Options, kept: &Kept, values: &[Vec<Written>]) -> Vec<Brief> {
        let plan = &self.plan;
        let days = days(plan, options.as_of);
        let unchanged = kept.unchanged(plan, data, options);
        let interpreter = interpret::interpreter(plan, data, days);
        let interpreter = interpreter.as_ref().map(|interpreter| interpreter as &dyn Interpret<'_>);
        let params: Vec<_> = values.iter().map(|values| self.params(values)).collect();
        let results: Vec<_> = values.iter().map(|_| Results::with_room_for(plan.derived.len())).collect();
        let mut steps: Vec<Option<Option<Steps<'_>>>> = plan.derived.iter().map(|_| None).collect();
        let (mut sheets, mut briefs) = (Sheets::new(plan), Vec::with_capacity(values.len()));
        let mut before: Option<&Results<'_>> = None;
        for (params, results) in params.iter().zip(&results) {
            let context = Context { schema: &plan.campaign.schema, data, params, days, derived: results };
            // What is wrong with single rows is told by the evaluation of today.
            let faults = &mut Vec::new();
            let mut judge = Judge { plan, context: &context, interpreter, threads: 1, again: true, faults };
            for (stage, touched) in plan.stages.iter().zip(&self.touched) {
                match (*stage, before.filter(|_| !touched)) {
                    (Stage::Derived(id), Some(before)) => results.share(id, before),
                    (Stage::Of { .. }, Some(_)) => {}
                    (Stage::Of { level, item }, None) => sheets.judge(level, item, &mut judge),
                    (Stage::Derived(id), None) => match plan.derived.get(id) {
                        Some(Derived::Aggregate(aggregate)) => match unchanged.get(id).cloned().flatten() {
                            Some(slot) if !touched => results.take_over(id, slot, judge.faults),
                            _ => {
                                let stepped =
                                    self.stepped.get(id).and_then(Option::as_ref).filter(|_| values.len() > 1);
                                let by_steps = stepped.zip(steps.get_mut(id)).is_some_and(|(stepped, known)| {
                                    let steps = known.get_or_insert_with(|| Steps::of(stepped, aggregate, &context));
                                    let at = number(params, stepped.param);
                                    steps.as_ref().zip(at).is_some_and(|(it, at)| it.put(id, at, &context, results))
                                });
                                if !by_steps {
                                    measure(id, aggregate, &context, results, threads(options.threads), judge.faults);
                                }
                            }
                        },
                        Some(Derived::Fact(fact)) => {
                            results.set(id, fact.of, sheets.fact(fact, super::rows(fact.of, data)));
                        }
                        None => {}
                    },
                }
            }
            briefs.push(sheets.brief().unmarked());
            before = Some(results);
        }
        briefs
    }

    /// All params, with values for the open numbers.
    fn params(&self, values: &[Written]) -> Vec<Cell<'_>> {
        let mut cells = params(&self.plan.campaign);
        let open = self.params.iter().max().map_or(0, |last| last + 1);
        cells.resize(cells.len().max(open), Cell::None);
        for (at, value) in self.params.iter().zip(values) {
            if let Some(cell) = cells.get_mut(*at) {
                *cell = match *value {
                    Written::Number(number) => Cell::Number(Possible::known(number)),
                    Written::Day(day) => Cell::Day(Possible::known(day)),
                };
            }
        }
        cells
    }
}

/// The derived column that a stage is, if open numbers reach it.
fn moved((stage, touched): (&Stage, &bool)) -> Option<usize> {
    match stage {
        Stage::Derived(id) if *touched => Some(*id),
        _ => None,
    }
}

/// The number that a param is.
fn number(params: &[Cell<'_>], at: usize) -> Option<Number> {
    if let Some(Cell::Number(number)) = params.get(at) { number.value() } else { None }
}
