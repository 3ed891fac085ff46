//! What can be known to be wrong before anything is lowered.

use crate::campaign::{BoundKind, Criterion, Quantity, Value};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::Planner;

pub(super) fn campaign(planner: &mut Planner<'_>) {
    for criterion in &planner.campaign.criteria {
        due_inside_period(planner, criterion);
    }
}

/// Whether a function can be a rule; one that nobody wrote, or that takes parameters, is reported.
pub(super) fn is_rule(planner: &mut Planner<'_>, name: &str, place: &Place) -> bool {
    let Some(function) = planner.library.get(name) else {
        let near = nearest(name, planner.library.names());
        planner.fault(Diagnostic::new(&catalogue::MISSING_RULE).with("name", name).maybe("near", near).at(place));
        return false;
    };
    let count = function.parameters.len();
    if count > 0 {
        let fault = Diagnostic::new(&catalogue::RULE_TAKES_PARAMETERS).with("name", name).with("count", count);
        planner.fault(fault.at(&function.place));
    }
    count == 0
}

fn due_inside_period(planner: &mut Planner<'_>, criterion: &Criterion) {
    let period = planner.campaign.period;
    let due = criterion
        .target
        .iter()
        .filter(|bound| matches!(bound.kind, BoundKind::By | BoundKind::Before))
        .map(|bound| &bound.bar);
    for bar in due.chain(&criterion.due) {
        if let Value::Literal(Quantity::Day(day)) = &bar.value
            && (*day < period.from || *day > period.to)
        {
            let fault =
                Diagnostic::new(&catalogue::DEADLINE_OUTSIDE_PERIOD).with("criterion", &criterion.id).with("day", day);
            planner.fault(fault.with("from", period.from).with("to", period.to).at(&bar.place));
        }
    }
}
