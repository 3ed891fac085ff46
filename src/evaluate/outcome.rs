//! What an evaluation says.

use std::sync::Arc;

use crate::campaign::{
    Assumption, BoundKind, Direction, NotApplicable, Pot, Quantity, Reading, Rounding, Strength, Ties,
};
use crate::data::Intake;
use crate::diagnostic::{Diagnostic, Phrase};
use crate::schema::{Title, Words};
use crate::value::{Day, Fraction, Number, Possible, Truth};

use super::awarded::AwardHead;
use super::units::{UnitOutcome, Units};

/// What an evaluation says of all levels.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The id of the campaign.
    pub campaign: String,
    /// What reports call it.
    pub title: Title,
    /// The office that issued the directive.
    pub issuer: Option<String>,
    /// The day of evaluation.
    pub as_of: Day,
    /// The round that was chosen.
    pub round: Option<String>,
    /// What no clause says.
    pub assumptions: Vec<Assumption>,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
    /// What came in, by file.
    pub data: Vec<Intake>,
    /// One outcome for each level.
    pub levels: Vec<LevelOutcome>,
    /// What each other reading of the directive would change.
    pub readings: Vec<ReadingOutcome>,
}

impl Outcome {
    /// What is said of a level, by its id.
    #[must_use]
    pub fn level(&self, id: &str) -> Option<&LevelOutcome> {
        self.levels.iter().find(|level| level.id == id)
    }
}

/// What another reading of the directive would change.
#[derive(Clone, Debug)]
pub struct ReadingOutcome {
    /// The reading.
    pub reading: Reading,
    /// How many verdicts would be others.
    pub verdicts: usize,
    /// How many points of criteria.
    pub points: usize,
    /// How many scores.
    pub scores: usize,
    /// How many grades.
    pub grades: usize,
    /// How many ranks.
    pub ranks: usize,
    /// How many decisions on awards.
    pub awards: usize,
}

/// What would come out under another reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise<T> {
    /// The id of the reading.
    pub reading: String,
    /// What would come out.
    pub result: T,
}

/// What an evaluation says of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelOutcome {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The criteria that were judged, in the order of [`UnitOutcome::criteria`](super::UnitOutcome::criteria).
    pub criteria: Vec<CriterionHead>,
    /// The groups in which points add up, each above those in it; [`GroupSum::group`] is a position here.
    pub groups: Vec<GroupHead>,
    /// The awards, in the order of [`UnitOutcome::awards`](super::UnitOutcome::awards).
    pub awards: Vec<AwardHead>,
    /// What the rules that awards require say of themselves: the name and the comment above each.
    pub rules: Vec<(String, String)>,
    /// How the level scores and ranks, for the record.
    pub settings: Settings,
    /// Its units, in the order of their table.
    pub units: Units,
}

impl LevelOutcome {
    /// What is said of a unit, by its id.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<UnitOutcome<'_>> {
        self.units.get(self.units.position(id)?)
    }
}

/// What reports say of a criterion once for all units.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionHead {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// Whether it can fail a unit.
    pub strength: Strength,
    /// Who scores it, where several do.
    pub scorers: Vec<(String, Title)>,
    /// Whether what it measures is held against percentages, and read as one.
    pub in_percent: bool,
}

/// What reports say of a group of points once for all units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupHead {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// How many groups it lies in.
    pub depth: usize,
    /// Whether only the best of its items counts.
    pub only_best: bool,
}

/// How a level scores and ranks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The digits that points and scores keep; nothing where the level has no scores.
    pub rounding: Option<Rounding>,
    /// What a criterion that does not apply counts.
    pub not_applicable: Option<NotApplicable>,
    /// The keys of the ranking.
    pub rank_by: Vec<KeyHead>,
    /// What equal units get.
    pub ties: Option<Ties>,
    /// Whether the units are people.
    pub people: bool,
    /// The most bonus on top of the full score, where it is written out.
    pub bonus: Option<Number>,
    /// The most that a score can be, where it is written out.
    pub at_most: Option<Number>,
}

/// A key of a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHead {
    /// `score`, `unrounded_score`, a criterion or a rule.
    pub subject: String,
    /// Which end comes first.
    pub direction: Direction,
    /// The digits after the point that are compared; all, where nothing is said.
    pub places: Option<u32>,
    /// Whether a list of the units shows it: where the score does not come first, up to three numbers that do.
    pub shown: bool,
}

/// What a unit earns under another reading, as far as it is something else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earns {
    /// The points of criteria, by their positions.
    pub points: Vec<(usize, Points)>,
    /// The score.
    pub score: Option<Score>,
    /// The grade.
    pub grade: Option<GradeOutcome>,
}

