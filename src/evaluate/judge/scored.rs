//! What several have said of one thing.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::Truth;

use super::super::outcome::Scored;
use super::super::plan::{CriterionPlan, LevelPlan};
use super::Judge;

impl<'d> Judge<'_, 'd> {
    /// What each scorer of a criterion said of a unit. A value that differs from the one before it needs its reason,
    /// where the campaign asks for one.
    pub(super) fn scored(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> Vec<Scored> {
        let mut scored: Vec<Scored> = Vec::with_capacity(plan.scorers.len());
        for (at, scorer) in plan.scorers.iter().enumerate() {
            let answer = self.context.evaluate(&scorer.value, row);
            let cell = self.answered(answer, self.id_of(plan), level, row);
            let value = cell.and_then(|cell| cell.as_number()).unwrap_or_else(crate::value::Possible::unknown);
            let reason = scorer.reason.as_ref().and_then(|reason| match self.context.evaluate(reason, row) {
                Ok(Cell::Text(text)) => text.value().map(str::to_owned).filter(|text| !text.is_empty()),
                _ => None,
            });
            let before = scored.iter().rev().find(|before| !before.value.is_none());
            let differs = before.is_some_and(|before| before.value.equals(&value) == Truth::False) && !value.is_none();
            if differs && scorer.reason.is_some() && reason.is_none() {
                let fault = Diagnostic::new(&catalogue::CHANGED_WITHOUT_REASON).with("criterion", self.id_of(plan));
                let unit = self.name_of(level, row);
                self.faults.push(fault.with("unit", unit).with("scorer", self.scorer(plan, at)));
            }
            scored.push(Scored { value, reason });
        }
        scored
    }

    fn scorer(&self, plan: &CriterionPlan, at: usize) -> &'d str {
        let criterion = self.plan.campaign.criteria.get(plan.criterion);
        let scorers = criterion.and_then(|criterion| criterion.scorers());
        scorers.and_then(|scorers| scorers.by.get(at)).map_or("", |scorer| scorer.id.as_str())
    }
}
