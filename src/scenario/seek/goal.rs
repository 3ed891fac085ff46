//! What is to be reached.

use crate::campaign::Level;
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::evaluate::{AwardVerdict, ConditionPlan, Judgement, LevelOutcome, LevelPlan, Plan, UnitOutcome, Verdict};
use crate::source::{Place, Source};
use crate::value::{Number, nearest};

const AWARD: Phrase = Phrase::new("award", "hình thức khen thưởng");
const GRADE: Phrase = Phrase::new("grade", "xếp loại");
const CRITERION: Phrase = Phrase::new("criterion", "chỉ tiêu");

/// What a unit wants. It is reached only where it surely holds, whatever is unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// An award is granted.
    Award(String),
    /// The rank is this or better.
    Rank(usize),
    /// The grade is this or better.
    Grade(String),
    /// A criterion is met.
    Met(String),
    /// The score is this or more.
    Score(Number),
}

impl Goal {
    /// Reads `award flag`, `rank <= 3`, `grade >= good`, `met union_coverage` or `score >= 90`.
    pub fn parse(text: &str, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let goal = match words.as_slice() {
            ["award", id] => Some(Self::Award((*id).to_owned())),
            ["rank", "<=", place] => place.parse().ok().filter(|place| *place > 0).map(Self::Rank),
            ["grade", ">=", id] => Some(Self::Grade((*id).to_owned())),
            ["met", id] => Some(Self::Met((*id).to_owned())),
            ["score", ">=", score] => Number::parse(score).ok().map(Self::Score),
            _ => None,
        };
        if goal.is_none() {
            let source = Source::new(format!("--goal {text}"), text);
            let place = Place::text(&source, 0..text.len());
            faults.push(Diagnostic::new(&catalogue::BAD_GOAL).with("text", text).at(place));
        }
        goal
    }

    /// Whether a level has what is named.
    pub(super) fn check(&self, level: &LevelOutcome, of: &Level) -> Option<Diagnostic> {
        let unknown = |kind: Phrase, name: &str, known: Vec<&str>| {
            if known.contains(&name) {
                return None;
            }
            let near = nearest(name, known.iter().copied());
            let list = near.is_none().then(|| known.join(", "));
            let fault = Diagnostic::new(&catalogue::UNKNOWN_NAME).with("kind", kind).with("name", name);
            Some(fault.maybe("near", near).maybe("known", list))
        };
        match self {
            Self::Award(id) => unknown(AWARD, id, level.awards.iter().map(|head| head.id.as_str()).collect()),
            Self::Grade(id) => unknown(GRADE, id, of.grades.iter().map(|grade| grade.id.as_str()).collect()),
            Self::Met(id) => unknown(CRITERION, id, level.criteria.iter().map(|head| head.id.as_str()).collect()),
            Self::Rank(_) | Self::Score(_) => None,
        }
    }

    /// Whether it surely holds for a unit.
    #[must_use]
    pub fn holds(&self, level: &LevelOutcome, of: &Level, unit: &UnitOutcome<'_>) -> bool {
        match self {
            Self::Award(id) => {
                let at = level.awards.iter().position(|head| head.id == *id);
                let award = at.and_then(|at| unit.awards.get(at));
                award.is_some_and(|award| award.verdict == AwardVerdict::Granted)
            }
            Self::Rank(place) => unit.rank.as_ref().is_some_and(|rank| rank.worst <= *place),
            Self::Grade(id) => {
                let place = |id: &str| of.grades.iter().position(|grade| grade.id == id);
                let mine = unit.grade.and_then(|grade| place(grade.id.as_deref()?));
                mine.zip(place(id)).is_some_and(|(mine, wanted)| mine <= wanted)
            }
            Self::Met(id) => {
                let at = level.criteria.iter().position(|head| head.id == *id);
                at.and_then(|at| unit.criteria.get(at)).is_some_and(|judgement| is_met(&judgement))
            }
            Self::Score(wanted) => {
                unit.score.is_some_and(|score| !score.perhaps_none && score.least.is_some_and(|least| least >= *wanted))
            }
        }
    }

    /// The criteria without which it cannot be reached.
    pub(super) fn needs(&self, plan: &Plan, of: &LevelPlan, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Vec<Need> {
        let mut needs: Vec<Need> = match self {
            Self::Met(id) => {
                let at = level.criteria.iter().position(|head| head.id == *id);
                at.map(|criterion| Need { criterion, met: true }).into_iter().collect()
            }
            Self::Award(id) => {
                let at = level.awards.iter().position(|head| head.id == *id);
                at.map(|at| needs_of(at, plan, of, unit, 0)).unwrap_or_default()
            }
            Self::Rank(_) | Self::Grade(_) | Self::Score(_) => Vec::new(),
        };
        needs.sort_unstable();
        needs.dedup();
        needs
    }
}

/// What must become of a criterion before a goal can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    /// Its position in the level's plan.
    pub criterion: usize,
    /// Whether it must be met; else it must only neither be missed nor open.
    pub met: bool,
}

impl Need {
    pub fn holds(self, unit: &UnitOutcome<'_>) -> bool {
        // What is open keeps an award from being sure, unless it is either met or not due yet.
        let open = |it: &Judgement| it.verdict == Verdict::Undetermined && it.so_far != Some(Verdict::Undetermined);
        let judgement = unit.criteria.get(self.criterion);
        judgement.is_some_and(|it| is_met(&it) || !(self.met || it.verdict == Verdict::NotMet || open(&it)))
    }
}

/// The criteria that an award asks for, itself or through another award. One that does not apply today, or is not due,
/// may be left out by `all_met`.
fn needs_of(award: usize, plan: &Plan, of: &LevelPlan, unit: &UnitOutcome<'_>, depth: usize) -> Vec<Need> {
    let Some(award) = of.awards.get(award).filter(|_| depth < of.awards.len()) else { return Vec::new() };
    let binds = |at: &usize| {
        let criterion = of.criteria.get(*at).and_then(|criterion| plan.campaign.criteria.get(criterion.criterion));
        let missed = !Need { criterion: *at, met: false }.holds(unit);
        missed && criterion.is_some_and(|criterion| criterion.strength.binds())
    };
    let needs = |condition: &ConditionPlan| match condition {
        ConditionPlan::AllMet => {
            (0..of.criteria.len()).filter(binds).map(|criterion| Need { criterion, met: false }).collect()
        }
        ConditionPlan::Met(at) => vec![Need { criterion: *at, met: true }],
        ConditionPlan::Granted(at) | ConditionPlan::Won(at) => needs_of(*at, plan, of, unit, depth + 1),
        ConditionPlan::NotGranted(_) | ConditionPlan::Rule(_) => Vec::new(),
    };
    award.conditions.iter().flat_map(|(_, condition)| needs(condition)).collect()
}

pub(super) fn is_met(judgement: &Judgement) -> bool {
    matches!(judgement.verdict, Verdict::Met | Verdict::Exceeded)
}
