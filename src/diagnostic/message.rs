//! Sentences with holes, and what fills them.

use std::fmt::Display;

use crate::value::cut;

/// The language of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Vietnamese.
    Vi,
}

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It does, for the part that it concerns.
    Error,
    /// It does not, but somebody should look.
    Warning,
}

/// A kind of finding: its stable code, its sentence in both languages and its remedies.
///
/// Holes are written `{name}`. A remedy with a hole that nothing fills is not shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The stable code.
    pub code: &'static str,
    /// Whether it stops the work.
    pub severity: Severity,
    /// The English sentence.
    pub en: &'static str,
    /// The Vietnamese sentence.
    pub vi: &'static str,
    /// What to do about it.
    pub help: &'static [Phrase],
}

/// A phrase in both languages; it may have holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// In English.
    pub en: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
}

/// What fills a hole: a name or a number, which is the same in every language, or words in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The same in every language.
    Plain(String),
    /// Words.
    Both {
        /// In English.
        en: String,
        /// In Vietnamese.
        vi: String,
    },
}

impl Entry {
    /// The sentence in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Vi => self.vi,
        }
    }
}

impl Phrase {
    /// A phrase in both languages.
    #[must_use]
    pub const fn new(en: &'static str, vi: &'static str) -> Self {
        Self { en, vi }
    }

    /// The phrase in a language.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Vi => self.vi,
        }
    }

    /// The phrase with a hole filled.
    #[must_use]
    pub fn with(self, hole: &'static str, value: impl Into<Wording>) -> Wording {
        Wording::from(self).with(hole, value)
    }
}

impl Wording {
    /// The words in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match (self, language) {
            (Self::Plain(text), _)
            | (Self::Both { en: text, .. }, Language::En)
            | (Self::Both { vi: text, .. }, Language::Vi) => text,
        }
    }

    /// The words with a hole filled.
    #[must_use]
    pub fn with(self, hole: &'static str, value: impl Into<Self>) -> Self {
        let arguments = [(hole, value.into())];
        let filled = |language| fill(self.text(language), &arguments, language).text;
        Self::Both { en: filled(Language::En), vi: filled(Language::Vi) }
    }
}

impl From<Phrase> for Wording {
    fn from(phrase: Phrase) -> Self {
        Self::Both { en: phrase.en.to_owned(), vi: phrase.vi.to_owned() }
    }
}

/// What can be displayed says the same in every language. Nobody reads a megabyte in a sentence: it is cut.
impl<T: Display> From<T> for Wording {
    fn from(value: T) -> Self {
        const MOST_LETTERS: usize = 1_000;
        Self::Plain(cut(&value.to_string(), MOST_LETTERS).into_owned())
    }
}

pub(super) struct Filled {
    pub text: String,
    pub complete: bool,
}

/// Fills the holes of a template; a hole without an argument stays visible.
pub(super) fn fill(template: &str, arguments: &[(&'static str, Wording)], language: Language) -> Filled {
    let mut filled = Filled { text: String::with_capacity(template.len()), complete: true };
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        match arguments.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.text.push_str(value.text(language)),
            None => {
                filled.complete = false;
                filled.text.push('{');
                filled.text.push_str(name);
                filled.text.push('}');
            }
        }
        rest = after;
    }
    filled.text.push_str(rest);
    filled
}
