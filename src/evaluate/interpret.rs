//! Rules that must be interpreted, for the judge.

use crate::campaign::{Campaign, Quantity, Value};
use crate::data::Dataset;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Answer, Cell, Days, Interpreter, Unanswered};
use crate::schema::{Literal, TableId};

use super::Plan;

/// Runs rules that cannot be computed for all units at once.
pub trait Interpret<'d> {
    /// What a rule measures for a unit, or nothing if that is unknown; what is wrong is reported.
    fn measure(
        &self,
        rule: &str,
        args: &[(String, Literal)],
        unit: Interpreted<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Cell<'d>>;
}

/// The unit that a rule is interpreted for.
#[derive(Clone, Copy, Debug)]
pub struct Interpreted<'n> {
    /// The table of the units; `None` for the whole.
    pub units: Option<TableId>,
    /// Its row.
    pub row: usize,
    /// How messages call it.
    pub name: &'n str,
}

/// An interpreter, if any rule of a plan needs one.
pub(super) fn interpreter(plan: &Plan, data: &Dataset, days: Days) -> Option<Interpreter> {
    let campaign = &plan.campaign;
    plan.has_interpreted().then(|| Interpreter::new(&plan.library, &campaign.schema, data, days, params(campaign)))
}

impl<'d> Interpret<'d> for Interpreter {
    fn measure(
        &self,
        rule: &str,
        args: &[(String, Literal)],
        unit: Interpreted<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Cell<'d>> {
        let reason = match self.run(rule, args, unit.units, unit.row) {
            Ok(Answer::Cell(cell)) => return Some(cell),
            // Nothing is wrong with a rule that looks at what nobody knows.
            Err(Unanswered::Unknown(_)) => return None,
            Ok(Answer::Text(_)) => "a text is no measure".to_owned(),
            Err(Unanswered::Failed(reason)) => reason,
        };
        let fault = Diagnostic::new(&catalogue::RULE_FAILED).with("rule", rule).with("unit", unit.name);
        faults.push(fault.with("reason", reason));
        None
    }
}

/// The params by name; nothing for one that nobody knows.
fn params(campaign: &Campaign) -> Vec<(String, Option<Literal>)> {
    campaign.params.iter().map(|param| (param.id.clone(), literal(&param.value.value))).collect()
}

fn literal(value: &Value) -> Option<Literal> {
    let Value::Literal(quantity) = value else { return None };
    Some(match quantity {
        Quantity::Number { number, .. } => Literal::Number(*number),
        Quantity::Day(day) => Literal::Day(*day),
        Quantity::Text(text) => Literal::Text(text.clone()),
        Quantity::Flag(flag) => Literal::Flag(*flag),
        Quantity::List(numbers) => Literal::List(numbers.clone()),
    })
}
