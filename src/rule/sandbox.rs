//! The script engine with everything taken away that a rule does not need.
//!
//! It starts empty: no packages, so no file, clock, randomness or printing. Texts and calls are limited three ways
//! (operations, depth, size), expression depth alike in debug and release builds.

use rhai::{Engine, OptimizationLevel, Position, Token};
use rust_decimal::Decimal;

/// The most bytes of one rule file.
pub(super) const MAX_SOURCE: usize = 1 << 20;
/// The most operations of one run of a rule.
pub(super) const MAX_OPERATIONS: u64 = 5_000_000;
const MAX_DEPTH: usize = 64;
const MAX_CALLS: usize = 32;
const MAX_TEXT: usize = 64 << 10;
const MAX_ITEMS: usize = 10_000;

/// Words that a rule file must not use.
const DISABLED: [&str; 8] = ["eval", "import", "export", "private", "print", "debug", "sleep", "Fn"];

/// An engine that reads and runs rules.
pub(super) fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine
        // The tree that is lowered is the tree that was written.
        .set_optimization_level(OptimizationLevel::None)
        // Registered operators are used even where the engine has some of its own.
        .set_fast_operators(false)
        .set_fail_on_invalid_map_property(true)
        .set_max_operations(MAX_OPERATIONS)
        .set_max_expr_depths(MAX_DEPTH, MAX_DEPTH)
        .set_max_call_levels(MAX_CALLS)
        .set_max_string_size(MAX_TEXT)
        .set_max_array_size(MAX_ITEMS)
        .set_max_map_size(MAX_ITEMS);
    for word in DISABLED {
        engine.disable_symbol(word);
    }
    #[expect(deprecated, reason = "the library marks the hook as volatile; its version is pinned")]
    engine.on_parse_token(exact_decimal);
    engine
}

/// Decimals are read from their digits, never through a float.
fn exact_decimal(token: Token, _: Position, _: &rhai::TokenizeState) -> Token {
    match token {
        Token::FloatConstant(constant) => {
            let exact = Decimal::from_str_exact(constant.1.as_str());
            exact.map_or_else(
                |_| Token::FloatConstant(constant),
                |decimal| Token::DecimalConstant((decimal, "".into()).into()),
            )
        }
        other => other,
    }
}
