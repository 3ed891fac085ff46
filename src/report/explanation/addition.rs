//! How points add up in groups, and which limits cut them.

use crate::evaluate::explain::InAll;
use crate::evaluate::{LevelOutcome, UnitOutcome};
use crate::value::Number;

use super::super::page::Block;
use super::super::words;
use super::Writer;

impl Writer {
    pub(super) fn addition(&mut self, level: &LevelOutcome, unit: &UnitOutcome, in_all: Option<&InAll>) {
        if unit.groups.is_empty() {
            return;
        }
        self.push(Block::Heading(2, self.word(words::ADDITION).to_owned()));
        let mut lines: Vec<String> = unit.groups.iter().map(|sum| self.figures.group_sum(level, sum)).collect();
        lines.extend(in_all.map(|in_all| self.in_all(in_all)));
        self.push(Block::List(lines));
    }

    /// What everything comes to, in groups or not, and the bound that cuts it.
    fn in_all(&self, in_all: &InAll) -> String {
        let [least, greatest] = &in_all.ends;
        let sums = self.figures.pots(least, greatest);
        let total = in_all.ends.map(|sums| sums.base.plus(sums.bonus).and_then(|sum| sum.plus(sums.penalty)).ok());
        let beyond = |bound: Option<Number>, is_cut: fn(Number, Number) -> bool| {
            bound.filter(|bound| total.iter().flatten().any(|total| is_cut(*total, *bound)))
        };
        let most = beyond(in_all.at_most, |total, most| total > most).map(|most| (words::AT_MOST, most));
        let least = beyond(in_all.at_least, |total, least| total < least).map(|least| (words::AT_LEAST, least));
        let cut = most.or(least).map(|(word, bound)| format!(" ({} {})", self.word(word), self.figures.number(bound)));
        format!("{}: {sums}{}", self.word(words::IN_ALL), cut.unwrap_or_default())
    }
}
