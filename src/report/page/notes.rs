//! What the outcome rests on, and what somebody should look at.

use crate::diagnostic::Diagnostic;
use crate::evaluate::{Outcome, ReadingOutcome};
use crate::source::Place;

use super::super::words;
use super::Writer;

impl Writer {
    /// What each other reading of the directive would change.
    pub(super) fn readings(&mut self, outcome: &Outcome) {
        if outcome.readings.is_empty() {
            return;
        }
        self.heading(2, self.word(words::READINGS));
        let item = |it: &ReadingOutcome| {
            let about = words::title(&it.reading.about, &it.reading.id, self.language);
            format!("{} ({}): {about}: {}", it.reading.id, it.reading.question, self.changes(it))
        };
        self.list(outcome.readings.iter().map(item).collect());
    }

    /// How many of each sort would be others.
    fn changes(&self, reading: &ReadingOutcome) -> String {
        let counts = [
            (reading.verdicts, words::OF_VERDICTS),
            (reading.points, words::OF_POINTS),
            (reading.scores, words::OF_SCORES),
            (reading.grades, words::OF_GRADES),
            (reading.ranks, words::OF_RANKS),
            (reading.awards, words::OF_AWARDS),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, of)| format!("{}\u{a0}{}", self.word(of), self.count(count)));
        let counts: Vec<String> = counts.collect();
        if counts.is_empty() {
            return self.word(words::READING_CHANGES_NOTHING).to_owned();
        }
        format!("{} {}", self.word(words::READING_CHANGES), counts.join(", "))
    }

    pub(super) fn assumptions(&mut self, outcome: &Outcome) {
        if outcome.assumptions.is_empty() {
            return;
        }
        self.heading(2, self.word(words::ASSUMED));
        let item =
            |assumed: &crate::campaign::Assumption| format!("{} = {}: {}", assumed.path, assumed.value, assumed.reason);
        self.list(outcome.assumptions.iter().map(item).collect());
    }

    pub(super) fn warnings(&mut self, outcome: &Outcome) {
        if outcome.warnings.is_empty() {
            return;
        }
        self.heading(2, self.word(words::WARNED));
        self.list(outcome.warnings.iter().map(|warning| self.warning(warning)).collect());
    }

    fn warning(&self, warning: &Diagnostic) -> String {
        let message = warning.message(self.language);
        match &warning.place {
            Place::Nowhere => message,
            place => format!("{place}: {message}"),
        }
    }
}
