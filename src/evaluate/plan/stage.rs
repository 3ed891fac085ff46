//! What is judged before what.
//!
//! Every level is judged in stages: what was measured, verdicts, points, score, grades, ranks, awards. A rule may read
//! an earlier stage of any unit that it can reach, on its own level or on another; so the stages of all levels
//! together make one graph, and whatever is read is done before whoever reads it.

use std::collections::BTreeSet;

use crate::campaign::Campaign;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Derived, Expression, Fact, Judged};
use crate::source::Place;

use super::reads::Reads;
use super::{LevelPlan, Planner};

/// One thing that is done for all units at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Something is derived for other stages to read, by its position in the plan.
    Derived(usize),
    /// Something is judged on a level.
    Of {
        /// The position of the level in the plan.
        level: usize,
        /// What is judged.
        item: Item,
    },
}

/// What is judged on a level. Criteria and awards are named by their positions in the level's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Which rows are units.
    Units,
    /// What a criterion measures.
    Measure(usize),
    /// The verdict on a criterion.
    Verdict(usize),
    /// The points of a criterion.
    Points(usize),
    /// The scores.
    Score,
    /// The grades.
    Grade,
    /// Who is equal in all keys of the ranking before one, by its position.
    Tie(usize),
    /// The ranks.
    Rank,
    /// Who wins an award.
    Choice(usize),
    /// Who of its winners keeps it.
    Award(usize),
}

/// All stages, each after those that it reads. A circle is reported.
pub(super) fn in_order(levels: &mut [LevelPlan], planner: &mut Planner<'_>) -> Vec<Stage> {
    // Where a level is faulty, the others are not in their places.
    if levels.len() != planner.campaign.levels.len() {
        return Vec::new();
    }
    let graph = Graph { levels, derived: &planner.derived, campaign: planner.campaign };
    match graph.order() {
        Ok(order) => {
            let rests: Vec<Vec<Vec<usize>>> = (0..levels.len()).map(|level| graph.rests(level)).collect();
            let awards = levels.iter_mut().flat_map(|level| &mut level.awards);
            for (award, rests_on) in awards.zip(rests.into_iter().flatten()) {
                award.rests_on = rests_on;
            }
            order
        }
        Err(circle) => {
            let fault = graph.circle(&circle);
            planner.fault(fault);
            Vec::new()
        }
    }
}

/// Which stage reads which.
struct Graph<'p> {
    levels: &'p [LevelPlan],
    derived: &'p [Derived],
    campaign: &'p Campaign,
}

