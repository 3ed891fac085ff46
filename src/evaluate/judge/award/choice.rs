//! Who wins where everything is known: from the top down, whoever all quotas have room for.
//!
//! Quotas whose groups nest or do not overlap are the independent sets of a laminar matroid, and what is kept for some
//! is one more group inside. There, whoever of the tied is taken, the same places are closed afterwards; so each of
//! them wins in every way to settle the tie, in none, or in some, and everybody below is decided. Where groups overlap,
//! all ways are tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::campaign::AtCut;

/// More units at a cut are not tried, where groups overlap.
pub const MOST_TRIED: usize = 30;
/// More ways to settle ties are not followed at once.
const MOST_WAYS: usize = 20_000;
/// More steps are not taken on the way.
const MOST_STEPS: usize = 1_000_000;

/// A group of units of which only so many may win.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Its members, by their positions among the candidates.
    pub members: BTreeSet<usize>,
    /// So many places there are.
    pub places: usize,
    /// What becomes of a tie at the cut.
    pub at_cut: AtCut,
    /// So many winners there may be where a tie is given away; as many as there are, without a number.
    pub up_to: Option<usize>,
}

/// What becomes of a candidate. Bounds are named by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It wins.
    In,
    /// A group has no room for it.
    Out(usize),
    /// It has a place in some ways to settle a tie, and none in others.
    Tied(usize),
    /// Nobody can say.
    Open,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// What becomes of each candidate.
    pub decisions: Vec<Decision>,
    /// The number of units at a cut that were too many to be tried.
    pub too_many: Option<usize>,
}

/// Quotas as sets of candidates.
pub struct Quotas<'b> {
    bounds: &'b [Bound],
    /// For each candidate the bounds that it belongs to, the smallest first.
    chains: Vec<Vec<usize>>,
    /// All bounds, the smallest first, and where each of them stands there.
    order: Vec<usize>,
    ranks: Vec<usize>,
    /// For each bound the next larger one around it, where all nest.
    pub around: Vec<Option<usize>>,
    /// Whether any two of them nest or do not overlap.
    pub nested: bool,
}

/// How full the groups are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    taken: Vec<usize>,
    closed: Vec<bool>,
}

/// What the ways that were followed say of a candidate.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    wins: bool,
    loses: bool,
    stop: Option<usize>,
}

/// One way to go on from a class of equals.
struct Way {
    next: State,
    /// Of each unit of the class whether it wins, and else what stops it; a tie that is held does both.
    said: Vec<(usize, Said)>,
}

