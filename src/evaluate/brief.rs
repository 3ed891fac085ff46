//! An outcome in brief: what is decided of every unit, without what it rests on.

use super::awarded::AwardVerdict;
use super::outcome::{GradeOutcome, Outcome, Score, Verdict};
use super::units::UnitOutcome;

/// What is decided of every unit, level by level. What rests on provisional figures is not marked in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// The lines of each level.
    pub levels: Vec<Vec<Line>>,
}

/// What is decided of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its row in the table of its level.
    pub row: usize,
    /// The verdicts, by criterion.
    pub verdicts: Vec<Verdict>,
    /// The score.
    pub score: Option<Score>,
    /// The grade.
    pub grade: Option<GradeOutcome>,
    /// The best and the worst place, and whether it is shared.
    pub rank: Option<(usize, usize, bool)>,
    /// The decisions, by award.
    pub awards: Vec<Option<AwardVerdict>>,
}

impl Brief {
    /// An outcome in brief.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let levels = outcome.levels.iter().map(|level| level.units.iter().map(|unit| Line::of(&unit)).collect());
        Self { levels: levels.collect() }.unmarked()
    }

    /// The same without marks of what is provisional: they belong to what a decision rests on.
    pub(super) fn unmarked(mut self) -> Self {
        for line in self.levels.iter_mut().flatten() {
            if let Some(score) = &mut line.score {
                score.provisional = false;
            }
            if let Some(grade) = &mut line.grade {
                grade.provisional = false;
            }
        }
        self
    }

    /// Whether the same units win the same awards.
    #[must_use]
    pub fn wins_as(&self, other: &Self) -> bool {
        let winners = |brief: &Self| {
            let lines =
                brief.levels.iter().enumerate().flat_map(|(at, level)| level.iter().map(move |line| (at, line)));
            let won = lines
                .flat_map(|(at, line)| line.wins().enumerate().map(move |(award, won)| (at, line.row, award, won)));
            won.filter(|(.., won)| *won).collect::<Vec<_>>()
        };
        winners(self) == winners(other)
    }

    /// Whether verdicts, grades, ranks and awards are the same. Scores move all the time.
    #[must_use]
    pub fn decides_as(&self, other: &Self) -> bool {
        let lines = |brief: &Self| brief.levels.iter().map(Vec::len).eq(other.levels.iter().map(Vec::len));
        let pairs = self.levels.iter().flatten().zip(other.levels.iter().flatten());
        lines(self) && pairs.into_iter().all(|(mine, theirs)| mine.decides_as(theirs))
    }
}

impl Line {
    fn wins(&self) -> impl Iterator<Item = bool> {
        self.awards.iter().map(|award| *award == Some(AwardVerdict::Granted))
    }

    fn of(unit: &UnitOutcome) -> Self {
        Self {
            row: unit.row,
            verdicts: unit.criteria.verdicts().collect(),
            score: unit.score,
            grade: unit.grade.cloned(),
            rank: unit.rank.as_ref().map(|rank| (rank.best, rank.worst, rank.tied)),
            awards: unit.awards.iter().map(|award| award.map(|award| award.verdict)).collect(),
        }
    }

    /// Whether verdicts, grade, rank and awards are the same.
    #[must_use]
    pub fn decides_as(&self, other: &Self) -> bool {
        self.row == other.row
            && self.rank == other.rank
            && self.awards == other.awards
            && self.verdicts == other.verdicts
            && self.grade == other.grade
    }
}
