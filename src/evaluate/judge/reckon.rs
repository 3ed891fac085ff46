//! How the points of one unit came to be, looked at again.

use crate::campaign::BoundKind;
use crate::rule::{Cell, Expression};
use crate::value::{Number, Possible, Truth};

use super::super::explain::{BandOf, Reckoning};
use super::super::plan::{BandPlan, CriterionPlan, FormPlan, LevelPlan, StepsPlan};
use super::Judge;
use super::form::value;
use super::sheet::Sheet;
use super::verdict::{all_hold, written_bars};

/// A criterion of a unit: what was measured, and where.
struct Item<'s, 'd> {
    criterion: &'d CriterionPlan,
    plan: &'d LevelPlan,
    cell: &'s Cell<'d>,
    row: usize,
}

impl<'d> Judge<'_, 'd> {
    /// How the points of a criterion came to be for a unit; nothing where their form says it all.
    pub(super) fn reckoned(&mut self, sheet: &Sheet<'d>, criterion: usize, unit: usize) -> Option<Reckoning> {
        let (plan, at) = (sheet.plan, criterion);
        let criterion = plan.criteria.get(at)?;
        let cell = &sheet.measured.get(at)?.get(unit)?.cell;
        let item = Item { criterion, plan, cell, row: sheet.units.get(unit)?.row };
        match &criterion.points.as_ref()?.form {
            FormPlan::Bands { bands, .. } => Some(self.by_band(bands, &item)),
            FormPlan::Each { each, cap } => {
                let (each, cap) = (self.of_item(each, &item)?, self.cap_of(cap.as_ref(), &item)?);
                Some(Reckoning::Each { times: value(cell), each, cap })
            }
            FormPlan::Steps(steps) => self.by_steps(steps, &item),
            FormPlan::Term { .. } => {
                let named = self.bars(&criterion.target, criterion, plan, item.row);
                let bars = self.in_force(&criterion.target, &named);
                Some(Reckoning::Term { met: all_hold(&criterion.target, cell, &bars), happened: !cell.absence() })
            }
            FormPlan::Proportional => {
                let bars = self.bars(&criterion.target, criterion, plan, item.row);
                let bar = criterion.target.iter().zip(&bars).find(|(bound, _)| bound.kind.is_lower())?.1.as_ref()?;
                Some(Reckoning::Proportional { value: value(cell).value()?, bar: bar.as_number()?.value()? })
            }
            // What a rule looked at is found where explanations are made.
            FormPlan::Rule { .. } | FormPlan::AllOrNothing | FormPlan::AsMeasured => None,
        }
    }

    fn of_item(&mut self, expression: &'d Expression, item: &Item<'_, 'd>) -> Option<Number> {
        self.amount(expression, "points", |_| true, item.plan, item.row)
    }

    #[expect(clippy::option_option, reason = "unknown, none, or an amount")]
    fn cap_of(&mut self, cap: Option<&'d Expression>, item: &Item<'_, 'd>) -> Option<Option<Number>> {
        self.maybe_amount(cap, "points.cap", |_| true, item.plan, item.row)
    }

    fn by_steps(&mut self, steps: &'d StepsPlan, item: &Item<'_, 'd>) -> Option<Reckoning> {
        let above = self.of_item(&steps.above, item)?;
        let first = self.of_item(&steps.first, item)?;
        let every = self.of_item(&steps.every, item)?;
        let add = self.of_item(&steps.add, item)?;
        let cap = self.cap_of(steps.cap.as_ref(), item)?;
        let over = value(item.cell).value().filter(|value| *value > above);
        let further = over.and_then(|value| Some(value.minus(above).ok()?.over(every).ok()?.floor()));
        Some(Reckoning::Steps { above, first, further, every, add, cap })
    }

    /// The bands that the value lies in, and the nearest on either side of it: they are those for the unit.
    fn by_band(&mut self, bands: &'d [BandPlan], item: &Item<'_, 'd>) -> Reckoning {
        let (mut within, mut others) = (Vec::new(), Vec::new());
        for (at, band) in bands.iter().enumerate() {
            let Some(points) = self.of_item(&band.points, item) else { continue };
            let named = self.bars(&band.bounds, item.criterion, item.plan, item.row);
            let bars = self.in_force(&band.bounds, &named);
            let is_for = self.band_is_for(band, item.plan, item.row);
            let of = BandOf { at, bounds: written_bars(&band.bounds, &named, &bars), points };
            match is_for.and(all_hold(&band.bounds, item.cell, &bars)) {
                Truth::False if is_for == Truth::False => {}
                Truth::False => others.push((of, bars)),
                Truth::True => within = vec![of],
                Truth::Unknown => within.push(of),
            }
        }
        let beside = position(item.cell).map(|mine| nearest(mine, others, bands)).unwrap_or_default();
        Reckoning::Band { within, beside, in_days: matches!(item.cell, Cell::Day(_)) }
    }
}

/// A band, and how far it is.
type Near = (BandOf, Number);

/// The nearest band below a value and above it, each with its distance.
fn nearest(mine: Number, others: Vec<(BandOf, Vec<Option<Cell<'_>>>)>, bands: &[BandPlan]) -> Vec<Near> {
    let (mut below, mut above): (Option<Near>, Option<Near>) = (None, None);
    for (of, bars) in others {
        let Some(band) = bands.get(of.at) else { continue };
        let edge = |is_edge: fn(BoundKind) -> bool| {
            let mut bounds = band.bounds.iter().zip(&bars);
            position(bounds.find(|(bound, _)| is_edge(bound.kind))?.1.as_ref()?)
        };
        let nearer = |known: &Option<Near>, found: Number| known.as_ref().is_none_or(|(_, distance)| found < *distance);
        let from = edge(is_first).filter(|from| *from >= mine).and_then(|from| from.minus(mine).ok());
        let to = edge(is_last).filter(|to| *to <= mine).and_then(|to| mine.minus(to).ok());
        match (from, to) {
            (Some(distance), _) if nearer(&above, distance) => above = Some((of, distance)),
            (None, Some(distance)) if nearer(&below, distance) => below = Some((of, distance)),
            _ => {}
        }
    }
    below.into_iter().chain(above).collect()
}

fn is_first(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::AtLeast | BoundKind::MoreThan | BoundKind::From | BoundKind::After)
}

fn is_last(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::AtMost | BoundKind::LessThan | BoundKind::By | BoundKind::Before)
}

/// Where a known value stands on the line of numbers; a day by its number.
fn position(cell: &Cell<'_>) -> Option<Number> {
    match cell {
        Cell::Day(day) => day.value().map(|day| Number::whole(i64::from(day.days()))),
        Cell::Number(_) | Cell::Fraction(_) => {
            let known: Possible<Number> = value(cell);
            known.value().filter(|_| !known.may_be_none())
        }
        _ => None,
    }
}
