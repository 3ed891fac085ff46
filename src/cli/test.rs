//! `thidua test`.

use std::path::PathBuf;

use thidua::case::{Boundary, Case, Noticed, Report, noticed, run as run_case};
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
    /// Move everything that bounds something by one step and name what no case notices
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
    let failed = reports.iter().filter(|report| !report.passed()).count();
    let passed = reports.len() - failed;
    let mut lines: Vec<String> = reports.iter().flat_map(|report| told(report, terminal)).collect();
    lines.push(match terminal.language {
        Language::En => format!("\n{passed} passed, {failed} failed\n"),
        Language::Vi => format!("\n{passed} đạt, {failed} không đạt\n"),
    });
    let written = output::write(lines.join("\n").as_bytes(), None, terminal);
    written.max(if failed > 0 { Exit::Faults } else { Exit::Done })
}

/// The name of a case and, where it fails, what came out differently.
fn told(report: &Report, terminal: Terminal) -> Vec<String> {
    let mark = if report.passed() { "✓" } else { "✗" };
    let name = std::iter::once(format!("{mark} {}", visible(&report.name)));
    let faults = report.faults.iter().map(|fault| format!("    {}", visible(&fault.message(terminal.language))));
    let differing = report
        .mismatches
        .iter()
        .map(|mismatch| format!("    {} ({})", visible(&mismatch.line(terminal.language)), mismatch.place));
    // What is wrong with the case explains what came out of it, so it comes first.
    name.chain(faults).chain(differing).collect()
}

fn boundaries(texts: &Texts, cases: &[Case], terminal: Terminal) -> Exit {
    let Noticed { all, unnoticed, refused, failing } = noticed(cases, &texts.document, &texts.library);
    let line = |Boundary { edits, today, .. }: &Boundary| {
        let edits = edits.join(" ");
        match terminal.language {
            Language::En => format!("no case notices {edits} (today {today})"),
            Language::Vi => format!("không ca nào phát hiện {edits} (hiện nay {today})"),
        }
    };
    let mut lines: Vec<String> = unnoticed.iter().map(line).collect();
    let (seen, of) = (all - unnoticed.len(), cases.len());
    lines.push(match terminal.language {
        Language::En => format!("{seen} of {all} boundaries are noticed by {of} cases\n"),
        Language::Vi => format!("{seen} trong {all} ranh giới được {of} ca kiểm thử phát hiện\n"),
    });
    if refused > 0 {
        lines.push(match terminal.language {
            Language::En => format!("{refused} more cannot be moved: the campaign itself would be refused\n"),
            Language::Vi => format!("{refused} ranh giới khác không dời được: chính phong trào sẽ bị từ chối\n"),
        });
    }
    if failing > 0 {
        lines.push(match terminal.language {
            Language::En => format!("{failing} of the cases fail today, so they notice nothing: mend them first\n"),
            Language::Vi => format!("{failing} ca hiện không đạt nên không phát hiện gì: hãy sửa trước\n"),
        });
    }
    let written = output::write(lines.join("\n").as_bytes(), None, terminal);
    written.max(if failing > 0 { Exit::Faults } else { Exit::Done })
}
