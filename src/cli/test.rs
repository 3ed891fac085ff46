//! `thidua test`.

use std::fmt::Write;
use std::path::PathBuf;

use thidua::case::{Boundary, Case, Report, run as run_case, unnoticed};
use thidua::diagnostic::{Diagnostic, Language, Phrase, catalogue};
use thidua::load::{self, Stopped, Texts};
use thidua::value::visible;

use super::{Exit, Terminal, output};

const CASE: Phrase = Phrase::new("case", "ca kiểm thử");

/// Which cases.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The campaign: a folder with a campaign.toml and a folder of cases
    campaign: PathBuf,
    /// Only cases whose name holds this text
    filter: Option<String>,
    /// Move every target, param and due day by one step and name those that no case notices
    #[arg(long)]
    boundaries: bool,
}

const EXAMPLES: &str = "\
Examples:
  thidua test rules/lao-cai-2024
  thidua test rules/lao-cai-2024 «95 %»
  thidua test rules/lao-cai-2024 --boundaries";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match load(args) {
        Ok((texts, cases)) if args.boundaries => boundaries(&texts, &cases, terminal),
        Ok((texts, cases)) => cases_of(args, &texts, &cases, terminal),
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}

fn load(args: &Args) -> Result<(Texts, Vec<Case>), Stopped> {
    let texts = load::texts(&args.campaign, &[])?;
    let cases = load::cases(&texts.root)?;
    Ok((texts, cases))
}

fn cases_of(args: &Args, texts: &Texts, cases: &[Case], terminal: Terminal) -> Exit {
    let wanted = |case: &&Case| args.filter.as_ref().is_none_or(|filter| case.name.contains(filter.as_str()));
    let reports: Vec<Report> =
        cases.iter().filter(wanted).map(|case| run_case(case, &texts.document, &texts.library)).collect();
    if let Some(filter) = args.filter.as_ref().filter(|_| reports.is_empty()) {
        terminal.tell(&[Diagnostic::new(&catalogue::UNKNOWN_NAME).with("kind", CASE).with("name", filter)]);
        return Exit::Misuse;
    }
    let mut text = String::new();
    for report in &reports {
        let _ = writeln!(text, "{} {}", if report.passed() { "✓" } else { "✗" }, visible(&report.name));
        for mismatch in &report.mismatches {
            let _ = writeln!(text, "    {} ({})", visible(&mismatch.line(terminal.language)), mismatch.place);
        }
        for fault in &report.faults {
            let _ = writeln!(text, "    {}", visible(&fault.message(terminal.language)));
        }
    }
    let failed = reports.iter().filter(|report| !report.passed()).count();
    let passed = reports.len() - failed;
    let _ = writeln!(
        text,
        "\n{}",
        match terminal.language {
            Language::En => format!("{passed} passed, {failed} failed"),
            Language::Vi => format!("{passed} đạt, {failed} không đạt"),
        }
    );
    let written = output::write(text.as_bytes(), None, terminal);
    written.max(if failed > 0 { Exit::Faults } else { Exit::Done })
}

fn boundaries(texts: &Texts, cases: &[Case], terminal: Terminal) -> Exit {
    let (all, unnoticed) = unnoticed(cases, &texts.document, &texts.library);
    let mut text = String::new();
    for Boundary { edit, today } in &unnoticed {
        let _ = writeln!(
            text,
            "{}",
            match terminal.language {
                Language::En => format!("no case notices {edit} (today {today})"),
                Language::Vi => format!("không ca nào phát hiện {edit} (hiện nay {today})"),
            }
        );
    }
    let noticed = all - unnoticed.len();
    let _ = writeln!(
        text,
        "{}",
        match terminal.language {
            Language::En => format!("{noticed} of {all} boundaries are noticed by {} cases", cases.len()),
            Language::Vi => format!("{noticed} trong {all} ranh giới được {} ca kiểm thử phát hiện", cases.len()),
        }
    );
    output::write(text.as_bytes(), None, terminal)
}
