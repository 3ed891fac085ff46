//! What can be known to be wrong before anything is lowered.

use crate::campaign::{BoundKind, Criterion, Quantity, Value};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;
use crate::value::{Day, nearest};

use super::Planner;

const CRITERION: Phrase = Phrase::new("criterion", "tiêu chí");

pub(super) fn campaign(planner: &mut Planner<'_>) {
    for criterion in &planner.campaign.criteria {
        due_inside_period(planner, criterion);
        follows(planner, criterion);
    }
    register(planner);
}

/// What the register of clauses lacks.
fn register(planner: &mut Planner<'_>) {
    let campaign = planner.campaign;
    for registered in campaign.register().into_iter().filter(|registered| !registered.missing.is_empty()) {
        let kinds: Vec<_> = registered.missing.iter().map(|kind| kind.word()).collect();
        let fault = Diagnostic::new(&catalogue::CLAUSE_NOT_CARRIED).with("clause", &registered.clause.id);
        planner.fault(fault.with("kinds", kinds.join(", ")).at(&registered.clause.place));
    }
    for (id, clause, place) in campaign.unregistered() {
        let known = campaign.clauses.iter().map(|known| known.id.as_str());
        let fault = Diagnostic::new(&catalogue::UNREGISTERED_CLAUSE).with("name", id).with("clause", clause);
        planner.fault(fault.maybe("near", nearest(clause, known)).at(place));
    }
}

/// Whether a report that rests on those of lower units leaves them the time for theirs.
fn follows(planner: &mut Planner<'_>, criterion: &Criterion) {
    let Some(name) = &criterion.follows else { return };
    let campaign = planner.campaign;
    let Some(lower) = campaign.criterion(&name.name) else {
        let known: Vec<_> = campaign.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        planner.unknown(CRITERION, &name.name, &known, &name.place);
        return;
    };
    if let Some((own, theirs)) = last_day(criterion).zip(last_day(lower)).filter(|(own, theirs)| own <= theirs) {
        let fault = Diagnostic::new(&catalogue::DUE_BEFORE_CHILDREN).with("criterion", &criterion.id).with("day", own);
        planner.fault(fault.with("lower", &lower.id).with("theirs", theirs).at(&criterion.place));
    }
}

/// The last day that counts, where it is written out.
fn last_day(criterion: &Criterion) -> Option<Day> {
    let written = |value: &Value| if let Value::Literal(Quantity::Day(day)) = value { Some(*day) } else { None };
    let bars = criterion.target.iter().filter_map(|bound| match bound.kind {
        BoundKind::By => written(&bound.bar.value),
        BoundKind::Before => written(&bound.bar.value)?.plus(-1),
        _ => None,
    });
    bars.chain(criterion.due.iter().filter_map(|due| written(&due.value))).min()
}

/// Whether a function can be a rule; one that nobody wrote is reported, and one that takes parameters. A rule that says
/// points may take one, the unit that earns them.
pub(super) fn is_rule(planner: &mut Planner<'_>, name: &str, says_points: bool, place: &Place) -> bool {
    let Some(function) = planner.library.get(name) else {
        let near = nearest(name, planner.library.names());
        planner.fault(Diagnostic::new(&catalogue::MISSING_RULE).with("name", name).maybe("near", near).at(place));
        return false;
    };
    let count = function.parameters.len();
    let most = usize::from(says_points);
    if count > most {
        let fault = Diagnostic::new(&catalogue::RULE_TAKES_PARAMETERS).with("name", name).with("count", count);
        planner.fault(fault.at(&function.place));
    }
    count <= most
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
            && (period.from.is_some_and(|from| *day < from) || *day > period.to)
        {
            let fault =
                Diagnostic::new(&catalogue::DEADLINE_OUTSIDE_PERIOD).with("criterion", &criterion.id).with("day", day);
            planner.fault(
                fault
                    .with("from", period.from.map_or_else(|| "?".to_owned(), |from| from.to_string()))
                    .with("to", period.to)
                    .at(&bar.place),
            );
        }
    }
}
