//! The shipped campaigns: their cases and their boundaries.

use std::fs;
use std::path::{Path, PathBuf};

use thidua::campaign::ClauseKind;
use thidua::case::{Noticed, noticed, run};
use thidua::diagnostic::Language;
use thidua::load::{Request, cases, check, evaluate, texts};
use thidua::report::became;
use thidua::report::table::table;

/// The folders of all campaigns that are shipped, the examples among them.
pub fn shipped() -> Vec<PathBuf> {
    let mut campaigns = campaigns_in(Path::new("rules"));
    campaigns.sort();
    for known in ["rules/lao-cai-2024", "rules/examples/base-union-grading-older/cua-lo-2010"] {
        assert!(campaigns.contains(&PathBuf::from(known)), "{known} is not found");
    }
    campaigns
}

fn campaigns_in(folder: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut campaigns: Vec<_> = below.flat_map(|folder| campaigns_in(&folder)).collect();
    if folder.join("campaign.toml").exists() {
        campaigns.push(folder.to_owned());
    }
    campaigns
}

fn failed_cases(root: &Path) -> Vec<String> {
    let texts = texts(root, &[]).expect("the campaign loads");
    let mut failed = Vec::new();
    for case in cases(root).expect("the cases load") {
        let report = run(&case, &texts.document, &texts.library);
        let name = |what: String| format!("{}: {}: {what}", root.display(), report.name);
        failed.extend(report.mismatches.iter().map(|mismatch| name(mismatch.line(Language::En))));
        failed.extend(report.faults.iter().map(|fault| name(fault.to_string())));
    }
    failed
}

#[test]
fn every_case_of_every_shipped_campaign_passes() {
    let failed: Vec<_> = shipped().iter().flat_map(|root| failed_cases(root)).collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn something_carries_every_clause_of_every_directive() {
    for root in shipped() {
        let plan = check(&Request { campaign: root.clone(), ..Request::default() }).expect("it is sound");
        let campaign = &plan.campaign;
        assert!(!campaign.clauses.is_empty(), "{} has no register", root.display());
        for registered in campaign.register() {
            assert_eq!(registered.missing, [], "{}: clause {}", root.display(), registered.clause.id);
        }
        assert_eq!(campaign.unregistered().next(), None, "{}", root.display());
    }
}

#[test]
fn the_cases_notice_every_boundary() {
    let root = Path::new("rules/lao-cai-2024");
    let texts = texts(root, &[]).expect("the campaign loads");
    let found = noticed(&cases(root).expect("the cases load"), &texts.document, &texts.library);
    let Noticed { all, unnoticed, .. } = found;
    assert!(all > 20, "only {all} boundaries were moved");
    assert_eq!(unnoticed, []);
}

const CONTEST: &str = r#"
id     = "contest"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = []
data   = { dir = "." }
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = { type = "text" }
rate = { type = "number" }
[levels.units]
table = "units"
score = { not_applicable = "zero", clause = "1" }
rank  = { by = ["score desc"], ties = "competition", requires = ["rate"], clause = "1" }
[levels.units.grades]
good = { at_least = 5, clause = "1" }
poor = {}
[criteria.rate]
levels   = ["units"]
clause   = "1"
column   = "rate"
at_least = 1
in       = "work"
points   = { max = 10, value = "as_measured", clause = "1" }
[criteria.extra]
levels = ["units"]
clause = "1"
column = "rate"
in     = "work"
points = { pot = "bonus", each = 1, cap = 2, clause = "1" }
[groups.work]
cap.bonus = { value = 1, clause = "1" }
[awards.flag]
levels = ["units"]
clause = "1"
by     = ["score desc"]
quota  = [{ at_most = 1, clause = "1" }]
"#;

/// What is told of cases about three units of that contest.
fn told_of(expect: &str) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a folder");
    let case = format!(
        "[[case]]\nname = \"three\"\nrows.units = [{{ code = \"A\", rate = 9 }}, {{ code = \"B\", rate = 4 }}, \
         {{ code = \"C\", rate = 0 }}]\n{expect}\n"
    );
    fs::create_dir(dir.path().join("cases")).expect("it is written");
    for (name, text) in [("campaign.toml", CONTEST), ("cases/three.toml", &case)] {
        fs::write(dir.path().join(name), text).expect("it is written");
    }
    let texts = texts(dir.path(), &[]).unwrap_or_else(|stopped| panic!("{:?}", stopped.diagnostics));
    let cases = match cases(dir.path()) {
        Ok(cases) => cases,
        Err(stopped) => return stopped.diagnostics.iter().map(ToString::to_string).collect(),
    };
    let reports = cases.iter().map(|case| run(case, &texts.document, &texts.library));
    reports.flat_map(|report| report.mismatches).map(|mismatch| mismatch.line(Language::En)).collect()
}

#[test]
fn a_case_expects_things_of_several_units() {
    let right = r#"
expect.rate = { points = 9 }
expect.A = { rank = 1, score = 10, score_of = 10, grade = "good", tied = false, awards.flag = "granted", groups.work = { points = 9, bonus = 1, penalty = 0 } }
expect.B = { rank = 2, awards.flag = "eligible", groups.work = 5, rate = { verdict = "met", points = 4 }, extra.points = 2 }
expect.C = { rank = "none", score = 0, grade = "poor" }
"#;
    assert_eq!(told_of(right), [""; 0]);
}

#[test]
fn a_wrong_expectation_of_a_unit_says_of_which_and_what_came_out() {
    for (expect, line) in [
        ("expect.B.rank = 1", "B.rank: expected 1, found 2"),
        ("expect.C.rank = 3", "C.rank: expected 3, found none"),
        ("expect.A.rank = \"none\"", "A.rank: expected none, found 1"),
        ("expect.B.awards.flag = \"granted\"", "B.awards.flag: expected granted, found eligible"),
        ("expect.B.score_of = 11", "B.score_of: expected 11, found 10"),
        ("expect.B.groups.work = 6", "B.groups.work: expected 6, found 5"),
        ("expect.B.groups.work.bonus = 2", "B.groups.work.bonus: expected 2, found 1"),
        ("expect.B.groups.wrok = 5", "B.groups.wrok: expected 5, found nothing"),
        ("expect.B.rate.points = 5", "B.rate.points: expected 5, found 4"),
        ("expect.D.rank = 1", "unit: expected D, found A, B, C"),
        ("expect.D.rate.points = 1", "criterion: expected D.rate, found rate, extra, A, B, C"),
        ("expect_unit.rank = 2", "rank: expected 2, found 1"),
    ] {
        assert_eq!(told_of(expect), [line], "{expect}");
    }
    let [misspelt] = told_of("expect.B = { rank = 2, scroe = 5 }").try_into().expect("one fault");
    assert!(misspelt.contains("`scroe`"), "{misspelt}");
}

#[test]
fn every_clause_says_what_became_of_it() {
    for root in shipped() {
        let run = evaluate(&Request { campaign: root.clone(), ..Request::default() }).expect("it is sound");
        let campaign = &run.plan.campaign;
        for registered in campaign.register() {
            let id = &registered.clause.id;
            let page = became::clause(campaign, &run.outcome, id, Language::En).expect("it is in the register");
            let text = table(&page, 400);
            let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
            let answers =
                says(&["met", "measured", "undetermined", "not due", "not applicable", "granted", "eligible"]);
            let period = registered.clause.kinds.contains(&ClauseKind::Period) && says(&["20"]);
            let nothing = registered.clause.nothing.is_some() && says(&["nothing to check"]);
            assert!(answers || period || nothing, "{}, clause {id}:\n{text}", root.display());
        }
    }
}
