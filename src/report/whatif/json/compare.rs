//! `thidua.compare/1`.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::report::json::{OutcomeJson, WarningJson};
use crate::scenario::{Cause, Compared, Difference, Fate, LevelCompared, Moved, UnitCompared};

use super::super::{item_id, said_id};
use super::write;

/// What differs between two outcomes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.compare/1"))]
pub struct CompareJson {
    /// The name and version of this form: `thidua.compare/1`.
    pub schema: &'static str,
    /// The scenarios, in the order in which they are stacked.
    pub scenarios: Vec<String>,
    /// The changes, in the order in which they are made.
    pub changes: Vec<String>,
    /// What differs, by level.
    pub levels: Vec<LevelJson>,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
    /// The outcome as it is.
    pub before: OutcomeJson,
    /// The outcome as it would be.
    pub after: OutcomeJson,
}

/// What differs on a level.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "LevelCompared"))]
pub struct LevelJson {
    /// The id.
    pub id: String,
    /// Its clusters as they are today, and the whole level, which has no cluster.
    pub groups: Vec<GroupJson>,
    /// All its units.
    pub units: Vec<UnitJson>,
}

/// Units that are counted together.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Group"))]
pub struct GroupJson {
    /// The cluster; null for the whole level.
    pub cluster: Option<String>,
    /// How many units gain.
    pub gains: usize,
    /// How many lose.
    pub loses: usize,
    /// How many do both.
    pub mixed: usize,
    /// How many differ otherwise.
    pub differs: usize,
    /// How many stay as they are.
    pub same: usize,
    /// How many have each award.
    pub awards: Vec<AwardCountJson>,
}

/// How many have an award.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "AwardCount"))]
pub struct AwardCountJson {
    /// The award.
    pub id: String,
    /// Today.
    pub before: usize,
    /// Then.
    pub after: usize,
}

/// What differs of a unit.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "UnitCompared"))]
pub struct UnitJson {
    /// The id.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The cluster as it is today.
    pub cluster: Option<String>,
    /// `gains`, `loses`, `mixed`, `differs` or `same`.
    pub fate: &'static str,
    /// What differs.
    pub differences: Vec<DifferenceJson>,
}

/// One thing that differs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Difference"))]
pub struct DifferenceJson {
    /// `unit`, `verdict`, `points`, `score`, `grade`, `rank` or `award`.
    pub kind: &'static str,
    /// The criterion or award.
    pub item: Option<String>,
    /// Today: an id, a number, or `least..greatest`.
    pub before: Option<String>,
    /// Then.
    pub after: Option<String>,
    /// `better`, `worse`, or null where it is neither or nobody can say.
    pub moved: Option<&'static str>,
    /// What each change does to it, in the order of `changes`; empty where that is not told.
    pub causes: Vec<CauseJson>,
}

/// What one change does to one thing.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Cause"))]
pub struct CauseJson {
    /// With this change alone.
    pub alone: Option<String>,
    /// After this change and all before it.
    pub stacked: Option<String>,
    /// Its part over all orders; null where there are more than eight changes.
    pub share: Option<String>,
}

impl CompareJson {
    /// A comparison in this form.
    #[must_use]
    pub fn new(compared: &Compared, language: Language) -> Self {
        Self {
            schema: "thidua.compare/1",
            scenarios: compared.scenarios.iter().map(|scenario| scenario.id.clone()).collect(),
            changes: compared.changes.clone(),
            levels: compared.levels.iter().map(level).collect(),
            warnings: compared.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
            before: OutcomeJson::new(&compared.before, language),
            after: OutcomeJson::new(&compared.after, language),
        }
    }
}

fn level(level: &LevelCompared) -> LevelJson {
    let group = |group: &crate::scenario::Group| {
        let [gains, loses, mixed, differs, same] = group.fates;
        let award = |(id, before, after): &(String, usize, usize)| AwardCountJson {
            id: id.clone(),
            before: *before,
            after: *after,
        };
        let awards = group.awards.iter().map(award).collect();
        GroupJson { cluster: group.cluster.clone(), gains, loses, mixed, differs, same, awards }
    };
    LevelJson {
        id: level.id.clone(),
        groups: level.groups.iter().map(group).collect(),
        units: level.units.iter().map(unit).collect(),
    }
}

fn unit(unit: &UnitCompared) -> UnitJson {
    UnitJson {
        id: unit.id.clone(),
        name: unit.name.clone(),
        cluster: unit.cluster.clone(),
        fate: Fate::id(unit.fate),
        differences: unit.differences.iter().map(difference).collect(),
    }
}

fn difference(difference: &Difference) -> DifferenceJson {
    let (kind, item) = item_id(&difference.item);
    let cause = |cause: &Cause| CauseJson {
        alone: said_id(&cause.alone),
        stacked: said_id(&cause.stacked),
        share: cause.share.map(|share| share.to_string()),
    };
    DifferenceJson {
        kind,
        item: (!item.is_empty()).then(|| item.to_owned()),
        before: said_id(&difference.before),
        after: said_id(&difference.after),
        moved: match difference.moved {
            Moved::Better => Some("better"),
            Moved::Worse => Some("worse"),
            Moved::Otherwise => None,
        },
        causes: difference.causes.iter().map(cause).collect(),
    }
}

/// Writes a comparison, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn compared(compared: &Compared, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    write(&CompareJson::new(compared, language), out)
}
