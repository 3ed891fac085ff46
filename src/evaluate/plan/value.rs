//! Values of the campaign as expressions over the units of a level.

use crate::campaign::{Campaign, Condition, Quantity, Sort, Sourced, Value, When};
use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::rule::{AsOf, Base, Comparison, Constant, Expression, Field, Link, Lowered, Moment, Purpose, Type, Units};
use crate::schema::{Kind, Literal, Words};
use crate::source::Place;
use crate::value::nearest;

use super::Planner;

const A_VALUE: Phrase = Phrase::new("a value", "giá trị");
const A_CONDITION: Phrase = Phrase::new("a condition", "điều kiện");
const PARAM: Phrase = Phrase::new("param", "tham số");
const COLUMN: Phrase = Phrase::new("column", "cột");
const COLUMN_OR_RULE: Phrase = Phrase::new("column or rule", "cột hoặc quy tắc");

/// The types of the params, in the order of the campaign.
pub(super) fn param_types(campaign: &Campaign) -> Vec<(String, Type)> {
    campaign.params.iter().map(|param| (param.id.clone(), Type::of(base_of(param.sort)))).collect()
}

pub(super) fn base_of(sort: Sort) -> Base {
    match sort {
        Sort::Number => Base::Number,
        Sort::Day => Base::Day,
        Sort::Text => Base::Text,
        Sort::Flag => Base::Flag,
        Sort::List => Base::Numbers,
    }
}

/// A written value as a constant; a text beside words is one of them.
pub(super) fn constant(quantity: &Quantity) -> Constant {
    match quantity {
        Quantity::Number { number, .. } => Constant::Number(*number),
        Quantity::Day(day) => Constant::Day(*day),
        Quantity::Text(text) => Constant::Text(text.clone()),
        Quantity::Flag(flag) => Constant::Flag(*flag),
        // Only params are lists, and they are read as params.
        Quantity::List(_) => Constant::None,
    }
}

/// Where a value is looked up: a level, and the criterion that is being planned.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub level: &'a str,
    pub units: Units,
    pub args: &'a [(String, Literal)],
    pub moment: Moment,
    /// What a rule's answer is for.
    pub purpose: Purpose<'a>,
}

