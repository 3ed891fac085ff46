//! Units against criteria, one mark for each verdict.

use crate::evaluate::{Judgement, LevelOutcome, UnitOutcome, Verdict};

use super::super::words;
use super::{Column, Grid, Writer};

/// So many criteria stand side by side; more are drawn below.
const ABREAST: usize = 12;

impl Writer {
    pub(super) fn matrix(&mut self, level: &LevelOutcome) {
        if level.criteria.is_empty() {
            return;
        }
        self.heading(3, self.word(words::CRITERIA));
        let numbered = level.criteria.iter().zip(1..);
        self.list(numbered.map(|(head, number)| format!("{number}. {}", self.criterion(head))).collect());
        for first in (0..level.criteria.len()).step_by(ABREAST) {
            let grid = self.marks(level, first);
            self.grid(grid);
        }
        let legend = self.legend(level);
        self.line(legend);
        if level.units.iter().flat_map(|unit| unit.criteria.iter()).any(|judgement| !judgement.otherwise.is_empty()) {
            self.line(self.word(words::HANGS_ON_READING));
        }
        if level.units.iter().flat_map(|unit| unit.criteria.iter()).any(|judgement| judgement.provisional) {
            self.line(self.word(words::PROVISIONAL_MARK));
        }
    }

    fn marks(&self, level: &LevelOutcome, first: usize) -> Grid {
        let count = ABREAST.min(level.criteria.len() - first);
        let numbers = (first + 1..=first + count).map(|number| Column { title: number.to_string(), figures: true });
        let columns = [self.text(words::UNIT)].into_iter().chain(numbers).collect();
        let marks = |unit: &UnitOutcome<'_>| -> Vec<String> {
            let judgements = unit.criteria.iter().skip(first).take(count);
            let mark = |judgement: Judgement| {
                let (mark, provisional) = (words::mark(judgement.verdict), judgement.provisional);
                mark.to_owned()
                    + words::rests_on_provisional(provisional)
                    + words::hangs_on_reading(&judgement.otherwise)
            };
            judgements.map(mark).collect()
        };
        let row = |unit: UnitOutcome<'_>| [unit.called().to_owned()].into_iter().chain(marks(&unit)).collect();
        Grid { columns, rows: level.units.iter().map(row).collect(), spaced: false }
    }

    /// The marks that occur, and what they mean.
    pub(super) fn legend(&self, level: &LevelOutcome) -> String {
        let occurs = |verdict: &Verdict| {
            level.units.iter().flat_map(|unit| unit.criteria.verdicts()).any(|judged| judged == *verdict)
        };
        let meaning = |verdict: Verdict| {
            let firm = self.word(words::verdict(verdict)).replace(' ', "\u{a0}");
            format!("{}\u{a0}{firm}", words::mark(verdict))
        };
        Verdict::ALL.into_iter().filter(occurs).map(meaning).collect::<Vec<_>>().join("  ")
    }
}
