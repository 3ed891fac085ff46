//! Rules as they are written into rules as they are computed.
//!
//! Names are resolved, types checked, functions put in place of their calls, and every row set becomes an aggregate.
//! What cannot be lowered is said with its place: inside a predicate it is a fault, at the level of a unit it means
//! that the rule must be interpreted.

mod fact;
mod frame;
mod function;
mod method;
mod name;
mod narrow;
mod operator;
mod rows;
mod strict;

use crate::campaign::Span;
use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::schema::{Literal, Schema, TableId};
use crate::source::Place;
use crate::value::Day;

use super::construct::Construct;
use super::expression::{Ambient, Anchor, AsOf, Constant, Derived, Expression};
use super::library::Library;
use super::syntax::{Syntax, SyntaxKind};
use super::types::{Base, Type};

pub use fact::{Judging, reads_facts};

use frame::{Frame, Role, Row};
use narrow::Narrowed;
use rows::{Picked, RowSet};

/// What rules may name beside rows: fixed for a campaign.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What the data look like.
    pub schema: &'a Schema,
    /// The functions of the rule files.
    pub library: &'a Library,
    /// The params with their types, in the order of the campaign.
    pub params: &'a [(String, Type)],
    /// What is judged of units, for rules that read an earlier stage.
    pub judging: &'a Judging<'a>,
}

/// The units that a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// Their table; `None` for the whole.
    pub table: Option<TableId>,
    /// The level that judges them, by its position in the campaign.
    pub level: usize,
}

/// A rule that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The name of the function.
    pub name: &'a str,
    /// The units that it is for.
    pub units: Units,
    /// What the rule reads as `args`.
    pub args: &'a [(String, Literal)],
    /// Whether an unreported property of a row counts as not met.
    pub missing_fails: bool,
    /// When it is measured.
    pub moment: Moment,
    /// What its answer is for.
    pub purpose: Purpose<'a>,
}

/// What the answer of a rule is for; some may read more than others.
#[derive(Clone, Copy, Debug, Default)]
pub enum Purpose<'a> {
    /// Whatever names it.
    #[default]
    Any,
    /// It says points: it may take a parameter, the unit that earns them.
    Points(&'a Scored),
    /// It is a key of its level's ranking, by its position: it may ask who is equal in all keys before it.
    KeyAmongTied(usize),
}

impl<'a> Purpose<'a> {
    /// The criterion whose points are said.
    #[must_use]
    pub fn scored(self) -> Option<&'a Scored> {
        if let Self::Points(scored) = self { Some(scored) } else { None }
    }
}

/// A criterion whose points a rule says; the rule takes one parameter, `me`, the unit that earns them.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The criterion, by its position in the campaign: what it measured is `me.value`.
    pub criterion: usize,
    /// `me.target`: the first bar of its target.
    pub target: Option<(Expression, Type)>,
    /// `me.max`: the points at stake.
    pub max: Option<(Expression, Type)>,
}

/// When a rule is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// As of this day, if the day of evaluation is later.
    pub not_after: Option<Day>,
    /// What it reads as `round`, where that is not the round that was chosen.
    pub round: Option<Span>,
}

impl Moment {
    fn as_of(self) -> AsOf {
        self.not_after.map_or(AsOf::Run, AsOf::NotAfter)
    }

    fn round(self) -> (Ambient, Ambient) {
        let fixed = |span: Span| (Ambient::Fixed(span.from), Ambient::Fixed(Some(span.to)));
        self.round.map_or((Ambient::RoundFrom, Ambient::RoundTo), fixed)
    }
}

/// What became of a rule.
#[derive(Clone, Debug)]
pub enum Lowered {
    /// It is computed for all units at once.
    Computed(Expression, Type),
    /// It must be interpreted for each unit, because of a construct outside the subset.
    Outside {
        /// The construct.
        construct: Phrase,
        /// Where it stands.
        place: Place,
    },
    /// It is faulty; the faults were reported.
    Faulty,
}

