//! The shipped campaign on the shipped data.

use thidua::diagnostic::Language;
use thidua::evaluate::{Outcome, Verdict};
use thidua::load::{Request, Run, evaluate};
use thidua::report::json::json as json_of;
use thidua::value::Day;

fn run(request: Request) -> Run {
    evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..request }).expect("the campaign evaluates")
}

fn verdict(outcome: &Outcome, level: &str, unit: &str, criterion: &str) -> Verdict {
    let level = outcome.levels.iter().find(|known| known.id == level).unwrap();
    let at = level.criteria.iter().position(|head| head.id == criterion).unwrap();
    level.units.lines().find(|known| known.id == unit).unwrap().criteria[at].verdict
}

fn verdicts(outcome: &Outcome) -> Vec<Verdict> {
    let units = outcome.levels.iter().flat_map(|level| level.units.lines());
    units.flat_map(|unit| unit.criteria.into_iter().map(|judgement| judgement.verdict)).collect()
}

#[test]
fn the_shipped_data_are_clean_and_every_verdict_occurs() {
    let full = run(Request::default());
    assert_eq!(full.faults, []);
    let mut found = verdicts(&full.outcome);
    let halfway = Request { as_of: Day::new(2024, 7, 1), ..Request::default() };
    found.extend(verdicts(&run(halfway).outcome));
    for verdict in Verdict::ALL {
        assert!(found.contains(&verdict), "{verdict:?} does not occur");
    }
}

#[test]
fn one_number_changes_what_it_should_and_nothing_else() {
    let before = run(Request::default()).outcome;
    let after = run(Request { set: vec!["params.large_firm=20".into()], ..Request::default() }).outcome;
    let changed: Vec<_> = before
        .levels
        .iter()
        .zip(&after.levels)
        .flat_map(|(a, b)| {
            let heads = &a.criteria;
            a.units.iter().zip(&b.units).flat_map(move |(x, y)| {
                let pairs = x.criteria.iter().zip(y.criteria.iter()).enumerate();
                pairs.filter(|(_, (p, q))| p.measured != q.measured).map(move |(at, _)| heads[at].id.clone())
            })
        })
        .collect();
    assert!(!changed.is_empty());
    assert!(changed.iter().all(|criterion| criterion == "union_coverage"), "{changed:?}");
}

#[test]
fn one_line_of_a_rule_changes_what_it_should() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["campaign.toml", "tables.toml", "criteria.rhai"] {
        let text = std::fs::read_to_string(format!("rules/lao-cai-2024/{file}")).unwrap();
        let data = std::fs::canonicalize("datasets/lao-cai-2024").unwrap();
        let text = text.replace("../../datasets/lao-cai-2024", data.to_str().unwrap());
        let text = text.replace("share(|b| b.grade >= \"good\")", "share(|b| b.grade >= \"excellent\")");
        std::fs::write(dir.path().join(file), text).unwrap();
    }
    let changed = evaluate(&Request { campaign: dir.path().into(), ..Request::default() }).unwrap().outcome;
    let before = run(Request::default()).outcome;
    assert_eq!(verdict(&before, "province", "province", "good_base_unions"), Verdict::Met);
    assert_eq!(verdict(&changed, "province", "province", "good_base_unions"), Verdict::NotMet);
    assert_eq!(verdict(&changed, "province", "province", "union_coverage"), Verdict::Met);
}

#[test]
fn a_round_is_judged_on_its_own_last_day() {
    let first = run(Request { round: Some("dot-1".into()), ..Request::default() }).outcome;
    assert_eq!((first.as_of, first.round.as_deref()), (Day::new(2024, 7, 31).unwrap(), Some("dot-1")));
    let second = run(Request { round: Some("dot-2".into()), ..Request::default() }).outcome;
    assert_eq!(second.as_of, Day::new(2024, 12, 31).unwrap());
    assert!(verdicts(&first).contains(&Verdict::NotDue) && !verdicts(&second).contains(&Verdict::NotDue));
}

#[expect(clippy::disallowed_methods, reason = "whoever runs the tests may accept what they print")]
/// The whole outcome as JSON, kept beside the tests: what changes is seen in the change. `THIDUA_ACCEPT=1` rewrites it.
#[test]
fn the_golden_run_is_unchanged() {
    let outcome = run(Request::default()).outcome;
    let mut json = Vec::new();
    json_of(&outcome, Language::En, &mut json).unwrap();
    let json = String::from_utf8(json).unwrap();
    let golden = "tests/golden/lao-cai-2024.json";
    if std::env::var_os("THIDUA_ACCEPT").is_some() {
        std::fs::write(golden, &json).unwrap();
    }
    assert!(
        json == std::fs::read_to_string(golden).unwrap(),
        "{golden} differs: THIDUA_ACCEPT=1 rewrites it, then read the change"
    );
}
