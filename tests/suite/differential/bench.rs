//! Both evaluators side by side, on one dataset.

use thidua::campaign::Span;
use thidua::data::Dataset;
use thidua::diagnostic::Diagnostic;
use thidua::evaluate::{Results, measure};
use thidua::rule::{
    Aggregate, Answer, Base, Cell, Context, Days, Derived, Expression, Interpreter, Judging, Library, Lowered, Moment,
    Request, Scope, Type, Unanswered, Units, lower,
};
use thidua::schema::{Literal, Schema, TableId};
use thidua::source::Source;
use thidua::value::{Day, List, Number, Possible};

use super::grammar::HELPERS;
use super::province::{self, AS_OF, day};

/// Rules and data, and both evaluators on them.
pub struct Bench<'s> {
    pub schema: &'s Schema,
    pub data: Dataset,
    pub library: Library,
    pub interpreter: Interpreter,
    params: Vec<(String, Literal)>,
    pub args: Vec<(String, Literal)>,
}

/// A rule as it was lowered.
#[derive(Clone, Debug)]
pub struct Rule {
    pub expression: Expression,
    pub kind: Type,
    pub aggregates: Vec<Aggregate>,
}

/// What a rule is for a unit, for both evaluators to agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    None,
    NotApplicable,
    Flag(bool),
    Number(Number),
    Day(Day),
    Code(u32),
    Text(String),
    /// Not known.
    Open,
    Failed,
}

impl<'s> Bench<'s> {
    pub fn new(schema: &'s Schema, data: Dataset, rules: &str) -> Self {
        let mut faults = Vec::new();
        let source = Source::new("random.rhai", format!("{HELPERS}{rules}"));
        let library = Library::read(&[source], &mut faults);
        let faults: Vec<_> = faults.iter().filter(|fault| fault.is_error()).collect();
        assert!(faults.is_empty(), "{}", faults[0]);
        let params = vec![
            ("least".to_owned(), Literal::Number(Number::whole(2))),
            ("start".to_owned(), Literal::Day(day(2024, 2, 1))),
        ];
        let args = vec![
            ("least".to_owned(), Literal::Number(Number::ONE)),
            ("start".to_owned(), Literal::Day(day(2024, 1, 20))),
        ];
        let known = params.iter().map(|(name, literal)| (name.clone(), Some(literal.clone()))).collect();
        let interpreter = Interpreter::new(&library, schema, &data, days(), known);
        Self { schema, data, library, interpreter, params, args }
    }

    /// A rule as it is computed, if it is in the subset.
    pub fn lower(&self, name: &str, units: Option<TableId>, faults: &mut Vec<Diagnostic>) -> Option<Rule> {
        let kind = |literal: &Literal| match literal {
            Literal::Day(_) => Type::of(Base::Day),
            _ => Type::of(Base::Number),
        };
        let params: Vec<_> = self.params.iter().map(|(name, literal)| (name.clone(), kind(literal))).collect();
        let judging = Judging::default();
        let scope = Scope { schema: self.schema, library: &self.library, params: &params, judging: &judging };
        let mut derived = Vec::new();
        let request = Request {
            purpose: thidua::rule::Purpose::Any,
            name,
            units: Units { table: units, level: 0 },
            args: &self.args,
            missing_fails: false,
            moment: Moment::default(),
        };
        match lower(request, scope, &mut derived, faults) {
            Lowered::Computed(expression, kind) => {
                let aggregates = derived.iter().filter_map(Derived::aggregate).cloned().collect();
                Some(Rule { expression, kind, aggregates })
            }
            Lowered::Outside { .. } | Lowered::Faulty => None,
        }
    }

    /// How many units a table has.
    pub fn units(&self, units: Option<TableId>) -> usize {
        units.map_or(1, |table| self.data.table(table).rows)
    }

