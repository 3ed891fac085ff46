//! Files as texts.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::data::Input;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Place, Source};
use crate::value::nfc;

/// The most bytes of a text that is kept as a whole; data files have no such limit.
const MAX_TEXT: u64 = 16 << 20;

/// Reads a text file: UTF-8, brought to NFC.
pub(super) fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let name = path.display().to_string();
    let size = regular(path).map_err(|error| unreadable(&name, &error))?;
    if size > MAX_TEXT {
        let fault = Diagnostic::new(&catalogue::FILE_TOO_LARGE).with("size", size).with("limit", MAX_TEXT);
        return Err(fault.at(Place::File(name)));
    }
    let bytes = bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Diagnostic::new(&catalogue::NOT_UTF8).with("offset", offset).at(Place::File(name.clone()))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::new(name, nfc(text)))
}

/// Reads a file as it is.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let read = regular(path).and_then(|_| fs::read(path));
    read.map_err(|error| unreadable(&path.display().to_string(), &error))
}

/// A data file: it is read as it is needed, never as a whole.
pub(super) struct DataFile(PathBuf);

impl DataFile {
    /// A file that can be read.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let opened = regular(path).and_then(|_| fs::File::open(path)).and_then(|mut file| {
            // A folder can be opened, but not read.
            file.read(&mut [0; 1])
        });
        opened.map_err(|error| unreadable(&path.display().to_string(), &error))?;
        Ok(Self(path.to_owned()))
    }
}

impl Input for DataFile {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(fs::File::open(&self.0)?))
    }
}

/// The size of a file. A pipe may never be written to, and a device never ends: neither is opened.
fn regular(path: &Path) -> io::Result<u64> {
    let found = fs::metadata(path)?;
    if found.is_file() || found.is_dir() {
        return Ok(found.len());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a device or a pipe, not a file"))
}

/// The same path without `x/..`, as people would write it.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match (part, tidied.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => _ = tidied.pop(),
            (Component::CurDir, _) => {}
            _ => tidied.push(part),
        }
    }
    // `x/..` is where one stands, not nowhere.
    let back = path.components().any(|part| part == Component::ParentDir);
    if back && tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error).at(Place::File(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_ends_where_one_stands_and_not_nowhere() {
        let tidied = |path: &str| tidy(Path::new(path)).display().to_string();
        assert_eq!(["a/..", "a/../b", "./b", "..", "a/b/../.."].map(tidied), [".", "b", "b", "..", "."]);
    }
}
