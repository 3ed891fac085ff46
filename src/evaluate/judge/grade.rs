//! Grades by score.

use crate::campaign::{BoundKind, Grade};
use crate::rule::Expression;
use crate::schema::Title;
use crate::value::{Number, Possible, Truth};

use super::super::outcome::{GradeOutcome, Score};
use super::Judge;
use super::sheet::{Graded, Sheet};

impl<'d> Judge<'_, 'd> {
    /// Gives each unit the best grade whose bar its score reaches; where it may reach several, the grade is open.
    pub(super) fn grades(&mut self, sheet: &mut Sheet<'d>) {
        if sheet.level.grades.is_empty() {
            return;
        }
        let units = sheet.units.iter().zip(&sheet.scores);
        let grades = units.map(|(unit, score)| Some(self.grade(sheet, score.as_ref()?, unit.row)));
        sheet.grades = grades.collect();
    }

    fn grade(&self, sheet: &Sheet<'d>, score: &Score, row: usize) -> Graded {
        let grades = &sheet.level.grades;
        let reached = Possible::between(score.least, score.greatest);
        let known = score.least.is_some() && !score.perhaps_none;
        let mut possible = Vec::new();
        for (at, (grade, bar)) in grades.iter().zip(&sheet.plan.grades).enumerate() {
            match self.reaches(grade, bar.as_ref(), &reached, row) {
                _ if !known => break,
                Truth::False => {}
                Truth::Unknown => possible.push(at),
                Truth::True => {
                    possible.push(at);
                    return graded(grades, &possible, false);
                }
            }
        }
        graded(grades, &possible, true)
    }

    fn reaches(&self, grade: &Grade, bar: Option<&'d Expression>, score: &Possible<Number>, row: usize) -> Truth {
        let Some(bound) = &grade.bound else { return Truth::True };
        let bar = bar.and_then(|bar| self.context.evaluate(bar, row).ok()?.as_number());
        let bar = bar.unwrap_or_else(Possible::unknown);
        if bound.kind == BoundKind::MoreThan { score.greater(&bar) } else { score.at_least(&bar) }
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
        || GradeOutcome { id: None, title: Title::default() },
        |grade| GradeOutcome { id: Some(grade.id.clone()), title: grade.title.clone() },
    );
    Graded { outcome, steps }
}
