//! The one place that reads the script library's syntax tree.
//!
//! A closure is stored as a pointer to a function `anon$…` of the same script; what it captures becomes leading
//! parameters, with the names of the captured variables. A function's body cannot be reached by name, so each
//! function is put into a script of its own and that script is walked.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{AST, ASTNode, Dynamic, Expr, FlowControl, FnCallExpr, FnPtr, Module, Position, Stmt, SwitchCasesCollection};
use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Place, Source};
use crate::value::Number;

use super::syntax::{BinaryOperator, Function, Syntax, SyntaxKind};

/// Reads the functions of a script; what a rule file must not hold is reported.
pub(super) fn functions(ast: &AST, source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Vec<Function> {
    let mut bodies = HashMap::new();
    for definition in ast.iter_fn_def() {
        let mut alone = Module::new();
        alone.set_script_fn(Arc::clone(definition));
        bodies.insert(definition.name.to_string(), Body { parameters: names(&definition.params), statements: statements(alone) });
    }
    let reader = Reader { source, bodies: &bodies };
    if let Some(stray) = ast.statements().first() {
        let fault = Diagnostic::new(&catalogue::FORBIDDEN_IN_RULES).with("construct", "a statement outside a function");
        faults.push(fault.with("remedy", "write `fn name() { … }`").at(reader.place(stray.position())));
    }
    let mut functions = Vec::new();
    for definition in ast.iter_fn_def().filter(|definition| !definition.name.starts_with("anon$")) {
        let Some(body) = bodies.get(definition.name.as_str()) else { continue };
        let place = reader.place(body.statements.first().map_or(Position::NONE, Stmt::position));
        functions.push(Function {
            name: definition.name.to_string(),
            parameters: body.parameters.clone(),
            body: reader.block(&body.statements, &place),
            doc: doc(definition.comments.iter().map(AsRef::as_ref)),
            place,
            source: Arc::clone(source),
        });
    }
    functions
}

struct Body {
    parameters: Vec<String>,
    statements: Vec<Stmt>,
}

fn names(parameters: &[rhai::ImmutableString]) -> Vec<String> {
    parameters.iter().map(ToString::to_string).collect()
}

fn statements(alone: Module) -> Vec<Stmt> {
    let mut found = Vec::new();
    AST::new_from_module(alone).walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(statement)] = path {
            found.push((*statement).clone());
        }
        true
    });
    found
}

fn doc<'c>(comments: impl Iterator<Item = &'c str>) -> String {
    let lines = comments.flat_map(str::lines).map(|line| line.trim_start_matches('/').trim());
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    bodies: &'a HashMap<String, Body>,
}

