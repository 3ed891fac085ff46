//! Choices of items, the cheapest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;

use crate::evaluate::Shift;
use crate::value::Number;

/// So many pairs are looked at for each bundle that may be kept.
const PAIRS_EACH: usize = 20;

/// Items by their positions, each with how often it is done.
pub(super) type Counted = Vec<(usize, u16)>;

/// Items that are done together.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    /// What they cost.
    pub cost: Number,
    /// The items.
    pub items: Counted,
    /// What those add up to that only add up.
    pub shift: Arc<Shift>,
    /// The items of which it is not known what they add.
    pub others: Counted,
    /// How many rows they take, as long as that matters.
    rows: usize,
}

/// Bundles in the order of their costs, of those that come to the same only the cheapest; and what the first costs that
/// was left out, if any was.
#[derive(Clone, Debug)]
pub(super) struct Bundles {
    pub all: Vec<Bundle>,
    pub cut: Option<Number>,
}

impl Bundles {
    /// The one that does nothing.
    pub fn nothing() -> Self {
        let shift = Arc::new(Shift::default());
        let nothing = Bundle { cost: Number::ZERO, items: Counted::new(), shift, others: Counted::new(), rows: 0 };
        Self { all: vec![nothing], cut: None }
    }

    /// An item done from never to so many times.
    pub fn of_item(item: usize, cost: Number, shift: Option<&Shift>, most: usize) -> Self {
        let one = |times: u16| {
            let cost = cost.times(Number::count(times.into())).ok()?;
            let items = if times == 0 { Vec::new() } else { vec![(item, times)] };
            let others = if shift.is_some() { Vec::new() } else { items.clone() };
            let shift = shift.map_or_else(|| Some(Shift::default()), |shift| shift.times(times.into()))?;
            Some(Bundle { cost, items, shift: shift.into(), others, rows: times.into() })
        };
        Self { all: (0..=u16::try_from(most).unwrap_or(u16::MAX)).map_while(one).collect(), cut: None }
    }

    /// One of these and one of others together, on no more rows than there are. More than so many are not kept: whatever
    /// costs as much as the first that was left out is then open.
    pub fn with(&self, others: &Self, rows: Option<usize>, most: usize) -> Self {
        let mut cut = [self.cut, others.cut].into_iter().flatten().min();
        let mut heap: BinaryHeap<Reverse<(Number, usize, usize)>> = BinaryHeap::new();
        let pair = |mine: usize, theirs: usize| {
            let cost = self.all.get(mine)?.cost.plus(others.all.get(theirs)?.cost).ok()?;
            Some(Reverse((cost, mine, theirs)))
        };
        heap.extend(pair(0, 0));
        let (mut all, mut seen, mut looked) = (Vec::new(), HashSet::new(), 0_usize);
        while let Some(Reverse((cost, mine, theirs))) = heap.pop() {
            looked += 1;
            if all.len() >= most || looked > most.saturating_mul(PAIRS_EACH) || cut.is_some_and(|cut| cut <= cost) {
                cut = Some(cut.map_or(cost, |cut| cut.min(cost)));
                break;
            }
            // Each pair is come to in one way: along the others, and from their first along these.
            heap.extend(pair(mine, theirs + 1));
            if theirs == 0 {
                heap.extend(pair(mine + 1, 0));
            }
            let both = self.all.get(mine).zip(others.all.get(theirs)).and_then(|(a, b)| a.and(b, cost));
            let Some(both) = both else {
                cut = Some(cut.map_or(cost, |cut| cut.min(cost)));
                break;
            };
            if rows.is_some_and(|rows| both.rows > rows) {
                continue;
            }
            if seen.insert((Arc::clone(&both.shift), both.others.clone(), both.rows)) {
                all.push(both);
            }
        }
        Self { all, cut }
    }

    /// The same where rows no longer matter.
    pub fn settled(mut self) -> Self {
        let mut seen = HashSet::new();
        self.all.retain_mut(|bundle| {
            bundle.rows = 0;
            seen.insert((Arc::clone(&bundle.shift), bundle.others.clone()))
        });
        self
    }
}

impl Bundle {
    fn and(&self, other: &Self, cost: Number) -> Option<Self> {
        Some(Self {
            cost,
            items: together(&self.items, &other.items),
            shift: self.shift.plus(&other.shift)?.into(),
            others: together(&self.others, &other.others),
            rows: self.rows + other.rows,
        })
    }
}

/// Two choices of different items.
pub(super) fn together(one: &Counted, other: &Counted) -> Counted {
    let mut both = [one.as_slice(), other.as_slice()].concat();
    both.sort_unstable();
    both
}
