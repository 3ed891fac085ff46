//! What a gain costs at least.

use crate::value::Number;

/// More pairs than this are not looked at: fewer steps do for a bound.
const MOST_PAIRS: usize = 4_000_000;

/// The least cost of each gain: steps that cost more and gain more.
#[derive(Clone, Debug)]
pub(super) struct Frontier {
    steps: Vec<(Number, Number)>,
    /// What is not known costs at least this much.
    cut: Option<Number>,
}

impl Frontier {
    /// Of pairs of cost and gain, in any order.
    pub fn of(mut pairs: Vec<(Number, Number)>, cut: Option<Number>) -> Self {
        pairs.sort_unstable_by(|(cost, gain), (other, more)| cost.cmp(other).then(more.cmp(gain)));
        let mut steps: Vec<(Number, Number)> = Vec::new();
        for (cost, gain) in pairs {
            if steps.last().is_none_or(|(_, best)| gain > *best) {
                steps.push((cost, gain));
            }
        }
        Self { steps, cut }
    }

    /// Gains from both together.
    pub fn with(&self, other: &Self) -> Self {
        let cut = [self.cut, other.cut].into_iter().flatten().min();
        if self.steps.len().saturating_mul(other.steps.len()) > MOST_PAIRS {
            return self.coarse().with(&other.coarse());
        }
        let pairs = self.steps.iter().flat_map(|(cost, gain)| {
            other.steps.iter().filter_map(|(more, further)| Some((cost.plus(*more).ok()?, gain.plus(*further).ok()?)))
        });
        Self::of(pairs.collect(), cut)
    }

    /// Fewer steps, none of which costs more than those that it stands for or gains less.
    fn coarse(&self) -> Self {
        let most = self.steps.len().div_ceil(1000).max(1);
        let steps = self.steps.chunks(most).filter_map(|chunk| Some((chunk.first()?.0, chunk.last()?.1)));
        Self { steps: steps.collect(), cut: self.cut }
    }

    /// The least that a gain costs, and whether that is known; nothing where it cannot be had.
    pub fn least(&self, gain: Option<Number>) -> Option<(Number, bool)> {
        let found = match gain {
            None => self.steps.first(),
            Some(gain) => self.steps.get(self.steps.partition_point(|(_, has)| *has < gain)),
        };
        match (found.map(|(cost, _)| *cost), self.cut) {
            (Some(cost), Some(cut)) if cut < cost => Some((cut, false)),
            (Some(cost), _) => Some((cost, true)),
            (None, cut) => cut.map(|cut| (cut, false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frontier(pairs: &[(i64, i64)], cut: Option<i64>) -> Frontier {
        let pairs = pairs.iter().map(|(cost, gain)| (Number::whole(*cost), Number::whole(*gain))).collect();
        Frontier::of(pairs, cut.map(Number::whole))
    }

    #[test]
    fn two_together_gain_at_the_least_cost() {
        let both = frontier(&[(0, 0), (3, 5), (4, 4)], None).with(&frontier(&[(0, 0), (1, 1), (5, 6)], None));
        let least = |gain: i64| both.least(Some(Number::whole(gain))).map(|(cost, _)| cost);
        assert_eq!(least(0), Some(Number::ZERO));
        assert_eq!(least(1), Some(Number::ONE));
        assert_eq!(least(6), Some(Number::whole(4)));
        assert_eq!(least(7), Some(Number::whole(8)));
        assert_eq!(least(12), None);
    }

    #[test]
    fn what_was_left_out_is_a_bound() {
        let cut = frontier(&[(0, 0), (3, 5)], Some(2));
        assert_eq!(cut.least(Some(Number::whole(5))), Some((Number::whole(2), false)));
        assert_eq!(cut.least(Some(Number::whole(9))), Some((Number::whole(2), false)));
        assert_eq!(cut.least(None), Some((Number::ZERO, true)));
    }

    #[test]
    fn fewer_steps_never_say_more() {
        let many: Vec<(i64, i64)> = (0..5000).map(|at| (at * 3, at)).collect();
        let all = frontier(&many, None);
        let fewer = all.coarse();
        for gain in (0..5000).step_by(7) {
            let gain = Some(Number::whole(gain));
            assert!(fewer.least(gain).unwrap().0 <= all.least(gain).unwrap().0);
        }
    }
}
