//! What is to be reached.

use crate::campaign::Level;
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::evaluate::{
    AwardVerdict, ConditionPlan, Item, LevelOutcome, LevelPlan, Plan, Stage, Told, UnitOutcome, Verdict,
};
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
            let list = (near.is_none() && !known.is_empty()).then(|| known.join(", "));
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
        self.holds_where(level, of, &Told::of(unit))
    }

    /// Whether it surely holds where this is said of a unit; criteria and awards are those of the level.
    #[must_use]
    pub fn holds_where(&self, level: &LevelOutcome, of: &Level, told: &Told) -> bool {
        match self {
            Self::Award(id) => {
                let award = award_of(level, id).and_then(|at| *told.awards.get(at)?);
                award == Some(AwardVerdict::Granted)
            }
            Self::Rank(place) => told.rank.is_some_and(|(_, worst)| worst <= *place),
            Self::Grade(id) => {
                let place = |id: &str| of.grades.iter().position(|grade| grade.id == id);
                let mine = told.grade.as_deref().and_then(place);
                mine.zip(place(id)).is_some_and(|(mine, wanted)| mine <= wanted)
            }
            Self::Met(id) => {
                let judged = criterion_of(level, id).and_then(|at| told.criteria.get(at)?.as_ref());
                judged.is_some_and(|judged| is_met(judged.verdict))
            }
            Self::Score(wanted) => {
                told.score.is_some_and(|score| !score.perhaps_none && score.least.is_some_and(|least| least >= *wanted))
            }
        }
    }

    /// What says whether it holds, on a level by its position.
    pub(super) fn decided_by(&self, level: &LevelOutcome, at: usize) -> Vec<Stage> {
        let item = match self {
            Self::Award(id) => award_of(level, id).map(Item::Award),
            Self::Rank(_) => Some(Item::Rank),
            Self::Grade(_) => Some(Item::Grade),
            Self::Met(id) => criterion_of(level, id).map(Item::Verdict),
            Self::Score(_) => Some(Item::Score),
        };
        item.map(|item| Stage::Of { level: at, item }).into_iter().collect()
    }

    /// The criteria without which it cannot be reached.
    pub(super) fn needs(&self, plan: &Plan, of: &LevelPlan, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Vec<Need> {
        let mut needs: Vec<Need> = match self {
            Self::Met(id) => {
                criterion_of(level, id).map(|criterion| Need { criterion, met: true }).into_iter().collect()
            }
            Self::Award(id) => award_of(level, id).map(|at| needs_of(at, plan, of, unit, 0)).unwrap_or_default(),
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
        unit.criteria.get(self.criterion).is_some_and(|it| self.holds_where(it.verdict, it.so_far))
    }

    pub fn holds_where(self, verdict: Verdict, so_far: Option<Verdict>) -> bool {
        // What is open keeps an award from being sure, unless it is either met or not due yet.
        let open = verdict == Verdict::Undetermined && so_far != Some(Verdict::Undetermined);
        is_met(verdict) || !(self.met || verdict == Verdict::NotMet || open)
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

pub(super) fn award_of(level: &LevelOutcome, id: &str) -> Option<usize> {
    level.awards.iter().position(|head| head.id == id)
}

fn criterion_of(level: &LevelOutcome, id: &str) -> Option<usize> {
    level.criteria.iter().position(|head| head.id == id)
}

fn is_met(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Met | Verdict::Exceeded)
}
