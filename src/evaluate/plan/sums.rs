//! Whether what a level's groups promise is what their items can give.

use crate::campaign::{Criterion, Form, Group, Level, Points, Pot, Quantity, Reference, Sourced, Value};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::value::Number;

use super::Planner;

impl Planner<'_> {
    /// Warns of groups whose items give in all more or less than the group does, and of bonuses that nothing bounds.
    pub(super) fn sums(&mut self, level: &Level) {
        let campaign = self.campaign;
        let of_level = |criterion: &&Criterion| criterion.points.is_some() && criterion.levels.contains(&level.id);
        let criteria: Vec<&Criterion> = campaign.criteria.iter().filter(of_level).collect();
        for group in &campaign.groups {
            let Some((max, found)) =
                group.max.as_ref().and_then(written).zip(in_all(group, &campaign.groups, &criteria))
            else {
                continue;
            };
            if max != found {
                let fault = Diagnostic::new(&catalogue::GROUP_DOES_NOT_ADD_UP).with("group", &group.id);
                self.fault(fault.with("max", max).with("found", found).at(&group.place));
            }
        }
        let bounded_above = level.score.as_ref().is_some_and(|score| score.at_most.is_some());
        for criterion in criteria.iter().filter(|_| !bounded_above) {
            let group = criterion.group.as_ref().map(|group| group.name.as_str());
            let Some(points) = criterion.points.as_ref().filter(|points| is_open(points)) else { continue };
            if !is_capped(group, &campaign.groups) {
                let fault = Diagnostic::new(&catalogue::BONUS_WITHOUT_CAP).with("criterion", &criterion.id);
                self.fault(fault.at(&points.place));
            }
        }
    }
}

impl Planner<'_> {
    /// The most bonus that a level gives, where all of it is written out or capped; nothing where it gives none.
    pub(super) fn most_bonus(&self, level: &Level) -> Option<Number> {
        let earned = |criterion: &&Criterion| {
            criterion.levels.contains(&level.id) && criterion.points.as_ref().is_some_and(|it| it.pot == Pot::Bonus)
        };
        let criteria: Vec<&Criterion> = self.campaign.criteria.iter().filter(earned).collect();
        self.bonus_in(None, &criteria).filter(|most| *most > Number::ZERO)
    }

    /// The most that a score of a level can be, where it is written out.
    pub(super) fn most_score(&self, level: &Level) -> Option<Number> {
        self.amount(level.score.as_ref()?.at_most.as_ref()?)
    }

    /// The most bonus of what lies in a group, or in none.
    fn bonus_in(&self, group: Option<&Group>, criteria: &[&Criterion]) -> Option<Number> {
        let is_in = |name: Option<&Reference>| name.map(|name| &name.name) == group.map(|group| &group.id);
        let items = criteria.iter().filter(|criterion| is_in(criterion.group.as_ref()));
        let items = items.map(|criterion| criterion.points.as_ref().and_then(|points| self.most_of(points)));
        let below = self.campaign.groups.iter().filter(|inner| is_in(inner.within.as_ref()));
        let below = below.map(|inner| self.bonus_in(Some(inner), criteria));
        let parts: Option<Vec<Number>> = items.chain(below).collect();
        let all = parts.and_then(|parts| {
            if group.is_some_and(|group| group.only_best) {
                return Some(parts.into_iter().max().unwrap_or(Number::ZERO));
            }
            parts.into_iter().try_fold(Number::ZERO, |sum, part| sum.plus(part).ok())
        });
        let cap = group.and_then(|group| self.amount(group.cap_bonus.as_ref()?));
        match (all, cap) {
            (Some(all), Some(cap)) => Some(all.min(cap)),
            (all, cap) => all.or(cap),
        }
    }

    /// The most that points can be.
    fn most_of(&self, points: &Points) -> Option<Number> {
        let most = match &points.form {
            Form::Each { cap, .. } => cap.as_ref(),
            Form::Steps(steps) => steps.cap.as_ref(),
            Form::Term { met, .. } => Some(met),
            Form::Bands(bands) if points.max.is_none() => {
                let amounts: Option<Vec<Number>> = bands.iter().map(|band| self.amount(&band.points)).collect();
                return amounts?.into_iter().max();
            }
            _ => None,
        };
        self.amount(points.max.as_ref().or(most)?)
    }

    /// A number that is written, itself or in the param that it names.
    fn amount(&self, value: &Sourced<Value>) -> Option<Number> {
        match &value.value {
            Value::Param(id) => written(&self.campaign.params.iter().find(|param| param.id == *id)?.value),
            _ => written(value),
        }
    }
}

/// The most of the full score that the items of a group give together, where all of it is written out.
fn in_all(group: &Group, groups: &[Group], criteria: &[&Criterion]) -> Option<Number> {
    let is_in = |name: Option<&str>| name == Some(group.id.as_str());
    let items = criteria.iter().filter(|criterion| is_in(criterion.group.as_ref().map(|group| group.name.as_str())));
    let items = items.filter_map(|criterion| criterion.points.as_ref()).filter(|points| points.pot == Pot::Base);
    let below = groups.iter().filter(|inner| is_in(inner.within.as_ref().map(|group| group.name.as_str())));
    let below = below.map(|inner| inner.max.as_ref().and_then(written).or_else(|| in_all(inner, groups, criteria)));
    let parts: Vec<Number> = items.map(at_stake).chain(below).collect::<Option<_>>()?;
    if parts.is_empty() {
        return None;
    }
    if group.only_best {
        return parts.into_iter().max();
    }
    parts.into_iter().try_fold(Number::ZERO, |sum, part| sum.plus(part).ok())
}

/// The most that points of the full score can be, where it is written out.
fn at_stake(points: &Points) -> Option<Number> {
    let form = match &points.form {
        Form::Each { cap, .. } => cap.as_ref(),
        Form::Steps(steps) => steps.cap.as_ref(),
        Form::Term { met, .. } => Some(met),
        _ => None,
    };
    points.max.as_ref().or(form).and_then(written)
}

/// Whether a bonus has no end of its own.
fn is_open(points: &Points) -> bool {
    let open = match &points.form {
        Form::Each { cap, .. } => cap.is_none(),
        Form::Steps(steps) => steps.cap.is_none(),
        Form::AsMeasured | Form::Rule(_) => points.max.is_none(),
        Form::AllOrNothing | Form::Proportional | Form::Bands(_) | Form::Term { .. } => false,
    };
    points.pot == Pot::Bonus && open
}

/// Whether a group, or one around it, caps bonuses. Circles of groups were refused.
fn is_capped(group: Option<&str>, groups: &[Group]) -> bool {
    let Some(group) = group.and_then(|id| groups.iter().find(|group| group.id == id)) else { return false };
    group.cap_bonus.is_some() || is_capped(group.within.as_ref().map(|group| group.name.as_str()), groups)
}

fn written(value: &Sourced<Value>) -> Option<Number> {
    if let Value::Literal(Quantity::Number { number, .. }) = &value.value { Some(*number) } else { None }
}
