//! The program `thidua`: arguments in, report out, exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{Arguments, Terminal};

/// Threads that make and forget many small things do not wait for each other, and pages are not given back in between.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments.look);
    arguments.command.run(terminal).into()
}
