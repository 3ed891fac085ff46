//! The register of a directive's clauses: what becomes of each.

use crate::source::Place;

use super::{Award, Campaign, Criterion};

/// A clause of the directive.
#[derive(Clone, Debug)]
pub struct Clause {
    /// How the directive numbers it.
    pub id: String,
    /// What it says, in other words.
    pub about: String,
    /// How it can be checked.
    pub kinds: Vec<ClauseKind>,
    /// Why nothing can be checked.
    pub nothing: Option<String>,
    /// Criteria and awards that carry it beside those whose own clause it is.
    pub by: Vec<super::Reference>,
    /// Where it is declared.
    pub place: Place,
}

/// How a clause can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// The bounds of the campaign or of a round.
    Period,
    /// An obligation with a due moment.
    Deadline,
    /// A report that passes from level to level.
    Chain,
    /// A share of rows.
    Share,
    /// A share of units that can show evidence.
    Coverage,
    /// A target assigned to each unit.
    Quota,
    /// A count or a sum without a target.
    Count,
    /// What was done against what was planned.
    Exceed,
    /// Registered first, completed later.
    RegDone,
    /// Yes or no, with evidence.
    Evid,
    /// How grades are spread.
    GradeDist,
    /// A task of one named unit.
    UnitTask,
    /// A title, and the file that proposes it.
    Title,
    /// A consequence, which feeds another procedure.
    Conseq,
    /// A request without anything to check.
    None,
    /// A sentence about the paper itself.
    Meta,
}

/// What a clause needs to be carried by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A criterion with a target, or an award.
    Verdict,
    /// A criterion with a value.
    Value,
    /// The period or a round.
    Span,
    /// A criterion or an award.
    Consequence,
    /// Nothing, for a reason.
    Nothing,
}

impl ClauseKind {
    /// As campaigns write them.
    pub(crate) const WORDS: [&str; 16] = [
        "PERIOD",
        "DEADLINE",
        "CHAIN",
        "SHARE",
        "COVERAGE",
        "QUOTA",
        "COUNT",
        "EXCEED",
        "REG_DONE",
        "EVID",
        "GRADE_DIST",
        "UNIT_TASK",
        "TITLE",
        "CONSEQ",
        "NONE",
        "META",
    ];

    const ALL: [Self; 16] = [
        Self::Period,
        Self::Deadline,
        Self::Chain,
        Self::Share,
        Self::Coverage,
        Self::Quota,
        Self::Count,
        Self::Exceed,
        Self::RegDone,
        Self::Evid,
        Self::GradeDist,
        Self::UnitTask,
        Self::Title,
        Self::Conseq,
        Self::None,
        Self::Meta,
    ];

    /// As campaigns write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().zip(Self::WORDS).find(|(kind, _)| **kind == self).map_or("", |(_, word)| word)
    }

    /// The one that is written so.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What a clause of this kind needs to be carried by.
    #[must_use]
    pub fn carrier(self) -> Carrier {
        match self {
            Self::Period => Carrier::Span,
            Self::Count => Carrier::Value,
            Self::Conseq => Carrier::Consequence,
            Self::None | Self::Meta => Carrier::Nothing,
            _ => Carrier::Verdict,
        }
    }
}

/// A clause and whatever carries it.
#[derive(Clone, Debug)]
pub struct Registered<'c> {
    /// The clause.
    pub clause: &'c Clause,
    /// The criteria that measure it.
    pub criteria: Vec<&'c Criterion>,
    /// The awards that follow from it.
    pub awards: Vec<&'c Award>,
    /// The kinds that nothing carries.
    pub missing: Vec<ClauseKind>,
}

impl Campaign {
    /// Every clause of the register with what carries it.
    #[must_use]
    pub fn register(&self) -> Vec<Registered<'_>> {
        self.clauses.iter().map(|clause| self.registered(clause)).collect()
    }

    fn registered<'c>(&'c self, clause: &'c Clause) -> Registered<'c> {
        let named = |id: &str| {
            let group = id.split_once('.').map(|(group, _)| group);
            clause.by.iter().any(|name| name.name == id || Some(name.name.as_str()) == group)
        };
        let own = |of: Option<&String>| of.is_some_and(|of| *of == clause.id);
        let criteria = self.criteria.iter().filter(|it| own(it.clause.as_ref()) || named(&it.id));
        let awards = self.awards.iter().filter(|it| own(it.clause.as_ref()) || named(&it.id));
        let mut registered =
            Registered { clause, criteria: criteria.collect(), awards: awards.collect(), missing: Vec::new() };
        registered.missing = clause.kinds.iter().copied().filter(|kind| !self.carries(&registered, *kind)).collect();
        registered
    }

    fn carries(&self, registered: &Registered<'_>, kind: ClauseKind) -> bool {
        let Registered { clause, criteria, awards, .. } = registered;
        match kind.carrier() {
            Carrier::Verdict => criteria.iter().any(|criterion| !criterion.target.is_empty()) || !awards.is_empty(),
            Carrier::Value => !criteria.is_empty(),
            Carrier::Span => self.span_clauses.contains(&clause.id),
            Carrier::Consequence => !criteria.is_empty() || !awards.is_empty(),
            Carrier::Nothing => clause.nothing.is_some() || !criteria.is_empty(),
        }
    }

    /// The criteria and awards whose clause the register does not have, where there is one.
    pub fn unregistered(&self) -> impl Iterator<Item = (&str, &str, &Place)> {
        let criteria = self.criteria.iter().map(|it| (it.id.as_str(), it.clause.as_ref(), &it.place));
        let awards = self.awards.iter().map(|it| (it.id.as_str(), it.clause.as_ref(), &it.place));
        let known = |clause: &String| self.clauses.iter().any(|known| known.id == *clause);
        criteria.chain(awards).filter_map(move |(id, clause, place)| {
            let clause = clause.filter(|clause| !self.clauses.is_empty() && !known(clause))?;
            Some((id, clause.as_str(), place))
        })
    }
}
