//! The least change: it reaches the goal, and nothing cheaper does.

use std::path::Path;

use thidua::load::{self, Request};
use thidua::scenario::{Answer, Base, Goal, Question, Sought, seek};
use thidua::value::Number;

use crate::campaigns::told;

use super::{after, asked};

const LAO_CAI: &str = "rules/lao-cai-2024";

pub fn base(campaign: &Path) -> Base {
    let request = Request { campaign: campaign.to_path_buf(), threads: 0, ..Request::default() };
    let columns = load::columns_of_moves(&request).unwrap();
    load::base(&request, &[], &[], &columns).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)))
}

pub fn sought(base: &Base, unit: &str, goal: &str) -> Sought {
    let mut faults = Vec::new();
    let goal = Goal::parse(goal, &mut faults).unwrap_or_else(|| panic!("{}", told(&faults)));
    let question = Question { unit: Some(unit.to_owned()), level: None, goal, most: 20_000 };
    seek(base, &question).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

fn cost(sought: &Sought) -> Option<Number> {
    if let Answer::Least(way) = &sought.answer { Some(way.cost) } else { None }
}

/// A campaign that is small enough to try everything.
const SMALL: &str = r#"
id = "small"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules = ["rules.rhai"]
data = { dir = ".", as_of = 2024-12-31 }
[levels.units]
table = "units"
score = { round = { items = 2, score = 2 }, not_applicable = "rescale", assumed = "x" }
rank = { by = ["score desc"], ties = "competition", assumed = "x" }
grades = { good = { at_least = 20, clause = "1" }, done = { at_least = 10, clause = "1" }, poor = {} }
[defaults.criteria]
levels = ["units"]
clause = "1"
[criteria.covered]
at_least = "60%"
points = { max = 10, by = "proportional", clause = "1" }
[criteria.held]
at_least = "75%"
points = { max = 10, by = "proportional", clause = "1" }
[criteria.paid]
at_least = 100
points = { max = 5, clause = "1" }
[awards.flag]
levels = ["units"]
requires = ["all_met"]
by = ["score desc"]
quota = [{ at_most = 1, assumed = "x" }]
[moves.found]
table = "firms"
where = { union = false }
set = { union = true }
cost = 3
assumed = "x"
[moves.hold]
table = "firms"
where = { held = false }
set = { held = true }
cost = 2
assumed = "x"
[moves.pay]
table = "units"
step = { paid = 10 }
at_most = 6
cost = 1
assumed = "x"
[tables.units]
file = "units.csv"
key = "code"
[tables.units.columns]
code = { type = "text" }
paid = { type = "number" }
[tables.firms]
file = "firms.csv"
key = "code"
parent = "unit"
no_rows = "none"
[tables.firms.columns]
code = { type = "text" }
unit = { type = "link", to = "units" }
union = { type = "flag" }
held = { type = "flag" }
size = { type = "number" }
"#;
const RULES: &str = "fn covered() { unit.firms.share(|f| f.union) }
fn held() { unit.firms.filter(|f| f.union).share(|f| f.held) }
fn paid() { unit.paid }";
const UNITS: &str = "code,paid\nA,70\nB,120\n";
const FIRMS: &str = "code,unit,union,held,size
a1,A,true,true,1\na2,A,true,false,1\na3,A,false,false,1\na4,A,false,true,1\na5,A,false,false,1
b1,B,true,true,1\nb2,B,true,true,1\nb3,B,false,false,1\n";

/// The small campaign with some texts in it replaced, more rules, and other data.
pub fn small(edits: &[(&str, &str)], rules: &str, files: &[(&str, String)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut campaign = SMALL.to_owned();
    for (from, to) in edits {
        assert!(campaign.contains(from), "{from}");
        campaign = campaign.replacen(from, to, 1);
    }
    let own = [
        ("campaign.toml", campaign),
        ("rules.rhai", format!("{RULES}{rules}")),
        ("units.csv", UNITS.to_owned()),
        ("firms.csv", FIRMS.to_owned()),
    ];
    for (name, text) in own.iter().chain(files) {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

#[test]
fn what_is_found_reaches_the_goal() {
    let base = base(Path::new(LAO_CAI));
    let found = sought(&base, "H06", "award commendation");
    let Answer::Least(way) = &found.answer else { panic!("{:?}", found.answer) };
    assert_eq!(way.cost, Number::parse("1.1").unwrap());
    let edits: Vec<String> = way
        .steps
        .iter()
        .flat_map(|step| {
            let [(at, 1)] = step.made.as_slice() else { panic!("{step:?}") };
            let cells = match found.moves[*at].id.as_str() {
                "hold_officials_conference" => ["held=true", "held_on=2024-12-31"].as_slice(),
                "report_day" => ["held_on=2024-12-31"].as_slice(),
                other => panic!("{other}"),
            };
            let edit =
                |row: &String| cells.iter().map(move |cell| format!("agencies[{row}].{cell}")).collect::<Vec<_>>();
            step.rows.iter().flat_map(edit).collect::<Vec<_>>()
        })
        .collect();
    let edits: Vec<&str> = edits.iter().map(String::as_str).collect();
    let holds = |edits: &[&str]| {
        let outcome = base.run(&after(&base, &asked(&[], edits).changes)).unwrap().outcome;
        let level = &outcome.levels[1];
        let unit = level.unit("H06").unwrap();
        Goal::Award("commendation".into()).holds(level, &base.plan.campaign.levels[1], &unit)
    };
    assert!(holds(&edits));
    // Without any one of them it is not reached.
    for left_out in 0..edits.len() {
        let fewer: Vec<&str> =
            edits.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, edit)| *edit).collect();
        assert!(fewer.is_empty() || !holds(&fewer) || edits[left_out].contains("held=true"), "{fewer:?}");
    }
}

#[test]
fn what_no_move_can_reach_is_impossible_and_the_best_is_told() {
    let base = base(Path::new(LAO_CAI));
    let found = sought(&base, "H03", "award flag");
    let Answer::Impossible(lacking, best) = &found.answer else { panic!("{:?}", found.answer) };
    assert!(lacking.iter().any(|id| id == "agency_conference"), "{lacking:?}");
    assert!(best.iter().any(|difference| difference.item == thidua::scenario::Item::Score));
}

#[test]
fn what_is_held_may_be_lost_up_to_a_point() {
    let dir = small(&[], "", &[]);
    let base = base(dir.path());
    assert!(matches!(sought(&base, "B", "met covered").answer, Answer::Already));
    let found = sought(&base, "B", "met covered");
    let found_unions = found.losses.iter().find(|loss| found.moves[loss.made].id == "found").unwrap();
    // Two of three firms are covered, and 60 % are asked for.
    assert_eq!((found_unions.may_lose, found_unions.of, found_unions.proved), (0, 2, true));
    let held = sought(&base, "B", "met held");
    let held = held.losses.iter().find(|loss| loss.rows.len() == 1 && loss.may_lose == 0);
    assert!(held.is_some());
}

#[test]
fn too_many_candidates_are_told_with_a_bound() {
    let dir = small(&[], "", &[]);
    let base = base(dir.path());
    let goal = Goal::parse("score >= 24", &mut Vec::new()).unwrap();
    let question = Question { unit: Some("A".into()), level: None, goal, most: 0 };
    let found = seek(&base, &question).unwrap();
    let Answer::NotProved(way, bound) = &found.answer else { panic!("{:?}", found.answer) };
    assert!(*bound <= way.cost && *bound > Number::ZERO, "{bound:?} {:?}", way.cost);
}

#[test]
fn where_no_moves_are_declared_measures_imply_them() {
    let dir = small(&[], "", &[]);
    let path = dir.path().join("campaign.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("[moves.found]").unwrap();
    let (_, tables) = rest.split_once("[tables.units]").unwrap();
    std::fs::write(&path, format!("{before}[tables.units]{tables}")).unwrap();
    let base = base(dir.path());
    let found = sought(&base, "A", "met covered");
    assert!(!found.declared);
    assert_eq!(found.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect::<Vec<_>>(), ["moves-implied"]);
    assert_eq!(cost(&found), Some(Number::ONE), "{:?}", found.answer);
    assert_eq!(cost(&sought(&base, "A", "met paid")), Some(Number::ONE));
}

#[test]
fn check_tells_a_move_that_names_what_is_not_there() {
    let dir = small(&[], "", &[]);
    let path = dir.path().join("campaign.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let told_of = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let request = Request { campaign: dir.path().to_path_buf(), ..Request::default() };
        let faults = load::check(&request).err().map(|stopped| stopped.diagnostics).unwrap_or_default();
        faults.iter().map(|fault| (fault.code(), underlined(fault))).collect::<Vec<_>>()
    };
    let moved = "[moves.found]\ntable = \"firms\"\nwhere = { union = false }\nset = { union = true }";
    let other = |from: &str, to: &str| told_of(moved, &moved.replacen(from, to, 1));
    assert_eq!(other("firms", "firms"), []);
    assert_eq!(other("\"firms\"", "\"firm\""), [("unknown-reference", "\"firm\"".to_owned())]);
    assert_eq!(other("where = { union", "where = { unions"), [("unknown-reference", "unions".to_owned())]);
    assert_eq!(other("set = { union", "set = { unoin"), [("unknown-reference", "unoin".to_owned())]);
    assert_eq!(
        other("set = { union = true", "set = { union = \"maybe\""),
        [("cell-cannot-say", "\"maybe\"".to_owned())]
    );
    assert_eq!(told_of("step = { paid = 10 }", "step = { code = 10 }"), [("cell-cannot-say", "10".to_owned())]);
}

/// The text that a finding underlines.
fn underlined(fault: &thidua::diagnostic::Diagnostic) -> String {
    let thidua::source::Place::Text { source, span, .. } = &fault.place else { return String::new() };
    source.text[span.clone()].to_owned()
}
