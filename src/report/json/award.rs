//! One award of a unit.

use serde::Serialize;

use crate::evaluate::AwardOutcome;
#[cfg(feature = "cli")]
use crate::evaluate::AwardVerdict;
use crate::value::Truth;

use super::keyed::Keyed;

/// The decision on one award.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Award"))]
pub struct AwardJson {
    /// The id.
    pub id: String,
    /// `granted`, `eligible`, `not_eligible`, `undetermined` or `tied_at_cut`.
    #[cfg_attr(feature = "cli", schemars(extend("enum" = AwardVerdict::ALL.map(AwardVerdict::id))))]
    pub verdict: &'static str,
    /// Each condition with its own answer; null where it is open.
    pub conditions: Keyed<Option<bool>>,
    /// The units whose standing leaves the place open, or that share it: the first twenty by id.
    pub beside: Vec<String>,
    /// How many more of them there are.
    pub beside_more: usize,
    /// Whether something that the decision rests on is not due yet, or rests on provisional figures.
    pub provisional: bool,
    /// The decision by reading, for other readings of the directive that give another.
    pub otherwise: Keyed<&'static str>,
}

impl AwardJson {
    pub(super) fn new(id: &str, award: &AwardOutcome) -> Self {
        let conditions = award.conditions.iter().map(|(condition, truth)| (condition.clone(), answer(*truth)));
        Self {
            id: id.to_owned(),
            verdict: award.verdict.id(),
            conditions: conditions.collect(),
            beside: award.beside.units.clone(),
            beside_more: award.beside.more,
            provisional: award.provisional,
            otherwise: award.otherwise.iter().map(|other| (other.reading.clone(), other.result.id())).collect(),
        }
    }
}

/// Yes, no, or nothing where nobody knows.
pub(super) fn answer(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}
