//! What one evaluation found is data for another.

use std::fs;
use std::path::Path;

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
        run.outcome.levels[0].units.iter().map(|unit| unit.criteria[criterion].verdict.id()).collect()
    };
    // D is new: nobody knows what it did last year.
    assert_eq!(verdicts(0), ["met", "not_met", "not_met", "undetermined"]);
    assert_eq!(verdicts(1), ["met", "met", "not_met", "undetermined"]);
}
