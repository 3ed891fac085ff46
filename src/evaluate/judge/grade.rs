//! Grades by score.

use crate::campaign::{BoundKind, Level};
use crate::schema::Title;
use crate::value::{Possible, Truth};

use super::super::outcome::{GradeOutcome, UnitOutcome};
use super::super::plan::LevelPlan;
use super::Judge;

/// Gives each unit the best grade whose bar its score reaches; where it may reach several, the grade is open.
pub(super) fn grades<'d>(level: &Level, plan: &'d LevelPlan, units: &mut [UnitOutcome], judge: &Judge<'_, 'd>) {
    if level.grades.is_empty() {
        return;
    }
    for unit in units {
        let Some(score) = &unit.score else { continue };
        let reached = Possible::between(score.least, score.greatest);
        let known = score.least.is_some() && !score.perhaps_none;
        unit.grade = Some(grade(level, plan, &reached, known, unit.row, judge));
    }
}

fn grade<'d>(
    level: &Level,
    plan: &'d LevelPlan,
    score: &Possible<crate::value::Number>,
    known: bool,
    row: usize,
    judge: &Judge<'_, 'd>,
) -> GradeOutcome {
    let undecided = GradeOutcome { id: None, title: Title::default() };
    for (grade, bar) in level.grades.iter().zip(&plan.grades) {
        let reaches = match (&grade.bound, bar) {
            (None, _) => Truth::True,
            (Some(_), None) => Truth::Unknown,
            (Some(bound), Some(bar)) => {
                let bar = judge
                    .context
                    .evaluate(bar, row)
                    .ok()
                    .and_then(|bar| bar.as_number())
                    .unwrap_or_else(Possible::unknown);
                if bound.kind == BoundKind::MoreThan { score.greater(&bar) } else { score.at_least(&bar) }
            }
        };
        match reaches {
            _ if !known => return undecided,
            Truth::True => return GradeOutcome { id: Some(grade.id.clone()), title: grade.title.clone() },
            Truth::Unknown => return undecided,
            Truth::False => {}
        }
    }
    undecided
}
