//! What the outcome rests on, and what somebody should look at.

use crate::diagnostic::Diagnostic;
use crate::evaluate::Outcome;
use crate::source::Place;

use super::super::words;
use super::Writer;

impl Writer {
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
