//! What an outcome says of a unit, in one cell.

use crate::evaluate::{LevelOutcome, Outcome};
use crate::scenario::{Item, Said};
use crate::value::Number;

use super::super::words::{award, verdict};
use super::{Paper, words};

/// The kind and the name of an item, for programs.
pub(in crate::report) fn item_id(item: &Item) -> (&'static str, &str) {
    match item {
        Item::Unit => ("unit", ""),
        Item::Verdict(id) => ("verdict", id),
        Item::Points(id) => ("points", id),
        Item::Score => ("score", ""),
        Item::Grade => ("grade", ""),
        Item::Rank => ("rank", ""),
        Item::Award(id) => ("award", id),
    }
}

/// What is said, for programs: an id, a number, or `least..greatest`; nothing where nothing is said.
pub(in crate::report) fn said_id(said: &Said) -> Option<String> {
    let end = |number: Option<Number>| number.map(|number| number.to_string()).unwrap_or_default();
    Some(match said {
        Said::Unit => "unit".to_owned(),
        Said::Verdict(verdict) => verdict.id().to_owned(),
        Said::Nothing | Said::Between(None, None) => return None,
        Said::Between(least, greatest) if least == greatest => end(*least),
        Said::Between(least, greatest) => format!("{}..{}", end(*least), end(*greatest)),
        Said::Grade(id, _) => id.clone().unwrap_or_else(|| "undetermined".to_owned()),
        Said::Places(best, worst, tied) => {
            let tied = if *tied { "=" } else { "" };
            if best == worst { format!("{best}{tied}") } else { format!("{best}..{worst}{tied}") }
        }
        Said::Award(verdict) => verdict.id().to_owned(),
    })
}

impl Paper {
    /// What is said, for people.
    pub(super) fn said(&self, said: &Said) -> String {
        let number = |number: &Option<Number>| number.map(|number| self.figures.number(number)).unwrap_or_default();
        match said {
            Said::Nothing | Said::Between(None, None) => self.word(words::NOTHING_SAID).to_owned(),
            Said::Unit => self.word(super::super::words::YES).to_owned(),
            Said::Verdict(of) => self.word(verdict(*of)).to_owned(),
            Said::Between(least, greatest) if least == greatest => number(least),
            Said::Between(least, greatest) => format!("{}–{}", number(least), number(greatest)),
            Said::Grade(Some(id), title) => self.title(title, id).to_owned(),
            Said::Grade(None, _) => self.word(words::UNDECIDED).to_owned(),
            Said::Places(best, worst, tied) => {
                let tied = if *tied { "=" } else { "" };
                if best == worst { format!("{best}{tied}") } else { format!("{best}–{worst}{tied}") }
            }
            Said::Award(of) => self.word(award(*of)).to_owned(),
        }
    }

    /// What an item is called, by the titles of a level.
    pub(super) fn item(&self, item: &Item, level: Option<&LevelOutcome>) -> String {
        let criterion = |id: &str| {
            let head = level.and_then(|level| level.criteria.iter().find(|head| head.id == id));
            head.map_or_else(|| id.to_owned(), |head| self.title(&head.title, &head.id).to_owned())
        };
        let of = |phrase, id: &str| self.filled(phrase, &[("item", criterion(id))]);
        match item {
            Item::Unit => self.word(words::UNIT_ITEM).to_owned(),
            Item::Verdict(id) => of(words::VERDICT_ON, id),
            Item::Points(id) => of(words::POINTS_OF, id),
            Item::Score => self.word(words::SCORE).to_owned(),
            Item::Grade => self.word(words::GRADE).to_owned(),
            Item::Rank => self.word(words::RANK).to_owned(),
            Item::Award(id) => self.award_called(id, level),
        }
    }

    /// What an award is called.
    pub(super) fn award_called(&self, id: &str, level: Option<&LevelOutcome>) -> String {
        let head = level.and_then(|level| level.awards.iter().find(|head| head.id == id));
        head.map_or_else(|| id.to_owned(), |head| self.title(&head.title, &head.id).to_owned())
    }
}

/// A level of one of two outcomes.
pub(super) fn level_of<'o>(id: &str, outcomes: [&'o Outcome; 2]) -> Option<&'o LevelOutcome> {
    outcomes.into_iter().find_map(|outcome| outcome.levels.iter().find(|level| level.id == id))
}
