//! Points, scores, ranks and counts of what is met.

use crate::campaign::Pot;
use crate::evaluate::{Counts, CriterionHead, Otherwise, Points, Ranking, Score, Settings, UnitOutcome, Verdict};
use crate::value::Number;

use super::super::words;
use super::{FIRM_SPACE, Figures, NOTHING};

impl Figures {
    /// `19.8 / 20`, or `15–20 / 20` where something is open, or `+2` on top of the full score; a dash where it does not
    /// enter the score.
    #[must_use]
    pub fn points(self, points: &Points) -> String {
        let number = |number: Number| match points.pot {
            Pot::Bonus if number > Number::ZERO => format!("+{}", self.number(number)),
            _ => self.number(number),
        };
        let earned = || self.between(Some(points.least), Some(points.greatest), number);
        let text = |earned: String| match points.pot {
            Pot::Base => format!("{earned}{FIRM_SPACE}/{FIRM_SPACE}{}", self.number(points.of)),
            Pot::Bonus | Pot::Penalty => earned,
        };
        match points.counts {
            Counts::Fully => text(earned()),
            Counts::PerhapsNotApplicable | Counts::PerhapsLeftOut => self.either(&text(earned()), NOTHING),
            Counts::NotApplicable | Counts::LeftOut => NOTHING.to_owned(),
        }
    }

    /// `81.25`, or `60–100` where something is open; marked where something is not due yet.
    #[must_use]
    pub fn score(self, score: &Score) -> String {
        let text = match (score.least, score.greatest) {
            (None, None) => NOTHING.to_owned(),
            (least, greatest) if score.perhaps_none => {
                self.either(&self.between(least, greatest, |number| self.number(number)), NOTHING)
            }
            (least, greatest) => self.between(least, greatest, |number| self.number(number)),
        };
        if score.provisional { format!("{text} ({})", words::PROVISIONAL.text(self.language)) } else { text }
    }

    /// `81.25 / 100`, and what it is under other readings.
    #[must_use]
    pub fn score_of(self, score: &Score, settings: &Settings, otherwise: &[Otherwise<Score>]) -> String {
        let otherwise = words::otherwise(otherwise, |score| self.score(score));
        format!("{} / {}{otherwise}", self.score(score), self.full(score.of, settings))
    }

    /// The full score, and the most bonus that may come on top of it: `95 (+5)`.
    #[must_use]
    pub fn full(self, of: Number, settings: &Settings) -> String {
        let room = settings.at_most.and_then(|most| most.minus(of).ok());
        let bonus = settings.bonus.map(|bonus| room.map_or(bonus, |room| bonus.min(room)));
        match bonus.filter(|bonus| *bonus > Number::ZERO) {
            Some(bonus) => format!("{} (+{})", self.number(of), self.number(bonus)),
            None => self.number(of),
        }
    }

    /// `3`, `3=` where others are surely equal, `2.5=` where they share the mean of their places, `2–4` where something
    /// is open.
    #[must_use]
    pub fn rank(self, rank: &Ranking) -> String {
        let text = rank.mean.map_or_else(|| self.places(rank.best, rank.worst), |mean| self.number(mean));
        if rank.tied { format!("{text}=") } else { text }
    }

    /// One number, or from the least to the greatest.
    #[must_use]
    pub fn number_between(self, least: Number, greatest: Number) -> String {
        self.between(Some(least), Some(greatest), |number| self.number(number))
    }

    /// One place, or from the best to the worst.
    #[must_use]
    pub fn places(self, best: usize, worst: usize) -> String {
        self.between(Some(best), Some(worst), |place| place.to_string())
    }

    /// How many of the binding criteria that were judged are met: `4/5`, or `3–4/5` where one is open.
    #[must_use]
    pub fn met(self, heads: &[CriterionHead], unit: &UnitOutcome<'_>) -> String {
        let binding = heads.iter().zip(unit.criteria.verdicts()).filter(|(head, _)| head.strength.binds());
        let (mut met, mut open, mut of) = (0, 0, 0);
        for (_, verdict) in binding {
            match verdict {
                Verdict::Met | Verdict::Exceeded => met += 1,
                Verdict::Undetermined => open += 1,
                Verdict::NotMet => {}
                _ => continue,
            }
            of += 1;
        }
        let print = |count: i64| self.number(Number::whole(count));
        format!("{}/{}", self.between(Some(met), Some(met + open), print), print(of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    const EN: Figures = Figures { language: Language::En };

    fn points(least: i64, greatest: i64, counts: Counts) -> String {
        let [least, greatest, of] = [least, greatest, 20].map(Number::whole);
        EN.points(&Points { least, greatest, of, counts, pot: Pot::Base }).replace(FIRM_SPACE, " ")
    }

    #[test]
    fn points_show_what_is_open_and_what_does_not_count() {
        assert_eq!(points(15, 15, Counts::Fully), "15 / 20");
        assert_eq!(points(15, 20, Counts::Fully), "15–20 / 20");
        assert_eq!(points(15, 15, Counts::PerhapsNotApplicable), "15 / 20 or –");
        assert_eq!(points(0, 20, Counts::PerhapsLeftOut), "0–20 / 20 or –");
        assert_eq!(points(0, 0, Counts::LeftOut), "–");
    }

    #[test]
    fn scores_and_ranks_are_one_number_only_where_both_ends_agree() {
        let of = Number::whole(100);
        let score = |least, greatest, provisional| Score {
            least,
            greatest,
            perhaps_none: false,
            of,
            provisional,
            unrounded: None,
        };
        let (low, high) = (Some(Number::whole(60)), Some(Number::whole(80)));
        assert_eq!(EN.score(&score(low, high, false)), "60–80");
        assert_eq!(EN.score(&score(low, low, true)), "60 (provisional)");
        assert_eq!(EN.score(&score(None, None, false)), "–");
        assert_eq!(EN.score(&Score { perhaps_none: true, ..score(low, high, false) }), "60–80 or –");
        let rank = |best, worst, tied| {
            EN.rank(&Ranking {
                best,
                worst,
                mean: None,
                tied,
                tie_broken_by: None,
                keys: Vec::new(),
                provisional: false,
                otherwise: Vec::new(),
            })
        };
        assert_eq!([rank(2, 4, false), rank(3, 3, true), rank(1, 1, false)], ["2–4", "3=", "1"]);
    }
}
