//! Fixtures of diagnostics: a small fault in a small campaign, and how it is told.
//!
//! A fixture is a text in sections, each under a line `=== name`:
//!
//! ```text
//! === criteria.rhai            the file as a whole
//! === criteria.rhai + 3        lines after those of the file, here three times over
//! === criteria.rhai ~          lines `old ⇒ new`: what is changed in the file
//! === data/units.csv bytes     the file, where `\xff` stands for a byte
//! === data/units.csv long 99   one line, so many times over
//! === data/units.csv file      the file whose path this is
//! === run                      what is run, if not `evaluate`
//! === English                  how all findings are rendered
//! === Vietnamese               the messages and remedies of the code that the fixture is about
//! ```
//!
//! Files that no section names are those of `tests/fixtures/tiny`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use thidua::case;
use thidua::diagnostic::{Diagnostic, Language};
use thidua::evaluate::explain::locate;
use thidua::evaluate::lints;
use thidua::load::{self, Request, Stopped};
use thidua::report::View;
use thidua::report::diagnostics::{Style, diagnostics};
use thidua::scenario::{self, Goal, Over, Question, Vary, Weights, from_arguments};

const TINY: &str = "tests/fixtures/tiny";

/// A fixture, read.
pub struct Fixture {
    /// The code that it is about.
    pub code: String,
    sections: Vec<(String, String)>,
}

/// What a fixture raised.
pub struct Told {
    /// All findings, rendered in English.
    pub english: String,
    /// The messages and remedies of its own code in Vietnamese.
    pub vietnamese: String,
    /// All findings.
    pub findings: Vec<Diagnostic>,
}

impl Fixture {
    pub fn read(path: &Path) -> Self {
        let mut sections: Vec<(String, String)> = Vec::new();
        for line in fs::read_to_string(path).unwrap().split_inclusive('\n') {
            match line.strip_prefix("=== ") {
                Some(name) => sections.push((name.trim().to_owned(), String::new())),
                None => sections.last_mut().expect("a fixture begins with a section").1.push_str(line),
            }
        }
        Self { code: path.file_stem().unwrap().to_string_lossy().into_owned(), sections }
    }

    /// What a section says.
    pub fn section(&self, name: &str) -> &str {
        self.sections.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// The fixture with other expectations.
    pub fn accepted(&self, told: &Told) -> String {
        let kept = self.sections.iter().filter(|(name, _)| name != "English" && name != "Vietnamese");
        let expected = [("English", &told.english), ("Vietnamese", &told.vietnamese)];
        let sections = kept.map(|(name, text)| (name.as_str(), text)).chain(expected);
        sections.fold(String::new(), |all, (name, text)| all + "=== " + name + "\n" + text)
    }

    /// Writes the campaign and runs what the fixture says.
    pub fn tell(&self) -> Told {
        let dir = tempfile::tempdir().unwrap();
        self.write(dir.path());
        let findings = run(self.section("run").trim(), dir.path());
        let relative = |text: String| text.replace(&format!("{}/", dir.path().display()), "");
        let own = findings.iter().filter(|finding| finding.code() == self.code);
        let vietnamese = own.flat_map(|finding| {
            let help = finding.help(Language::Vi).into_iter().map(|help| format!("  = {help}\n"));
            std::iter::once(format!("{}\n", finding.message(Language::Vi))).chain(help).collect::<Vec<_>>()
        });
        Told {
            english: relative(diagnostics(&findings, Style { language: Language::En, colour: false })),
            vietnamese: relative(vietnamese.collect()),
            findings,
        }
    }

    fn write(&self, dir: &Path) {
        copy(Path::new(TINY), dir);
        for (name, text) in &self.sections {
            let mut words = name.split_whitespace();
            let file = words.next().filter(|file| file.contains('.'));
            let Some(path) = file.map(|file| dir.join(file)) else { continue };
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let how = (words.next(), words.next().map_or(1, |times| times.parse().unwrap()));
            fs::write(&path, content(&path, text, how)).unwrap();
        }
    }
}

fn content(path: &Path, text: &str, (how, times): (Option<&str>, usize)) -> Vec<u8> {
    match how {
        None => text.into(),
        Some("+") => (fs::read_to_string(path).unwrap_or_default() + &text.repeat(times)).into(),
        Some("~") => changed(fs::read_to_string(path).unwrap(), text).into(),
        Some("bytes") => bytes(text),
        Some("long") => [fs::read(path).unwrap_or_default(), text.trim_end().repeat(times).into()].concat(),
        Some("file") => fs::read(text.trim()).unwrap(),
        Some(other) => panic!("{}: what is `{other}`?", path.display()),
    }
}

fn changed(text: String, changes: &str) -> String {
    changes.lines().fold(text, |text, line| {
        let (old, new) = line.split_once(" ⇒ ").expect("`old ⇒ new`");
        assert_eq!(text.matches(old).count(), 1, "`{old}` must stand there once");
        text.replace(old, &new.replace("\\n", "\n"))
    })
}

fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The small campaign with another content of one file.
pub fn tiny_with(file: &str, content: &[u8]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(Path::new(TINY), dir.path());
    fs::write(dir.path().join(file), content).unwrap();
    dir
}

/// Runs a command of the library: `check`, `evaluate`, `check --on-data`, `cases` or `new NAME`, with arguments as the program takes them.
pub fn run(command: &str, dir: &Path) -> Vec<Diagnostic> {
    let mut request = Request { campaign: dir.to_path_buf(), threads: 1, ..Request::default() };
    let mut view = View::default();
    let mut words = command.split_whitespace();
    let verb = words.next().unwrap_or("evaluate");
    let (mut name, mut edits) = ("", Vec::new());
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("a value").to_owned();
        match word {
            "--set" => request.set.push(value()),
            "--round" => request.round = Some(value()),
            "--edit" | "--over" => edits.push(value()),
            "--goal" => edits.push(value().replace('_', " ")),
            "--unit" => view.units.push(value()),
            "--criterion" => view.criteria.push(value()),
            other => name = other,
        }
    }
    let result = match verb {
        "check" if name == "--on-data" => load::evaluate(&request).map(|run| lints(&run.plan, &run.outcome)),
        "check" => load::check(&request).map(|plan| plan.warnings),
        "evaluate" => evaluate(&request, &view),
        "explain" => explain(&request),
        "cases" => cases(dir),
        "compare" => compare(request, name, &edits),
        "robust" => robust(&request),
        "seek" => seek(&request, &view, &edits.concat()),
        "sweep" if edits.len() > 1 => map(&request, &edits),
        "sweep" => sweep(&request, &edits.concat()),
        "new" => load::new(&dir.join(name)).map(|_| Vec::new()),
        other => panic!("what is `{other}`?"),
    };
    result.unwrap_or_else(|stopped| stopped.diagnostics)
}

