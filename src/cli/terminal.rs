//! Who is reading: the language, the colours and the width. The one place that reads the environment.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use terminal_size::{Width, terminal_size};

use thidua::diagnostic::{Diagnostic, Language};
use thidua::report::diagnostics::{Style, diagnostics};

/// The width where nobody says another.
const USUAL_WIDTH: u16 = 80;

/// Narrower than this no table can be drawn.
const LEAST_WIDTH: u16 = 40;

/// How it looks.
#[derive(Debug, clap::Args)]
pub struct Look {
    /// The language of reports and messages
    #[arg(long, value_enum, global = true, env = "THIDUA_LANG", default_value = "en", help_heading = "Look")]
    lang: Lang,
    /// When to use colours; `NO_COLOR` is obeyed
    #[arg(long, value_enum, global = true, default_value = "auto", value_name = "WHEN", help_heading = "Look")]
    color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    /// Vietnamese
    Vi,
    /// English
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Who is reading.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The language.
    pub language: Language,
    /// The columns that a table may have.
    pub width: u16,
    colour: bool,
}

impl Terminal {
    /// Asks the arguments, the environment and the terminal, in this order.
    #[must_use]
    pub fn new(look: &Look) -> Self {
        let language = match look.lang {
            Lang::Vi => Language::Vi,
            Lang::En => Language::En,
        };
        let colour = match look.color {
            Color::Auto => AutoStream::choice(&io::stderr()) != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        Self { language, colour, width: width() }
    }

    /// Tells findings on the error stream. Where that is closed, nobody is left to be told.
    pub fn tell(self, findings: &[Diagnostic]) {
        let text = diagnostics(findings, Style { language: self.language, colour: self.colour });
        let choice = if self.colour { ColorChoice::Always } else { ColorChoice::Never };
        let _ = AutoStream::new(io::stderr().lock(), choice).write_all(text.as_bytes());
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the program")]
fn width() -> u16 {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size().map(|(Width(width), _)| width);
    said.or_else(seen).unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH)
}
