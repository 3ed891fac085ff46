//! How the places of an award are counted on one level.

use std::sync::Arc;

use crate::campaign::{AtCut, PlaceRounding, Unused};
use crate::rule::Expression;
use crate::schema::Words;

use super::ConditionPlan;

/// How many may win an award.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaPlan {
    /// So many, or such a part of a set.
    pub at_most: Expression,
    /// The set of which it is a part; a count is of nothing.
    pub share: Option<SharePlan>,
    /// What it is counted in; in the whole level without any.
    pub per: Vec<PerPlan>,
    /// What becomes of a tie at the cut.
    pub at_cut: AtCut,
    /// So many winners there may be where a tie is given away.
    pub up_to: Option<Expression>,
    /// Places that are kept for some.
    pub keep: Option<KeepPlan>,
}

/// Of what a quota is a part.
#[derive(Clone, Debug, PartialEq)]
pub struct SharePlan {
    /// The set.
    pub of: BasePlan,
    /// As the campaign writes it.
    pub name: String,
    /// What becomes of a part of a place.
    pub round: PlaceRounding,
    /// There are no fewer places than this.
    pub at_least: Option<Expression>,
}

/// The set that a percentage is taken of.
#[derive(Clone, Debug, PartialEq)]
pub enum BasePlan {
    /// Those who may win the award.
    Units,
    /// Those for whom its conditions hold.
    Eligible,
    /// Those for whom something holds.
    Holds(ConditionPlan),
}

/// Places that are kept for some.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepPlan {
    /// So many, or such a part of the places.
    pub places: Expression,
    /// Where it is a part: what becomes of a part of a place.
    pub round: Option<PlaceRounding>,
    /// For whom.
    pub whom: ConditionPlan,
    /// What becomes of those that they do not fill.
    pub unused: Unused,
}

/// What a quota is counted in.
#[derive(Clone, Debug, PartialEq)]
pub enum PerPlan {
    /// Each cluster.
    Cluster,
    /// Each value of a column or a rule.
    Each {
        /// As the campaign writes it.
        name: String,
        /// The value of a unit.
        value: Expression,
        /// The words that it is one of, if it is a word.
        words: Option<Arc<Words>>,
    },
}

impl QuotaPlan {
    /// Everything that is computed for it.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let at_least = self.share.iter().filter_map(|share| share.at_least.as_ref());
        let per = self.per.iter().filter_map(|per| match per {
            PerPlan::Each { value, .. } => Some(value),
            PerPlan::Cluster => None,
        });
        let kept = self.keep.iter().map(|keep| &keep.places);
        let rules = self.conditions().filter_map(ConditionPlan::expression);
        [&self.at_most].into_iter().chain(at_least).chain(&self.up_to).chain(per).chain(kept).chain(rules)
    }

    /// What is asked of units for it: whether they are of the set, and whether places are kept for them.
    pub fn conditions(&self) -> impl Iterator<Item = &ConditionPlan> {
        let base = self.share.iter().filter_map(|share| match &share.of {
            BasePlan::Holds(condition) => Some(condition),
            BasePlan::Units | BasePlan::Eligible => None,
        });
        base.chain(self.keep.iter().map(|keep| &keep.whom))
    }
}
