//! Many standings at once: how many stand before one of them, behind it or beside it.
//!
//! One standing is surely before another where its least ends, key by key, come after the other's greatest ends; so
//! every count is a place in a sorted list. Comparing all with all takes minutes for 100,000 units.

use super::standing::{Ends, Standing};

/// How one standing stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Among {
    /// How many there are.
    pub of: usize,
    /// How many surely stand before it.
    pub before: usize,
    /// How many others may stand before it.
    pub perhaps_before: usize,
    /// How many others are surely equal to it.
    pub level: usize,
    /// How many surely stand behind it.
    pub behind: usize,
    /// How many different known standings surely stand before it.
    pub classes_before: usize,
    /// How many different standings may come before it.
    pub classes_perhaps_before: usize,
    /// The last key that parts it from another, after keys in which both are surely equal.
    pub parted: Option<usize>,
}

/// How each of some standings stands among all of them. Where all are known, one sorted list says everything.
pub(super) fn among_each_other(standings: &[&Standing]) -> Vec<Among> {
    if !standings.iter().all(|standing| standing.is_known()) {
        let field = Field::new(standings);
        return standings.iter().map(|standing| field.among(standing)).collect();
    }
    let mut order: Vec<(&Standing, usize)> = standings.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
    let classes: Vec<&[(&Standing, usize)]> = order.chunk_by(|(one, _), (other, _)| one == other).collect();
    let mut found: Vec<(usize, Among)> = Vec::with_capacity(standings.len());
    let mut before = 0;
    for (at, class) in classes.iter().enumerate() {
        let Some((mine, _)) = class.first() else { continue };
        let next_to = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        let next_to = next_to.filter_map(|at| classes.get(at)?.first());
        let among = Among {
            of: standings.len(),
            before,
            perhaps_before: before,
            level: class.len() - 1,
            behind: standings.len() - before - class.len(),
            classes_before: at,
            classes_perhaps_before: at,
            parted: next_to.filter_map(|(other, _)| mine.parted_at(other)).max(),
        };
        found.extend(class.iter().map(|(_, at)| (*at, among)));
        before += class.len();
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, among)| among).collect()
}

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

    fn among(&self, mine: &Standing) -> Among {
        Among {
            of: self.len(),
            before: self.surely_before(mine),
            perhaps_before: self.perhaps_before(mine),
            level: self.surely_level(mine),
            behind: self.surely_behind(mine),
            classes_before: self.classes_before(mine),
            classes_perhaps_before: self.classes_perhaps_before(mine),
            parted: self.last_parting_key(mine),
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
        let open = Standing::from_iter([key(5, 5), key(0, 2)]);
        let other = Standing::from_iter([key(1, 1), key(0, 0)]);
        assert_eq!(Field::new(&[&open, &other]).last_parting_key(&open), Some(0));
        assert_eq!(Field::new(&[&open, &open, &other]).last_parting_key(&open), Some(1));
    }

    #[test]
    fn one_list_of_known_standings_says_what_counting_says() {
        let known = |a: i64, b: i64| Standing::from_iter([key(a, a), key(b, b)]);
        let all: Vec<Standing> =
            [(2, 1), (0, 0), (2, 1), (2, 0), (1, 1), (0, 0), (0, 2), (2, 1)].map(|(a, b)| known(a, b)).into();
        for some in (0..=all.len()).map(|count| all.iter().take(count).collect::<Vec<_>>()) {
            let field = Field::new(&some);
            let counted: Vec<Among> = some.iter().map(|standing| field.among(standing)).collect();
            assert_eq!(among_each_other(&some), counted, "{some:?}");
        }
    }
}