fn evaluate(request: &Request, view: &View) -> Result<Vec<Diagnostic>, Stopped> {
    let run = load::evaluate(request)?;
    let shown = view.apply(run.outcome).map_or_else(|unknown| unknown, |outcome| outcome.warnings);
    Ok(run.faults.into_iter().chain(shown).collect())
}

fn compare(request: Request, name: &str, edits: &[String]) -> Result<Vec<Diagnostic>, Stopped> {
    let mut faults = Vec::new();
    let sets = request.set.clone();
    let request = Request { set: Vec::new(), ..request };
    let mut scenarios = Vec::new();
    if !name.is_empty() {
        scenarios.push(load::scenario(&request.campaign, name.as_ref())?);
    }
    scenarios.extend(from_arguments(&sets, edits, None, Weights::Absolute, &mut faults));
    let base = load::base(&request, &[], &scenarios, &[])?;
    let found = scenario::compare(&base, &scenarios).map_or_else(|faults| faults, |compared| compared.warnings);
    Ok(faults.into_iter().chain(found).collect())
}

fn sweep(request: &Request, over: &str) -> Result<Vec<Diagnostic>, Stopped> {
    let mut faults = Vec::new();
    let Some(over) = Over::parse(over, Weights::Absolute, &mut faults) else { return Ok(faults) };
    let base = load::base(request, &[], &[], &[])?;
    Ok(scenario::sweep(&base, &over).map_or_else(|faults| faults, |swept| swept.warnings))
}

/// A map of few cells.
fn map(request: &Request, overs: &[String]) -> Result<Vec<Diagnostic>, Stopped> {
    let mut faults = Vec::new();
    let overs: Vec<Over> = overs.iter().filter_map(|over| Over::parse(over, Weights::Absolute, &mut faults)).collect();
    let base = load::base(request, &[], &[], &[])?;
    let found = scenario::map(&base, &overs, 10).map_or_else(|faults| faults, |mapped| mapped.warnings);
    Ok(faults.into_iter().chain(found).collect())
}

fn seek(request: &Request, view: &View, goal: &str) -> Result<Vec<Diagnostic>, Stopped> {
    let mut faults = Vec::new();
    let Some(goal) = Goal::parse(goal, &mut faults) else { return Ok(faults) };
    let base = load::base(request, &[], &[], &load::columns_of_moves(request)?)?;
    let question = Question { unit: view.units.first().cloned(), level: None, goal, most: 1_000 };
    Ok(scenario::seek(&base, &question).map_or_else(|faults| faults, |sought| sought.warnings))
}

fn robust(request: &Request) -> Result<Vec<Diagnostic>, Stopped> {
    let base = load::base(request, &[], &[], &[])?;
    let vary = Vary { draws: 5, ..Vary::default() };
    Ok(scenario::robust(&base, vary).map_or_else(|faults| faults, |robust| robust.warnings))
}

fn explain(request: &Request) -> Result<Vec<Diagnostic>, Stopped> {
    let run = load::evaluate(request)?;
    Ok(locate(&run.outcome, None, None).err().into_iter().collect())
}

fn cases(dir: &Path) -> Result<Vec<Diagnostic>, Stopped> {
    let cases = load::cases(dir)?;
    let texts = load::texts(dir, &[])?;
    Ok(cases.iter().flat_map(|case| case::run(case, &texts.document, &texts.library).faults).collect())
}
