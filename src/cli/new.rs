//! `thidua new`.

use std::path::PathBuf;

use thidua::diagnostic::Language;
use thidua::load;
use thidua::value::visible;

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
            lines.push(String::new());
            lines.push(match terminal.language {
                Language::En => format!("Now try: thidua evaluate {dir}"),
                Language::Vi => format!("Bây giờ hãy chạy: thidua evaluate {dir}"),
            });
            let lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
            output::write(format!("{}\n", lines.join("\n")).as_bytes(), None, terminal)
        }
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}
