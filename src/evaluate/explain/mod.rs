//! Why a verdict is what it is, and what would change it.
//!
//! Nothing is kept for this during an evaluation: the one unit that is asked about is looked at again, row by row.

mod evidence;
mod input;
mod lack;
mod locate;
mod reckoning;
mod standing;

pub use evidence::{Evidence, Listed, ListedRow};
pub use lack::{Lack, Slack};
pub use locate::locate;
pub use reckoning::{BandOf, Input, Reckoning};
pub use standing::{InAll, Neighbour, Standing, standing};

use crate::campaign::{
    Basis, Bound, Campaign, Criterion, Form, LastWord, MeasureSource, Points, Sourced, Strength, Value,
};
use crate::data::Dataset;
use crate::rule::{Aggregate, Context, Derived, Expression, Judged};
use crate::value::Day;

use super::outcome::{CriterionHead, Judgement, Outcome};
use super::plan::{CriterionPlan, FormPlan, Plan, PointsPlan, Program};
use super::{Options, in_context};

/// How many rows of each kind are named.
pub const ROWS_NAMED: usize = 10;

/// Everything that a verdict rests on.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The criterion.
    pub criterion: CriterionHead,
    /// The verdict, the value, the target and the points.
    pub judgement: Judgement,
    /// How it is measured.
    pub measured_by: MeasuredBy,
    /// The rows behind it, for each row set that the measure reads.
    pub evidence: Vec<Evidence>,
    /// What is lacking.
    pub lacking: Option<Lack>,
    /// What may still be lost.
    pub slack: Option<Slack>,
    /// The day of evaluation lies after the due day, so nothing can be added in time.
    pub too_late: bool,
    /// How points are earned, where any are at stake.
    pub points_by: Option<Form>,
    /// How they came to be, where their form does not say it all.
    pub reckoning: Option<Reckoning>,
    /// Whether it can fail the unit.
    pub strength: Strength,
    /// The numbers that decide, each with its authority.
    pub settings: Vec<Setting>,
}

/// How a criterion is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasuredBy {
    /// By a rule, with the comment above it and where it stands.
    Rule {
        /// Its name.
        name: String,
        /// The comment above it.
        doc: String,
        /// The file and line.
        place: String,
    },
    /// By a column of the unit.
    Column(String),
    /// By several who score it.
    Scorers(LastWord),
}

/// A number that decides, with its authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its path in the campaign.
    pub path: String,
    /// What it says.
    pub value: String,
    /// On what authority.
    pub basis: Basis,
}

/// Explains the verdicts of some criteria for one unit; positions are those of the outcome.
///
/// ```
/// use thidua::evaluate::Options;
/// use thidua::evaluate::explain::{Lack, explain};
/// use thidua::load::{self, Request};
///
/// let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
/// let options = Options { as_of: run.outcome.as_of, threads: 1 };
/// let (unions, h03, conference) = (1, 2, 0);
/// let explained = explain(&run.plan, &run.dataset, &run.outcome, options, unions, h03, &[conference]);
/// assert!(matches!(explained[0].lacking, Some(Lack::Rows { rows: 2, of: 2, gain: true, .. })));
/// ```
#[must_use]
pub fn explain(
    plan: &Plan,
    data: &Dataset,
    outcome: &Outcome,
    options: Options,
    level: usize,
    unit: usize,
    criteria: &[usize],
) -> Vec<Explanation> {
    in_context(plan, data, options, Vec::new(), &mut Vec::new(), |judge, sheets, _| {
        let mut found = Vec::with_capacity(criteria.len());
        for at in criteria {
            let reckoning = sheets.reckoned(level, *at, unit, judge);
            found.extend(one(judge.plan, judge.context, outcome, level, unit, *at, reckoning));
        }
        found
    })
}

fn one<'d>(
    plan: &'d Plan,
    context: &Context<'d>,
    outcome: &Outcome,
    level: usize,
    unit: usize,
    at: usize,
    reckoning: Option<Reckoning>,
) -> Option<Explanation> {
    let level_outcome = outcome.levels.get(level)?;
    let (head, unit) = (level_outcome.criteria.get(at)?, level_outcome.units.get(unit)?);
    let judgement = unit.criteria.get(at)?;
    let criterion_plan = plan.levels.get(level)?.criteria.get(at)?;
    let criterion = plan.campaign.criteria.get(criterion_plan.criterion)?;
    let reckoning = reckoning.or_else(|| by_rule(plan, context, criterion_plan, unit.row));
    let too_late = judgement.due.is_some_and(|due: Day| outcome.as_of > due);
    Some(Explanation {
        criterion: head.clone(),
        measured_by: measured_by(plan, criterion),
        evidence: evidence::evidence(plan, context, criterion_plan, unit.row),
        lacking: lack::lacking(&judgement, too_late),
        slack: lack::slack(&judgement),
        judgement,
        too_late,
        points_by: criterion.points.as_ref().map(|points| points.form.clone()),
        strength: criterion.strength,
        settings: settings(plan, criterion, criterion_plan, reckoning.as_ref()),
        reckoning,
    })
}

