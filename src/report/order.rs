//! The order in which names are listed: that of a Vietnamese dictionary, numbers by their value. It never decides
//! anything: equal places stay equal.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

/// Compares names.
pub(super) struct NameOrder(Option<CollatorBorrowed<'static>>);

impl NameOrder {
    /// The order of Vietnam.
    pub fn new() -> Self {
        let preferences = CollatorPreferences::from(&locale!("vi-u-kn"));
        Self(Collator::try_new(preferences, CollatorOptions::default()).ok())
    }

    /// Which of two names is listed first.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_letters = || one.cmp(other);
        self.0.as_ref().map_or(Ordering::Equal, |collator| collator.compare(one, other)).then_with(by_letters)
    }

    /// Which of two people is listed first: by the given name, which is the last word, then by the whole name.
    pub fn compare_people(&self, one: &str, other: &str) -> Ordering {
        let given = |name: &str| name.split_whitespace().next_back().unwrap_or_default().to_owned();
        self.compare(&given(one), &given(other)).then_with(|| self.compare(one, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str], compare: impl Fn(&NameOrder, &str, &str) -> Ordering) -> String {
        let order = NameOrder::new();
        let mut names = names.to_vec();
        names.sort_by(|one, other| compare(&order, one, other));
        names.join(" ")
    }

    #[test]
    fn letters_tones_and_numbers_stand_as_in_a_dictionary() {
        let names = ["Em", "Đức", "Dương", "Đông", "Dụng", "Đặng", "Dũng", "Dung"];
        assert_eq!(sorted(&names, NameOrder::compare), "Dung Dũng Dụng Dương Đặng Đông Đức Em");
        let tones = ["hạ", "há", "hã", "hả", "hà", "ha"];
        assert_eq!(sorted(&tones, NameOrder::compare), "ha hà hả hã há hạ");
        let vowels = ["ư", "u", "ơ", "ô", "o", "ê", "e", "â", "ă", "a"];
        assert_eq!(sorted(&vowels, NameOrder::compare), "a ă â e ê o ô ơ u ư");
        assert_eq!(sorted(&["Cụm 10", "Cụm 2", "Cụm 1"], NameOrder::compare), "Cụm 1 Cụm 2 Cụm 10");
    }

    #[test]
    fn people_are_listed_by_their_given_names() {
        let names = ["Trần Văn Dũng", "Đỗ Thị An", "Lê Đức", "Nguyễn Ánh", "Bùi An"];
        assert_eq!(sorted(&names, NameOrder::compare_people), "Bùi An Đỗ Thị An Nguyễn Ánh Trần Văn Dũng Lê Đức");
    }
}
