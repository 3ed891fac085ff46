//! A level that is too large to show whole: counts, the ends of the ranking, awards.

use crate::evaluate::{LevelOutcome, UnitOutcome, Verdict};

use super::super::words;
use super::ranking::by_cluster;
use super::{Column, Grid, Writer};

/// So many places from either end of a cluster.
const ENDS: usize = 3;

/// So many units are named in a group.
const NAMED: usize = 20;

impl Writer {
    pub(super) fn summary(&mut self, level: &LevelOutcome) {
        self.line(self.word(words::SUMMARISED));
        self.verdict_counts(level);
        self.ends(level);
        self.awards(level, NAMED);
    }

    fn verdict_counts(&mut self, level: &LevelOutcome) {
        self.heading(3, self.word(words::VERDICTS_BY_CRITERION));
        let count = |at: usize, verdict: Verdict| {
            level.units.iter().filter(|unit| unit.criteria.verdict(at) == Some(verdict)).count()
        };
        let occurs = |verdict: &Verdict| (0..level.criteria.len()).any(|at| count(at, *verdict) > 0);
        let verdicts: Vec<_> = Verdict::ALL.into_iter().filter(occurs).collect();
        let titles = verdicts.iter().map(|verdict| Column { title: words::mark(*verdict).to_owned(), figures: true });
        let columns = [self.text(words::CRITERION)].into_iter().chain(titles).collect();
        let row = |(at, head)| {
            let counts = verdicts.iter().map(|verdict| self.count(count(at, *verdict)));
            [self.criterion(head)].into_iter().chain(counts).collect()
        };
        let rows = level.criteria.iter().enumerate().map(row).collect();
        self.grid(Grid { columns, rows, spaced: true });
        let legend = self.legend(level);
        self.line(legend);
    }

    fn ends(&mut self, level: &LevelOutcome) {
        if level.units.iter().all(|unit| unit.rank.is_none()) {
            return;
        }
        self.heading(3, self.word(words::FIRST_AND_LAST));
        for (cluster, units) in by_cluster(level) {
            if let Some(heading) = self.cluster(level, cluster) {
                self.heading(4, heading);
            }
            let mut grid = self.places(level, &ends(&units));
            if units.len() > 2 * ENDS {
                let gap = grid.columns.iter().map(|_| "⋮".to_owned()).collect();
                grid.rows.insert(ENDS, gap);
            }
            self.grid(grid);
        }
    }
}

/// The first and the last of some units; all of them where there are few.
fn ends<'o>(units: &[UnitOutcome<'o>]) -> Vec<UnitOutcome<'o>> {
    let last = units.len().saturating_sub(ENDS).max(ENDS);
    units.iter().take(ENDS).chain(units.iter().skip(last)).cloned().collect()
}
