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

/// Plans the awards of a level.
pub(super) fn plan(level: &Level, criteria: &[CriterionPlan], at: At<'_>, planner: &mut Planner<'_>) -> Vec<AwardPlan> {
    let awards = planner.campaign.awards.iter().enumerate();
    let of_level: Vec<_> = awards.filter(|(_, award)| award.levels.contains(&level.id)).collect();
    let ids: Vec<&str> = of_level.iter().map(|(_, award)| award.id.as_str()).collect();
    of_level.iter().filter_map(|(position, award)| planner.award(*position, award, &ids, criteria, level, at)).collect()
}

impl Planner<'_> {
    fn award(
        &mut self,
        position: usize,
        award: &Award,
        awards: &[&str],
        criteria: &[CriterionPlan],
        level: &Level,
        at: At<'_>,
    ) -> Option<AwardPlan> {
        let at = At { args: &award.args, ..at };
        let conditions = self.conditions(&award.requires, criteria, awards, at);
        self.nothing_among_tied(&award.by);
        let by = self.keys(&award.by, criteria, level, at);
        let at_most = award.quota.as_ref().and_then(|quota| self.of_type(Base::Number, &quota.at_most, at));
        let when = self.when(&award.when, at)?;
        Some(AwardPlan { award: position, when, conditions, by, at_most, rests_on: Vec::new() })
    }

    /// Conditions with their names.
    pub(super) fn conditions(
        &mut self,
        names: &[Reference],
        criteria: &[CriterionPlan],
        awards: &[&str],
        at: At<'_>,
    ) -> Vec<(String, ConditionPlan)> {
        let condition = |name: &Reference| Some((name.name.clone(), self.condition_of(name, criteria, awards, at)?));
        names.iter().filter_map(condition).collect()
    }

    pub(super) fn condition_of(
        &mut self,
        name: &Reference,
        criteria: &[CriterionPlan],
        awards: &[&str],
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
        if let Some(position) = awards.iter().position(|award| *award == name.name) {
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
