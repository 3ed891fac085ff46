//! The doors of the program: one file for each subcommand, with its documented `Args` and one `run`.
//!
//! A new subcommand is one file, one line in [`Command`] and one in [`Command::run`]. Nothing outside this folder
//! reads the environment, asks for the terminal or prints.

mod answer;
mod check;
mod compare;
mod completions;
mod convert;
mod due;
mod evaluate;
mod exit;
mod explain;
mod faults;
mod format;
mod init;
mod inputs;
mod new;
mod output;
mod progress;
mod robust;
mod schema;
mod seek;
mod selection;
mod sweep;
mod terminal;
mod test;
mod validate;
mod whatif;

use clap::{Parser, Subcommand};

pub use exit::Exit;
pub use terminal::{Look, Terminal};

/// Judges, ranks and awards units by the rules of an emulation campaign: exact, with every verdict explained.
#[derive(Debug, Parser)]
#[command(name = "thidua", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Arguments {
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  thidua evaluate rules/lao-cai-2024                 verdicts, ranking and awards
  thidua evaluate rules/lao-cai-2024 --unit H01      one unit, every criterion
  thidua explain rules/lao-cai-2024 H01              why, and what is lacking
  thidua test rules/lao-cai-2024                     the cases of the campaign
  thidua check rules/lao-cai-2024 --lang vi          find mistakes without data

Exit codes: 0 done; 1 faults in the campaign or the data (an outcome is still
written where only cells and rows are concerned); 2 misuse, an unreadable file,
an unknown path or unit. Warnings alone are 0.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Evaluate a campaign: verdicts, scores, ranking and awards
    Evaluate(evaluate::Args),
    /// Explain a verdict: what was counted, what is lacking, and on what authority
    Explain(explain::Args),
    /// What is due next, and of whom it is awaited
    Due(due::Args),
    /// What if: who gains, who loses, and which change causes it
    Compare(compare::Args),
    /// What would it take: the least change with which a unit reaches a goal
    Seek(seek::Args),
    /// What if a number were another: every value at which something changes
    Sweep(sweep::Args),
    /// How sure it is: ranks and awards when weights vary and what is unknown turns out
    Robust(robust::Args),
    /// Check a campaign and its rules without data
    Check(check::Args),
    /// Check the data of a campaign without its rules
    Validate(validate::Args),
    /// Run the cases of a campaign
    Test(test::Args),
    /// Draft a campaign from data files; `new` starts from nothing
    Init(init::Args),
    /// Write a small campaign to start from nothing; `init` starts from data
    New(new::Args),
    /// Write a data file as clean CSV in UTF-8
    Convert(convert::Args),
    /// Print the JSON Schema of the campaign file or of the JSON outcome
    Schema(schema::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

impl Command {
    /// Does it.
    #[must_use]
    pub fn run(&self, terminal: Terminal) -> Exit {
        match self {
            Self::Evaluate(args) => evaluate::run(args, terminal),
            Self::Explain(args) => explain::run(args, terminal),
            Self::Due(args) => due::run(args, terminal),
            Self::Compare(args) => compare::run(args, terminal),
            Self::Seek(args) => seek::run(args, terminal),
            Self::Sweep(args) => sweep::run(args, terminal),
            Self::Robust(args) => robust::run(args, terminal),
            Self::Check(args) => check::run(args, terminal),
            Self::Validate(args) => validate::run(args, terminal),
            Self::Test(args) => test::run(args, terminal),
            Self::Init(args) => init::run(args, terminal),
            Self::Convert(args) => convert::run(args, terminal),
            Self::New(args) => new::run(args, terminal),
            Self::Schema(args) => schema::run(args, terminal),
            Self::Completions(args) => completions::run(args, terminal),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }
}
