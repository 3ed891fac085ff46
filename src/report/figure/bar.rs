//! The bars that measures are held against.

use crate::campaign::{BoundKind, Quantity};
use crate::evaluate::{Bar, Measured};
use crate::value::{Day, Number};

use super::super::words;
use super::measured::word;
use super::{FIRM_SPACE, Figures, NOTHING};

impl Figures {
    /// The bars, as in `≥ 95 %`; `measured` lends the titles of words.
    #[must_use]
    pub fn target(self, bars: &[Bar], measured: &Measured) -> String {
        if bars.iter().all(|bar| bar.value.is_none()) {
            return NOTHING.to_owned();
        }
        let bars: Vec<_> = bars.iter().map(|bar| self.bar(bar, measured)).collect();
        bars.join(", ")
    }

    fn bar(self, bar: &Bar, measured: &Measured) -> String {
        let sign = words::bound(bar.kind).text(self.language);
        let value = match &bar.value {
            None => words::UNKNOWN.text(self.language).to_owned(),
            Some(Quantity::Day(day)) => self.deadline(*day, bar.last),
            Some(Quantity::Text(text)) if bar.kind == BoundKind::Is => self.words(text, measured),
            Some(quantity) => self.quantity(quantity),
        };
        format!("{sign}{FIRM_SPACE}{value}")
    }

    fn quantity(self, quantity: &Quantity) -> String {
        match quantity {
            Quantity::Number { number, percent: true } => self.written_percent(*number),
            Quantity::Number { number, percent: false } => self.number(*number),
            Quantity::Day(day) => self.day(*day),
            Quantity::Text(text) => text.clone(),
            Quantity::Flag(flag) => self.flag(*flag).to_owned(),
            Quantity::List(_) => quantity.to_string(),
        }
    }

    /// A bar in percent is never shortened.
    fn written_percent(self, share: Number) -> String {
        let percent =
            share.times(Number::whole(100)).map_or_else(|_| share.to_string(), |percent| self.number(percent));
        format!("{percent}{FIRM_SPACE}%")
    }

    /// A day with its weekday, and the last day that counts where that is another.
    fn deadline(self, day: Day, last: Option<Day>) -> String {
        let weekday = |day: Day| words::weekday(day, self.language);
        match last.filter(|last| *last != day) {
            Some(last) => format!("{} (≤ {} {})", self.day(day), weekday(last), self.day(last)),
            None => format!("{} ({})", self.day(day), weekday(day)),
        }
    }

    /// The titles of the words that `is` allows.
    fn words(self, allowed: &str, measured: &Measured) -> String {
        let Measured::Category(_, known) = measured else { return allowed.to_owned() };
        let titles: Vec<_> = allowed
            .split(" | ")
            .map(|id| known.by_id(id).map_or_else(|| id.to_owned(), |code| word(known, code, self.language)))
            .collect();
        titles.join(&format!(" {} ", words::OR.text(self.language)))
    }
}

/// The bars that are numbers.
pub(super) fn numbers(bars: &[Bar]) -> Vec<Number> {
    let number = |bar: &Bar| if let Some(Quantity::Number { number, .. }) = bar.value { Some(number) } else { None };
    bars.iter().filter_map(number).collect()
}

/// Whether a ratio beside these bars is read in percent: unless one of them is a plain number.
pub(super) fn in_percent(bars: &[Bar]) -> bool {
    !bars.iter().any(|bar| matches!(bar.value, Some(Quantity::Number { percent: false, .. })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn target(kind: BoundKind, value: Option<Quantity>, language: Language) -> String {
        let last = match (&value, kind) {
            (Some(Quantity::Day(day)), BoundKind::Before) => day.plus(-1),
            (Some(Quantity::Day(day)), _) => Some(*day),
            _ => None,
        };
        Figures { language }
            .target(&[Bar { kind, key: kind.key(), value, last }], &Measured::Nothing)
            .replace(FIRM_SPACE, " ")
    }

    #[test]
    fn a_deadline_names_the_last_day_that_counts() {
        let day = Some(Quantity::Day(Day::new(2024, 8, 1).unwrap()));
        assert_eq!(target(BoundKind::By, day.clone(), Language::En), "by 2024-08-01 (Thu)");
        assert_eq!(target(BoundKind::Before, day, Language::Vi), "trước 1/8/2024 (≤ thứ tư 31/7/2024)");
    }

    #[test]
    fn a_bar_that_nobody_set_is_a_dash() {
        assert_eq!(target(BoundKind::AtLeast, None, Language::En), "–");
        let half = Quantity::Number { number: Number::ratio(1, 2).unwrap(), percent: true };
        assert_eq!(target(BoundKind::AtLeast, Some(half), Language::Vi), "≥ 50 %");
    }
}
