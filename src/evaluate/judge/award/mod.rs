//! Awards: conditions, and quotas that choose among those for whom they hold.

mod choice;
mod conditions;
mod cut;
mod limit;
mod quotas;
mod sound;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::value::Truth;

use super::super::plan::AwardPlan;
use super::super::{AwardVerdict, Beside};
use super::Judge;
use super::sheet::{Sheet, fill};
use super::standing::Standing;

use choice::{Bound, Decision, Quotas};
use conditions::Asked;
pub(super) use conditions::{granted, is_met};
pub(super) use cut::Cuts;
use cut::Settled;
use limit::Limit;
use quotas::Field;
use sound::Races;

/// So many of the units beside one are named.
const MOST_NAMED: usize = 20;

/// A unit that may be eligible.
pub(super) struct Candidate<'s> {
    unit: usize,
    id: &'s str,
    surely: bool,
    standing: &'s Standing,
}

impl<'d> Judge<'_, 'd> {
    /// Who wins an award, by its position in the level's plan.
    pub(super) fn choice(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let Some(award) = sheet.plan.awards.get(at) else { return };
        let mut asked = Vec::with_capacity(sheet.units.len());
        for unit in 0..sheet.units.len() {
            asked.push(self.conditions(award, sheet, unit));
        }
        let cuts = self.choose(award, sheet, &mut asked);
        fill(&mut sheet.awards, at, asked.into_iter().map(|asked| asked.map(|asked| asked.outcome)).collect());
        if let Some(place) = sheet.cuts.get_mut(at) {
            *place = cuts;
        }
    }

    /// Who of its winners keeps an award: not those who are granted one for which it is given up.
    pub(super) fn award(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let Some(award) = sheet.plan.awards.get(at) else { return };
        for other in &award.replaced_by {
            let id = sheet.plan.awards.get(*other).map_or_else(String::new, |other| self.award_id(other));
            let held: Vec<Truth> =
                sheet.awards.get(*other).into_iter().flatten().map(|it| granted(it.as_ref())).collect();
            let won = sheet.awards.get_mut(at).into_iter().flatten();
            for (outcome, held) in won.zip(held).filter_map(|(outcome, held)| Some((outcome.as_mut()?, held))) {
                match (outcome.verdict, held) {
                    (AwardVerdict::Granted | AwardVerdict::TiedAtCut, Truth::True) => {
                        outcome.verdict = AwardVerdict::Replaced;
                        outcome.replaced_by = Some(id.clone());
                    }
                    (AwardVerdict::Granted, Truth::Unknown) => outcome.verdict = AwardVerdict::Undetermined,
                    _ => {}
                }
            }
        }
    }

    /// Decides who of those eligible wins. Without a quota all do.
    fn choose(&mut self, award: &'d AwardPlan, sheet: &Sheet<'d>, asked: &mut [Option<Asked>]) -> Cuts {
        if award.quotas.is_empty() {
            let eligible = asked.iter_mut().flatten().filter(|it| it.outcome.verdict == AwardVerdict::Eligible);
            eligible.for_each(|asked| asked.outcome.verdict = AwardVerdict::Granted);
            return Cuts::default();
        }
        let may_be = |asked: &Option<Asked>| {
            let verdict = asked.as_ref().map(|asked| asked.outcome.verdict);
            matches!(verdict, Some(AwardVerdict::Eligible | AwardVerdict::Undetermined))
        };
        let units: Vec<usize> = (0..asked.len()).filter(|unit| asked.get(*unit).is_some_and(may_be)).collect();
        let (limits, outside) = self.limits(&Field { award, sheet, asked, candidates: &units });
        let (standings, owners) = self.compared(&award.by, sheet);
        let candidate = |unit: &usize| {
            let surely = asked.get(*unit)?.as_ref()?.outcome.verdict == AwardVerdict::Eligible;
            Some(Candidate { unit: *unit, id: sheet.units.get(*unit)?.id, surely, standing: standings.get(*unit)? })
        };
        let candidates: Vec<Candidate<'_>> = units.iter().filter_map(candidate).collect();
        let competes = |at: &usize| candidates.get(*at).is_some_and(|it| !outside.contains(&it.unit));
        let running: BTreeSet<usize> = (0..candidates.len()).filter(competes).collect();
        let limits: Vec<Limit> = limits.into_iter().map(|limit| limit.among(&running)).collect();
        let (decisions, beside) = self.decide(award, &candidates, &running, &limits);
        let (candidates_of, decided) = (&candidates, &decisions);
        let settled =
            Settled { award, sheet, owners: &owners, candidates: candidates_of, decisions: decided, limits: &limits };
        let (mut cuts, gaps) = self.cuts(&settled);
        cuts.outside = outside.iter().filter_map(|unit| Some(sheet.units.get(*unit)?.id.to_owned())).collect();
        for (at, (candidate, beside)) in candidates.iter().zip(beside).enumerate() {
            let decision = decisions.get(at).copied().unwrap_or(Decision::Open);
            let Some(outcome) = asked.get_mut(candidate.unit).and_then(Option::as_mut).map(|it| &mut it.outcome) else {
                continue;
            };
            // Outside the quotas nobody chooses.
            if running.contains(&at) {
                (outcome.verdict, outcome.stopped_by, outcome.beside) = (verdict(decision), stop(decision), beside);
            }
        }
        for (unit, gap) in gaps {
            if let Some(Some(asked)) = asked.get_mut(unit) {
                asked.outcome.gap = Some(gap);
            }
        }
        cuts
    }

    /// What becomes of every candidate: exactly, where everything about those that it competes with is known.
    fn decide(
        &mut self,
        award: &AwardPlan,
        candidates: &[Candidate<'_>],
        running: &BTreeSet<usize>,
        limits: &[Limit],
    ) -> (Vec<Decision>, Vec<Beside>) {
        let bounds: Vec<Bound> = limits.iter().map(Limit::bound).collect();
        let quotas = Quotas::new(&bounds, candidates.len());
        let races = Races::new(limits, &quotas, candidates);
        let mut decisions: Vec<Decision> =
            candidates.iter().enumerate().map(|(at, candidate)| races.decide(at, candidate)).collect();
        let mut winners: Vec<Vec<&Standing>> = vec![Vec::new(); limits.len()];
        for (at, candidate) in candidates.iter().enumerate().filter(|(at, _)| decisions.get(*at) == Some(&Decision::In))
        {
            for bound in quotas.of(at) {
                winners.get_mut(*bound).into_iter().for_each(|all| all.push(candidate.standing));
            }
        }
        let mut open: BTreeSet<usize> = BTreeSet::new();
        for (at, decision) in decisions.iter_mut().enumerate().filter(|(_, it)| **it == Decision::Open) {
            match candidates.get(at).filter(|it| it.surely).and_then(|it| races.closed(at, it, &winners)) {
                Some(stop) => *decision = Decision::Out(stop),
                None => drop(open.insert(at)),
            }
        }
        for part in quotas.parts(running).into_iter().filter(|part| part.iter().any(|at| open.contains(at))) {
            if let Some(classes) = classes(&part, candidates, limits, &quotas) {
                self.settle(award, &quotas, &classes, &mut decisions);
            }
        }
        let beside = decisions.iter().enumerate().map(|(at, decision)| races.beside(at, *decision, candidates));
        let beside = beside.collect();
        (decisions, beside)
    }

    fn award_id(&self, award: &AwardPlan) -> String {
        self.plan.campaign.awards.get(award.award).map_or_else(String::new, |award| award.id.clone())
    }

    /// Chooses exactly, in one part of the field.
    fn settle(&mut self, award: &AwardPlan, quotas: &Quotas<'_>, classes: &[Vec<usize>], decisions: &mut [Decision]) {
        let chosen = quotas.choose(classes);
        for at in classes.iter().flatten() {
            if let Some((decision, found)) = decisions.get_mut(*at).zip(chosen.decisions.get(*at)) {
                *decision = *found;
            }
        }
        if let Some(units) = chosen.too_many {
            let id = self.award_id(award);
            let fault = Diagnostic::new(&catalogue::QUOTAS_OVERLAP).with("award", id).with("units", units);
            self.faults.push(fault.with("most", choice::MOST_TRIED));
        }
    }
}

