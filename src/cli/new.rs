//! `thidua new`.

use std::path::PathBuf;

use thidua::diagnostic::Language;
use thidua::load;

use super::{Exit, Terminal, output};

/// Where the new campaign goes.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A folder that does not exist yet
    dir: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  thidua new my-campaign
  thidua evaluate my-campaign";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match load::new(&args.dir) {
        Ok(files) => {
            let dir = args.dir.display();
            let mut lines: Vec<String> = files.iter().map(|file| args.dir.join(file).display().to_string()).collect();
            lines.push(match terminal.language {
                Language::En => format!("\nNow try: thidua evaluate {dir}\n"),
                Language::Vi => format!("\nBây giờ hãy chạy: thidua evaluate {dir}\n"),
            });
            output::write(lines.join("\n").as_bytes(), None, terminal)
        }
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}
