//! Who is judged, and how their points become scores, ranks and grades.

use crate::schema::{ColumnId, TableId, Title};
use crate::source::Place;

use super::{Bound, Reference, Sourced, Value, When};

/// A level of units that are judged together.
#[derive(Clone, Debug)]
pub struct Level {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// Its units.
    pub units: UnitsOf,
    /// The column with the cluster of a unit.
    pub cluster: Option<ColumnId>,
    /// How points become a score.
    pub score: Option<ScorePolicy>,
    /// How units are ranked.
    pub rank: Option<Rank>,
    /// Grades by score, best first.
    pub grades: Vec<Grade>,
    /// Whether its units are people, who are listed by their given names.
    pub people: bool,
    /// Where it is declared.
    pub place: Place,
}

/// The units of a level.
#[derive(Clone, Debug)]
pub enum UnitsOf {
    /// One unit that owns every row.
    Whole,
    /// The rows of a table for which a condition holds.
    Table {
        /// The table.
        table: TableId,
        /// The condition.
        when: When,
    },
}

/// How points become a score.
#[derive(Clone, Debug)]
pub struct ScorePolicy {
    /// The digits that points and scores keep.
    pub rounding: Rounding,
    /// What a criterion that does not apply counts; it must be said where that can occur.
    pub not_applicable: Option<NotApplicable>,
    /// The full score that what was earned is scaled to.
    pub of: Option<Sourced<Value>>,
    /// The least that a score can be, bonus and penalty counted.
    pub at_least: Option<Sourced<Value>>,
    /// The most that a score can be.
    pub at_most: Option<Sourced<Value>>,
    /// Where it is declared.
    pub place: Place,
}

/// Digits after the point; a half goes away from zero. Without a number nothing is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounding {
    /// Of the points of one criterion.
    pub items: Option<u32>,
    /// Of the score.
    pub score: Option<u32>,
}

/// What a criterion that does not apply counts in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// Nothing, and the rest is scaled up to the full score.
    Rescale,
    /// All of its points.
    Full,
    /// None of its points.
    Zero,
}

/// How units are ranked inside their cluster.
#[derive(Clone, Debug)]
pub struct Rank {
    /// The keys, most important first.
    pub by: Vec<RankKey>,
    /// What equal units get.
    pub ties: Ties,
    /// Criteria, awards and rules that must hold for a unit to be ranked.
    pub requires: Vec<Reference>,
}

/// One key of an order.
#[derive(Clone, Debug)]
pub struct RankKey {
    /// `score`, `unrounded_score`, a criterion, or a rule.
    pub subject: String,
    /// Which end comes first.
    pub direction: Direction,
    /// The digits after the point that it is compared with; all of them, where nothing is said.
    pub places: Option<u32>,
    /// Whether its rule looks at the units that are equal in all keys before it.
    pub among_tied: bool,
    /// Where it stands.
    pub place: Place,
}

/// Which end of a key comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The least.
    Ascending,
    /// The greatest.
    Descending,
}

/// What units get that are equal in every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// 1, 2, 2, 4.
    Competition,
    /// 1, 3, 3, 4.
    Modified,
    /// 1, 2, 2, 3.
    Dense,
    /// 1, 2.5, 2.5, 4: the mean of the places that they share.
    Fractional,
    /// 1, 2, 3, 4: nobody may be equal; where the keys part two units not, their places are open.
    Total,
}

/// A grade by score.
#[derive(Clone, Debug)]
pub struct Grade {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The bar; a grade without one takes whoever is left.
    pub bound: Option<Bound>,
    /// The units that it may be given to.
    pub when: When,
    /// Criteria, awards and rules that must hold beside the bar.
    pub requires: Vec<Reference>,
}
