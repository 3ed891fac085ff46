//! Text as people write it.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text in Unicode's composed form (NFC), so that the same word is the same bytes.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The text with every character visible that a terminal would obey: controls as their pictures, marks of the
/// direction of writing and separators of lines as `\u{fffd}`. What is read must be what is there.
///
/// ```
/// use thidua::value::visible;
///
/// assert_eq!(visible("H01\u{1b}[31m\n"), "H01␛[31m␊");
/// assert_eq!(visible("tỉ lệ"), "tỉ lệ");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| shown(letter) == letter) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

fn shown(letter: char) -> char {
    match letter {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

/// At most so many letters of a text; nobody reads a megabyte in a sentence.
#[must_use]
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// No name is longer; comparing two longer texts would take their lengths multiplied, in time and in memory.
const MOST_COMPARED: usize = 200;

/// The candidate that was probably meant: the most alike, if it is alike at all.
///
/// ```
/// use thidua::value::nearest;
///
/// assert_eq!(nearest("worker", ["union", "workers"]), Some("workers"));
/// assert_eq!(nearest("zzz", ["union", "workers"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let comparable = |text: &str| text.len() <= MOST_COMPARED;
    candidates
        .into_iter()
        .filter(|candidate| comparable(word) && comparable(candidate))
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.cmp(x)))
        .map(|(_, candidate)| candidate)
}
