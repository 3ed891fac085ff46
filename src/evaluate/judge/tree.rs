//! The tree in which points add up: what each group gives, and where its caps cut.

use std::collections::BTreeMap;

use crate::campaign::Pot;
use crate::value::{ArithmeticFault, Number, Truth};

use super::super::outcome::{Points, Sums};

/// The limits of a group for a unit; a limit that nobody knows is none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
    pub within: Option<usize>,
    pub max: Option<Number>,
    pub bonus: Option<Number>,
    pub penalty: Option<Number>,
    pub only_best: bool,
    /// Whether what it requires holds.
    pub gives: Option<Truth>,
}

impl Sums {
    const NOTHING: Self = Self { base: Number::ZERO, bonus: Number::ZERO, penalty: Number::ZERO };

    fn of(pot: Pot, points: Number) -> Self {
        let mut sums = Self::NOTHING;
        *sums.of_pot(pot) = points;
        sums
    }

    fn of_pot(&mut self, pot: Pot) -> &mut Number {
        match pot {
            Pot::Base => &mut self.base,
            Pot::Bonus => &mut self.bonus,
            Pot::Penalty => &mut self.penalty,
        }
    }

    fn plus(mut self, other: Self) -> Result<Self, ArithmeticFault> {
        self.add(Pot::Base, other.base)?;
        self.add(Pot::Bonus, other.bonus)?;
        self.add(Pot::Penalty, other.penalty)?;
        Ok(self)
    }

    fn add(&mut self, pot: Pot, points: Number) -> Result<(), ArithmeticFault> {
        if points != Number::ZERO {
            let sum = self.of_pot(pot);
            *sum = sum.plus(points)?;
        }
        Ok(())
    }

    /// The better of two, part by part.
    fn best(self, other: Self) -> Self {
        Self {
            base: self.base.max(other.base),
            bonus: self.bonus.max(other.bonus),
            penalty: self.penalty.max(other.penalty),
        }
    }

    fn limited(self, limits: &Limits) -> Self {
        let at_most = |points: Number, cap: Option<Number>| cap.map_or(points, |cap| points.min(cap));
        let penalty = limits.penalty.map_or(self.penalty, |cap| self.penalty.max(cap.negated()));
        Self { base: at_most(self.base, limits.max), bonus: at_most(self.bonus, limits.bonus), penalty }
    }

    /// Everything together.
    pub(super) fn total(self) -> Result<Number, ArithmeticFault> {
        self.base.plus(self.bonus)?.plus(self.penalty)
    }
}

/// What all groups and the items outside them give, at the least or at the greatest end of what they `earned`; what
/// earned nothing does not count.
///
/// Every step (adding, capping, taking the best) keeps the order, so the least ends of the items give the least end of
/// the whole, and the greatest ends the greatest.
pub(super) fn sums(
    items: &[(Points, Option<usize>)],
    groups: &[Limits],
    greatest: bool,
    earned: &impl Fn(&Points) -> Option<Number>,
) -> Result<Sums, ArithmeticFault> {
    level_of(None, items, groups, greatest, earned, &mut |_, _| {})
}

/// What each group adds up to and what it gives of that, by its position: every group that has items, at one end.
pub(super) fn traced(
    items: &[(Points, Option<usize>)],
    groups: &[Limits],
    greatest: bool,
    earned: &impl Fn(&Points) -> Option<Number>,
) -> Result<BTreeMap<usize, [Sums; 2]>, ArithmeticFault> {
    let mut traced = BTreeMap::new();
    level_of(None, items, groups, greatest, earned, &mut |group, sums| _ = traced.insert(group, sums))?;
    Ok(traced)
}

fn level_of(
    group: Option<usize>,
    items: &[(Points, Option<usize>)],
    groups: &[Limits],
    greatest: bool,
    earned: &impl Fn(&Points) -> Option<Number>,
    visit: &mut impl FnMut(usize, [Sums; 2]),
) -> Result<Sums, ArithmeticFault> {
    let limits = group.and_then(|at| groups.get(at)).copied().unwrap_or_default();
    let mut together: Option<Sums> = None;
    let join = |together: &mut Option<Sums>, sums: Sums| {
        *together = Some(match *together {
            None => sums,
            Some(before) if limits.only_best => before.best(sums),
            Some(before) => before.plus(sums)?,
        });
        Ok(())
    };
    for (points, _) in items.iter().filter(|(_, of)| *of == group) {
        match (earned(points), &mut together) {
            (None, _) => {}
            (Some(earned), Some(before)) if !limits.only_best => before.add(points.pot, earned)?,
            (Some(earned), _) => join(&mut together, Sums::of(points.pot, earned))?,
        }
    }
    for (at, _) in groups.iter().enumerate().filter(|(_, below)| below.within == group) {
        join(&mut together, level_of(Some(at), items, groups, greatest, earned, visit)?)?;
    }
    let together = together.unwrap_or(Sums::NOTHING);
    let gives = given(together.limited(&limits), limits.gives.unwrap_or(Truth::True), greatest);
    if let Some(group) = group {
        visit(group, [together, gives]);
    }
    Ok(gives)
}

/// What a group gives whose condition holds, does not hold, or may.
fn given(sums: Sums, gives: Truth, greatest: bool) -> Sums {
    let either = |points: Number| if greatest { points.max(Number::ZERO) } else { points.min(Number::ZERO) };
    match gives {
        Truth::True => sums,
        Truth::False => Sums::NOTHING,
        Truth::Unknown => Sums { base: either(sums.base), bonus: either(sums.bonus), penalty: either(sums.penalty) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Counts;

    fn points(pot: Pot, least: i64, greatest: i64) -> Points {
        let [least, greatest] = [least, greatest].map(Number::whole);
        Points { least, greatest, of: Number::whole(10), counts: Counts::Fully, pot }
    }

    fn total(items: &[(Points, Option<usize>)], groups: &[Limits], greatest: bool) -> Number {
        let end = |points: &Points| Some(if greatest { points.greatest } else { points.least });
        sums(items, groups, greatest, &end).unwrap().total().unwrap()
    }

    #[test]
    fn caps_cut_each_pot_where_it_is() {
        let inner = Limits { within: Some(0), penalty: Some(Number::ONE), ..Limits::default() };
        let outer = Limits { max: Some(Number::whole(8)), bonus: Some(Number::whole(2)), ..Limits::default() };
        let items = [
            (points(Pot::Base, 9, 9), Some(1)),
            (points(Pot::Penalty, -3, -3), Some(1)),
            (points(Pot::Bonus, 5, 5), Some(1)),
            (points(Pot::Penalty, -2, -2), None),
        ];
        // 9 is cut to 8 by the outer group, the penalty of 3 to 1 by the inner one, the bonus of 5 to 2.
        assert_eq!(total(&items, &[outer, inner], true), Number::whole(8 - 1 + 2 - 2));
    }

    #[test]
    fn only_the_best_counts_and_only_where_the_group_gives() {
        let best = |gives| Limits { only_best: true, gives: Some(gives), ..Limits::default() };
        let items = [(points(Pot::Bonus, 1, 2), Some(0)), (points(Pot::Bonus, 0, 3), Some(0))];
        let ends = |gives| [false, true].map(|greatest| total(&items, &[best(gives)], greatest));
        assert_eq!(ends(Truth::True), [1, 3].map(Number::whole));
        assert_eq!(ends(Truth::False), [0, 0].map(Number::whole));
        assert_eq!(ends(Truth::Unknown), [0, 3].map(Number::whole));
    }
}
