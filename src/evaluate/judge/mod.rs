//! Verdicts, points, scores, grades, ranks and awards, from what was measured.

mod alike;
mod award;
mod each;
mod fact;
mod field;
mod form;
mod grade;
mod measured;
mod neighbour;
mod points;
mod rank;
mod reckon;
mod score;
mod scored;
mod sheet;
mod standing;
mod timing;
mod tree;
mod verdict;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Context, Expression, Fact, Failure};
use crate::value::{Number, Truth};

use super::columns::Parts;
use super::explain::{InAll, Neighbour, Reckoning};
use super::measure::Finished;
use super::outcome::{LevelOutcome, PassedOver};
use super::plan::{Item, LevelPlan, Plan};
use super::{Brief, Interpret, Told};

pub(super) use measured::measured;

use sheet::{Sheet, Unit};

/// Everything that judging reads, and the faults that it finds.
pub(super) struct Judge<'c, 'd> {
    pub plan: &'d Plan,
    pub context: &'c Context<'d>,
    pub interpreter: Option<&'c dyn Interpret<'d>>,
    /// On how many threads units are judged.
    pub threads: usize,
    /// Whether the same will be judged again with other numbers.
    pub again: bool,
    pub faults: &'c mut Vec<Diagnostic>,
}

/// What is known so far of all levels.
pub(super) struct Sheets<'d>(Vec<Sheet<'d>>);

impl<'d> Sheets<'d> {
    /// Empty sheets.
    pub fn new(plan: &'d Plan) -> Self {
        let levels = plan.campaign.levels.iter().zip(&plan.levels);
        Self(levels.map(|(level, plan)| Sheet::new(level, plan)).collect())
    }

    /// Judges one thing for all units of a level; what it reads must have been judged before.
    pub fn judge(&mut self, level: usize, item: Item, judge: &mut Judge<'_, 'd>) {
        let Some(sheet) = self.0.get_mut(level) else { return };
        match item {
            Item::Units => judge.units(sheet),
            Item::Measure(at) => judge.measures(sheet, at),
            Item::Verdict(at) => judge.verdicts(sheet, at),
            Item::Points(at) => judge.points(sheet, at),
            Item::Score => judge.scores(sheet),
            Item::Grade => judge.grades(sheet),
            Item::Tie(key) => judge.ties(sheet, key),
            Item::Rank => judge.ranks(sheet),
            Item::Choice(at) => judge.choice(sheet, at),
            Item::Award(at) => judge.award(sheet, at),
        }
    }

    /// Something judged, by the rows of its units.
    pub fn fact(&self, fact: &Fact, rows: usize) -> Finished<'d> {
        let sheets = fact.levels.iter().filter_map(|level| self.0.get(*level));
        fact::column(fact.judged, sheets, rows)
    }

    /// How the points of a criterion came to be for a unit; positions are those of the level.
    pub fn reckoned(
        &self,
        level: usize,
        criterion: usize,
        unit: usize,
        judge: &mut Judge<'_, 'd>,
    ) -> Option<Reckoning> {
        judge.reckoned(self.0.get(level)?, criterion, unit)
    }

    /// What the whole tree of points gives a unit.
    pub fn in_all(&self, level: usize, unit: usize, judge: &mut Judge<'_, 'd>) -> Option<InAll> {
        judge.in_all(self.0.get(level)?, unit)
    }

    /// Who stands next to a unit in the ranking.
    pub fn neighbours(&self, level: usize, unit: usize, judge: &mut Judge<'_, 'd>) -> Vec<Neighbour> {
        self.0.get(level).map(|sheet| judge.neighbours(sheet, unit)).unwrap_or_default()
    }

    /// The grades that a unit was passed over for.
    pub fn passed_over(&self, level: usize, unit: usize, judge: &mut Judge<'_, 'd>) -> Vec<PassedOver> {
        self.0.get(level).map(|sheet| judge.passed_over(sheet, unit)).unwrap_or_default()
    }

    /// Judges nobody on a level from here on but the unit in a row.
    pub fn only(&mut self, level: usize, row: usize) {
        self.0.get_mut(level).into_iter().for_each(|sheet| sheet.only(row));
    }

    /// What is said of a unit by the stages that are done.
    pub fn told(&self, level: usize, row: usize) -> Option<Told> {
        self.0.get(level)?.told(row)
    }

    /// What is decided, when all stages are done.
    pub fn brief(&self) -> Brief {
        Brief { levels: self.0.iter().map(Sheet::brief).collect() }
    }

    /// What all levels say when all stages are done.
    pub fn outcomes(self, judge: &Judge<'_, 'd>) -> Vec<LevelOutcome> {
        self.0.into_iter().map(|sheet| sheet.outcome(judge)).collect()
    }
}

