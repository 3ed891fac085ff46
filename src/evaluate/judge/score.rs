//! Scores: the sum of points, and an interval where something is undetermined.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::campaign::{NotApplicable, ScorePolicy};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Expression;
use crate::value::{ArithmeticFault, Number, Truth};

use super::super::columns::Grow;
use super::super::explain::InAll;
use super::super::judgements::Judgements;
use super::super::outcome::{Counts, GroupSum, Points, Score, Sums};
use super::super::plan::{GroupPlan, LevelPlan};
use super::super::standings::Scores;
use super::Judge;
use super::points::is_base;
use super::sheet::{Sheet, Unit};
use super::tree::{self, Limits};
use super::verdict::is_written;

/// The points of a criterion, and the group in which they add up.
type ItemOf = (Points, Option<usize>);

/// What the level adds to the policy for a unit: the amounts that are known.
struct Frame<'p> {
    policy: &'p ScorePolicy,
    groups: Vec<Limits>,
    /// The full score that what was earned is scaled to.
    of: Option<Number>,
    at_least: Option<Number>,
    at_most: Option<Number>,
    /// What every unit has that earns everything, where the same is at stake for all of them.
    full_of_all: Option<Number>,
}

impl<'d> Judge<'_, 'd> {
    /// The score of every unit, on levels that score.
    pub(super) fn scores(&mut self, sheet: &mut Sheet<'d>) {
        let Some(policy) = &sheet.level.score else { return };
        let scoring = scoring(sheet);
        if scoring.is_empty() {
            return;
        }
        let all = &*sheet;
        let scores = self.in_parts(self.worth(all.units.len()), all.units.len(), |judge, part| {
            let mut scores = Scores::default();
            // Amounts that are written are the same for all units.
            let mut same = is_same_for_all(all.plan).then(|| judge.frame(policy, all, 0, 0));
            if let Some(Some(frame)) = &mut same
                && scoring.iter().all(|(criterion, _)| all.said(*criterion).is_some_and(Judgements::same_at_stake))
                && let Some(items) = self::items(&scoring, all, 0)
            {
                frame.full_of_all = frame.full(&due(&items)).ok();
            }
            let mut items = Vec::with_capacity(scoring.len());
            for (at, unit) in part.clone().zip(all.units.get(part).unwrap_or_default()) {
                items.clear();
                items
                    .extend(scoring.iter().map_while(|(criterion, group)| Some((all.points(*criterion, at)?, *group))));
                // Where it is unknown what is at stake in some criterion, there is no score.
                let known = items.len() == scoring.len();
                scores.push(if known { judge.score(policy, &items, all, unit, at, same.as_ref()) } else { None });
            }
            scores
        });
        sheet.scores = scores;
    }

    /// How the points of a unit add up in groups, in the order of their heads; nothing where there are none, or no
    /// score.
    pub(super) fn added_up(&mut self, sheet: &Sheet<'d>, at: usize) -> Vec<GroupSum> {
        let Some((policy, unit)) = sheet.level.score.as_ref().zip(sheet.units.get(at)) else { return Vec::new() };
        if sheet.plan.groups.is_empty() {
            return Vec::new();
        }
        let items = items(&scoring(sheet), sheet, at);
        let Some((items, frame)) = items.zip(self.frame(policy, sheet, unit.row, at)) else { return Vec::new() };
        let sums = frame.traced(&items).unwrap_or_default();
        let mut found = Vec::with_capacity(sums[0].len());
        for (head, (group, _)) in in_order(&sheet.plan.groups).into_iter().enumerate() {
            let ends = sums.each_ref().map(|sums| sums.get(&group).copied());
            let ([Some(least), Some(greatest)], Some(limits)) = (ends, frame.groups.get(group)) else { continue };
            found.push(GroupSum {
                group: head,
                gives: limits.gives.unwrap_or(Truth::True),
                misses: self.misses(sheet, group, at),
                caps: [limits.max, limits.bonus, limits.penalty],
                least,
                greatest,
            });
        }
        found
    }

    /// What a group requires and what does not hold for a unit, or perhaps does not.
    fn misses(&mut self, sheet: &Sheet<'d>, group: usize, at: usize) -> Vec<(String, Truth)> {
        let named = self.plan.campaign.groups.get(group).map(|group| group.requires.as_slice()).unwrap_or_default();
        let planned = sheet.plan.groups.get(group).map(|group| group.requires.as_slice()).unwrap_or_default();
        let mut misses = Vec::new();
        for (name, condition) in named.iter().zip(planned) {
            misses.push((name.name.clone(), self.condition(condition, sheet, at)));
        }
        misses.retain(|(_, holds)| *holds != Truth::True);
        misses
    }

    /// What the whole tree gives a unit, and what bounds it; nothing where what does not apply is scaled up.
    pub(super) fn in_all(&mut self, sheet: &Sheet<'d>, at: usize) -> Option<InAll> {
        let (policy, unit) = sheet.level.score.as_ref().zip(sheet.units.get(at))?;
        let items = items(&scoring(sheet), sheet, at)?;
        let frame = self.frame(policy, sheet, unit.row, at)?;
        if frame.rescales() {
            return None;
        }
        let due = due(&items);
        let end = |greatest: bool| frame.sums(&due, greatest).ok();
        Some(InAll { ends: [end(false)?, end(true)?], at_least: frame.at_least, at_most: frame.at_most })
    }

    fn score(
        &mut self,
        policy: &ScorePolicy,
        items: &[ItemOf],
        sheet: &Sheet<'d>,
        unit: &Unit<'d>,
        at: usize,
        same: Option<&Option<Frame<'_>>>,
    ) -> Option<Score> {
        let unsaid = |(item, _): &ItemOf| is_base(item) && item.counts == Counts::NotApplicable;
        if policy.not_applicable.is_none() && items.iter().any(unsaid) {
            let fault = Diagnostic::new(&catalogue::POLICY_NOT_APPLICABLE_MISSING).with("level", &sheet.level.id);
            self.faults.push(fault.with("unit", unit.id).at(&policy.place));
        }
        let score = match same {
            Some(frame) => frame.as_ref()?.score(items),
            None => self.frame(policy, sheet, unit.row, at)?.score(items),
        };
        self.answered(score.map_err(Into::into), "score", sheet.plan, unit.row)
    }

    /// The amounts of the level for a unit; nothing where one that is declared is unknown.
    fn frame<'p>(&mut self, policy: &'p ScorePolicy, sheet: &Sheet<'d>, row: usize, at: usize) -> Option<Frame<'p>> {
        let plan = sheet.plan;
        let mut known = |expression: &'d Option<Expression>, key: &str| {
            self.maybe_amount(expression.as_ref(), key, |_| true, plan, row)
        };
        let [least, most] = &plan.score_bounds;
        let (of, at_least, at_most) =
            (known(&plan.score_of, "of")?, known(least, "at_least")?, known(most, "at_most")?);
        let mut groups = Vec::with_capacity(plan.groups.len());
        for group in &plan.groups {
            groups.push(Limits {
                within: group.within,
                max: known(&group.max, "max")?,
                bonus: known(&group.cap_bonus, "cap.bonus")?,
                penalty: known(&group.cap_penalty, "cap.penalty")?,
                only_best: group.only_best,
                gives: None,
            });
        }
        for (limits, group) in groups.iter_mut().zip(&plan.groups) {
            let mut gives = Truth::True;
            for condition in &group.requires {
                gives = gives.and(self.condition(condition, sheet, at));
            }
            limits.gives = Some(gives);
        }
        Some(Frame { policy, groups, of, at_least, at_most, full_of_all: None })
    }
}

