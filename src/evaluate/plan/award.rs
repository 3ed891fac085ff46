//! Awards on a level.

use crate::campaign::{Award, Level, Reference};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Base;

use super::value::At;
use super::{AwardPlan, ConditionPlan, CriterionPlan, Planner};

/// Plans the awards of a level, those that others require first.
pub(super) fn plan(level: &Level, criteria: &[CriterionPlan], at: At<'_>, planner: &mut Planner<'_>) -> Vec<AwardPlan> {
    let campaign = planner.campaign;
    let mut plans: Vec<AwardPlan> = Vec::new();
    for position in planner.order(level) {
        let Some(award) = campaign.awards.get(position) else { continue };
        let conditions = award.requires.iter().filter_map(|name| {
            let condition = planner.condition_of(name, criteria, &plans, at)?;
            Some((name.name.clone(), condition))
        });
        let conditions: Vec<_> = conditions.collect();
        let by = planner.keys(&award.by, criteria, level, at);
        let at_most = award.quota.as_ref().and_then(|quota| {
            let (expression, kind) = planner.value(&quota.at_most, at)?;
            if kind.base != Base::Number {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", "a number").with("found", kind);
                planner.fault(fault.at(&quota.at_most.place));
            }
            Some(expression)
        });
        if let Some(when) = planner.when(&award.when, at) {
            plans.push(AwardPlan { award: position, when, conditions, by, at_most });
        }
    }
    plans
}

impl Planner<'_> {
    /// The awards of a level by position, each after those that it requires; a circle is reported.
    fn order(&mut self, level: &Level) -> Vec<usize> {
        let awards = &self.campaign.awards;
        let of_level = |award: &Award| award.levels.contains(&level.id);
        let mut waiting: Vec<usize> = (0..awards.len()).filter(|at| awards.get(*at).is_some_and(of_level)).collect();
        let mut order = Vec::new();
        loop {
            let needs = |at: usize, waiting: &[usize]| {
                let requires = awards.get(at).map(|award| award.requires.as_slice()).unwrap_or_default();
                waiting.iter().any(|other| awards.get(*other).is_some_and(|other| requires.iter().any(|name| name.name == other.id)))
            };
            let Some(free) = waiting.iter().position(|at| !needs(*at, &waiting)) else { break };
            order.push(waiting.remove(free));
        }
        if let Some(award) = waiting.first().and_then(|at| awards.get(*at)) {
            let names: Vec<_> = waiting.iter().filter_map(|at| awards.get(*at)).map(|award| award.id.as_str()).collect();
            let fault = Diagnostic::new(&catalogue::RECURSIVE_RULE).with("name", &award.id).with("path", names.join(" → "));
            self.fault(fault.at(&award.place));
        }
        order
    }

    fn condition_of(&mut self, name: &Reference, criteria: &[CriterionPlan], awards: &[AwardPlan], at: At<'_>) -> Option<ConditionPlan> {
        let campaign = self.campaign;
        if name.name == "all_met" {
            return Some(ConditionPlan::AllMet);
        }
        let is_criterion = |plan: &CriterionPlan| campaign.criteria.get(plan.criterion).is_some_and(|criterion| criterion.id == name.name);
        if let Some(position) = criteria.iter().position(is_criterion) {
            let judged = criteria.get(position).is_some_and(|plan| !plan.target.is_empty());
            if !judged {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", "a criterion with a target");
                self.fault(fault.with("found", format!("`{}`, which is only measured", name.name)).at(&name.place));
            }
            return Some(ConditionPlan::Met(position));
        }
        let is_award = |plan: &AwardPlan| campaign.awards.get(plan.award).is_some_and(|award| award.id == name.name);
        if let Some(position) = awards.iter().position(is_award) {
            return Some(ConditionPlan::Granted(position));
        }
        if self.library.get(&name.name).is_some() {
            let (expression, kind) = self.rule(&name.name, at, "a condition of an award", &name.place)?;
            if kind.base != Base::Flag || kind.optional {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", "yes or no").with("found", kind);
                self.fault(fault.at(&name.place));
                return None;
            }
            return Some(ConditionPlan::Rule(expression));
        }
        let criteria = campaign.criteria.iter().map(|criterion| criterion.id.as_str());
        let awards = campaign.awards.iter().map(|award| award.id.as_str());
        let known = criteria.chain(awards).chain(["all_met"]).chain(self.library.names()).collect();
        self.unknown("criterion, award or rule", &name.name, known, &name.place);
        None
    }
}
