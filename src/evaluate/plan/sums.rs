//! Whether what a level's groups promise is what their items can give.

use crate::campaign::{Criterion, Form, Group, Level, Points, Pot, Quantity, Sourced, Value};
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