impl Reader<'_> {
    /// The word or sign at a position.
    fn place(&self, position: Position) -> Place {
        let (Some(line), Some(column)) = (position.line(), position.position()) else { return Place::Nowhere };
        let start = self.source.offset(line, column);
        let rest = self.source.text.get(start..).unwrap_or("");
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let sign = rest.find(|c: char| c.is_alphanumeric() || c.is_whitespace() || "()\"|{}_".contains(c)).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        Place::text(self.source, start..start + word.max(sign).max(first))
    }

    fn syntax(&self, kind: SyntaxKind, position: Position) -> Syntax {
        Syntax { kind, place: self.place(position) }
    }

    fn outside(&self, construct: &'static str, remedy: &'static str, position: Position) -> Syntax {
        self.syntax(SyntaxKind::Outside { construct, remedy }, position)
    }

    /// Statements as one expression: `let` reaches to the end of its block, an early `return` is an `if`.
    fn block(&self, statements: &[Stmt], place: &Place) -> Syntax {
        let Some((first, rest)) = statements.split_first() else {
            let kind = SyntaxKind::Outside { construct: "an empty block", remedy: "return a value" };
            return Syntax { kind, place: place.clone() };
        };
        match first {
            Stmt::Noop(_) | Stmt::Share(_) if !rest.is_empty() => self.block(rest, place),
            Stmt::Return(Some(value), options, _) if !options.contains(rhai::ASTFlags::BREAK) => self.expression(value),
            Stmt::Var(definition, ..) => {
                let value = self.expression(&definition.1);
                let then = self.block(rest, &value.place);
                let kind = SyntaxKind::Let { name: definition.0.name.to_string(), value: value.into(), then: then.into() };
                self.syntax(kind, definition.0.pos)
            }
            Stmt::If(flow, position) if !rest.is_empty() => match returns(&flow.body) && flow.branch.is_empty() {
                true => self.if_else(flow, self.block(rest, place), *position),
                false => self.outside("a statement whose value is dropped", "bind it with `let`, or return it", *position),
            },
            _ if rest.is_empty() => self.statement(first),
            Stmt::Expr(_) | Stmt::FnCall(..) | Stmt::Block(_) | Stmt::Switch(..) => {
                self.outside("a statement whose value is dropped", "bind it with `let`, or return it", first.position())
            }
            other => self.statement(other),
        }
    }

    fn statement(&self, statement: &Stmt) -> Syntax {
        let position = statement.position();
        match statement {
            Stmt::Expr(expression) => self.expression(expression),
            Stmt::FnCall(call, position) => self.call(call, *position),
            Stmt::Block(block) => self.block(block.statements(), &self.place(position)),
            Stmt::If(flow, position) if flow.branch.is_empty() => {
                self.outside("an `if` without `else`", "say what the value is otherwise", *position)
            }
            Stmt::If(flow, position) => self.if_else(flow, self.block(flow.branch.statements(), &self.place(*position)), *position),
            Stmt::Switch(parts, position) => self.switch(&parts.0, &parts.1, *position),
            Stmt::While(..) | Stmt::Do(..) | Stmt::For(..) => self.outside("a loop", "use a method of the row set", position),
            Stmt::Assignment(..) => self.outside("an assignment", "bind a new name with `let`", position),
            Stmt::TryCatch(..) => self.outside("`try`", "a rule cannot catch faults", position),
            Stmt::Return(..) => self.outside("`throw` or an empty `return`", "return a value, or `not_applicable`", position),
            _ => self.outside("this statement", "use an expression", position),
        }
    }

    fn if_else(&self, flow: &FlowControl, otherwise: Syntax, position: Position) -> Syntax {
        let condition = self.expression(&flow.expr).into();
        let then = self.block(flow.body.statements(), &self.place(position)).into();
        self.syntax(SyntaxKind::If { condition, then, otherwise: otherwise.into() }, position)
    }

    fn switch(&self, subject: &Expr, cases: &SwitchCasesCollection, position: Position) -> Syntax {
        if !cases.ranges.is_empty() {
            return self.outside("`switch` on numbers", "compare with `if`", position);
        }
        let mut literals: Vec<Vec<Syntax>> = cases.expressions.iter().map(|_| Vec::new()).collect();
        for list in cases.cases.values() {
            let literal = self.constant(&list.value, position);
            if matches!(literal.kind, SyntaxKind::Outside { .. } | SyntaxKind::Number(_)) {
                return self.outside("`switch` on numbers", "compare with `if`", position);
            }
            for at in &list.blocks {
                if let Some(entry) = literals.get_mut(*at) {
                    entry.push(literal.clone());
                }
            }
        }
        let guarded = cases.expressions.iter().any(|case| !matches!(case.lhs, Expr::BoolConstant(true, _)));
        if guarded {
            return self.outside("a `switch` case with a condition", "use `if`", position);
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

    fn expression(&self, expression: &Expr) -> Syntax {
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
            Expr::Unit(_) => self.outside("`()`", "write `none`", position),
            Expr::Index(..) => self.outside("an index", "use a method of the row set", position),
            Expr::InterpolatedString(..) => self.outside("an interpolated text", "use plain text", position),
            Expr::Map(..) => self.outside("an object", "use `params` or `args`", position),
            Expr::ThisPtr(_) => self.outside("`this`", "name the row", position),
            Expr::CharConstant(..) => self.outside("a character", "write it as a text in double quotes", position),
            _ => self.outside("this expression", "use fields, methods and operators", position),
        }
    }

    /// `on.rest`, where the rest of a chain is nested to the right.
    fn chain(&self, on: Syntax, rest: &Expr) -> Syntax {
        match rest {
            Expr::Property(property, position) => self.syntax(SyntaxKind::Field(on.into(), property.2.to_string()), *position),
            Expr::MethodCall(call, position) => {
                let arguments = call.args.iter().map(|argument| self.expression(argument)).collect();
                self.syntax(SyntaxKind::Method { on: on.into(), name: call.name.to_string(), arguments }, *position)
            }
            Expr::Dot(pair, ..) => self.chain(self.chain(on, &pair.lhs), &pair.rhs),
            other => self.outside("an index", "use a method of the row set", other.position()),
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
                None => return self.outside("this operator", "use + - * / % == != < <= > >= && || ! ?? in", position),
            },
            (name, ..) => {
                let arguments = call.args.iter().map(|argument| self.expression(argument)).collect();
                Some(SyntaxKind::Call { name: name.to_owned(), arguments })
            }
        };
        match kind {
            Some(kind) => self.syntax(kind, position),
            None => self.outside("this operator", "use it with its operands", position),
        }
    }

    fn closure(&self, pointer: &FnPtr, captured: usize, position: Position) -> Syntax {
        let Some(body) = self.bodies.get(pointer.fn_name()).filter(|_| pointer.fn_name().starts_with("anon$")) else {
            return self.outside("a function pointer", "write a closure `|row| …`", position);
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
            Err(_) => self.outside("this constant", "use a number, a text, true or false", position),
        }
    }

    fn decimal(&self, decimal: Decimal, position: Position) -> Syntax {
        match Number::scaled(decimal.mantissa(), decimal.scale()) {
            Some(number) => self.syntax(SyntaxKind::Number(number), position),
            None => self.outside("a number with so many digits", "use fewer digits", position),
        }
    }
}

fn returns(block: &rhai::StmtBlock) -> bool {
    matches!(block.statements().last(), Some(Stmt::Return(Some(_), ..)))
}

fn start(place: &Place) -> usize {
    if let Place::Text { span, .. } = place { span.start } else { 0 }
}