    /// Computes the aggregates of a rule, and tells `with` whether a predicate failed.
    pub fn computed<T>(
        &self,
        rule: &Rule,
        threads: usize,
        with: impl for<'d> FnOnce(&Context<'d>, &'d Rule, bool) -> T,
    ) -> T {
        let params: Vec<_> = self.params.iter().map(|(_, literal)| cell(literal)).collect();
        let results = Results::with_room_for(rule.aggregates.len());
        let context =
            Context { schema: self.schema, data: &self.data, params: &params, days: days(), derived: &results };
        let mut faults = Vec::new();
        for (id, aggregate) in rule.aggregates.iter().enumerate() {
            measure(id, aggregate, &context, &results, threads, &mut faults);
        }
        with(&context, rule, !faults.is_empty())
    }

    /// What the lowered rule says for each unit, and whether a predicate failed on the way.
    pub fn lowered(&self, rule: &Rule, units: Option<TableId>) -> (Vec<Seen>, bool) {
        self.computed(rule, 1, |context, rule, failed| {
            let seen = |row| context.evaluate(&rule.expression, row).map_or(Seen::Failed, |cell| seen(&cell));
            ((0..self.units(units)).map(seen).collect(), failed)
        })
    }

    /// What the interpreter says for each unit.
    pub fn interpreted(&self, name: &str, kind: &Type, units: Option<TableId>) -> Vec<Seen> {
        let run = |row| match self.interpreter.run(name, &self.args, units, row) {
            Ok(Answer::Cell(cell)) => seen(&cell),
            Ok(Answer::Text(text)) => word(text, kind),
            Err(Unanswered::Failed(_)) => Seen::Failed,
            Err(Unanswered::Unknown(_)) => Seen::Open,
        };
        (0..self.units(units)).map(run).collect()
    }
}

/// On complete data both must say the same. Where a predicate failed, the interpreter stops, and what is lowered goes
/// on with an unknown: that may leave the answer open, or not matter to it.
pub fn agree(lowered: &Seen, interpreted: &Seen, a_predicate_failed: bool) -> bool {
    match (lowered, interpreted) {
        (_, Seen::Failed) if a_predicate_failed => true,
        (lowered, interpreted) => lowered == interpreted,
    }
}

pub fn days() -> Days {
    let (year, month, of_month) = AS_OF;
    let period = Span { from: Some(day(2024, 1, 1)), to: day(2024, 12, 31) };
    Days {
        as_of: province::day(year, month, of_month),
        period,
        round: Span { from: Some(day(2024, 1, 10)), to: day(2024, 2, 10) },
    }
}

fn cell(literal: &Literal) -> Cell<'_> {
    match literal {
        Literal::Text(text) => Cell::Text(Possible::known(text)),
        Literal::Number(number) => Cell::Number(Possible::known(*number)),
        Literal::Day(day) => Cell::Day(Possible::known(*day)),
        Literal::Flag(flag) => Cell::Flag(Possible::known(*flag)),
        Literal::List(numbers) => Cell::List(Some(List::as_written(numbers).into())),
    }
}

fn seen(cell: &Cell<'_>) -> Seen {
    fn of<T: Copy + Ord>(value: &Possible<T>, seen: impl Fn(T) -> Seen) -> Seen {
        if value.is_none() { Seen::None } else { value.value().map_or(Seen::Open, seen) }
    }
    match cell {
        Cell::Flag(flag) => of(flag, Seen::Flag),
        Cell::Number(number) => of(number, Seen::Number),
        Cell::Day(day) => of(day, Seen::Day),
        Cell::Code(code) => of(code, Seen::Code),
        Cell::Text(text) => of(text, |text| Seen::Text(text.to_owned())),
        Cell::Fraction(fraction) if fraction.number().is_none() => Seen::NotApplicable,
        Cell::Fraction(fraction) => of(&fraction.number(), Seen::Number),
        Cell::List(_) => Seen::Open,
        Cell::None => Seen::None,
        Cell::NotApplicable => Seen::NotApplicable,
    }
}

/// A text where a word is meant is that word.
fn word(text: String, kind: &Type) -> Seen {
    match &kind.base {
        Base::Choice(words) | Base::Scale(words) => words.by_id(&text).map_or(Seen::Failed, Seen::Code),
        _ => Seen::Text(text),
    }
}