/// The verdict on one criterion, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it rests on figures that are declared to be provisional, its own or those of what its rule reads.
    pub provisional: bool,
    /// Before the due day, or if it is perhaps before it: what the verdict would be if it were due today.
    pub so_far: Option<Verdict>,
    /// What was measured.
    pub measured: Measured,
    /// The bars that it was held against, for this unit.
    pub target: Arc<[Bar]>,
    /// The day on which it must be fulfilled, if that is known.
    pub due: Option<Day>,
    /// Whether a day came in time; nothing where no day is measured and judged, or nobody knows.
    pub timing: Option<Timing>,
    /// What it earned; nothing where no points are at stake.
    pub points: Option<Points>,
    /// What each of those who score it said, in the order of the campaign.
    pub scored: Vec<Scored>,
    /// The verdict under other readings, where it is another.
    pub otherwise: Vec<Otherwise<Verdict>>,
}

/// What one of several scorers said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The value; none where it has not scored.
    pub value: Possible<Number>,
    /// The reason that was given.
    pub reason: Option<String>,
}

impl Judgement {
    /// By how much the first who scored it, as a rule the unit itself, said more than what counts.
    #[must_use]
    pub fn gap(&self) -> Option<Number> {
        let claimed = self.scored.first()?.value.value()?;
        let Measured::Number(counts) = &self.measured else { return None };
        claimed.minus(counts.value()?).ok()
    }
}

/// The answers that a criterion may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The target is reached.
    Met,
    /// The target is passed by as much as the campaign asks.
    Exceeded,
    /// The target is missed.
    NotMet,
    /// It depends on something unknown.
    Undetermined,
    /// There is nothing to judge.
    NotApplicable,
    /// The due day has not come and it is not fulfilled yet.
    NotDue,
    /// No target was set for the unit.
    NoTarget,
    /// It is measured and not judged.
    Measured,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    /// A share of rows, or a ratio of sums.
    Fraction(Box<Fraction>),
    /// A number.
    Number(Possible<Number>),
    /// A day; none where it has not happened.
    Day(Possible<Day>),
    /// Yes or no.
    Flag(Possible<bool>),
    /// A word, by its position.
    Category(Possible<u32>, Arc<Words>),
    /// A text.
    Text(Option<String>),
    /// Nothing: the criterion does not apply, or nothing is known at all.
    Nothing,
}

/// A bar that a measure was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which side.
    pub kind: BoundKind,
    /// Its key in the campaign: `by`, `within.to`.
    pub key: &'static str,
    /// The bar; nothing where no target was set for the unit, or nobody knows it yet.
    pub value: Option<Quantity>,
    /// The last day that counts, of a bar that ends a term.
    pub last: Option<Day>,
}

/// How a day stands to the term that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// So many days before the term begins.
    Early(i64),
    /// In the term, so many days before it ends.
    OnTime(i64),
    /// On the very day that the target names, whether or not it counts.
    OnTheDay,
    /// So many days after the term ended.
    Late(i64),
    /// It has not happened, and the last day of the term was so many days ago.
    Missed(i64),
    /// It has not happened, and the term ends in so many days.
    NotDue(i64),
    /// It has happened, and no term ends.
    Open,
    /// It has not happened, and no term ends.
    Awaited,
}

/// The points that a criterion earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Points {
    /// The least that it can be.
    pub least: Number,
    /// The most that it can be.
    pub greatest: Number,
    /// The points at stake.
    pub of: Number,
    /// How it enters the score.
    pub counts: Counts,
    /// What it adds to.
    pub pot: Pot,
}

/// How points enter the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counts {
    /// As they are.
    Fully,
    /// As the level's policy for what does not apply says.
    NotApplicable,
    /// Either, by something unknown.
    PerhapsNotApplicable,
    /// As they are, or not at all if it is not due, by something unknown; it may turn out not to apply, too.
    PerhapsLeftOut,
    /// Not at all: it is not due.
    LeftOut,
}

/// Points by what they add to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Of the full score.
    pub base: Number,
    /// On top of it.
    pub bonus: Number,
    /// Off it; not above nought.
    pub penalty: Number,
}

/// What a group of points adds up to, and what it gives of that; both at both ends of what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSum {
    /// The group, by its position among [`LevelOutcome::groups`].
    pub group: usize,
    /// Whether what it requires holds.
    pub gives: Truth,
    /// What it requires and what does not hold, or perhaps does not.
    pub misses: Vec<(String, Truth)>,
    /// The most of the full score, the most bonus, and the most penalty without its sign.
    pub caps: [Option<Number>; 3],
    /// At the least: what its items add up to, and what is left of it within its limits.
    pub least: [Sums; 2],
    /// The same at the most.
    pub greatest: [Sums; 2],
}