impl<'b> Quotas<'b> {
    /// Bounds over so many candidates.
    pub fn new(bounds: &'b [Bound], candidates: usize) -> Self {
        let mut order: Vec<usize> = (0..bounds.len()).collect();
        order.sort_by_key(|at| bounds.get(*at).map(|bound| bound.members.len()));
        let mut chains = vec![Vec::new(); candidates];
        for at in &order {
            for member in bounds.get(*at).into_iter().flat_map(|bound| &bound.members) {
                if let Some(chain) = chains.get_mut(*member) {
                    chain.push(*at);
                }
            }
        }
        let mut ranks = vec![0; bounds.len()];
        for (rank, at) in order.iter().enumerate() {
            ranks.get_mut(*at).into_iter().for_each(|place| *place = rank);
        }
        let mut around = vec![None; bounds.len()];
        for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
            if let [inner, outer] = pair {
                around.get_mut(*inner).into_iter().for_each(|place| *place = Some(*outer));
            }
        }
        let nested = nest(&chains, &around);
        Self { bounds, chains, order, ranks, around, nested }
    }

    /// The bounds that a candidate belongs to, the smallest first.
    pub fn of(&self, candidate: usize) -> &[usize] {
        self.chains.get(candidate).map_or(&[], Vec::as_slice)
    }

    /// Candidates in parts that have no group in common.
    pub fn parts(&self, running: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut part_of: Vec<usize> = (0..self.bounds.len()).collect();
        for pair in running.iter().flat_map(|at| self.of(*at).windows(2)) {
            if let [a, b] = pair {
                let (a, b) = (root(&mut part_of, *a), root(&mut part_of, *b));
                part_of.get_mut(a).into_iter().for_each(|it| *it = b);
            }
        }
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in running {
            // Whoever is in no group competes with nobody.
            if let Some(first) = self.of(*at).first() {
                parts.entry(root(&mut part_of, *first)).or_default().push(*at);
            }
        }
        parts.into_values().collect()
    }

    fn bound(&self, at: usize) -> Option<&'b Bound> {
        self.bounds.get(at)
    }

    /// Chooses among classes of equals, the best first.
    pub fn choose(&self, classes: &[Vec<usize>]) -> Chosen {
        let mut said = vec![Said::default(); self.chains.len()];
        let none = State { taken: vec![0; self.bounds.len()], closed: vec![false; self.bounds.len()] };
        let mut states = vec![none];
        let mut steps = 0;
        for (at, class) in classes.iter().enumerate() {
            // Where groups nest there is one way to go on, which never gives up.
            let before = if self.nested { Vec::new() } else { states.clone() };
            let mut next = Vec::with_capacity(states.len());
            for state in states {
                let Some(ways) = self.settle(class, state, &mut steps) else {
                    return self.given_up(&said, classes.get(at..).unwrap_or_default(), &before);
                };
                for way in ways {
                    for (candidate, found) in &way.said {
                        said.get_mut(*candidate).into_iter().for_each(|said| said.add(*found));
                    }
                    next.push(way.next);
                }
            }
            next.sort_unstable();
            next.dedup();
            if next.len() > MOST_WAYS {
                return self.given_up(&said, classes.get(at..).unwrap_or_default(), &before);
            }
            states = next;
        }
        Chosen { decisions: said.into_iter().map(Said::decision).collect(), too_many: None }
    }

    /// From here on too many ways would have to be followed: who has no room in any of them is out, the rest is open.
    fn given_up(&self, said: &[Said], rest: &[Vec<usize>], states: &[State]) -> Chosen {
        let mut decisions: Vec<Decision> = said.iter().map(|said| said.decision()).collect();
        for candidate in rest.iter().flatten() {
            let stops: Vec<_> = states.iter().map(|state| self.stop(*candidate, state)).collect();
            let out = stops.iter().all(Option::is_some).then(|| stops.first().copied().flatten()).flatten();
            if let Some(decision) = decisions.get_mut(*candidate) {
                *decision = out.map_or(Decision::Open, Decision::Out);
            }
        }
        let at_the_cut = rest.first().map_or(0, Vec::len);
        Chosen { decisions, too_many: Some(at_the_cut) }
    }

    /// What has no room for a candidate, the smallest group first.
    fn stop(&self, candidate: usize, state: &State) -> Option<usize> {
        let full = |at: &&usize| {
            let taken = state.taken.get(**at).copied().unwrap_or(0);
            let places = self.bound(**at).map_or(0, |bound| bound.places);
            taken >= places || state.closed.get(**at).copied().unwrap_or(false)
        };
        self.of(candidate).iter().find(full).copied()
    }

    /// How many more equals a group lets through at once; a quota that may be exceeded does not count.
    fn room(&self, at: usize, state: &State) -> usize {
        let Some(bound) = self.bound(at) else { return 0 };
        let most = match (bound.at_cut, bound.up_to) {
            (AtCut::All, None) => usize::MAX,
            (AtCut::All, Some(up_to)) => up_to.max(bound.places),
            (AtCut::Show | AtCut::None, _) => bound.places,
        };
        most.saturating_sub(state.taken.get(at).copied().unwrap_or(0))
    }

    /// Whether a tie closes the group, so that nobody of the tied wins.
    fn closes(&self, at: usize) -> bool {
        self.bound(at).is_some_and(|bound| bound.at_cut == AtCut::None || bound.up_to.is_some())
    }

    /// All ways to go on from a class of equals; nothing where they are too many.
    fn settle(&self, class: &[usize], mut state: State, steps: &mut usize) -> Option<Vec<Way>> {
        let (mut able, mut said) = (Vec::new(), Vec::new());
        for candidate in class {
            match self.stop(*candidate, &state) {
                None => able.push(*candidate),
                stop => said.push((*candidate, Said { loses: true, stop, wins: false })),
            }
        }
        loop {
            let crossed = self.crossed(&able, &state);
            let Some(closing) = crossed.iter().copied().find(|at| self.closes(*at)) else {
                if crossed.is_empty() || self.nested {
                    return Some(vec![self.held(&able, &crossed, state, said)]);
                }
                return self.tried(&able, &state, &said, steps);
            };
            // Nobody of the tied wins, and nobody after them.
            let members = self.bound(closing).map(|bound| &bound.members);
            let (tied, rest) = able.iter().partition(|candidate| members.is_some_and(|all| all.contains(candidate)));
            able = rest;
            let tied: Vec<usize> = tied;
            said.extend(tied.iter().map(|it| (*it, Said { loses: true, stop: Some(closing), wins: false })));
            if let Some(closed) = state.closed.get_mut(closing) {
                *closed = true;
            }
        }
    }

    /// The groups that have no room for all equals that the groups inside them let through, the smallest first. Where
    /// groups overlap, all equals count.
    fn crossed(&self, able: &[usize], state: &State) -> Vec<usize> {
        // By their ranks, so that the smaller come first.
        let mut demand: BTreeMap<usize, usize> = BTreeMap::new();
        let rank = |at: usize| self.ranks.get(at).copied().unwrap_or(0);
        for chain in able.iter().map(|candidate| self.of(*candidate)) {
            let asked = if self.nested { chain.len().min(1) } else { chain.len() };
            for at in chain.iter().take(asked) {
                *demand.entry(rank(*at)).or_default() += 1;
            }
        }
        let mut crossed = Vec::new();
        while let Some((first, asked)) = demand.pop_first() {
            let Some(at) = self.order.get(first).copied() else { continue };
            let room = self.room(at, state);
            if asked > room {
                crossed.push(at);
            }
            if let Some(outer) = self.around.get(at).copied().flatten().filter(|_| self.nested) {
                *demand.entry(rank(outer)).or_default() += asked.min(room);
            }
        }
        crossed
    }

    /// Those whom no tie touches win; the places of the others are held, by whichever of them.
    fn held(&self, able: &[usize], crossed: &[usize], mut state: State, mut said: Vec<(usize, Said)>) -> Way {
        let tie_of = |candidate: usize| self.of(candidate).iter().find(|at| crossed.contains(at)).copied();
        let (sure, tied): (Vec<usize>, Vec<usize>) = able.iter().partition(|candidate| tie_of(**candidate).is_none());
        for candidate in &sure {
            self.take(*candidate, &mut state);
            said.push((*candidate, Said { wins: true, ..Said::default() }));
        }
        for candidate in &tied {
            said.push((*candidate, Said { wins: true, loses: true, stop: tie_of(*candidate) }));
            if self.of(*candidate).iter().all(|at| self.room(*at, &state) > 0) {
                self.take(*candidate, &mut state);
            }
        }
        Way { next: state, said }
    }

    fn take(&self, candidate: usize, state: &mut State) {
        for at in self.of(candidate) {
            state.taken.get_mut(*at).into_iter().for_each(|taken| *taken += 1);
        }
    }

    /// All ways to settle a tie where groups overlap: those of the same groups are alike, and are only counted.
    fn tried(&self, able: &[usize], state: &State, said: &[(usize, Said)], steps: &mut usize) -> Option<Vec<Way>> {
        if able.len() > MOST_TRIED {
            return None;
        }
        let mut kinds: Vec<(&[usize], Vec<usize>)> = Vec::new();
        for candidate in able {
            let chain = self.of(*candidate);
            match kinds.iter_mut().find(|(known, _)| *known == chain) {
                Some((_, alike)) => alike.push(*candidate),
                None => kinds.push((chain, vec![*candidate])),
            }
        }
        let mut found = Vec::new();
        self.fill(&kinds, &mut Vec::new(), state, &mut found, steps).then_some(())?;
        let way = |(counts, next): (Vec<usize>, State)| {
            let mut said = said.to_vec();
            for ((chain, alike), count) in kinds.iter().zip(counts) {
                let stop = chain.iter().find(|at| self.room(**at, &next) == 0).copied();
                let each = Said { wins: count > 0, loses: count < alike.len(), stop };
                said.extend(alike.iter().map(|candidate| (*candidate, each)));
            }
            Way { next, said }
        };
        Some(found.into_iter().map(way).collect())
    }

    /// Takes so many of each kind, as many as go, in all ways; whether that was not too much.
    fn fill(
        &self,
        kinds: &[(&[usize], Vec<usize>)],
        counts: &mut Vec<usize>,
        state: &State,
        found: &mut Vec<(Vec<usize>, State)>,
        steps: &mut usize,
    ) -> bool {
        *steps += 1;
        let Some((chain, alike)) = kinds.get(counts.len()) else {
            // Whoever was passed over must have no room left.
            let passed = kinds.iter().zip(counts.iter()).filter(|((_, alike), count)| **count < alike.len());
            let full = |chain: &[usize]| chain.iter().any(|at| self.room(*at, state) == 0);
            if passed.into_iter().all(|((chain, _), _)| full(chain)) {
                found.push((counts.clone(), state.clone()));
            }
            return found.len() <= MOST_WAYS && *steps <= MOST_STEPS;
        };
        let room = chain.iter().map(|at| self.room(*at, state)).min().unwrap_or(usize::MAX);
        for count in 0..=room.min(alike.len()) {
            let mut next = state.clone();
            for at in *chain {
                next.taken.get_mut(*at).into_iter().for_each(|taken| *taken += count);
            }
            counts.push(count);
            let goes_on = self.fill(kinds, counts, &next, found, steps);
            counts.pop();
            if !goes_on {
                return false;
            }
        }
        true
    }
}

