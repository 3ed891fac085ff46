//! What if: the laws that every scenario obeys, on every campaign.

mod compare;
mod laws;
mod least;
mod map;
mod plots;
mod robust;
mod seek;
mod sweep;

use std::path::{Path, PathBuf};

use thidua::case::boundaries;
use thidua::load::{self, Request, texts};
use thidua::scenario::{Base, Change, Scenario, Weights, World, from_arguments};

use crate::campaigns::told;

/// Every campaign that the tests know, with its data.
pub fn campaigns() -> Vec<PathBuf> {
    let inside = |folder: &str| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let shipped = inside("rules").chain(inside("rules/examples"));
    let mut paths: Vec<_> = shipped.filter(|path| path.join("campaign.toml").exists()).collect();
    paths.sort_unstable();
    paths.extend(["tests/fixtures/tiny", "src/load/template"].map(PathBuf::from));
    assert!(paths.len() >= 13);
    paths
}

/// A campaign as it is.
pub fn base(campaign: &Path) -> Base {
    base_with(campaign, &[])
}

/// A campaign as it is, with all that scenarios name.
pub fn base_with(campaign: &Path, scenarios: &[Scenario]) -> Base {
    let request = Request { campaign: campaign.to_path_buf(), threads: 1, ..Request::default() };
    load::base(&request, &[], scenarios, &[]).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)))
}

/// The scenario of some arguments.
pub fn asked(sets: &[&str], edits: &[&str]) -> Scenario {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut faults = Vec::new();
    let scenario = from_arguments(&own(sets), &own(edits), None, Weights::Absolute, &mut faults);
    assert_eq!(faults, []);
    scenario.expect("something is asked")
}

/// A world after some changes; what is wrong with them is not told.
pub fn after<'c>(base: &Base, changes: impl IntoIterator<Item = &'c Change>) -> World {
    let mut world = base.world.clone();
    for change in changes {
        change.apply(&mut world, &mut Vec::new());
    }
    world
}

/// Every number, comparator and day of a campaign, moved by one step.
pub fn small_edits(campaign: &Path) -> Vec<String> {
    let texts = texts(campaign, &[]).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)));
    // Where one band ends and another begins takes two edits; here each stands for itself.
    let alone = boundaries(&texts.document).into_iter().filter(|boundary| boundary.edits.len() == 1);
    let all: Vec<String> = alone.flat_map(|boundary| boundary.edits).collect();
    // Of a large campaign some, from one end to the other: each is evaluated twice.
    let step = all.len().div_ceil(MOST_EDITS).max(1);
    all.into_iter().step_by(step).collect()
}

const MOST_EDITS: usize = 60;
