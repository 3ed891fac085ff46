//! What is done with the faults of the data.

use std::path::{Path, PathBuf};

use thidua::diagnostic::{Diagnostic, Language, Phrase, catalogue};
use thidua::report::faults::faults;
use thidua::report::words;

use super::{Exit, Terminal, output};

const NO_LIST: Phrase = Phrase::new("it is there and no list of faults", "tệp đã có và không phải danh sách lỗi");

/// What is done with the faults of the data.
#[derive(Debug, clap::Args)]
pub struct Faults {
    /// Write all findings to a file that Excel opens
    #[arg(long, value_name = "FILE", help_heading = "Faults")]
    faults: Option<PathBuf>,
    /// Stop at any fault: no outcome is made of faulty data
    #[arg(long, help_heading = "Faults")]
    strict: bool,
}

impl Faults {
    /// Writes the findings where that was asked for.
    pub(super) fn write<'f>(&self, found: impl Iterator<Item = &'f Diagnostic>, terminal: Terminal) -> Exit {
        let Some(file) = &self.faults else { return Exit::Done };
        if !is_list(file) {
            let fault = Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", file.display());
            terminal.tell(&[fault.with("reason", NO_LIST)]);
            return Exit::Misuse;
        }
        let found: Vec<Diagnostic> = found.cloned().collect();
        let mut data = Vec::new();
        match faults(&found, terminal.language, &mut data) {
            Ok(()) => output::write(&data, Some(file), terminal),
            Err(fault) => {
                let finding = Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", file.display());
                terminal.tell(&[finding.with("reason", fault)]);
                Exit::Misuse
            }
        }
    }

    /// The file that the findings are written to.
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.faults.as_ref()
    }

    /// Whether faults leave no outcome.
    pub(super) fn stop(&self, faults: &[Diagnostic]) -> bool {
        self.strict && faults.iter().any(Diagnostic::is_error)
    }
}

/// Whether a file may be written over: it is not there, or an earlier list. Data that lie beside it are safe.
fn is_list(file: &Path) -> bool {
    let starts = [Language::En, Language::Vi].map(|language| format!("\u{feff}{};", words::SEVERITY.text(language)));
    match std::fs::read(file) {
        Ok(data) => starts.iter().any(|start| data.starts_with(start.as_bytes())),
        Err(_) => true,
    }
}
