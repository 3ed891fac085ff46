//! Every kind of finding: raised by a fixture, told in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use thidua::diagnostic::{Diagnostic, Language, catalogue};

use super::fixture::Fixture;

const FIXTURES: &str = "tests/fixtures/diagnostics";

fn fixtures() -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(FIXTURES).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Set `THIDUA_ACCEPT` to write the expectations anew, then read what changed.
#[test]
#[expect(clippy::disallowed_methods, reason = "expectations are accepted by hand")]
fn every_finding_is_told_as_its_fixture_says() {
    let accept = std::env::var_os("THIDUA_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let fixture = Fixture::read(&path);
        let told = fixture.tell();
        if !told.findings.iter().any(|finding| finding.code() == fixture.code) {
            wrong.push(format!("{} is not raised:\n{}", fixture.code, told.english));
        } else if accept {
            fs::write(&path, fixture.accepted(&told)).unwrap();
        } else if (fixture.section("English"), fixture.section("Vietnamese")) != (&told.english, &told.vietnamese) {
            wrong.push(format!("{} is told otherwise:\n{}{}", fixture.code, told.english, told.vietnamese));
        }
        wrong.extend(told.findings.iter().flat_map(holes));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Findings that quote somebody who speaks only English: a parser, the system, arithmetic, a reading.
const QUOTING: [&str; 7] = [
    "exactly-on-the-bar",
    "predicate-failed",
    "rule-failed",
    "rule-syntax",
    "toml-syntax",
    "unreadable-file",
    "unwritable-file",
];

#[test]
fn vietnamese_readers_find_no_english() {
    let mut wrong = Vec::new();
    for fixture in
        fixtures().iter().map(|path| Fixture::read(path)).filter(|fixture| !QUOTING.contains(&fixture.code.as_str()))
    {
        let text = fixture.section("Vietnamese");
        // What stands in backticks or quotation marks is the user's own.
        let own_words = text.split(['`', '"']).step_by(2);
        let english = own_words
            .flat_map(str::split_whitespace)
            .find(|word| ["a", "the", "of", "is", "not", "and", "or"].contains(word));
        if english.is_some() || !is_nfc(text) {
            wrong.push(format!("{}: {english:?} in {text}", fixture.code));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Holes that nothing filled; a name in braces is no text of a campaign.
fn holes(finding: &Diagnostic) -> Vec<String> {
    let texts = [Language::En, Language::Vi].map(|language| finding.message(language));
    texts.into_iter().filter(|text| !holes_of(text).is_empty()).collect()
}

/// The names in braces of a template.
fn holes_of(template: &str) -> BTreeSet<&str> {
    let inside = template.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    inside.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect()
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let codes: Vec<_> = catalogue::all().map(|entry| entry.code.to_owned()).collect();
    let distinct: BTreeSet<_> = codes.iter().cloned().collect();
    let name = |path: &PathBuf| Path::new(path).file_stem().unwrap().to_string_lossy().into_owned();
    let fixtures: BTreeSet<_> = fixtures().iter().map(name).collect();
    assert_eq!(distinct.len(), codes.len(), "a code is never given a second meaning");
    assert_eq!(fixtures.symmetric_difference(&distinct).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn both_languages_have_the_same_holes_and_obey_house_style() {
    let mut wrong = Vec::new();
    for entry in catalogue::all() {
        let texts = std::iter::once((entry.en, entry.vi)).chain(entry.help.iter().map(|help| (help.en, help.vi)));
        for (en, vi) in texts {
            let well_formed = [en, vi].into_iter().all(|text| starts_small(text) && !text.ends_with(['.', '!', ' ']));
            if holes_of(en) != holes_of(vi) || !is_nfc(vi) || !well_formed {
                wrong.push(format!("{}: {en} / {vi}", entry.code));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// A small letter, or something that is not a word of the sentence: a name, a number, a hole.
fn starts_small(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '`' || c == '{')
        || word.chars().all(char::is_uppercase)
}

fn is_nfc(text: &str) -> bool {
    thidua::value::nfc(text) == text
}