impl Graph<'_> {
    /// All stages, in an order in which a reader would do them.
    fn stages(&self) -> impl Iterator<Item = Stage> {
        let derived = (0..self.derived.len()).map(Stage::Derived);
        let levels = self.levels.iter().enumerate();
        derived.chain(levels.flat_map(|(level, plan)| {
            let criteria = 0..plan.criteria.len();
            let judged = criteria.flat_map(|at| [Item::Measure(at), Item::Verdict(at), Item::Points(at)]);
            let ties = plan.rank.iter().enumerate().filter(|(_, key)| key.among_tied).map(|(at, _)| Item::Tie(at));
            let items = [Item::Units].into_iter().chain(judged).chain([Item::Score, Item::Grade]);
            let items = items.chain(ties).chain([Item::Rank]);
            let awards = (0..plan.awards.len()).flat_map(|at| [Item::Choice(at), Item::Award(at)]);
            items.chain(awards).map(move |item| Stage::Of { level, item })
        }))
    }

    /// All stages, each after those that it reads.
    ///
    /// # Errors
    /// A circle: each stage reads the next, and the last one the first.
    fn order(&self) -> Result<Vec<Stage>, Vec<Stage>> {
        let mut order = Vec::new();
        let mut done = BTreeSet::new();
        for stage in self.stages() {
            self.visit(stage, &mut done, &mut order)?;
        }
        Ok(order)
    }

    /// Adds a stage to the order, after whatever it reads.
    fn visit(&self, from: Stage, done: &mut BTreeSet<Stage>, order: &mut Vec<Stage>) -> Result<(), Vec<Stage>> {
        // A path of our own and not the call stack: campaigns may chain thousands of criteria.
        let mut path = vec![(from, self.reads(from).into_iter())];
        while let Some((stage, reads)) = path.last_mut() {
            let stage = *stage;
            match reads.next() {
                None => {
                    path.pop();
                    if done.insert(stage) {
                        order.push(stage);
                    }
                }
                Some(next) if done.contains(&next) => {}
                Some(next) => {
                    if let Some(begin) = path.iter().position(|(open, _)| *open == next) {
                        return Err(path.iter().skip(begin).map(|(stage, _)| *stage).collect());
                    }
                    path.push((next, self.reads(next).into_iter()));
                }
            }
        }
        Ok(())
    }

    /// The stages that a stage reads.
    fn reads(&self, stage: Stage) -> Vec<Stage> {
        match stage {
            Stage::Derived(id) => match self.derived.get(id) {
                Some(Derived::Aggregate(aggregate)) => aggregate.expressions().flat_map(derived).collect(),
                Some(Derived::Fact(fact)) => self.stages_of(fact),
                None => Vec::new(),
            },
            Stage::Of { level, item } => match self.levels.get(level) {
                Some(plan) => self.reads_of(level, plan, item),
                None => Vec::new(),
            },
        }
    }

    fn reads_of(&self, level: usize, plan: &LevelPlan, item: Item) -> Vec<Stage> {
        let Reads { items, expressions } = plan.reads(self.campaign, item);
        let items = items.into_iter().map(|item| Stage::Of { level, item });
        items.chain(expressions.into_iter().flat_map(derived)).collect()
    }

    /// The stages that judge a fact.
    fn stages_of(&self, fact: &Fact) -> Vec<Stage> {
        let on = |level: usize| Some(Stage::Of { level, item: self.levels.get(level)?.judging(fact.judged)? });
        fact.levels.iter().filter_map(|level| on(*level)).collect()
    }

    /// For each award of a level, the criteria of the level that its decision rests on.
    fn rests(&self, level: usize) -> Vec<Vec<usize>> {
        let awards = self.levels.get(level).map_or(0, |plan| plan.awards.len());
        (0..awards)
            .map(|award| {
                let (mut done, mut order) = (BTreeSet::new(), Vec::new());
                // There is no circle: an order was found.
                let _ = self.visit(Stage::Of { level, item: Item::Award(award) }, &mut done, &mut order);
                let criteria = done.iter().filter_map(|stage| match stage {
                    Stage::Of { level: on, item: Item::Measure(at) } if *on == level => Some(*at),
                    _ => None,
                });
                criteria.collect()
            })
            .collect()
    }

    /// The finding that stages read each other in a circle.
    fn circle(&self, circle: &[Stage]) -> Diagnostic {
        let mut path: Vec<String> = circle.iter().filter_map(|stage| self.written(*stage)).collect();
        path.extend(path.first().cloned());
        let place = circle.iter().find_map(|stage| self.fact_at(*stage)).or_else(|| self.award_at(circle));
        Diagnostic::new(&catalogue::STAGE_CIRCLE).with("path", path.join(" → ")).at(place.unwrap_or(Place::Nowhere))
    }

    fn fact_at(&self, stage: Stage) -> Option<Place> {
        let Stage::Derived(id) = stage else { return None };
        Some(self.derived.get(id)?.fact()?.place.clone())
    }

    fn award_at(&self, circle: &[Stage]) -> Option<Place> {
        circle.iter().find_map(|stage| {
            let Stage::Of { level, item: Item::Award(at) | Item::Choice(at) } = stage else { return None };
            let award = self.levels.get(*level)?.awards.get(*at)?;
            Some(self.campaign.awards.get(award.award)?.place.clone())
        })
    }

    /// A stage as rules write it: `unions.met("plan")`; nothing for what is only derived on the way.
    fn written(&self, stage: Stage) -> Option<String> {
        let Stage::Of { level, item } = stage else { return None };
        let (plan, id) = (self.levels.get(level)?, &self.campaign.levels.get(level)?.id);
        let criterion = |at: usize| plan.criteria.get(at).map(|criterion| criterion.criterion);
        let judged = match item {
            Item::Units => return Some(format!("{id}.when")),
            Item::Measure(at) => Judged::Value(criterion(at)?),
            Item::Verdict(at) => Judged::Met(criterion(at)?),
            Item::Points(at) => Judged::Points(criterion(at)?),
            Item::Score => Judged::Score,
            Item::Grade => Judged::Grade,
            Item::Rank => Judged::Rank,
            Item::Tie(at) => Judged::Tie(at),
            Item::Choice(_) => return None,
            Item::Award(at) => Judged::Awarded(plan.awards.get(at)?.award),
        };
        Some(format!("{id}.{}", judged.written(&self.campaign.criteria, &self.campaign.awards)))
    }
}

/// What an expression reads that must be derived first.
fn derived(expression: &Expression) -> Vec<Stage> {
    let mut found = Vec::new();
    expression.walk(&mut |inner| {
        if let Expression::Derived { id, .. } = inner {
            found.push(Stage::Derived(*id));
        }
    });
    found
}
