//! Texts that try to break the program: each is refused or told in time, none stops it.
//!
//! Every text runs in a process of its own, so that an overflown stack is a failure and not the end of the tests.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use thidua::diagnostic::Diagnostic;

use super::fixture::{run as raised, tiny_with};

/// A slow machine under load may need seconds; what hangs needs forever.
const MOST_WAITED: Duration = Duration::from_secs(20);
const STEP: Duration = Duration::from_millis(5);

/// What stands in the file, and the codes of which one must be told; none: it is fine after all.
struct Text {
    name: &'static str,
    file: &'static str,
    content: String,
    codes: &'static [&'static str],
}

fn campaign(name: &'static str, lines: &str, codes: &'static [&'static str]) -> Text {
    let tiny = fs::read_to_string("tests/fixtures/tiny/campaign.toml").unwrap();
    Text { name, file: "campaign.toml", content: format!("{tiny}{lines}\n"), codes }
}

fn rule(name: &'static str, content: impl Into<String>, codes: &'static [&'static str]) -> Text {
    Text { name, file: "criteria.rhai", content: content.into(), codes }
}

/// The one rule of the small campaign, with this body.
fn body(name: &'static str, body: &str, codes: &'static [&'static str]) -> Text {
    rule(name, format!("fn coverage() {{ {body} }}"), codes)
}

fn texts() -> Vec<Text> {
    let deep = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    let chain = |count: usize| {
        (0..count).fold(String::new(), |all, at| {
            all + &format!(
                "fn f{at}() {{ f{}() }}
",
                at + 1
            )
        })
    };
    let many = |count: usize| {
        (0..count).fold(String::new(), |all, at| {
            all + &format!(
                "fn f{at}() {{ unit.firms.count() }}
"
            )
        })
    };
    let coverage = "fn coverage() { unit.firms.share(|f| f.has_union) }\n";
    vec![
        campaign("arrays in arrays", &format!("about = {}", deep("[", "]", 100_000)), &["toml-syntax"]),
        campaign("tables in tables", &format!("about = {}", deep("{a=", "}", 100_000)), &["toml-syntax"]),
        campaign("a key of 100,000 parts", &format!("about{} = 1", ".a".repeat(100_000)), &["toml-syntax"]),
        campaign("a header of 100,000 parts", &format!("[about{}]", ".a".repeat(100_000)), &["toml-syntax"]),
        campaign("a hexadecimal", "at_most = 0x10", &["not-a-decimal"]),
        campaign("a number beyond every float", "at_most = 1e400", &["not-a-decimal", "too-many-digits"]),
        campaign(
            "a number with an endless exponent",
            "at_most = 1e99999999999999999999",
            &["not-a-decimal", "too-many-digits"],
        ),
        campaign("a million digits", &format!("at_most = {}", "9".repeat(1_000_000)), &["too-many-digits"]),
        campaign("not a number", "at_most = nan", &["not-a-decimal"]),
        campaign("infinity", "at_most = -inf", &["not-a-decimal"]),
        campaign("a lone surrogate", "about = \"\\ud800\"", &["toml-syntax"]),
        campaign("a NUL byte", "about = \"a\0b\"", &["toml-syntax"]),
        campaign("a NUL byte that is escaped", "about = \"a\\u0000b\"", &[]),
        campaign("an override of the direction of writing", "about = \"\u{202e}%59\"", &[]),
        campaign("a day that no calendar has", "due = 2024-02-30", &["toml-syntax", "not-a-day"]),
        campaign("a text that never ends", "about = '''", &["toml-syntax"]),
        campaign("a key twice", "at_least = \"60%\"", &["toml-syntax"]),
        campaign("a defined table as a value", "[levels]\nunits = 1", &["toml-syntax"]),
        campaign(
            "a percentage of a million digits",
            &format!("at_most = \"{}%\"", "9".repeat(1_000_000)),
            &["bad-percentage"],
        ),
        campaign("an id of a megabyte", &format!("[criteria.{}]\nlevels = []", "ê".repeat(500_000)), &["toml-syntax"]),
        campaign(
            "an award that requires itself",
            "[awards.a]\nlevels = [\"units\"]\nrequires = [\"a\"]",
            &["stage-circle"],
        ),
        body("10,000 parentheses", &deep("(", ")", 10_000), &["rule-syntax"]),
        body("10,000 negations", &format!("{}true", "!".repeat(10_000)), &["rule-syntax"]),
        body("10,000 blocks", &deep("{", "}", 10_000), &["rule-syntax"]),
        body("10,000 conditions", &deep("if true {", "} else { 2 }", 10_000), &["rule-syntax"]),
        body("a sum of 10,000 numbers", &vec!["1"; 10_000].join(" + "), &["rule-syntax"]),
        body("a chain of 10,000 fields", &format!("unit{}", ".firms".repeat(10_000)), &["rule-syntax"]),
        body("10,000 `else if`", &format!("{} {{ 1 }}", "if unit.holds { 1 } else ".repeat(10_000)), &["rule-syntax"]),
        body(
            "a conjunction of 10,000 flags",
            &vec!["unit.holds"; 10_000].join(" && "),
            &["rule-syntax", "measure-mismatch"],
        ),
        body("10,000 `let`", &format!("{} x9", "let x9 = 1; ".repeat(10_000)), &["interpreted-rule"]),
        body("closures in closures", &deep("unit.firms.any(|f| ", " > 0)", 1_000), &["rule-syntax"]),
        body(
            "a number beyond every integer",
            "99999999999999999999999999999999",
            &["rule-syntax", "outside-subset", "interpreted-rule"],
        ),
        body("a number beyond every float", "1e400", &["rule-syntax", "interpreted-rule"]),
        body("a hexadecimal beyond every integer", "0xffffffffffffffffffffff", &["rule-syntax"]),
        body("a text that never ends", "\"abc", &["rule-syntax"]),
        body("a comment that never ends", "/* 1", &["rule-syntax"]),
        body("NUL bytes", "\0\0", &["rule-syntax"]),
        body("a lone surrogate", "\"\\ud800\"", &["rule-syntax"]),
        body("an endless loop", "loop { }", &["interpreted-rule", "rule-failed"]),
        body("an endless loop in a predicate", "unit.firms.share(|f| { loop { } })", &["outside-subset"]),
        body(
            "a text that doubles",
            "let x = \"aa\"; for i in 0..64 { x += x; } x",
            &["rule-syntax", "interpreted-rule", "rule-failed"],
        ),
        body("a list that doubles", "let x = [1, 2]; while true { x += x; } x", &["interpreted-rule", "rule-failed"]),
        body(
            "an assignment to what is there",
            "params = 1; unit.firms.share(|f| f.has_union)",
            &["rule-syntax", "interpreted-rule", "rule-failed"],
        ),
        body("an assignment to a field of what is there", "params.large = 1; 1", &["forbidden-in-rules"]),
        body("a constant that is assigned", "const x = 1; x = 2; x", &["rule-syntax", "interpreted-rule"]),
        body("evaluated text", "eval(\"1\")", &["rule-syntax"]),
        body("an imported file", "import \"/etc/passwd\" as p; 1", &["rule-syntax"]),
        body("division by zero", "1 / 0", &["measure-mismatch", "rule-failed"]),
        rule("a file of 100 megabytes", "//".repeat(50_000_000), &["file-too-large"]),
        rule("rules in a circle", "fn coverage() { a() }\nfn a() { b() }\nfn b() { a() }", &["recursive-rule"]),
        rule("5,000 rules in a chain", chain(5_000) + "fn f5000() { 1 }\nfn coverage() { f0() }", &["rule-too-large"]),
        rule("5,000 functions", many(5_000) + coverage, &[]),
        rule("a function that doubles its caller", doubling(), &["rule-too-large"]),
        body("a value that doubles", &doubling_value(), &["rule-too-large"]),
        body(
            "a greatest of greatests",
            &format!("{}1{}", "max(".repeat(50), ", 1)".repeat(50)),
            &["rule-too-large", "rule-syntax"],
        ),
        rule("no function at all", "", &["missing-rule"]),
        rule("another file", "PK\u{3}\u{4}\0\0\0", &["rule-syntax"]),
    ]
}

/// What is just not too deep is computed on the small stack of a thread.
#[test]
fn the_deepest_rule_needs_no_large_stack() {
    let depths = (30..200).step_by(10).rev();
    let told = |depth: usize| {
        let step = |all: String, at: usize| all + &format!("fn f{at}() {{ unit.holds || f{}() }}\n", at + 1);
        let rules =
            (0..depth).fold(String::new(), step) + &format!("fn f{depth}() {{ true }}\nfn coverage() {{ f0() }}");
        let dir = tiny_with("criteria.rhai", rules.as_bytes());
        let campaign = fs::read_to_string(dir.path().join("campaign.toml")).unwrap();
        fs::write(dir.path().join("campaign.toml"), campaign.replace("at_least = \"50%\"", "present = true")).unwrap();
        raised("evaluate", dir.path()).iter().map(Diagnostic::code).collect::<Vec<_>>()
    };
    let told: Vec<_> = depths.map(told).collect();
    assert_eq!(told.first(), Some(&vec!["rule-too-large"]));
    assert_eq!(told.last(), Some(&vec![]));
}

/// Each function calls the next one twice: put in place of their calls they would fill the memory.
fn doubling() -> String {
    let step = |at: usize| format!("fn f{at}() {{ f{}() + f{}() }}\n", at + 1, at + 1);
    (0..40).map(step).collect::<String>() + "fn f40() { 1 }\nfn coverage() { f0() }"
}

/// Each name stands for twice the one before.
fn doubling_value() -> String {
    let step = |at: usize| format!("let x{} = x{at} + x{at}; ", at + 1);
    "let x0 = 1; ".to_owned() + &(0..60).map(step).collect::<String>() + "x60"
}

#[test]
fn hostile_texts_are_told_and_stop_nothing() {
    let wrong: Vec<_> = texts().iter().filter_map(|text| Some(format!("{}: {}", text.name, fault(text)?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with how a text is told, first without the data and then with them.
fn fault(text: &Text) -> Option<String> {
    let dir = tiny_with(text.file, text.content.as_bytes());
    let runs = ["check", "evaluate"].map(|verb| run(verb, dir.path()));
    let ended = runs.iter().all(|run| run.status.is_some_and(|status| matches!(status.code(), Some(0..=2))));
    let told = |what: &str| runs.iter().any(|run| run.told.contains(what));
    let expected = match text.codes {
        [] => !told("error["),
        codes => codes.iter().any(|code| told(&format!("[{code}]"))),
    };
    let fine = ended && expected && !told("panicked");
    let start = |run: &Run| format!("\n{:?} {}", run.status, run.told.chars().take(400).collect::<String>());
    (!fine).then(|| runs.iter().map(start).collect())
}

struct Run {
    /// Nothing where it had to be stopped.
    status: Option<ExitStatus>,
    told: String,
}

fn run(verb: &str, dir: &Path) -> Run {
    let told = dir.join("told");
    let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
    command.arg(verb).arg(dir).stdout(Stdio::null()).stderr(fs::File::create(&told).unwrap());
    let mut process = command.spawn().unwrap();
    let mut left = MOST_WAITED;
    let status = loop {
        match process.try_wait().unwrap() {
            Some(status) => break Some(status),
            None if left.is_zero() => {
                process.kill().unwrap();
                process.wait().unwrap();
                break None;
            }
            None => {
                sleep(STEP);
                left = left.saturating_sub(STEP);
            }
        }
    };
    Run { status, told: fs::read_to_string(told).unwrap() }
}
