//! The units of a level in the order of their places, cluster by cluster.

use std::cmp::Ordering;

use crate::evaluate::{AwardVerdict, GradeOutcome, LevelOutcome, Measured, Ranking, UnitOutcome};

use super::super::figure::NOTHING;
use super::super::order::NameOrder;
use super::super::words;
use super::{Column, Grid, Writer};

/// What a column says of a unit.
type Cell = fn(&Writer, &LevelOutcome, &UnitOutcome<'_>) -> String;

impl Writer {
    pub(super) fn ranking(&mut self, level: &LevelOutcome) {
        let title = if level.settings.ties.is_some() { words::RANKING } else { words::UNITS };
        self.heading(3, self.word(title));
        if !level.settings.rank_by.is_empty() {
            let keys = words::ranked_by(level, self.language);
            self.line(self.word(words::RANKED_BY).replace("{keys}", &keys));
        }
        for (cluster, units) in by_cluster(level) {
            if let Some(heading) = self.cluster(level, cluster) {
                self.heading(4, heading);
            }
            let grid = self.places(level, &units);
            self.grid(grid);
        }
        if level.units.iter().any(|unit| unit.rank.as_ref().is_some_and(|rank| rank.tied)) {
            self.line(self.word(words::TIED_NOTE));
        }
        if level.units.iter().any(|unit| only_of_others(unit.rank.as_ref().is_some_and(|rank| rank.provisional), &unit))
        {
            self.line(self.word(words::PROVISIONAL_MARK));
        }
        self.unranked(level);
    }

    /// Who is not ranked, or perhaps not, and why.
    fn unranked(&mut self, level: &LevelOutcome) {
        for unit in &level.units {
            if let Some(why) = words::unranked(level, &unit, self.language) {
                self.line(format!("{}: {why}", self.unit(&unit, level)));
            }
        }
    }

    /// What stands above a cluster; nothing where the level has none.
    pub(super) fn cluster(&self, level: &LevelOutcome, cluster: Option<&str>) -> Option<String> {
        match cluster {
            Some(cluster) => Some(format!("{} {cluster}", self.word(words::CLUSTER))),
            None if level.units.iter().any(|unit| unit.cluster.is_some()) => {
                Some(self.word(words::NO_CLUSTER).to_owned())
            }
            None => None,
        }
    }

    /// The places of some units; only columns that say something.
    pub(super) fn places(&self, level: &LevelOutcome, units: &[UnitOutcome<'_>]) -> Grid {
        let any = |has: fn(&UnitOutcome<'_>) -> bool| level.units.iter().any(|unit| has(&unit));
        let ranked = any(|unit| unit.rank.is_some());
        let scored = any(|unit| unit.score.is_some());
        let graded = any(|unit| unit.grade.is_some());
        let cells: [(bool, Column, Cell); 6] = [
            (ranked, self.figure(words::RANK), |writer, _, unit| writer.place(unit)),
            (true, self.text(words::UNIT), |writer, level, unit| writer.unit(unit, level)),
            (scored, self.score_column(level), |writer, _, unit| writer.scored(unit)),
            (true, self.figure(words::MET), |writer, level, unit| writer.figures.met(&level.criteria, unit)),
            (graded, self.text(words::GRADE), |writer, _, unit| writer.graded(unit)),
            (!level.awards.is_empty(), self.text(words::AWARDS), |writer, level, unit| writer.won(level, unit)),
        ];
        let shown: Vec<_> = cells.into_iter().filter(|(shown, ..)| *shown).collect();
        // Keys stand where the score does, or would.
        let heads = [ranked, true, scored].into_iter().filter(|shown| *shown).count();
        let keys = self.keys(level);
        let row = |unit: &UnitOutcome<'_>| {
            let mut row: Vec<String> = shown.iter().map(|(_, _, cell)| cell(self, level, unit)).collect();
            row.splice(heads..heads, (0..keys.len()).map(|at| self.key(unit, at)));
            row
        };
        let rows = units.iter().map(row).collect();
        let mut columns: Vec<Column> = shown.into_iter().map(|(_, column, _)| column).collect();
        columns.splice(heads..heads, keys);
        Grid { rows, columns, spaced: false }
    }

    /// A column for each key that stands before the score.
    fn keys(&self, level: &LevelOutcome) -> Vec<Column> {
        let shown = level.settings.rank_by.iter().filter(|key| key.shown);
        let column = |key| Column { title: words::key(level, key, self.language), figures: true };
        shown.map(column).collect()
    }

    fn key(&self, unit: &UnitOutcome<'_>, at: usize) -> String {
        let key = unit.rank.as_ref().and_then(|rank| rank.keys.get(at));
        key.map_or_else(String::new, |key| self.figures.measured(&Measured::Number(*key), &[]))
    }

    /// The head says what the full score is, where it is the same for all.
    fn score_column(&self, level: &LevelOutcome) -> Column {
        let mut column = self.figure(words::SCORE);
        let mut full = level.units.iter().filter_map(|unit| unit.score).map(|score| score.of);
        if let Some(of) = full.next().filter(|of| full.all(|other| other == *of)) {
            column.title = format!("{}\u{a0}/\u{a0}{}", column.title, self.figures.full(of, &level.settings));
        }
        column
    }

    fn place(&self, unit: &UnitOutcome<'_>) -> String {
        let place = |rank: &Ranking| {
            let mark = words::rests_on_provisional(only_of_others(rank.provisional, unit));
            self.figures.rank(rank) + mark + words::hangs_on_reading(&rank.otherwise)
        };
        let unranked = || if unit.unranked.is_empty() { String::new() } else { NOTHING.to_owned() };
        unit.rank.as_ref().map_or_else(unranked, place)
    }

    fn scored(&self, unit: &UnitOutcome<'_>) -> String {
        let mark = words::hangs_on_reading(&unit.score_otherwise());
        unit.score.as_ref().map_or_else(String::new, |score| self.figures.score(score) + mark)
    }

    fn graded(&self, unit: &UnitOutcome<'_>) -> String {
        let mark = |grade: &GradeOutcome| words::rests_on_provisional(only_of_others(grade.provisional, unit));
        let hangs = words::hangs_on_reading(&unit.grade_otherwise());
        unit.grade.map_or_else(String::new, |grade| self.grade(grade) + mark(grade) + hangs)
    }

    /// ` (provisional)`, where something is.
    pub(super) fn provisional(&self, provisional: bool) -> String {
        if provisional { format!(" ({})", self.word(words::PROVISIONAL)) } else { String::new() }
    }

    pub(super) fn grade(&self, grade: &GradeOutcome) -> String {
        let undetermined = || self.word(words::verdict(crate::evaluate::Verdict::Undetermined)).to_owned();
        grade.id.as_ref().map_or_else(undetermined, |id| words::title(&grade.title, id, self.language).to_owned())
    }

    /// The place, and the key that put the unit ahead of others that were equal before it.
    pub(super) fn rank_in_words(&self, rank: &Ranking) -> String {
        let place = self.figures.rank(rank);
        let otherwise = words::otherwise(&rank.otherwise, |(best, worst)| self.figures.places(*best, *worst));
        let provisional = self.provisional(rank.provisional);
        match &rank.tie_broken_by {
            Some(key) => format!("{place} ({} {key}){provisional}{otherwise}", self.word(words::TIE_BROKEN_BY)),
            None => place + &provisional + &otherwise,
        }
    }

    /// The awards that a unit has or may have, each with its decision unless it is simply won.
    fn won(&self, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> String {
        let decided = level.awards.iter().zip(unit.awards.iter()).filter_map(|(head, award)| Some((head, award?)));
        let named = decided.filter(|(_, award)| award.verdict != AwardVerdict::NotEligible).map(|(head, award)| {
            let title = words::title(&head.title, &head.id, self.language).to_owned()
                + words::hangs_on_reading(&award.otherwise);
            match award.verdict {
                AwardVerdict::Granted if award.provisional => format!("{title} ({})", self.word(words::PROVISIONAL)),
                AwardVerdict::Granted => title,
                verdict => format!("{title} ({})", self.word(words::award(verdict))),
            }
        });
        named.collect::<Vec<_>>().join("; ")
    }
}

/// Whether something is provisional beside the score, which says so itself.
fn only_of_others(provisional: bool, unit: &UnitOutcome<'_>) -> bool {
    provisional && !unit.score.is_some_and(|score| score.provisional)
}

/// The units of each cluster, best place first; those without a cluster come last.
pub(super) fn by_cluster(level: &LevelOutcome) -> Vec<(Option<&str>, Vec<UnitOutcome<'_>>)> {
    let mut clusters: Vec<Option<&str>> = level.units.iter().map(|unit| unit.cluster).collect();
    let order = NameOrder::new();
    clusters.sort_by(|one, other| {
        let by_name = || order.compare(one.unwrap_or_default(), other.unwrap_or_default());
        one.is_none().cmp(&other.is_none()).then_with(by_name)
    });
    clusters.dedup();
    let group = |cluster: Option<&'_ str>| {
        let mut units: Vec<_> = level.units.iter().filter(|unit| unit.cluster == cluster).collect();
        let ranked = units.iter().any(|unit| unit.rank.is_some());
        let place = |unit: &UnitOutcome<'_>| {
            unit.rank.as_ref().map_or((usize::MAX, usize::MAX), |rank| (rank.best, rank.worst))
        };
        let by_name = |one: &UnitOutcome<'_>, other: &UnitOutcome<'_>| match level.settings.people {
            true => order.compare_people(one.called(), other.called()),
            false if ranked => order.compare(one.called(), other.called()),
            // Where nobody is ranked, units stand as in their file.
            false => Ordering::Equal,
        };
        units.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| by_name(one, other)));
        units
    };
    clusters.into_iter().map(|cluster| (cluster, group(cluster))).collect()
}
