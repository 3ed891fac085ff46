//! Quotas, and how their places went.

use crate::campaign::PlaceRounding;
use crate::evaluate::{Cut, Gap, LevelOutcome, QuotaHead};
use crate::value::Number;

use super::super::words;
use super::{Figures, NOTHING};

impl Figures {
    /// A quota in a few words: `at most 15 % of those with the title, rounded down, in each cluster`; nothing where its
    /// number is not the same for all.
    pub(in crate::report) fn quota(self, level: &LevelOutcome, head: &QuotaHead) -> Option<String> {
        let word = |phrase: words::Phrase| phrase.text(self.language);
        let at_most = head.at_most?;
        let amount = match &head.share {
            Some((of, round)) => {
                let set = self.set(level, of);
                let of = word(words::PART_OF).replace("{part}", &self.percent(at_most)).replace("{set}", &set);
                let fewest =
                    head.at_least.map(|fewest| format!(", {} {}", word(words::BUT_AT_LEAST), self.number(fewest)));
                format!("{of}, {}{}", word(rounded(*round)), fewest.unwrap_or_default())
            }
            None => self.number(at_most),
        };
        let per = match head.per.as_slice() {
            [] => String::new(),
            [cluster] if cluster == "cluster" => format!(" {}", word(words::PER_CLUSTER)),
            per => format!(" {}", word(words::PER_EACH).replace("{per}", &per.join(" × "))),
        };
        let kept = head.kept_for.as_ref().map(|whom| {
            let whom = words::condition(level, whom, self.language);
            format!(", {}", word(words::KEPT_FOR).replace("{whom}", &whom))
        });
        Some(format!("{}\u{a0}{amount}{per}{}", word(words::AT_MOST), kept.unwrap_or_default()))
    }

    /// What the set is called that a percentage is taken of.
    fn set(self, level: &LevelOutcome, of: &str) -> String {
        match of {
            "units" => words::SET_OF_UNITS.text(self.language).to_owned(),
            "eligible" => words::SET_OF_ELIGIBLE.text(self.language).to_owned(),
            other => words::condition(level, other, self.language),
        }
    }

    /// A share of one in percent.
    pub(in crate::report) fn percent(self, share: Number) -> String {
        format!("{}\u{a0}%", self.hundredths(share, &[]))
    }

    /// What the units of a group have in common.
    pub(in crate::report) fn group(self, cut: &Cut) -> String {
        let group = if cut.group.is_empty() {
            words::WHOLE_LEVEL.text(self.language).to_owned()
        } else {
            cut.group.join(" · ")
        };
        if cut.rest { format!("{group}: {}", words::NOTHING_KEPT.text(self.language)) } else { group }
    }

    /// How many places a group has, and of what they are a part: `1 (1.05 of 7)`.
    pub(in crate::report) fn places_of(self, cut: &Cut) -> String {
        let places = match cut.most_places {
            Some(most) if most == cut.places => most.to_string(),
            Some(most) => format!("{}–{most}", cut.places),
            None => words::UNKNOWN.text(self.language).to_owned(),
        };
        let Some(measure) = &cut.measure else { return places };
        let of = match measure.of {
            (least, most) if least == most => least.to_string(),
            (least, most) => format!("{least}–{most}"),
        };
        let exact = match measure.exact {
            Some((least, most)) if least == most => self.number(least),
            Some((least, most)) => format!("{}–{}", self.number(least), self.number(most)),
            None => words::UNKNOWN.text(self.language).to_owned(),
        };
        let part = words::PART_OF.text(self.language).replace("{part}", &exact).replace("{set}", &of);
        format!("{places} ({part})")
    }

    /// Which key parts two units, and by how much: `score: 95 and 93, 2 apart`.
    pub(in crate::report) fn gap(self, level: &LevelOutcome, gap: &Gap) -> String {
        let shown = |value: &Option<String>| {
            let number = value.as_deref().and_then(|text| Number::parse(text).ok());
            number.map(|number| self.number(number)).or_else(|| value.clone()).unwrap_or_else(|| NOTHING.to_owned())
        };
        let key = match gap.key.as_str() {
            "score" => words::SCORE.text(self.language).to_lowercase(),
            key => words::condition(level, key, self.language),
        };
        let both = words::BOTH_KEYS.text(self.language).replace("{key}", &key);
        let both = both.replace("{theirs}", &shown(&gap.theirs)).replace("{mine}", &shown(&gap.mine));
        match gap.apart {
            Some(apart) => format!("{both}, {}", words::APART.text(self.language).replace("{by}", &self.number(apart))),
            None => both,
        }
    }
}

fn rounded(round: PlaceRounding) -> words::Phrase {
    let (en, vi) = match round {
        PlaceRounding::Down => ("rounded down", "bỏ phần lẻ"),
        PlaceRounding::Up => ("rounded up", "lấy tròn lên"),
        PlaceRounding::HalfUp => ("rounded from a half", "làm tròn từ một nửa"),
    };
    words::Phrase { en, vi }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::AtCut;
    use crate::diagnostic::Language;
    use crate::evaluate::{Beside, Measure};
    use crate::report::testing;

    #[test]
    fn a_share_shows_both_counts() {
        let cut = Cut {
            quota: 0,
            group: vec!["A".into(), "workers".into()],
            rest: false,
            measure: Some(Measure { of: (7, 7), exact: Number::ratio(105, 100).map(|it| (it, it)) }),
            places: 1,
            most_places: Some(1),
            granted: 1,
            open: 0,
            tied: Beside::default(),
            last_in: None,
            first_out: None,
            gap: None,
        };
        let english = Figures { language: Language::En };
        assert_eq!((english.group(&cut), english.places_of(&cut)), ("A · workers".into(), "1 (1.05 of 7)".into()));
        let head = QuotaHead {
            at_most: Number::ratio(15, 100),
            share: Some(("ldtt".into(), PlaceRounding::Down)),
            per: vec!["pot".into()],
            at_least: Some(Number::ONE),
            at_cut: AtCut::None,
            kept_for: Some("worker".into()),
        };
        let quota =
            "at most\u{a0}15\u{a0}% of ldtt, rounded down, but at least 1 for each pot, some of them kept for: worker";
        let level = &testing::sample().levels[0];
        assert_eq!(english.quota(level, &head).as_deref(), Some(quota));
    }
}
