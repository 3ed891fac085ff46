//! Bugs to plant: each changes every node of one kind in a lowered rule into something else.

use thidua::rule::{
    Aggregate, Ambient, Comparison, Constant, DayPart, Expression, Measure, Operation, Ordered, Step, TextTest, Which,
};
use thidua::value::Number;

use super::bench::Rule;

/// A bug in expressions: gives what a node becomes, if it is of the kind.
type NodeBug = fn(&Expression) -> Option<Expression>;

/// A bug in aggregates: changes one, if it is of the kind.
type AggregateBug = fn(&mut Aggregate) -> bool;

macro_rules! node_bug {
    ($name:literal, $pattern:pat $(if $guard:expr)? => $result:expr) => {
        ($name, |node: &Expression| match node.clone() {
            $pattern $(if $guard)? => Some($result),
            _ => None,
        })
    };
}

const IN_EXPRESSIONS: [(&str, NodeBug); 40] = [
    node_bug!("a number one too great", Expression::Constant(Constant::Number(a)) => number(a.plus(Number::ONE).unwrap())),
    node_bug!("another text", Expression::Constant(Constant::Text(a)) => Expression::Constant(Constant::Text(format!("{a}n")))),
    node_bug!("another word", Expression::Constant(Constant::Code(a)) => Expression::Constant(Constant::Code((a + 1) % 3))),
    node_bug!("the other flag", Expression::Constant(Constant::Flag(a)) => Expression::Constant(Constant::Flag(!a))),
    node_bug!("zero for none", Expression::Constant(Constant::None) => number(Number::ZERO)),
    node_bug!("as_of is the end", Expression::Ambient(Ambient::AsOf(_)) => Expression::Ambient(Ambient::PeriodTo)),
    node_bug!("period.from is that of the round", Expression::Ambient(Ambient::PeriodFrom) => Expression::Ambient(Ambient::RoundFrom)),
    node_bug!("period.to is that of the round", Expression::Ambient(Ambient::PeriodTo) => Expression::Ambient(Ambient::RoundTo)),
    node_bug!("round.from is that of the period", Expression::Ambient(Ambient::RoundFrom) => Expression::Ambient(Ambient::PeriodFrom)),
    node_bug!("round.to is that of the period", Expression::Ambient(Ambient::RoundTo) => Expression::Ambient(Ambient::PeriodTo)),
    node_bug!("zero for a param", Expression::Param(0) => number(Number::ZERO)),
    node_bug!("links not followed", Expression::Field(mut a) if !a.path.is_empty() => { a.path.clear(); Expression::Field(a) }),
    node_bug!("what has not happened has", Expression::Field(mut a) if a.happened.is_some() => { a.happened = None; Expression::Field(a) }),
    node_bug!("aggregate of another row", Expression::Derived { id, path } if !path.is_empty() => Expression::Derived { id, path: Vec::new() }),
    node_bug!("! dropped", Expression::Not(a) => *a),
    node_bug!("|| for &&", Expression::And(items) => Expression::Or(items)),
    node_bug!("&& for ||", Expression::Or(items) => Expression::And(items)),
    node_bug!("!= for ==", Expression::Compare(Comparison::Equal, a, b) => Expression::Compare(Comparison::NotEqual, a, b)),
    node_bug!("== for !=", Expression::Compare(Comparison::NotEqual, a, b) => Expression::Compare(Comparison::Equal, a, b)),
    node_bug!("<= for <", Expression::Compare(Comparison::Less, a, b) => Expression::Compare(Comparison::AtMost, a, b)),
    node_bug!("< for <=", Expression::Compare(Comparison::AtMost, a, b) => Expression::Compare(Comparison::Less, a, b)),
    node_bug!(">= for >", Expression::Compare(Comparison::Greater, a, b) => Expression::Compare(Comparison::AtLeast, a, b)),
    node_bug!("> for >=", Expression::Compare(Comparison::AtLeast, a, b) => Expression::Compare(Comparison::Greater, a, b)),
    node_bug!("in without its last day", Expression::Within { day, from, to } => {
        let to = Expression::Later(Step::Days, to, number(Number::ONE.negated()).into()).into();
        Expression::Within { day, from, to }
    }),
    node_bug!("in without its last word", Expression::OneOf(a, mut words) if !words.is_empty() => { words.pop(); Expression::OneOf(a, words) }),
    node_bug!("- for +", Expression::Arithmetic(Operation::Plus, a, b) => Expression::Arithmetic(Operation::Minus, a, b)),
    node_bug!("- turned around", Expression::Arithmetic(Operation::Minus, a, b) => Expression::Arithmetic(Operation::Minus, b, a)),
    node_bug!("/ for *", Expression::Arithmetic(Operation::Times, a, b) => Expression::Arithmetic(Operation::Over, a, b)),
    node_bug!("% for /", Expression::Arithmetic(Operation::Over, a, b) => Expression::Arithmetic(Operation::Remainder, a, b)),
    node_bug!("/ for %", Expression::Arithmetic(Operation::Remainder, a, b) => Expression::Arithmetic(Operation::Over, a, b)),
    node_bug!("months for days", Expression::Later(Step::Days, a, b) => Expression::Later(Step::Months, a, b)),
    node_bug!("days for months", Expression::Later(Step::Months, a, b) => Expression::Later(Step::Days, a, b)),
    node_bug!("a day earlier for later", Expression::Later(step, a, b) => {
        Expression::Later(step, a, Expression::Arithmetic(Operation::Minus, number(Number::ZERO).into(), b).into())
    }),
    node_bug!("days between turned around", Expression::DaysBetween(a, b) => Expression::DaysBetween(b, a)),
    node_bug!("month and day mixed up", Expression::PartOfDay(part, a) => Expression::PartOfDay(match part {
        DayPart::Year | DayPart::Day => DayPart::Month,
        DayPart::Month => DayPart::Day,
    }, a)),
    node_bug!("text tests mixed up", Expression::TextTest(test, a, b) => Expression::TextTest(match test {
        TextTest::Contains => TextTest::StartsWith,
        TextTest::StartsWith => TextTest::EndsWith,
        TextTest::EndsWith => TextTest::Contains,
    }, a, b)),
    node_bug!("rounded to one place more", Expression::Round(a, places) => Expression::Round(a, places + 1)),
    node_bug!("branches of if swapped", Expression::If(a, b, c) => Expression::If(a, c, b)),
    node_bug!("?? turned around", Expression::OrElse(a, b) => Expression::OrElse(b, a)),
    node_bug!("let not computed", Expression::Then(_, b) => *b),
];

