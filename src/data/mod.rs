//! Data as the engine computes with it: typed columns.
//!
//! Files ([`read_csv`]) and rows built in code ([`from_rows`]) become [`RawTable`]s through one piece that types cells;
//! [`assemble`] makes them a [`Dataset`]: one [`Table`] for each table of the schema, with the columns that were asked
//! for. Cells are known, unknown, or none. Whatever was wrong on the way in is told in diagnostics and counted in
//! [`Intake`].

mod assemble;
mod bits;
mod builder;
mod cell;
mod column;
mod csv;
mod draft;
mod edit;
mod faults;
mod key;
mod link;
mod numbers;
mod records;
mod rows;
mod table;
mod texts;
mod tree;

pub use assemble::assemble;
pub use bits::Bits;
pub use column::{Column, NO_ROW, Values};
pub use csv::read_csv;
pub use edit::{NewCell, TextRow, can_say, compare_cells, from_texts};
pub use numbers::Numbers;
pub use rows::from_rows;
pub use table::{Dataset, Intake, RawTable, Table};
pub use texts::Texts;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
