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
    /// What must hold, all of it.
    pub requires: Vec<Requirement>,
    /// The order among those eligible.
    pub by: Vec<RankKey>,
    /// How many may win it; every one of these must have room for a winner.
    pub quotas: Vec<Quota>,
    /// Awards that keep whoever is granted one of them from winning this one.
    pub excludes: Vec<Reference>,
    /// Awards for which whoever is granted one of them gives this one up.
    pub replaced_by: Vec<Reference>,
    /// Where it is declared.
    pub place: Place,
}

/// Something that must hold.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// What reports and data call it: the name of what is asked, and what it is asked with.
    pub id: String,
    /// A criterion, an award, a rule or a word.
    pub of: Reference,
    /// What reports call it, if it has a title of its own.
    pub title: Title,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// What its rule reads as `args`, beside those of the award.
    pub args: Vec<(String, Literal)>,
}

/// How many units may win an award.
#[derive(Clone, Debug)]
pub struct Quota {
    /// At most so many.
    pub at_most: Sourced<Value>,
    /// Of what it is a share; a plain count is of nothing.
    pub share: Option<Share>,
    /// It is counted in each group of units that agree in all of these; without any, in the whole level.
    pub per: Vec<Per>,
    /// What becomes of units that are equal in every key where not all of them have room.
    pub at_cut: AtCut,
    /// With [`AtCut::All`]: so many winners may there be in a group, else none of the tied wins.
    pub up_to: Option<Sourced<Value>>,
    /// Places that are kept for some.
    pub keep: Option<Keep>,
    /// Where it is declared.
    pub place: Place,
}

/// A quota or kept places as a part of a set of units.
#[derive(Clone, Debug)]
pub struct Share {
    /// The set: `units`, `eligible`, an award, a criterion or a rule.
    pub of: Reference,
    /// What becomes of a part of a place.
    pub round: PlaceRounding,
    /// There are no fewer places than this.
    pub at_least: Option<Sourced<Value>>,
}

/// What becomes of a part of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRounding {
    /// It is no place.
    Down,
    /// It is a place.
    Up,
    /// From a half it is a place.
    HalfUp,
}

/// Places of a quota that are kept for some units.
#[derive(Clone, Debug)]
pub struct Keep {
    /// So many, or a part of the places.
    pub places: Sourced<Value>,
    /// Where it is a part: what becomes of a part of a place.
    pub round: Option<PlaceRounding>,
    /// For whom they are kept: a criterion, an award or a rule.
    pub whom: Reference,
    /// What becomes of those that they do not fill.
    pub unused: Unused,
}

/// What becomes of kept places that nobody fills for whom they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unused {
    /// They stay empty.
    Empty,
    /// Others may take them.
    PassOn,
}

/// What a quota is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Per {
    /// Each cluster.
    Cluster,
    /// The whole level.
    Level,
    /// Each value of a column of the units, or of a rule.
    Each(Reference),
}

/// What becomes of units that are equal in every key where a quota has no room for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtCut {
    /// The tie is shown: nobody of them is granted or refused, and their places are held.
    Show,
    /// None of them wins, and their places stay empty.
    None,
    /// All of them win, and the quota is exceeded.
    All,
}

impl Quota {
    /// Whether it is counted in the clusters and nothing else.
    #[must_use]
    pub fn is_per_cluster(&self) -> bool {
        self.per == [Per::Cluster]
    }
}

impl Per {
    /// As a campaign writes it.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Cluster => "cluster",
            Self::Level => "level",
            Self::Each(name) => &name.name,
        }
    }
}

impl PlaceRounding {
    /// As a campaign writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
            Self::HalfUp => "half_up",
        }
    }
}

impl AtCut {
    /// As a campaign writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::None => "none",
            Self::All => "all",
        }
    }
}
