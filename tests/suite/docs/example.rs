//! Examples of the guide: a few lines of rules and TOML over one small campaign.

use std::fs;
use std::path::Path;

use thidua::diagnostic::{Diagnostic, Language};
use thidua::evaluate::{LevelOutcome, Outcome};
use thidua::load::{self, Request};
use thidua::report::diagnostics::{Style, diagnostics};
use thidua::report::{Figures, words};

/// What an example gives, line by line.
///
/// Functions without parameters that no other calls and that the TOML does not name are criteria without a target.
pub fn result(campaign: &Path, files: &[(String, String)], toml: &str, rhai: &str) -> Vec<String> {
    let scratch = tempfile::tempdir().unwrap();
    crate::fixture::copy(campaign, scratch.path());
    for (name, text) in files {
        fs::write(scratch.path().join(name), text).unwrap();
    }
    let file = scratch.path().join("campaign.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n{toml}\n{}", criteria(toml, rhai))).unwrap();
    fs::write(scratch.path().join("criteria.rhai"), rhai).unwrap();
    let run = load::evaluate(&Request { campaign: file, ..Request::default() });
    let (told, mut lines): (Vec<_>, _) = match run {
        Ok(run) => {
            let told = run.faults.iter().chain(&run.outcome.warnings).cloned().collect();
            (told, outcome(&run.outcome))
        }
        Err(stopped) => (stopped.diagnostics, Vec::new()),
    };
    let mut all = findings(&told, scratch.path());
    all.append(&mut lines);
    all
}

fn findings(told: &[Diagnostic], folder: &Path) -> Vec<String> {
    let text = diagnostics(told, Style { language: Language::En, colour: false });
    let text = text.replace(&format!("{}/", folder.display()), "");
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Criteria for the rules that the example says nothing else of.
fn criteria(toml: &str, rhai: &str) -> String {
    let functions = rhai.lines().filter_map(|line| line.trim_start().strip_prefix("fn ")?.split_once("()"));
    let names = functions.map(|(name, _)| name).filter(|name| {
        let called = rhai.matches(&format!("{name}()")).count() > 1;
        let named = toml.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == *name);
        !called && !named
    });
    names.flat_map(|name| ["[criteria.", name, "]\n"]).collect()
}

fn outcome(outcome: &Outcome) -> Vec<String> {
    let rows: Vec<Vec<String>> = outcome.levels.iter().flat_map(level).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// One row for each criterion, score and award of each unit: who, what, value, answer.
fn level(level: &LevelOutcome) -> Vec<Vec<String>> {
    let figures = Figures { language: Language::En };
    let plain = |text: String| text.replace('\u{a0}', " ");
    let mut rows = Vec::new();
    for unit in level.units.lines() {
        for (head, judgement) in level.criteria.iter().zip(&unit.criteria) {
            let value = plain(figures.measured_in_time(head, judgement));
            let mut verdict = words::verdict(judgement.verdict).text(Language::En).to_owned();
            if let Some(so_far) = judgement.so_far {
                verdict = format!("{verdict} (so far {})", words::verdict(so_far).text(Language::En));
            }
            let points = judgement.points.map(|points| plain(figures.points(&points))).unwrap_or_default();
            rows.push(vec![unit.id.clone(), head.id.clone(), value, verdict, points]);
        }
        if let Some(score) = &unit.score {
            let rank = unit.rank.as_ref().map(|rank| format!("rank {}", figures.rank(rank))).unwrap_or_default();
            let grade =
                unit.grade.as_ref().map(|grade| grade.id.clone().unwrap_or_else(|| "open".into())).unwrap_or_default();
            rows.push(vec![unit.id.clone(), "score".into(), plain(figures.score(score)), rank, grade]);
        }
        for (head, award) in level.awards.iter().zip(&unit.awards) {
            if let Some(award) = award {
                rows.push(vec![
                    unit.id.clone(),
                    head.id.clone(),
                    String::new(),
                    words::award(award.verdict).text(Language::En).into(),
                ]);
            }
        }
    }
    rows
}
