//! What an award asks for.

use crate::rule::Expression;
use crate::value::Truth;

use super::super::super::outcome::Verdict;
use super::super::super::plan::{AwardPlan, ConditionPlan, Plan};
use super::super::super::{AwardOutcome, AwardVerdict, Beside};
use super::super::Judge;
use super::super::sheet::Sheet;

/// What became of the conditions of an award for a unit.
pub(super) struct Asked {
    /// Whether the unit may win it at all.
    pub may_win: Truth,
    /// The decision, before a quota chooses.
    pub outcome: AwardOutcome,
}

impl<'d> Judge<'_, 'd> {
    /// The conditions of an award for a unit; nothing for a unit that cannot win it.
    pub(super) fn conditions(&mut self, award: &'d AwardPlan, sheet: &Sheet<'d>, unit: usize) -> Option<Asked> {
        let may_win = match &award.when {
            Some(when) => self.holds(when, "when", sheet, unit),
            None => Truth::True,
        };
        if may_win == Truth::False {
            return None;
        }
        let mut conditions = Vec::with_capacity(award.conditions.len());
        for (name, condition) in &award.conditions {
            conditions.push((name.clone(), self.condition(condition, sheet, unit)));
        }
        let all = conditions.iter().map(|(_, truth)| *truth).fold(may_win, Truth::and);
        let verdict = match all {
            Truth::True => AwardVerdict::Eligible,
            Truth::False => AwardVerdict::NotEligible,
            Truth::Unknown => AwardVerdict::Undetermined,
        };
        let is_due = |at: &usize| sheet.verdict(*at, unit) != Some(Verdict::NotDue);
        let provisional = !award.rests_on.iter().all(is_due);
        let outcome = AwardOutcome {
            verdict,
            conditions,
            beside: Beside::default(),
            stopped_by: None,
            gap: None,
            replaced_by: None,
            provisional,
            otherwise: Vec::new(),
        };
        Some(Asked { may_win, outcome })
    }

    pub(in crate::evaluate::judge) fn condition(
        &mut self,
        condition: &'d ConditionPlan,
        sheet: &Sheet<'d>,
        unit: usize,
    ) -> Truth {
        match condition {
            ConditionPlan::AllMet => all_met(self.plan, sheet, unit),
            ConditionPlan::Met(at) => sheet.verdict(*at, unit).map_or(Truth::Unknown, is_met),
            // One that was won and given up is asked for before it is given up: see the order of the stages.
            ConditionPlan::Granted(at) | ConditionPlan::Won(at) => granted_of(sheet, *at, unit),
            ConditionPlan::NotGranted(at) => !granted_of(sheet, *at, unit),
            ConditionPlan::Rule(expression) => self.holds(expression, "award", sheet, unit),
        }
    }

    pub(in crate::evaluate::judge) fn holds(
        &mut self,
        expression: &'d Expression,
        rule: &str,
        sheet: &Sheet<'d>,
        unit: usize,
    ) -> Truth {
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let answer = self.context.truth(expression, row);
        self.answered(answer, rule, sheet.plan, row).unwrap_or(Truth::Unknown)
    }
}

/// The Kleene *and* over obligations and targets that apply and are due. Where nothing is left, nothing is known.
fn all_met(plan: &Plan, sheet: &Sheet<'_>, unit: usize) -> Truth {
    let judged = sheet.plan.binding(&plan.campaign).filter_map(|at| {
        let said = sheet.said(at)?;
        Some((said.verdict(unit)?, said.so_far(unit)))
    });
    let counted = judged.filter(|(verdict, so_far)| !is_left_out(*verdict, *so_far));
    counted.map(|(verdict, _)| is_met(verdict)).reduce(Truth::and).unwrap_or(Truth::Unknown)
}

/// Whether a criterion neither helps nor hurts `all_met`. What is met or not due yet does neither, whichever it is.
fn is_left_out(verdict: Verdict, so_far: Option<Verdict>) -> bool {
    let met_or_not_due = verdict == Verdict::Undetermined && so_far == Some(Verdict::Undetermined);
    met_or_not_due
        || matches!(verdict, Verdict::NotApplicable | Verdict::NotDue | Verdict::NoTarget | Verdict::Measured)
}

/// Whether a verdict says that the target is met. What does not apply is not: whoever names a criterion asks for the
/// deed.
pub(in crate::evaluate::judge) fn is_met(verdict: Verdict) -> Truth {
    match verdict {
        Verdict::Met | Verdict::Exceeded => Truth::True,
        Verdict::NotMet | Verdict::NotApplicable | Verdict::NoTarget => Truth::False,
        Verdict::Undetermined | Verdict::NotDue | Verdict::Measured => Truth::Unknown,
    }
}

/// Whether an award of the level is granted to a unit.
fn granted_of(sheet: &Sheet<'_>, award: usize, unit: usize) -> Truth {
    let other = sheet.awards.get(award).and_then(|column| column.get(unit));
    other.map_or(Truth::Unknown, |outcome| granted(outcome.as_ref()))
}

/// Whether an award is granted to a unit; one that it cannot win is not.
pub(in crate::evaluate::judge) fn granted(outcome: Option<&AwardOutcome>) -> Truth {
    match outcome.map(|outcome| outcome.verdict) {
        Some(AwardVerdict::Granted) => Truth::True,
        Some(AwardVerdict::NotEligible | AwardVerdict::Eligible | AwardVerdict::Replaced) | None => Truth::False,
        Some(AwardVerdict::Undetermined | AwardVerdict::TiedAtCut) => Truth::Unknown,
    }
}