/// The score of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The least that it can be; nothing where no criterion applies.
    pub least: Option<Number>,
    /// The most that it can be.
    pub greatest: Option<Number>,
    /// Whether it may turn out that no criterion applies, beside the scores that are possible.
    pub perhaps_none: bool,
    /// The full score: that of everything that is due, or may be.
    pub of: Number,
    /// Whether something is, or may be, not due yet, or it rests on provisional figures.
    pub provisional: bool,
    /// Both ends before they were rounded.
    pub unrounded: Option<(Number, Number)>,
}

impl Score {
    /// The score, if it is only one.
    #[must_use]
    pub fn value(&self) -> Option<Number> {
        self.least.filter(|_| self.least == self.greatest && !self.perhaps_none)
    }

    /// What is known of it.
    #[must_use]
    pub fn known(&self) -> Possible<Number> {
        self.between(self.least.zip(self.greatest))
    }

    /// What is known of it before it was rounded.
    #[must_use]
    pub fn known_unrounded(&self) -> Possible<Number> {
        self.between(self.unrounded)
    }

    fn between(&self, ends: Option<(Number, Number)>) -> Possible<Number> {
        match ends.map(|(least, greatest)| Possible::between(Some(least), Some(greatest))) {
            None => Possible::none(),
            Some(ends) if self.perhaps_none => ends.or_none(),
            Some(ends) => ends,
        }
    }
}

/// The place of a unit in its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The best place that is possible.
    pub best: usize,
    /// The worst place that is possible.
    pub worst: usize,
    /// The mean of the places that it shares with its equals, where ties are fractional and that is known.
    pub mean: Option<Number>,
    /// Whether another unit is surely equal in every key.
    pub tied: bool,
    /// The key that parted the unit from others that were equal in all keys before it.
    pub tie_broken_by: Option<Arc<str>>,
    /// The keys that a list of the units shows, in their order.
    pub keys: Vec<Possible<Number>>,
    /// Whether a score or a key in the cluster is provisional.
    pub provisional: bool,
    /// The best and the worst place under other readings, where they are others.
    pub otherwise: Vec<Otherwise<(usize, usize)>>,
}

impl Ranking {
    /// The place, if it is only one.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        (self.best == self.worst).then_some(self.best)
    }
}

/// A grade that a unit does not have, and what it lacks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// The id of the grade.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The score that it takes, where that is not surely reached: whether it must be passed, and whether it perhaps is
    /// reached.
    pub bar: Option<(BoundKind, Number, Truth)>,
    /// The conditions that do not hold, or perhaps do not.
    pub conditions: Vec<(String, Truth)>,
}

/// The grade of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeOutcome {
    /// The id of the grade, if it is decided.
    pub id: Option<String>,
    /// What reports call it.
    pub title: Title,
    /// Whether the score or something that the grade requires is provisional.
    pub provisional: bool,
}

impl Timing {
    /// The word in data, and the days that it counts.
    #[must_use]
    pub fn id(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Early(days) => ("early", Some(days)),
            Self::OnTime(days) => ("on_time", Some(days)),
            Self::OnTheDay => ("on_the_day", None),
            Self::Late(days) => ("late", Some(days)),
            Self::Missed(days) => ("missed", Some(days)),
            Self::NotDue(days) => ("not_due", Some(days)),
            Self::Open => ("no_due_day", None),
            Self::Awaited => ("awaited", None),
        }
    }

    /// The words in data.
    pub const IDS: [&str; 8] = ["early", "on_time", "on_the_day", "late", "missed", "not_due", "no_due_day", "awaited"];
}

impl Verdict {
    /// What people call it.
    #[must_use]
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Met => Phrase::new("met", "đạt"),
            Self::Exceeded => Phrase::new("exceeded", "vượt"),
            Self::NotMet => Phrase::new("not met", "chưa đạt"),
            Self::Undetermined => Phrase::new("undetermined", "chưa xác định"),
            Self::NotApplicable => Phrase::new("not applicable", "không áp dụng"),
            Self::NotDue => Phrase::new("not due", "chưa đến hạn"),
            Self::NoTarget => Phrase::new("no target", "không giao chỉ tiêu"),
            Self::Measured => Phrase::new("measured", "chỉ đo"),
        }
    }

    /// The word in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Exceeded => "exceeded",
            Self::NotMet => "not_met",
            Self::Undetermined => "undetermined",
            Self::NotApplicable => "not_applicable",
            Self::NotDue => "not_due",
            Self::NoTarget => "no_target",
            Self::Measured => "measured",
        }
    }

    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Met,
        Self::Exceeded,
        Self::NotMet,
        Self::Undetermined,
        Self::NotApplicable,
        Self::NotDue,
        Self::NoTarget,
        Self::Measured,
    ];
}
