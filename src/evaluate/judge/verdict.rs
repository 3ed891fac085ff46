//! Verdicts: the answer common to all possibilities, else undetermined.

use std::sync::Arc;

use crate::campaign::{BoundKind, Quantity};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Columnar, Comparison, Expression, Short, compare};
use crate::schema::Literal;
use crate::value::{Day, Possible, Truth};

use super::super::Interpreted;
use super::super::columns::Grow;
use super::super::outcome::{Bar, Judgement, Measured, Verdict};
use super::super::plan::{BoundPlan, CriterionPlan, LevelPlan, Program};
use super::Judge;
use super::measured::measured;
use super::sheet::{Bars, Measurement, Measurements, Sheet, Unit};

/// Units that are measured at a time: few enough to stay in cache.
const BLOCK: usize = 1024;

/// What decides a verdict.
#[derive(Clone, Copy)]
pub(super) struct Possibilities {
    /// Whether the criterion does not apply.
    pub not_applicable: Truth,
    /// Whether no target was set.
    pub no_target: Truth,
    /// Whether the target is met, if it applies.
    pub met: Truth,
    /// Whether it is exceeded.
    exceeded: Truth,
    /// Whether the due day is still to come.
    pub early: Truth,
}

/// What the points of a criterion depend on: what decides its verdict, and the bars that its measure is held against.
pub(super) struct Stakes<'s, 'd> {
    pub possibilities: Possibilities,
    pub bars: &'s [Option<Cell<'d>>],
}

/// The bars of a criterion, for one unit or for all of them.
struct Held<'d> {
    /// As they are named.
    named: Vec<Option<Cell<'d>>>,
    /// As they bind.
    bars: Bars<'d>,
    /// As they are written.
    written: Arc<[Bar]>,
}

impl Possibilities {
    /// The verdict that is common to all possibilities. What is surely met is met, even if it may be exceeded.
    fn verdict(self) -> Verdict {
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
    /// What a criterion measures for every unit.
    pub(super) fn measures(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let Some(plan) = sheet.plan.criteria.get(at) else { return };
        let (level, units) = (sheet.plan, &sheet.units);
        let column = self.in_parts(self.worth(units.len()), units.len(), |judge, part| {
            let mut column = Measurements::default();
            for units in units.get(part).unwrap_or_default().chunks(BLOCK) {
                let together = judge.together(plan, units).unwrap_or_default();
                for (unit, together) in units.iter().zip(together.into_iter().chain(std::iter::repeat(None))) {
                    match together {
                        Some(measured) => column.push_short(measured),
                        None => column.push(judge.measurement(plan, level, unit.row)),
                    }
                }
            }
            column
        });
        if let Some(place) = sheet.measured.get_mut(at) {
            *place = column;
        }
    }

    /// What a criterion measures for units whose rows follow each other, as far as that is computed block by block.
    fn together(&self, plan: &'d CriterionPlan, units: &[Unit<'d>]) -> Option<Vec<Option<Short>>> {
        let Program::Computed(measure) = &plan.measure else { return None };
        let (first, last) = (units.first()?.row, units.last()?.row);
        // Rows are in order, each once.
        if !plan.in_round || plan.when.is_some() || last - first + 1 != units.len() {
            return None;
        }
        Columnar::new(self.context).values(measure, &(first..last + 1))
    }

    fn measurement(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> Measurement<'d> {
        let applies = self.applies(plan, level, row);
        let cell = if applies == Truth::False { Cell::NotApplicable } else { self.measure(plan, level, row) };
        Measurement { applies, cell }
    }

