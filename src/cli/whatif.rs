//! What the what-if commands share: where the world of today comes from.

use std::path::PathBuf;

use clap::ValueEnum;

use thidua::load::{self, Request, Stopped};
use thidua::patch::{Edit, parse_edit};
use thidua::scenario::{Base, Scenario, Weights, stacked};

use super::answer::misuse;

/// What a changed weight does to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Others {
    /// Nothing: the full score changes
    Absolute,
    /// They shrink or grow in proportion; the full score stays
    Proportional,
    /// They share equally what is left of the full score
    Equal,
}

impl From<Others> for Weights {
    fn from(others: Others) -> Self {
        match others {
            Others::Absolute => Self::Absolute,
            Others::Proportional => Self::Proportional,
            Others::Equal => Self::Equal,
        }
    }
}

/// The world of today, changed before anything is asked.
#[derive(Debug, clap::Args)]
pub struct Today {
    /// A scenario that is taken for today's state: a TOML file, or a name in the campaign's folder `scenarios`; may be
    /// repeated
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    /// Edit the data first, as in `firms[0100000001].union_founded=2024-11-01`; may be repeated
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
}

impl Today {
    /// The campaign as it is, with what is asked to be so; `columns` are read beside those of its rules.
    pub(super) fn base(&self, request: &Request, columns: &[(String, String)]) -> Result<Base, Stopped> {
        let edits = edits(&self.edit)?;
        let scenarios = scenarios(request, &self.scenario)?;
        let base = load::base(request, &edits, &scenarios, columns)?;
        if scenarios.is_empty() {
            return Ok(base);
        }
        let (world, warnings) = stacked(&base, &scenarios).map_err(misuse)?;
        let mut named = thidua::scenario::columns(&world.edits.iter().collect::<Vec<_>>());
        named.extend(columns.iter().cloned());
        let mut changed = Base::new(world, base.round.as_deref(), base.threads, &named).map_err(Stopped::faulty)?;
        changed.outcome.warnings.extend(warnings);
        changed.read = base.read;
        Ok(changed)
    }
}

/// Edits of data as arguments write them.
pub(super) fn edits(edits: &[String]) -> Result<Vec<Edit>, Stopped> {
    let mut faults = Vec::new();
    let edits: Vec<Edit> = edits.iter().filter_map(|edit| parse_edit(edit, &mut faults)).collect();
    if faults.is_empty() { Ok(edits) } else { Err(misuse(faults)) }
}

/// The scenarios that are named, in order.
pub(super) fn scenarios(request: &Request, names: &[PathBuf]) -> Result<Vec<Scenario>, Stopped> {
    names.iter().map(|name| load::scenario(&request.campaign, name)).collect()
}
