//! What would it take: the least change of its data with which a unit reaches a goal.
//!
//! Every answer is evaluated completely, on all units: where scores are taken relative to others, or places are few,
//! what one unit does moves the others too. The candidates come in the order of their cost, so the first that reaches
//! the goal is the least. What is certain beforehand shortens the way: what can be done falls into parts that reach
//! different criteria, each of which is judged by itself; and what a goal asks of criteria and of the score bounds what
//! it costs from below.

mod bound;
mod bundle;
mod frontier;
mod goal;
mod loss;
mod moves;
mod part;
mod search;
mod seeker;
mod space;

use crate::diagnostic::Diagnostic;
use crate::evaluate::Outcome;
use crate::evaluate::explain::locate;
use crate::schema::Title;
use crate::value::Number;

use super::base::Base;
use super::compare::Difference;

pub use goal::Goal;
pub use moves::{Deed, Move, declared as declared_moves};

use seeker::Seeker;
use space::{Space, Who};

/// The most candidates that are evaluated where nobody says another number.
pub const MOST_TRIED: usize = 1_000_000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The unit, by id or name; nothing for the one that owns every row.
    pub unit: Option<String>,
    /// The level, where a unit stands on several.
    pub level: Option<String>,
    /// What is to be reached.
    pub goal: Goal,
    /// The most candidates to evaluate.
    pub most: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct Sought {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: Option<String>,
    /// What is to be reached.
    pub goal: Goal,
    /// Where that is a grade: what reports call it.
    pub grade: Option<Title>,
    /// The moves that may be made.
    pub moves: Vec<Move>,
    /// Whether the campaign declares them.
    pub declared: bool,
    /// For each criterion that is not met: the cheapest way to meet it alone.
    pub singles: Vec<Single>,
    /// The cheapest way to the goal.
    pub answer: Answer,
    /// Where the goal is reached today: how much may be lost.
    pub losses: Vec<Loss>,
    /// How many candidates were evaluated.
    pub tried: usize,
    /// The outcome today, for titles.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// The cheapest way to meet one criterion.
#[derive(Clone, Debug)]
pub struct Single {
    /// The criterion.
    pub criterion: String,
    /// The way; nothing where it is impossible, or was not found.
    pub way: Option<Way>,
    /// Whether that is proved: there is no cheaper one, or none at all.
    pub proved: bool,
    /// Whether the goal is reached with it.
    pub reaches: bool,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Way {
    /// What it costs.
    pub cost: Number,
    /// The steps.
    pub steps: Vec<Step>,
    /// What changes for the unit.
    pub differences: Vec<Difference>,
}

/// One move, and the rows that it is made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The moves that are made on each of the rows together, by their positions, and how often each.
    pub made: Vec<(usize, usize)>,
    /// How many rows.
    pub count: usize,
    /// The keys of the rows; nothing for added ones.
    pub rows: Vec<String>,
    /// How many rows would do as well.
    pub of: usize,
}

/// How the search ended.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The goal is reached today.
    Already,
    /// The least change, proved.
    Least(Way),
    /// A change that reaches it; no way costs less than the bound.
    NotProved(Way, Number),
    /// No way exists within the bounds of the moves, proved; the criteria that no move can reach, and what changes
    /// with everything done.
    Impossible(Vec<String>, Vec<Difference>),
    /// None was found; whatever reaches it costs at least this much.
    NotFound(Number),
}

/// How much may be lost of one kind: rows, or steps of a number.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The move whose opposite it is, by its position.
    pub made: usize,
    /// How many rows may be lost while the goal still holds; all of them, where nothing is said of more.
    pub may_lose: usize,
    /// How many there are.
    pub of: usize,
    /// The rows with which it no longer holds.
    pub rows: Vec<String>,
    /// Whether fewer of other rows cannot do as much.
    pub proved: bool,
}

/// Looks for the least change with which a unit reaches a goal.
///
/// # Errors
/// A unit, a goal or a move that names what does not exist.
pub fn seek(base: &Base, question: &Question) -> Result<Sought, Vec<Diagnostic>> {
    let who =
        locate(&base.outcome, question.level.as_deref(), question.unit.as_deref()).map_err(|fault| vec![fault])?;
    let who = Who { level: who.0, unit: who.1 };
    let mut faults = Vec::new();
    let seeker = Seeker::new(base, question, who, &mut faults)?;
    let mut left = question.most;
    let space = Space::new(base, &seeker.moves, who, &mut faults);
    let answer = seeker.answer(&space, &mut left);
    let singles = seeker.singles(&space, &mut left);
    let losses = if matches!(answer, Answer::Already) { seeker.losses(&mut left) } else { Vec::new() };
    let (level, unit) = (seeker.level, seeker.unit);
    Ok(Sought {
        level: level.id.clone(),
        unit: unit.id.to_owned(),
        name: unit.name.map(str::to_owned),
        goal: question.goal.clone(),
        grade: grade(base, who, &question.goal),
        declared: seeker.declared,
        singles,
        answer,
        losses,
        tried: question.most - left,
        outcome: base.outcome.clone(),
        warnings: faults,
        moves: seeker.moves,
    })
}

/// What reports call the grade that is wanted.
fn grade(base: &Base, who: Who, goal: &Goal) -> Option<Title> {
    let Goal::Grade(id) = goal else { return None };
    let grades = &base.plan.campaign.levels.get(who.level)?.grades;
    grades.iter().find(|grade| grade.id == *id).map(|grade| grade.title.clone())
}
