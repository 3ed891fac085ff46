//! Awards on a level.

use crate::campaign::{Award, Level, Per, Quota, Reference, Requirement, Sourced, Value};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::rule::Base;

use super::value::At;
use super::{AwardPlan, BasePlan, ConditionPlan, CriterionPlan, KeepPlan, PerPlan, Planner, QuotaPlan, SharePlan};

const A_CONDITION: Phrase = Phrase::new("a condition of an award", "điều kiện khen thưởng");
const CONDITION: Phrase = Phrase::new("criterion, award or rule", "tiêu chí, hình thức khen thưởng hay quy tắc");
const A_TARGET: Phrase = Phrase::new("a criterion with a target", "tiêu chí có chỉ tiêu");
const ONLY_MEASURED: Phrase = Phrase::new("`{name}`, which is only measured", "`{name}` vì tiêu chí này chỉ đo");

const A_QUOTA: Phrase = Phrase::new("what a quota is counted in", "phạm vi tính chỉ tiêu số lượng");
const A_GROUP: Phrase = Phrase::new("a word, a text, yes or no", "từ, chữ, có hoặc không");
const COLUMN_OR_RULE: Phrase = Phrase::new("column or rule", "cột hoặc quy tắc");

/// Plans the awards of a level.
pub(super) fn plan(level: &Level, criteria: &[CriterionPlan], at: At<'_>, planner: &mut Planner<'_>) -> Vec<AwardPlan> {
    let awards = planner.campaign.awards.iter().enumerate();
    let of_level: Vec<_> = awards.filter(|(_, award)| award.levels.contains(&level.id)).collect();
    let ids: Vec<&str> = of_level.iter().map(|(_, award)| award.id.as_str()).collect();
    let near = Near { level, criteria, awards: &ids };
    of_level.iter().filter_map(|(position, award)| planner.award(*position, award, near, at)).collect()
}

/// What conditions on a level may name.
#[derive(Clone, Copy)]
struct Near<'a> {
    level: &'a Level,
    criteria: &'a [CriterionPlan],
    awards: &'a [&'a str],
}

