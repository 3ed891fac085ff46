//! `thidua.map/1`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::report::json::WarningJson;
use crate::scenario::{Cell, Mapped, Over, Strip, Won};
use crate::value::Number;

use super::write;

/// Who wins what while two numbers move together.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.map/1"))]
pub struct MapJson {
    /// The name and version of this form: `thidua.map/1`.
    pub schema: &'static str,
    /// The number that cuts strips, and the one that cuts them into cells.
    pub over: Vec<OverJson>,
    /// Whether every value at which anybody else wins is there.
    pub exact: bool,
    /// The value of the first number before which the map ends; null where it holds its whole range.
    pub cut: Option<String>,
    /// The class of today's values; null where they lie outside.
    pub today: Option<usize>,
    /// The strips, in order.
    pub strips: Vec<StripJson>,
    /// Who wins, by the classes of cells.
    pub classes: Vec<Vec<WonJson>>,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
}

/// A number that is moved.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Over"))]
pub struct OverJson {
    /// Its path.
    pub path: String,
    /// The first value, as the campaign writes it.
    pub from: String,
    /// The last value.
    pub to: String,
    /// Today's value; null where it is not one number.
    pub today: Option<String>,
}

/// All values of the first number between which the second matters in the same way.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Strip"))]
pub struct StripJson {
    /// The first value.
    pub from: String,
    /// Whether it belongs to the strip.
    pub from_included: bool,
    /// The last value.
    pub to: String,
    /// Whether it belongs to the strip.
    pub to_included: bool,
    /// Its cells, in order.
    pub cells: Vec<CellJson>,
}

/// All values of the second number with which the same units win the same awards.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Cell"))]
pub struct CellJson {
    /// The first value.
    pub from: String,
    /// Whether it belongs to the cell.
    pub from_included: bool,
    /// The last value.
    pub to: String,
    /// Whether it belongs to the cell.
    pub to_included: bool,
    /// Its class.
    pub class: usize,
}

/// Who wins an award.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Won"))]
pub struct WonJson {
    /// The level.
    pub level: String,
    /// The award.
    pub award: String,
    /// The units.
    pub units: Vec<String>,
}

impl MapJson {
    /// A map in this form.
    #[must_use]
    pub fn new(mapped: &Mapped, language: Language) -> Self {
        let [first, second] = &mapped.overs;
        let over = |(over, today): (&Over, Option<Number>)| OverJson {
            path: over.path.clone(),
            from: over.written(over.from),
            to: over.written(over.to),
            today: today.map(|today| over.written(today)),
        };
        let cell = |cell: &Cell| CellJson {
            from: second.written(cell.from.at),
            from_included: cell.from.included,
            to: second.written(cell.to.at),
            to_included: cell.to.included,
            class: cell.class,
        };
        let strip = |strip: &Strip| StripJson {
            from: first.written(strip.from.at),
            from_included: strip.from.included,
            to: first.written(strip.to.at),
            to_included: strip.to.included,
            cells: strip.cells.iter().map(cell).collect(),
        };
        let won = |won: &Won| WonJson {
            level: won.level.clone(),
            award: won.award.clone(),
            units: won.units.iter().map(|(id, _)| id.clone()).collect(),
        };
        Self {
            schema: "thidua.map/1",
            over: mapped.overs.iter().zip(mapped.today).map(over).collect(),
            exact: mapped.exact,
            cut: mapped.cut.map(|at| first.written(at)),
            today: mapped.today_is(),
            strips: mapped.strips.iter().map(strip).collect(),
            classes: mapped.classes.iter().map(|class| class.iter().map(won).collect()).collect(),
            warnings: mapped.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
        }
    }
}

/// Writes a map, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn mapped(mapped: &Mapped, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write(&MapJson::new(mapped, language), out)
}
