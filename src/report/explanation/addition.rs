//! How points add up in groups, and which limits cut them.

use crate::evaluate::{GroupSum, Sums};
use crate::value::{Number, Truth};

use super::super::page::Block;
use super::super::words;
use super::Writer;

impl Writer {
    pub(super) fn addition(&mut self, groups: &[GroupSum]) {
        if groups.is_empty() {
            return;
        }
        self.push(Block::Heading(2, self.word(words::ADDITION).to_owned()));
        let lines = groups.iter().map(|group| self.group(group)).collect();
        self.push(Block::List(lines));
    }

    fn group(&self, group: &GroupSum) -> String {
        let pots = [
            self.pot(group, words::BASE_POINTS, |sums| sums.base),
            self.pot(group, words::BONUS, |sums| sums.bonus),
            self.pot(group, words::PENALTY, |sums| sums.penalty),
        ];
        let parts: Vec<String> = pots.into_iter().flatten().collect();
        let parts = if parts.is_empty() { "0".to_owned() } else { parts.join("; ") };
        let gives = match group.gives {
            Truth::True => String::new(),
            Truth::False => format!(" ({})", self.word(words::GIVES_NOTHING)),
            Truth::Unknown => format!(" ({})", self.word(words::PERHAPS_GIVES_NOTHING)),
        };
        let title = words::title(&group.title, &group.id, self.language);
        format!("{}{title}: {parts}{gives}", "\u{a0}\u{a0}".repeat(group.depth))
    }

    /// What a pot adds up to, and what is left of it where a limit cuts it.
    fn pot(&self, group: &GroupSum, pot: words::Phrase, of: fn(&Sums) -> Number) -> Option<String> {
        let ends = |at: usize| Some((of(group.least.get(at)?), of(group.greatest.get(at)?)));
        let ((low, high), (least, greatest)) = (ends(0)?, ends(1)?);
        if [low, high, least, greatest].iter().all(|points| *points == Number::ZERO) {
            return None;
        }
        let added = self.figures.number_between(low, high);
        let name = self.word(pot);
        let cut = (low, high) != (least, greatest);
        let left = cut.then(|| format!(" → {}", self.figures.number_between(least, greatest)));
        Some(format!("{name} {added}{}", left.unwrap_or_default()))
    }
}
