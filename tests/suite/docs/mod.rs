//! The documents say what the program does: their commands are run, their examples evaluated, and what is printed
//! below them is compared.
//!
//! What a fence is called decides what is done with it:
//!
//! | fence | meaning |
//! |---|---|
//! | `console` | lines after `$ ` are commands, the lines below them what they print; a last line `…` stands for the rest |
//! | `toml DIR/NAME`, `rhai DIR/NAME`, `csv DIR/NAME` | a file, there for everything below it |
//! | `toml NAME`, `csv NAME` | a file in place of the campaign's own, for the examples of this section |
//! | `toml`, `rhai` | a part of the next example: put below the `campaign.toml`, put into the rule file |
//! | `result` | what the example gives: units and verdicts, or what is wrong with it |
//! | `json POINTER` | the value there in `outcome.json`, which a command wrote |
//!
//! Commands run in a folder of their own that has a copy of `rules` and `datasets`. A command with nothing below it
//! must succeed; `2>&1` shows what is told on the error stream too; other programs than `thidua` are not run.
//! `THIDUA_ACCEPT=1 cargo test` writes what is printed into the documents.

mod command;
mod example;
mod fence;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::copy;

use fence::Fence;

/// The folder that a document's commands and examples run in.
struct Desk {
    dir: tempfile::TempDir,
    /// The folder of the last `campaign.toml` that the document wrote.
    campaign: PathBuf,
    toml: String,
    rhai: String,
    /// The section that the document has come to, and the files that stand for this section only.
    section: usize,
    files: Vec<(String, String)>,
    exit: i32,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["rules", "datasets"] {
            copy(Path::new(folder), &dir.path().join(folder));
        }
        Self {
            campaign: dir.path().to_owned(),
            dir,
            toml: String::new(),
            rhai: String::new(),
            section: 0,
            files: Vec::new(),
            exit: 0,
        }
    }

    /// The lines that a fence should have, if it is one that can be checked.
    fn lines(&mut self, fence: &Fence) -> Option<Vec<String>> {
        if fence.section != self.section {
            self.section = fence.section;
            self.files.clear();
        }
        match (fence.kind.as_str(), fence.name.as_deref()) {
            ("console", None) => return Some(command::session(self, &fence.lines)),
            ("json", Some(pointer)) => return Some(self.json(pointer)),
            ("toml" | "rhai" | "csv", Some(name)) if name.contains('/') => self.write(name, &fence.text()),
            ("toml" | "csv", Some(name)) => self.files.push((name.to_owned(), fence.text())),
            ("toml", None) => self.toml += &fence.text(),
            ("rhai", None) => self.rhai += &fence.text(),
            ("result", None) => {
                let (toml, rhai) = (std::mem::take(&mut self.toml), std::mem::take(&mut self.rhai));
                return Some(example::result(&self.campaign, &self.files, &toml, &rhai));
            }
            _ => {}
        }
        None
    }

    fn write(&mut self, name: &str, text: &str) {
        let path = self.dir.path().join(name);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, text).unwrap();
        if path.ends_with("campaign.toml") {
            folder.clone_into(&mut self.campaign);
        }
    }

    fn json(&self, pointer: &str) -> Vec<String> {
        let text = fs::read_to_string(self.dir.path().join("outcome.json")).expect("a command wrote outcome.json");
        let outcome: serde_json::Value = serde_json::from_str(&text).unwrap();
        let value = outcome.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
        serde_json::to_string_pretty(value).unwrap().lines().map(str::to_owned).collect()
    }
}

/// Checks every fence of a document, or rewrites them.
fn holds(path: &str) {
    let text = fs::read_to_string(path).unwrap();
    let mut desk = Desk::new();
    let mut checked = 0;
    let written = fence::rewritten(&text, |fence| {
        let lines = desk.lines(fence);
        checked += usize::from(lines.is_some());
        lines
    });
    assert!(checked > 0, "{path} has nothing that is checked");
    assert!(desk.toml.is_empty() && desk.rhai.is_empty(), "{path} ends in an example without a result");
    if accepted() {
        fs::write(path, written).unwrap();
        return;
    }
    for (at, (is, should)) in text.lines().zip(written.lines()).enumerate() {
        assert_eq!(is, should, "{path}:{} says what is on the left; the program, what is on the right", at + 1);
    }
    assert_eq!(text, written, "{path}: THIDUA_ACCEPT=1 writes what is printed today");
}

/// Whether the documents are to be rewritten.
#[expect(clippy::disallowed_methods, reason = "asked for by whoever runs the tests")]
fn accepted() -> bool {
    std::env::var_os("THIDUA_ACCEPT").is_some()
}

#[test]
fn readme() {
    holds("README.md");
}

