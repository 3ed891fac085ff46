//! What an evaluation says of awards.

use crate::campaign::{AtCut, PlaceRounding};
use crate::schema::Title;
use crate::value::{Number, Truth};

use super::outcome::Otherwise;

/// What reports say of an award once for all units.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardHead {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// What it asks for under a title or a clause of its own.
    pub conditions: Vec<ConditionHead>,
    /// How many may win it.
    pub quotas: Vec<QuotaHead>,
    /// What the quotas left room for, group by group.
    pub cuts: Vec<Cut>,
    /// Units that could win it but are in no group of some quota.
    pub outside: Vec<String>,
}

/// What reports say of a condition once for all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionHead {
    /// As in [`AwardOutcome::conditions`].
    pub id: String,
    /// What reports call it, if it has a title of its own.
    pub title: Title,
    /// The clause of the directive, if it has one of its own.
    pub clause: Option<String>,
}

/// What reports say of a quota once for all units.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotaHead {
    /// How many may win it, or which part of a set, if it is written or a param.
    pub at_most: Option<Number>,
    /// The set that it is a part of, and what becomes of a part of a place.
    pub share: Option<(String, PlaceRounding)>,
    /// There are no fewer places than this, if it is written or a param.
    pub at_least: Option<Number>,
    /// What it is counted in, as the campaign writes it; nothing for the whole level.
    pub per: Vec<String>,
    /// What becomes of a tie at the cut.
    pub at_cut: AtCut,
    /// For whom some of the places are kept.
    pub kept_for: Option<String>,
}

/// How the places of one group went.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// The quota, by its position.
    pub quota: usize,
    /// What the units of the group have in common, in the order of [`QuotaHead::per`].
    pub group: Vec<String>,
    /// Whether only those count for whom no places are kept.
    pub rest: bool,
    /// Of what the places are a part.
    pub measure: Option<Measure>,
    /// How many places there are at least.
    pub places: usize,
    /// How many there are at most; nothing where nobody knows.
    pub most_places: Option<usize>,
    /// How many units surely win.
    pub granted: usize,
    /// How many may win, by something unknown.
    pub open: usize,
    /// The units that are equal at the cut: the first of them, and how many more.
    pub tied: Beside,
    /// The last of those who win, if everybody's standing is known.
    pub last_in: Option<String>,
    /// The first of those for whom it has no room.
    pub first_out: Option<String>,
    /// By how much these two are apart.
    pub gap: Option<Gap>,
}

/// The set that places are a part of, and the part before it is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How many units the set has at least, and at most.
    pub of: (usize, usize),
    /// The part of it, at least and at most; nothing where nobody knows.
    pub exact: Option<(Number, Number)>,
}

/// The key in which two units differ, after keys in which they are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The key, as the campaign writes it.
    pub key: String,
    /// What the one has that won a place.
    pub theirs: Option<String>,
    /// What the one has that won none.
    pub mine: Option<String>,
    /// How far apart they are.
    pub apart: Option<Number>,
}

/// The decision on one award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardOutcome {
    /// The decision.
    pub verdict: AwardVerdict,
    /// The conditions, each with its own answer.
    pub conditions: Vec<(String, Truth)>,
    /// The units whose standing leaves the place open, or that share it.
    pub beside: Beside,
    /// The group that has no room for it, by its position among [`AwardHead::cuts`].
    pub stopped_by: Option<usize>,
    /// By how much it is apart from the last of the group that won.
    pub gap: Option<Gap>,
    /// The award for which this one was given up.
    pub replaced_by: Option<String>,
    /// Whether something that the decision rests on is not due yet, or rests on provisional figures.
    pub provisional: bool,
    /// The decision under other readings, where it is another.
    pub otherwise: Vec<Otherwise<AwardVerdict>>,
}

/// Units that neither surely stand before a unit nor surely behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The first of them, by id and in its order.
    pub units: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// The answers that an award may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AwardVerdict {
    /// It is won.
    Granted,
    /// It was won, and given up for another award.
    Replaced,
    /// Every condition holds, but others take the places.
    Eligible,
    /// A condition does not hold.
    NotEligible,
    /// It depends on something unknown.
    Undetermined,
    /// Every condition holds, and units that are equal in every key share the last places.
    TiedAtCut,
}

impl AwardVerdict {
    /// All of them, best first.
    pub const ALL: [Self; 6] =
        [Self::Granted, Self::Replaced, Self::TiedAtCut, Self::Eligible, Self::Undetermined, Self::NotEligible];

    /// The word in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Replaced => "replaced",
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::Undetermined => "undetermined",
            Self::TiedAtCut => "tied_at_cut",
        }
    }
}
