//! Awards: how their places went, and one award of a unit.

use serde::Serialize;

#[cfg(feature = "cli")]
use crate::evaluate::AwardVerdict;
use crate::evaluate::{AwardHead, AwardOutcome, Cut, Gap, QuotaHead};
use crate::value::Truth;

use super::keyed::Keyed;

/// The decision on one award.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Award"))]
pub struct AwardJson {
    /// The id.
    pub id: String,
    /// `granted`, `replaced`, `eligible`, `not_eligible`, `undetermined` or `tied_at_cut`.
    #[cfg_attr(feature = "cli", schemars(extend("enum" = AwardVerdict::ALL.map(AwardVerdict::id))))]
    pub verdict: &'static str,
    /// Each condition with its own answer; null where it is open.
    pub conditions: Keyed<Option<bool>>,
    /// The units whose standing leaves the place open, or that share it: the first twenty by id.
    pub beside: Vec<String>,
    /// How many more of them there are.
    pub beside_more: usize,
    /// The group that has no room for it, by its position among the `cuts` of the award.
    pub stopped_by: Option<usize>,
    /// By how much it is apart from the last of that group who won.
    pub gap: Option<GapJson>,
    /// The award for which this one was given up.
    pub replaced_by: Option<String>,
    /// Whether something that the decision rests on is not due yet, or rests on provisional figures.
    pub provisional: bool,
    /// The decision by reading, for other readings of the directive that give another.
    pub otherwise: Keyed<&'static str>,
}

/// An award, once for all units.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "AwardOfLevel"))]
pub struct AwardHeadJson {
    /// The id.
    pub id: String,
    /// How many may win it.
    pub quotas: Vec<QuotaJson>,
    /// How the places went, group by group.
    pub cuts: Vec<CutJson>,
    /// Units that could win it but are in no group of some quota.
    pub outside: Vec<String>,
}

/// A quota.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Quota"))]
pub struct QuotaJson {
    /// How many, or which part of a set; null where it is not the same for all.
    pub at_most: Option<String>,
    /// The set that it is a part of; null for a count.
    pub of: Option<String>,
    /// What becomes of a part of a place.
    pub round: Option<&'static str>,
    /// There are no fewer places than this; null where nothing says so, or it is not the same for all.
    pub at_least: Option<String>,
    /// What it is counted in; nothing for the whole level.
    pub per: Vec<String>,
    /// What becomes of a tie at the cut.
    pub at_cut: &'static str,
    /// For whom some of the places are kept.
    pub kept_for: Option<String>,
}

/// How the places of one group went.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Cut"))]
pub struct CutJson {
    /// The quota, by its position.
    pub quota: usize,
    /// What the units of the group have in common.
    pub group: Vec<String>,
    /// Whether only those count for whom no places are kept.
    pub rest: bool,
    /// How many units the set has that a percentage is taken of, at least and at most.
    pub of: Option<[usize; 2]>,
    /// The part of it before it is rounded, at least and at most.
    pub exact: Option<[String; 2]>,
    /// How many places there are at least.
    pub places_least: usize,
    /// How many there are at most; null where nobody knows.
    pub places_greatest: Option<usize>,
    /// How many units surely win.
    pub granted: usize,
    /// How many may win, by something unknown.
    pub open: usize,
    /// The units that are equal at the cut: the first twenty by id.
    pub tied: Vec<String>,
    /// How many more of them there are.
    pub tied_more: usize,
    /// The last who wins.
    pub last_in: Option<String>,
    /// The first for whom there is no room.
    pub first_out: Option<String>,
    /// By how much these two are apart.
    pub gap: Option<GapJson>,
}

/// The key in which two units differ.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Gap"))]
pub struct GapJson {
    /// The key, as the campaign writes it.
    pub key: String,
    /// What the one has that won a place.
    pub theirs: Option<String>,
    /// What the one has that won none.
    pub mine: Option<String>,
    /// How far apart they are.
    pub apart: Option<String>,
}

impl AwardHeadJson {
    pub(super) fn new(head: &AwardHead) -> Self {
        Self {
            id: head.id.clone(),
            quotas: head.quotas.iter().map(QuotaJson::new).collect(),
            cuts: head.cuts.iter().map(CutJson::new).collect(),
            outside: head.outside.clone(),
        }
    }
}

impl QuotaJson {
    fn new(quota: &QuotaHead) -> Self {
        Self {
            at_most: quota.at_most.map(|at_most| at_most.to_string()),
            of: quota.share.as_ref().map(|(of, _)| of.clone()),
            round: quota.share.as_ref().map(|(_, round)| round.word()),
            at_least: quota.at_least.map(|at_least| at_least.to_string()),
            per: quota.per.clone(),
            at_cut: quota.at_cut.word(),
            kept_for: quota.kept_for.clone(),
        }
    }
}

impl CutJson {
    fn new(cut: &Cut) -> Self {
        let exact = cut.measure.and_then(|measure| measure.exact);
        Self {
            quota: cut.quota,
            group: cut.group.clone(),
            rest: cut.rest,
            of: cut.measure.map(|measure| [measure.of.0, measure.of.1]),
            exact: exact.map(|(least, greatest)| [least.to_string(), greatest.to_string()]),
            places_least: cut.places,
            places_greatest: cut.most_places,
            granted: cut.granted,
            open: cut.open,
            tied: cut.tied.units.clone(),
            tied_more: cut.tied.more,
            last_in: cut.last_in.clone(),
            first_out: cut.first_out.clone(),
            gap: cut.gap.as_ref().map(GapJson::new),
        }
    }
}

impl GapJson {
    fn new(gap: &Gap) -> Self {
        let apart = gap.apart.map(|apart| apart.to_string());
        Self { key: gap.key.clone(), theirs: gap.theirs.clone(), mine: gap.mine.clone(), apart }
    }
}

impl AwardJson {
    pub(super) fn new(id: &str, award: &AwardOutcome) -> Self {
        let conditions = award.conditions.iter().map(|(condition, truth)| (condition.clone(), answer(*truth)));
        Self {
            id: id.to_owned(),
            verdict: award.verdict.id(),
            conditions: conditions.collect(),
            beside: award.beside.units.clone(),
            beside_more: award.beside.more,
            stopped_by: award.stopped_by,
            gap: award.gap.as_ref().map(GapJson::new),
            replaced_by: award.replaced_by.clone(),
            provisional: award.provisional,
            otherwise: award.otherwise.iter().map(|other| (other.reading.clone(), other.result.id())).collect(),
        }
    }
}

/// Yes, no, or nothing where nobody knows.
pub(super) fn answer(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}