const IN_AGGREGATES: [(&str, AggregateBug); 16] = [
    ("filter dropped", |aggregate| aggregate.filter.take().is_some()),
    ("rows below left out", |aggregate| aggregate.below.take().is_some()),
    ("share of the others", |aggregate| {
        change(aggregate, |measure| match measure {
            Measure::Share(a) => Some(Measure::Share(Expression::Not(a.into()))),
            _ => None,
        })
    }),
    ("all for any", |aggregate| {
        change(aggregate, |measure| if let Measure::Any(a) = measure { Some(Measure::All(a)) } else { None })
    }),
    ("any for all", |aggregate| {
        change(aggregate, |measure| if let Measure::All(a) = measure { Some(Measure::Any(a)) } else { None })
    }),
    ("mean for sum", |aggregate| {
        change(aggregate, |measure| if let Measure::Sum(a) = measure { Some(Measure::Mean(a)) } else { None })
    }),
    ("sum for mean", |aggregate| {
        change(aggregate, |measure| if let Measure::Mean(a) = measure { Some(Measure::Sum(a)) } else { None })
    }),
    ("ratio upside down", |aggregate| {
        change(aggregate, |measure| if let Measure::Ratio(a, b) = measure { Some(Measure::Ratio(b, a)) } else { None })
    }),
    ("max for min", |aggregate| {
        change(aggregate, |measure| if let Measure::Min(a, of) = measure { Some(Measure::Max(a, of)) } else { None })
    }),
    ("min for max", |aggregate| {
        change(aggregate, |measure| if let Measure::Max(a, of) = measure { Some(Measure::Min(a, of)) } else { None })
    }),
    ("numbers for days or steps", |aggregate| {
        change(aggregate, |measure| match measure {
            Measure::Min(a, Ordered::Day | Ordered::Step) => Some(Measure::Min(a, Ordered::Number)),
            _ => None,
        })
    }),
    ("count for distinct", |aggregate| {
        change(aggregate, |measure| if let Measure::Distinct(_) = measure { Some(Measure::Count) } else { None })
    }),
    ("different values for a run", |aggregate| {
        change(aggregate, |measure| if let Measure::Run(a) = measure { Some(Measure::Distinct(a)) } else { None })
    }),
    ("any row for the only one", |aggregate| {
        change(aggregate, |measure| match measure {
            Measure::Pick { which: Which::Only, take } => {
                Some(Measure::Pick { which: Which::First(number(Number::ZERO)), take })
            }
            _ => None,
        })
    }),
    ("latest for first", |aggregate| {
        change(aggregate, |measure| match measure {
            Measure::Pick { which: Which::First(key), take } => Some(Measure::Pick { which: Which::Latest(key), take }),
            _ => None,
        })
    }),
    ("first for latest", |aggregate| {
        change(aggregate, |measure| match measure {
            Measure::Pick { which: Which::Latest(key), take } => Some(Measure::Pick { which: Which::First(key), take }),
            _ => None,
        })
    }),
];

