//! Which stages some numbers reach: all others say the same, whatever those numbers are.

use std::collections::BTreeSet;

use crate::rule::{Aggregate, Derived, Expression};

use super::stage::Graph;
use super::{Item, Plan, Stage};

impl Plan {
    /// For each stage, in their order, whether it must be done again where some params change.
    #[must_use]
    pub fn touched(&self, params: &[usize]) -> Vec<bool> {
        self.reached(|stage| self.expressions_of(stage).into_iter().any(|it| reads(it, params)))
    }

    /// For each stage, in their order, whether it must be done again where some are, which `first` tells.
    #[must_use]
    pub fn reached(&self, first: impl Fn(Stage) -> bool) -> Vec<bool> {
        let graph = Graph { levels: &self.levels, derived: &self.derived, campaign: &self.campaign };
        let mut touched = BTreeSet::new();
        // What is read stands before its reader.
        for stage in &self.stages {
            if first(*stage) || graph.reads(*stage).iter().any(|read| touched.contains(read)) {
                touched.insert(*stage);
            }
        }
        // Who keeps an award is written over who was chosen for it: the choice must stand there again.
        for stage in &self.stages {
            if let Stage::Of { level, item: Item::Award(at) } = *stage
                && touched.contains(stage)
            {
                touched.insert(Stage::Of { level, item: Item::Choice(at) });
            }
        }
        self.stages.iter().map(|stage| touched.contains(stage)).collect()
    }

    /// For each stage, in their order, whether some others rest on it, or are it.
    #[must_use]
    pub fn needed_for(&self, last: &[Stage]) -> Vec<bool> {
        let graph = Graph { levels: &self.levels, derived: &self.derived, campaign: &self.campaign };
        let mut needed: BTreeSet<Stage> = last.iter().copied().collect();
        for stage in self.stages.iter().rev() {
            if needed.contains(stage) {
                needed.extend(graph.reads(*stage));
            }
        }
        self.stages.iter().map(|stage| needed.contains(stage)).collect()
    }

    /// The stages that a stage reads.
    #[must_use]
    pub fn reads_of(&self, stage: Stage) -> Vec<Stage> {
        Graph { levels: &self.levels, derived: &self.derived, campaign: &self.campaign }.reads(stage)
    }

    /// What a stage itself computes.
    #[must_use]
    pub fn expressions_of(&self, stage: Stage) -> Vec<&Expression> {
        match stage {
            Stage::Derived(id) => {
                let aggregate = self.derived.get(id).and_then(Derived::aggregate);
                aggregate.into_iter().flat_map(Aggregate::expressions).collect()
            }
            Stage::Of { level, item } => {
                let level = self.levels.get(level);
                level.map(|level| level.reads(&self.campaign, item).expressions).unwrap_or_default()
            }
        }
    }
}

fn reads(expression: &Expression, params: &[usize]) -> bool {
    let mut reads = false;
    expression.walk(&mut |inner| reads |= matches!(inner, Expression::Param(at) if params.contains(at)));
    reads
}
