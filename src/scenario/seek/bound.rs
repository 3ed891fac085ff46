//! What a goal asks of the score: the least that it takes, whatever else is done.

use crate::campaign::{Direction, Level, Quantity, Ties, Value};
use crate::evaluate::{
    AwardPlan, AwardVerdict, ConditionPlan, Counts, KeyPlan, KeySource, LevelOutcome, LevelPlan, PerPlan, Plan, Score,
    UnitOutcome,
};
use crate::rule::{Constant, Expression};
use crate::value::Number;

use super::goal::{Goal, award_of};

/// A unit on its level, and those it is compared with; none of them moves.
pub(super) struct Field<'f> {
    pub plan: &'f Plan,
    pub of: &'f LevelPlan,
    pub level: &'f Level,
    pub outcome: &'f LevelOutcome,
    pub unit: &'f UnitOutcome<'f>,
}

/// The least score, and whether it is the one before rounding.
struct Bar {
    score: Number,
    unrounded: bool,
}

impl Field<'_> {
    /// By how much the score must rise before it is rounded; nothing where that is not known, or nothing is lacking.
    pub fn gain(&self, goal: &Goal) -> Option<Number> {
        let bar = match goal {
            Goal::Score(score) => Bar { score: *score, unrounded: false },
            Goal::Grade(id) => Bar { score: self.grade(id)?, unrounded: false },
            Goal::Rank(place) => self.rank(*place)?,
            Goal::Award(id) => self.award(id)?,
            Goal::Met(_) => return None,
        };
        let policy = self.level.score.as_ref()?;
        let needed = match policy.rounding.score.filter(|_| !bar.unrounded) {
            Some(places) => half_below(up_to(bar.score, places)?, places)?,
            None => bar.score,
        };
        let today = self.sums().then(|| self.unit.score?.unrounded).flatten()?;
        needed.minus(today.0).ok().filter(|gain| *gain > Number::ZERO)
    }

    /// Whether the score is a sum of points, of which it is known which of them count.
    fn sums(&self) -> bool {
        let plain = self.of.groups.is_empty() && self.of.score_bounds.iter().all(Option::is_none);
        let counted = |counts: Counts| matches!(counts, Counts::Fully | Counts::NotApplicable | Counts::LeftOut);
        let known = self.unit.criteria.iter().filter_map(|it| it.points).all(|points| counted(points.counts));
        plain && known && self.unit.score.is_some_and(|score| !score.perhaps_none)
    }

    /// The lowest bar of the grades that are good enough.
    fn grade(&self, id: &str) -> Option<Number> {
        let wanted = self.level.grades.iter().position(|grade| grade.id == id)?;
        let bars = self.of.grades.get(..=wanted)?.iter().map(|grade| written(grade.bar.as_ref()?, self.plan));
        bars.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    fn rank(&self, place: usize) -> Option<Bar> {
        let ties = self.level.rank.as_ref()?.ties;
        if !self.of.rank_requires.is_empty() {
            return None;
        }
        let cluster = self.unit.cluster;
        let others: Vec<Score> =
            self.others().filter(|other| other.cluster == cluster).filter_map(|other| other.score).collect();
        // Where equal ones share a place, it must be known who is equal.
        let known = others.iter().all(|score| score.value().is_some());
        if ties == Ties::Dense && !known {
            return None;
        }
        beaten(self.of.rank.first()?, &others, place, ties == Ties::Dense)
    }

    /// Whoever wins is surely not behind as many as there are places.
    fn award(&self, id: &str) -> Option<Bar> {
        let at = award_of(self.outcome, id)?;
        let award: &AwardPlan = self.of.awards.get(at)?;
        let own = |(_, condition): &(String, ConditionPlan)| {
            matches!(condition, ConditionPlan::AllMet | ConditionPlan::Met(_))
        };
        let [quota] = award.quotas.as_slice() else { return None };
        let plain = quota.share.is_none() && quota.keep.is_none() && award.conditions.iter().all(own);
        let clusters = match quota.per.as_slice() {
            [] => false,
            [PerPlan::Cluster] => true,
            _ => return None,
        };
        let places = written(&quota.at_most, self.plan)?.to_whole().filter(|_| plain)?;
        let eligible = |other: &UnitOutcome<'_>| {
            let verdict = other.awards.get(at).map(|award| award.verdict);
            let may_be_before = !matches!(verdict, None | Some(AwardVerdict::NotEligible | AwardVerdict::Undetermined));
            may_be_before && (!clusters || other.cluster == self.unit.cluster)
        };
        let others: Vec<Score> = self.others().filter(eligible).filter_map(|other| other.score).collect();
        beaten(award.by.first()?, &others, usize::try_from(places).ok()?, false)
    }

    fn others(&self) -> impl Iterator<Item = UnitOutcome<'_>> {
        self.outcome.units.iter().filter(|other| other.row != self.unit.row)
    }
}

/// The least score with which fewer others than that are better, or may be.
fn beaten(key: &KeyPlan, others: &[Score], place: usize, distinct: bool) -> Option<Bar> {
    let unrounded = match key.source {
        KeySource::Score => false,
        KeySource::UnroundedScore => true,
        KeySource::Measure(_) | KeySource::Rule(_) => return None,
    };
    if key.direction != Direction::Descending || key.among_tied {
        return None;
    }
    let most = |score: &Score| {
        let most = if unrounded { score.unrounded.map(|(_, most)| most) } else { score.greatest }?;
        key.places.map_or(Some(most), |places| most.round(places).ok())
    };
    let mut best: Vec<Number> = others.iter().filter_map(most).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    if distinct {
        best.dedup();
    }
    let bar = *best.get(place.checked_sub(1)?)?;
    let score = key.places.map_or(Some(bar), |places| half_below(bar, places))?;
    Some(Bar { score, unrounded })
}

/// The next number from here up that has so many places.
fn up_to(number: Number, places: u32) -> Option<Number> {
    let unit = Number::whole(10_i64.checked_pow(places)?);
    number.times(unit).ok()?.ceiling().over(unit).ok()
}

/// What is rounded to a number is at least this.
fn half_below(number: Number, places: u32) -> Option<Number> {
    number.minus(Number::ratio(1, 10_i64.checked_pow(places)?.checked_mul(2)?)?).ok()
}

/// A number that is written in the campaign.
fn written(expression: &Expression, plan: &Plan) -> Option<Number> {
    match expression {
        Expression::Constant(Constant::Number(number)) => Some(*number),
        Expression::Param(at) => match &plan.campaign.params.get(*at)?.value.value {
            Value::Literal(Quantity::Number { number, .. }) => Some(*number),
            _ => None,
        },
        _ => None,
    }
}
