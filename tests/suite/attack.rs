//! What a hostile or careless user does to the program itself: arguments, files and names.
//!
//! Whatever is tried ends with a designed exit code and a short message; nothing that stands in a file or an argument
//! reaches the terminal as a command.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::fixture::tiny_with;

/// No message needs more.
const MOST_TOLD: usize = 20_000;

/// Something that is tried on the small campaign.
struct Attack {
    what: &'static str,
    /// A file and the text that is added to it.
    added: (&'static str, String),
    /// The arguments; `DIR` is the campaign.
    args: Vec<String>,
    exit: i32,
    /// A part of what is told, or of the report where the exit is 0.
    told: &'static str,
}

fn edit(what: &'static str, text: impl Into<String>, exit: i32, told: &'static str) -> Attack {
    let args = ["check", "DIR", "--set"].map(str::to_owned).into_iter().chain([text.into()]).collect();
    Attack { what, added: ("campaign.toml", String::new()), args, exit, told }
}

fn lines(what: &'static str, file: &'static str, lines: impl Into<String>, exit: i32, told: &'static str) -> Attack {
    Attack { what, added: (file, lines.into()), args: vec!["evaluate".into(), "DIR".into()], exit, told }
}

fn command(what: &'static str, args: &[&str], exit: i32, told: &'static str) -> Attack {
    let args = args.iter().map(ToString::to_string).collect();
    Attack { what, added: ("campaign.toml", String::new()), args, exit, told }
}

/// A level with a score and a rank, a criterion with points, and an award with a quota.
fn scored(rounding: &str, by: &str, points: &str, quota: &str) -> String {
    format!(
        "[levels.scored]
table = \"units\"
score = {{ round = {{ items = {rounding}, score = 2 }}, clause = \"3\" }}
rank  = {{ by = {by}, ties = \"competition\", clause = \"3\" }}
[criteria.budget]
levels   = [\"scored\"]
clause   = \"3\"
column   = \"budget\"
at_least = 1
points   = {{ max = {points}, clause = \"3\" }}
[awards.flag]
levels   = [\"scored\"]
requires = [\"budget\"]
by       = [\"score desc\"]
quota    = [{{ at_most = {quota}, clause = \"3\" }}]
[params.negative]
value  = -1
clause = \"3\"
"
    )
}

fn attacks() -> Vec<Attack> {
    let scored = |what, rounding, by, points, quota, told| {
        lines(what, "campaign.toml", scored(rounding, by, points, quota), 1, told)
    };
    let by = "[\"score desc\"]";
    let sound = self::scored("2", by, "10", "1");
    let units = "data/units.csv";
    let control = "\"\u{1b}]0;owned\u{7}\u{202e}X\rY\nZ\",north,good,,1,true\n";
    // Of a cell they are taken out, and told; ends of lines are shown.
    let shown = "]0;ownedX␍Y␊Z";
    let mut markdown = lines("controls in a name, in a document", units, control, 0, "\\]0;ownedX␍Y␊Z");
    markdown.args.extend(["--format".into(), "markdown".into()]);
    let formula = "=cmd|' /C calc'!A0\u{1b}]0;owned\u{7},north,good,,1,true\n";
    let mut csv = lines("a formula for a name, for a spreadsheet", units, formula, 0, ",'=cmd|' /C calc'!A0]0;owned,");
    csv.args.extend(["--format".into(), "csv".into()]);
    let mut coloured = edit("controls in an edit, in colour", "\u{1b}]0;owned\u{7}=1", 1, "␛]0;owned␇=1");
    coloured.args.extend(["--color".into(), "always".into()]);
    // No campaign reads the regions unless they are its clusters.
    let word = format!("C,{},good,,1,true\n", "n".repeat(100_000));
    let mut word = lines("a word of 100,000 letters", units, word, 1, "[unknown-word]");
    word.args.extend(["--set".into(), "levels.units.cluster=region".into()]);
    vec![
        edit("an edit of nothing", "=1", 2, "[bad-edit]"),
        edit("an edit without a value and a path", "=", 2, "[bad-edit]"),
        edit("an edit of a path with a hole", "params..large=1", 2, "[unknown-path]"),
        edit("an edit of 100,000 letters", "a".repeat(100_000) + "=1", 1, "[unknown-key]"),
        edit("a number of 100,000 digits", "params.large=".to_owned() + &"9".repeat(100_000), 2, "[too-many-digits]"),
        coloured,
        command("a unit with controls in its name", &["explain", "DIR", "\u{1b}[2J\nA"], 2, "`␛[2J␊A`"),
        command("a day that no calendar has", &["evaluate", "DIR", "--as-of", "31/02/2024"], 2, "31/12/2024"),
        command("a day long before", &["evaluate", "DIR", "--as-of", "0001-01-01"], 0, "0001-01-01"),
        command("more threads than cores", &["evaluate", "DIR", "--threads", "100000"], 0, "tiny"),
        command("a table for a campaign", &["check", "DIR/data/firms.csv"], 1, "[toml-syntax]"),
        command(
            "a campaign in a folder with controls in its name",
            &["new", "DIR/\u{1b}]0;owned\u{7}"],
            0,
            "␛]0;owned␇",
        ),
        command("cases that none is", &["test", "DIR", "nothing"], 2, "[unknown-name]"),
        lines("nothing is wrong", "campaign.toml", sound, 0, "at most 1"),
        scored("points to half a place", "1.5", by, "10", "1", "from 0 to 9, not 1.5"),
        scored("points to a negative place", "-1", by, "10", "1", "from 0 to 9, not -1"),
        scored("an order by nothing", "2", "[]", "10", "1", "at least one key"),
        scored("points below nought", "2", by, "-10", "1", "nought or more, not -10"),
        scored("points below nought by a param", "2", by, "{ param = \"negative\" }", "1", "nought or more, not -1"),
        scored("a quota below nought", "2", by, "10", "-1", "whole number, nought or more, not -1"),
        scored("half an award", "2", by, "10", "1.5", "whole number, nought or more, not 1.5"),
        scored("a quota by a param", "2", by, "10", "{ param = \"negative\" }", "whole number, nought or more, not -1"),
        lines("controls in a name", units, control, 0, shown),
        markdown,
        csv,
        lines("a number in a cell", "data/firms.csv", format!("004,A,{},,true\n", "9".repeat(100_000)), 1, "999…"),
        lines(
            "a cell of a megabyte",
            "data/firms.csv",
            format!("004,A,{},,true\n", "9".repeat(1 << 20)),
            1,
            "[cell-too-long]",
        ),
        word,
        lines(
            "a link to 20 megabytes",
            "data/firms.csv",
            format!("004,{},9,,true\n", "A".repeat(20 << 20)),
            1,
            "[record-too-long]",
        ),
    ]
}

#[test]
fn attacks_are_told_shortly_and_obeyed_by_no_terminal() {
    let wrong: Vec<_> =
        attacks().iter().filter_map(|attack| Some(format!("{}: {}", attack.what, fault(attack)?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is wrong with how an attack ends.
fn fault(attack: &Attack) -> Option<String> {
    let (file, added) = &attack.added;
    let dir = tiny();
    let path = dir.path().join(file);
    fs::write(&path, fs::read_to_string(&path).unwrap() + added).unwrap();
    if attack.args.first().is_some_and(|verb| verb == "test") {
        fs::create_dir(dir.path().join("cases")).unwrap();
        fs::write(dir.path().join("cases/none.toml"), "").unwrap();
    }
    let name = dir.path().display().to_string();
    let args: Vec<_> = attack.args.iter().map(|arg| arg.replace("DIR", &name)).collect();
    let output = run(&args);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let told = if attack.exit == 0 { &out } else { &err };
    let sound = output.status.code() == Some(attack.exit)
        && told.contains(attack.told)
        && err.len() < MOST_TOLD
        && !commands_terminal(&out)
        && !commands_terminal(&err);
    let start: String = err.chars().chain(out.chars()).take(1_500).collect();
    (!sound).then(|| format!("{:?} {} bytes\n{start:?}", output.status.code(), err.len()))
}

/// Whether a text holds a control other than ends of lines and the colours that were asked for.
fn commands_terminal(text: &str) -> bool {
    let plain = text.replace("\u{1b}[", "");
    plain.chars().any(|letter| (letter.is_control() && letter != '\n') || ('\u{202a}'..='\u{202e}').contains(&letter))
}

fn tiny() -> TempDir {
    tiny_with("data/firms.csv", &fs::read("tests/fixtures/tiny/data/firms.csv").unwrap())
}

fn run(args: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Evaluates the small campaign into a file; returns the exit code and what was told.
fn written(dir: &Path, file: &Path) -> (Option<i32>, String) {
    let output = run(&["evaluate".into(), dir.display().to_string(), "--output".into(), file.display().to_string()]);
    (output.status.code(), text(&output.stderr))
}

#[test]
fn no_file_that_was_read_is_written_over() {
    for file in ["campaign.toml", "tables.toml", "criteria.rhai", "data/units.csv", "data/../data/firms.csv"] {
        let dir = tiny();
        let before = fs::read(dir.path().join(file)).unwrap();
        let (exit, told) = written(dir.path(), &dir.path().join(file));
        assert_eq!(exit, Some(2), "{file}");
        assert!(told.contains("[unwritable-file]") && told.contains("reads this file"), "{told}");
        assert_eq!(fs::read(dir.path().join(file)).unwrap(), before, "{file}");
    }
}

#[test]
fn no_file_that_a_scenario_rests_on_is_written_over() {
    let dir = tiny();
    fs::write(dir.path().join("more.toml"), "[params.large]\nvalue = 20\n").unwrap();
    fs::write(dir.path().join("other.rhai"), "fn coverage() { unit.firms.share(|f| f.has_union) }\n").unwrap();
    fs::write(dir.path().join("rules.toml"), "rules = \"other.rhai\"\n").unwrap();
    let asked: [(&[&str], &str); 6] = [
        (&["compare", "more.toml"], "tables.toml"),
        (&["compare", "more.toml"], "more.toml"),
        (&["compare", "rules.toml"], "other.rhai"),
        (&["sweep", "--over", "params.large=10..50"], "criteria.rhai"),
        (&["seek", "--unit", "A", "--goal", "met coverage"], "data/firms.csv"),
        (&["due"], "campaign.toml"),
    ];
    for (words, file) in asked {
        let before = fs::read(dir.path().join(file)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
        command.arg(words[0]).arg(".").args(&words[1..]).args(["--output", file]).current_dir(dir.path());
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert!(told.contains("[unwritable-file]") && told.contains("reads this file"), "{told}");
        assert_eq!(fs::read(dir.path().join(file)).unwrap(), before, "{file}");
    }
}

#[cfg(unix)]
mod unix {
    use std::io::Read;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::thread;

    use super::*;

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn a_link_is_followed_and_permissions_stay() {
        let dir = tiny();
        let (link, target) = (dir.path().join("link"), dir.path().join("target"));
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&target, &link).unwrap();
        assert_eq!(written(dir.path(), &link), (Some(0), String::new()));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(&target).unwrap().starts_with("tiny"));
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_pipe_is_written_to_and_stays_a_pipe() {
        let dir = tiny();
        let fifo = dir.path().join("fifo");
        pipe(&fifo);
        let reader = thread::spawn({
            let fifo = fifo.clone();
            move || {
                let mut read = String::new();
                fs::File::open(fifo).unwrap().read_to_string(&mut read).map(|_| read)
            }
        });
        let (exit, _) = written(dir.path(), &fifo);
        assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
        assert_eq!(exit, Some(0));
        assert!(reader.join().unwrap().unwrap().starts_with("tiny"));
    }

    /// Whoever opens a pipe that nobody writes to waits forever.
    #[test]
    fn a_pipe_in_place_of_a_file_is_refused() {
        for file in ["campaign.toml", "criteria.rhai", "data/firms.csv"] {
            let dir = tiny();
            fs::remove_file(dir.path().join(file)).unwrap();
            pipe(&dir.path().join(file));
            let output = run(&["evaluate".into(), dir.path().display().to_string()]);
            assert_eq!(output.status.code(), Some(2), "{file}");
            assert!(text(&output.stderr).contains("not a file"), "{file}");
        }
    }
}

/// One cluster, a third of the keys open: compared one with another they took minutes.
#[test]
fn thousands_of_open_ranks_take_no_time_to_count() {
    let ranked = "\n[levels.ranked]\ntable = \"units\"\n\
        rank = { by = [\"budget desc\"], ties = \"dense\", clause = \"3\" }\n\
        [criteria.budget]\nlevels = [\"ranked\"]\nclause = \"3\"\ncolumn = \"budget\"\n";
    let dir = tiny();
    let add = |file: &str, text: &str| {
        let path = dir.path().join(file);
        fs::write(&path, fs::read_to_string(&path).unwrap() + text).unwrap();
    };
    let tables = fs::read_to_string(dir.path().join("tables.toml")).unwrap();
    fs::write(dir.path().join("tables.toml"), tables.replace(", blank = \"none\" }\nholds", " }\nholds")).unwrap();
    add("campaign.toml", ranked);
    let unit = |at: usize| {
        let budget = if at.is_multiple_of(3) { String::new() } else { (at * 7_919 % 100_003).to_string() };
        format!("U{at},north,good,,{budget},true\n")
    };
    add("data/units.csv", &(0..20_000).map(unit).collect::<String>());
    let output = run(&["evaluate".into(), dir.path().display().to_string(), "--level".into(), "ranked".into()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1–20002"), "{}", text(&output.stdout));
}
