//! Why a unit stands where it stands: what its points come to, who stands next to it, which grades it was passed over
//! for, and what the rules looked at that decide on its awards.

use crate::data::Dataset;
use crate::rule::Context;
use crate::value::Number;

use super::super::awarded::Gap;
use super::super::outcome::{PassedOver, Sums};
use super::super::plan::{ConditionPlan, LevelPlan};
use super::super::{Options, Plan, in_context};
use super::input::inputs;
use super::reckoning::Input;

/// What stands behind a unit's score, place, grade and awards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// What all its points come to; nothing where there is no score, or what does not apply is scaled up.
    pub in_all: Option<InAll>,
    /// Who stands next to it.
    pub neighbours: Vec<Neighbour>,
    /// The grades better than its own, and what it lacks for each.
    pub passed_over: Vec<PassedOver>,
    /// What the rules that are asked as conditions looked at, by their names.
    pub looked_at: Vec<(String, Vec<Input>)>,
}

/// What the points of a unit come to, before they are rounded, and the bounds of its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InAll {
    /// At the least and at the most.
    pub ends: [Sums; 2],
    /// No score is less.
    pub at_least: Option<Number>,
    /// No score is greater.
    pub at_most: Option<Number>,
}

/// Who stands next to a unit in its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The row of the other unit.
    pub row: usize,
    /// Whether it stands before; nothing where both are equal in every key.
    pub before: Option<bool>,
    /// The key that parts them.
    pub gap: Option<Gap>,
    /// The keys before it, in which they are equal.
    pub equal_in: Vec<String>,
}

/// What stands behind the score, the place, the grade and the awards of a unit; positions are those of the outcome.
#[must_use]
pub fn standing(plan: &Plan, data: &Dataset, options: Options, level: usize, unit: usize, row: usize) -> Standing {
    in_context(plan, data, options, Vec::new(), &mut Vec::new(), |judge, sheets, _| Standing {
        in_all: sheets.in_all(level, unit, judge),
        neighbours: sheets.neighbours(level, unit, judge),
        passed_over: sheets.passed_over(level, unit, judge),
        looked_at: judge
            .plan
            .levels
            .get(level)
            .map(|of| looked_at(judge.plan, of, judge.context, row))
            .unwrap_or_default(),
    })
}

/// What each rule looked at that awards and the ranking ask as a condition.
fn looked_at<'d>(plan: &'d Plan, level: &'d LevelPlan, context: &Context<'d>, row: usize) -> Vec<(String, Vec<Input>)> {
    let mut found: Vec<(String, Vec<Input>)> = Vec::new();
    let asked = level.awards.iter().flat_map(|award| &award.conditions).chain(&level.rank_requires);
    for (name, condition) in asked {
        if let ConditionPlan::Rule(expression) = condition
            && !found.iter().any(|(known, _)| known == name)
        {
            found.push((name.clone(), inputs(plan, context, expression, row, &[])));
        }
    }
    found.retain(|(_, inputs)| !inputs.is_empty());
    found
}
