//! Texts that were written by people, and the places in them.

mod place;

pub use place::{CellPlace, Place, Source};
