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
pub(super) struct Possibilities {
    /// Whether the criterion does not apply.
    pub not_applicable: Truth,
    /// Whether no target was set.
    pub no_target: Truth,
    /// Whether the target is met.
    met: Truth,
    /// Whether it is exceeded.
    exceeded: Truth,
    /// Whether the due day is still to come.
    pub early: Truth,
}

/// What a criterion measured for a unit and the bars that it is held against; a bar without an answer is nothing.
pub(super) struct Held<'h, 'd> {
    pub cell: &'h Cell<'d>,
    pub bars: &'h [Option<Cell<'d>>],
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
        let bars = self.bars(&plan.target, plan, level, row);
        let due = self.due(plan, row);
        let held = Held { cell: &cell, bars: &bars };
        let possibilities = Possibilities {
            not_applicable: (!applies).or(does_not_apply(&cell)),
            no_target: bars
                .iter()
                .map(|bar| bar.as_ref().map_or(Truth::Unknown, Cell::absence))
                .fold(Truth::False, Truth::or),
            met: all_hold(&plan.target, &held),
            exceeded: self.exceeded(plan, level, &cell, row),
            early: Possible::known(self.context.days.as_of).less(&due),
        };
        let only_measured = plan.target.is_empty() && possibilities.not_applicable != Truth::True;
        let verdict = if only_measured { Verdict::Measured } else { possibilities.verdict() };
        let (verdict, so_far) = before_due(verdict, possibilities.early);
        let points = points::points(self, plan, level, verdict, &possibilities, &held, row);
        // What perhaps does not apply is perhaps none, for whoever ranks by it.
        let known = if applies == Truth::Unknown { cell.join(Cell::NotApplicable) } else { cell };
        let judgement = Judgement {
            verdict,
            so_far,
            measured: if applies == Truth::False { Measured::Nothing } else { measured(&known, plan.kind.as_ref()) },
            target: plan.target.iter().zip(&bars).map(|(bound, bar)| written(bound, bar.as_ref())).collect(),
            due: due.value(),
            points,
        };
        (judgement, known)
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

    fn interpret(
        &mut self,
        rule: &str,
        args: &[(String, Literal)],
        level: &'d LevelPlan,
        row: usize,
    ) -> Option<Cell<'d>> {
        let name = self.name_of(level, row);
        self.interpreter?.measure(rule, args, Interpreted { units: level.units, row, name: &name }, self.faults)
    }

    /// Whether what an interpreted rule returned can be held against the target: its type was not known before.
    fn fits(&mut self, plan: &CriterionPlan, cell: &Cell<'d>, level: &'d LevelPlan, row: usize) -> bool {
        let fits = plan.target.iter().chain(&plan.exceeded).all(|bound| bounds(bound.kind, cell));
        if !fits {
            let fault = Diagnostic::new(&catalogue::RULE_FAILED)
                .with("rule", self.id_of(plan))
                .with("unit", self.name_of(level, row));
            self.faults.push(fault.with("reason", "what it returned is not of the type of the target"));
        }
        fits
    }

    fn id_of(&self, plan: &CriterionPlan) -> &'d str {
        self.plan.campaign.criteria.get(plan.criterion).map_or("", |criterion| criterion.id.as_str())
    }

    fn exceeded(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, cell: &Cell<'d>, row: usize) -> Truth {
        if plan.exceeded.is_empty() {
            return Truth::False;
        }
        let bars = self.bars(&plan.exceeded, plan, level, row);
        all_hold(&plan.exceeded, &Held { cell, bars: &bars })
    }

    /// The bars of bounds for a unit; a rule without an answer is reported.
    fn bars(
        &mut self,
        bounds: &'d [BoundPlan],
        plan: &CriterionPlan,
        level: &'d LevelPlan,
        row: usize,
    ) -> Vec<Option<Cell<'d>>> {
        let name = self.id_of(plan);
        let mut bars = Vec::with_capacity(bounds.len());
        for bound in bounds {
            bars.push(match bound.kind {
                BoundKind::Is | BoundKind::Present => Some(Cell::Flag(Possible::known(true))),
                _ => self.answered(self.context.evaluate(&bound.bar, row), name, level, row),
            });
        }
        bars
    }

    fn due(&self, plan: &'d CriterionPlan, row: usize) -> Possible<Day> {
        match self.context.evaluate(&plan.due, row) {
            Ok(Cell::Day(day)) => day,
            _ => Possible::unknown(),
        }
    }
}

/// Before the due day, what is fulfilled is met and what is not is not due. What may be either is undetermined like
/// everything else; what the verdict would be today is kept beside it.
fn before_due(verdict: Verdict, early: Truth) -> (Verdict, Option<Verdict>) {
    match (early, verdict) {
        (Truth::True, Verdict::NotMet) => (Verdict::NotDue, Some(verdict)),
        (Truth::True, Verdict::Undetermined) | (Truth::Unknown, Verdict::NotMet) => {
            (Verdict::Undetermined, Some(verdict))
        }
        _ => (verdict, None),
    }
}

fn written(bound: &BoundPlan, bar: Option<&Cell<'_>>) -> Bar {
    let value = bound.written.clone().or_else(|| match bar? {
        Cell::Number(number) => number.value().map(|number| Quantity::Number { number, percent: false }),
        Cell::Day(day) => day.value().map(Quantity::Day),
        Cell::Text(text) => text.value().map(|text| Quantity::Text(text.to_owned())),
        Cell::Flag(flag) => flag.value().map(Quantity::Flag),
        _ => None,
    });
    Bar { kind: bound.kind, value }
}

fn all_hold(bounds: &[BoundPlan], held: &Held<'_, '_>) -> Truth {
    let answers = bounds
        .iter()
        .zip(held.bars)
        .map(|(bound, bar)| bar.as_ref().map_or(Truth::Unknown, |bar| holds(bound, held.cell, bar)));
    answers.fold(Truth::True, Truth::and)
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
                // Whether something is there is not asked of numbers: this is an unknown of some other type.
                Cell::Number(number) if !number.is_known() => Truth::Unknown,
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
