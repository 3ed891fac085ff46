//! `thidua.seek/1`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::report::json::WarningJson;
use crate::scenario::{Answer, Difference, Goal, Sought, Step, Way};
use crate::value::Number;

use super::super::{item_id, said_id};
use super::write;

/// What it would take for a unit to reach a goal.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.seek/1"))]
pub struct SeekJson {
    /// The name and version of this form: `thidua.seek/1`.
    pub schema: &'static str,
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// The goal, as it was asked.
    pub goal: String,
    /// `already`, `least`, `not_proved_least`, `impossible` or `not_found`.
    pub answer: &'static str,
    /// What to do; null where there is no way.
    pub way: Option<WayJson>,
    /// Whatever reaches the goal costs at least this much; null where it is impossible.
    pub bound: Option<String>,
    /// The criteria that no move can bring where the goal needs them.
    pub out_of_reach: Vec<String>,
    /// Where it is impossible: what changes with everything done.
    pub best: Vec<ThenJson>,
    /// For each criterion that is missed: the cheapest way to meet it.
    pub singles: Vec<SingleJson>,
    /// Where the goal is reached today: how much may be lost.
    pub losses: Vec<LossJson>,
    /// Whether the campaign declares the moves; else its measures imply them.
    pub moves_declared: bool,
    /// How many candidates were evaluated.
    pub tried: usize,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
}

/// What to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Way"))]
pub struct WayJson {
    /// What it costs.
    pub cost: String,
    /// The steps.
    pub steps: Vec<StepJson>,
    /// What changes for the unit.
    pub then: Vec<ThenJson>,
}

/// Moves that are made together, and on which rows.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Step"))]
pub struct StepJson {
    /// The moves.
    pub moves: Vec<MadeJson>,
    /// On how many rows.
    pub count: usize,
    /// Their keys; nothing for rows that are added.
    pub rows: Vec<String>,
    /// How many rows would do as well.
    pub of: usize,
}

/// One move.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Made"))]
pub struct MadeJson {
    /// Its id.
    pub id: String,
    /// How often it is made on each row.
    pub times: usize,
}

/// What changes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Then"))]
pub struct ThenJson {
    /// `verdict`, `points`, `score`, `grade`, `rank` or `award`.
    pub kind: &'static str,
    /// The criterion or award.
    pub item: Option<String>,
    /// Today.
    pub before: Option<String>,
    /// Then.
    pub after: Option<String>,
}

/// The cheapest way to meet one criterion.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Single"))]
pub struct SingleJson {
    /// The criterion.
    pub criterion: String,
    /// The way; null where there is none.
    pub way: Option<WayJson>,
    /// Whether it is proved that there is no cheaper one, or none.
    pub proved: bool,
    /// Whether the goal is reached with it.
    pub reaches: bool,
}

/// How much may be lost of one kind.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Loss"))]
pub struct LossJson {
    /// The move whose opposite it is.
    pub id: String,
    /// How many rows, or steps of a number, may be lost while the goal still holds.
    pub may_lose: usize,
    /// How many there are.
    pub of: usize,
    /// The rows with which it no longer holds.
    pub rows: Vec<String>,
    /// Whether fewer of other rows cannot do as much.
    pub proved: bool,
}

impl SeekJson {
    /// What was sought, in this form.
    #[must_use]
    pub fn new(sought: &Sought, language: Language) -> Self {
        let (answer, way, bound, out_of_reach, best) = match &sought.answer {
            Answer::Already => ("already", None, Some(Number::ZERO), &[][..], &[][..]),
            Answer::Least(way) => ("least", Some(way), Some(way.cost), &[][..], &[][..]),
            Answer::NotProved(way, bound) => ("not_proved_least", Some(way), Some(*bound), &[][..], &[][..]),
            Answer::Impossible(lacking, best) => ("impossible", None, None, lacking.as_slice(), best.as_slice()),
            Answer::NotFound(bound) => ("not_found", None, Some(*bound), &[][..], &[][..]),
        };
        let id = |at: usize| sought.moves.get(at).map(|of| of.id.clone()).unwrap_or_default();
        let single = |single: &crate::scenario::Single| SingleJson {
            criterion: single.criterion.clone(),
            way: single.way.as_ref().map(|way| way_of(way, &id)),
            proved: single.proved,
            reaches: single.reaches,
        };
        let loss = |loss: &crate::scenario::Loss| LossJson {
            id: id(loss.made),
            may_lose: loss.may_lose,
            of: loss.of,
            rows: loss.rows.clone(),
            proved: loss.proved,
        };
        Self {
            schema: "thidua.seek/1",
            level: sought.level.clone(),
            unit: sought.unit.clone(),
            goal: asked(&sought.goal),
            answer,
            way: way.map(|way| way_of(way, &id)),
            bound: bound.map(|bound| bound.to_string()),
            out_of_reach: out_of_reach.to_vec(),
            best: best.iter().map(then).collect(),
            singles: sought.singles.iter().map(single).collect(),
            losses: sought.losses.iter().map(loss).collect(),
            moves_declared: sought.declared,
            tried: sought.tried,
            warnings: sought.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
        }
    }
}

fn asked(goal: &Goal) -> String {
    match goal {
        Goal::Award(id) => format!("award {id}"),
        Goal::Rank(place) => format!("rank <= {place}"),
        Goal::Grade(id) => format!("grade >= {id}"),
        Goal::Met(id) => format!("met {id}"),
        Goal::Score(score) => format!("score >= {score}"),
    }
}

fn way_of(way: &Way, id: &impl Fn(usize) -> String) -> WayJson {
    let made = |(at, times): &(usize, usize)| MadeJson { id: id(*at), times: *times };
    let step = |step: &Step| StepJson {
        moves: step.made.iter().map(made).collect(),
        count: step.count,
        rows: step.rows.clone(),
        of: step.of,
    };
    WayJson {
        cost: way.cost.to_string(),
        steps: way.steps.iter().map(step).collect(),
        then: way.differences.iter().map(then).collect(),
    }
}

fn then(difference: &Difference) -> ThenJson {
    let (kind, item) = item_id(&difference.item);
    ThenJson {
        kind,
        item: (!item.is_empty()).then(|| item.to_owned()),
        before: said_id(&difference.before),
        after: said_id(&difference.after),
    }
}

/// Writes what was sought, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn sought(sought: &Sought, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write(&SeekJson::new(sought, language), out)
}
