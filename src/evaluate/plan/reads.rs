//! What judging one thing reads.

use crate::campaign::Campaign;
use crate::rule::{Expression, Judged};

use super::{
    ConditionPlan, CriterionPlan, GradePlan, GroupPlan, Item, KeyPlan, KeySource, LevelPlan, PointsPlan, Program,
    QuotaPlan, ScorerPlan,
};

/// What judging one thing of a unit reads.
pub(in super::super) struct Reads<'p> {
    /// What was judged of the same unit before.
    pub items: Vec<Item>,
    /// What is evaluated on its row.
    pub expressions: Vec<&'p Expression>,
}

impl LevelPlan {
    /// What judging an item of this level reads.
    pub(in super::super) fn reads(&self, campaign: &Campaign, item: Item) -> Reads<'_> {
        let mut reads = Reads { items: Vec::new(), expressions: Vec::new() };
        match item {
            Item::Units => reads.expressions.extend(&self.when),
            Item::Measure(at) => {
                reads.items.push(Item::Units);
                reads.expressions.extend(self.criteria.get(at).into_iter().flat_map(CriterionPlan::measured));
            }
            Item::Verdict(at) => {
                reads.items.push(Item::Measure(at));
                reads.expressions.extend(self.criteria.get(at).into_iter().flat_map(CriterionPlan::bars));
            }
            Item::Points(at) => {
                reads.items.push(Item::Verdict(at));
                let points = self.criteria.get(at).and_then(|criterion| criterion.points.as_ref());
                reads.expressions.extend(points.into_iter().flat_map(PointsPlan::expressions));
            }
            Item::Score => self.score_reads(campaign, &mut reads),
            Item::Grade => {
                reads.items.push(Item::Score);
                reads.expressions.extend(self.grades.iter().flat_map(GradePlan::expressions));
                let conditions = self.grades.iter().flat_map(|grade| &grade.requires);
                conditions.for_each(|condition| self.condition_reads(campaign, condition, &mut reads));
            }
            Item::Tie(at) => self.rank_reads(campaign, at, &mut reads),
            Item::Rank => self.rank_reads(campaign, self.rank.len(), &mut reads),
            Item::Choice(at) => self.choice_reads(campaign, at, &mut reads),
            Item::Award(at) => {
                let replacing = self.awards.get(at).into_iter().flat_map(|award| &award.replaced_by);
                reads.items.extend([Item::Choice(at)].into_iter().chain(replacing.map(|other| Item::Award(*other))));
            }
        }
        reads
    }

    fn score_reads<'p>(&'p self, campaign: &Campaign, reads: &mut Reads<'p>) {
        let scored = self.criteria.iter().enumerate().filter(|(_, criterion)| criterion.points.is_some());
        reads.items.push(Item::Units);
        reads.items.extend(scored.map(|(at, _)| Item::Points(at)));
        reads.expressions.extend(self.groups.iter().flat_map(GroupPlan::expressions));
        reads.expressions.extend(self.score_of.iter().chain(self.score_bounds.iter().flatten()));
        for condition in self.groups.iter().flat_map(|group| &group.requires) {
            self.condition_reads(campaign, condition, reads);
        }
    }

    /// So many of the keys, and what says which units are ranked.
    fn rank_reads<'p>(&'p self, campaign: &Campaign, keys: usize, reads: &mut Reads<'p>) {
        reads.items.push(Item::Units);
        self.rank.iter().take(keys).for_each(|key| key.reads(reads));
        for (_, condition) in &self.rank_requires {
            self.condition_reads(campaign, condition, reads);
        }
    }

    fn choice_reads<'p>(&'p self, campaign: &Campaign, at: usize, reads: &mut Reads<'p>) {
        let Some(award) = self.awards.get(at) else { return };
        reads.items.push(Item::Units);
        reads.expressions.extend(award.when.iter().chain(award.quotas.iter().flat_map(QuotaPlan::expressions)));
        award.by.iter().for_each(|key| key.reads(reads));
        let conditions = award.conditions.iter().map(|(_, condition)| condition);
        for condition in conditions.chain(award.quotas.iter().flat_map(QuotaPlan::conditions)) {
            self.condition_reads(campaign, condition, reads);
        }
    }

    fn condition_reads<'p>(&'p self, campaign: &Campaign, condition: &'p ConditionPlan, reads: &mut Reads<'p>) {
        match condition {
            ConditionPlan::AllMet => reads.items.extend(self.binding(campaign).map(Item::Verdict)),
            ConditionPlan::Met(at) => reads.items.push(Item::Verdict(*at)),
            ConditionPlan::Granted(at) | ConditionPlan::NotGranted(at) => reads.items.push(Item::Award(*at)),
            ConditionPlan::Won(at) => reads.items.push(Item::Choice(*at)),
            ConditionPlan::Rule(expression) => reads.expressions.push(expression),
        }
    }

    /// The item by which this level judges something; nothing if it does not.
    pub(in super::super) fn judging(&self, judged: Judged) -> Option<Item> {
        let criterion = |at: usize| self.criteria.iter().position(|criterion| criterion.criterion == at);
        Some(match judged {
            Judged::Unit => Item::Units,
            Judged::Value(at) | Judged::Applies(at) => Item::Measure(criterion(at)?),
            Judged::Met(at) | Judged::MetSoFar(at) | Judged::ScoredBy(at, _) => Item::Verdict(criterion(at)?),
            Judged::Points(at) => Item::Points(criterion(at)?),
            Judged::Score => Item::Score,
            Judged::Grade => Item::Grade,
            Judged::Rank => Item::Rank,
            Judged::Tie(at) => Item::Tie(at),
            Judged::Awarded(at) => Item::Award(self.awards.iter().position(|award| award.award == at)?),
        })
    }
}

impl CriterionPlan {
    /// Whether it applies, what is measured, and what several scorers say.
    fn measured(&self) -> impl Iterator<Item = &Expression> {
        let measure = if let Program::Computed(expression) = &self.measure { Some(expression) } else { None };
        self.when.iter().chain(measure).chain(self.scorers.iter().flat_map(ScorerPlan::expressions))
    }

    /// Everything that it is held against.
    pub fn bars(&self) -> impl Iterator<Item = &Expression> {
        self.target.iter().chain(&self.exceeded).map(|bound| &bound.bar).chain(&self.due)
    }
}

impl KeyPlan {
    fn reads<'p>(&'p self, reads: &mut Reads<'p>) {
        match &self.source {
            KeySource::Score | KeySource::UnroundedScore => reads.items.push(Item::Score),
            KeySource::Measure(at) => reads.items.push(Item::Measure(*at)),
            KeySource::Rule(expression) => reads.expressions.push(expression),
        }
    }
}
