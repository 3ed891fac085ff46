//! How many places each group of each quota has.

use std::collections::{BTreeMap, BTreeSet};

use crate::campaign::Unused;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Expression};
use crate::value::{Number, Truth};

use super::super::super::AwardVerdict;
use super::super::super::awarded::Measure;
use super::super::super::plan::{AwardPlan, BasePlan, KeepPlan, PerPlan, QuotaPlan, SharePlan};
use super::super::Judge;
use super::super::sheet::Sheet;
use super::conditions::Asked;
use super::limit::{Count, Limit, to_count};

/// Everything that the places of an award depend on.
pub(super) struct Field<'f, 'd> {
    pub award: &'d AwardPlan,
    pub sheet: &'f Sheet<'d>,
    /// What became of the conditions of each unit.
    pub asked: &'f [Option<Asked>],
    /// The units that may be eligible.
    pub candidates: &'f [usize],
}

/// A number that is at least so much, and at most so much where that is known.
#[derive(Clone, Copy)]
struct Amount {
    least: Number,
    greatest: Option<Number>,
}

/// The groups of a quota: what their units have in common, and the units.
type Groups = BTreeMap<Vec<String>, Vec<usize>>;

impl<'d> Judge<'_, 'd> {
    /// All groups of all quotas with their places, and the units that are in no group of some quota.
    pub(super) fn limits(&mut self, field: &Field<'_, 'd>) -> (Vec<Limit>, BTreeSet<usize>) {
        let (mut limits, mut outside) = (Vec::new(), BTreeSet::new());
        for (at, quota) in field.award.quotas.iter().enumerate() {
            let mut groups = Groups::new();
            for unit in 0..field.sheet.units.len() {
                match self.group(quota, field.sheet, unit) {
                    Some(group) => groups.entry(group).or_default().push(unit),
                    None => drop(outside.insert(unit)),
                }
            }
            for (group, units) in groups {
                self.limit(at, quota, group, &units, field, &mut limits);
            }
        }
        outside.retain(|unit| field.asked.get(*unit).is_some_and(Option::is_some));
        (limits, outside)
    }

    /// What a unit has in common with the others of its group; nothing if any part of it has no value.
    fn group(&mut self, quota: &'d QuotaPlan, sheet: &Sheet<'d>, unit: usize) -> Option<Vec<String>> {
        let of = sheet.units.get(unit)?;
        let mut group = Vec::with_capacity(quota.per.len());
        for per in &quota.per {
            group.push(match per {
                PerPlan::Cluster => of.cluster?.to_owned(),
                PerPlan::Each { name, value, words } => {
                    let answer = self.context.evaluate(value, of.row);
                    match self.answered(answer, name, sheet.plan, of.row)? {
                        Cell::Text(text) => text.value()?.to_owned(),
                        Cell::Flag(flag) => flag.value()?.to_string(),
                        Cell::Code(code) => words.as_ref()?.words.get(code.value()? as usize)?.id.clone(),
                        _ => return None,
                    }
                }
            });
        }
        Some(group)
    }

    /// The places of one group, and of those in it for whom none are kept.
    fn limit(
        &mut self,
        at: usize,
        quota: &'d QuotaPlan,
        group: Vec<String>,
        units: &[usize],
        field: &Field<'_, 'd>,
        limits: &mut Vec<Limit>,
    ) {
        let may_win: Vec<usize> = units.iter().copied().filter(|it| asked(field, *it).is_some()).collect();
        if may_win.is_empty() {
            return;
        }
        let of = quota.share.as_ref().map(|share| self.base(share, units, field));
        let (places, measure) = self.places(quota, of, &may_win, &group, field);
        let up_to = quota.up_to.as_ref().map(|up_to| {
            let amount = self.in_group(up_to, "up_to", Number::is_count, &may_win, &group, field);
            count(amount)
        });
        let position = |unit: &usize| field.candidates.binary_search(unit).ok();
        let members: BTreeSet<usize> = may_win.iter().filter_map(position).collect();
        let limit = Limit {
            quota: at,
            group,
            rest: false,
            members,
            perhaps: BTreeSet::new(),
            places,
            measure,
            at_cut: quota.at_cut,
            up_to,
        };
        let rest = quota.keep.as_ref().map(|keep| self.rest(keep, &limit, &may_win, field));
        limits.push(limit);
        limits.extend(rest);
    }

    /// How many units the set has that a percentage is taken of: surely, and perhaps.
    fn base(&mut self, share: &'d SharePlan, units: &[usize], field: &Field<'_, 'd>) -> (usize, usize) {
        let (mut surely, mut perhaps) = (0, 0);
        for unit in units {
            let truth = match &share.of {
                BasePlan::Units => asked(field, *unit).map_or(Truth::False, |asked| asked.may_win),
                BasePlan::Eligible => asked(field, *unit).map_or(Truth::False, eligible),
                BasePlan::Holds(condition) => self.condition(condition, field.sheet, *unit),
            };
            surely += usize::from(truth == Truth::True);
            perhaps += usize::from(truth != Truth::False);
        }
        (surely, perhaps)
    }

    fn places(
        &mut self,
        quota: &'d QuotaPlan,
        of: Option<(usize, usize)>,
        units: &[usize],
        group: &[String],
        field: &Field<'_, 'd>,
    ) -> (Count, Option<Measure>) {
        let Some((share, of)) = quota.share.as_ref().zip(of) else {
            let amount = self.in_group(&quota.at_most, "at_most", Number::is_count, units, group, field);
            return (count(amount), None);
        };
        let is_share = |number: Number| !number.is_negative();
        let part = self.in_group(&quota.at_most, "at_most", is_share, units, group, field);
        let at_least = share
            .at_least
            .as_ref()
            .map(|at_least| count(self.in_group(at_least, "at_least", Number::is_count, units, group, field)));
        let exact = self.part_of(part, Count { least: of.0, greatest: Some(of.1) }, field);
        let mut places = count(exact.map(|exact| exact.rounded(|number| share.round.of(number))));
        if let Some(at_least) = at_least {
            places.least = places.least.max(at_least.least);
            places.greatest = places.greatest.zip(at_least.greatest).map(|(a, b)| a.max(b));
        }
        let exact = exact.and_then(|exact| Some((exact.least, exact.greatest?)));
        (places, Some(Measure { of, exact }))
    }

    /// Those of a group for whom no places are kept: they may take what is left.
    fn rest(&mut self, keep: &'d KeepPlan, group: &Limit, units: &[usize], field: &Field<'_, 'd>) -> Limit {
        let (mut members, mut perhaps) = (BTreeSet::new(), BTreeSet::new());
        let mut kept_for = Count::exactly(0);
        for unit in units {
            let is_kept = self.condition(&keep.whom, field.sheet, *unit);
            let may_be_eligible = asked(field, *unit).map_or(Truth::False, eligible).and(is_kept);
            kept_for.least += usize::from(may_be_eligible == Truth::True);
            kept_for.greatest = kept_for.greatest.map(|all| all + usize::from(may_be_eligible != Truth::False));
            let Ok(position) = field.candidates.binary_search(unit) else { continue };
            match is_kept {
                Truth::True => {}
                Truth::False => drop(members.insert(position)),
                Truth::Unknown => drop(perhaps.insert(position)),
            }
        }
        let can_be: fn(Number) -> bool =
            if keep.round.is_some() { |number| !number.is_negative() } else { Number::is_count };
        let written = self.in_group(&keep.places, "places", can_be, units, &group.group, field);
        let kept = match keep.round {
            Some(round) => {
                count(self.part_of(written, group.places, field).map(|part| part.rounded(|number| round.of(number))))
            }
            None => count(written),
        };
        let kept = if keep.unused == Unused::PassOn { kept.lesser(kept_for) } else { kept };
        let places = group.places.less(kept);
        Limit { rest: true, members, perhaps, places, measure: None, ..group.clone() }
    }

    /// A part of a number of units or places.
    fn part_of(&mut self, part: Option<Amount>, of: Count, field: &Field<'_, 'd>) -> Option<Amount> {
        let part = part?;
        let times = |part: Number, of: usize| part.times(Number::count(of as u64));
        let greatest = part.greatest.zip(of.greatest).map(|(part, of)| times(part, of));
        let found = times(part.least, of.least).and_then(|least| Ok(Amount { least, greatest: greatest.transpose()? }));
        if found.is_err() {
            let id = self.award_id(field.award);
            self.impossible("at_most", &id, part.least);
        }
        found.ok()
    }

    /// An amount that must be the same for all units of a group; where it is not, it lies between.
    fn in_group(
        &mut self,
        expression: &'d Expression,
        key: &str,
        can_be: fn(Number) -> bool,
        units: &[usize],
        group: &[String],
        field: &Field<'_, 'd>,
    ) -> Option<Amount> {
        // A written number is the same for everybody.
        let written = matches!(expression, Expression::Constant(_) | Expression::Param(_));
        let mut found: Option<Amount> = None;
        for unit in units.iter().take(if written { 1 } else { units.len() }) {
            let row = field.sheet.units.get(*unit).map_or(0, |unit| unit.row);
            let answer = self.context.evaluate(expression, row);
            let range = self.answered(answer, key, field.sheet.plan, row)?.as_number()?;
            let range = range.range().filter(|_| !range.may_be_none())?;
            let ends = [range.least, range.greatest];
            if let Some(wrong) = ends.into_iter().flatten().find(|end| range.least == range.greatest && !can_be(*end)) {
                let unit = field.sheet.units.get(*unit).map_or("", |unit| unit.id);
                self.impossible(key, unit, wrong);
                return None;
            }
            let least = range.least.filter(|least| !least.is_negative()).unwrap_or(Number::ZERO);
            let amount = Amount { least, greatest: range.greatest };
            found = Some(match found {
                Some(before) => {
                    if before.is_known() && amount.is_known() && before.least != amount.least {
                        let fault = Diagnostic::new(&catalogue::QUOTA_DIFFERS).with("key", key);
                        let fault =
                            fault.with("award", self.award_id(field.award)).with("group", group_name(group, field));
                        self.faults.push(fault.with("first", before.least).with("second", amount.least));
                        return Some(before.join(amount));
                    }
                    before.join(amount)
                }
                None => amount,
            });
        }
        found
    }

    fn impossible(&mut self, key: &str, unit: &str, found: Number) {
        let fault = Diagnostic::new(&catalogue::IMPOSSIBLE_AMOUNT).with("key", key).with("unit", unit);
        self.faults.push(fault.with("found", found));
    }
}