/// Lowers a rule; what it reads is appended to `derived`, each only once.
pub fn lower(
    request: Request<'_>,
    scope: Scope<'_>,
    derived: &mut Vec<Derived>,
    faults: &mut Vec<Diagnostic>,
) -> Lowered {
    let Some(function) = scope.library.get(request.name) else { return Lowered::Faulty };
    let kept = derived.len();
    let mut found = Vec::new();
    let mut lowering = Lowering {
        scope,
        request,
        derived,
        faults: &mut found,
        outside: None,
        frames: vec![Frame::outermost(request.units.table)],
        names: Vec::new(),
        calls: vec![request.name.to_owned()],
        narrowed: Vec::new(),
        nesting: scope.judging.nesting(),
        built: 0,
    };
    let me = Row { depth: 0, path: Vec::new(), table: request.units.table, role: Role::Scored };
    let result = match function.parameters.first().filter(|_| request.purpose.scored().is_some()) {
        Some(name) => lowering.bound(name, Term::Row(me), |lowering| lowering.value(&function.body)),
        None => lowering.value(&function.body),
    };
    let outside = lowering.outside.take();
    match (result, outside) {
        (Ok((expression, kind)), _) => Lowered::Computed(expression, kind),
        (Err(Refused), Some((construct, place))) if found.is_empty() => {
            derived.truncate(kept);
            Lowered::Outside { construct, place }
        }
        (Err(Refused), _) => {
            derived.truncate(kept);
            faults.append(&mut found);
            Lowered::Faulty
        }
    }
}

const A_VALUE: Phrase = Phrase::new("a value", "giá trị");
const A_ROW: Phrase = Phrase::new("a row", "một dòng");
const A_ROW_SET: Phrase = Phrase::new("a row set", "tập dòng");
const A_SPAN: Phrase = Phrase::new("a span of days", "khoảng ngày");
const ARITHMETIC: Phrase = Phrase::new("arithmetic", "phép tính");

/// Lowering stopped; why was reported.
#[derive(Clone, Copy, Debug)]
struct Refused;

type Outcome<T> = Result<T, Refused>;

/// A value with its type.
type Typed = (Expression, Type);

/// What a piece of syntax stands for.
#[derive(Clone, Debug)]
enum Term {
    /// A value.
    Value(Expression, Type),
    /// A row.
    Row(Row),
    /// A row set.
    Rows(RowSet),
    /// A row picked out of a row set, if there is one.
    Picked(Picked),
    /// `unit.own` or `unit.all`.
    Reach(Row, Reach),
    /// `period`, `round`.
    Span(Ambient, Ambient),
    /// `params`
    Params,
    /// `args`
    Args,
    /// `["a", "b"]`
    List(Vec<Typed>),
}

/// Which rows a table contributes where units stand above units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Those that hang on the unit itself.
    Own,
    /// Those of the units below it too.
    All,
}

/// A name, the frame in which it was bound, and what it stands for.
#[derive(Clone, Debug)]
struct Binding {
    name: String,
    depth: usize,
    term: Term,
}

struct Lowering<'a> {
    scope: Scope<'a>,
    request: Request<'a>,
    derived: &'a mut Vec<Derived>,
    faults: &'a mut Vec<Diagnostic>,
    /// The first construct outside the subset at the level of the unit.
    outside: Option<(Phrase, Place)>,
    frames: Vec<Frame>,
    names: Vec<Binding>,
    calls: Vec<String>,
    /// Values that a condition around says are there.
    narrowed: Vec<Narrowed>,
    nesting: usize,
    /// The nodes of all expressions that were built, those inside others counted again.
    built: usize,
}

/// So deep may a rule be nested with the functions that it calls. Whatever walks an expression later calls itself as
/// often, and threads have small stacks.
const MOST_NESTED: usize = 120;