/// The units of a level, and the rows of which nobody knows whether they are.
#[derive(Default)]
struct Found<'d> {
    units: Vec<Unit<'d>>,
    perhaps: Vec<usize>,
}

impl Parts for Found<'_> {
    fn append(&mut self, more: Self) {
        self.units.extend(more.units);
        self.perhaps.extend(more.perhaps);
    }
}

impl<'d> Judge<'_, 'd> {
    /// The rows of a level's table that are its units.
    fn units(&mut self, sheet: &mut Sheet<'d>) {
        let rows = sheet.plan.units.map_or(1, |table| self.context.data.table(table).rows);
        let all = &*sheet;
        let found = self.in_parts(self.worth(rows), rows, |judge, part| {
            let mut found = Found::default();
            for row in part {
                match judge.is_unit(all.plan, row) {
                    Truth::True => found.units.push(all.unit(row, judge.context)),
                    Truth::False => {}
                    Truth::Unknown => found.perhaps.push(row),
                }
            }
            found
        });
        (sheet.units, sheet.perhaps) = (found.units, found.perhaps);
    }

    /// Whether a row is a unit of a level; what is unknown is told.
    fn is_unit(&mut self, plan: &'d LevelPlan, row: usize) -> Truth {
        let Some(when) = &plan.when else { return Truth::True };
        let answer = self.context.truth(when, row);
        let is_unit = self.answered(answer, "when", plan, row).unwrap_or(Truth::Unknown);
        if is_unit == Truth::Unknown {
            let unit = self.name_of(plan, row);
            self.faults.push(Diagnostic::new(&catalogue::UNIT_MEMBERSHIP_UNKNOWN).with("unit", unit));
        }
        is_unit
    }

    /// How messages call a unit.
    fn name_of(&self, plan: &LevelPlan, row: usize) -> String {
        plan.units.map_or_else(String::new, |table| self.context.data.table(table).key(row).to_owned())
    }

    /// The answer of a rule, or a report that there is none.
    fn answered<T>(&mut self, answer: Result<T, Failure>, rule: &str, plan: &LevelPlan, row: usize) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(why) => {
                let unit = self.name_of(plan, row);
                let fault = Diagnostic::new(&catalogue::RULE_FAILED).with("rule", rule).with("unit", unit);
                self.faults.push(fault.with("reason", why));
                None
            }
        }
    }

    /// A number that no unit's data can change.
    fn same_for_all(&self, expression: &'d Expression) -> Option<Number> {
        let written = matches!(expression, Expression::Constant(_) | Expression::Param(_));
        self.context.evaluate(expression, 0).ok().filter(|_| written)?.as_number()?.value()
    }

    /// An amount for a unit, if exactly one is known. A failure is reported, and so is an amount that cannot be.
    fn amount(
        &mut self,
        expression: &'d Expression,
        key: &str,
        can_be: fn(Number) -> bool,
        plan: &LevelPlan,
        row: usize,
    ) -> Option<Number> {
        let answer = self.context.evaluate(expression, row);
        let amount = self.answered(answer, key, plan, row)?.as_number()?.value()?;
        if !can_be(amount) {
            let unit = self.name_of(plan, row);
            let fault = Diagnostic::new(&catalogue::IMPOSSIBLE_AMOUNT).with("key", key).with("unit", unit);
            self.faults.push(fault.with("found", amount));
            return None;
        }
        Some(amount)
    }

    /// An amount that need not be there: `Some(None)` where none is declared, `None` where nobody knows it.
    #[expect(clippy::option_option, reason = "unknown, none, or an amount")]
    fn maybe_amount(
        &mut self,
        expression: Option<&'d Expression>,
        key: &str,
        can_be: fn(Number) -> bool,
        plan: &LevelPlan,
        row: usize,
    ) -> Option<Option<Number>> {
        match expression {
            Some(expression) => self.amount(expression, key, can_be, plan, row).map(Some),
            None => Some(None),
        }
    }
}
