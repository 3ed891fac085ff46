//! The cheapest way to a goal: the best first, with a bound for what is still to come.
//!
//! A way is a choice in every part. Ways are followed part by part in the order of what they cost at least in all: of the
//! parts to come it is known what the gain costs that is still lacking. Those that are complete are judged on all units.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::value::Number;

use super::bundle::{Counted, together};
use super::frontier::Frontier;
use super::part::{Choice, Part};

/// Ways that are judged side by side.
const AT_ONCE: usize = 256;
/// So many ways are followed side by side.
const MOST_OPEN: usize = 2_000_000;

/// How a search ended.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// The cheapest way that reaches the goal.
    Found(Counted),
    /// Every way was tried, and none reaches it.
    Nowhere,
    /// There were too many; whatever reaches the goal costs at least this much.
    TooMany(Number),
}

/// What is looked for.
pub(super) struct Wanted<'w> {
    /// What the score must gain at least; nothing where no gain is asked for.
    pub gain: Option<Number>,
    /// The least that it costs, as is known otherwise.
    pub least: Number,
    /// Whether a choice of a part may be made at all.
    pub may: &'w dyn Fn(&Part, &Choice) -> bool,
    /// Whether each of some ways reaches the goal, judged on all units.
    pub reached: &'w dyn Fn(&[Counted]) -> Vec<bool>,
}

/// A way so far: what it comes to at least, how far it has come, the choices that were made, and what is still to be
/// gained. Of equal ones the one that has come farthest is first, then the one with earlier choices.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    least: Number,
    /// Whether it stands for choices that were left out.
    unknown: bool,
    to_go: usize,
    made: Vec<usize>,
    cost: Number,
    lacking: Option<Number>,
}

/// Looks for the cheapest way that reaches a goal. `left` counts down the ways that are judged.
pub(super) fn cheapest(parts: &[Part], wanted: &Wanted<'_>, left: &mut usize) -> End {
    let allowed: Vec<Vec<&Choice>> =
        parts.iter().map(|part| part.choices.iter().filter(|choice| (wanted.may)(part, choice)).collect()).collect();
    let behind = behind(parts, &allowed);
    let mut heap: BinaryHeap<Reverse<Open>> = BinaryHeap::new();
    let start = Open {
        least: Number::ZERO,
        unknown: false,
        to_go: parts.len(),
        made: Vec::new(),
        cost: Number::ZERO,
        lacking: wanted.gain,
    };
    heap.extend(
        behind.first().and_then(|behind| behind.least(wanted.gain)).map(|(least, _)| Reverse(Open { least, ..start })),
    );
    let mut batch: Vec<Open> = Vec::new();
    loop {
        let next = heap.pop().map(|Reverse(open)| open);
        // The ways of one cost are judged together, so that which of them is found does not hang on how many at once.
        let ends = next.as_ref().is_none_or(|next| batch.first().is_some_and(|first| first.least < next.least));
        if ends || batch.len() >= AT_ONCE {
            if let Some(end) = judged(&batch, &allowed, wanted, left) {
                return end;
            }
            batch.clear();
        }
        let Some(open) = next else { return End::Nowhere };
        if open.unknown || heap.len() > MOST_OPEN {
            // What costs as much was perhaps left out, but what is no dearer and known comes first.
            return judged(&batch, &allowed, wanted, left).unwrap_or(End::TooMany(open.least.max(wanted.least)));
        }
        if open.to_go == 0 {
            if open.cost >= wanted.least {
                batch.push(open);
            }
            continue;
        }
        follow(&open, parts, &allowed, &behind, &mut heap);
    }
}

/// Of each part, what it and those after it gain at which cost.
fn behind(parts: &[Part], allowed: &[Vec<&Choice>]) -> Vec<Frontier> {
    let mut behind = vec![Frontier::of(vec![(Number::ZERO, Number::ZERO)], None)];
    for (part, allowed) in parts.iter().zip(allowed).rev() {
        let own = Frontier::of(allowed.iter().map(|choice| (choice.cost, choice.gain)).collect(), part.cut);
        let both = behind.last().map(|last| last.with(&own));
        behind.extend(both);
    }
    behind.reverse();
    behind
}

/// Every choice in the next part.
fn follow(
    open: &Open,
    parts: &[Part],
    allowed: &[Vec<&Choice>],
    behind: &[Frontier],
    heap: &mut BinaryHeap<Reverse<Open>>,
) {
    let at = parts.len() - open.to_go;
    let (Some(choices), Some(after)) = (allowed.get(at), behind.get(at + 1)) else { return };
    for (number, choice) in choices.iter().enumerate() {
        let lacking = open.lacking.and_then(|gain| gain.minus(choice.gain).ok());
        let Ok(cost) = open.cost.plus(choice.cost) else { continue };
        let Some(least) = after.least(lacking).and_then(|(more, _)| cost.plus(more).ok()) else { continue };
        let mut made = open.made.clone();
        made.push(number);
        heap.push(Reverse(Open { least, unknown: false, to_go: open.to_go - 1, made, cost, lacking }));
    }
    let cut = parts.get(at).and_then(|part| part.cut).and_then(|cut| open.cost.plus(cut).ok());
    let least = cut.zip(after.least(None)).and_then(|(cut, (more, _))| cut.plus(more).ok());
    if let Some(least) = least {
        heap.push(Reverse(Open { least, to_go: open.to_go - 1, unknown: true, ..open.clone() }));
    }
}

/// The first of some ways that reaches the goal, or that no more may be judged.
fn judged(batch: &[Open], allowed: &[Vec<&Choice>], wanted: &Wanted<'_>, left: &mut usize) -> Option<End> {
    let first = batch.first()?;
    if batch.len() > *left {
        return Some(End::TooMany(first.least));
    }
    *left -= batch.len();
    let ways: Vec<Counted> = batch.iter().map(|open| items(&open.made, allowed)).collect();
    let reached = (wanted.reached)(&ways);
    ways.into_iter().zip(reached).find(|(_, reached)| *reached).map(|(way, _)| End::Found(way))
}

/// The items of some choices.
fn items(made: &[usize], allowed: &[Vec<&Choice>]) -> Counted {
    let choices = made.iter().zip(allowed).filter_map(|(at, allowed)| allowed.get(*at));
    choices.fold(Vec::new(), |all, choice| together(&all, &choice.items))
}
