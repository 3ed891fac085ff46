//! What a directive says: a [`Campaign`], read from TOML.
//!
//! Reading checks the [`shape`] of the text first and its references afterwards; every fault is reported with
//! the key underlined. Nothing here knows of rules or data.

mod award;
mod calendar;
mod clause;
mod criterion;
pub mod layout;
mod level;
mod points;
mod read;
mod scorer;
pub mod shape;
mod span;
mod value;

pub use award::{AtCut, Award, Keep, Per, PlaceRounding, Quota, Requirement, Share, Unused};
pub use calendar::{Calendar, Weekend};
pub use clause::{Carrier, Clause, ClauseKind, Registered};
pub use criterion::{AsOf, Bound, BoundKind, Criterion, Missing, Source as MeasureSource, Strength};
pub use level::{Direction, Grade, Level, NotApplicable, Rank, RankKey, Rounding, ScorePolicy, Ties, UnitsOf};
pub use points::{Band, Form, Group, Points, Pot, Steps};
pub use read::read;
pub use scorer::{LastWord, Said, Scorer, Scorers};
pub use span::{Round, Span};
pub use value::{Assumption, Basis, Case, Condition, Param, Quantity, Sort, Sourced, Value, When};

use crate::schema::{Schema, Title};
use crate::source::Place;
use crate::value::Day;

/// A campaign as its directive says it.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The office that issued the directive.
    pub issuer: Option<String>,
    /// The first and the last day.
    pub period: Span,
    /// The parts of the period.
    pub rounds: Vec<Round>,
    /// Whether the rounds return every year: then the one of the day of evaluation is judged where none is chosen.
    pub yearly: bool,
    /// The rule files, relative to the campaign.
    pub rules: Vec<Reference>,
    /// The folder of the data, relative to the campaign.
    pub data_dir: Option<String>,
    /// The day that the figures describe.
    pub as_of: Option<Day>,
    /// What rules read as `params`.
    pub params: Vec<Param>,
    /// What the data look like.
    pub schema: Schema,
    /// Who is judged.
    pub levels: Vec<Level>,
    /// What is measured and judged.
    pub criteria: Vec<Criterion>,
    /// The groups in which points add up.
    pub groups: Vec<Group>,
    /// What may be won.
    pub awards: Vec<Award>,
    /// Days of rest, and what becomes of a last day that is one.
    pub calendar: Calendar,
    /// What becomes of each clause of the directive; none: there is no register.
    pub clauses: Vec<Clause>,
    /// The clauses that say from when to when.
    pub span_clauses: Vec<String>,
    /// Other ways to read ambiguous clauses.
    pub readings: Vec<Reading>,
    /// Everything that is assumed or was set by hand.
    pub assumptions: Vec<Assumption>,
}

/// A name in the campaign, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// Another way to read an ambiguous clause.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The id.
    pub id: String,
    /// The question that it answers.
    pub question: String,
    /// How it reads the clause.
    pub about: Title,
}

impl Campaign {
    /// The criterion with an id.
    #[must_use]
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The level with an id.
    #[must_use]
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    /// The round that is judged on a day where none is chosen.
    #[must_use]
    pub fn round_of_the_year(&self, day: Day) -> Option<&Round> {
        let holds = |round: &&Round| round.span.from.is_none_or(|from| from <= day) && day <= round.span.to;
        self.rounds.iter().find(holds).filter(|_| self.yearly)
    }

    /// The round with an id.
    #[must_use]
    pub fn round(&self, id: &str) -> Option<&Round> {
        self.rounds.iter().find(|round| round.id == id)
    }
}