impl Planner<'_> {
    fn award(&mut self, position: usize, award: &Award, near: Near<'_>, at: At<'_>) -> Option<AwardPlan> {
        let at = At { args: &award.args, ..at };
        let conditions = award.requires.iter().filter_map(|asked| self.requirement(asked, award, near, at));
        let mut conditions: Vec<_> = conditions.collect();
        let excluded = self.others(&award.excludes, "excludes", award, near);
        conditions.extend(excluded.iter().map(|(id, at)| (format!("!{id}"), ConditionPlan::NotGranted(*at))));
        self.asks_for_what_it_excludes(award);
        let replaced_by = self.others(&award.replaced_by, "replaced_by", award, near);
        self.nothing_among_tied(&award.by);
        let by = self.keys(&award.by, near.criteria, near.level, at);
        let quotas = award.quotas.iter().filter_map(|quota| self.quota(quota, award, near, at)).collect();
        let when = self.when(&award.when, at)?;
        let replaced_by = replaced_by.into_iter().map(|(_, at)| at).collect();
        Some(AwardPlan { award: position, when, conditions, by, quotas, replaced_by, rests_on: Vec::new() })
    }

    /// One thing that must hold, with its own arguments laid over those of the award.
    fn requirement(
        &mut self,
        asked: &Requirement,
        award: &Award,
        near: Near<'_>,
        at: At<'_>,
    ) -> Option<(String, ConditionPlan)> {
        let own = |name: &String| asked.args.iter().any(|(known, _)| known == name);
        let inherited = award.args.iter().filter(|(name, _)| !own(name));
        let args: Vec<_> = inherited.chain(&asked.args).cloned().collect();
        let condition = self.condition_beside(&asked.of, award, near, At { args: &args, ..at })?;
        Some((asked.id.clone(), condition))
    }

    /// A condition of an award. Of one that is given up for this award it is asked whether it was won.
    fn condition_beside(
        &mut self,
        name: &Reference,
        award: &Award,
        near: Near<'_>,
        at: At<'_>,
    ) -> Option<ConditionPlan> {
        let condition = self.condition_of(name, near.criteria, near.awards, at)?;
        let given_up = |other: &Award| other.replaced_by.iter().any(|replacing| replacing.name == award.id);
        let other = self.campaign.awards.iter().find(|other| other.id == name.name);
        Some(match condition {
            ConditionPlan::Granted(at) if other.is_some_and(given_up) => ConditionPlan::Won(at),
            condition => condition,
        })
    }

    /// Warns of an award that asks for another one and excludes it too.
    fn asks_for_what_it_excludes(&mut self, award: &Award) {
        let both = award.excludes.iter().filter(|name| award.requires.iter().any(|asked| asked.of.name == name.name));
        for name in both {
            let warning = Diagnostic::new(&catalogue::AWARD_OUT_OF_REACH).with("award", &award.id);
            self.fault(warning.with("other", &name.name).at(&name.place));
        }
    }

    /// Other awards of the level, by id and position; one that nobody of the level can win is warned of.
    fn others(&mut self, names: &[Reference], key: &str, award: &Award, near: Near<'_>) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for name in names {
            match near.awards.iter().position(|known| *known == name.name) {
                Some(at) => found.push((name.name.clone(), at)),
                None => {
                    let warning = Diagnostic::new(&catalogue::AWARD_OF_OTHER_LEVEL).with("key", key);
                    let warning = warning.with("award", &award.id).with("other", &name.name);
                    self.fault(warning.with("level", &near.level.id).at(&name.place));
                }
            }
        }
        found
    }

    fn quota(&mut self, quota: &Quota, award: &Award, near: Near<'_>, at: At<'_>) -> Option<QuotaPlan> {
        let at_most = self.of_type(Base::Number, &quota.at_most, at)?;
        let amount = |planner: &mut Self, value: Option<&Sourced<Value>>| {
            value.and_then(|value| planner.of_type(Base::Number, value, at))
        };
        let at_least = amount(self, quota.share.as_ref().and_then(|share| share.at_least.as_ref()));
        let up_to = amount(self, quota.up_to.as_ref());
        let share = match &quota.share {
            Some(share) => {
                let of = match share.of.name.as_str() {
                    "units" => BasePlan::Units,
                    "eligible" => BasePlan::Eligible,
                    _ => BasePlan::Holds(self.condition_beside(&share.of, award, near, at)?),
                };
                Some(SharePlan { of, name: share.of.name.clone(), round: share.round, at_least })
            }
            None => None,
        };
        let keep = match &quota.keep {
            Some(keep) => Some(KeepPlan {
                places: self.of_type(Base::Number, &keep.places, at)?,
                round: keep.round,
                whom: self.condition_beside(&keep.whom, award, near, at)?,
                unused: keep.unused,
            }),
            None => None,
        };
        let per = quota.per.iter().filter_map(|per| self.per(per, at)).collect();
        Some(QuotaPlan { at_most, share, per, at_cut: quota.at_cut, up_to, keep })
    }

    /// What a quota is counted in; the whole level needs no word.
    fn per(&mut self, per: &Per, at: At<'_>) -> Option<PerPlan> {
        let name = match per {
            Per::Level => return None,
            Per::Cluster => return Some(PerPlan::Cluster),
            Per::Each(name) => name,
        };
        let table = at.units.table.map(|table| self.campaign.schema.table(table));
        let (value, kind) = if table.is_some_and(|table| table.find(&name.name).is_some()) {
            self.column(&name.name, at, &name.place)?
        } else if self.library.get(&name.name).is_some() {
            self.rule(&name.name, at, A_QUOTA, &name.place)?
        } else {
            let columns = table.into_iter().flat_map(|table| &table.columns).map(|column| column.id.as_str());
            let known: Vec<_> = columns.chain(["cluster", "level"]).chain(self.library.names()).collect();
            self.unknown(COLUMN_OR_RULE, &name.name, &known, &name.place);
            return None;
        };
        let words = match kind.base {
            Base::Choice(words) | Base::Scale(words) => Some(words),
            Base::Text | Base::Flag => None,
            _ => {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", A_GROUP).with("found", kind);
                self.fault(fault.at(&name.place));
                return None;
            }
        };
        Some(PerPlan::Each { name: name.name.clone(), value, words })
    }

    /// Conditions with their names.
    pub(super) fn conditions(
        &mut self,
        names: &[Reference],
        criteria: &[CriterionPlan],
        awards: &[&str],
        at: At<'_>,
    ) -> Vec<(String, ConditionPlan)> {
        let condition = |name: &Reference| Some((name.name.clone(), self.condition_of(name, criteria, awards, at)?));
        names.iter().filter_map(condition).collect()
    }

    pub(super) fn condition_of(
        &mut self,
        name: &Reference,
        criteria: &[CriterionPlan],
        awards: &[&str],
        at: At<'_>,
    ) -> Option<ConditionPlan> {
        let campaign = self.campaign;
        if name.name == "all_met" {
            return Some(ConditionPlan::AllMet);
        }
        let is_criterion = |plan: &CriterionPlan| {
            campaign.criteria.get(plan.criterion).is_some_and(|criterion| criterion.id == name.name)
        };
        if let Some(position) = criteria.iter().position(is_criterion) {
            let judged = criteria.get(position).is_some_and(|plan| !plan.target.is_empty());
            if !judged {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", A_TARGET);
                self.fault(fault.with("found", ONLY_MEASURED.with("name", &name.name)).at(&name.place));
            }
            return Some(ConditionPlan::Met(position));
        }
        // A criterion that could not be planned has been reported: it is no unknown name.
        if campaign.criterion(&name.name).is_some_and(|criterion| criterion.levels.iter().any(|id| id == at.level)) {
            return None;
        }
        if let Some(position) = awards.iter().position(|award| *award == name.name) {
            return Some(ConditionPlan::Granted(position));
        }
        if self.library.get(&name.name).is_some() {
            let (expression, kind) = self.rule(&name.name, at, A_CONDITION, &name.place)?;
            if kind.base != Base::Flag || kind.optional {
                let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", Base::Flag).with("found", kind);
                self.fault(fault.at(&name.place));
                return None;
            }
            return Some(ConditionPlan::Rule(expression));
        }
        let criteria = campaign.criteria.iter().map(|criterion| criterion.id.as_str());
        let awards = campaign.awards.iter().map(|award| award.id.as_str());
        let known: Vec<_> = criteria.chain(awards).chain(["all_met"]).chain(self.library.names()).collect();
        self.unknown(CONDITION, &name.name, &known, &name.place);
        None
    }
}
