//! Levels.

use crate::campaign::{Direction, Grade, Level, RankKey, ScorePolicy, Sourced, UnitsOf, Value, When};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::rule::{Base, Moment, Purpose, Type, Units};

use super::value::At;
use super::{CriterionPlan, GradePlan, KeyPlan, KeySource, LevelPlan, Planner, award, criterion};

const A_KEY: Phrase = Phrase::new("a ranking key", "tiêu chí xếp hạng");
const KEY: Phrase = Phrase::new("criterion, rule or `score`", "tiêu chí, quy tắc hay `score`");
const SOMETHING_ORDERED: Phrase = Phrase::new("something with an order", "giá trị có thứ tự");

pub(super) fn plan(at: usize, planner: &mut Planner<'_>) -> Option<LevelPlan> {
    let campaign = planner.campaign;
    let level = campaign.levels.get(at)?;
    let place = At {
        level: &level.id,
        units: Units { table: level.units.table(), level: at },
        args: &[],
        moment: Moment::default(),
        purpose: Purpose::Any,
    };
    let always = When::default();
    let when = if let UnitsOf::Table { when, .. } = &level.units { when } else { &always };
    let when = planner.when(when, place)?;
    let judged = campaign.criteria.iter().enumerate().filter(|(_, criterion)| criterion.levels.contains(&level.id));
    let criteria: Vec<_> = judged.filter_map(|(at, _)| criterion::plan(at, place, planner)).collect();
    planner.grades_need_a_score(level);
    let rank = level.rank.as_ref().map(|rank| planner.keys(&rank.by, &criteria, level, place)).unwrap_or_default();
    let awards = award::plan(level, &criteria, place, planner);
    let of_level: Vec<&str> =
        campaign.awards.iter().filter(|it| it.levels.contains(&level.id)).map(|it| it.id.as_str()).collect();
    let to_be_ranked = level.rank.as_ref().map_or(&[][..], |rank| &rank.requires);
    let rank_requires = planner.conditions(to_be_ranked, &criteria, &of_level, place);
    let grades = level.grades.iter().filter_map(|grade| planner.grade(grade, &criteria, &of_level, place)).collect();
    let groups = planner.groups(level, &criteria, place);
    planner.sums(level);
    let most = [planner.most_bonus(level), planner.most_score(level)];
    let mut of_score = |amount: fn(&ScorePolicy) -> Option<&Sourced<Value>>| {
        planner.of_type(Base::Number, level.score.as_ref().and_then(amount)?, place)
    };
    let score_of = of_score(|score| score.of.as_ref());
    let score_bounds = [of_score(|score| score.at_least.as_ref()), of_score(|score| score.at_most.as_ref())];
    let units = level.units.table();
    Some(LevelPlan { units, when, criteria, groups, most, score_of, score_bounds, awards, rank, rank_requires, grades })
}

impl Planner<'_> {
    fn grade(&mut self, grade: &Grade, criteria: &[CriterionPlan], awards: &[&str], at: At<'_>) -> Option<GradePlan> {
        let requires = grade.requires.iter().filter_map(|name| self.condition_of(name, criteria, awards, at)).collect();
        let bar = self.maybe_number(grade.bound.as_ref().map(|bound| &bound.bar), at)?;
        Some(GradePlan { when: self.when(&grade.when, at)?, bar, requires })
    }

    fn grades_need_a_score(&mut self, level: &Level) {
        if !level.grades.is_empty() && level.score.is_none() {
            self.fault(Diagnostic::new(&catalogue::SCORE_POLICY_MISSING).with("level", &level.id).at(&level.place));
        }
    }

    /// The keys of an order: the score, what a criterion measured, or a rule.
    pub(super) fn keys(
        &mut self,
        keys: &[RankKey],
        criteria: &[CriterionPlan],
        level: &Level,
        at: At<'_>,
    ) -> Vec<KeyPlan> {
        let key = |(position, key): (usize, &RankKey)| {
            let purpose = if key.among_tied { Purpose::KeyAmongTied(position) } else { Purpose::Any };
            self.key(key, criteria, level, At { purpose, ..at })
        };
        keys.iter().enumerate().filter_map(key).collect()
    }

    /// Only a ranking knows who is tied: an award has keys, but nobody has a place by them.
    pub(super) fn nothing_among_tied(&mut self, keys: &[RankKey]) {
        for key in keys.iter().filter(|key| key.among_tied) {
            self.fault(Diagnostic::new(&catalogue::NOT_AMONG_TIED).at(&key.place));
        }
    }

    fn key(&mut self, key: &RankKey, criteria: &[CriterionPlan], level: &Level, at: At<'_>) -> Option<KeyPlan> {
        let RankKey { direction, places, among_tied, .. } = *key;
        let plan = |source, is_number| {
            Some(KeyPlan { subject: key.subject.clone(), direction, places, among_tied, is_number, source })
        };
        let is_number = |kind: &Type| kind.base == Base::Number;
        let of_score = match key.subject.as_str() {
            "score" => Some(KeySource::Score),
            "unrounded_score" => Some(KeySource::UnroundedScore),
            _ => None,
        };
        if let Some(source) = of_score {
            if level.score.is_none() {
                self.fault(Diagnostic::new(&catalogue::SCORE_POLICY_MISSING).with("level", &level.id).at(&key.place));
            }
            return plan(source, true);
        }
        let named = |criterion: &CriterionPlan| {
            self.campaign.criteria.get(criterion.criterion).is_some_and(|c| c.id == key.subject)
        };
        if let Some(at) = criteria.iter().position(named) {
            let kind = criteria.get(at).and_then(|criterion| criterion.kind.as_ref());
            return plan(KeySource::Measure(at), kind.is_some_and(is_number));
        }
        if self.library.get(&key.subject).is_some() {
            let (expression, kind) = self.rule(&key.subject, at, A_KEY, &key.place)?;
            let has_order = kind.base.is_ordered() || matches!(kind.base, Base::Flag | Base::List(_));
            if has_order {
                return plan(KeySource::Rule(expression), is_number(&kind));
            }
            let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", SOMETHING_ORDERED);
            self.fault(fault.with("found", kind).at(&key.place));
            return None;
        }
        let schema = &self.campaign.schema;
        if at.units.table.is_some_and(|table| schema.table(table).find(&key.subject).is_some()) {
            let (column, kind) = self.column(&key.subject, at, &key.place)?;
            return plan(KeySource::Rule(column), is_number(&kind));
        }
        let criteria = self.campaign.criteria.iter().map(|criterion| criterion.id.as_str());
        let known: Vec<_> = criteria.chain(["score", "unrounded_score"]).chain(self.library.names()).collect();
        self.unknown(KEY, &key.subject, &known, &key.place);
        None
    }
}

/// So many keys stand beside the place of a unit.
const MOST_SHOWN: usize = 3;

impl LevelPlan {
    /// The keys of the ranking that a list of the units shows, by their positions: those that come first and are numbers,
    /// where the score does not come first and speaks for all.
    #[must_use]
    pub fn shown_keys(&self) -> Vec<usize> {
        let is_score = |key: &KeyPlan| matches!(key.source, KeySource::Score | KeySource::UnroundedScore);
        if self.rank.first().is_none_or(is_score) {
            return Vec::new();
        }
        let first = self.rank.iter().enumerate().take(MOST_SHOWN);
        first.filter(|(_, key)| key.is_number && !is_score(key)).map(|(at, _)| at).collect()
    }
}

/// Which way a key is read aloud.
impl Direction {
    /// `desc` or `asc`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}