/// A bug of either kind.
pub struct Bug {
    pub name: &'static str,
    kind: Kind,
}

enum Kind {
    Node(NodeBug),
    Aggregate(AggregateBug),
}

pub fn all() -> Vec<Bug> {
    let nodes = IN_EXPRESSIONS.map(|(name, bug)| Bug { name, kind: Kind::Node(bug) });
    nodes.into_iter().chain(IN_AGGREGATES.map(|(name, bug)| Bug { name, kind: Kind::Aggregate(bug) })).collect()
}

impl Bug {
    /// The rule with the bug, if it has a place for it.
    pub fn planted_in(&self, rule: &Rule) -> Option<Rule> {
        let mut rule = rule.clone();
        let mut planted = false;
        match self.kind {
            Kind::Aggregate(bug) => rule.aggregates.iter_mut().for_each(|aggregate| planted |= bug(aggregate)),
            Kind::Node(bug) => {
                planted |= plant(&mut rule.expression, bug);
                for aggregate in &mut rule.aggregates {
                    aggregate.filter.iter_mut().for_each(|filter| planted |= plant(filter, bug));
                    for part in parts(&mut aggregate.measure) {
                        planted |= plant(part, bug);
                    }
                }
            }
        }
        planted.then_some(rule)
    }
}

fn number(number: Number) -> Expression {
    Expression::Constant(Constant::Number(number))
}

fn change(aggregate: &mut Aggregate, bug: impl Fn(Measure) -> Option<Measure>) -> bool {
    bug(aggregate.measure.clone()).map(|measure| aggregate.measure = measure).is_some()
}

fn plant(expression: &mut Expression, bug: NodeBug) -> bool {
    let mut inside = false;
    for child in children(expression) {
        inside |= plant(child, bug);
    }
    match bug(expression) {
        Some(changed) => {
            *expression = changed;
            true
        }
        None => inside,
    }
}

fn parts(measure: &mut Measure) -> Vec<&mut Expression> {
    match measure {
        Measure::Count => Vec::new(),
        Measure::Share(a)
        | Measure::Any(a)
        | Measure::All(a)
        | Measure::Sum(a)
        | Measure::Mean(a)
        | Measure::Distinct(a)
        | Measure::List(a)
        | Measure::Run(a)
        | Measure::Min(a, _)
        | Measure::Max(a, _)
        | Measure::Pick { which: Which::Only, take: a } => vec![a],
        Measure::Ratio(a, b) | Measure::Pick { which: Which::First(a) | Which::Latest(a), take: b } => vec![a, b],
    }
}

fn children(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::Not(a) | Expression::PartOfDay(_, a) | Expression::Round(a, _) => vec![a],
        Expression::And(items) | Expression::Or(items) | Expression::Listed(items) => items.iter_mut().collect(),
        Expression::Compare(_, a, b)
        | Expression::Arithmetic(_, a, b)
        | Expression::Later(_, a, b)
        | Expression::DaysBetween(a, b)
        | Expression::TextTest(_, a, b)
        | Expression::OrElse(a, b)
        | Expression::Then(a, b) => vec![a, b],
        Expression::Within { day: a, from: b, to: c } | Expression::If(a, b, c) => vec![a, b, c],
        Expression::OneOf(a, items) => std::iter::once(a.as_mut()).chain(items).collect(),
        Expression::Calculated(_, a, b) => std::iter::once(a.as_mut()).chain(b.as_deref_mut()).collect(),
        _ => Vec::new(),
    }
}
