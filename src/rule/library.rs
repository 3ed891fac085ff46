//! All functions of a campaign's rule files.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{AST, ASTNode, Engine, Expr, Position, Stmt};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Place, Source};
use crate::value::{Number, nearest};

use super::syntax::{BinaryOperator, Function, Syntax, SyntaxKind};
use super::tree;
use super::{construct, sandbox};

/// The functions of the rule files, by name.
#[derive(Clone, Debug, Default)]
pub struct Library {
    functions: BTreeMap<String, Function>,
    /// The scripts as the engine reads them, for rules that must be interpreted.
    pub(super) scripts: Vec<Arc<AST>>,
}

impl Library {
    /// Reads rule files; a function of a later file replaces an earlier one of the same name.
    pub fn read(sources: &[Arc<Source>], faults: &mut Vec<Diagnostic>) -> Self {
        let engine = sandbox::engine();
        let mut library = Self::default();
        for source in sources {
            if let Some(ast) = parse(&engine, source, faults) {
                forbidden(&ast, source, faults);
                let functions = tree::functions(&ast, source, faults);
                for function in &functions {
                    lint(function, faults);
                }
                library.functions.extend(functions.into_iter().map(|function| (function.name.clone(), function)));
                library.scripts.push(Arc::new(ast));
            }
        }
        library
    }

    /// The same with functions of other files in place of those of the same name. A function that replaces none must
    /// be one that others of those files call, or it is reported.
    #[must_use]
    pub fn replaced_by(&self, other: &Self, faults: &mut Vec<Diagnostic>) -> Self {
        for function in other.iter().filter(|function| self.get(&function.name).is_none()) {
            let called = other.iter().any(|by| by.name != function.name && by.words.contains(&function.name));
            if !called {
                let near = nearest(&function.name, self.names());
                let fault = Diagnostic::new(&catalogue::NEW_FUNCTION).with("name", &function.name);
                faults.push(fault.maybe("near", near).at(&function.place));
            }
        }
        let mut replaced = self.clone();
        replaced.functions.extend(other.functions.clone());
        replaced.scripts.extend(other.scripts.iter().cloned());
        replaced
    }

    /// The function with a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// All functions, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Function> {
        self.functions.values()
    }

    /// The names of all functions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }
}

fn parse(engine: &Engine, source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Option<AST> {
    let size = source.text.len();
    if size > sandbox::MAX_SOURCE {
        let fault = Diagnostic::new(&catalogue::RULE_TOO_LONG).with("size", size).with("limit", sandbox::MAX_SOURCE);
        faults.push(fault.at(Place::File(source.name.clone())));
        return None;
    }
    match engine.compile(&source.text) {
        Ok(ast) => Some(ast),
        Err(error) => {
            let fault =
                Diagnostic::new(&catalogue::RULE_SYNTAX).with("reason", in_small(&error.err_type().to_string()));
            faults.push(fault.at(place_of_error(source, error.position())));
            None
        }
    }
}

/// Where the parser stopped; where it does not say, it wanted more than there is.
fn place_of_error(source: &Arc<Source>, position: Position) -> Place {
    match tree::place(source, position) {
        Place::Nowhere => Place::text(source, source.text.trim_end().len()..source.text.len()),
        place => place,
    }
}

/// The parser begins its sentences with a capital and ends some with a stop.
fn in_small(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Constructs that crash or mislead the engine are refused wherever they stand.
fn forbidden(ast: &AST, source: &Arc<Source>, faults: &mut Vec<Diagnostic>) {
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Assignment(parts))) if matches!(parts.1.lhs, Expr::Dot(..) | Expr::Index(..)) => {
                faults.push(construct::INNER_ASSIGNMENT.forbidden(&tree::place(source, parts.1.lhs.position())));
            }
            Some(ASTNode::Stmt(Stmt::Switch(parts, position))) if switches_on_numbers(&parts.1) => {
                faults.push(construct::NUMERIC_SWITCH.forbidden(&tree::place(source, *position)));
            }
            _ => {}
        }
        true
    });
}

fn switches_on_numbers(cases: &rhai::SwitchCasesCollection) -> bool {
    let number = |value: &rhai::Dynamic| value.is_int() || value.is_decimal() || value.is_float();
    !cases.ranges.is_empty() || cases.cases.values().any(|case| number(&case.value))
}

/// Findings in one function: a date that is a subtraction, a number that belongs into the campaign.
fn lint(function: &Function, faults: &mut Vec<Diagnostic>) {
    let mut dates = Vec::new();
    function.body.walk(&mut |syntax| {
        if looks_like_a_date(syntax) {
            dates.push(syntax.place.clone());
            faults.push(construct::SUBTRACTED_DATE.forbidden(&syntax.place));
        }
    });
    if !dates.is_empty() {
        return;
    }
    // How many places a number keeps is no number of the directive.
    let mut places = Vec::new();
    function.body.walk(&mut |syntax| match &syntax.kind {
        SyntaxKind::Call { name, arguments } | SyntaxKind::Method { name, arguments, .. }
            if ["at", "ln", "power", "root", "round"].contains(&name.as_str()) =>
        {
            // Nor is the place of a number in a list.
            places.extend(arguments.last().map(|places| places.place.clone()));
            // A square root is no number of the directive either.
            places.extend(arguments.get(1).filter(|_| name == "root").map(|degree| degree.place.clone()));
        }
        _ => {}
    });
    function.body.walk(&mut |syntax| {
        if let SyntaxKind::Number(number) = &syntax.kind
            && *number != Number::ZERO
            && *number != Number::ONE
            && !places.contains(&syntax.place)
        {
            faults.push(Diagnostic::new(&catalogue::NUMBER_IN_RULE).with("number", number).at(&syntax.place));
        }
    });
}

/// `2024-07-15` reads as a subtraction of three whole numbers.
fn looks_like_a_date(syntax: &Syntax) -> bool {
    let whole = |syntax: &Syntax| matches!(&syntax.kind, SyntaxKind::Number(number) if number.is_whole());
    let SyntaxKind::Binary(BinaryOperator::Minus, left, last) = &syntax.kind else { return false };
    let SyntaxKind::Binary(BinaryOperator::Minus, first, second) = &left.kind else { return false };
    whole(first) && whole(second) && whole(last)
}
