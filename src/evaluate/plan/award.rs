//! Awards on a level.

use crate::campaign::{Award, Level, Reference};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::rule::Base;

use super::value::At;
use super::{AwardPlan, ConditionPlan, CriterionPlan, Planner};

const A_CONDITION: Phrase = Phrase::new("a condition of an award", "điều kiện khen thưởng");
const CONDITION: Phrase = Phrase::new("criterion, award or rule", "tiêu chí, hình thức khen thưởng hay quy tắc");
const A_TARGET: Phrase = Phrase::new("a criterion with a target", "tiêu chí có chỉ tiêu");
const ONLY_MEASURED: Phrase = Phrase::new("`{name}`, which is only measured", "`{name}` vì tiêu chí này chỉ đo");

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
        let at_most = award.quota.as_ref().and_then(|quota| planner.of_type(Base::Number, &quota.at_most, at));
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
                waiting.iter().any(|other| {
                    awards.get(*other).is_some_and(|other| requires.iter().any(|name| name.name == other.id))
                })
            };
            let Some(free) = waiting.iter().position(|at| !needs(*at, &waiting)) else { break };
            order.push(waiting.remove(free));
        }
        if let Some(first) = waiting.first() {
            self.circle(*first, &waiting);
        }
        order
    }

    /// Reports the circle that is reached from an award whose requirements never come to an end.
    fn circle(&mut self, first: usize, waiting: &[usize]) {
        let awards = &self.campaign.awards;
        let next = |at: usize| {
            let requires = &awards.get(at)?.requires;
            let waits_for = |other: &&usize| {
                awards.get(**other).is_some_and(|award| requires.iter().any(|name| name.name == award.id))
            };
            waiting.iter().find(waits_for).copied()
        };
        // After as many steps as there are awards, the way runs inside the circle.
        let inside = std::iter::successors(Some(first), |at| next(*at)).nth(waiting.len()).unwrap_or(first);
        let rest = std::iter::successors(next(inside), |at| next(*at).filter(|_| *at != inside));
        let path: Vec<_> =
            std::iter::once(inside).chain(rest).filter_map(|at| Some(awards.get(at)?.id.as_str())).collect();
        let Some(award) = awards.get(inside) else { return };
        let fault = Diagnostic::new(&catalogue::AWARD_CIRCLE).with("name", &award.id).with("path", path.join(" → "));
        self.fault(fault.at(&award.place));
    }

    fn condition_of(
        &mut self,
        name: &Reference,
        criteria: &[CriterionPlan],
        awards: &[AwardPlan],
        at: At<'_>,
    ) -> Option<ConditionPlan> {
        let campaign = self.campaign;
        if name.name == "all_met" {
            return Some(ConditionPlan::AllMet);
        }
        let is_criterion = |plan: &CriterionPlan| {
            campaign.criteria.get(plan.criterion).is_some_and(|criterion| criterion.id == name.name)
        };
        if let Some(position) = criteria.iter().position(is_criterion) {
            let judged = criteria.get(position).is_some_and(|plan| !plan.target.is_empty());
            if !judged {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", A_TARGET);
                self.fault(fault.with("found", ONLY_MEASURED.with("name", &name.name)).at(&name.place));
            }
            return Some(ConditionPlan::Met(position));
        }
        // A criterion that could not be planned has been reported: it is no unknown name.
        if campaign.criterion(&name.name).is_some_and(|criterion| criterion.levels.iter().any(|id| id == at.level)) {
            return None;
        }
        let is_award = |plan: &AwardPlan| campaign.awards.get(plan.award).is_some_and(|award| award.id == name.name);
        if let Some(position) = awards.iter().position(is_award) {
            return Some(ConditionPlan::Granted(position));
        }
        if self.library.get(&name.name).is_some() {
            let (expression, kind) = self.rule(&name.name, at, A_CONDITION, &name.place)?;
            if kind.base != Base::Flag || kind.optional {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", Base::Flag).with("found", kind);
                self.fault(fault.at(&name.place));
                return None;
            }
            return Some(ConditionPlan::Rule(expression));
        }
        let criteria = campaign.criteria.iter().map(|criterion| criterion.id.as_str());
        let awards = campaign.awards.iter().map(|award| award.id.as_str());
        let known: Vec<_> = criteria.chain(awards).chain(["all_met"]).chain(self.library.names()).collect();
        self.unknown(CONDITION, &name.name, &known, &name.place);
        None
    }
}
