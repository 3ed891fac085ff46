//! `thidua convert`.

use std::path::PathBuf;

use clap::ValueEnum;

use thidua::load;
use thidua::report::clean;
use thidua::schema::{Encoding, FileWriting, Sheet};

use super::{Exit, Terminal, output};

/// The file, and how it is written where it does not show it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A data file: CSV in any encoding that is known, XLSX or ODS
    file: PathBuf,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The sheet of a workbook, by name or by position
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// The encoding of a text
    #[arg(long, value_enum)]
    encoding: Option<Code>,
}

/// An encoding.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Code {
    /// UTF-8
    #[value(name = "utf-8")]
    Utf8,
    /// UTF-16, the lower byte first
    #[value(name = "utf-16")]
    Utf16,
    /// UTF-16, the higher byte first
    #[value(name = "utf-16be")]
    Utf16Be,
    /// The Windows code page of Vietnam
    #[value(name = "windows-1258")]
    Windows1258,
}

const EXAMPLES: &str = "\
Examples:
  thidua convert donvi.xlsx --sheet 2 --output donvi.csv
  thidua convert firms-from-excel.csv > firms.csv

Cells are as they stand in the file: what they mean is declared in a campaign.";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let sheet = args.sheet.as_ref().map(|sheet| match sheet.parse() {
        Ok(position) => Sheet::Position(position),
        Err(_) => Sheet::Name(sheet.clone()),
    });
    let encoding = args.encoding.map(|code| match code {
        Code::Utf8 => Encoding::Utf8,
        Code::Utf16 => Encoding::Utf16Le,
        Code::Utf16Be => Encoding::Utf16Be,
        Code::Windows1258 => Encoding::Windows1258,
    });
    let writing = FileWriting { sheet, encoding, ..FileWriting::default() };
    match load::convert(&args.file, &writing) {
        Ok(plain) => output::write(&clean::clean(&plain), args.output.as_deref(), terminal),
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}
