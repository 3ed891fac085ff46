//! Which unit is meant.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::value::nearest;

use super::super::outcome::{LevelOutcome, Outcome};

/// The positions of a level and of one of its units, by id or name. Without a name the unit of a level that has only
/// one is meant.
///
/// # Errors
/// What the name might have meant, or that a name is needed.
pub fn locate(outcome: &Outcome, level: Option<&str>, unit: Option<&str>) -> Result<(usize, usize), Diagnostic> {
    if let Some(id) = level.filter(|id| !outcome.levels.iter().any(|level| level.id == *id)) {
        return Err(unknown_level(id, outcome));
    }
    let wanted = |found: &LevelOutcome| level.is_none_or(|id| found.id == id);
    let mut levels = outcome.levels.iter().enumerate().filter(|(_, level)| wanted(level));
    let Some(name) = unit else {
        let only = levels.find(|(_, level)| level.units.len() == 1).map(|(at, _)| (at, 0));
        return only.ok_or_else(|| unit_needed(outcome, wanted));
    };
    let named = |level: &LevelOutcome| level.units.iter().position(|unit| unit.id == name || unit.name == Some(name));
    levels.find_map(|(at, level)| Some((at, named(level)?))).ok_or_else(|| unknown_unit(name, outcome))
}

fn unknown_level(id: &str, outcome: &Outcome) -> Diagnostic {
    let known: Vec<_> = outcome.levels.iter().map(|level| level.id.as_str()).collect();
    let near = nearest(id, known.iter().copied());
    let fault =
        Diagnostic::new(&catalogue::UNKNOWN_NAME).with("kind", Phrase { en: "level", vi: "cấp" }).with("name", id);
    fault.maybe("near", near).with("known", known.join(", "))
}

/// How many units are named where one is needed.
const NAMED: usize = 10;

fn unit_needed(outcome: &Outcome, wanted: impl Fn(&LevelOutcome) -> bool) -> Diagnostic {
    let units = outcome.levels.iter().filter(|level| wanted(level)).flat_map(|level| &level.units);
    let known: Vec<_> = units.take(NAMED).map(|unit| unit.id).collect();
    Diagnostic::new(&catalogue::UNIT_NEEDED).with("known", known.join(", "))
}

fn unknown_unit(name: &str, outcome: &Outcome) -> Diagnostic {
    let units = outcome.levels.iter().flat_map(|level| &level.units);
    let names = units.flat_map(|unit| std::iter::once(unit.id).chain(unit.name));
    Diagnostic::new(&catalogue::UNKNOWN_UNIT).with("unit", name).maybe("near", nearest(name, names))
}
