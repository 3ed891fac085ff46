//! Who surely wins and who surely does not, where standings, conditions or places are open.
//!
//! What is said holds however everything turns out; it may be less than could be said.

use crate::campaign::AtCut;

use super::super::super::Beside;
use super::super::field::Field;
use super::super::standing::Standing;
use super::choice::{Decision, Quotas};
use super::limit::Limit;
use super::{Candidate, MOST_NAMED};

/// With more groups than this, what inner quotas take off outer ones is not looked at.
const MOST_GROUPS: usize = 200;

/// One group with the standings of its candidates.
struct Race<'s> {
    limit: &'s Limit,
    /// All who may compete.
    all: Field<'s>,
    /// Those who surely do.
    surely: Field<'s>,
    /// The groups inside it.
    inside: Vec<usize>,
    /// Whether no other group has one of its candidates.
    alone: bool,
    /// Its candidates in the order of their ids.
    by_id: Vec<usize>,
}

/// Some groups that hang together.
pub struct Races<'s> {
    quotas: &'s Quotas<'s>,
    groups: Vec<Race<'s>>,
    /// Whether all nest, so that what inner groups take can be looked at.
    nested: bool,
}

impl<'s> Races<'s> {
    pub fn new(limits: &'s [Limit], quotas: &'s Quotas<'s>, candidates: &[Candidate<'s>]) -> Self {
        let nested = quotas.nested && limits.len() <= MOST_GROUPS && limits.iter().all(|it| it.perhaps.is_empty());
        let race = |(at, limit): (usize, &'s Limit)| {
            let everybody = limit.everybody();
            let of = |who: &dyn Fn(usize, &Candidate<'s>) -> bool| {
                let chosen = everybody.iter().filter_map(|at| Some((*at, candidates.get(*at)?)));
                chosen.filter(|(at, it)| who(*at, it)).map(|(_, it)| it.standing).collect::<Vec<&'s Standing>>()
            };
            let mut by_id: Vec<usize> = everybody.iter().copied().collect();
            by_id.sort_unstable_by_key(|at| candidates.get(*at).map(|it| it.id));
            let inside = (0..limits.len()).filter(|inner| quotas.around.get(*inner) == Some(&Some(at)));
            Race {
                limit,
                all: Field::new(&of(&|_, _| true)),
                surely: Field::new(&of(&|at, it| it.surely && limit.members.contains(&at))),
                inside: if nested { inside.collect() } else { Vec::new() },
                alone: everybody.iter().all(|at| quotas.of(*at).len() == 1),
                by_id,
            }
        };
        let groups = limits.iter().enumerate().map(race).collect();
        Self { quotas, groups, nested }
    }

    /// The decision that is the same whatever turns out, else that it is open.
    pub fn decide(&self, at: usize, candidate: &Candidate<'s>) -> Decision {
        let chain = self.quotas.of(at);
        if !candidate.surely {
            return Decision::Open;
        }
        let mine = candidate.standing;
        let races = || chain.iter().filter_map(|at| Some((*at, self.groups.get(*at)?)));
        if races().all(|(_, race)| self.takers(race, mine, at) < race.limit.places.least) {
            return Decision::In;
        }
        let full = |(_, race): &(usize, &Race<'s>)| {
            let known = race.limit.members.contains(&at);
            known && race.limit.places.greatest.is_some_and(|places| self.taken(race, mine) >= places)
        };
        if let Some((stop, _)) = races().find(full) {
            return Decision::Out(stop);
        }
        match (races().next(), chain.len()) {
            (Some((stop, race)), 1) if race.limit.perhaps.is_empty() => race.tied(mine, stop),
            _ => Decision::Open,
        }
    }

    /// At most so many others take a place of a group before or beside this standing.
    fn takers(&self, race: &Race<'s>, mine: &Standing, at: usize) -> usize {
        let own = usize::from(race.limit.members.contains(&at) || race.limit.perhaps.contains(&at));
        let mut count = race.all.len().saturating_sub(own + race.all.surely_behind(mine));
        for inner in race.inside.iter().filter_map(|inner| self.groups.get(*inner)) {
            let inner_own = usize::from(inner.limit.members.contains(&at));
            let asked = inner.all.len().saturating_sub(inner_own + inner.all.surely_behind(mine));
            let goes = self.takers(inner, mine, at).min(inner.limit.most().unwrap_or(usize::MAX));
            count = count.saturating_sub(asked.saturating_sub(goes));
        }
        count
    }

    /// At least so many places of a group are surely closed before this standing, if the place is not closed by a larger
    /// group anyway.
    fn taken(&self, race: &Race<'s>, mine: &Standing) -> usize {
        if !self.nested && !race.alone {
            return 0;
        }
        let mut count = race.surely.surely_before(mine);
        for inner in race.inside.iter().filter_map(|inner| self.groups.get(*inner)) {
            let asked = inner.surely.surely_before(mine);
            let inside = self.taken(inner, mine);
            let goes = match inner.limit.closes() {
                true if inner.all.len() <= inner.limit.places.least => inside,
                true => 0,
                false => inside.min(inner.limit.places.least),
            };
            count = count.saturating_sub(asked.saturating_sub(goes));
        }
        count
    }

    /// The units that leave a place of a group open or share it: neither surely before this one nor surely behind it.
    pub fn beside(&self, at: usize, decision: Decision, candidates: &[Candidate<'s>]) -> Beside {
        let race = match decision {
            Decision::Tied(stop) => Some(stop),
            Decision::Open => self.quotas.of(at).first().copied(),
            Decision::In | Decision::Out(_) => None,
        };
        let Some((race, mine)) =
            race.and_then(|race| self.groups.get(race)).zip(candidates.get(at).filter(|it| it.surely))
        else {
            return Beside::default();
        };
        let known = race.all.len().saturating_sub(1);
        let count =
            known.saturating_sub(race.surely.surely_before(mine.standing) + race.all.surely_behind(mine.standing));
        let parted = |(position, other): &(usize, &Candidate<'s>)| {
            let before = other.surely && race.limit.members.contains(position);
            let before = before && other.standing.least() > mine.standing.greatest();
            *position != at && !before && other.standing.greatest() >= mine.standing.least()
        };
        let others = race.by_id.iter().filter_map(|position| Some((*position, candidates.get(*position)?)));
        let units: Vec<String> =
            others.filter(parted).take(count.min(MOST_NAMED)).map(|(_, other)| other.id.to_owned()).collect();
        Beside { more: count - units.len(), units }
    }

    /// Whether those who surely win and surely stand before this one close a group that it is surely in.
    pub fn closed(&self, at: usize, candidate: &Candidate<'s>, winners: &[Vec<&'s Standing>]) -> Option<usize> {
        let full = |bound: &&usize| {
            let race = self.groups.get(**bound);
            let before = winners.get(**bound).into_iter().flatten();
            let before = before.filter(|winner| winner.least() > candidate.standing.greatest()).count();
            race.is_some_and(|race| {
                race.limit.members.contains(&at) && race.limit.places.greatest.is_some_and(|places| before >= places)
            })
        };
        self.quotas.of(at).iter().find(full).copied()
    }
}

impl Race<'_> {
    /// However it turns out, too few stand before it to close the places and too many beside it to share them.
    fn tied(&self, mine: &Standing, stop: usize) -> Decision {
        let Some(greatest) = self.limit.places.greatest else { return Decision::Open };
        let never_closed = self.all.perhaps_before(mine) < self.limit.places.least;
        let always_shared = self.surely.surely_before(mine) + self.surely.surely_level(mine) >= greatest;
        match (never_closed && always_shared, self.limit.at_cut, self.limit.up_to) {
            (false, _, _) | (true, AtCut::All, Some(_)) => Decision::Open,
            (true, AtCut::Show, _) => Decision::Tied(stop),
            (true, AtCut::None, _) => Decision::Out(stop),
            (true, AtCut::All, None) => Decision::In,
        }
    }
}
