//! Where the data go: to standard output, or to a file that is never seen half written.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use thidua::diagnostic::{Diagnostic, Phrase, catalogue};

use super::{Exit, Terminal};

const IS_INPUT: Phrase = Phrase::new("the evaluation reads this file", "đây là tệp đầu vào của việc đánh giá");

/// Whether a file that is to be written is one of those that were read, which is told.
pub(super) fn is_input(file: Option<&Path>, read: &BTreeSet<PathBuf>, terminal: Terminal) -> bool {
    let was_read = |file: &&Path| fs::canonicalize(file).is_ok_and(|file| read.contains(&file));
    let Some(file) = file.filter(was_read) else { return false };
    let fault = Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", file.display());
    terminal.tell(&[fault.with("reason", IS_INPUT)]);
    true
}

/// What is written into memory.
pub(super) fn in_memory(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    write(&mut data)?;
    Ok(data)
}

/// Writes what was rendered, or tells why it was not.
pub(super) fn write_rendered(rendered: io::Result<Vec<u8>>, file: Option<&Path>, terminal: Terminal) -> Exit {
    match rendered {
        Ok(data) => write(&data, file, terminal),
        Err(fault) => failed("memory", &fault, terminal),
    }
}

/// Writes to a file, or to standard output where none is named; `-` is standard output too.
pub(super) fn write(data: &[u8], file: Option<&Path>, terminal: Terminal) -> Exit {
    write_with(|out| out.write_all(data), file, terminal)
}

/// The same of what need not be in memory as a whole.
pub(super) fn write_with(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    file: Option<&Path>,
    terminal: Terminal,
) -> Exit {
    let file = file.filter(|file| *file != Path::new("-"));
    let written = match file {
        Some(file) => replace(file, write),
        None => to_stdout(write),
    };
    let Err(fault) = written else { return Exit::Done };
    let name = file.map_or_else(|| "stdout".to_owned(), |file| file.display().to_string());
    failed(&name, &fault, terminal)
}

/// Tells that something could not be written.
fn failed(name: &str, fault: &io::Error, terminal: Terminal) -> Exit {
    terminal.tell(&[Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", name).with("reason", fault)]);
    Exit::Misuse
}

/// A reader that has seen enough, such as `head`, is no fault.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes beside the file and renames, so that a reader finds the old content or the new, and never a part. A link
/// stays a link: what it leads to is replaced. A device or a pipe is written to; it must not be replaced by a file.
fn replace(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let found = fs::metadata(file).ok();
    if found.as_ref().is_some_and(|found| !found.is_file() && !found.is_dir()) {
        return write(&mut OpenOptions::new().write(true).open(file)?);
    }
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let beside = beside(&file);
    let permissions = found.filter(fs::Metadata::is_file).map(|found| found.permissions());
    let written = write_new(&beside, write, permissions).and_then(|()| fs::rename(&beside, &file));
    if written.is_err() {
        // It may never have been made; the fault that is told is the first one.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a file that was not there, with the permissions of the one that it will replace.
fn write_new(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    permissions: Option<Permissions>,
) -> io::Result<()> {
    // A run that was killed may have left one of this name.
    let _ = fs::remove_file(file);
    let mut new = OpenOptions::new().write(true).create_new(true).open(file)?;
    permissions.map_or(Ok(()), |permissions| new.set_permissions(permissions))?;
    write(&mut new)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".tmp-{}", std::process::id()));
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("outcome.json");
        fs::write(&file, "old").unwrap();
        replace(&file, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(replace(&taken, |out| out.write_all(b"new")).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