/// A part of the field as classes of equals, the best first; nothing where anything about it is open.
fn classes(
    part: &[usize],
    candidates: &[Candidate<'_>],
    limits: &[Limit],
    quotas: &Quotas<'_>,
) -> Option<Vec<Vec<usize>>> {
    let known = |at: &usize| {
        let sure = candidates.get(*at).is_some_and(|it| it.surely && it.standing.is_known());
        sure && quotas.of(*at).iter().all(|bound| limits.get(*bound).is_some_and(Limit::is_known))
    };
    if !part.iter().all(known) {
        return None;
    }
    let standing = |at: &usize| candidates.get(*at).map(|it| it.standing);
    let mut order = part.to_vec();
    order.sort_by_key(|at| Reverse(standing(at)));
    Some(order.chunk_by(|a, b| standing(a) == standing(b)).map(<[usize]>::to_vec).collect())
}

fn verdict(decision: Decision) -> AwardVerdict {
    match decision {
        Decision::In => AwardVerdict::Granted,
        Decision::Out(_) => AwardVerdict::Eligible,
        Decision::Tied(_) => AwardVerdict::TiedAtCut,
        Decision::Open => AwardVerdict::Undetermined,
    }
}

fn stop(decision: Decision) -> Option<usize> {
    match decision {
        Decision::Out(stop) | Decision::Tied(stop) => Some(stop),
        Decision::In | Decision::Open => None,
    }
}

/// The first units by id, and how many more.
fn named<'i>(ids: impl Iterator<Item = &'i str>) -> Beside {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    let units: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| (*id).to_owned()).collect();
    Beside { more: ids.len() - units.len(), units }
}
