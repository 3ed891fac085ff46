//! The program `thidua`: arguments in, report out, exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{Arguments, Terminal};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments.look);
    arguments.command.run(terminal).into()
}
