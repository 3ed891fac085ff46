//! Every kind of faulty row, from the text of a file to the verdict.

use std::fs;

use tempfile::TempDir;
use thidua::diagnostic::Diagnostic;
use thidua::load::{Request, Run, Stopped, evaluate};
use thidua::source::Place;

use crate::campaigns::{judgement, told};

const CAMPAIGN: &str = r#"
id      = "faulty"
period  = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules   = ["criteria.rhai"]
data    = { dir = ".", as_of = 2024-12-31 }

[scales.grade]
poor = {}
good = {}

[tables.units]
file   = "units.csv"
key    = "code"
parent = "above"
[tables.units.columns]
code    = { type = "text", header = "Code" }
above   = { type = "link", header = "Above", to = "units" }
cluster = { type = "choice", header = "Cluster", values = ["1", "2"] }

[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "owner"
no_rows = "none"
[tables.firms.columns]
code    = { type = "text", header = "Code", digits = 3 }
owner   = { type = "link", header = "Unit", to = "units" }
workers = { type = "number", header = "Workers", min = 0, max = 100 }
founded = { type = "date", header = "Founded" }
active  = { type = "flag", header = "Active" }
grade   = { type = "scale", header = "Grade", scale = "grade" }

[levels.units]
table   = "units"
cluster = "cluster"
rank    = { by = ["workers desc"], ties = "competition", clause = "1" }

[defaults.criteria]
levels = ["units"]
clause = "1"
[criteria.workers]
at_least = 50
[criteria.active]
at_least = "100%"
[criteria.founded]
at_least = "100%"
[criteria.good]
at_least = "100%"
[criteria.firms]
at_least = 1

[awards.flag]
levels   = ["units"]
requires = ["firms"]
by       = ["workers desc"]
quota    = [{ at_most = 1, per = "cluster", clause = "1" }]
"#;

const RULES: &str = "
fn workers() { unit.own.firms.sum(|f| f.workers) }
fn active()  { unit.own.firms.share(|f| f.active) }
fn founded() { unit.own.firms.share(|f| f.founded <= as_of) }
fn good()    { unit.own.firms.share(|f| f.grade >= \"good\") }
fn firms()   { unit.own.firms.count() }
";

const UNITS: &str = "A,,1\nB,A,1\n";
/// A firm in which everything is as it should be.
const SOUND: &str = "001,A,60,2020-01-01,Có,good\n";

fn run(units: &str, firms: &str) -> Result<Run, Stopped> {
    let dir: TempDir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("it is written");
    write("campaign.toml", CAMPAIGN);
    write("criteria.rhai", RULES);
    write("units.csv", &format!("Code,Above,Cluster\n{units}"));
    write("firms.csv", &format!("Code,Unit,Workers,Founded,Active,Grade\n{firms}"));
    evaluate(&Request { campaign: dir.path().into(), ..Request::default() })
}

/// Code, file, line and column of a finding.
fn place(fault: &Diagnostic) -> String {
    let Place::Cell(cell) = &fault.place else { return fault.code().to_owned() };
    let file = cell.file.rsplit('/').next().unwrap_or_default();
    let column = cell.column.as_ref().map_or(String::new(), |column| format!(" {column}"));
    format!("{} {file}:{}{column}", fault.code(), cell.line)
}

fn places(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(place).collect()
}

/// What rows of firms say of the unit A.
struct Case {
    what: &'static str,
    firms: &'static str,
    /// Where the faults are.
    told: &'static [&'static str],
    /// The verdicts on workers, active, founded, good and firms.
    verdicts: [&'static str; 5],
    set_aside: usize,
}

const ALL_MET: [&str; 5] = ["met"; 5];
const NOTHING_KNOWN: [&str; 5] = ["met", "undetermined", "undetermined", "undetermined", "met"];

const CASES: &[Case] = &[
    Case { what: "nothing is wrong", firms: "", told: &[], verdicts: ALL_MET, set_aside: 0 },
    Case {
        what: "cells of the wrong type and unknown words",
        firms: "002,A,many,30/02/2024,perhaps,best\n",
        told: &[
            "not-a-number firms.csv:3 Workers",
            "not-a-date firms.csv:3 Founded",
            "not-a-flag firms.csv:3 Active",
            "unknown-word firms.csv:3 Grade",
        ],
        // Sixty workers are enough, however many the other firm has.
        verdicts: NOTHING_KNOWN,
        set_aside: 0,
    },
    Case {
        what: "a number out of range is none of those allowed",
        firms: "002,A,101,2020-01-01,Có,good\n",
        told: &["number-out-of-range firms.csv:3 Workers"],
        verdicts: ALL_MET,
        set_aside: 0,
    },
    Case {
        what: "too few cells",
        firms: "002,A,1\n",
        told: &["too-few-cells firms.csv:3"],
        verdicts: NOTHING_KNOWN,
        set_aside: 0,
    },
    Case {
        what: "too many cells: the row counts, its cells do not",
        firms: "002,A,1,000,2020-01-01,Có,good\n",
        told: &["too-many-cells firms.csv:3"],
        verdicts: NOTHING_KNOWN,
        set_aside: 0,
    },
    Case {
        what: "the same row twice counts once",
        firms: "002,A,1,2020-01-01,Không,good\n002,A,1,2020-01-01,Không,good\n",
        told: &["repeated-row firms.csv:4 Code"],
        verdicts: ["met", "not_met", "met", "met", "met"],
        set_aside: 0,
    },
    Case {
        what: "the same key twice: one row, and what differs is unknown",
        firms: "002,A,1,2020-01-01,Không,good\n002,A,1,2020-01-01,Có,good\n",
        told: &["repeated-key firms.csv:4 Code"],
        verdicts: ["met", "undetermined", "met", "met", "met"],
        set_aside: 0,
    },
    Case {
        what: "a unit that is blank or not found",
        firms: "002,,1,,Không,poor\n003,C,1,,Không,poor\n",
        told: &["parent-blank firms.csv:3 Unit", "parent-not-found firms.csv:4 Unit"],
        verdicts: ALL_MET,
        set_aside: 2,
    },
];

#[test]
fn faulty_rows_are_told_and_never_decide() {
    for Case { what, firms, told: expected, verdicts, set_aside } in CASES {
        let run = run(UNITS, &format!("{SOUND}{firms}"))
            .unwrap_or_else(|stopped| panic!("{what}: {}", told(&stopped.diagnostics)));
        let found: Vec<Diagnostic> = run.faults.iter().chain(&run.outcome.warnings).cloned().collect();
        assert_eq!(places(&found), *expected, "{what}");
        let judged = ["workers", "active", "founded", "good", "firms"]
            .map(|criterion| judgement(&run.outcome, "units", "A", criterion).verdict.id());
        assert_eq!(judged, *verdicts, "{what}");
        let intake =
            run.outcome.data.iter().find(|intake| intake.file.ends_with("firms.csv")).expect("the file was read");
        assert_eq!(intake.set_aside, *set_aside, "{what}");
    }
}

#[test]
fn a_number_out_of_range_may_still_be_anything_allowed() {
    let run = run(UNITS, "001,A,101,2020-01-01,Có,good\n").expect("it is evaluated");
    assert_eq!(judgement(&run.outcome, "units", "A", "workers").verdict.id(), "undetermined");
}

#[test]
fn the_same_unit_twice_stops_even_where_both_rows_agree() {
    for second in ["A,,1\n", "A,,2\n"] {
        let stopped = run(&format!("{UNITS}{second}"), SOUND).expect_err("it stops");
        assert!(!stopped.misuse, "the data are at fault, not the caller");
        assert_eq!(places(&stopped.diagnostics), ["repeated-key-stops units.csv:4 Code"]);
    }
}

#[test]
fn parents_in_a_circle_stop() {
    let stopped = run("A,B,1\nB,A,1\n", SOUND).expect_err("it stops");
    assert!(!stopped.misuse);
    assert_eq!(places(&stopped.diagnostics), ["parent-cycle units.csv:2 Above"]);
}

#[test]
fn a_unit_without_cluster_is_judged_and_not_ranked() {
    let run = run("A,,\nB,A,1\n", SOUND).expect("it is evaluated");
    assert!(run.faults.is_empty(), "{}", told(&run.faults));
    assert_eq!(places(&run.outcome.warnings), ["unit-without-cluster"]);
    let unit = &run.outcome.levels[0].units.get(0).unwrap().to_line();
    assert_eq!((unit.criteria[0].verdict.id(), &unit.rank), ("met", &None));
    let award = |at: usize| {
        run.outcome.levels[0].units.get(at).unwrap().to_line().awards[0].as_ref().map(|award| award.verdict.id())
    };
    assert_eq!((award(0), award(1)), (Some("eligible"), Some("not_eligible")));
}

#[test]
fn a_unit_whose_parent_is_not_found_is_set_aside_with_its_rows() {
    let run = run("A,,1\nB,C,1\n", &format!("{SOUND}002,B,1,,Có,good\n")).expect("it is evaluated");
    assert_eq!(places(&run.faults), ["parent-not-found units.csv:3 Above", "parent-not-found firms.csv:3 Unit"]);
    assert_eq!(run.outcome.levels[0].units.len(), 1);
    let set_aside: Vec<usize> = run.outcome.data.iter().map(|intake| intake.set_aside).collect();
    assert_eq!(set_aside, [1, 1]);
}
