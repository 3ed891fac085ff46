//! Verdicts: the answer common to all possibilities, else undetermined.

use crate::campaign::{BoundKind, Level, Quantity};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Comparison, Context, compare};
use crate::schema::Literal;
use crate::value::{Day, Possible, Truth};

use super::super::outcome::{Bar, Judgement, Measured, UnitOutcome, Verdict};
use super::super::plan::{BoundPlan, CriterionPlan, LevelPlan, Plan, Program};
use super::super::{Interpret, Interpreted};
use super::measured::measured;
use super::{blank_unit, points};

/// Everything that judging reads, and the faults that it finds.
pub(in super::super) struct Judge<'c, 'd> {
    pub plan: &'d Plan,
    pub context: &'c Context<'d>,
    pub interpreter: Option<&'c dyn Interpret<'d>>,
    pub faults: &'c mut Vec<Diagnostic>,
}

/// What decides a verdict.
struct Possibilities {
    /// Whether the criterion does not apply.
    not_applicable: Truth,
    /// Whether no target was set.
    no_target: Truth,
    /// Whether the target is met.
    met: Truth,
    /// Whether it is exceeded.
    exceeded: Truth,
}

impl Possibilities {
    /// The verdict that is common to all possibilities. What is surely met is met, even if it may be exceeded.
    fn verdict(&self) -> Verdict {
        match (self.not_applicable, self.no_target, self.met) {
            (Truth::True, ..) => Verdict::NotApplicable,
            (Truth::Unknown, ..) => Verdict::Undetermined,
            (_, Truth::True, _) => Verdict::NoTarget,
            (_, Truth::Unknown, _) | (.., Truth::Unknown) => Verdict::Undetermined,
            (.., Truth::True) if self.exceeded == Truth::True => Verdict::Exceeded,
            (.., Truth::True) => Verdict::Met,
            (.., Truth::False) => Verdict::NotMet,
        }
    }
}

