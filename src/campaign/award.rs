//! What may be won.

use crate::schema::{Literal, Title};
use crate::source::Place;

use super::{RankKey, Reference, Sourced, Value, When};

/// Something that units may win.
#[derive(Clone, Debug)]
pub struct Award {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// The levels whose units may win it.
    pub levels: Vec<String>,
    /// The units that may win it.
    pub when: When,
    /// What its rules read as `args`.
    pub args: Vec<(String, Literal)>,
    /// Criteria, awards, rules or words, all of which must hold.
    pub requires: Vec<Reference>,
    /// The order among those eligible.
    pub by: Vec<RankKey>,
    /// How many may win it.
    pub quota: Option<Quota>,
    /// Where it is declared.
    pub place: Place,
}

/// How many units may win an award.
#[derive(Clone, Debug)]
pub struct Quota {
    /// At most so many.
    pub at_most: Sourced<Value>,
    /// In each of these.
    pub per: Per,
}

/// What a quota is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Each cluster.
    Cluster,
    /// The whole level.
    Level,
}
