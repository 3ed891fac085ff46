//! Texts that mean the same although they are written in different ways.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The five marks of tone: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The text as readers hear it: small letters, one blank between words, no punctuation, the tone of a syllable behind
/// it, and the Icelandic Ð as the Vietnamese Đ. Two texts that fold alike say the same: «Hoà Bình» and «HÒA  BÌNH:».
///
/// ```
/// use thidua::value::fold;
///
/// assert_eq!(fold("Thoả ước\n(đã ký)"), fold("THỎA ƯỚC (đã ký)"));
/// assert_eq!(fold("Ðạt"), fold("đạt"));
/// assert_ne!(fold("Số LĐ"), fold("Số LD"));
/// assert_ne!(fold("mã"), fold("ma"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        push_word(&word, &mut folded);
    }
    folded
}

/// The fold without marks, and with d for đ. What folds so alike is at most a suggestion.
///
/// ```
/// use thidua::value::bare;
///
/// assert_eq!(bare("Số LĐ"), bare("so ld"));
/// ```
#[must_use]
pub fn bare(text: &str) -> String {
    let plain = |letter: char| if letter == 'đ' { 'd' } else { letter };
    fold(text).nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).collect()
}

/// A text without characters that nobody sees: no-break and other odd blanks are blanks, what has no width is gone.
/// Nothing if it has none.
///
/// ```
/// use thidua::value::without_hidden;
///
/// assert_eq!(without_hidden("H\u{200b}01\u{a0}A").as_deref(), Some("H01 A"));
/// assert_eq!(without_hidden("Đạt"), None);
/// ```
#[must_use]
pub fn without_hidden(text: &str) -> Option<String> {
    // All of them begin with one of these bytes, and few Vietnamese letters do.
    if !text.bytes().any(|byte| matches!(byte, 0xc2 | 0xe2 | 0xe3 | 0xef) || is_control(byte)) {
        return None;
    }
    if !text.contains(|letter: char| is_odd_blank(letter) || has_no_width(letter)) {
        return None;
    }
    let blank = |letter: char| if is_odd_blank(letter) { ' ' } else { letter };
    Some(text.chars().filter(|letter| !has_no_width(*letter)).map(blank).collect::<String>().trim().to_owned())
}

/// Whether a byte is a control that no text needs: not the end of a line, nor a tab.
#[must_use]
pub fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t')
}

fn is_odd_blank(letter: char) -> bool {
    letter != ' ' && letter.is_whitespace() && !letter.is_ascii()
}

fn has_no_width(letter: char) -> bool {
    // With them go the marks that turn the direction of writing, and controls.
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let letters: String = text.nfd().filter(|letter| !has_no_width(*letter)).flat_map(char::to_lowercase).collect();
    let words: Vec<String> = letters.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ':' | ';' | ',' | '.' | '-' | '–' | '—' | '_' | '*' | '(' | ')' | '/')
}

/// Appends a word in decomposed letters: composed, its tones behind it.
fn push_word(word: &str, folded: &mut String) {
    let is_tone = |letter: &char| TONES.contains(letter);
    let tones: String = word.chars().filter(is_tone).collect();
    let letters = word.chars().filter(|letter| !is_tone(letter)).map(|letter| if letter == 'ð' { 'đ' } else { letter });
    folded.extend(letters.nfc());
    folded.push_str(&tones);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_tone_means_nothing_and_a_stroke_means_much() {
        for (one, other) in [("hoà", "hòa"), ("thuỷ", "thủy"), ("Mã  đơn vị", "mã đơn\u{a0}vị:"), ("Số\nLĐ", "Số LĐ")]
        {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        for (one, other) in [("Đoàn", "Doan"), ("Đ", "D"), ("hòa", "hỏa"), ("má", "mà"), ("tên", "ten")] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
            assert_eq!(bare(one) == bare(other), bare(one) == bare(&other.replace('D', "Đ")), "{one} {other}");
        }
        assert_eq!(bare("Đoàn viên"), "doan vien");
    }
}
