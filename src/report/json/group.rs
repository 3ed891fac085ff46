//! What a group of points gives.

use serde::Serialize;

use crate::evaluate::{GroupSum, LevelOutcome, Sums};

use super::award::answer;
use super::keyed::Keyed;

/// What a group of points adds up to and gives, at the least and at the most.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "GroupSum"))]
pub struct GroupJson {
    /// What its items add up to.
    pub added: EndsJson,
    /// What it gives of that.
    pub gives: EndsJson,
    /// What it requires and what does not hold, or, where it is null, perhaps does not.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub misses: Keyed<Option<bool>>,
}

/// Points pot by pot, at the least and at the most.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "GroupPoints"))]
pub struct EndsJson {
    /// Of the full score.
    pub points: [String; 2],
    /// On top of it.
    pub bonus: [String; 2],
    /// Off it; not above nought.
    pub penalty: [String; 2],
}

impl GroupJson {
    pub(super) fn new(level: &LevelOutcome, sum: &GroupSum) -> Option<(String, Self)> {
        let [added, gives] = [0, 1].map(|at| EndsJson::new(sum.least.get(at), sum.greatest.get(at)));
        let misses = sum.misses.iter().map(|(id, truth)| (id.clone(), answer(*truth))).collect();
        Some((level.groups.get(sum.group)?.id.clone(), Self { added: added?, gives: gives?, misses }))
    }
}

impl EndsJson {
    fn new(least: Option<&Sums>, greatest: Option<&Sums>) -> Option<Self> {
        let ends = [least?, greatest?];
        Some(Self {
            points: ends.map(|sums| sums.base.to_string()),
            bonus: ends.map(|sums| sums.bonus.to_string()),
            penalty: ends.map(|sums| sums.penalty.to_string()),
        })
    }
}