#[test]
fn readme_in_vietnamese() {
    holds("README.vi.md");
}

#[test]
fn writing_rules() {
    holds("docs/writing-rules.md");
}

#[test]
fn from_excel() {
    holds("docs/from-excel.md");
}

#[test]
fn json() {
    holds("docs/json.md");
}

#[test]
fn what_if() {
    holds("docs/what-if.md");
}

#[test]
fn readmes_of_the_campaigns() {
    for readme in readmes() {
        holds(&readme);
    }
}

/// What stands beside the campaigns; a variant may be described where its elder is.
fn readmes() -> impl Iterator<Item = String> {
    let readmes = crate::cases::shipped().into_iter().map(|campaign| campaign.join("README.md"));
    readmes.filter(|readme| readme.exists()).map(|readme| readme.to_str().unwrap().to_owned())
}

/// The document below `docs` whose figures come from a machine, so that no test can hold them.
const MEASURED: &str = "docs/benchmarks.md";

/// The documents below `docs`, each with a test of its own above.
const DOCS: [&str; 4] = ["from-excel.md", "json.md", "what-if.md", "writing-rules.md"];

#[test]
fn every_document_is_checked_or_has_no_commands() {
    for path in [
        "ARCHITECTURE.md",
        "DESIGN.md",
        "GLOSSARY.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "datasets/README.md",
        MEASURED,
    ] {
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.contains("```console"), "{path} shows a session that no test runs");
    }
    for entry in fs::read_dir("docs").unwrap() {
        let path = entry.unwrap().path();
        let document = path.extension().is_some_and(|extension| extension == "md");
        let name = path.file_name().unwrap().to_str().unwrap();
        let known = DOCS.contains(&name) || path == Path::new(MEASURED);
        assert!(!document || known, "docs/{name} is checked by no test");
    }
}

#[test]
fn links_lead_somewhere() {
    let documents = [
        "README.md",
        "README.vi.md",
        "ARCHITECTURE.md",
        "DESIGN.md",
        "GLOSSARY.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        MEASURED,
    ];
    let docs = DOCS.map(|name| format!("docs/{name}"));
    let documents = documents.map(str::to_owned).into_iter().chain(docs);
    for path in documents.chain(readmes()) {
        let path = path.as_str();
        let text = fs::read_to_string(path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            let target = Path::new(path).parent().unwrap().join(file);
            assert!(file.is_empty() || file.contains("://") || target.exists(), "{path}: {link} leads nowhere");
        }
    }
}

/// The words that the language knows are lists in its source; each has an example in the guide.
#[test]
fn the_guide_shows_every_word_of_the_language() {
    let guide = fs::read_to_string("docs/writing-rules.md").unwrap();
    let mut shown = String::new();
    fence::rewritten(&guide, |fence| {
        if fence.kind == "rhai" {
            shown += &fence.text();
        }
        None
    });
    let lists = [("rows", ".", "("), ("method", ".", "("), ("function", "", "("), ("name", "", "")];
    let mut words = 0;
    for (file, before, after) in lists {
        let code = fs::read_to_string(format!("src/rule/lower/{file}.rs")).unwrap();
        for list in code.split("[&str; ").skip(1).filter_map(|rest| rest.split_once('[')?.1.split_once(']')) {
            for word in list.0.split('"').skip(1).step_by(2) {
                assert!(shown.contains(&format!("{before}{word}{after}")), "no example has `{word}`");
                words += 1;
            }
        }
    }
    assert!(words > 25, "only {words} words were found");
}

#[test]
fn the_glossary_names_what_is_there() {
    let mut code = String::new();
    sources(Path::new("src"), &mut code);
    let words: BTreeSet<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let glossary = fs::read_to_string("GLOSSARY.md").unwrap();
    let names = glossary.split('`').skip(1).step_by(2).flat_map(|name| name.split("::"));
    let missing: Vec<_> = names.filter(|name| !words.contains(name)).collect();
    assert_eq!(missing, [""; 0]);
}

fn sources(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            *code += &fs::read_to_string(path).unwrap();
        }
    }
}

/// A document that says something else must not pass.
#[test]
fn a_wrong_line_is_seen() {
    let fence = |text: &str| {
        let mut desk = Desk::new();
        fence::rewritten(text, |fence| desk.lines(fence))
    };
    let right = "```console\n$ thidua --version\nthidua 0.1.0\n```\n";
    assert_eq!(fence(right), right);
    assert_eq!(fence(&right.replace("0.1.0", "0.1.1")), right);
    let first = "```console\n$ thidua test rules/lao-cai-2024\n✗ nothing like it\n…\n```\n";
    assert!(fence(first).contains("\n✓ "));
    assert!(fence(first).contains("\n…\n"));
}
