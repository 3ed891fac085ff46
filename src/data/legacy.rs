//! Vietnamese from before Unicode: texts in the fonts of TCVN3 (`.VnTime`) and VNI (`VNI-Times`), and texts that have
//! lost their letters. They are recognised so that nobody takes them for data.

/// A way of writing that belongs to a font and not to Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legacy {
    /// «C«ng ®oµn»
    Tcvn3,
    /// «Coâng ñoaøn»
    Vni,
}

impl Legacy {
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (.VnTime)",
            Self::Vni => "VNI (VNI-Times)",
        }
    }
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    /// Letters that only Vietnamese has, and marks of tone.
    pub vietnamese: usize,
    /// Symbols inside words, where TCVN3 has its letters.
    tcvn3: usize,
    /// Letters of western Europe behind vowels, where VNI has its marks.
    vni: usize,
    /// Other letters and signs that no Vietnamese text has.
    pub strange: usize,
}

impl Looks {
    /// Looks at a text as a western or a Vietnamese code page shows it.
    pub fn of(text: &str) -> Self {
        let mut looks = Self::default();
        let mut before = ' ';
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let after = letters.peek().copied().unwrap_or(' ');
            looks.see(before, letter, after);
            before = letter;
        }
        looks
    }

    fn see(&mut self, before: char, letter: char, after: char) {
        match letter {
            'ă'
            | 'Ă'
            | 'đ'
            | 'Đ'
            | 'ơ'
            | 'Ơ'
            | 'ư'
            | 'Ư'
            | '\u{300}'
            | '\u{301}'
            | '\u{303}'
            | '\u{309}'
            | '\u{323}'
            | '\u{1ea0}'..='\u{1ef9}' => self.vietnamese += 1,
            // đ â ê ô ơ ư ă and vowels with tones of TCVN3, as signs inside or beside letters.
            '®' | 'µ' | '¸' | '¹' | '¶' | '·' | '©' | 'ª' | '«' | '¬' | '\u{ad}' | '¨' | '§' | '»' | '¾' | '¼'
            | '½' | 'Æ' => {
                if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() {
                    self.tcvn3 += 1;
                } else {
                    self.strange += 1;
                }
            }
            // ø ù û õ ï are the tones of VNI, ä å ë ö ñ some of its letters; é è à á â ê ô are read as they are.
            'ø' | 'ù' | 'û' | 'ï' | 'ä' | 'å' | 'ü' | 'ö' | 'ñ' | 'Ø' | 'Ù' | 'Û' | 'Ï' | 'Ä' | 'Å' | 'Ü' | 'Ö'
            | 'Ñ' => {
                let of_vni =
                    if matches!(letter, 'ö' | 'Ö' | 'ñ' | 'Ñ' | 'ï' | 'Ï') { true } else { is_vowel(before) };
                if of_vni {
                    self.vni += 1;
                } else {
                    self.strange += usize::from(!matches!(letter, 'ù' | 'Ù'));
                }
            }
            'à'
            | 'á'
            | 'â'
            | 'ã'
            | 'è'
            | 'é'
            | 'ê'
            | 'ì'
            | 'í'
            | 'ò'
            | 'ó'
            | 'ô'
            | 'õ'
            | 'ú'
            | 'ý'
            | 'À'..='Ã'
            | 'È'..='Ê'
            | 'Ì'
            | 'Í'
            | 'Ò'..='Õ'
            | 'Ú'
            | 'Ý' => {
                self.vni += usize::from(is_vowel(before) && before.is_ascii());
            }
            '\u{80}'..='\u{ff}' => self.strange += usize::from(letter.is_alphabetic() || letter.is_control()),
            // Plain letters, and those of other scripts.
            _ => {}
        }
    }

    /// The old way of writing that a text is in, if it clearly is.
    pub fn legacy(self) -> Option<Legacy> {
        const ENOUGH: usize = 3;
        let beats = |count: usize| count >= ENOUGH && count > 2 * self.vietnamese;
        if beats(self.tcvn3) && self.tcvn3 >= self.vni {
            Some(Legacy::Tcvn3)
        } else if beats(self.vni) && self.vni > self.strange {
            Some(Legacy::Vni)
        } else {
            None
        }
    }

    /// Whether a text that was read as Windows-1258 is Vietnamese.
    pub fn is_vietnamese(self) -> bool {
        self.vietnamese > 0 && (self.strange + self.tcvn3) * 10 <= self.vietnamese
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || matches!(letter, 'ö' | 'Ö' | 'ô' | 'Ô')
}

/// Whether letters of a text were lost: a question mark inside a word, or the sign that stands for what no program
/// could read.
pub(super) fn has_lost_letters(text: &str) -> bool {
    let suspect = |byte: u8| byte == b'?' || byte == 0xef;
    text.bytes().any(suspect) && (text.contains('\u{fffd}') || question_inside_word(text))
}

fn question_inside_word(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| matches!(three, [a, '?', b] if a.is_alphabetic() && b.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_fonts_are_told_from_vietnamese_and_from_other_tongues() {
        let cases = [
            ("Liªn ®oµn Lao ®éng huyÖn B¶o Th¾ng", Some(Legacy::Tcvn3)),
            ("M· ®¬n vÞ,Tªn ®¬n vÞ", Some(Legacy::Tcvn3)),
            ("Lieân ñoaøn Lao ñoäng huyeän Baûo Thaéng", Some(Legacy::Vni)),
            ("Maõ ñôn vò,Teân ñôn vò", Some(Legacy::Vni)),
            ("Liên đoàn Lao động huyện Bảo Thắng", None),
            ("Mã đơn vị,Tên đơn vị,Có,Không,điều kiện,người,khoá", None),
            ("Zürich, Genève, Málaga, São Paulo, Århus", None),
            ("plain ASCII only", None),
            ("±5 °C, 20 m², § 3, © 2024", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Looks::of(text).legacy(), expected, "{text} {:?}", Looks::of(text));
        }
    }

    #[test]
    fn lost_letters_stand_inside_words() {
        for text in ["Li\u{fffd}n", "C?ng ?o?n", "huy?n"] {
            assert!(has_lost_letters(text), "{text}");
        }
        for text in ["?", "Có?", "Thế nào? Ai?", "chưa rõ (?)"] {
            assert!(!has_lost_letters(text), "{text}");
        }
    }
}