/// What messages call a group.
fn group_name(group: &[String], field: &Field<'_, '_>) -> String {
    if group.is_empty() { format!("`{}`", field.sheet.level.id) } else { group.join(", ") }
}

impl Amount {
    fn is_known(self) -> bool {
        self.greatest == Some(self.least)
    }

    fn join(self, other: Self) -> Self {
        let greatest = self.greatest.zip(other.greatest).map(|(a, b)| a.max(b));
        Self { least: self.least.min(other.least), greatest }
    }

    fn rounded(self, round: impl Fn(Number) -> Number) -> Self {
        Self { least: round(self.least), greatest: self.greatest.map(round) }
    }
}

/// An amount of whole things; nothing known of it is any number.
fn count(amount: Option<Amount>) -> Count {
    amount.map_or_else(Count::default, |amount| Count {
        least: to_count(amount.least.ceiling()),
        greatest: amount.greatest.map(|greatest| to_count(greatest.floor())),
    })
}

fn asked<'f>(field: &Field<'f, '_>, unit: usize) -> Option<&'f Asked> {
    field.asked.get(unit)?.as_ref()
}

/// Whether all conditions hold, as far as it was found before a quota chooses.
fn eligible(asked: &Asked) -> Truth {
    match asked.outcome.verdict {
        AwardVerdict::Eligible => Truth::True,
        AwardVerdict::NotEligible => Truth::False,
        _ => Truth::Unknown,
    }
}
