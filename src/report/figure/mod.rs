//! How values print for people.
//!
//! Whatever is open shows: an interval keeps both ends, and nothing is rounded onto a bar that it misses. Machines read
//! exact values from JSON and CSV instead.

mod award;
mod bar;
mod decimal;
mod group;
mod measured;
mod standing;
mod timing;

use decimal::{localised, shortest};

use crate::diagnostic::Language;
use crate::value::{Day, Number, Possible};

use super::words;

/// A space at which no line is broken; tables turn it into a plain one at the end.
pub(super) const FIRM_SPACE: char = '\u{a0}';

/// What stands where there is nothing to say.
pub(super) const NOTHING: &str = "–";

/// What stands before a number that is shortened.
const ABOUT: &str = "≈\u{a0}";

/// The digits after the point that an exact number may have before it is shortened.
const EXACT_PLACES: u32 = 6;

/// The digits after the point of a number that is shortened.
const SHORT_PLACES: u32 = 2;

/// Values as people of a language write them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// The language.
    pub language: Language,
}

impl Figures {
    /// A number: exact where it is short, else marked with `≈`.
    #[must_use]
    pub fn number(self, number: Number) -> String {
        self.number_beside(number, &[])
    }

    /// A number that stands on its own side of every bar.
    pub(super) fn number_beside(self, number: Number, bars: &[Number]) -> String {
        if number.round(EXACT_PLACES) == Ok(number) {
            return localised(&number.to_string(), self.language);
        }
        format!("{ABOUT}{}", localised(&shortest(number, bars, SHORT_PLACES), self.language))
    }

    /// A share of one in percent, without the sign, with as many decimals as it takes to stand on its own side of
    /// every bar.
    fn hundredths(self, share: Number, bars: &[Number]) -> String {
        let hundred = Number::whole(100);
        let bars: Vec<_> = bars.iter().filter_map(|bar| bar.times(hundred).ok()).collect();
        let Ok(percent) = share.times(hundred) else { return share.to_string() };
        let text = if percent.is_whole() { percent.to_string() } else { shortest(percent, &bars, 1) };
        localised(&text, self.language)
    }

    /// A day: ISO in English, day/month/year in Vietnamese.
    #[must_use]
    pub fn day(self, day: Day) -> String {
        let (year, month, date) = day.parts();
        match self.language {
            Language::En => day.to_string(),
            Language::Vi => format!("{date}/{month}/{year}"),
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn flag(self, flag: bool) -> &'static str {
        if flag { words::YES } else { words::NO }.text(self.language)
    }

    /// A value, an interval with one or two ends, "unknown", or `absent` where there surely is none.
    fn possible<T: Copy + Ord>(self, possible: &Possible<T>, absent: &str, print: impl Fn(T) -> String) -> String {
        let Some(range) = possible.range() else { return absent.to_owned() };
        let text = self.between(range.least, range.greatest, print);
        if possible.may_be_none() { self.either(&text, absent) } else { text }
    }

    /// An interval; one value where both ends agree.
    fn between<T: PartialEq>(self, least: Option<T>, greatest: Option<T>, print: impl Fn(T) -> String) -> String {
        match (least, greatest) {
            (Some(least), Some(greatest)) if least == greatest => print(least),
            (Some(least), Some(greatest)) => joined(&print(least), &print(greatest)),
            (Some(least), None) => format!("≥{FIRM_SPACE}{}", print(least)),
            (None, Some(greatest)) => format!("≤{FIRM_SPACE}{}", print(greatest)),
            (None, None) => words::UNKNOWN.text(self.language).to_owned(),
        }
    }

    fn either(self, one: &str, other: &str) -> String {
        format!("{one} {} {other}", words::OR.text(self.language))
    }
}

/// Both ends of an interval; what is true of both is said once.
fn joined(least: &str, greatest: &str) -> String {
    let both = least.starts_with(ABOUT);
    format!("{least}–{}", greatest.strip_prefix(ABOUT).filter(|_| both).unwrap_or(greatest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Figures = Figures { language: Language::En };
    const VI: Figures = Figures { language: Language::Vi };

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let million = Number::parse("1234567.5").unwrap();
        assert_eq!(EN.number(million), "1234567.5");
        assert_eq!(VI.number(million), "1.234.567,5");
        assert_eq!(VI.number(Number::whole(-1_000)), "-1.000");
        assert_eq!(EN.number(Number::ratio(1, 3).unwrap()), "≈\u{a0}0.33");
        assert_eq!(joined("≈\u{a0}1.33", "≈\u{a0}1.67"), "≈\u{a0}1.33–1.67");
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        let day = Day::new(2024, 7, 5).unwrap();
        assert_eq!((EN.day(day), VI.day(day)), ("2024-07-05".into(), "5/7/2024".into()));
    }
}
