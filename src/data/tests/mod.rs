//! From files to a dataset.

mod faulty_rows;
mod intake;
mod keys;
mod links;
mod office;
mod side_by_side;
