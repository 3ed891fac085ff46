//! The cheapest way to a goal: branch and bound, with a complete evaluation of every candidate.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::evaluate::Outcome;
use crate::value::Number;

use super::super::work::on_all;
use super::space::{Space, State};

/// How a search ended.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// The cheapest state that reaches the goal.
    Found(State),
    /// Every state was tried, and none reaches it.
    Nowhere,
    /// There were too many; whatever reaches the goal costs at least this much.
    TooMany(Number),
}

/// Costs that are surely still to come: of each group of items, what it must come to in all.
pub(super) struct Bounds(pub Vec<(Vec<usize>, Number)>);

impl Bounds {
    /// The least that is still to be paid after a state.
    fn left(&self, space: &Space<'_>, state: &State) -> Number {
        let mut left = self.0.iter().map(|(items, needed)| {
            let spent = items
                .iter()
                .filter_map(|at| space.items.get(*at)?.cost.times(Number::count(u64::from(*state.get(*at)?))).ok());
            let spent = spent.into_iter().try_fold(Number::ZERO, Number::plus).unwrap_or(Number::ZERO);
            needed.minus(spent).unwrap_or(Number::ZERO).max(Number::ZERO)
        });
        left.try_fold(Number::ZERO, Number::plus).unwrap_or(Number::ZERO)
    }
}

/// A state on its way: the least that it can come to, how far it has come, and itself. Of equal ones that is looked at
/// first which has come farthest, then the one that does earlier items.
type Open = Reverse<(Number, Reverse<Number>, Reverse<State>)>;

/// Candidates that are evaluated side by side.
const AT_ONCE: usize = 32;

/// The items that may be done, in chains: those of one chain have the same effect on what is wanted, the cheapest first.
/// A dearer one is done only where no cheaper one can be: otherwise one could be put in its place.
pub(super) type Chains = Vec<Vec<usize>>;

/// Looks for the cheapest state that reaches a goal. `left` counts down the candidates.
pub(super) fn cheapest(
    space: &Space<'_>,
    chains: &Chains,
    bounds: &Bounds,
    goal: &(dyn Fn(&Outcome) -> bool + Sync),
    left: &mut usize,
) -> End {
    let nothing: State = vec![0; space.items.len()];
    let items: Vec<(usize, &[usize])> = chains
        .iter()
        .flat_map(|chain| chain.iter().enumerate().map(|(at, item)| (*item, chain.get(..at).unwrap_or_default())))
        .collect();
    let open = |state: State| -> Open {
        let cost = space.cost(&state);
        let least = cost.plus(bounds.left(space, &state)).unwrap_or(cost);
        Reverse((least, Reverse(cost), Reverse(state)))
    };
    let mut heap: BinaryHeap<Open> = BinaryHeap::from([open(nothing)]);
    while let Some(Reverse((least, ..))) = heap.peek() {
        let least = *least;
        // Of the cheapest, those that have nothing more to pay are candidates.
        let mut batch = Vec::new();
        while batch.len() < AT_ONCE {
            let Some(Reverse((next, _, _))) = heap.peek() else { break };
            if *next != least {
                break;
            }
            let Some(Reverse((_, Reverse(cost), Reverse(state)))) = heap.pop() else { break };
            // Every state is come to in one order only: that of the items.
            let done_last = items.iter().rposition(|(item, _)| state.get(*item).is_some_and(|count| *count > 0));
            for (item, cheaper) in items.iter().skip(done_last.unwrap_or(0)) {
                let is_next = space.has_room(&state, *item) && !cheaper.iter().any(|it| space.has_room(&state, *it));
                if is_next {
                    let mut next = state.clone();
                    next.get_mut(*item).into_iter().for_each(|count| *count += 1);
                    heap.push(open(next));
                }
            }
            if cost == least {
                batch.push(state);
            }
        }
        if batch.len() > *left {
            return End::TooMany(least);
        }
        *left -= batch.len();
        let reached = on_all(space.base.threads, &batch, |state| space.outcome(state).is_some_and(|it| goal(&it)));
        if let Some((state, _)) = batch.into_iter().zip(reached).find(|(_, reached)| *reached) {
            return End::Found(state);
        }
    }
    End::Nowhere
}
