//! One unit: every criterion, its standing, and each condition of its awards.

use crate::evaluate::{AwardOutcome, AwardVerdict, CriterionHead, Judgement, LevelOutcome, UnitOutcome, Verdict};
use crate::value::Truth;

use super::super::words;
use super::{Grid, Writer};

impl Writer {
    pub(super) fn one_unit(&mut self, level: &LevelOutcome, unit: &UnitOutcome<'_>) {
        if unit.id != level.id {
            let name = self.unit(unit, level);
            self.heading(3, name);
        }
        let fields = self.standing(level, unit);
        self.fields(fields);
        self.criteria(level, unit);
        self.adding_up(level, unit);
        self.decisions(level, unit);
    }

    fn standing(&self, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Vec<(String, String)> {
        let cluster = unit.cluster.map(|cluster| (words::CLUSTER, cluster.to_owned()));
        let score = unit
            .score
            .as_ref()
            .map(|score| (words::SCORE, self.figures.score_of(score, &level.settings, &unit.score_otherwise())));
        let rank = unit.rank.as_ref().map(|rank| (words::RANK, self.rank_in_words(rank)));
        let grade = unit.grade.map(|grade| (words::GRADE, self.grade(grade) + &self.provisional(grade.provisional)));
        let otherwise = words::otherwise(&unit.grade_otherwise(), |grade| self.grade(grade));
        let grade = grade.map(|(name, text)| (name, text + &otherwise));
        let met = (level.criteria.iter().any(|head| head.strength.binds()))
            .then(|| (words::MET, self.figures.met(&level.criteria, unit)));
        let fields = [cluster, score, rank, grade, met].into_iter().flatten();
        fields.map(|(name, text)| (self.word(name).to_owned(), text)).collect()
    }

    fn criteria(&mut self, level: &LevelOutcome, unit: &UnitOutcome<'_>) {
        if level.criteria.is_empty() {
            return;
        }
        let pointed = unit.criteria.iter().any(|judgement| judgement.points.is_some());
        let mut columns = vec![
            self.text(words::CRITERION),
            self.text(words::VERDICT),
            self.text(words::VALUE),
            self.text(words::TARGET),
        ];
        if pointed {
            columns.push(self.figure(words::POINTS));
        }
        let row = |(at, (head, judgement)): (usize, (&CriterionHead, Judgement))| {
            let otherwise = words::otherwise(&unit.points_otherwise(at), |points| self.figures.points(points));
            let points = judgement.points.as_ref().map(|points| self.figures.points(points) + &otherwise);
            let mut row = vec![
                self.criterion(head),
                self.verdict(&judgement),
                self.figures.measured_in_time(head, &judgement),
                self.figures.target(&judgement.target, &judgement.measured),
                points.unwrap_or_default(),
            ];
            row.truncate(if pointed { 5 } else { 4 });
            row
        };
        let rows = level.criteria.iter().zip(unit.criteria.iter()).enumerate().map(row).collect();
        self.grid(Grid { columns, rows, spaced: true });
    }

    /// How the points add up in groups, so that the column above leads to the score.
    fn adding_up(&mut self, level: &LevelOutcome, unit: &UnitOutcome) {
        if !unit.groups.is_empty() {
            self.line(format!("{}:", self.word(words::ADDITION)));
            self.list(unit.groups.iter().map(|sum| self.figures.group_sum(level, sum)).collect());
        }
    }

    /// The verdict; before the due day also what it would be today.
    fn verdict(&self, judgement: &Judgement) -> String {
        let word = |verdict: Verdict| self.word(words::verdict(verdict));
        let mark = words::mark(judgement.verdict);
        let otherwise = words::otherwise(&judgement.otherwise, |verdict| word(*verdict).to_owned());
        let otherwise = self.provisional(judgement.provisional) + &otherwise;
        match judgement.so_far.filter(|so_far| *so_far != judgement.verdict) {
            Some(so_far) => {
                let so_far = format!("{}: {}", self.word(words::SO_FAR), word(so_far));
                format!("{mark}\u{a0}{} ({so_far}){otherwise}", word(judgement.verdict))
            }
            None => format!("{mark}\u{a0}{}{otherwise}", word(judgement.verdict)),
        }
    }

    fn decisions(&mut self, level: &LevelOutcome, unit: &UnitOutcome<'_>) {
        let columns = vec![self.text(words::AWARD), self.text(words::DECISION), self.text(words::CONDITIONS)];
        let decided = level.awards.iter().zip(unit.awards.iter()).filter_map(|(head, award)| Some((head, award?)));
        let rows: Vec<_> = decided
            .map(|(head, award)| {
                let word = |verdict: AwardVerdict| self.word(words::award(verdict)).to_owned();
                let decision = word(award.verdict) + &self.provisional(award.provisional);
                let decision = decision + &words::otherwise(&award.otherwise, |verdict| word(*verdict));
                vec![self.award(level, head), decision, self.conditions(level, award)]
            })
            .collect();
        if !rows.is_empty() {
            self.grid(Grid { columns, rows, spaced: true });
        }
    }

    /// Each condition with its own answer.
    fn conditions(&self, level: &LevelOutcome, award: &AwardOutcome) -> String {
        let answer = |(id, truth): &(String, Truth)| {
            format!("{}: {}", words::condition(level, id, self.language), self.word(words::truth(*truth)))
        };
        award.conditions.iter().map(answer).collect::<Vec<_>>().join("; ")
    }
}