/// The criteria of a level that earn points, each with its group.
fn scoring(sheet: &Sheet<'_>) -> Vec<(usize, Option<usize>)> {
    let criteria = sheet.plan.criteria.iter().enumerate();
    criteria.filter_map(|(at, criterion)| Some((at, criterion.points.as_ref()?.group))).collect()
}

/// What a unit earned. Where it is unknown what is at stake in some criterion, there is no score.
fn items(scoring: &[(usize, Option<usize>)], sheet: &Sheet<'_>, at: usize) -> Option<Vec<ItemOf>> {
    scoring.iter().map(|(criterion, group)| Some((sheet.points(*criterion, at)?, *group))).collect()
}

/// Whether no unit's data can change what a level adds to its policy.
fn is_same_for_all(plan: &LevelPlan) -> bool {
    let amounts = plan.score_of.iter().chain(plan.score_bounds.iter().flatten());
    amounts.chain(plan.groups.iter().flat_map(GroupPlan::expressions)).all(is_written)
        && plan.groups.iter().all(|group| group.requires.is_empty())
}

/// What counts: all but what is left out.
fn due(items: &[ItemOf]) -> Cow<'_, [ItemOf]> {
    let is_due = |(item, _): &ItemOf| item.counts != Counts::LeftOut;
    if items.iter().all(is_due) { items.into() } else { items.iter().copied().filter(is_due).collect() }
}

