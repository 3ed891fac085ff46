//! What one evaluation found is data for another.

use std::fs;
use std::path::Path;
use std::process::Command;

use thidua::load::{Request, evaluate};
use thidua::report::csv::csv;

const LAST_YEAR: &str = r#"
id     = "last-year"
period = { from = 2023-01-01, to = 2023-12-31, clause = "1" }
rules  = ["rules.rhai"]
data   = { dir = ".", as_of = 2023-12-31 }
[tables.unions]
file = "unions.csv"
key  = "code"
[tables.unions.columns]
code  = { type = "text" }
works = { type = "number" }
[levels.unions]
table = "unions"
[criteria.works]
levels   = ["unions"]
clause   = "2"
column   = "works"
at_least = 3
"#;

const THIS_YEAR: &str = r#"
id     = "this-year"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = ["rules.rhai"]
data   = { dir = ".", as_of = 2024-12-31 }
[tables.unions]
file = "unions.csv"
key  = "code"
[tables.unions.columns]
code  = { type = "text" }
works = { type = "number" }
[tables.results]
file    = "results-2023.csv"
parent  = "unit"
no_rows = "unknown"
[tables.results.columns]
unit    = { type = "link", to = "unions" }
item    = { type = "text" }
verdict = { type = "choice", blank = "none", values = ["met", "exceeded", "not_met", "undetermined", "not_applicable", "not_due", "no_target", "measured"] }
value   = { type = "number", blank = "none" }
[levels.unions]
table = "unions"
[defaults.criteria]
levels = ["unions"]
clause = "3"
[criteria.twice]
present = true
[criteria.more_than_last_year]
more_than = { rule = "last_years_works" }
column    = "works"
"#;

const RULES: &str = r#"
fn last_year()        { unit.results.only(|r| r.item == "works") }
fn twice()            { last_year().verdict == "met" && unit.works >= (last_year().value ?? 0) }
fn last_years_works() { last_year().value }
"#;

fn folder(root: &Path, campaign: &str, rules: &str, unions: &str) {
    fs::write(root.join("campaign.toml"), campaign).unwrap();
    fs::write(root.join("rules.rhai"), rules).unwrap();
    fs::write(root.join("unions.csv"), unions).unwrap();
}

#[test]
fn last_years_results_are_a_table_like_any_other() {
    let (last, this) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    folder(last.path(), LAST_YEAR, "", "code,works\nA,3\nB,2\nC,5\n");
    let run = evaluate(&Request { campaign: last.path().into(), ..Request::default() }).expect("last year is sound");
    let mut results = Vec::new();
    csv(&run.outcome, &mut results).unwrap();

    folder(this.path(), THIS_YEAR, RULES, "code,works\nA,4\nB,4\nC,4\nD,4\n");
    fs::write(this.path().join("results-2023.csv"), results).unwrap();
    let run = evaluate(&Request { campaign: this.path().into(), ..Request::default() }).expect("this year is sound");
    assert_eq!(run.faults, []);
    let verdicts = |criterion: usize| -> Vec<_> {
        run.outcome.levels[0].units.lines().map(|unit| unit.criteria[criterion].verdict.id()).collect()
    };
    // D is new: nobody knows what it did last year.
    assert_eq!(verdicts(0), ["met", "not_met", "not_met", "undetermined"]);
    assert_eq!(verdicts(1), ["met", "met", "not_met", "undetermined"]);
}

const OTHER_YEAR: &str = r#"
[levels.unions]
table = "unions"
[tables.unions]
file = "unions.csv"
key  = "code"
[tables.unions.columns]
code  = { type = "text" }
works = { type = "number" }
[criteria.works]
levels   = ["unions"]
clause   = "2"
column   = "works"
"#;

/// What `compare` says, as CSV: unit, item, before and after of every difference.
fn differences(args: &[&str]) -> Vec<[String; 4]> {
    let output = Command::new(env!("CARGO_BIN_EXE_thidua")).arg("compare").args(args).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let mut rows = csv::Reader::from_reader(output.stdout.as_slice());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = ["unit", "item", "before", "after"].map(at);
    let causes = at("change");
    let rows = rows.records().map(Result::unwrap).filter(|row| row[causes].is_empty());
    rows.map(|row| columns.map(|at| row[at].to_owned())).collect()
}

fn told(unit: &str, before: &str, after: &str) -> [String; 4] {
    [unit, "works", before, after].map(str::to_owned)
}

#[test]
fn two_years_are_compared_by_data_and_by_rules() {
    let (last, this) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let year = |year: i32, bar: i32| {
        format!(
            "id = \"y{year}\"\nrules = [\"rules.rhai\"]\n\
             period = {{ from = {year}-01-01, to = {year}-12-31, clause = \"1\" }}\n\
             data = {{ dir = \".\", as_of = {year}-12-31 }}\n{OTHER_YEAR}at_least = {bar}\n"
        )
    };
    folder(last.path(), &year(2023, 3), "", "code,works\nA,3\nB,2\nC,5\n");
    folder(this.path(), &year(2024, 4), "", "code,works\nA,4\nB,3\nC,1\nD,4\n");
    let [last, this] = [&last, &this].map(|dir| dir.path().to_str().unwrap());
    // The same data: B would have met last year's bar of 3.
    let rules = differences(&[this, "--other-rules", last, "--format", "csv"]);
    assert_eq!(rules, [told("B", "not_met", "met")]);
    // The same rules: A and C by what they did last year. D was no unit then.
    let data = differences(&[this, "--other-data", last, "--format", "csv"]);
    let verdicts: Vec<_> = data.iter().filter(|row| row[1] == "works").cloned().collect();
    assert_eq!(verdicts, [told("A", "met", "not_met"), told("C", "not_met", "met"), told("D", "met", "")]);
}
