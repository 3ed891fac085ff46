//! Data as the engine computes with it: typed columns.
//!
//! A [`Dataset`] holds one [`Table`] for each table of the schema, with the columns that were asked for. Cells are
//! known, unknown, or none. Whatever was wrong on the way in is told in diagnostics and counted in [`Intake`].

mod bits;
mod column;
mod csv;
mod link;
mod numbers;
mod table;
mod texts;

pub use bits::Bits;
pub use column::{Column, NO_ROW, Values};
pub use numbers::Numbers;
pub use table::{Dataset, Intake, RawTable, Table};
pub use texts::Texts;
