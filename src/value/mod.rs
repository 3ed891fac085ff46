//! The values that rules compute with, and what can be known of them.
//!
//! * [`Number`] — exact: a ratio of whole numbers, never a float.
//! * [`Day`] — a calendar day in Vietnam.
//! * [`Truth`] — Kleene's three answers.
//! * [`Possible`] — the values that something unknown may still have.
//! * [`Tally`] — the rows behind a share, by what is known of them.

mod day;
mod fold;
mod fraction;
mod interval;
mod list;
pub(crate) mod modern;
mod number;
mod possible;
mod root;
mod short;
mod tally;
mod text;
mod threads;
mod truth;

pub use day::Day;
pub use fold::{bare, fold, is_control, without_hidden};
pub use fraction::{Fraction, Parts};
pub use list::{Keep, List};
pub use number::{ArithmeticFault, Number, NumberFault};
pub use possible::{Possible, Range};
pub use tally::{Row, Tally};
pub use text::{cut, nearest, nfc, visible};
pub use threads::{side_by_side, threads};
pub use truth::Truth;