/// So many nodes may be built for a rule. Functions and names are put in place of their uses, so that a few lines that
/// use each other twice would fill the memory.
const MOST_BUILT: usize = 200_000;

impl Lowering<'_> {
    fn fault<T>(&mut self, diagnostic: Diagnostic) -> Outcome<T> {
        if !self.faults.contains(&diagnostic) {
            self.faults.push(diagnostic);
        }
        Err(Refused)
    }

    /// A construct outside the subset: a fault in a predicate, a reason to interpret at the level of the unit.
    fn outside<T>(&mut self, construct: Construct, place: &Place) -> Outcome<T> {
        if self.frames.len() > 1 {
            let fault = Diagnostic::new(&catalogue::OUTSIDE_SUBSET)
                .with("construct", construct.name)
                .with("remedy", construct.remedy);
            return self.fault(fault.at(place));
        }
        self.outside.get_or_insert_with(|| (construct.name, place.clone()));
        Err(Refused)
    }

    fn wrong_type<T>(&mut self, expected: impl Into<Wording>, found: impl Into<Wording>, place: &Place) -> Outcome<T> {
        self.fault(Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", expected).with("found", found).at(place))
    }

    /// Lowers something that must be a value.
    fn value(&mut self, syntax: &Syntax) -> Outcome<Typed> {
        let (expression, mut kind) = match self.term(syntax)? {
            Term::Value(expression, kind) => (expression, kind),
            other => return self.wrong_type(A_VALUE, other.describe(), &syntax.place),
        };
        kind.optional = kind.optional && !self.is_there(&expression);
        Ok((expression, kind))
    }

    fn flag(&mut self, syntax: &Syntax) -> Outcome<Expression> {
        let (expression, kind) = self.value(syntax)?;
        match kind {
            Type { base: Base::Flag, optional: false } => Ok(expression),
            Type { base: Base::Flag, optional: true } => {
                self.may_be_none(Phrase::new("logic", "phép logic"), &syntax.place)
            }
            other => self.wrong_type(Base::Flag, other, &syntax.place),
        }
    }

    fn may_be_none<T>(&mut self, usage: Phrase, place: &Place) -> Outcome<T> {
        self.fault(Diagnostic::new(&catalogue::MAY_BE_NONE).with("use", usage).at(place))
    }

    fn term(&mut self, syntax: &Syntax) -> Outcome<Term> {
        if self.nesting >= MOST_NESTED || self.built > MOST_BUILT {
            let name = self.request.name;
            return self.fault(Diagnostic::new(&catalogue::RULE_TOO_LARGE).with("name", name).at(self.rule_place()));
        }
        self.nesting += 1;
        let term = self.any_term(syntax);
        self.nesting -= 1;
        if let Ok(Term::Value(expression, _)) = &term {
            expression.walk(&mut |_| self.built += 1);
        }
        term
    }

    /// Where the rule itself stands.
    fn rule_place(&self) -> Place {
        self.scope.library.get(self.request.name).map_or(Place::Nowhere, |function| function.place.clone())
    }

    fn any_term(&mut self, syntax: &Syntax) -> Outcome<Term> {
        let value = |(expression, kind)| Term::Value(expression, kind);
        match &syntax.kind {
            SyntaxKind::Number(number) => Ok(constant(Constant::Number(*number), Base::Number)),
            SyntaxKind::Text(text) => Ok(constant(Constant::Text(text.clone()), Base::Text)),
            SyntaxKind::Flag(flag) => Ok(constant(Constant::Flag(*flag), Base::Flag)),
            SyntaxKind::Name(name) => self.name(name, &syntax.place),
            SyntaxKind::Field(on, name) => self.field(on, name, &syntax.place),
            SyntaxKind::Method { on, name, arguments } => self.method(on, name, arguments, &syntax.place),
            SyntaxKind::Call { name, arguments } => self.call(name, arguments, &syntax.place),
            SyntaxKind::Closure { .. } => {
                self.wrong_type(A_VALUE, Phrase::new("a closure", "hàm `|…| …`"), &syntax.place)
            }
            SyntaxKind::Not(inner) => Ok(flag(Expression::Not(self.flag(inner)?.into()))),
            SyntaxKind::Negate(inner) => self.negate(inner).map(value),
            SyntaxKind::Binary(operator, left, right) => self.binary(*operator, left, right, &syntax.place).map(value),
            SyntaxKind::And(items) => Ok(flag(Expression::And(self.flags(items, true)?))),
            SyntaxKind::Or(items) => Ok(flag(Expression::Or(self.flags(items, false)?))),
            SyntaxKind::OrElse(items) => self.or_else(items).map(value),
            SyntaxKind::In(item, of) => self.is_in(item, of).map(value),
            SyntaxKind::List(items) => Ok(Term::List(self.all(items, Self::value)?)),
            SyntaxKind::If { condition, then, otherwise } => self.if_else(condition, then, otherwise).map(value),
            SyntaxKind::Switch { subject, cases, default } => {
                self.switch(subject, cases, default.as_deref(), &syntax.place).map(value)
            }
            SyntaxKind::Let { name, value, then } => {
                let term = self.term(value)?;
                let then = self.bound(name, term.clone(), |lowering| lowering.term(then))?;
                Ok(strict::after(&term, then))
            }
            SyntaxKind::Outside(construct) => self.outside(*construct, &syntax.place),
        }
    }

    /// Lowers every item, so that the faults of all are reported.
    fn all<T>(&mut self, items: &[Syntax], lower: impl Fn(&mut Self, &Syntax) -> Outcome<T>) -> Outcome<Vec<T>> {
        let lowered: Vec<_> = items.iter().map(|item| lower(self, item)).collect();
        lowered.into_iter().collect()
    }

    /// Lowers conditions one after the other: each is asked only where those before it hold, or do not.
    fn flags(&mut self, items: &[Syntax], hold: bool) -> Outcome<Vec<Expression>> {
        let known = self.narrowed.len();
        let flags = self.all(items, |lowering, item| {
            let flag = lowering.flag(item);
            lowering.learn(flag.as_ref().ok(), hold);
            flag
        });
        self.narrowed.truncate(known);
        flags
    }

    fn bound<T>(&mut self, name: &str, term: Term, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.names.push(Binding { name: name.to_owned(), depth: self.frames.len() - 1, term });
        let result = inner(self);
        self.names.pop();
        result
    }

    /// The position of what is derived, which is added if it is new.
    fn register(&mut self, new: Derived) -> usize {
        // Where it is written does not matter for what it is.
        let anywhere = new.clone().at(Place::Nowhere);
        if let Some(id) = self.derived.iter().position(|known| known.clone().at(Place::Nowhere) == anywhere) {
            return id;
        }
        self.derived.push(new);
        self.derived.len() - 1
    }
}

fn constant(constant: Constant, base: Base) -> Term {
    Term::Value(Expression::Constant(constant), Type::of(base))
}

fn flag(expression: Expression) -> Term {
    Term::Value(expression, Type::of(Base::Flag))
}

impl Term {
    fn describe(&self) -> Wording {
        let phrase = match self {
            Self::Value(_, kind) => return kind.into(),
            Self::Row(_) | Self::Picked(_) => A_ROW,
            Self::Rows(_) => A_ROW_SET,
            Self::Reach(..) => Phrase::new("a part of the tables", "một phần các bảng"),
            Self::Span(..) => A_SPAN,
            Self::Params => Phrase::new("all params", "toàn bộ `params`"),
            Self::Args => Phrase::new("all args", "toàn bộ `args`"),
            Self::List(_) => Phrase::new("a list", "danh sách"),
        };
        phrase.into()
    }
}

impl From<Option<TableId>> for Anchor {
    fn from(table: Option<TableId>) -> Self {
        table.map_or(Self::Whole, Self::Table)
    }
}
