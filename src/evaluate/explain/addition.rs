//! How points add up in groups, and which limits cut them.

use crate::data::Dataset;

use super::super::outcome::GroupSum;
use super::super::{Options, Plan, in_context};

/// How the points of a unit add up in the groups of its level; positions are those of the outcome. Without groups, or
/// where there is no score, there is nothing to say.
#[must_use]
pub fn added_up(plan: &Plan, data: &Dataset, options: Options, level: usize, unit: usize) -> Vec<GroupSum> {
    if plan.levels.get(level).is_none_or(|level| level.groups.is_empty()) {
        return Vec::new();
    }
    in_context(plan, data, options, None, &mut Vec::new(), |judge, sheets, _| sheets.added_up(level, unit, judge))
}
