//! One level: in full, by unit, or as a summary, whichever its size asks for.

use crate::evaluate::LevelOutcome;

use super::super::words;
use super::Writer;

/// A level with at most so many units shows every criterion of each.
const FEW: usize = 3;

/// A level with more units than this is summarised unless all are asked for.
const MANY: usize = 50;

impl Writer {
    pub(super) fn level(&mut self, level: &LevelOutcome, all: bool) {
        let title = words::title(&level.title, &level.id, self.language);
        let units = level.units.len();
        let heading = if units == 1 { title.to_owned() } else { format!("{title} ({units})") };
        self.heading(2, heading);
        match units {
            ..=FEW => self.few(level),
            _ if units > MANY && !all => self.summary(level),
            _ => self.many(level),
        }
    }

    fn few(&mut self, level: &LevelOutcome) {
        for unit in &level.units {
            self.one_unit(level, &unit);
        }
    }

    fn many(&mut self, level: &LevelOutcome) {
        self.ranking(level);
        self.matrix(level);
        self.awards(level, usize::MAX);
    }
}
