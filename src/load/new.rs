//! A small campaign to start from.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Diagnostic, catalogue};

use super::Stopped;

/// The files of the small campaign.
const FILES: [(&str, &str); 6] = [
    ("campaign.toml", include_str!("template/campaign.toml")),
    ("tables.toml", include_str!("template/tables.toml")),
    ("criteria.rhai", include_str!("template/criteria.rhai")),
    ("data/units.csv", include_str!("template/data/units.csv")),
    ("data/firms.csv", include_str!("template/data/firms.csv")),
    ("cases/first.toml", include_str!("template/cases/first.toml")),
];

/// Writes a small campaign with data and cases into a folder that does not exist yet, and returns the names of the
/// files.
///
/// # Errors
/// [`Stopped`] where the folder is there already or cannot be written.
pub fn new(dir: &Path) -> Result<Vec<&'static str>, Stopped> {
    if dir.exists() {
        return Err(Stopped::misuse(Diagnostic::new(&catalogue::EXISTS_ALREADY).with("file", dir.display())));
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        written.map_err(|error| {
            let fault = Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", path.display());
            Stopped::misuse(fault.with("reason", error))
        })?;
    }
    Ok(FILES.iter().map(|(name, _)| *name).collect())
}
