//! Units that measured alike are judged alike: what was said of one is said of the next.
//!
//! A million units say a few hundred different days and a few thousand different numbers; and of a number it mostly
//! matters only between which bars it lies. So most units need no judging at all.

use std::cmp::Ordering;
use std::num::NonZeroU32;

use crate::rule::{Cell, Short};
use crate::value::Number;

use super::super::plan::{BoundPlan, CriterionPlan, LevelPlan};
use super::Judge;
use super::verdict::is_written;

/// As many values as are remembered at most, a power of two. A value may take the place of another.
const PLACES: usize = 4096;
/// Fewer units are judged one by one.
const ENOUGH: usize = 64;

/// What was measured, and where it was judged first.
pub(super) struct Alike {
    /// The numbers that a number is held against, in short, where nothing else of it counts.
    bars: Option<Vec<(i64, NonZeroU32)>>,
    seen: Vec<Option<(Short, usize)>>,
}

impl Alike {
    /// The same where numbers count as they are.
    pub fn by_number(self) -> Self {
        Self { bars: None, ..self }
    }

    /// Where what is alike was judged.
    pub fn before(&self, measured: Short) -> Option<usize> {
        let key = self.key(measured);
        let seen = self.seen.get(place(key)).copied().flatten();
        seen.filter(|(other, _)| *other == key).map(|(_, at)| at)
    }

    /// Something was judged.
    pub fn remember(&mut self, measured: Short, at: usize) {
        let key = self.key(measured);
        if let Some(place) = self.seen.get_mut(place(key)) {
            *place = Some((key, at));
        }
    }

    /// What of it counts: of a number perhaps only how many bars it reaches, and how many of them it passes.
    fn key(&self, measured: Short) -> Short {
        let (Some(bars), Short::Number(top, bottom)) = (&self.bars, measured) else { return measured };
        let wide = |top: i64, bottom: NonZeroU32| i128::from(top) * i128::from(bottom.get());
        let place = |(of_bar, parts): &(i64, NonZeroU32)| match wide(top, *parts).cmp(&wide(*of_bar, bottom)) {
            Ordering::Less => 0,
            Ordering::Equal => 1,
            Ordering::Greater => 2,
        };
        Short::whole(bars.iter().map(place).sum())
    }
}

fn place(key: Short) -> usize {
    let bits = match key {
        Short::Number(top, bottom) => top.unsigned_abs() ^ (u64::from(bottom.get()) << 32) ^ u64::from(top < 0),
        Short::Day(day) => u64::from(day.days().unsigned_abs()),
        Short::Code(code) => u64::from(code),
        Short::Rows { met, failing } => u64::from(met) | u64::from(failing) << 32,
        _ => 0,
    };
    // The golden ratio spreads what follows each other over all places.
    let spread = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    usize::try_from(spread).unwrap_or(0) % PLACES
}

impl<'d> Judge<'_, 'd> {
    /// Whether units that measured alike are judged alike on a criterion: where everything that it is held against is
    /// written, and nobody else says something of it.
    pub(super) fn alike(&mut self, criterion: &'d CriterionPlan, level: &'d LevelPlan, units: usize) -> Option<Alike> {
        if units < ENOUGH || !criterion.scorers.is_empty() || !criterion.bars().all(is_written) {
            return None;
        }
        let mut bars = Vec::new();
        for bounds in [&criterion.target, &criterion.exceeded] {
            bars.extend(self.numbers(bounds, criterion, level));
        }
        // Held against a number that is not short, each number counts as it is.
        let bars = bars.into_iter().map(Number::in_short).collect();
        Some(Alike { bars, seen: vec![None; PLACES] })
    }

    /// The ends of the bars that are numbers.
    fn numbers(&mut self, bounds: &'d [BoundPlan], criterion: &CriterionPlan, level: &'d LevelPlan) -> Vec<Number> {
        let bars = self.bars(bounds, criterion, level, 0);
        let numbers = bars.iter().flatten().filter_map(Cell::as_number);
        numbers.flat_map(|number| [number.least(), number.greatest()]).flatten().collect()
    }
}
