//! `thidua init`.

use std::path::PathBuf;

use thidua::diagnostic::{Language, Phrase};
use thidua::load;
use thidua::value::visible;

use super::{Exit, Terminal, output};

/// The data, and where the campaign goes.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Data files: CSV, XLSX or ODS, in one folder
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder of the campaign; nothing in it is written over
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  thidua init donvi.xlsx doanhnghiep.csv --dir campaign
  thidua validate campaign
  thidua evaluate campaign

To start without data: thidua new my-campaign";

const LOOK_AT: Phrase = Phrase::new("Look at these guesses:", "Hãy xem lại các phỏng đoán sau:");

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match load::init(&args.files, &args.dir, terminal.language) {
        Ok(drafted) => {
            let dir = args.dir.display();
            let mut lines: Vec<String> = drafted.files.iter().map(|file| file.display().to_string()).collect();
            if !drafted.questions.is_empty() {
                lines.push(String::new());
                lines.push(LOOK_AT.text(terminal.language).to_owned());
                lines.extend(drafted.questions.iter().map(|question| format!("-  {question}")));
            }
            lines.push(String::new());
            lines.push(match terminal.language {
                Language::En => format!("Now try: thidua validate {dir}, then thidua evaluate {dir}"),
                Language::Vi => format!("Bây giờ hãy chạy: thidua validate {dir}, rồi thidua evaluate {dir}"),
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
