//! Cases from disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::case::{self, Case};
use crate::diagnostic::{Diagnostic, catalogue};

use super::campaign::parse;
use super::{Stopped, text};

/// Reads the cases of a campaign: every `.toml` file of its folder `cases`, in the order of their names.
///
/// # Errors
/// [`Stopped`] where there are none, or a file is faulty.
///
/// ```
/// use std::path::Path;
///
/// let cases = thidua::load::cases(Path::new("rules/lao-cai-2024")).expect("they can be read");
/// assert!(cases.iter().any(|case| case.clause.as_deref() == Some("2.7")));
/// ```
pub fn cases(root: &Path) -> Result<Vec<Case>, Stopped> {
    let dir = root.join("cases");
    let files = files(&dir);
    if files.is_empty() {
        return Err(Stopped::misuse(Diagnostic::new(&catalogue::NO_CASES).with("dir", dir.display())));
    }
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for file in files {
        let source = text::read(&file).map_err(Stopped::misuse)?;
        let document = parse(&source, &mut faults)?;
        cases.extend(case::read(&document, &mut faults));
    }
    if faults.is_empty() { Ok(cases) } else { Err(Stopped::faulty(faults)) }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut files: Vec<_> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}
