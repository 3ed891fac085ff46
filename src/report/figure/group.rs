//! How points add up in groups, and which limits cut them.

use crate::evaluate::{GroupSum, LevelOutcome, Sums};
use crate::value::{Number, Truth};

use super::super::words;
use super::Figures;

/// A pot of points: what it is called, how it is read, and the limit of a group for it.
type Pot = (words::Phrase, fn(&Sums) -> Number, usize);

const POTS: [Pot; 3] = [
    (words::BASE_POINTS, |sums| sums.base, 0),
    (words::BONUS, |sums| sums.bonus, 1),
    (words::PENALTY, |sums| sums.penalty, 2),
];

impl Figures {
    /// What a group adds up to, what it gives of that, and why not all of it.
    #[must_use]
    pub fn group_sum(self, level: &LevelOutcome, sum: &GroupSum) -> String {
        let Some(head) = level.groups.get(sum.group) else { return String::new() };
        let pots = POTS.iter().filter_map(|pot| self.pot(sum, *pot));
        let parts: Vec<String> = pots.collect();
        let parts = if parts.is_empty() { "0".to_owned() } else { parts.join("; ") };
        let best = head.only_best.then(|| format!(" ({})", words::ONLY_THE_BEST.text(self.language)));
        let title = words::title(&head.title, &head.id, self.language);
        let inset = "\u{a0}\u{a0}".repeat(head.depth);
        format!("{inset}{title}: {parts}{}{}", best.unwrap_or_default(), self.misses(level, sum))
    }

    /// Points pot by pot.
    #[must_use]
    pub fn pots(self, least: &Sums, greatest: &Sums) -> String {
        let pots = POTS.iter().filter_map(|(name, of, _)| {
            let (least, greatest) = (of(least), of(greatest));
            let any = [least, greatest].iter().any(|points| *points != Number::ZERO);
            any.then(|| format!("{} {}", name.text(self.language), self.number_between(least, greatest)))
        });
        let pots: Vec<String> = pots.collect();
        if pots.is_empty() { "0".to_owned() } else { pots.join("; ") }
    }

    /// What a pot adds up to, and what is left of it where a limit cuts it.
    fn pot(self, sum: &GroupSum, (name, of, limit): Pot) -> Option<String> {
        let ends = |at: usize| Some((of(sum.least.get(at)?), of(sum.greatest.get(at)?)));
        let ((low, high), (least, greatest)) = (ends(0)?, ends(1)?);
        if [low, high, least, greatest].iter().all(|points| *points == Number::ZERO) {
            return None;
        }
        let name = name.text(self.language);
        let added = self.number_between(low, high);
        if (low, high) == (least, greatest) {
            return Some(format!("{name} {added}"));
        }
        let left = self.number_between(least, greatest);
        // A group that gives nothing is not cut by its cap.
        let cap = sum.caps.get(limit).copied().flatten().filter(|_| sum.gives != Truth::False);
        let cap = cap.map(|cap| format!(" ({} {})", words::AT_MOST.text(self.language), self.number(cap)));
        Some(format!("{name} {added} → {left}{}", cap.unwrap_or_default()))
    }

    /// Which of what a group requires does not hold.
    fn misses(self, level: &LevelOutcome, sum: &GroupSum) -> String {
        let text = match sum.gives {
            Truth::True => return String::new(),
            Truth::False => words::MISSES,
            Truth::Unknown => words::PERHAPS_MISSES,
        };
        let missed = sum.misses.iter().filter(|(_, truth)| sum.gives == Truth::Unknown || *truth == Truth::False);
        let missed = missed.map(|(id, _)| words::condition(level, id, self.language));
        format!(" ({}: {})", text.text(self.language), missed.collect::<Vec<_>>().join("; "))
    }
}
