//! `thidua completions`.

use clap::CommandFactory;
use clap_complete::{Generator, Shell};

use thidua::diagnostic::{Diagnostic, catalogue};

use super::{Arguments, Exit, Terminal, output};

/// For which shell.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  thidua completions bash > ~/.local/share/bash-completion/completions/thidua
  thidua completions zsh > ~/.zfunc/_thidua";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let mut command = Arguments::command();
    command.set_bin_name("thidua");
    command.build();
    let mut script = Vec::new();
    // `clap_complete::generate` panics where the reader is gone; this hands the fault over.
    match args.shell.try_generate(&command, &mut script) {
        Ok(()) => output::write(&script, None, terminal),
        Err(fault) => {
            terminal.tell(&[Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", "stdout").with("reason", fault)]);
            Exit::Misuse
        }
    }
}
