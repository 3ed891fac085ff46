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
            let counts = [("{verdicts}", it.verdicts), ("{ranks}", it.ranks), ("{awards}", it.awards)];
            let changes = self.word(words::READING_CHANGES).to_owned();
            let changes = counts.iter().fold(changes, |text, (hole, count)| text.replace(hole, &self.count(*count)));
            format!("{} ({}): {}: {changes}", it.reading.id, it.reading.question, it.reading.about)
        };
        self.list(outcome.readings.iter().map(item).collect());
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
