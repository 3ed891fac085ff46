//! What can be known to be wrong before anything is lowered.

use crate::campaign::{BoundKind, Criterion, MeasureSource, Quantity, Value};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::Planner;

pub(super) fn campaign(planner: &mut Planner<'_>) {
    for criterion in &planner.campaign.criteria {
        if let MeasureSource::Rule(rule) = &criterion.source {
            takes_no_parameters(planner, &rule.name);
        }
        due_inside_period(planner, criterion);
    }
}

/// Reports a rule that nobody wrote.
pub(super) fn rule_exists(planner: &mut Planner<'_>, name: &str, place: &Place) {
    if planner.library.get(name).is_some() {
        return;
    }
    let near = nearest(name, planner.library.names());
    planner.fault(Diagnostic::new(&catalogue::MISSING_RULE).with("name", name).maybe("near", near).at(place));
}

fn takes_no_parameters(planner: &mut Planner<'_>, name: &str) {
    let Some(function) = planner.library.get(name).filter(|function| !function.parameters.is_empty()) else { return };
    let fault = Diagnostic::new(&catalogue::RULE_TAKES_PARAMETERS).with("name", name);
    planner.fault(fault.with("count", function.parameters.len()).at(&function.place));
}

fn due_inside_period(planner: &mut Planner<'_>, criterion: &Criterion) {
    let period = planner.campaign.period;
    let due = criterion.target.iter().filter(|bound| matches!(bound.kind, BoundKind::By | BoundKind::Before)).map(|bound| &bound.bar);
    for bar in due.chain(&criterion.due) {
        if let Value::Literal(Quantity::Day(day)) = &bar.value
            && (*day < period.from || *day > period.to)
        {
            let fault = Diagnostic::new(&catalogue::DEADLINE_OUTSIDE_PERIOD).with("criterion", &criterion.id).with("day", day);
            planner.fault(fault.with("from", period.from).with("to", period.to).at(&bar.place));
        }
    }
}
