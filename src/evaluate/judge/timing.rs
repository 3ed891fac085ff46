//! Whether a day came in time.

use crate::campaign::BoundKind;
use crate::rule::{Base, Cell};
use crate::value::{Day, Possible};

use super::super::outcome::Timing;
use super::super::plan::CriterionPlan;
use super::Judge;

impl<'d> Judge<'_, 'd> {
    /// How a measured day stands to the term that the target names; nothing where something about it is open.
    pub(super) fn timing(
        &self,
        plan: &CriterionPlan,
        cell: &Cell<'d>,
        named: &[Option<Cell<'d>>],
        due: Possible<Day>,
    ) -> Option<Timing> {
        let is_day = plan.kind.as_ref().is_some_and(|kind| kind.base == Base::Day);
        if !is_day || plan.target.is_empty() {
            return None;
        }
        let day = match cell {
            Cell::Day(day) if day.is_none() => None,
            Cell::Day(day) => Some(day.value()?),
            Cell::None => None,
            _ => return None,
        };
        let ends = plan.target.iter().any(|bound| bound.kind.is_last_day());
        let last = if ends { Some(due.value()?) } else { None };
        let Some(day) = day else { return Some(self.not_yet(last)) };
        if let Some(days) = days_early(plan, named, day) {
            return Some(Timing::Early(days));
        }
        let named_day = |(bound, bar): (&super::super::plan::BoundPlan, &Option<Cell<'_>>)| {
            bound.kind.is_last_day() && matches!(bar, Some(Cell::Day(named)) if named.value() == Some(day))
        };
        Some(match last {
            _ if plan.target.iter().zip(named).any(named_day) => Timing::OnTheDay,
            Some(last) if day > last => Timing::Late(day.days_since(last)),
            Some(last) => Timing::OnTime(last.days_since(day)),
            None => Timing::Open,
        })
    }

    fn not_yet(&self, last: Option<Day>) -> Timing {
        let as_of = self.context.days.as_of;
        match last {
            // The figures describe the end of a day: what has not come by the end of the last one has missed it.
            Some(last) if as_of >= last => Timing::Missed(as_of.days_since(last)),
            Some(last) => Timing::NotDue(last.days_since(as_of)),
            None => Timing::Awaited,
        }
    }
}

/// How many days before the term begins a day lies, if it does.
fn days_early(plan: &CriterionPlan, named: &[Option<Cell<'_>>], day: Day) -> Option<i64> {
    let first_days = plan.target.iter().zip(named).filter_map(|(bound, bar)| {
        let Some(Cell::Day(bar)) = bar else { return None };
        match bound.kind {
            BoundKind::From => bar.value(),
            BoundKind::After => bar.value()?.plus(1),
            _ => None,
        }
    });
    first_days.max().filter(|first| day < *first).map(|first| first.days_since(day))
}
