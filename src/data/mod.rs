//! Data as the engine computes with it: typed columns.
//!
//! Files ([`read_file`]) and rows built in code ([`from_rows`]) become [`RawTable`]s through one piece that types cells;
//! [`assemble`] makes them a [`Dataset`]: one [`Table`] for each table of the schema, with the columns that were asked
//! for. Cells are known, unknown, or none. Whatever was wrong on the way in is told in diagnostics and counted in
//! [`Intake`].

mod assemble;
mod bits;
mod builder;
mod cell;
mod code;
mod column;
mod column_builder;
mod cuts;
mod dialect;
mod digits;
mod draft;
mod edit;
mod ends;
mod faults;
mod file;
mod gate;
mod grid;
mod header;
mod input;
mod key;
mod legacy;
mod lines;
mod link;
mod marks;
mod memo;
mod notation;
mod numbers;
mod passing;
mod plain;
mod quick;
mod records;
mod row;
mod rows;
mod screen;
mod sniff;
mod source;
mod stretch;
mod stretches;
mod table;
mod text;
mod texts;
mod tree;
mod workbook;
mod zeros;

pub use assemble::assemble;
pub use bits::Bits;
pub use column::{Column, NO_ROW, Values};
pub use edit::{NewCell, TextRow, can_say, compare_cells, from_texts};
pub use file::read_file;
pub use input::Input;
pub use lines::Lines;
pub use numbers::Numbers;
pub use passing::{Passed, Passing, Watch, pass};
pub use plain::{Plain, PlainRow, is_date, is_formula_error, is_number, plain};
pub use rows::from_rows;
pub use table::{Dataset, Found, Intake, RawTable, Table};
pub use texts::Texts;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
