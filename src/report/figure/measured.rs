//! What was measured.

use crate::diagnostic::Language;
use crate::evaluate::{Bar, Measured};
use crate::schema::Words;
use crate::value::{Fraction, Number, Parts, Possible, Tally};

use super::super::words;
use super::bar::{in_percent, numbers};
use super::{FIRM_SPACE, Figures, NOTHING};

impl Figures {
    /// What was measured, beside the bars that it was held against.
    #[must_use]
    pub fn measured(self, measured: &Measured, bars: &[Bar]) -> String {
        let none = words::NONE.text(self.language);
        match measured {
            Measured::Fraction(fraction) => self.fraction(fraction, bars),
            Measured::Number(number) => self.possible(number, none, |n| self.number_beside(n, &numbers(bars))),
            Measured::Day(day) => self.possible(day, words::NOT_YET.text(self.language), |day| self.day(day)),
            Measured::Flag(flag) => self.possible(flag, none, |flag| self.flag(flag).to_owned()),
            Measured::Category(code, known) => self.possible(code, none, |code| word(known, code, self.language)),
            Measured::Text(text) => text.clone().unwrap_or_else(|| none.to_owned()),
            Measured::Nothing => NOTHING.to_owned(),
        }
    }

    /// A number that is held against percentages.
    pub(super) fn number_in_percent(self, number: &Possible<Number>, bars: &[Bar]) -> String {
        let near = [numbers(bars), vec![Number::ZERO, Number::ONE]].concat();
        let none = words::NONE.text(self.language);
        self.possible(number, none, |number| format!("{}{FIRM_SPACE}%", self.hundredths(number, &near)))
    }

    fn fraction(self, fraction: &Fraction, bars: &[Bar]) -> String {
        let Some(range) = fraction.range else { return NOTHING.to_owned() };
        let rows_missing = matches!(fraction.parts, Parts::Rows(tally) if tally.rows_missing);
        let value = match fraction.parts {
            Parts::Mean { .. } => {
                self.between(range.least, range.greatest, |mean| self.number_beside(mean, &numbers(bars)))
            }
            _ => self.value(range.least, range.greatest, bars),
        };
        let counts = match fraction.parts {
            Parts::Rows(tally) => self.counts(&tally),
            Parts::Sums { numerator, denominator } => self.sums(&numerator, &denominator),
            Parts::Mean { .. } | Parts::Several => None,
        };
        let text = match counts {
            _ if rows_missing => format!("{value} ({})", words::LIST_MISSING.text(self.language)),
            Some(counts) => format!("{counts} ({value})"),
            None => value,
        };
        if fraction.not_applicable.can_be_true() {
            let other = words::verdict(crate::evaluate::Verdict::NotApplicable).text(self.language);
            return self.either(&text, other);
        }
        text
    }

    /// The share or ratio: in percent, unless its bar is a plain number.
    fn value(self, least: Option<Number>, greatest: Option<Number>, bars: &[Bar]) -> String {
        let mut near = numbers(bars);
        if !in_percent(bars) {
            return self.between(least, greatest, |number| self.number_beside(number, &near));
        }
        // Nothing that is not whole shows as whole, nothing that is not nought as nought.
        near.extend([Number::ZERO, Number::ONE]);
        format!("{}{FIRM_SPACE}%", self.between(least, greatest, |share| self.hundredths(share, &near)))
    }

    /// `19/20`, `17–19/20` where only the part above is open, `17/20–19/21` where both are.
    fn counts(self, tally: &Tally) -> Option<String> {
        let ((least, of_least), (greatest, of_greatest)) = (tally.least_counts(), tally.greatest_counts());
        let print = |count: u64| self.number(Number::count(count));
        let share = |part: u64, whole: u64| format!("{}/{}", print(part), print(whole));
        match (of_least, of_greatest) {
            (0, _) | (_, 0) => None,
            (a, b) if a == b => Some(format!("{}/{}", self.between(Some(least), Some(greatest), print), print(a))),
            _ => Some(format!("{}–{}", share(least, of_least), share(greatest, of_greatest))),
        }
    }

