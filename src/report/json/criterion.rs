//! One judgement.

use serde::Serialize;

use crate::campaign::Pot;
use crate::evaluate::{Counts, CriterionHead, Judgement, Otherwise, Points, Scored, Timing, Verdict};
use crate::value::Number;

use super::keyed::Keyed;
use super::value::{BarJson, Ends, ValueJson};

/// The verdict on one criterion, and what it rests on.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Criterion"))]
pub struct CriterionJson {
    /// `met`, `exceeded`, `not_met`, `undetermined`, `not_applicable`, `not_due`, `no_target` or `measured`.
    #[cfg_attr(feature = "cli", schemars(extend("enum" = Verdict::ALL.map(Verdict::id))))]
    pub verdict: &'static str,
    /// Of a criterion that is not due: what the verdict would be today.
    pub so_far: Option<&'static str>,
    /// Whether it rests on figures that are declared to be provisional, its own or those of what its rule reads.
    pub provisional: bool,
    /// What was measured: the counts of a share, else the value where it is only one.
    pub value: Option<ValueJson>,
    /// The least that it can be.
    pub least: Option<ValueJson>,
    /// The greatest that it can be.
    pub greatest: Option<ValueJson>,
    /// The bars that it was held against, as in `{"at_least": "95%"}`.
    pub target: Option<Keyed<BarJson>>,
    /// The last day on which it can be fulfilled, as in 2024-12-31; null where nobody knows it yet.
    pub due: Option<String>,
    /// Of a day: how it stands to its term; null where no day is judged or something is open.
    pub timing: Option<TimingJson>,
    /// What it earned; null where no points are at stake or it does not enter the score.
    pub points: Option<PointsJson>,
    /// What each of those who score it said, by their ids; left out where nobody else scores it.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub scored: Keyed<ScoredJson>,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// The verdict by reading, for other readings of the directive that give another.
    pub otherwise: Keyed<&'static str>,
    /// The points by reading, for other readings of the directive that give others; left out where none does.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub points_otherwise: Keyed<Option<PointsJson>>,
}

/// What one of several scorers said.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Scored"))]
pub struct ScoredJson {
    /// The value, where it is only one; null too where it has not scored.
    pub value: Option<String>,
    /// The least that it can be.
    pub least: Option<String>,
    /// The greatest that it can be.
    pub greatest: Option<String>,
    /// The reason that was given.
    pub reason: Option<String>,
}

impl From<&Scored> for ScoredJson {
    fn from(scored: &Scored) -> Self {
        let print = |number: Option<Number>| number.map(|number| number.to_string());
        Self {
            value: print(scored.value.value()),
            least: print(scored.value.least()),
            greatest: print(scored.value.greatest()),
            reason: scored.reason.clone(),
        }
    }
}

/// How a day stands to the term that it belongs to.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Timing"))]
pub struct TimingJson {
    /// `early`, `on_time`, `on_the_day`, `late`, `missed`, `not_due`, `no_due_day` or `awaited`.
    #[cfg_attr(feature = "cli", schemars(extend("enum" = Timing::IDS)))]
    pub status: &'static str,
    /// How many days: too early, left, late or overdue.
    pub days: Option<i64>,
}

impl From<Timing> for TimingJson {
    fn from(timing: Timing) -> Self {
        let (status, days) = timing.id();
        Self { status, days }
    }
}

/// The points that a criterion earned.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Points"))]
pub enum PointsJson {
    /// Surely so many.
    Earned {
        /// Points.
        earned: String,
        /// The points at stake.
        of: String,
        /// `bonus` or `penalty`, where they do not add to the full score.
        #[serde(skip_serializing_if = "Option::is_none")]
        pot: Option<&'static str>,
    },
    /// Between two numbers.
    Open {
        /// The least that it can be.
        least: String,
        /// The most that it can be.
        greatest: String,
        /// The points at stake.
        of: String,
        /// `bonus` or `penalty`, where they do not add to the full score.
        #[serde(skip_serializing_if = "Option::is_none")]
        pot: Option<&'static str>,
    },
}

impl CriterionJson {
    pub(super) fn new(head: &CriterionHead, judgement: &Judgement, points: &[Otherwise<Points>]) -> Self {
        let Ends { value, least, greatest } = Ends::of(&judgement.measured);
        let bars = judgement.target.iter().map(|bar| (bar.key.to_owned(), BarJson::new(bar)));
        Self {
            verdict: judgement.verdict.id(),
            provisional: judgement.provisional,
            so_far: judgement.so_far.map(Verdict::id),
            value,
            least,
            greatest,
            target: (!judgement.target.is_empty()).then(|| bars.collect()),
            due: judgement.due.map(|day| day.to_string()),
            timing: judgement.timing.map(TimingJson::from),
            points: judgement.points.as_ref().and_then(PointsJson::new),
            scored: {
                let ids = head.scorers.iter().map(|(id, _)| id.clone());
                ids.zip(judgement.scored.iter().map(ScoredJson::from)).collect()
            },
            clause: head.clause.clone(),
            otherwise: judgement.otherwise.iter().map(|other| (other.reading.clone(), other.result.id())).collect(),
            points_otherwise: {
                let by_reading = points.iter().map(|other| (other.reading.clone(), PointsJson::new(&other.result)));
                by_reading.collect()
            },
        }
    }
}

impl PointsJson {
    fn new(points: &Points) -> Option<Self> {
        if matches!(points.counts, Counts::NotApplicable | Counts::LeftOut) {
            return None;
        }
        let [least, greatest, of] = [points.least, points.greatest, points.of].map(|number| number.to_string());
        let pot = match points.pot {
            Pot::Base => None,
            Pot::Bonus => Some("bonus"),
            Pot::Penalty => Some("penalty"),
        };
        Some(if least == greatest {
            Self::Earned { earned: least, of, pot }
        } else {
            Self::Open { least, greatest, of, pot }
        })
    }
}
