//! Decimals for the eye.

use crate::diagnostic::Language;
use crate::value::Number;

/// More digits than this help nobody; an exact fraction is shorter.
const MOST_PLACES: u32 = 18;

/// The rounded decimal with the fewest places, at least `fewest`, that compares with every bar as the number itself
/// does: what misses a bar never looks as if it reached it.
pub(super) fn shortest(number: Number, bars: &[Number], fewest: u32) -> String {
    let keeps_sides = |rounded: &Number| bars.iter().all(|bar| rounded.cmp(bar) == number.cmp(bar));
    (fewest..=MOST_PLACES)
        .filter_map(|places| number.round(places).ok().map(|rounded| (places, rounded)))
        .find(|(_, rounded)| keeps_sides(rounded))
        .map_or_else(|| number.to_string(), |(places, rounded)| rounded.cut(places))
}

/// A plain decimal as the language writes it: `1234.5`, `1.234,5`.
pub(super) fn localised(text: &str, language: Language) -> String {
    if language == Language::En || text.contains('/') {
        return text.to_owned();
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let comma = if part.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{part}", grouped(whole))
}

/// Digits in threes, from the right, with points between.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_rounded_number_stays_on_its_side_of_the_bar() {
        let cases = [
            ("99.95", "100", "99.95"),
            ("99.9999", "100", "99.9999"),
            ("94.96", "95", "94.96"),
            ("90.004", "90", "90.004"),
            ("94.73", "95", "94.7"),
            ("30.04", "95", "30.0"),
        ];
        for (value, bar, shown) in cases {
            assert_eq!(shortest(n(value), &[n(bar)], 1), shown, "{value} beside {bar}");
        }
    }

    #[test]
    fn groups_begin_at_the_right() {
        assert_eq!(["1", "123", "1234", "1234567"].map(grouped), ["1", "123", "1.234", "1.234.567"]);
    }
}
