//! The one place that reads the script library's syntax tree.
//!
//! A closure is stored as a pointer to a function `anon$…` of the same script; what it captures becomes leading
//! parameters, with the names of the captured variables. A function's body cannot be reached by name, so each
//! function is put into a script of its own and that script is walked.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rhai::{
    AST, ASTNode, Dynamic, Expr, FlowControl, FnCallExpr, FnPtr, Module, Position, Stmt, SwitchCasesCollection,
};
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source};
use crate::value::Number;

use super::construct::{self, Construct};
use super::syntax::{BinaryOperator, Function, Syntax, SyntaxKind};

/// Reads the functions of a script; what a rule file must not hold is reported.
pub(super) fn functions(ast: &AST, source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Vec<Function> {
    let mut bodies = HashMap::new();
    for definition in ast.iter_fn_def() {
        let mut alone = Module::new();
        alone.set_script_fn(Arc::clone(definition));
        bodies.insert(definition.name.to_string(), Body { parameters: names(&definition.params), ..Body::of(alone) });
    }
    let reader = Reader { source, bodies: &bodies, nesting: Cell::new(0) };
    if let Some(stray) = ast.statements().first() {
        faults.push(construct::STRAY_STATEMENT.forbidden(&reader.place(stray.position())));
    }
    let mut functions = Vec::new();
    for definition in ast.iter_fn_def().filter(|definition| !definition.name.starts_with("anon$")) {
        let Some(body) = bodies.get(definition.name.as_str()) else { continue };
        let first = reader.place(body.statements.first().map_or(Position::NONE, Stmt::position));
        let place = name_of(&definition.name, &first, source);
        let first = if first == Place::Nowhere { place.clone() } else { first };
        functions.push(Function {
            name: definition.name.to_string(),
            parameters: body.parameters.clone(),
            body: reader.block(&body.statements, &first),
            words: words(body, &bodies),
            doc: doc(definition.comments.iter().map(AsRef::as_ref)),
            place,
            source: Arc::clone(source),
        });
    }
    functions
}

/// The name of a function, before its body: the library keeps no place of it.
fn name_of(name: &str, body: &Place, source: &Arc<Source>) -> Place {
    let before =
        if *body == Place::Nowhere { &source.text } else { source.text.get(..start(body)).unwrap_or_default() };
    let named = |at: &usize| {
        let (head, rest) = before.split_at_checked(*at).unwrap_or_default();
        head.trim_end().ends_with("fn") && rest.trim_start_matches(name).trim_start().starts_with('(')
    };
    let nearest = before.rmatch_indices(name).map(|(at, _)| at).find(named);
    nearest.map_or_else(|| body.clone(), |at| Place::text(source, at..at + name.len()))
}

/// The text, word or sign at a position.
pub(super) fn place(source: &Arc<Source>, position: Position) -> Place {
    let (Some(line), Some(column)) = (position.line(), position.position()) else { return Place::Nowhere };
    let start = source.offset(line, column);
    let rest = source.text.get(start..).unwrap_or("");
    Place::text(source, start..start + length(rest))
}

fn length(rest: &str) -> usize {
    let quoted = rest.strip_prefix('"').and_then(|text| text.lines().next()?.find('"'));
    if let Some(length) = quoted {
        return length + 2;
    }
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let sign =
        rest.find(|c: char| c.is_alphanumeric() || c.is_whitespace() || "()\"|{}_".contains(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    word.max(sign).max(first)
}

#[derive(Default)]
struct Body {
    parameters: Vec<String>,
    statements: Vec<Stmt>,
    /// The names of the functions, methods and fields in it, and of the closures.
    words: BTreeSet<String>,
}

impl Body {
    fn of(alone: Module) -> Self {
        let mut body = Self::default();
        AST::new_from_module(alone).walk(&mut |path: &[ASTNode<'_>]| {
            match path {
                [ASTNode::Stmt(statement)] => body.statements.push((*statement).clone()),
                [.., ASTNode::Expr(expression)] => body.words.extend(word(expression)),
                _ => {}
            }
            true
        });
        body
    }
}

/// The name that an expression itself mentions.
fn word(expression: &Expr) -> Option<String> {
    match expression {
        Expr::FnCall(call, _) | Expr::MethodCall(call, _) => Some(call.name.to_string()),
        Expr::Property(property, _) => Some(property.2.to_string()),
        Expr::DynamicConstant(value, _) => value.read_lock::<FnPtr>().map(|pointer| pointer.fn_name().to_owned()),
        _ => None,
    }
}

/// The words of a function and of the closures in it.
fn words(body: &Body, bodies: &HashMap<String, Body>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut waiting: Vec<&String> = body.words.iter().collect();
    while let Some(word) = waiting.pop() {
        if words.insert(word.clone()) && word.starts_with("anon$") {
            waiting.extend(bodies.get(word).into_iter().flat_map(|closure| &closure.words));
        }
    }
    words
}

fn names(parameters: &[rhai::ImmutableString]) -> Vec<String> {
    parameters.iter().map(ToString::to_string).collect()
}

fn doc<'c>(comments: impl Iterator<Item = &'c str>) -> String {
    let lines = comments.flat_map(str::lines).map(|line| line.trim_start_matches('/').trim());
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// So deep may statements and expressions of one function be nested: each `let` reaches to the end of its block, so a
/// long block is a deep tree. Whatever walks the tree later calls itself as often.
const MOST_NESTED: usize = 90;

struct Reader<'a> {
    source: &'a Arc<Source>,
    bodies: &'a HashMap<String, Body>,
    nesting: Cell<usize>,
}

impl Reader<'_> {
    fn place(&self, position: Position) -> Place {
        place(self.source, position)
    }

    fn syntax(&self, kind: SyntaxKind, position: Position) -> Syntax {
        Syntax { kind, place: self.place(position) }
    }

    fn outside(&self, construct: Construct, position: Position) -> Syntax {
        self.syntax(SyntaxKind::Outside(construct), position)
    }

    /// Reads something inside of what is being read.
    fn nested(&self, place: &Place, read: impl FnOnce() -> Syntax) -> Syntax {
        let nesting = self.nesting.get();
        if nesting >= MOST_NESTED {
            return Syntax { kind: SyntaxKind::Outside(construct::DEEP_NESTING), place: place.clone() };
        }
        self.nesting.set(nesting + 1);
        let syntax = read();
        self.nesting.set(nesting);
        syntax
    }

    /// Statements as one expression: `let` reaches to the end of its block, an early `return` is an `if`.
    fn block(&self, statements: &[Stmt], place: &Place) -> Syntax {
        self.nested(place, || self.statements(statements, place))
    }

    fn statements(&self, statements: &[Stmt], place: &Place) -> Syntax {
        let Some((first, rest)) = statements.split_first() else {
            return Syntax { kind: SyntaxKind::Outside(construct::EMPTY_BLOCK), place: place.clone() };
        };
        match first {
            Stmt::Noop(_) | Stmt::Share(_) if !rest.is_empty() => self.statements(rest, place),
            Stmt::Return(Some(value), options, _) if !options.contains(rhai::ASTFlags::BREAK) => self.expression(value),
            Stmt::Var(definition, ..) => {
                let value = self.expression(&definition.1);
                let then = self.block(rest, &value.place);
                let kind =
                    SyntaxKind::Let { name: definition.0.name.to_string(), value: value.into(), then: then.into() };
                self.syntax(kind, definition.0.pos)
            }
            Stmt::If(flow, position) if !rest.is_empty() && returns(&flow.body) && flow.branch.is_empty() => {
                self.if_else(flow, self.block(rest, place), *position)
            }
            Stmt::If(_, position) if !rest.is_empty() => self.outside(construct::DROPPED_VALUE, *position),
            Stmt::Expr(_) | Stmt::FnCall(..) | Stmt::Block(_) | Stmt::Switch(..) if !rest.is_empty() => {
                self.outside(construct::DROPPED_VALUE, first.position())
            }
            _ => self.statement(first),
        }
    }

    fn statement(&self, statement: &Stmt) -> Syntax {
        let position = statement.position();
        match statement {
            Stmt::Expr(expression) => self.expression(expression),
            Stmt::FnCall(call, position) => self.call(call, *position),
            Stmt::Block(block) => self.block(block.statements(), &self.place(position)),
            Stmt::If(flow, position) if flow.branch.is_empty() => self.outside(construct::IF_WITHOUT_ELSE, *position),
            Stmt::If(flow, position) => {
                self.if_else(flow, self.block(flow.branch.statements(), &self.place(*position)), *position)
            }
            Stmt::Switch(parts, position) => self.switch(&parts.0, &parts.1, *position),
            Stmt::While(..) | Stmt::Do(..) | Stmt::For(..) => self.outside(construct::LOOP, position),
            Stmt::Assignment(..) => self.outside(construct::ASSIGNMENT, position),
            Stmt::TryCatch(..) => self.outside(construct::TRY, position),
            Stmt::Return(..) => self.outside(construct::EMPTY_RETURN, position),
            _ => self.outside(construct::STATEMENT, position),
        }
    }

    fn if_else(&self, flow: &FlowControl, otherwise: Syntax, position: Position) -> Syntax {
        let condition = self.expression(&flow.expr).into();
        let then = self.block(flow.body.statements(), &self.place(position)).into();
        self.syntax(SyntaxKind::If { condition, then, otherwise: otherwise.into() }, position)
    }

    fn switch(&self, subject: &Expr, cases: &SwitchCasesCollection, position: Position) -> Syntax {
        if !cases.ranges.is_empty() {
            return self.outside(construct::NUMERIC_SWITCH, position);
        }
        let mut literals: Vec<Vec<Syntax>> = cases.expressions.iter().map(|_| Vec::new()).collect();
        for list in cases.cases.values() {
            let literal = self.case(&list.value, position);
            if matches!(literal.kind, SyntaxKind::Outside(_) | SyntaxKind::Number(_)) {
                return self.outside(construct::NUMERIC_SWITCH, position);
            }
            for at in &list.blocks {
                if let Some(entry) = literals.get_mut(*at) {
                    entry.push(literal.clone());
                }
            }
        }
        let guarded = cases.expressions.iter().any(|case| !matches!(case.lhs, Expr::BoolConstant(true, _)));
        if guarded {
            return self.outside(construct::GUARDED_CASE, position);
        }
        let value = |at: usize| cases.expressions.get(at).map(|case| self.expression(&case.rhs));
        let default = cases.def_case.and_then(value).map(Box::new);
        let mut arms: Vec<(Vec<Syntax>, Syntax)> = literals
            .into_iter()
            .enumerate()
            .filter(|(_, literals)| !literals.is_empty())
            .filter_map(|(at, literals)| Some((literals, value(at)?)))
            .collect();
        // The library keeps cases in a hash map: put them into the order of their text again.
        arms.sort_by_key(|(_, value)| start(&value.place));
        let subject = self.expression(subject).into();
        self.syntax(SyntaxKind::Switch { subject, cases: arms, default }, position)
    }

    /// A literal of a `switch`. The library keeps no place of it: a text is looked for behind the `switch`.
    fn case(&self, value: &Dynamic, position: Position) -> Syntax {
        let literal = self.constant(value, position);
        let (SyntaxKind::Text(text), Place::Text { span, .. }) = (&literal.kind, &literal.place) else {
            return literal;
        };
        let written = format!("\"{text}\"");
        let found = self.source.text.get(span.start..).and_then(|rest| rest.find(&written)).map(|at| span.start + at);
        let place = found.map(|start| Place::text(self.source, start..start + written.len()));
        Syntax { place: place.unwrap_or_else(|| literal.place.clone()), ..literal }
    }

    fn expression(&self, expression: &Expr) -> Syntax {
        self.nested(&self.place(expression.position()), || self.any_expression(expression))
    }

    fn any_expression(&self, expression: &Expr) -> Syntax {
        let position = expression.position();
        let all = |items: &[Expr]| items.iter().map(|item| self.expression(item)).collect::<Vec<_>>();
        match expression {
            Expr::DynamicConstant(value, _) => match value.clone().try_cast::<FnPtr>() {
                Some(pointer) => self.closure(&pointer, 0, position),
                None => self.constant(value, position),
            },
            Expr::BoolConstant(flag, _) => self.syntax(SyntaxKind::Flag(*flag), position),
            Expr::IntegerConstant(number, _) => self.syntax(SyntaxKind::Number(Number::whole(*number)), position),
            Expr::StringConstant(text, _) => self.syntax(SyntaxKind::Text(text.to_string()), position),
            Expr::Variable(variable, ..) => self.syntax(SyntaxKind::Name(variable.1.to_string()), position),
            Expr::FnCall(call, _) => self.call(call, position),
            Expr::Dot(pair, flags, _) if flags.contains(rhai::ASTFlags::NEGATED) => {
                // `x?.y`: a field of something that may be none is none, which is what every field does here.
                self.chain(self.expression(&pair.lhs), &pair.rhs)
            }
            Expr::Dot(pair, ..) => self.chain(self.expression(&pair.lhs), &pair.rhs),
            Expr::And(items, _) => self.syntax(SyntaxKind::And(all(items)), position),
            Expr::Or(items, _) => self.syntax(SyntaxKind::Or(all(items)), position),
            Expr::Coalesce(items, _) => self.syntax(SyntaxKind::OrElse(all(items)), position),
            Expr::Array(items, _) => self.syntax(SyntaxKind::List(all(items)), position),
            Expr::Stmt(block) => match block.statements() {
                [Stmt::Share(_), Stmt::Expr(inner)] => self.expression(inner),
                statements => self.block(statements, &self.place(position)),
            },
            Expr::Unit(_) => self.outside(construct::UNIT_VALUE, position),
            Expr::Index(..) => self.outside(construct::INDEX, position),
            Expr::InterpolatedString(..) => self.outside(construct::INTERPOLATION, position),
            Expr::Map(..) => self.outside(construct::OBJECT, position),
            Expr::ThisPtr(_) => self.outside(construct::THIS, position),
            Expr::CharConstant(..) => self.outside(construct::CHARACTER, position),
            _ => self.outside(construct::EXPRESSION, position),
        }
    }

    /// `on.rest`, where the rest of a chain is nested to the right.
    fn chain(&self, on: Syntax, rest: &Expr) -> Syntax {
        match rest {
            Expr::Property(property, position) => {
                self.syntax(SyntaxKind::Field(on.into(), property.2.to_string()), *position)
            }
            Expr::MethodCall(call, position) => {
                let arguments = call.args.iter().map(|argument| self.expression(argument)).collect();
                self.syntax(SyntaxKind::Method { on: on.into(), name: call.name.to_string(), arguments }, *position)
            }
            Expr::Dot(pair, ..) => self.chain(self.chain(on, &pair.lhs), &pair.rhs),
            other => self.outside(construct::INDEX, other.position()),
        }
    }

    fn call(&self, call: &FnCallExpr, position: Position) -> Syntax {
        let argument = |at: usize| call.args.get(at).map(|argument| Box::new(self.expression(argument)));
        if call.name == "curry"
            && let Some(Expr::DynamicConstant(value, _)) = call.args.first()
            && let Some(pointer) = value.clone().try_cast::<FnPtr>()
        {
            return self.closure(&pointer, call.args.len() - 1, position);
        }
        let kind = match (call.name.as_str(), call.args.len(), call.op_token.is_some()) {
            ("!", 1, true) => argument(0).map(SyntaxKind::Not),
            ("-", 1, true) => argument(0).map(SyntaxKind::Negate),
            ("contains", 2, _) => argument(1).zip(argument(0)).map(|(item, list)| SyntaxKind::In(item, list)),
            (name, 2, true) => match BinaryOperator::from_symbol(name).zip(argument(0).zip(argument(1))) {
                Some((operator, (left, right))) => Some(SyntaxKind::Binary(operator, left, right)),
                None => return self.outside(construct::OPERATOR, position),
            },
            (name, ..) => {
                let arguments = call.args.iter().map(|argument| self.expression(argument)).collect();
                Some(SyntaxKind::Call { name: name.to_owned(), arguments })
            }
        };
        match kind {
            Some(kind) => self.syntax(kind, position),
            None => self.outside(construct::OPERATOR, position),
        }
    }

    fn closure(&self, pointer: &FnPtr, captured: usize, position: Position) -> Syntax {
        let Some(body) = self.bodies.get(pointer.fn_name()).filter(|_| pointer.fn_name().starts_with("anon$")) else {
            return self.outside(construct::FUNCTION_POINTER, position);
        };
        let parameters = body.parameters.get(captured..).unwrap_or_default().to_vec();
        let inner = self.block(&body.statements, &self.place(position));
        self.syntax(SyntaxKind::Closure { parameters, body: inner.into() }, position)
    }

    fn constant(&self, value: &Dynamic, position: Position) -> Syntax {
        if let Ok(decimal) = value.as_decimal() {
            return self.decimal(decimal, position);
        }
        if let Ok(flag) = value.as_bool() {
            return self.syntax(SyntaxKind::Flag(flag), position);
        }
        if let Ok(number) = value.as_int() {
            return self.syntax(SyntaxKind::Number(Number::whole(number)), position);
        }
        match value.clone().into_string() {
            Ok(text) => self.syntax(SyntaxKind::Text(text), position),
            Err(_) => self.outside(construct::CONSTANT, position),
        }
    }

    fn decimal(&self, decimal: Decimal, position: Position) -> Syntax {
        match Number::scaled(decimal.mantissa(), decimal.scale()) {
            Some(number) => self.syntax(SyntaxKind::Number(number), position),
            None => self.outside(construct::LONG_NUMBER, position),
        }
    }
}

fn returns(block: &rhai::StmtBlock) -> bool {
    matches!(block.statements().last(), Some(Stmt::Return(Some(_), ..)))
}

fn start(place: &Place) -> usize {
    if let Place::Text { span, .. } = place { span.start } else { 0 }
}