/// The groups of a level by their positions, each above those in it, with how many groups it lies in.
pub(super) fn in_order(groups: &[GroupPlan]) -> Vec<(usize, usize)> {
    // The last one first, for the next is taken from the end.
    let below = |above: Option<usize>| {
        groups.iter().enumerate().rev().filter(move |(_, group)| group.within == above).map(|(at, _)| at)
    };
    let mut found = Vec::with_capacity(groups.len());
    let mut waiting: Vec<(usize, usize)> = below(None).map(|at| (at, 0)).collect();
    while let Some((at, depth)) = waiting.pop() {
        waiting.extend(below(Some(at)).map(|below| (below, depth + 1)));
        found.push((at, depth));
    }
    found
}

impl Frame<'_> {
    /// What each group adds up to and gives, at both ends.
    fn traced(&self, items: &[ItemOf]) -> Result<[BTreeMap<usize, [Sums; 2]>; 2], ArithmeticFault> {
        let due = due(items);
        let end = |greatest: bool| tree::traced(&due, &self.groups, greatest, &|item| Some(self.end(item, greatest)));
        Ok([end(false)?, end(true)?])
    }

    /// What all items that are due give, at one end.
    fn sums(&self, due: &[ItemOf], greatest: bool) -> Result<Sums, ArithmeticFault> {
        tree::sums(due, &self.groups, greatest, &|item| Some(self.end(item, greatest)))
    }

    fn score(&self, items: &[ItemOf]) -> Result<Score, ArithmeticFault> {
        let due = due(items);
        let provisional = due.len() < items.len() || due.iter().any(|(item, _)| item.counts == Counts::PerhapsLeftOut);
        let base = || due.iter().map(|(item, _)| item).filter(|item| is_base(item));
        let rescales = self.rescales();
        let (ends, full) = if rescales {
            let full = sum(base().map(|item| item.of))?;
            (self.rescaled(&base().collect::<Vec<_>>(), &due, full)?, full)
        } else {
            let full = self.full_of_all.map_or_else(|| self.full(&due), Ok)?;
            (Some(self.in_groups(&due, full)?), full)
        };
        let ends = ends.map(|(least, greatest)| (self.bounded(least), self.bounded(greatest)));
        let unrounded = ends;
        let rounded = |(least, greatest): (Number, Number)| {
            let rounded = self.rounded(least)?;
            Ok((rounded, if greatest == least { rounded } else { self.rounded(greatest)? }))
        };
        let ends = ends.map(rounded).transpose()?;
        let nothing_sure = base().all(|item| item.counts != Counts::Fully || item.of == Number::ZERO);
        let perhaps_none = rescales && ends.is_some() && nothing_sure;
        let of = self.of.unwrap_or(full);
        let (least, greatest) = ends.unzip();
        Ok(Score { least, greatest, perhaps_none, of, provisional, unrounded })
    }

    /// Whether what was earned is scaled up for what does not apply.
    fn rescales(&self) -> bool {
        !matches!(self.policy.not_applicable, Some(NotApplicable::Full | NotApplicable::Zero))
    }

    /// What is earned of the full score, scaled up for what does not apply, with bonus and penalty beside it.
    fn rescaled(
        &self,
        base: &[&Points],
        due: &[ItemOf],
        full: Number,
    ) -> Result<Option<(Number, Number)>, ArithmeticFault> {
        let Some((least, greatest)) = rescaled(base, self.of.unwrap_or(full))? else { return Ok(None) };
        let beside: Vec<ItemOf> = due.iter().filter(|(item, _)| !is_base(item)).copied().collect();
        let extra = |greatest: bool| self.sums(&beside, greatest)?.total();
        Ok(Some((least.plus(extra(false)?)?, greatest.plus(extra(true)?)?)))
    }

    /// The sums of the tree, the full score scaled where the level says to what.
    fn in_groups(&self, due: &[ItemOf], full: Number) -> Result<(Number, Number), ArithmeticFault> {
        let end = |greatest: bool| {
            let sums = self.sums(due, greatest)?;
            match self.of.filter(|_| full != Number::ZERO) {
                Some(of) => sums.base.times(of)?.over(full)?.plus(sums.bonus)?.plus(sums.penalty),
                None => sums.total(),
            }
        };
        let least = end(false)?;
        Ok((least, if self.is_known(due) { least } else { end(true)? }))
    }

    /// Whether both ends of everything are the same.
    fn is_known(&self, due: &[ItemOf]) -> bool {
        let gives = |limits: &Limits| limits.gives != Some(Truth::Unknown);
        let is_known = |item: &Points| self.end(item, false) == self.end(item, true);
        due.iter().all(|(item, _)| is_known(item)) && self.groups.iter().all(gives)
    }

    /// What a unit has that earns everything.
    fn full(&self, due: &[ItemOf]) -> Result<Number, ArithmeticFault> {
        let ungated: Vec<Limits> = self.groups.iter().map(|limits| Limits { gives: None, ..*limits }).collect();
        Ok(tree::sums(due, &ungated, true, &|item| is_base(item).then_some(item.of))?.base)
    }

    /// The least or the greatest that an item counts; where it does not apply, or perhaps does not, as the level says.
    fn end(&self, item: &Points, greatest: bool) -> Number {
        let earned = if greatest { item.greatest } else { item.least };
        if matches!(item.counts, Counts::Fully | Counts::LeftOut) {
            return earned;
        }
        let full = self.policy.not_applicable == Some(NotApplicable::Full) && is_base(item);
        let without = if full { item.of } else { Number::ZERO };
        match (item.counts, greatest) {
            (Counts::NotApplicable, _) => without,
            (Counts::PerhapsLeftOut, false) => earned.min(Number::ZERO),
            (_, false) => earned.min(without),
            (_, true) => earned.max(without),
        }
    }

    /// A score within its bounds.
    fn bounded(&self, score: Number) -> Number {
        let score = self.at_least.map_or(score, |least| score.max(least));
        self.at_most.map_or(score, |most| score.min(most))
    }

    fn rounded(&self, score: Number) -> Result<Number, ArithmeticFault> {
        self.policy.rounding.score.map_or(Ok(score), |places| score.round(places))
    }
}