impl Planner<'_> {
    /// A value as an expression with its type, which is the wanted one where the value is open; what is wrong with it
    /// is reported.
    pub(super) fn value(&mut self, value: &Sourced<Value>, wanted: &Base, at: At<'_>) -> Option<(Expression, Type)> {
        match &value.value {
            Value::Literal(quantity) => {
                Some((Expression::Constant(constant(quantity)), Type::of(base_of(quantity.sort()))))
            }
            Value::Unknown(_) if *wanted == Base::Day => {
                Some((Expression::Constant(Constant::UnknownDay), Type::of(Base::Day)))
            }
            Value::Unknown(_) => Some((Expression::Constant(Constant::UnknownNumber), Type::of(Base::Number))),
            Value::Param(id) => self.param(id, &value.place),
            Value::Column(id) => self.column(id, at, &value.place),
            Value::Rule(name) => self.rule(name, at, A_VALUE, &value.place),
            Value::Cases(cases) => {
                let mut result = (Expression::Constant(Constant::None), Type::maybe(Base::None));
                for case in cases.iter().rev() {
                    let (then, kind) = self.value(&case.value, wanted, at)?;
                    let condition = self.when(&case.when, at)?;
                    let joined = self.joined(&kind, &result.1, &case.value.place)?;
                    result = match condition {
                        Some(condition) => (Expression::If(condition.into(), then.into(), result.0.into()), joined),
                        None => (then, kind),
                    };
                }
                Some(result)
            }
        }
    }

    fn joined(&mut self, a: &Type, b: &Type, place: &Place) -> Option<Type> {
        let joined = a.join(b);
        if joined.is_none() {
            self.fault(Diagnostic::new(&catalogue::TYPE_DEPENDS_ON_BRANCH).with("left", a).with("right", b).at(place));
        }
        joined
    }

    fn param(&mut self, id: &str, place: &Place) -> Option<(Expression, Type)> {
        let found = self.params.iter().position(|(known, _)| known == id);
        match found.and_then(|at| Some((at, self.params.get(at)?))) {
            Some((at, (_, kind))) => Some((Expression::Param(at), kind.clone())),
            None => {
                self.unknown(
                    PARAM,
                    id,
                    &self.params.iter().map(|(known, _)| known.as_str()).collect::<Vec<_>>(),
                    place,
                );
                None
            }
        }
    }

    /// The unit's own value in a column.
    pub(super) fn column(&mut self, id: &str, at: At<'_>, place: &Place) -> Option<(Expression, Type)> {
        let schema = &self.campaign.schema;
        let table = at.units.table.map(|table| schema.table(table));
        let Some((units, (column, found))) =
            at.units.table.zip(table.and_then(|table| table.find(id).map(|at| (at, table.column(at)))))
        else {
            let known: Vec<_> =
                table.map(|table| table.columns.iter().map(|column| column.id.as_str()).collect()).unwrap_or_default();
            self.unknown(COLUMN, id, &known, place);
            return None;
        };
        // A link says what the row is called that it leads to.
        if let Some(to) = found.link()
            && let [key] = schema.table(to).key.as_slice()
        {
            let field = Field { path: vec![Link { table: units, column }], table: to, column: *key, happened: None };
            return Some((Expression::Field(field), Type::of_column(found)));
        }
        let happened = (found.kind == Kind::Date { future: false }).then_some(as_of(at.moment));
        let field = Field { path: Vec::new(), table: units, column, happened };
        Some((Expression::Field(field), Type::of_column(found)))
    }

    /// A rule that must be computed for all units at once.
    pub(super) fn rule(&mut self, name: &str, at: At<'_>, role: Phrase, place: &Place) -> Option<(Expression, Type)> {
        match self.lower(name, at, false, place) {
            Lowered::Computed(expression, kind) => Some((expression, kind)),
            Lowered::Faulty => None,
            Lowered::Outside { construct, place } => {
                self.must_be_lowered(name, role, construct, place);
                None
            }
        }
    }

    pub(super) fn must_be_lowered(&mut self, name: &str, role: Phrase, construct: Phrase, place: Place) {
        let fault = Diagnostic::new(&catalogue::MUST_BE_LOWERED).with("name", name).with("role", role);
        self.fault(fault.with("construct", construct).at(place));
    }

    /// Conditions as one expression: `Some(None)` where they always hold, `None` where they are faulty.
    #[expect(clippy::option_option, reason = "faulty, always, or an expression")]
    pub(super) fn when(&mut self, when: &When, at: At<'_>) -> Option<Option<Expression>> {
        let mut all = Vec::new();
        let mut faulty = false;
        for condition in &when.0 {
            match self.condition(condition, at) {
                Some(expression) => all.push(expression),
                None => faulty = true,
            }
        }
        match all.len() {
            _ if faulty => None,
            0 => Some(None),
            1 => Some(all.pop()),
            _ => Some(Some(Expression::And(all))),
        }
    }

    fn condition(&mut self, condition: &Condition, at: At<'_>) -> Option<Expression> {
        let said = match condition.subject.as_str() {
            "level" => Some(at.level),
            "round" => Some(self.round.map_or("", |round| round.id.as_str())),
            _ => None,
        };
        if let Some(said) = said {
            let holds = condition.any_of.iter().any(|literal| matches!(literal, Literal::Text(text) if text == said));
            return Some(Expression::Constant(Constant::Flag(holds)));
        }
        let own =
            at.units.table.is_some_and(|table| self.campaign.schema.table(table).find(&condition.subject).is_some());
        let (subject, kind) = match own {
            true => self.column(&condition.subject, at, &condition.place)?,
            false if self.library.get(&condition.subject).is_some() => {
                self.rule(&condition.subject, at, A_CONDITION, &condition.place)?
            }
            false => {
                let columns = at.units.table.into_iter().flat_map(|table| &self.campaign.schema.table(table).columns);
                let known: Vec<_> = columns.map(|column| column.id.as_str()).chain(["level", "round"]).collect();
                self.unknown(COLUMN_OR_RULE, &condition.subject, &known, &condition.place);
                return None;
            }
        };
        let words =
            condition.any_of.iter().filter_map(|literal| self.literal(literal, &kind, &condition.place)).collect();
        Some(Expression::OneOf(subject.into(), words))
    }

    /// A literal beside a value of some type.
    fn literal(&mut self, literal: &Literal, beside: &Type, place: &Place) -> Option<Expression> {
        let constant = match (literal, &beside.base) {
            (Literal::Text(text), Base::Choice(words) | Base::Scale(words)) => match words.by_id(text) {
                Some(code) => Constant::Code(code),
                None => {
                    self.unknown_word(words, text, place);
                    return None;
                }
            },
            (Literal::Text(text), Base::Text) => Constant::Text(text.clone()),
            (Literal::Number(number), Base::Number) => Constant::Number(*number),
            (Literal::Day(day), Base::Day) => Constant::Day(*day),
            (Literal::Flag(flag), Base::Flag) => Constant::Flag(*flag),
            _ => {
                let fault = Diagnostic::new(&catalogue::DIFFERENT_TYPES).with("left", beside);
                self.fault(fault.with("right", describe(literal)).at(place));
                return None;
            }
        };
        Some(Expression::Constant(constant))
    }

    /// A value that must be of a type.
    pub(super) fn of_type(&mut self, base: Base, value: &Sourced<Value>, at: At<'_>) -> Option<Expression> {
        let (expression, kind) = self.value(value, &base, at)?;
        if kind.base == base || kind.base == Base::None {
            return Some(expression);
        }
        let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", base).with("found", kind);
        self.fault(fault.at(&value.place));
        None
    }

    pub(super) fn unknown_word(&mut self, words: &Words, word: &str, place: &Place) {
        let known = || words.words.iter().map(|word| word.id.as_str());
        let near = nearest(word, known());
        let list = near.is_none().then(|| known().collect::<Vec<_>>().join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_CHOICE).with("word", word).with("of", &words.id);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place));
    }

    pub(super) fn unknown(&mut self, kind: impl Into<Wording>, name: &str, known: &[&str], place: &Place) {
        let near = nearest(name, known.iter().copied());
        let list = (near.is_none() && !known.is_empty()).then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", kind).with("name", name);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place));
    }
}

fn as_of(moment: Moment) -> AsOf {
    moment.not_after.map_or(AsOf::Run, AsOf::NotAfter)
}

fn describe(literal: &Literal) -> Base {
    match literal {
        Literal::Text(_) => Base::Text,
        Literal::Number(_) => Base::Number,
        Literal::Day(_) => Base::Day,
        Literal::Flag(_) => Base::Flag,
        Literal::List(_) => Base::Numbers,
    }
}

/// `a != 0`, for guards that the planner builds itself.
pub(super) fn is_zero(number: Expression) -> Expression {
    let zero = Expression::Constant(Constant::Number(crate::value::Number::ZERO));
    Expression::Compare(Comparison::Equal, number.into(), zero.into())
}
