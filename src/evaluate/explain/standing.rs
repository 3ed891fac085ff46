//! Why a unit stands where it stands: how its points add up, and which grades it was passed over for.

use crate::data::Dataset;

use super::super::outcome::{GroupSum, PassedOver};
use super::super::{Options, Plan, in_context};

/// What stands behind a unit's score and grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How its points add up in groups; nothing where there are none, or no score.
    pub groups: Vec<GroupSum>,
    /// The grades better than its own, and what it lacks for each.
    pub passed_over: Vec<PassedOver>,
}

/// What stands behind the score and the grade of a unit; positions are those of the outcome.
#[must_use]
pub fn standing(plan: &Plan, data: &Dataset, options: Options, level: usize, unit: usize) -> Standing {
    let has_any = |level: &super::super::LevelPlan| !(level.groups.is_empty() && level.grades.is_empty());
    if !plan.levels.get(level).is_some_and(has_any) {
        return Standing::default();
    }
    in_context(plan, data, options, None, &mut Vec::new(), |judge, sheets, _| Standing {
        groups: sheets.added_up(level, unit, judge),
        passed_over: sheets.passed_over(level, unit, judge),
    })
}
