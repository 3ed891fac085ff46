//! Verdicts, points, scores, grades, ranks and awards, from what was measured.

mod award;
mod field;
mod grade;
mod measured;
mod points;
mod rank;
mod score;
mod standing;
mod verdict;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Context, Expression, Failure};
use crate::schema::TableSchema;
use crate::value::{Number, Truth};

use super::outcome::{AwardHead, CriterionHead, LevelOutcome, Settings, UnitOutcome};
use super::plan::{ConditionPlan, LevelPlan, Plan};

pub(super) use measured::measured;
pub(super) use verdict::Judge;

/// What is known of a unit beside its outcome, for the stages after the verdicts.
pub(super) struct Unit<'d> {
    /// The row in its table.
    row: usize,
    /// What each criterion measured.
    cells: Vec<Cell<'d>>,
}

/// Judges a level.
pub(super) fn level<'d>(plan: &'d Plan, at: usize, judge: &mut Judge<'_, 'd>) -> Option<LevelOutcome> {
    let (level, level_plan) = (plan.campaign.levels.get(at)?, plan.levels.get(at)?);
    let mut units = Vec::new();
    let mut known = Vec::new();
    for row in judge.units(level_plan) {
        let (unit, cells) = judge.unit(level, level_plan, row);
        units.push(unit);
        known.push(Unit { row, cells });
    }
    if let Some(policy) = &level.score {
        score::scores(policy, level, level_plan, &mut units, judge);
        grade::grades(level, level_plan, &mut units, judge);
    }
    if let Some(policy) = &level.rank {
        rank::ranks(policy, level, level_plan, &known, &mut units, judge);
    }
    award::awards(level_plan, plan, &known, &mut units, judge);
    Some(LevelOutcome {
        id: level.id.clone(),
        title: level.title.clone(),
        criteria: heads(plan, level_plan),
        awards: award_heads(plan, level_plan, judge),
        rules: rules_required(plan, level_plan),
        settings: Settings {
            rounding: level.score.as_ref().map(|score| score.rounding),
            not_applicable: level.score.as_ref().and_then(|score| score.not_applicable),
            rank_by: level_plan.rank.iter().map(|key| (key.subject.clone(), key.direction)).collect(),
            ties: level.rank.as_ref().map(|rank| rank.ties),
        },
        units,
    })
}

fn heads(plan: &Plan, level: &LevelPlan) -> Vec<CriterionHead> {
    let criteria = level.criteria.iter().filter_map(|criterion| plan.campaign.criteria.get(criterion.criterion));
    let head = |criterion: &crate::campaign::Criterion| CriterionHead {
        id: criterion.id.clone(),
        title: criterion.title.clone(),
        clause: criterion.clause.clone(),
        strength: criterion.strength,
    };
    criteria.map(head).collect()
}

/// The rules that awards require, with the comments above them.
fn rules_required(plan: &Plan, level: &LevelPlan) -> Vec<(String, String)> {
    let conditions = level.awards.iter().flat_map(|award| &award.conditions);
    let rules = conditions.filter(|(_, condition)| matches!(condition, ConditionPlan::Rule(_)));
    rules.filter_map(|(name, _)| Some((name.clone(), plan.library.get(name)?.doc.clone()))).collect()
}

fn award_heads<'d>(plan: &'d Plan, level: &'d LevelPlan, judge: &Judge<'_, 'd>) -> Vec<AwardHead> {
    let awards = level.awards.iter().filter_map(|award| Some((award, plan.campaign.awards.get(award.award)?)));
    let head = |(plan, award): (&'d super::plan::AwardPlan, &crate::campaign::Award)| AwardHead {
        id: award.id.clone(),
        title: award.title.clone(),
        at_most: plan.at_most.as_ref().and_then(|at_most| judge.same_for_all(at_most)),
        per_cluster: award.quota.as_ref().is_some_and(|quota| quota.per == crate::campaign::Per::Cluster),
    };
    awards.map(head).collect()
}

impl<'d> Judge<'_, 'd> {
    /// The rows of a level's table that are its units.
    fn units(&mut self, plan: &'d LevelPlan) -> Vec<usize> {
        let Some(table) = plan.units else { return vec![0] };
        let rows = 0..self.context.data.table(table).rows;
        let Some(when) = &plan.when else { return rows.collect() };
        let mut units = Vec::new();
        for row in rows {
            let is_unit = self.context.truth(when, row);
            match self.answered(is_unit, "when", plan, row).unwrap_or(Truth::Unknown) {
                Truth::True => units.push(row),
                Truth::False => {}
                Truth::Unknown => {
                    let unit = self.name_of(plan, row);
                    self.faults.push(Diagnostic::new(&catalogue::UNIT_MEMBERSHIP_UNKNOWN).with("unit", unit));
                }
            }
        }
        units
    }

    /// How messages call a unit.
    fn name_of(&self, plan: &LevelPlan, row: usize) -> String {
        plan.units.map_or_else(String::new, |table| self.context.data.table(table).key(row).to_owned())
    }

    /// The answer of a rule, or a report that there is none.
    fn answered<T>(&mut self, answer: Result<T, Failure>, rule: &str, plan: &LevelPlan, row: usize) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(why) => {
                let unit = self.name_of(plan, row);
                let fault = Diagnostic::new(&catalogue::RULE_FAILED).with("rule", rule).with("unit", unit);
                self.faults.push(fault.with("reason", why));
                None
            }
        }
    }

    /// A number that no unit's data can change.
    fn same_for_all(&self, expression: &'d Expression) -> Option<Number> {
        let written = matches!(expression, Expression::Constant(_) | Expression::Param(_));
        self.context.evaluate(expression, 0).ok().filter(|_| written)?.as_number()?.value()
    }

    /// An amount for a unit, if exactly one is known. A failure is reported, and so is an amount that cannot be.
    fn amount(
        &mut self,
        expression: &'d Expression,
        key: &str,
        can_be: fn(Number) -> bool,
        plan: &LevelPlan,
        row: usize,
    ) -> Option<Number> {
        let answer = self.context.evaluate(expression, row);
        let amount = self.answered(answer, key, plan, row)?.as_number()?.value()?;
        if !can_be(amount) {
            let unit = self.name_of(plan, row);
            let fault = Diagnostic::new(&catalogue::IMPOSSIBLE_AMOUNT).with("key", key).with("unit", unit);
            self.faults.push(fault.with("found", amount));
            return None;
        }
        Some(amount)
    }
}

/// The text of a column that names a unit.
fn text_of(
    context: &Context<'_>,
    plan: &LevelPlan,
    row: usize,
    column: impl Fn(&TableSchema) -> Option<crate::schema::ColumnId>,
) -> Option<String> {
    let table = plan.units?;
    let column = column(context.schema.table(table))?;
    context.data.table(table).column(column)?.text(row).map(str::to_owned)
}

fn blank_unit(level: &crate::campaign::Level, plan: &LevelPlan, row: usize, context: &Context<'_>) -> UnitOutcome {
    UnitOutcome {
        row,
        id: plan.units.map_or_else(|| level.id.clone(), |table| context.data.table(table).key(row).to_owned()),
        name: text_of(context, plan, row, |table| table.name),
        cluster: text_of(context, plan, row, |_| level.cluster),
        criteria: Vec::new(),
        score: None,
        rank: None,
        grade: None,
        awards: Vec::new(),
    }
}
