//! Many standings at once: how many stand before one of them, behind it or beside it.
//!
//! One standing is surely before another where its least ends, key by key, come after the other's greatest ends; so
//! every count is a place in a sorted list. Comparing all with all takes minutes for 100,000 units.

use super::standing::{Ends, Standing};

/// Standings that compete.
pub(super) struct Field<'s> {
    leasts: Vec<Ends<'s>>,
    greatests: Vec<Ends<'s>>,
    /// The greatest ends of those that are not fully known.
    open: Vec<Ends<'s>>,
    /// The ends of those that are fully known.
    known: Vec<Ends<'s>>,
    /// The same, each once.
    classes: Vec<Ends<'s>>,
    /// All of them in order, each once, with how many there are.
    different: Vec<(&'s Standing, usize)>,
}

impl<'s> Field<'s> {
    pub fn new(standings: &[&'s Standing]) -> Self {
        let greatests = |known: bool| {
            let chosen = standings.iter().filter(move |standing| standing.is_known() == known);
            sorted(chosen.map(|standing| standing.greatest()))
        };
        let known = greatests(true);
        let mut classes = known.clone();
        classes.dedup();
        let mut order = standings.to_vec();
        order.sort();
        let different = order.chunk_by(|a, b| a == b).filter_map(|equal| Some((*equal.first()?, equal.len())));
        Self {
            leasts: sorted(standings.iter().map(|standing| standing.least())),
            greatests: sorted(standings.iter().map(|standing| standing.greatest())),
            open: greatests(false),
            known,
            classes,
            different: different.collect(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.leasts.len()
    }

    /// How many surely stand before this one.
    pub fn surely_before(&self, mine: &Standing) -> usize {
        after(&self.leasts, mine.greatest())
    }

    /// How many others may stand before this one, which is one of the field.
    pub fn perhaps_before(&self, mine: &Standing) -> usize {
        after(&self.greatests, mine.least()) - usize::from(!mine.is_known())
    }

    /// How many surely stand behind this one.
    pub fn surely_behind(&self, mine: &Standing) -> usize {
        self.greatests.partition_point(|ends| *ends < mine.least())
    }

    /// How many others are surely equal to this one, which is one of the field.
    pub fn surely_level(&self, mine: &Standing) -> usize {
        if mine.is_known() { after_or_at(&self.known, mine.least()) - after(&self.known, mine.least()) - 1 } else { 0 }
    }

    /// How many different known standings surely stand before this one.
    pub fn classes_before(&self, mine: &Standing) -> usize {
        after(&self.classes, mine.greatest())
    }

    /// How many different standings may come before this one, which is one of the field: each that is not known may
    /// be different from all others.
    pub fn classes_perhaps_before(&self, mine: &Standing) -> usize {
        after(&self.classes, mine.least()) + after(&self.open, mine.least()) - usize::from(!mine.is_known())
    }

    /// The last key that parts this one, which is one of the field, from another, after keys in which both are surely
    /// equal. Nobody has more keys in common with it than those next to it in the order.
    pub fn last_parting_key(&self, mine: &Standing) -> Option<usize> {
        let at = self.different.partition_point(|(other, _)| *other < mine);
        let next_to =
            [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().filter_map(|at| self.different.get(at));
        let same = self.different.get(at).filter(|(_, count)| *count > 1);
        next_to.chain(same).filter_map(|(other, _)| mine.parted_at(other)).max()
    }
}

fn sorted<'s>(ends: impl Iterator<Item = Ends<'s>>) -> Vec<Ends<'s>> {
    let mut ends: Vec<_> = ends.collect();
    ends.sort();
    ends
}

/// How many of the sorted ends are greater.
fn after(sorted: &[Ends<'_>], than: Ends<'_>) -> usize {
    sorted.len() - sorted.partition_point(|ends| *ends <= than)
}

/// How many of the sorted ends are not less.
fn after_or_at(sorted: &[Ends<'_>], than: Ends<'_>) -> usize {
    sorted.len() - sorted.partition_point(|ends| *ends < than)
}

#[cfg(test)]
mod tests {
    use super::super::standing::tests::{key, standings};
    use super::*;

    #[test]
    fn counting_agrees_with_comparing_all_with_all() {
        let all: Vec<Standing> = standings().into_iter().map(|(standing, _)| standing).collect();
        // Every standing twice but the last, so that there are equal ones, known and not.
        let twice: Vec<&Standing> = all.iter().chain(all.iter().take(all.len() - 1)).collect();
        let field = Field::new(&twice);
        assert_eq!(field.len(), twice.len());
        for (at, mine) in twice.iter().enumerate() {
            let others = || twice.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, other)| *other);
            let count = |holds: &dyn Fn(&Standing) -> bool| others().filter(|other| holds(other)).count();
            let classes = |holds: &dyn Fn(&Standing) -> bool| {
                let mut different: Vec<&Standing> = others().filter(|other| other.is_known() && holds(other)).collect();
                different.sort();
                different.dedup();
                different.len()
            };
            assert_eq!(field.surely_before(mine), count(&|other| other.surely_before(mine)), "{mine:?}");
            assert_eq!(field.perhaps_before(mine), count(&|other| other.perhaps_before(mine)), "{mine:?}");
            assert_eq!(field.surely_behind(mine), count(&|other| mine.surely_before(other)), "{mine:?}");
            assert_eq!(field.surely_level(mine), count(&|other| other.surely_level(mine)), "{mine:?}");
            assert_eq!(field.classes_before(mine), classes(&|other| other.surely_before(mine)), "{mine:?}");
            let open = count(&|other| !other.is_known() && other.perhaps_before(mine));
            let perhaps = classes(&|other| other.perhaps_before(mine)) + open;
            assert_eq!(field.classes_perhaps_before(mine), perhaps, "{mine:?}");
            assert_eq!(
                field.last_parting_key(mine),
                others().filter_map(|other| mine.parted_at(other)).max(),
                "{mine:?}"
            );
        }
    }

    #[test]
    fn an_open_key_parts_a_standing_from_its_like_but_not_from_itself() {
        let open = Standing(vec![key(5, 5), key(0, 2)]);
        let other = Standing(vec![key(1, 1), key(0, 0)]);
        assert_eq!(Field::new(&[&open, &other]).last_parting_key(&open), Some(0));
        assert_eq!(Field::new(&[&open, &open, &other]).last_parting_key(&open), Some(1));
    }
}
