//! What is measured and judged.

use crate::schema::{Literal, Title};
use crate::source::Place;
use crate::value::Day;

use super::{Points, Reference, Scorers, Sourced, Value, When};

/// Something that is measured, and judged where it has a target.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The id; one of several under `each` is `group.id`.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// The levels that it judges.
    pub levels: Vec<String>,
    /// The rounds in which it is judged; none: in all.
    pub rounds: Vec<String>,
    /// Whether it can fail a unit.
    pub strength: Strength,
    /// The units that it applies to.
    pub when: When,
    /// Where its measure comes from.
    pub source: Source,
    /// What the rule reads as `args`.
    pub args: Vec<(String, Literal)>,
    /// The target: every bound must hold.
    pub target: Vec<Bound>,
    /// When the target is exceeded: every bound must hold.
    pub exceeded: Vec<Bound>,
    /// What an unreported property of a row counts.
    pub missing: Missing,
    /// The day on which it must be fulfilled, if it is not the end of its rounds or of the period.
    pub due: Option<Sourced<Value>>,
    /// Whether the directive sets no last day: what is not fulfilled is then never missed.
    pub never_due: bool,
    /// The day that it is measured as of.
    pub at: AsOf,
    /// The criterion of lower units on which it rests.
    pub follows: Option<Reference>,
    /// The group in which its points add up.
    pub group: Option<Reference>,
    /// What it earns.
    pub points: Option<Points>,
    /// Where it is declared.
    pub place: Place,
}

/// The day that a criterion is measured as of; never later than the day of evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The day of evaluation.
    Run,
    /// The last day of its round: of the chosen one, or of the last of its own.
    RoundEnd,
    /// This day.
    Day(Day),
}

/// Whether a criterion can fail a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It must be done.
    Obligation,
    /// It is aimed at; missing it fails the unit.
    Target,
    /// A slogan: judged, but it fails nobody.
    Motto,
    /// Shown for information.
    Info,
}

/// Where a measure comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A rule.
    Rule(Reference),
    /// A column of the unit.
    Column(Reference),
    /// Several who score it.
    Scorers(Scorers),
}

impl Criterion {
    /// Who scores it, where several do.
    #[must_use]
    pub fn scorers(&self) -> Option<&Scorers> {
        if let Source::Scorers(scorers) = &self.source { Some(scorers) } else { None }
    }
}

/// What an unreported property of a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It stays unknown.
    Unknown,
    /// It counts as not met.
    NotMet,
}

/// One side of a target.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Which side, and whether the bar itself counts.
    pub kind: BoundKind,
    /// Its key in the campaign: `by`, `within.to`.
    pub key: &'static str,
    /// The bar.
    pub bar: Sourced<Value>,
}

/// The sides that a bound may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// `at_least`
    AtLeast,
    /// `more_than`
    MoreThan,
    /// `at_most`
    AtMost,
    /// `less_than`
    LessThan,
    /// `from`
    From,
    /// `after`
    After,
    /// `by`
    By,
    /// `before`
    Before,
    /// `is`
    Is,
    /// `present`
    Present,
}

impl Strength {
    /// Whether missing the target fails the unit.
    #[must_use]
    pub fn binds(self) -> bool {
        matches!(self, Self::Obligation | Self::Target)
    }
}

impl BoundKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::LessThan,
        Self::From,
        Self::After,
        Self::By,
        Self::Before,
        Self::Is,
        Self::Present,
    ];

    /// The key in a campaign file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
            Self::From => "from",
            Self::After => "after",
            Self::By => "by",
            Self::Before => "before",
            Self::Is => "is",
            Self::Present => "present",
        }
    }

    /// Whether it bounds a value from below.
    #[must_use]
    pub fn is_lower(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }

    /// Whether it names the end of a term.
    #[must_use]
    pub fn is_last_day(self) -> bool {
        matches!(self, Self::By | Self::Before)
    }

    /// Whether it bounds a day.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(self, Self::From | Self::After | Self::By | Self::Before)
    }
}