    /// The two sums, where both are known.
    fn sums(self, numerator: &Possible<Number>, denominator: &Possible<Number>) -> Option<String> {
        let (above, below) = (numerator.value()?, denominator.value()?);
        Some(format!("{}/{}", self.number(above), self.number(below)))
    }
}

/// What reports call a word of a choice or a scale.
pub(super) fn word(words: &Words, code: u32, language: Language) -> String {
    words
        .get(code)
        .map_or_else(|| code.to_string(), |word| words::title(&word.title, &word.header, language).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{BoundKind, Quantity};
    use crate::value::{Day, Row, Truth};

    const EN: Figures = Figures { language: Language::En };
    const VI: Figures = Figures { language: Language::Vi };

    fn bar(percent: &str) -> Vec<Bar> {
        let number = Number::parse(percent).unwrap().over(Number::whole(100)).unwrap();
        vec![Bar {
            kind: BoundKind::AtLeast,
            key: "at_least",
            value: Some(Quantity::Number { number, percent: true }),
            last: None,
        }]
    }

    fn share(met: u64, failing: u64, unsure: u64) -> Measured {
        let tally = Tally { met, failing, unsure, ..Tally::default() };
        Measured::Fraction(Fraction::of_rows(tally).into())
    }

    #[test]
    fn a_share_never_looks_as_if_it_reached_a_bar_that_it_misses() {
        assert_eq!(EN.measured(&share(1_999, 1, 0), &bar("100")), "1999/2000 (99.95\u{a0}%)");
        assert_eq!(VI.measured(&share(1_999, 1, 0), &bar("100")), "1.999/2.000 (99,95\u{a0}%)");
        assert_eq!(EN.measured(&share(19, 1, 0), &bar("95")), "19/20 (95\u{a0}%)");
        assert_eq!(EN.measured(&share(18, 1, 0), &bar("95")), "18/19 (94.7\u{a0}%)");
        assert_eq!(EN.measured(&share(1_999, 1, 0), &[]), "1999/2000 (99.95\u{a0}%)", "whole is a bar of its own");
    }

    #[test]
    fn what_is_open_keeps_both_ends() {
        assert_eq!(EN.measured(&share(17, 1, 2), &bar("95")), "17–19/20 (85–95\u{a0}%)");
        let mut tally = Tally { met: 17, failing: 3, ..Tally::default() };
        tally.add(Row { member: Truth::Unknown, property: Truth::Unknown }, 1);
        let either = Measured::Fraction(Fraction::of_rows(tally).into());
        assert_eq!(
            EN.measured(&either, &bar("95")),
            "17/21–18/21 (81.0–85.7\u{a0}%)".replace("17/21–18/21", "17–18/21")
        );
    }

    #[test]
    fn a_list_that_nobody_delivered_is_said_to_be_missing() {
        let missing = Fraction::of_rows(Tally { rows_missing: true, ..Tally::default() });
        assert_eq!(
            EN.measured(&Measured::Fraction(missing.into()), &bar("95")),
            "0–100\u{a0}% (rows not delivered) or not applicable"
        );
    }

    #[test]
    fn other_values_say_whether_they_are_open() {
        let number = |least, greatest| Measured::Number(Possible::between(least, greatest));
        let day = Day::new(2024, 7, 5).unwrap();
        assert_eq!(EN.measured(&number(Some(Number::ONE), Some(Number::whole(3))), &[]), "1–3");
        assert_eq!(EN.measured(&number(Some(Number::ONE), None), &[]), "≥\u{a0}1");
        assert_eq!(VI.measured(&number(None, None), &[]), "chưa rõ");
        assert_eq!(VI.measured(&Measured::Day(Possible::known(day).or_none()), &[]), "5/7/2024 hoặc chưa có");
        assert_eq!(EN.measured(&Measured::Flag(Possible::between(Some(false), Some(true))), &[]), "no–yes");
        assert_eq!(EN.measured(&Measured::Nothing, &[]), "–");
    }
}