/// The least and the greatest part of the points at stake that is earned, scaled up to the full score; nothing where
/// nothing applies.
///
/// Exact where all is due. What is perhaps left out, and earns nothing if it is not, lowers the part by as much as it
/// lowers the full score, or by more: the ends hold for either.
fn rescaled(items: &[&Points], of: Number) -> Result<Option<(Number, Number)>, ArithmeticFault> {
    let least = part(items, |item| item.least, false)?;
    let greatest = part(items, |item| item.greatest, true)?;
    let Some((least, greatest)) = least.zip(greatest) else { return Ok(None) };
    Ok(Some((least.times(of)?, greatest.times(of)?)))
}

/// The least or greatest part that can be earned, whichever of the open items apply.
///
/// An item moves the part towards its own: the best choice takes the open items from one end of the order of their
/// own parts, as long as that helps. One of these prefixes is the best of all choices.
fn part(
    items: &[&Points],
    earned: impl Fn(&Points) -> Number,
    greatest: bool,
) -> Result<Option<Number>, ArithmeticFault> {
    let mut open = Vec::new();
    let (mut sum, mut of) = (Number::ZERO, Number::ZERO);
    for item in items.iter().filter(|item| item.of != Number::ZERO) {
        match item.counts {
            Counts::Fully => (sum, of) = (sum.plus(earned(item))?, of.plus(item.of)?),
            Counts::PerhapsNotApplicable | Counts::PerhapsLeftOut => {
                open.push((earned(item).over(item.of)?, earned(item), item.of));
            }
            Counts::NotApplicable | Counts::LeftOut => {}
        }
    }
    open.sort_unstable();
    if greatest {
        open.reverse();
    }
    let better = |best: Option<Number>, part: Number| {
        Some(best.map_or(part, |best| if greatest { best.max(part) } else { best.min(part) }))
    };
    let mut best = if of == Number::ZERO { None } else { Some(sum.over(of)?) };
    for (_, points, at_stake) in open {
        (sum, of) = (sum.plus(points)?, of.plus(at_stake)?);
        best = better(best, sum.over(of)?);
    }
    Ok(best)
}

fn sum(numbers: impl Iterator<Item = Number>) -> Result<Number, ArithmeticFault> {
    numbers.into_iter().try_fold(Number::ZERO, Number::plus)
}
