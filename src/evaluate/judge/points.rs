//! Points: what a criterion earns, exactly.

use crate::campaign::{Level, Pot, ScorePolicy};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{Number, Truth};

use super::super::judgements::Earnings;
use super::super::outcome::{Counts, Points, Verdict};
use super::super::plan::{CriterionPlan, FormPlan, LevelPlan, PointsPlan};
use super::Judge;
use super::alike::Alike;
use super::form::Earned;
use super::sheet::Sheet;
use super::verdict::{Stakes, is_written};

impl<'d> Judge<'_, 'd> {
    /// The points of a criterion for every unit. A level that does not say how it scores gives none.
    pub(super) fn points(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let (level, plan) = (sheet.level, sheet.plan);
        let Some(policy) = &level.score else { return };
        let Some(criterion) = plan.criteria.get(at) else { return };
        let Some(points) = &criterion.points else { return };
        let Some((measured, judged)) = sheet.measured.get(at).zip(sheet.judged.get_mut(at)) else { return };
        let units = &sheet.units;
        let of_unit = |judge: &mut Judge<'_, 'd>, at: usize| {
            let row = units.get(at)?.row;
            let (verdict, stakes, cell) = (judged.said.verdict(at)?, judged.stakes(at)?, measured.get(at)?.cell);
            let at_stake = points.max.as_ref();
            let max = judge.maybe_amount(at_stake, "points.max", |number| !number.is_negative(), plan, row)?;
            judge.earned(&Earning { criterion, points, verdict, stakes, cell, max, plan, row }, policy, level)
        };
        let prepare = |judge: &mut Judge<'_, 'd>| (judge.earns_alike(criterion, points, plan, units.len()), ());
        let earned: Earnings = self.column_of_alike(measured, units.len(), prepare, |judge, (), at| of_unit(judge, at));
        judged.said.set_points(earned);
        // What they depended on is needed only where other numbers follow.
        if !self.again {
            judged.settle();
        }
    }

    /// Whether units that measured alike earn alike: where all amounts are written too.
    fn earns_alike(
        &mut self,
        criterion: &'d CriterionPlan,
        points: &'d PointsPlan,
        plan: &'d LevelPlan,
        units: usize,
    ) -> Option<Alike> {
        let written = points.expressions().into_iter().all(is_written);
        let alike = self.alike(criterion, plan, units).filter(|_| written)?;
        // What is met earns the same, whatever it measured.
        Some(if matches!(points.form, FormPlan::AllOrNothing) { alike } else { alike.by_number() })
    }

    fn earned(&mut self, earning: &Earning<'_, 'd>, policy: &ScorePolicy, level: &Level) -> Option<Points> {
        let counts = counts(earning);
        let pot = earning.points.pot;
        let nothing = |of: Number| Points { least: Number::ZERO, greatest: Number::ZERO, of, counts, pot };
        if matches!(counts, Counts::NotApplicable | Counts::LeftOut) {
            return Some(nothing(earning.max.unwrap_or(Number::ZERO)));
        }
        let earned = match self.form(earning)? {
            Ok(earned) => self.rounded(earning, policy, level, earned),
            Err(why) => Err(why),
        };
        let of = earning.max.or_else(|| earned.as_ref().ok().and_then(|earned| earned.of)).unwrap_or(Number::ZERO);
        Some(match earned {
            Ok(earned) if counts == Counts::PerhapsLeftOut => Points {
                least: earned.least.min(Number::ZERO),
                greatest: earned.greatest.max(Number::ZERO),
                ..nothing(of)
            },
            Ok(earned) => Points { least: earned.least, greatest: earned.greatest, ..nothing(of) },
            Err(why) => {
                self.answered::<()>(Err(why.into()), "points", earning.plan, earning.row);
                Points { greatest: of, ..nothing(of) }
            }
        })
    }

    /// Points as the level declares them; what cannot be written as a decimal must be rounded.
    fn rounded(
        &mut self,
        earning: &Earning<'_, 'd>,
        policy: &ScorePolicy,
        level: &Level,
        earned: Earned,
    ) -> Result<Earned, crate::value::ArithmeticFault> {
        if let Some(places) = policy.rounding.items {
            let least = earned.least.round(places)?;
            let greatest = if earned.greatest == earned.least { least } else { earned.greatest.round(places)? };
            return Ok(Earned { least, greatest, ..earned });
        }
        if !(earned.least.is_decimal() && earned.greatest.is_decimal()) {
            let fault = Diagnostic::new(&catalogue::SCORE_NOT_ROUNDED).with("criterion", self.id(earning));
            let unit = self.name_of(earning.plan, earning.row);
            self.faults.push(fault.with("unit", unit).with("level", &level.id));
        }
        Ok(earned)
    }

    /// The id of the criterion that earns.
    pub(super) fn id(&self, earning: &Earning<'_, 'd>) -> &'d str {
        self.plan.campaign.criteria.get(earning.criterion.criterion).map_or("", |criterion| criterion.id.as_str())
    }
}

/// What the points of a criterion for a unit are made of.
pub(super) struct Earning<'e, 'd> {
    pub criterion: &'d CriterionPlan,
    pub points: &'d PointsPlan,
    pub verdict: Verdict,
    pub stakes: Stakes<'e, 'd>,
    pub cell: Cell<'d>,
    /// The points at stake, where they are named.
    pub max: Option<Number>,
    pub plan: &'d LevelPlan,
    pub row: usize,
}

fn counts(earning: &Earning<'_, '_>) -> Counts {
    let possibilities = &earning.stakes.possibilities;
    let needs_no_target = matches!(earning.points.form, FormPlan::Rule { of_a_unit: true, .. });
    let no_target = if needs_no_target { Truth::False } else { possibilities.no_target };
    let waits = waits_for_the_target(&earning.points.form);
    match earning.verdict {
        Verdict::NoTarget if needs_no_target => Counts::Fully,
        Verdict::NotApplicable | Verdict::NoTarget => Counts::NotApplicable,
        Verdict::NotDue if waits => Counts::LeftOut,
        Verdict::Undetermined if waits && possibilities.early.can_be_true() => Counts::PerhapsLeftOut,
        Verdict::NotDue | Verdict::Undetermined | Verdict::Measured
            if possibilities.not_applicable.or(no_target).can_be_true() =>
        {
            Counts::PerhapsNotApplicable
        }
        _ => Counts::Fully,
    }
}

/// Whether points depend on the target being met: before it is due, nobody knows whether it will be. What a value
/// earns by itself it earns today, as it would without a target.
fn waits_for_the_target(form: &FormPlan) -> bool {
    match form {
        FormPlan::AllOrNothing | FormPlan::Proportional | FormPlan::Term { .. } => true,
        FormPlan::Rule { of_a_unit, .. } => *of_a_unit,
        FormPlan::Bands { .. } | FormPlan::Each { .. } | FormPlan::Steps(_) | FormPlan::AsMeasured => false,
    }
}

/// Whether points enter the full score.
pub(super) fn is_base(points: &Points) -> bool {
    points.pot == Pot::Base
}
