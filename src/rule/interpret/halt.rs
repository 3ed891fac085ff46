//! Why a rule stops before it has an answer.

use rhai::{Dynamic, EvalAltResult, Position};
use thiserror::Error;

use super::super::scalar::Failure;
use crate::value::ArithmeticFault;

/// Why a rule has no answer for a unit.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unanswered {
    /// It looked at something that nobody knows: its answer is open, and nothing is wrong with it.
    #[error("{0} is unknown")]
    Unknown(String),
    /// It failed.
    #[error("{0}")]
    Failed(String),
}

pub(super) type Outcome<T> = Result<T, Unanswered>;

/// What a native function returns to the engine.
pub(super) type Native<T> = Result<T, Box<EvalAltResult>>;

impl Unanswered {
    pub(super) fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(reason.into())
    }

    /// The reason in an error of the engine. (It keeps no place of what ends a rule for good.)
    pub(super) fn of(error: &EvalAltResult) -> Self {
        match error.unwrap_inner() {
            EvalAltResult::ErrorTerminated(token, _) => {
                token.clone().try_cast().unwrap_or_else(|| Self::failed(error.to_string()))
            }
            other => Self::failed(other.to_string()),
        }
    }
}

/// An end that `try` does not catch: a rule must not turn the unknown, or a fault, into an answer.
impl From<Unanswered> for Box<EvalAltResult> {
    fn from(why: Unanswered) -> Self {
        EvalAltResult::ErrorTerminated(Dynamic::from(why), Position::NONE).into()
    }
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Self::failed(failure.to_string())
    }
}

impl From<ArithmeticFault> for Unanswered {
    fn from(fault: ArithmeticFault) -> Self {
        Self::failed(fault.to_string())
    }
}
