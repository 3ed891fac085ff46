//! Rules as they are written: a small tree of our own, free of the script library's types.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::{Place, Source};
use crate::value::Number;

use super::construct::Construct;

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub struct Syntax {
    /// What it is.
    pub kind: SyntaxKind,
    /// Where it stands.
    pub place: Place,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum SyntaxKind {
    /// `25`, `0.5`
    Number(Number),
    /// `"good"`
    Text(String),
    /// `true`
    Flag(bool),
    /// `unit`, `f`, `none`
    Name(String),
    /// `f.workers`
    Field(Box<Syntax>, String),
    /// `f.visits.any(…)`
    Method {
        /// What it is called on.
        on: Box<Syntax>,
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Vec<Syntax>,
    },
    /// `held(f)`
    Call {
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Vec<Syntax>,
    },
    /// `|f| f.workers > 25`; what it captures is found by name.
    Closure {
        /// The names of its parameters.
        parameters: Vec<String>,
        /// What it returns.
        body: Box<Syntax>,
    },
    /// `!x`
    Not(Box<Syntax>),
    /// `-x`
    Negate(Box<Syntax>),
    /// `x + y`, `x <= y`
    Binary(BinaryOperator, Box<Syntax>, Box<Syntax>),
    /// `x && y && z`
    And(Vec<Syntax>),
    /// `x || y || z`
    Or(Vec<Syntax>),
    /// `x ?? y`
    OrElse(Vec<Syntax>),
    /// `x in period`, `x in ["a", "b"]`
    In(Box<Syntax>, Box<Syntax>),
    /// `["a", "b"]`
    List(Vec<Syntax>),
    /// `if c { x } else { y }`
    If {
        /// The condition.
        condition: Box<Syntax>,
        /// The value where it holds.
        then: Box<Syntax>,
        /// The value where it does not.
        otherwise: Box<Syntax>,
    },
    /// `switch x { "a" | "b" => y, _ => z }`
    Switch {
        /// What is compared.
        subject: Box<Syntax>,
        /// The literals of each case and its value.
        cases: Vec<(Vec<Syntax>, Syntax)>,
        /// The value of `_`.
        default: Option<Box<Syntax>>,
    },
    /// `let name = value; then`
    Let {
        /// The name.
        name: String,
        /// What it stands for.
        value: Box<Syntax>,
        /// What follows.
        then: Box<Syntax>,
    },
    /// Something that the engine can run but that cannot be turned into a predicate.
    Outside(Construct),
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Remainder,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A function of a rule file.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The names of its parameters.
    pub parameters: Vec<String>,
    /// What it returns.
    pub body: Syntax,
    /// The names of all functions, methods and fields in it, lowered or not.
    pub words: BTreeSet<String>,
    /// The comment above it.
    pub doc: String,
    /// Where its body begins.
    pub place: Place,
    /// The file.
    pub source: Arc<Source>,
}

impl BinaryOperator {
    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The operator that is written so.
    #[must_use]
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.symbol() == symbol)
    }

    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Over,
        Self::Remainder,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
    ];
}

impl Syntax {
    /// Calls `visit` on this expression and on every one inside it.
    pub fn walk<'s>(&'s self, visit: &mut impl FnMut(&'s Self)) {
        visit(self);
        self.children().into_iter().for_each(|child| child.walk(visit));
    }

    /// The expressions directly inside this one.
    fn children(&self) -> Vec<&Self> {
        match &self.kind {
            SyntaxKind::Number(_)
            | SyntaxKind::Text(_)
            | SyntaxKind::Flag(_)
            | SyntaxKind::Name(_)
            | SyntaxKind::Outside(_) => Vec::new(),
            SyntaxKind::Field(on, _) | SyntaxKind::Not(on) | SyntaxKind::Negate(on) => vec![on],
            SyntaxKind::Closure { body, .. } => vec![body],
            SyntaxKind::Method { on, arguments, .. } => std::iter::once(&**on).chain(arguments).collect(),
            SyntaxKind::Binary(_, a, b) | SyntaxKind::In(a, b) => vec![a, b],
            SyntaxKind::Let { value, then, .. } => vec![value, then],
            SyntaxKind::Call { arguments: items, .. }
            | SyntaxKind::And(items)
            | SyntaxKind::Or(items)
            | SyntaxKind::OrElse(items)
            | SyntaxKind::List(items) => items.iter().collect(),
            SyntaxKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            SyntaxKind::Switch { subject, cases, default } => std::iter::once(&**subject)
                .chain(cases.iter().flat_map(|(literals, value)| literals.iter().chain([value])))
                .chain(default.as_deref())
                .collect(),
        }
    }
}
