//! Several who score one thing, and whose word is final.

use crate::schema::Title;
use crate::source::Place;

use super::Reference;

/// Several who score one thing.
#[derive(Clone, Debug)]
pub struct Scorers {
    /// Who scores, the first one first: as a rule the unit itself.
    pub by: Vec<Scorer>,
    /// Whose word is final.
    pub last_word: LastWord,
}

/// One who scores.
#[derive(Clone, Debug)]
pub struct Scorer {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The column or the rule that says the value; none where it has not scored.
    pub value: Said,
    /// What says the reason for whatever differs from the scorer before; one must be given.
    pub reason: Option<Said>,
    /// Where it is declared.
    pub place: Place,
}

/// What says a value.
#[derive(Clone, Debug)]
pub enum Said {
    /// A column of the unit.
    Column(Reference),
    /// A rule.
    Rule(Reference),
}

/// Which of several values counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastWord {
    /// That of the last one who has scored.
    Last,
    /// The least of those who have scored.
    Least,
    /// The greatest of those who have scored.
    Greatest,
    /// The mean of those who have scored.
    Mean,
    /// That of one of them, by position.
    Of(usize),
}

impl LastWord {
    /// The words for those that name nobody.
    pub const WORDS: [&'static str; 4] = ["last", "least", "greatest", "mean"];
}