/// What a rule of points looked at, beside the value, the target and the points at stake, which are told anyway.
fn by_rule<'d>(plan: &'d Plan, context: &Context<'d>, criterion: &'d CriterionPlan, row: usize) -> Option<Reckoning> {
    let points = criterion.points.as_ref()?;
    let FormPlan::Rule { points: rule, .. } = &points.form else { return None };
    let measure = if let Program::Computed(measure) = &criterion.measure { Some(measure) } else { None };
    let mut told: Vec<&Expression> = criterion.target.iter().map(|bound| &bound.bar).collect();
    told.extend(measure.into_iter().chain(&points.max));
    let own = plan.derived.iter().position(|derived| match derived {
        Derived::Fact(fact) => fact.judged == Judged::Value(criterion.criterion),
        Derived::Aggregate(_) => false,
    });
    let own = own.map(|id| Expression::Derived { id, path: Vec::new() });
    told.extend(&own);
    Some(Reckoning::Rule(input::inputs(plan, context, rule, row, &told)))
}

fn measured_by(plan: &Plan, criterion: &Criterion) -> MeasuredBy {
    match &criterion.source {
        MeasureSource::Column(column) => MeasuredBy::Column(column.name.clone()),
        MeasureSource::Scorers(scorers) => MeasuredBy::Scorers(scorers.last_word),
        MeasureSource::Rule(rule) => {
            let function = plan.library.get(&rule.name);
            MeasuredBy::Rule {
                name: rule.name.clone(),
                doc: function.map(|function| function.doc.clone()).unwrap_or_default(),
                place: function.map(|function| function.place.to_string()).unwrap_or_default(),
            }
        }
    }
}

/// The target, the points and the params that the measure reads. Of bands only those that the value lies in decide.
fn settings(
    plan: &Plan,
    criterion: &Criterion,
    criterion_plan: &CriterionPlan,
    reckoning: Option<&Reckoning>,
) -> Vec<Setting> {
    let setting = |path: String, value: &Sourced<Value>| Setting {
        path,
        value: value.value.to_string(),
        basis: value.basis.clone(),
    };
    let bound = |bound: &Bound| setting(format!("criteria.{}.{}", criterion.id, bound.key), &bound.bar);
    let mut settings: Vec<_> = criterion.target.iter().map(bound).collect();
    let amounts = criterion.points.iter().flat_map(Points::amounts).filter(|(key, _)| decides(key, reckoning));
    settings.extend(amounts.map(|(key, amount)| setting(format!("criteria.{}.points.{key}", criterion.id), amount)));
    for at in params_read(plan, criterion_plan) {
        if let Some(param) = plan.campaign.params.get(at) {
            settings.push(setting(format!("params.{}", param.id), &param.value));
        }
    }
    // A reference answers for nothing: what it refers to is listed itself.
    settings.retain(|setting| setting.basis != Basis::Unstated);
    settings
}

/// Whether an amount decides: of a band, whether the value lies in it, or may.
fn decides(key: &str, reckoning: Option<&Reckoning>) -> bool {
    let Some(Reckoning::Band { within, .. }) = reckoning else { return true };
    let Some(band) = key.strip_prefix("bands.") else { return true };
    let at = band.split('.').next().and_then(|at| at.parse::<usize>().ok());
    within.is_empty() || within.iter().any(|of| Some(of.at) == at)
}

/// The params that a criterion reads, directly or through row sets, in the order of the campaign.
fn params_read(plan: &Plan, criterion: &CriterionPlan) -> Vec<usize> {
    let mut expressions: Vec<&Expression> = criterion.target.iter().map(|bound| &bound.bar).collect();
    expressions.extend(criterion.points.iter().flat_map(PointsPlan::expressions));
    if let Program::Computed(measure) = &criterion.measure {
        expressions.push(measure);
    }
    let mut params: Vec<usize> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    while let Some(expression) = expressions.pop() {
        expression.walk(&mut |inner| match inner {
            Expression::Param(at) => params.push(*at),
            Expression::Derived { id, .. } if !seen.contains(id) => seen.push(*id),
            _ => {}
        });
        for aggregate in seen.iter().filter_map(|id| plan.derived.get(*id)?.aggregate()) {
            params.extend(direct_params(aggregate));
        }
    }
    params.sort_unstable();
    params.dedup();
    params
}

fn direct_params(aggregate: &Aggregate) -> Vec<usize> {
    let mut params = Vec::new();
    for expression in aggregate.expressions() {
        expression.walk(&mut |inner| {
            if let Expression::Param(at) = inner {
                params.push(*at);
            }
        });
    }
    params
}

/// The criteria of a level that carry a clause of the directive, by their positions in the level's outcome: the clause
/// itself and its parts (`2.6` holds `2.6 a`), by their own clause or by the register.
#[must_use]
pub fn of_clause(campaign: &Campaign, plan: &Plan, level: usize, clause: &str) -> Vec<usize> {
    let criteria = plan.levels.get(level).map(|level| level.criteria.as_slice()).unwrap_or_default();
    let clauses = campaign.register().into_iter().filter(|it| is_part(&it.clause.id, clause));
    let registered: Vec<&String> = clauses.flat_map(|it| it.criteria).map(|criterion| &criterion.id).collect();
    let belongs = |plan: &CriterionPlan| {
        campaign.criteria.get(plan.criterion).is_some_and(|criterion| {
            let own = criterion.clause.as_deref().is_some_and(|own| is_part(own, clause));
            own || registered.iter().any(|id| **id == criterion.id)
        })
    };
    (0..criteria.len()).filter(|at| criteria.get(*at).is_some_and(belongs)).collect()
}

/// Whether a clause is another or a part of it: `2.6 a` and `2.6.1` are parts of `2.6`, `2.61` is not.
#[must_use]
pub fn is_part(part: &str, of: &str) -> bool {
    part == of || part.strip_prefix(of).is_some_and(|rest| rest.starts_with(['.', ' ', ',', '(']))
}
