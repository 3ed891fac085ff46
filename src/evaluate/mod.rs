//! Evaluation: a plan and data into an outcome.

mod awarded;
mod brief;
mod columns;
mod day;
mod due;
pub mod explain;
mod interpret;
mod judge;
mod judgements;
mod lint;
mod measure;
mod nearby;
mod open;
mod outcome;
mod passing;
mod plan;
mod provisional;
mod reading;
mod reuse;
mod standings;
mod threshold;
mod units;

pub use awarded::*;
pub use brief::{Brief, Line};
pub use day::day_of_evaluation;
pub use due::{Awaited, Term, due};
pub use interpret::{Interpret, Interpreted};
pub use lint::lints;
pub use measure::{Results, Shift, measure};
pub use nearby::{Nearby, Told, ToldOf, Whom};
pub use open::Open;
pub use outcome::*;
pub use passing::{Counted, Counter, Counting};
pub use plan::*;
pub use reading::{Reinterpreted, evaluate_readings, on_the_bar, readings};
pub use reuse::{Kept, evaluate_again, evaluate_and_keep};
pub use threshold::{Reach, reach};
pub use units::{UnitAwards, UnitCriteria, UnitLine, UnitOutcome, Units, UnitsIter};

use std::sync::Arc;

use crate::campaign::{Campaign, Param, Quantity, Sort, Span, Value};
use crate::data::{Dataset, Intake};
use crate::diagnostic::Diagnostic;
use crate::rule::{Anchor, Cell, Context, Days, Derived};
use crate::value::{Day, List, Possible, Truth, threads};

use judge::{Judge, Sheets};
use measure::Slot;

/// What is decided beside the plan and the data.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day of evaluation.
    pub as_of: Day,
    /// How many threads to use; 0 for all cores.
    pub threads: usize,
}

/// Evaluates a plan on data. What is wrong with single rows and units is added to `faults`.
///
/// The [front page](crate) builds a plan and rows in code; [`crate::load::evaluate`] does all of it from files.
///
/// ```
/// use thidua::evaluate::{Options, Outcome, evaluate};
/// use thidua::load::{self, Request};
///
/// let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
/// let alone = Options { as_of: run.outcome.as_of, threads: 1 };
/// let outcome = evaluate(&run.plan, &run.dataset, alone, &mut Vec::new());
/// let scores = |outcome: &Outcome| outcome.levels[1].units.iter().map(|unit| unit.score).collect::<Vec<_>>();
/// assert_eq!(scores(&outcome), scores(&run.outcome));
/// ```
pub fn evaluate(plan: &Plan, data: &Dataset, options: Options, faults: &mut Vec<Diagnostic>) -> Outcome {
    reuse::after(plan, data, options, Vec::new(), faults)
}

fn outcome(plan: &Plan, data: &Dataset, options: Options, mut levels: Vec<LevelOutcome>) -> Outcome {
    provisional::mark(plan, data, &mut levels);
    let campaign = &plan.campaign;
    Outcome {
        campaign: campaign.id.clone(),
        title: campaign.title.clone(),
        issuer: campaign.issuer.clone(),
        as_of: options.as_of,
        round: plan.round.as_ref().map(|round| round.id.clone()),
        assumptions: campaign.assumptions.clone(),
        warnings: plan.warnings.clone(),
        data: intakes(plan, data),
        levels,
        readings: Vec::new(),
    }
}

/// What came in from the files that were read; nothing is said of those that nobody needs.
fn intakes(plan: &Plan, data: &Dataset) -> Vec<Intake> {
    let read = data.tables.iter().zip(plan.needed()).filter(|(_, needed)| *needed);
    read.map(|(table, _)| table.intake.clone()).collect()
}

/// Goes through all stages, and does some work with what came out. What was derived `before`, by its position in the
/// plan, is taken over.
fn in_context<T>(
    plan: &Plan,
    data: &Dataset,
    options: Options,
    mut before: Vec<Option<Arc<Slot<'static>>>>,
    faults: &mut Vec<Diagnostic>,
    work: impl for<'d> FnOnce(&mut Judge<'_, 'd>, Sheets<'d>, &Results<'d>) -> T,
) -> T {
    let params = params(&plan.campaign);
    let results = Results::with_room_for(plan.derived.len());
    let days = days(plan, options.as_of);
    let context = Context { schema: &plan.campaign.schema, data, params: &params, days, derived: &results };
    let interpreter = interpret::interpreter(plan, data, days);
    let interpreter = interpreter.as_ref().map(|interpreter| interpreter as &dyn Interpret<'_>);
    let on = threads(options.threads);
    let mut judge = Judge { plan, context: &context, interpreter, threads: on, again: false, faults };
    let mut sheets = Sheets::new(plan);
    for stage in &plan.stages {
        match *stage {
            Stage::Of { level, item } => sheets.judge(level, item, &mut judge),
            Stage::Derived(id) => match plan.derived.get(id) {
                Some(Derived::Aggregate(aggregate)) => match before.get_mut(id).and_then(Option::take) {
                    Some(slot) => results.take_over(id, slot, judge.faults),
                    None => measure(id, aggregate, &context, &results, threads(options.threads), judge.faults),
                },
                Some(Derived::Fact(fact)) => results.set(id, fact.of, sheets.fact(fact, rows(fact.of, data))),
                None => {}
            },
        }
    }
    work(&mut judge, sheets, &results)
}

fn rows(anchor: Anchor, data: &Dataset) -> usize {
    match anchor {
        Anchor::Whole => 1,
        Anchor::Table(table) => data.table(table).rows,
    }
}

fn days(plan: &Plan, as_of: Day) -> Days {
    let period: Span = plan.campaign.period;
    Days { as_of, period, round: plan.round.as_ref().map_or(period, |round| round.span) }
}

/// The params as cells, in the order of the campaign.
fn params(campaign: &Campaign) -> Vec<Cell<'_>> {
    campaign.params.iter().map(cell).collect()
}

fn cell(param: &Param) -> Cell<'_> {
    match &param.value.value {
        Value::Literal(Quantity::Number { number, .. }) => Cell::Number(Possible::known(*number)),
        Value::Literal(Quantity::Day(day)) => Cell::Day(Possible::known(*day)),
        Value::Literal(Quantity::Text(text)) => Cell::Text(Possible::known(text)),
        Value::Literal(Quantity::Flag(flag)) => Cell::Flag(Possible::known(*flag)),
        Value::Literal(Quantity::List(numbers)) => Cell::List(Some(List::as_written(numbers).into())),
        _ => match param.sort {
            Sort::Number => Cell::Number(Possible::unknown()),
            Sort::Day => Cell::Day(Possible::unknown()),
            Sort::Text => Cell::Text(Possible::unknown()),
            Sort::Flag => Cell::truth(Truth::Unknown),
            Sort::List => Cell::List(None),
        },
    }
}
