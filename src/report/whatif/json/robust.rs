//! `thidua.robust/1`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::report::json::WarningJson;
use crate::scenario::{Cliff, Heap, Robust, Stable, Standing, Weight};

use super::write;

/// How sure ranks and awards are.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.robust/1"))]
pub struct RobustJson {
    /// The name and version of this form: `thidua.robust/1`.
    pub schema: &'static str,
    /// How far every weight may move up or down, as a part of itself.
    pub by: String,
    /// How many times weights were drawn.
    pub draws: u32,
    /// What the draws began with.
    pub seed: u64,
    /// The weights that were moved, and between which ends.
    pub weights: Vec<MovedJson>,
    /// One for each unit that is ranked or may win something.
    pub units: Vec<StandingJson>,
    /// How far each weight may move alone before an award changes hands.
    pub stable: Vec<StableJson>,
    /// Units near a bar.
    pub cliffs: Vec<CliffJson>,
    /// How many of them stand on either side of each bar.
    pub heaps: Vec<HeapJson>,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
}

/// How sure the standing of a unit is.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Standing"))]
pub struct StandingJson {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its cluster.
    pub cluster: Option<String>,
    /// The best and the worst place today, whatever is unknown.
    pub today: Option<[usize; 2]>,
    /// The best and the worst place that occurred in draws.
    pub drawn: Option<[usize; 2]>,
    /// The best and the worst place that occurred when one criterion was left out.
    pub left_out: Option<[usize; 2]>,
    /// In how many draws the unit had each place.
    pub places: Vec<PlaceJson>,
    /// In how many draws each award was won.
    pub awards: Vec<ChanceJson>,
}

/// A weight that was moved.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Moved"))]
pub struct MovedJson {
    /// The criterion.
    pub criterion: String,
    /// The path of the number.
    pub path: String,
    /// Its value today.
    pub today: String,
    /// The least that was drawn from.
    pub from: String,
    /// The greatest.
    pub to: String,
}

/// In how many draws a unit had a place.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Place"))]
pub struct PlaceJson {
    /// The place.
    pub place: usize,
    /// Surely.
    pub sure: u32,
    /// Surely or perhaps.
    pub perhaps: u32,
}

/// The units around a bar.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Heap"))]
pub struct HeapJson {
    /// The level.
    pub level: String,
    /// The criterion.
    pub criterion: String,
    /// How many units near the bar meet it.
    pub above: usize,
    /// How many near it miss it.
    pub below: usize,
    /// How many points the last step to the bar brings; null where their form does not say it.
    pub jump: Option<String>,
}

/// In how many draws an award was won.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Chance"))]
pub struct ChanceJson {
    /// The award.
    pub id: String,
    /// Surely.
    pub granted: u32,
    /// Surely or perhaps.
    pub perhaps: u32,
}

/// How far a weight may move alone.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Weight"))]
pub struct StableJson {
    /// Its path.
    pub path: String,
    /// Its value today.
    pub today: String,
    /// The first value with the same winners.
    pub from: String,
    /// Whether that value belongs to them.
    pub from_included: bool,
    /// The last value with the same winners.
    pub to: String,
    /// Whether that value belongs to them.
    pub to_included: bool,
    /// Whether every value was looked at.
    pub exact: bool,
}

/// A unit near a bar.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Cliff"))]
pub struct CliffJson {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// What it measured, exact.
    pub value: String,
    /// The bar, exact.
    pub bar: String,
    /// Whether it stands on the side that is met.
    pub met: bool,
    /// Whether one row more or less with the property takes it to the other side.
    pub one_row: bool,
    /// The points that it has.
    pub points: Option<String>,
    /// Of how many.
    pub of: Option<String>,
}

impl RobustJson {
    /// What came of it, in this form.
    #[must_use]
    pub fn new(robust: &Robust, language: Language) -> Self {
        Self {
            schema: "thidua.robust/1",
            by: robust.vary.by.to_string(),
            draws: robust.vary.draws,
            seed: robust.vary.seed,
            weights: robust.weights.iter().map(moved).collect(),
            units: robust.units.iter().map(standing).collect(),
            stable: robust.stable.iter().map(stable).collect(),
            cliffs: robust.cliffs.iter().map(cliff).collect(),
            heaps: robust.heaps.iter().map(heap).collect(),
            warnings: robust.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
        }
    }
}

fn moved(weight: &Weight) -> MovedJson {
    MovedJson {
        criterion: weight.criterion.clone(),
        path: weight.path.clone(),
        today: weight.today.to_string(),
        from: weight.from.to_string(),
        to: weight.to.to_string(),
    }
}

fn heap(heap: &Heap) -> HeapJson {
    HeapJson {
        level: heap.level.clone(),
        criterion: heap.criterion.clone(),
        above: heap.above,
        below: heap.below,
        jump: heap.jump.map(|jump| jump.to_string()),
    }
}

fn standing(unit: &Standing) -> StandingJson {
    let span = |span: Option<(usize, usize)>| span.map(|(best, worst)| [best, worst]);
    let chance = |(id, granted, perhaps): &(String, u32, u32)| ChanceJson {
        id: id.clone(),
        granted: *granted,
        perhaps: *perhaps,
    };
    StandingJson {
        level: unit.level.clone(),
        unit: unit.unit.clone(),
        cluster: unit.cluster.clone(),
        today: span(unit.today),
        drawn: span(unit.drawn),
        left_out: span(unit.left_out),
        places: unit.places.iter().map(|&(place, sure, perhaps)| PlaceJson { place, sure, perhaps }).collect(),
        awards: unit.awards.iter().map(chance).collect(),
    }
}

fn stable(weight: &Stable) -> StableJson {
    let (from, to) = weight.span;
    StableJson {
        path: weight.path.clone(),
        today: weight.today.to_string(),
        from: from.at.to_string(),
        from_included: from.included,
        to: to.at.to_string(),
        to_included: to.included,
        exact: weight.exact,
    }
}

fn cliff(cliff: &Cliff) -> CliffJson {
    CliffJson {
        level: cliff.level.clone(),
        unit: cliff.unit.clone(),
        criterion: cliff.criterion.clone(),
        value: cliff.value.to_string(),
        bar: cliff.bar.to_string(),
        met: cliff.met,
        one_row: cliff.one_row,
        points: cliff.points.map(|(least, _)| least.to_string()),
        of: cliff.points.map(|(_, of)| of.to_string()),
    }
}

/// Writes how sure it is, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn robust(robust: &Robust, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write(&RobustJson::new(robust, language), out)
}
