//! What is wrong, where, and what to do about it.
//!
//! A [`Diagnostic`] is a stable code from the [`catalogue`] with arguments. Its sentence is rendered from the
//! catalogue in the reader's [`Language`]; nothing here decides which.

pub mod catalogue;
mod message;

use std::fmt::Display;

pub use message::{Entry, Language, Phrase, Severity, Wording};

use crate::source::Place;

/// One finding: a code, its arguments, and where.
///
/// ```
/// use thidua::diagnostic::{Diagnostic, Language, catalogue};
///
/// let fault = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", "at_leest").with("near", "at_least");
/// assert_eq!(fault.code(), "unknown-key");
/// assert_eq!(fault.message(Language::En), "unknown key `at_leest`");
/// assert_eq!(fault.help(Language::En), ["did you mean `at_least`?"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    entry: &'static Entry,
    arguments: Vec<(&'static str, Wording)>,
    /// Where it is.
    pub place: Place,
}

impl Diagnostic {
    /// A finding of this kind, as yet without arguments or a place.
    #[must_use]
    pub fn new(entry: &'static Entry) -> Self {
        Self { entry, arguments: Vec::new(), place: Place::Nowhere }
    }

    /// Fills in an argument of the sentence: anything that can be displayed, or a [`Phrase`] in both languages.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Wording>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// Fills in an argument if there is one; a hint that needs it is left out where there is none.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Wording>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(self, place: impl Into<Place>) -> Self {
        Self { place: place.into(), ..self }
    }

    /// The stable code, such as `unknown-key`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.entry.code
    }

    /// Whether it stops the work.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.entry.severity
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.entry.severity == Severity::Error
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        message::fill(self.entry.text(language), &self.arguments, language).text
    }

    /// The remedies: those whose arguments are known.
    #[must_use]
    pub fn help(&self, language: Language) -> Vec<String> {
        self.entry
            .help
            .iter()
            .map(|help| message::fill(help.text(language), &self.arguments, language))
            .filter(|filled| filled.complete)
            .map(|filled| filled.text)
            .collect()
    }
}

impl From<&Place> for Place {
    fn from(place: &Place) -> Self {
        place.clone()
    }
}

/// The code, the English sentence and the place on one line.
impl Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.place != Place::Nowhere {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{} [{}]", self.message(Language::En), self.code())
    }
}
