//! Grades: the best one whose bar the score reaches and whose conditions hold.

use crate::campaign::{BoundKind, Grade};
use crate::rule::Expression;
use crate::schema::Title;
use crate::value::{Number, Possible, Truth};

use super::super::outcome::{GradeOutcome, PassedOver, Score};
use super::super::plan::GradePlan;
use super::Judge;
use super::sheet::{Graded, Sheet};

impl<'d> Judge<'_, 'd> {
    /// Gives each unit the first grade that it may be given, whose bar its score reaches and whose conditions hold;
    /// whoever misses a condition falls to the next. Where it may be several, the grade is open.
    pub(super) fn grades(&mut self, sheet: &mut Sheet<'d>) {
        if sheet.level.grades.is_empty() {
            return;
        }
        let mut grades = Vec::with_capacity(sheet.units.len());
        for unit in 0..sheet.units.len() {
            let score = sheet.scores.get(unit);
            grades.push(self.grade(sheet, score.as_ref(), unit));
        }
        sheet.grades = grades;
    }

    fn grade(&mut self, sheet: &Sheet<'d>, score: Option<&Score>, unit: usize) -> Option<Graded> {
        let grades = &sheet.level.grades;
        let reached = score.map_or_else(|| Possible::unknown().or_none(), Score::known);
        let mut possible = Vec::new();
        for (at, (grade, plan)) in grades.iter().zip(&sheet.plan.grades).enumerate() {
            match self.given(grade, plan, &reached, sheet, unit) {
                Truth::False => {}
                Truth::Unknown => possible.push(at),
                Truth::True => {
                    possible.push(at);
                    return Some(graded(grades, &possible, false));
                }
            }
        }
        score.is_some().then(|| graded(grades, &possible, true))
    }

    /// The grades that a unit does not surely have and that stand before the one that it has, with what it lacks for
    /// each. A grade that is not for such units is none of them.
    pub(super) fn passed_over(&mut self, sheet: &Sheet<'d>, unit: usize) -> Vec<PassedOver> {
        let score = sheet.scores.get(unit);
        let score = score.map_or_else(|| Possible::unknown().or_none(), |score| score.known());
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let mut found = Vec::new();
        for (grade, plan) in sheet.level.grades.iter().zip(&sheet.plan.grades) {
            if self.given(grade, plan, &score, sheet, unit) == Truth::True {
                break;
            }
            let is_for = plan.when.as_ref().map_or(Truth::True, |when| self.holds(when, "when", sheet, unit));
            if is_for == Truth::False {
                continue;
            }
            let reaches = self.reaches(grade, plan.bar.as_ref(), &score, row);
            let bar = plan.bar.as_ref().and_then(|bar| self.context.evaluate(bar, row).ok()?.as_number()?.value());
            let bar = grade.bound.as_ref().zip(bar).filter(|_| reaches != Truth::True);
            let mut conditions = Vec::new();
            for (name, condition) in grade.requires.iter().zip(&plan.requires) {
                conditions.push((name.name.clone(), self.condition(condition, sheet, unit)));
            }
            conditions.retain(|(_, holds)| *holds != Truth::True);
            found.push(PassedOver {
                id: grade.id.clone(),
                title: grade.title.clone(),
                bar: bar.map(|(bound, bar)| (bound.kind, bar, reaches)),
                conditions,
            });
        }
        found
    }

    /// Whether a unit fulfils everything that a grade asks.
    fn given(
        &mut self,
        grade: &Grade,
        plan: &'d GradePlan,
        score: &Possible<Number>,
        sheet: &Sheet<'d>,
        unit: usize,
    ) -> Truth {
        let mut given = match &plan.when {
            Some(when) => self.holds(when, "when", sheet, unit),
            None => Truth::True,
        };
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        given = given.and(self.reaches(grade, plan.bar.as_ref(), score, row));
        for condition in &plan.requires {
            given = given.and(self.condition(condition, sheet, unit));
        }
        given
    }

    fn reaches(&self, grade: &Grade, bar: Option<&'d Expression>, score: &Possible<Number>, row: usize) -> Truth {
        let Some(bound) = &grade.bound else { return Truth::True };
        let bar = bar.and_then(|bar| self.context.evaluate(bar, row).ok()?.as_number());
        let bar = bar.unwrap_or_else(Possible::unknown);
        // A unit without a score has none of which anybody could say that it is too low.
        if score.is_none() {
            return Truth::Unknown;
        }
        let reaches = if bound.kind == BoundKind::MoreThan { score.greater(&bar) } else { score.at_least(&bar) };
        if score.may_be_none() && reaches == Truth::False { Truth::Unknown } else { reaches }
    }
}

/// The grade where only one is possible. A score that no bar takes, or that is unknown, leaves it open.
fn graded(grades: &[Grade], possible: &[usize], open: bool) -> Graded {
    let step = |at: usize| u32::try_from(grades.len() - 1 - at).ok();
    let steps = match possible {
        _ if open => Possible::unknown().or_none(),
        [best, .., worst] => Possible::between(step(*worst), step(*best)),
        [only] => Possible::between(step(*only), step(*only)),
        [] => Possible::unknown().or_none(),
    };
    let only = if let ([only], false) = (possible, open) { grades.get(*only) } else { None };
    let outcome = only.map_or_else(
        || GradeOutcome { id: None, title: Title::default(), provisional: false },
        |grade| GradeOutcome { id: Some(grade.id.clone()), title: grade.title.clone(), provisional: false },
    );
    Graded { outcome, steps }
}