impl<'d> Judge<'_, 'd> {
    /// Judges every criterion for one unit.
    pub(super) fn unit(&mut self, level: &Level, plan: &'d LevelPlan, row: usize) -> (UnitOutcome, Vec<Cell<'d>>) {
        let mut unit = blank_unit(level, plan, row, self.context);
        let mut cells = Vec::with_capacity(plan.criteria.len());
        for criterion in &plan.criteria {
            let (judgement, cell) = self.criterion(criterion, plan, row);
            unit.criteria.push(judgement);
            cells.push(cell);
        }
        (unit, cells)
    }

    fn criterion(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> (Judgement, Cell<'d>) {
        let applies = self.applies(plan, level, row);
        let cell = if applies == Truth::False { Cell::NotApplicable } else { self.measure(plan, level, row) };
        let possibilities = self.possibilities(plan, &cell, applies, row);
        let verdict = match plan.target.is_empty() && possibilities.not_applicable != Truth::True {
            true => Verdict::Measured,
            false => possibilities.verdict(),
        };
        let due = self.due(plan, row);
        let (verdict, so_far) = not_due(verdict, due, self.context.days.as_of);
        let mut judgement = Judgement {
            verdict,
            so_far,
            measured: if applies == Truth::False { Measured::Nothing } else { measured(&cell, plan.kind.as_ref()) },
            target: plan.target.iter().map(|bound| self.bar(bound, row)).collect(),
            due: due.value(),
            points: None,
        };
        judgement.points = points::points(self, plan, level, &judgement, &cell, row);
        (judgement, cell)
    }

    fn applies(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> Truth {
        let Some(when) = plan.when.as_ref().filter(|_| plan.in_round) else { return plan.in_round.into() };
        let applies = self.context.truth(when, row);
        self.answered(applies, "when", level, row).unwrap_or(Truth::Unknown)
    }

    fn measure(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> Cell<'d> {
        let measured = match &plan.measure {
            Program::Computed(expression) => self.context.evaluate(expression, row),
            Program::Interpreted(name, args) => {
                let found = self.interpret(name, args, level, row).filter(|cell| self.fits(plan, cell, level, row));
                return found.unwrap_or_else(|| unknown(plan));
            }
        };
        self.answered(measured, self.id_of(plan), level, row).unwrap_or_else(|| unknown(plan))
    }

    fn interpret(&mut self, rule: &str, args: &[(String, Literal)], level: &'d LevelPlan, row: usize) -> Option<Cell<'d>> {
        let name = self.name_of(level, row);
        self.interpreter?.measure(rule, args, Interpreted { units: level.units, row, name: &name }, self.faults)
    }

    /// Whether what an interpreted rule returned can be held against the target: its type was not known before.
    fn fits(&mut self, plan: &CriterionPlan, cell: &Cell<'d>, level: &'d LevelPlan, row: usize) -> bool {
        let fits = plan.target.iter().chain(&plan.exceeded).all(|bound| bounds(bound.kind, cell));
        if !fits {
            let fault = Diagnostic::new(&catalogue::RULE_FAILED).with("rule", self.id_of(plan)).with("unit", self.name_of(level, row));
            self.faults.push(fault.with("reason", "what it returned is not of the type of the target"));
        }
        fits
    }

    fn id_of(&self, plan: &CriterionPlan) -> &'d str {
        self.plan.campaign.criteria.get(plan.criterion).map_or("", |criterion| criterion.id.as_str())
    }

    fn possibilities(&self, plan: &'d CriterionPlan, cell: &Cell<'d>, applies: Truth, row: usize) -> Possibilities {
        let bars: Vec<_> = plan.target.iter().map(|bound| self.bar_cell(bound, row)).collect();
        let held = |bounds: &'d [BoundPlan]| {
            let answers = bounds.iter().map(|bound| holds(bound, cell, &self.bar_cell(bound, row)));
            answers.fold(Truth::True, Truth::and)
        };
        Possibilities {
            not_applicable: (!applies).or(does_not_apply(cell)),
            no_target: bars.iter().map(|bar| bar.absence()).fold(Truth::False, Truth::or),
            met: held(&plan.target),
            exceeded: if plan.exceeded.is_empty() { Truth::False } else { held(&plan.exceeded) },
        }
    }

    /// The bar of a bound for a unit; a rule without an answer leaves it unknown.
    pub(super) fn bar_cell(&self, bound: &'d BoundPlan, row: usize) -> Cell<'d> {
        match bound.kind {
            BoundKind::Is | BoundKind::Present => Cell::Flag(Possible::known(true)),
            _ => self.context.evaluate(&bound.bar, row).unwrap_or(Cell::Number(Possible::unknown())),
        }
    }

    fn bar(&self, bound: &'d BoundPlan, row: usize) -> Bar {
        let value = bound.written.clone().or_else(|| match self.bar_cell(bound, row) {
            Cell::Number(number) => number.value().map(|number| Quantity::Number { number, percent: false }),
            Cell::Day(day) => day.value().map(Quantity::Day),
            Cell::Text(text) => text.value().map(|text| Quantity::Text(text.to_owned())),
            Cell::Flag(flag) => flag.value().map(Quantity::Flag),
            _ => None,
        });
        Bar { kind: bound.kind, value }
    }

    fn due(&self, plan: &'d CriterionPlan, row: usize) -> Possible<Day> {
        match self.context.evaluate(&plan.due, row) {
            Ok(Cell::Day(day)) => day,
            _ => Possible::unknown(),
        }
    }
}

/// Before the due day, what is not fulfilled is not due yet; what is fulfilled stays so.
fn not_due(verdict: Verdict, due: Possible<Day>, as_of: Day) -> (Verdict, Option<Verdict>) {
    let open = matches!(verdict, Verdict::NotMet | Verdict::Undetermined);
    match Possible::known(as_of).less(&due) {
        Truth::True if open => (Verdict::NotDue, Some(verdict)),
        // It may not be due yet, so it cannot be said to be missed.
        Truth::Unknown if verdict == Verdict::NotMet => (Verdict::Undetermined, Some(verdict)),
        _ => (verdict, None),
    }
}

fn does_not_apply(cell: &Cell<'_>) -> Truth {
    match cell {
        Cell::NotApplicable => Truth::True,
        Cell::Fraction(fraction) => fraction.not_applicable,
        // Yes or no of nothing: any or all of an empty row set.
        Cell::Flag(flag) => flag.equals(&Possible::none()),
        _ => Truth::False,
    }
}

fn holds(bound: &BoundPlan, cell: &Cell<'_>, bar: &Cell<'_>) -> Truth {
    let comparison = match bound.kind {
        BoundKind::AtLeast | BoundKind::From => Comparison::AtLeast,
        BoundKind::MoreThan | BoundKind::After => Comparison::Greater,
        BoundKind::AtMost | BoundKind::By => Comparison::AtMost,
        BoundKind::LessThan | BoundKind::Before => Comparison::Less,
        BoundKind::Is => {
            let words = bound.words.iter().map(|code| cell.equals(&Cell::Code(Possible::known(*code))));
            return words.fold(Truth::False, Truth::or);
        }
        BoundKind::Present => {
            return match cell {
                Cell::Flag(flag) => flag.equals(&Possible::known(true)),
                other => !other.absence(),
            };
        }
    };
    compare(comparison, cell, bar)
}

/// Whether a value can be held against a bound.
fn bounds(kind: BoundKind, cell: &Cell<'_>) -> bool {
    match cell {
        Cell::None | Cell::NotApplicable => true,
        _ if kind == BoundKind::Present => true,
        Cell::Day(_) => kind.is_day(),
        Cell::Code(_) => kind == BoundKind::Is,
        Cell::Number(_) | Cell::Fraction(_) => !kind.is_day() && kind != BoundKind::Is,
        Cell::Flag(_) | Cell::Text(_) => false,
    }
}

/// What a criterion without an answer measured: something of its kind that nobody knows. The kind of what is
/// interpreted shows in the target.
fn unknown<'d>(plan: &CriterionPlan) -> Cell<'d> {
    use crate::rule::Base;
    match plan.kind.as_ref().map(|kind| &kind.base) {
        Some(Base::Day) => Cell::Day(Possible::unknown()),
        Some(Base::Flag) => Cell::Flag(Possible::between(Some(false), Some(true))),
        Some(Base::Choice(_) | Base::Scale(_)) => Cell::Code(Possible::unknown()),
        Some(Base::Text) => Cell::Text(Possible::unknown()),
        None => unknown_for(plan.target.first().map(|bound| bound.kind)),
        _ => Cell::Number(Possible::unknown()),
    }
}

fn unknown_for<'d>(target: Option<BoundKind>) -> Cell<'d> {
    match target {
        Some(kind) if kind.is_day() => Cell::Day(Possible::unknown()),
        Some(BoundKind::Present) => Cell::Flag(Possible::between(Some(false), Some(true))),
        Some(BoundKind::Is) => Cell::Code(Possible::unknown()),
        _ => Cell::Number(Possible::unknown()),
    }
}
