//! Sentences with holes.

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
    pub help: &'static [Help],
}

/// A remedy in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Help {
    /// In English.
    pub en: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
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

impl Help {
    /// The remedy in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Vi => self.vi,
        }
    }
}

pub(super) struct Filled {
    pub text: String,
    pub complete: bool,
}

/// Fills the holes of a template; a hole without an argument stays visible.
pub(super) fn fill(template: &str, arguments: &[(&'static str, String)]) -> Filled {
    let mut filled = Filled { text: String::with_capacity(template.len()), complete: true };
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.text.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        match arguments.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.text.push_str(value),
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