    /// The verdict on a criterion for every unit.
    pub(super) fn verdicts(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let Some((plan, measured)) = sheet.plan.criteria.get(at).zip(sheet.measured.get(at)) else { return };
        let (level, units) = (sheet.plan, &sheet.units);
        // Bars that are written are the same for all units.
        let prepare = |judge: &mut Judge<'_, 'd>| {
            let same = plan.target.iter().all(|bound| is_written(&bound.bar));
            (judge.alike(plan, level, units.len()), same.then(|| judge.held(plan, level, 0)))
        };
        let column = self.column_of_alike(measured, units.len(), prepare, |judge, same: &Option<Held<'d>>, at| {
            let nothing = || Measurement { applies: Truth::Unknown, cell: unknown(plan) };
            let measurement = measured.get(at).unwrap_or_else(nothing);
            let row = units.get(at).map_or(0, |unit| unit.row);
            match same {
                Some(held) => judge.verdict(plan, level, &measurement, held, row),
                None => {
                    let held = judge.held(plan, level, row);
                    judge.verdict(plan, level, &measurement, &held, row)
                }
            }
        });
        if let Some(place) = sheet.judged.get_mut(at) {
            *place = column;
        }
    }

    fn held(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, row: usize) -> Held<'d> {
        let named = self.bars(&plan.target, plan, level, row);
        let bars = self.in_force(&plan.target, &named);
        Held { written: written_bars(&plan.target, &named, &bars), bars: bars.into(), named }
    }

    fn verdict(
        &mut self,
        plan: &'d CriterionPlan,
        level: &'d LevelPlan,
        measurement: &Measurement<'d>,
        held: &Held<'d>,
        row: usize,
    ) -> (Judgement, Option<(Possibilities, Bars<'d>)>) {
        let Measurement { applies, cell } = measurement;
        let Held { named, bars, written } = held;
        let due = if plan.never_due { Possible::none() } else { self.due(plan, bars, row) };
        let possibilities = Possibilities {
            not_applicable: (!*applies).or(does_not_apply(plan, cell)),
            no_target: bars
                .iter()
                .map(|bar| bar.as_ref().map_or(Truth::Unknown, Cell::absence))
                .fold(Truth::False, Truth::or),
            met: all_hold(&plan.target, cell, bars),
            exceeded: self.exceeded(plan, level, cell, row),
            early: Truth::from(plan.never_due).or(Possible::known(self.context.days.as_of).less(&due)),
        };
        let only_measured = plan.target.is_empty() && possibilities.not_applicable != Truth::True;
        let verdict = if only_measured { Verdict::Measured } else { possibilities.verdict() };
        let (verdict, so_far) = before_due(verdict, possibilities.early);
        let judgement = Judgement {
            provisional: false,
            verdict,
            so_far,
            measured: match applies {
                Truth::False => Measured::Nothing,
                _ => measured(&measurement.known(), plan.kind.as_ref()),
            },
            target: Arc::clone(written),
            due: due.value(),
            timing: self.timing(plan, cell, named, due),
            points: None,
            scored: self.scored(plan, level, row),
            otherwise: Vec::new(),
        };
        (judgement, plan.points.is_some().then(|| (possibilities, Arc::clone(bars))))
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

    pub(super) fn id_of(&self, plan: &CriterionPlan) -> &'d str {
        self.plan.campaign.criteria.get(plan.criterion).map_or("", |criterion| criterion.id.as_str())
    }

    fn exceeded(&mut self, plan: &'d CriterionPlan, level: &'d LevelPlan, cell: &Cell<'d>, row: usize) -> Truth {
        if plan.exceeded.is_empty() {
            return Truth::False;
        }
        let named = self.bars(&plan.exceeded, plan, level, row);
        let bars = self.in_force(&plan.exceeded, &named);
        all_hold(&plan.exceeded, cell, &bars)
    }

    /// The bars of bounds for a unit; a rule without an answer is reported.
    pub(super) fn bars(
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
                BoundKind::Is => Some(Cell::Flag(Possible::known(true))),
                _ => self.answered(self.context.evaluate(&bound.bar, row), name, level, row),
            });
        }
        bars
    }

    /// The bars as they bind: of a last day that is named, the day on which the term really ends.
    pub(super) fn in_force(&self, bounds: &[BoundPlan], named: &[Option<Cell<'d>>]) -> Vec<Option<Cell<'d>>> {
        let calendar = &self.plan.campaign.calendar;
        let in_force = |(bound, bar): (&BoundPlan, &Option<Cell<'d>>)| match (bound.kind, bar) {
            (BoundKind::By, Some(Cell::Day(day))) => Some(Cell::Day(day.map(|day| calendar.last_day(day)))),
            (BoundKind::Before, Some(Cell::Day(day))) => {
                Some(Cell::Day(day.map(|day| calendar.last_day(day.plus(-1).unwrap_or(day)))))
            }
            (_, bar) => bar.clone(),
        };
        bounds.iter().zip(named).map(in_force).collect()
    }

    /// The day on which it must be fulfilled: its own, else the earliest last day of its target, else the end of its
    /// rounds or of the campaign.
    fn due(&self, plan: &'d CriterionPlan, bars: &[Option<Cell<'d>>], row: usize) -> Possible<Day> {
        if let Some(due) = &plan.due {
            return match self.context.evaluate(due, row) {
                Ok(Cell::Day(day)) => day.map(|day| self.plan.campaign.calendar.last_day(day)),
                _ => Possible::unknown(),
            };
        }
        let last_days = plan.target.iter().zip(bars).filter(|(bound, _)| bound.kind.is_last_day());
        let last_days = last_days.map(|(_, bar)| match bar {
            Some(Cell::Day(day)) => *day,
            _ => Possible::unknown(),
        });
        last_days.reduce(|a, b| a.earlier(&b)).unwrap_or_else(|| Possible::known(plan.end))
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

/// Whether no unit's data can change a value.
pub(super) fn is_written(value: &Expression) -> bool {
    matches!(value, Expression::Constant(_) | Expression::Param(_) | Expression::Ambient(_))
}

/// The bars as they are named, and the last days as they are in force.
pub(super) fn written_bars(
    bounds: &[BoundPlan],
    named: &[Option<Cell<'_>>],
    in_force: &[Option<Cell<'_>>],
) -> Arc<[Bar]> {
    let bars = bounds.iter().zip(named).zip(in_force);
    bars.map(|((bound, named), in_force)| written(bound, named.as_ref(), in_force.as_ref())).collect()
}

fn written(bound: &BoundPlan, bar: Option<&Cell<'_>>, in_force: Option<&Cell<'_>>) -> Bar {
    let value = bound.written.clone().or_else(|| match bar? {
        Cell::Number(number) => number.value().map(|number| Quantity::Number { number, percent: false }),
        Cell::Day(day) => day.value().map(Quantity::Day),
        Cell::Text(text) => text.value().map(|text| Quantity::Text(text.to_owned())),
        Cell::Flag(flag) => flag.value().map(Quantity::Flag),
        _ => None,
    });
    let last = match in_force {
        Some(Cell::Day(day)) if bound.kind.is_last_day() => day.value(),
        _ => None,
    };
    Bar { kind: bound.kind, key: bound.key, value, last }
}

pub(super) fn all_hold(bounds: &[BoundPlan], cell: &Cell<'_>, bars: &[Option<Cell<'_>>]) -> Truth {
    let answers =
        bounds.iter().zip(bars).map(|(bound, bar)| bar.as_ref().map_or(Truth::Unknown, |bar| holds(bound, cell, bar)));
    answers.fold(Truth::True, Truth::and)
}

/// Whether a measure says itself that there is nothing to judge. What may be none, of a rule that may say so, perhaps
/// does: of an open value it does not show which of the two it is.
pub(super) fn does_not_apply(plan: &CriterionPlan, cell: &Cell<'_>) -> Truth {
    match cell {
        Cell::NotApplicable => Truth::True,
        Cell::Fraction(fraction) => fraction.not_applicable,
        // Yes or no of nothing: any or all of an empty row set.
        Cell::Flag(flag) => flag.equals(&Possible::none()),
        open if open.absence() == Truth::Unknown && may_say_so(plan) => Truth::Unknown,
        _ => Truth::False,
    }
}

/// Whether somewhere in a measure it is said that it does not apply.
fn may_say_so(plan: &CriterionPlan) -> bool {
    let Program::Computed(measure) = &plan.measure else { return false };
    let mut says_so = false;
    measure.walk(&mut |part| says_so |= matches!(part, Expression::NotApplicable));
    says_so
}

fn holds(bound: &BoundPlan, cell: &Cell<'_>, bar: &Cell<'_>) -> Truth {
    let comparison = match bound.kind {
        BoundKind::AtLeast | BoundKind::From => Comparison::AtLeast,
        BoundKind::MoreThan | BoundKind::After => Comparison::Greater,
        // Of days the bar is the last one that counts, whether it is named or the day before is.
        BoundKind::AtMost | BoundKind::By | BoundKind::Before => Comparison::AtMost,
        BoundKind::LessThan => Comparison::Less,
        BoundKind::Is => {
            let words = bound.words.iter().map(|code| cell.equals(&Cell::Code(Possible::known(*code))));
            return words.fold(Truth::False, Truth::or);
        }
        BoundKind::Present => {
            let present = match cell {
                Cell::Flag(flag) => flag.equals(&Possible::known(true)),
                // Whether something is there is not asked of numbers: this is an unknown of some other type.
                Cell::Number(number) if !number.is_known() => Truth::Unknown,
                other => !other.absence(),
            };
            return if bar.as_truth() == Truth::False { !present } else { present };
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
        Cell::Flag(_) | Cell::Text(_) | Cell::List(_) => false,
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
