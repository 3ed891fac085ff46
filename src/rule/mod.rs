//! Rules: read in a sandbox, checked, and lowered to typed expressions over columns.

mod assume;
mod calculation;
mod cell;
mod columnar;
mod construct;
mod expression;
mod interpret;
mod library;
mod linear;
mod lower;
mod route;
mod sandbox;
mod scalar;
mod short;
mod syntax;
mod tree;
mod types;
mod values;

pub use calculation::Calculation;
pub use cell::Cell;
pub use columnar::{Columnar, FirstFailure, Mask};
pub use construct::Construct;
pub use expression::*;
pub use interpret::{Answer, Interpreter, Unanswered};
pub use library::Library;
pub use lower::{Judging, Lowered, Moment, Purpose, Request, Scope, Scored, Units, lower, reads_facts};
pub use scalar::{Context, Days, DerivedValues, Failure, compare, constant_cell};
pub use short::{Short, Shorten};
pub use syntax::{BinaryOperator, Function, Syntax, SyntaxKind};
pub use types::{Base, Type};
