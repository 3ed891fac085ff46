//! What several have said of one thing, and whose word counts.

use crate::campaign::LastWord;
use crate::evaluate::explain::Explanation;
use crate::evaluate::{Measured, Scored};
use crate::schema::Title;
use crate::value::Number;

use super::super::words;
use super::Writer;

impl Writer {
    /// What each of several said, and by how much the first of them said more than what counts.
    pub(super) fn scored(&self, explanation: &Explanation) -> String {
        let judgement = &explanation.judgement;
        let said = |(head, scored): (&(String, Title), &Scored)| {
            let value = if scored.value.is_none() {
                self.word(words::NOT_SCORED).to_owned()
            } else {
                self.figures.measured(&Measured::Number(scored.value), &[])
            };
            let reason = scored.reason.as_ref().map(|reason| format!(" ({}: {reason})", self.word(words::REASON)));
            format!("{} {value}{}", self.scorer(head), reason.unwrap_or_default())
        };
        let each: Vec<String> = explanation.criterion.scorers.iter().zip(&judgement.scored).map(said).collect();
        let gap = judgement.gap().filter(|gap| *gap != Number::ZERO);
        each.join("; ") + &gap.map_or_else(String::new, |gap| self.gap(gap))
    }

    fn gap(&self, gap: Number) -> String {
        let (text, gap) =
            if gap.is_negative() { (words::CLAIMED_LESS, gap.negated()) } else { (words::CLAIMED_MORE, gap) };
        format!(" – {}", self.word(text).replace("{gap}", &self.figures.number(gap)))
    }

    fn scorer(&self, (id, title): &(String, Title)) -> String {
        words::title(title, id, self.language).to_owned()
    }

    /// Whose word counts.
    pub(super) fn last_word(&self, word: LastWord, scorers: &[(String, Title)]) -> String {
        if let LastWord::Of(at) = word {
            return scorers.get(at).map_or_else(String::new, |head| self.scorer(head));
        }
        words::last_word(word).map_or_else(String::new, |word| self.word(word).to_owned())
    }
}
