//! What is due next, and of whom.

use std::collections::BTreeMap;

use crate::value::Day;

use super::outcome::{CriterionHead, Judgement, LevelOutcome, Outcome, Timing, Verdict};
use super::units::UnitOutcome;

/// A criterion of a level, and the units of which it is still awaited on one last day.
#[derive(Clone, Debug)]
pub struct Term {
    /// The id of the level.
    pub level: String,
    /// The criterion.
    pub criterion: CriterionHead,
    /// The last day; nothing where none is set or nobody knows it yet.
    pub due: Option<Day>,
    /// The days that are left; negative where the last day is over.
    pub days: Option<i64>,
    /// How many units have fulfilled it.
    pub fulfilled: usize,
    /// The units that have not, or of which it is not known.
    pub awaited: Vec<Awaited>,
}

/// A unit that has not fulfilled a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The id.
    pub unit: String,
    /// The name that people use.
    pub name: Option<String>,
    /// `not_due`, `not_met` or `undetermined`.
    pub verdict: Verdict,
}

/// Everything that binds and is not fulfilled by everybody, the first last day first; what has no last day comes last.
///
/// ```
/// use thidua::evaluate::due;
/// use thidua::load::{Request, evaluate};
/// use thidua::value::Day;
///
/// let request = Request { campaign: "rules/lao-cai-2024".into(), as_of: Day::new(2024, 12, 1), ..Request::default() };
/// let terms = due(&evaluate(&request).expect("sound").outcome);
/// assert!(terms.iter().all(|term| term.days.is_some_and(|days| days <= 30)));
/// ```
#[must_use]
pub fn due(outcome: &Outcome) -> Vec<Term> {
    let mut terms: Vec<Term> = outcome.levels.iter().flat_map(|level| of_level(level, outcome.as_of)).collect();
    terms.sort_by_key(|term| (term.due.is_none(), term.due));
    terms
}

fn of_level(level: &LevelOutcome, as_of: Day) -> Vec<Term> {
    let binding = level.criteria.iter().enumerate().filter(|(_, head)| head.strength.binds());
    let terms = binding.flat_map(|(at, head)| {
        // One last day for all units, as a rule; several where a rule or a column says it.
        let mut by_day: BTreeMap<Option<Day>, Term> = BTreeMap::new();
        for unit in &level.units {
            let Some(judgement) = unit.criteria.get(at) else { continue };
            let term = by_day.entry(judgement.due).or_insert_with(|| term(level, head, judgement.due, as_of));
            term.count(&unit, &judgement);
        }
        by_day.into_values()
    });
    terms.filter(|term| !term.awaited.is_empty()).collect()
}

fn term(level: &LevelOutcome, head: &CriterionHead, due: Option<Day>, as_of: Day) -> Term {
    let days = due.map(|due| due.days_since(as_of));
    Term { level: level.id.clone(), criterion: head.clone(), due, days, fulfilled: 0, awaited: Vec::new() }
}

impl Term {
    fn count(&mut self, unit: &UnitOutcome, judgement: &Judgement) {
        let verdict = judgement.verdict;
        // What came too late is not awaited any more.
        let came = matches!(judgement.timing, Some(Timing::Late(_) | Timing::OnTheDay));
        match verdict {
            Verdict::Met | Verdict::Exceeded => self.fulfilled += 1,
            Verdict::NotMet if came => {}
            Verdict::NotDue | Verdict::NotMet | Verdict::Undetermined => {
                self.awaited.push(Awaited { unit: unit.id.to_owned(), name: unit.name.map(str::to_owned), verdict });
            }
            Verdict::NotApplicable | Verdict::NoTarget | Verdict::Measured => {}
        }
    }
}