/// The bound that stands for all of a part.
fn root(part_of: &mut [usize], mut at: usize) -> usize {
    while let Some(next) = part_of.get(at).copied().filter(|next| *next != at) {
        // Every second step is cut short, so that paths stay short.
        let further = part_of.get(next).copied().unwrap_or(next);
        part_of.get_mut(at).into_iter().for_each(|it| *it = further);
        at = further;
    }
    at
}

/// Whether all members of a bound agree on the next larger one, and it holds them all.
fn nest(chains: &[Vec<usize>], around: &[Option<usize>]) -> bool {
    let next = |at: &usize| around.get(*at).copied().flatten();
    chains.iter().all(|chain| {
        let last = chain.last().is_none_or(|last| next(last).is_none());
        last && chain.windows(2).all(|pair| matches!(pair, [inner, outer] if next(inner) == Some(*outer)))
    })
}

impl Said {
    fn add(&mut self, other: Self) {
        self.wins |= other.wins;
        self.loses |= other.loses;
        self.stop = self.stop.or(other.stop);
    }

    fn decision(self) -> Decision {
        match (self.wins, self.loses, self.stop) {
            (true, false, _) => Decision::In,
            (true, true, Some(stop)) => Decision::Tied(stop),
            (false, true, Some(stop)) => Decision::Out(stop),
            _ => Decision::Open,
        }
    }
}
