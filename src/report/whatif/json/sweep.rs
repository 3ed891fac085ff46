//! `thidua.sweep/1`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::report::json::WarningJson;
use crate::scenario::{Break, End, Flip, Swept};

use super::super::{item_id, said_id};
use super::write;

/// Every value of a number at which something changes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.sweep/1"))]
pub struct SweepJson {
    /// The name and version of this form: `thidua.sweep/1`.
    pub schema: &'static str,
    /// The path of the number.
    pub path: String,
    /// The first value, as the campaign writes it.
    pub from: String,
    /// The last value.
    pub to: String,
    /// Today's value; null where it is not one number.
    pub today: Option<String>,
    /// Whether every value at which something changes is there.
    pub exact: bool,
    /// The values around today's at which nothing changes; null where today's lies outside.
    pub stable: Option<StableJson>,
    /// The values at which something changes, in order.
    pub breaks: Vec<BreakJson>,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
}

/// A span of values.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Stable"))]
pub struct StableJson {
    /// Its first end.
    pub from: String,
    /// Whether that value belongs to it.
    pub from_included: bool,
    /// Its last end.
    pub to: String,
    /// Whether that value belongs to it.
    pub to_included: bool,
}

/// A value at which something changes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Break"))]
pub struct BreakJson {
    /// The value.
    pub at: String,
    /// Whether it changes from this value on, or only beyond it.
    pub included: bool,
    /// What changes.
    pub flips: Vec<FlipJson>,
}

/// One thing that changes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Flip"))]
pub struct FlipJson {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// `unit`, `verdict`, `grade`, `rank` or `award`.
    pub kind: &'static str,
    /// The criterion or award.
    pub item: Option<String>,
    /// What is said below.
    pub before: Option<String>,
    /// What is said from there on.
    pub after: Option<String>,
}

impl SweepJson {
    /// A sweep in this form.
    #[must_use]
    pub fn new(swept: &Swept, language: Language) -> Self {
        let over = &swept.over;
        let stable = |(from, to): (End, End)| StableJson {
            from: over.written(from.at),
            from_included: from.included,
            to: over.written(to.at),
            to_included: to.included,
        };
        let flip = |flip: &Flip| {
            let (kind, item) = item_id(&flip.item);
            FlipJson {
                level: flip.level.clone(),
                unit: flip.unit.clone(),
                kind,
                item: (!item.is_empty()).then(|| item.to_owned()),
                before: said_id(&flip.before),
                after: said_id(&flip.after),
            }
        };
        let at = |at: &Break| BreakJson {
            at: over.written(at.at),
            included: at.included,
            flips: at.flips.iter().map(flip).collect(),
        };
        Self {
            schema: "thidua.sweep/1",
            path: over.path.clone(),
            from: over.written(over.from),
            to: over.written(over.to),
            today: swept.today.map(|today| over.written(today)),
            exact: swept.exact,
            stable: swept.stable.map(stable),
            breaks: swept.breaks.iter().map(at).collect(),
            warnings: swept.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
        }
    }
}

/// Writes a sweep, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn swept(swept: &Swept, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write(&SweepJson::new(swept, language), out)
}
