//! Pictures of the what-ifs: SVG, each with its figures as CSV beside it.
//!
//! A picture decides nothing: numbers become floats here, on their way to the paper and never back.

mod area;
mod intervals;
mod paper;
mod slope;
mod steps;
mod waterfall;
mod words;

use std::io;

use crate::diagnostic::Language;
use crate::report::whatif::csv::write;
use crate::scenario::{Compared, Mapped, Robust, Sought, Swept};

/// A picture and the figures that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// The picture, as SVG.
    pub svg: String,
    /// What it shows, as CSV: exact, and with no words of any language.
    pub csv: Vec<u8>,
}

/// The figures of a picture under their columns.
fn lines(columns: &[&str], rows: Vec<Vec<String>>) -> io::Result<Vec<u8>> {
    let mut csv = Vec::new();
    write(columns, rows, &mut csv)?;
    Ok(csv)
}

/// The ranks of all units that move, before and after.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn compared(compared: &Compared, language: Language) -> io::Result<Plot> {
    slope::plot(compared, language)
}

/// How many units have each award over the range of a number.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn swept(swept: &Swept, language: Language) -> io::Result<Plot> {
    steps::plot(swept, language)
}

/// Who wins in which cell while two numbers move together.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn mapped(mapped: &Mapped, language: Language) -> io::Result<Plot> {
    area::plot(mapped, language)
}

/// The places that each unit may have.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn robust(robust: &Robust, language: Language) -> io::Result<Plot> {
    intervals::plot(robust, language)
}

/// The points of a unit today, and those that the way to its goal brings.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn sought(sought: &Sought, language: Language) -> io::Result<Plot> {
    waterfall::plot(sought, language)
}
