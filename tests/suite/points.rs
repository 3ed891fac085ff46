//! How points are earned, how they add up in groups, and how a score becomes a grade.

use thidua::evaluate::UnitLine;
use thidua::value::Number;

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, number, told};

/// Communes with a criterion for each form of points.
const TABLES: &str = r#"
[tables.communes]
file = "communes.csv"
key  = "code"
[tables.communes.columns]
code    = { type = "text" }
kind    = { type = "choice", values = ["town", "rural"] }
rate    = { type = "number", min = 0, max = 3 }
ideas   = { type = "number", min = 0, max = 3 }
late    = { type = "number", min = 0, max = 3 }
report  = { type = "date", blank = "none" }
held    = { type = "flag" }
[defaults.criteria]
clause = "1"
levels = ["communes"]
"#;

const LEVEL: &str = r#"
[levels.communes]
table = "communes"
score = { not_applicable = "zero", clause = "1" }
"#;

const COLUMNS: [&str; 7] = ["code", "kind", "rate", "ideas", "late", "report", "held"];

fn rows(communes: &[&str]) -> Rows {
    Rows::default().with("communes", communes)
}

fn evaluate(more: &str, rules: &str, communes: &[&str]) -> Evaluated {
    let evaluated = Campaign::new(&format!("{TABLES}{more}"), rules).evaluate(&rows(communes));
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    evaluated
}

/// The ends of the points of a criterion, as they are written.
fn points(evaluated: &Evaluated, commune: &str, criterion: &str) -> [String; 2] {
    let points = evaluated.judgement("communes", commune, criterion).points.expect("points are at stake");
    [points.least.to_string(), points.greatest.to_string()]
}

fn score(evaluated: &Evaluated, commune: &str) -> [Number; 2] {
    let score = evaluated.unit("communes", commune).score.expect("it scores");
    [score.least, score.greatest].map(|end| end.expect("it applies"))
}

fn grade(evaluated: &Evaluated, commune: &str) -> Option<String> {
    evaluated.unit("communes", commune).grade.as_ref().expect("it is graded").id.clone()
}

#[test]
fn in_a_hole_of_a_table_of_penalties_anything_that_it_takes_may_be_taken() {
    let more = r#"
[criteria.late]
column = "late"
points = { pot = "penalty", bands = [{ at_most = 1, points = -1 }, { at_least = 2, points = -5 }], clause = "1" }
"#;
    let communes = ["a, town, 0, 0, 1, , true", "b, town, 0, 0, 1.5, , true", "c, town, 0, 0, 2, , true"];
    let evaluated = Campaign::new(&format!("{TABLES}{LEVEL}{more}"), "").evaluate(&rows(&communes));
    let earned = ["a", "b", "c"].map(|commune| points(&evaluated, commune, "late"));
    assert_eq!(earned, [["-1", "-1"], ["-5", "0"], ["-5", "-5"]]);
}

#[test]
fn bands_may_be_for_some_units_only_as_in_a_table_with_two_ways_in() {
    let more = r#"
[criteria.rate]
column = "rate"
[criteria.rate.points]
max    = 3
clause = "1"
bands  = [
    { when = { kind = "town" },  less_than = 2, points = 0 },
    { when = { kind = "town" },  at_least = 2, points = 2 },
    { when = { kind = "rural" }, less_than = 1, points = 0 },
    { when = { kind = "rural" }, at_least = 1, less_than = 2, points = 1 },
    { when = { kind = "rural" }, at_least = 2, points = 3 },
]
"#;
    let communes = [
        "a, town, 1, 0, 0, , true",
        "b, rural, 1, 0, 0, , true",
        "c, town, 2, 0, 0, , true",
        "d, rural, 2, 0, 0, , true",
        "e, ?, 1, 0, 0, , true",
        "f, rural, ?, 0, 0, , true",
    ];
    let evaluated = Campaign::new(&format!("{TABLES}{LEVEL}{more}"), "").evaluate(&rows(&communes));
    let earned = ["a", "b", "c", "d"].map(|commune| points(&evaluated, commune, "rate")[0].clone());
    assert_eq!(earned, ["0", "1", "2", "3"]);
    let open = ["e", "f"].map(|commune| points(&evaluated, commune, "rate"));
    assert_eq!(open, [["0", "3"], ["0", "3"]], "a band that is for nobody surely may leave anything open");
}

#[test]
fn bands_give_the_points_of_the_band_that_the_value_lies_in() {
    let more = r#"
[criteria.rate]
column = "rate"
[criteria.rate.points]
max    = 10
clause = "1"
bands  = [
    { less_than = 1, points = 0 },
    { at_least = 1, less_than = 2, points = 4 },
    { at_least = 2, points = 10 },
]
"#;
    let communes = [
        "a, town, 0, 0, 0, , true",
        "b, town, 1, 0, 0, , true",
        "c, town, 2, 0, 0, , true",
        "d, town, ?, 0, 0, , true",
    ];
    let evaluated = Campaign::new(&format!("{TABLES}{LEVEL}{more}"), "").evaluate(&rows(&communes));
    let earned = ["a", "b", "c", "d"].map(|commune| points(&evaluated, commune, "rate"));
    assert_eq!(earned, [["0", "0"], ["4", "4"], ["10", "10"], ["0", "10"]]);
}

#[test]
fn a_value_between_two_bands_has_no_points_that_anybody_could_name() {
    let more = r#"
[criteria.rate]
column = "rate"
points = { max = 10, clause = "1", bands = [{ at_most = 1, points = 2 }, { at_least = 2, points = 5 }] }
"#;
    let evaluated = evaluate(&format!("{LEVEL}{more}"), "", &["a, town, 1.5, 0, 0, , true"]);
    assert_eq!(points(&evaluated, "a", "rate"), ["0", "10"]);
}

#[test]
fn so_many_for_each_stops_at_the_cap_on_either_side_of_nought() {
    let more = r#"
[criteria.ideas]
column = "ideas"
points = { pot = "bonus", each = 0.5, cap = 1, clause = "1" }
[criteria.late]
column = "late"
points = { pot = "penalty", each = -2, cap = -3, clause = "1" }
"#;
    let communes = ["a, town, 0, 1, 1, , true", "b, town, 0, 3, 3, , true"];
    let evaluated = evaluate(&format!("{LEVEL}{more}"), "", &communes);
    let both = |commune| ["ideas", "late"].map(|criterion| points(&evaluated, commune, criterion)[0].clone());
    assert_eq!([both("a"), both("b")], [["0.5", "-2"], ["1", "-3"]]);
    assert_eq!(score(&evaluated, "b"), [number("-2"); 2]);
}

#[test]
fn steps_begin_above_the_bar() {
    let more = r#"
[criteria.rate]
column = "rate"
points = { pot = "bonus", steps = { above = 1, first = 3, every = 0.5, add = 1, cap = 5 }, clause = "1" }
"#;
    let communes = [
        "a, town, 1, 0, 0, , true",
        "b, town, 1.4, 0, 0, , true",
        "c, town, 1.5, 0, 0, , true",
        "d, town, 3, 0, 0, , true",
    ];
    let evaluated = evaluate(&format!("{LEVEL}{more}"), "", &communes);
    let earned = ["a", "b", "c", "d"].map(|commune| points(&evaluated, commune, "rate")[0].clone());
    assert_eq!(earned, ["0", "3", "4", "5"]);
}

#[test]
fn a_report_earns_by_its_day() {
    let more = r#"
[criteria.report]
column = "report"
by     = 2024-06-30
points = { met = 5, late = 2, clause = "1" }
[criteria.reminded]
column = "report"
by     = 2024-06-30
points = { pot = "penalty", met = 0, late = -1, never = -3, clause = "1" }
"#;
    let communes = [
        "a, town, 0, 0, 0, 2024-06-30, true",
        "b, town, 0, 0, 0, 2024-07-01, true",
        "c, town, 0, 0, 0, , true",
        "d, town, 0, 0, 0, ?, true",
    ];
    let evaluated = Campaign::new(&format!("{TABLES}{LEVEL}{more}"), "").evaluate(&rows(&communes));
    let earned = ["a", "b", "c", "d"].map(|commune| points(&evaluated, commune, "report"));
    assert_eq!(earned, [["5", "5"], ["2", "2"], ["0", "0"], ["0", "5"]]);
    let taken = ["a", "b", "c", "d"].map(|commune| points(&evaluated, commune, "reminded"));
    assert_eq!(taken, [["0", "0"], ["-1", "-1"], ["-3", "-3"], ["-3", "0"]]);
}

#[test]
fn what_was_measured_may_be_the_points_and_a_rule_may_say_them() {
    let more = r#"
[criteria.rate]
column = "rate"
points = { max = 3, value = "as_measured", clause = "1" }
[criteria.ideas]
column = "ideas"
points = { max = 9, rule = "of_ideas", clause = "1" }
"#;
    let rules = "fn of_ideas() { if unit.kind == \"town\" { unit.ideas } else { unit.ideas * unit.ideas } }";
    let evaluated =
        evaluate(&format!("{LEVEL}{more}"), rules, &["a, town, 2.5, 3, 0, , true", "b, rural, 0, 3, 0, , true"]);
    let both = |commune| ["rate", "ideas"].map(|criterion| points(&evaluated, commune, criterion)[0].clone());
    assert_eq!([both("a"), both("b")], [["2.5", "3"], ["0", "9"]]);
}

/// A tree: two groups below one, with caps on each pot, and a group of which only the best counts.
const TREE: &str = r#"
[levels.communes]
table = "communes"
score = { not_applicable = "zero", at_least = 0, at_most = 11, clause = "1" }
[levels.communes.grades.good]
at_least = { value = 9, clause = "1" }
when     = { kind = "town" }
requires = ["held"]
[levels.communes.grades.fair]
at_least = { value = 3, clause = "1" }
[levels.communes.grades.poor]
[groups.total]
cap = { bonus = 2, penalty = 3, clause = "1" }
[groups.work]
in     = "total"
max    = 9
clause = "1"
[groups.best]
in       = "total"
of       = "max"
requires = ["held"]
[criteria.held]
column  = "held"
present = true
[criteria.rate]
in     = "work"
column = "rate"
points = { max = 6, clause = "1", value = "as_measured" }
[criteria.bands]
in     = "work"
column = "rate"
points = { max = 8, clause = "1", bands = [{ less_than = 2, points = 1 }, { at_least = 2, points = 8 }] }
[criteria.report]
in     = "total"
column = "report"
by     = 2024-06-30
points = { met = 2, late = 1, clause = "1" }
[criteria.ideas]
in     = "best"
column = "ideas"
points = { pot = "bonus", each = 1, clause = "1" }
[criteria.more_ideas]
in     = "best"
column = "ideas"
points = { pot = "bonus", steps = { above = 1, first = 2, every = 1, add = 2 }, clause = "1" }
[criteria.late]
in     = "total"
column = "late"
points = { pot = "penalty", each = -2, clause = "1" }
"#;

/// What the tree gives, said once more in plain arithmetic, in quarters of a point.
fn by_hand(commune: &[String]) -> (i64, &'static str) {
    let of = |column: &str| commune[COLUMNS.iter().position(|known| *known == column).unwrap()].as_str();
    let whole = |column: &str| of(column).parse::<i64>().unwrap();
    let held = of("held") == "true";
    let rate = whole("rate");
    let work = (rate + if rate >= 2 { 8 } else { 1 }).min(9);
    let report = match of("report") {
        "" => 0,
        day if day <= "2024-06-30" => 2,
        _ => 1,
    };
    let ideas = whole("ideas");
    let best = if held { ideas.max(if ideas > 1 { 2 + 2 * (ideas - 1) } else { 0 }) } else { 0 };
    let score = (work + report + best.min(2) - (2 * whole("late")).min(3)).clamp(0, 11);
    let grade = match score {
        9.. if held && of("kind") == "town" => "good",
        3.. => "fair",
        _ => "poor",
    };
    (score, grade)
}

/// Every way to fill in the blanks of one commune.
fn completions(commune: &[String]) -> Vec<Vec<String>> {
    let Some(at) = commune.iter().position(|cell| cell == UNKNOWN) else { return vec![commune.to_vec()] };
    let words: &[&str] = match COLUMNS[at] {
        "kind" => &["town", "rural"],
        "held" => &["true", "false"],
        "report" => &["", "2024-06-30", "2024-07-01"],
        _ => &["0", "1", "2", "3"],
    };
    let filled = words.iter().map(|word| {
        let mut commune = commune.to_vec();
        (*word).clone_into(&mut commune[at]);
        commune
    });
    filled.flat_map(|commune| completions(&commune)).collect()
}

fn commune(id: usize, blanks: usize, dice: &mut Dice) -> Vec<String> {
    let mut cell = |words: &[&str]| {
        if dice.percent(blanks) { UNKNOWN.to_owned() } else { (*dice.pick(words)).to_owned() }
    };
    let numbers = ["0", "1", "2", "3"];
    let cells = [cell(&["town", "rural"]), cell(&numbers), cell(&numbers), cell(&numbers)];
    let more = [cell(&["", "2024-06-30", "2024-07-01"]), cell(&["true", "false"])];
    [format!("c{id}")].into_iter().chain(cells).chain(more).collect()
}

fn drawn(count: usize, blanks: usize, seed: u64) -> Vec<Vec<String>> {
    let mut dice = Dice(seed);
    (0..count).map(|id| commune(id, blanks, &mut dice)).collect()
}

fn of_tree(communes: &[Vec<String>]) -> Evaluated {
    let rows = Rows::default().with("communes", communes.iter().map(|cells| cells.join(",")));
    Campaign::new(&format!("{TABLES}{TREE}"), "").evaluate(&rows)
}

#[test]
fn groups_caps_and_bounds_say_what_plain_arithmetic_says() {
    let communes = drawn(400, 0, 1);
    let evaluated = of_tree(&communes);
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    for commune in &communes {
        let (score_by_hand, grade_by_hand) = by_hand(commune);
        assert_eq!(score(&evaluated, &commune[0]), [Number::whole(score_by_hand); 2], "{commune:?}");
        assert_eq!(grade(&evaluated, &commune[0]).as_deref(), Some(grade_by_hand), "{commune:?}");
    }
}

/// Bounds of every kind, most forms of points, and some that are out of reach or are no decimals.
const FORMS: &str = r#"
[levels.communes]
table = "communes"
score = { not_applicable = "full", clause = "1" }
[criteria.rate]
column   = "rate"
at_least = 3
exceeded = { at_least = 3 }
points   = { max = 1, by = "proportional", clause = "1" }
[criteria.fair]
column   = "rate"
at_least = 2
points   = { max = 1, by = "all_or_nothing", clause = "1" }
[criteria.few]
column    = "late"
more_than = 0
at_most   = 2
points    = { max = 2, by = "all_or_nothing", clause = "1" }
[criteria.town]
column = "kind"
is     = "town"
points = { max = 2, clause = "1" }
[criteria.ideas]
column = "ideas"
points = { max = 2, value = "as_measured", clause = "1" }
[criteria.report]
column = "report"
by     = 2024-06-30
points = { met = 5, late = 2, clause = "1" }
[criteria.held]
column  = "held"
present = true
when    = { kind = "town" }
points  = { max = 3, clause = "1" }
[criteria.worked]
rule     = "worked"
at_least = 0.5
points   = { pot = "bonus", bands = [{ less_than = 1, points = 0 }, { at_least = 1, points = 1 }], clause = "1" }
"#;

/// Divides by nought for some communes.
const WORKED: &str = "fn worked() { (unit.rate + unit.ideas * 2) / unit.late }";

#[test]
fn many_communes_are_judged_as_each_of_them_is_alone() {
    for (more, rules) in [(TREE, ""), (FORMS, WORKED)] {
        let campaign = Campaign::new(&format!("{TABLES}{more}"), rules);
        let communes: Vec<String> = drawn(300, 10, 3).iter().map(|cells| cells.join(",")).collect();
        let together = campaign.evaluate(&Rows::default().with("communes", &communes));
        let (mut alone, mut faults) = (Vec::new(), Vec::new());
        for (row, commune) in communes.iter().enumerate() {
            let evaluated = campaign.evaluate(&Rows::default().with("communes", [commune]));
            let units = evaluated.outcome.levels[0].units.lines();
            alone.extend(units.map(|unit| UnitLine { row, ..unit }));
            faults.extend(evaluated.faults.iter().map(ToString::to_string));
        }
        for (unit, alone) in together.outcome.levels[0].units.lines().zip(&alone) {
            assert_eq!(unit, *alone);
        }
        let mut told: Vec<String> = together.faults.iter().map(ToString::to_string).collect();
        told.sort();
        faults.sort();
        assert_eq!(told, faults);
        assert_eq!((alone.len(), faults.is_empty()), (300, more == TREE));
    }
}

#[test]
fn with_blanks_the_ends_hold_every_completion_and_a_grade_is_said_only_where_all_agree() {
    let communes = drawn(400, 25, 2);
    let evaluated = of_tree(&communes);
    let mut tight = 0;
    for commune in &communes {
        let completed: Vec<(i64, &str)> = completions(commune).iter().map(|it| by_hand(it)).collect();
        let least = Number::whole(completed.iter().map(|it| it.0).min().unwrap());
        let greatest = Number::whole(completed.iter().map(|it| it.0).max().unwrap());
        let [from, to] = score(&evaluated, &commune[0]);
        assert!(from <= least && greatest <= to, "{commune:?}: {from} to {to}, not {least} to {greatest}");
        tight += usize::from([from, to] == [least, greatest]);
        if let Some(grade) = grade(&evaluated, &commune[0]) {
            assert!(completed.iter().all(|it| it.1 == grade), "{commune:?} is {grade}, {completed:?}");
        }
    }
    // One cell may be read by several items: the ends may then be wider than the completions, rarely here.
    assert!(tight > 380, "{tight} of 400");
}

#[test]
fn the_full_score_may_be_scaled_to_a_round_one() {
    let more = r#"
[levels.communes]
table = "communes"
score = { not_applicable = "zero", of = 100, clause = "1" }
[criteria.rate]
column   = "rate"
at_least = 3
points   = { max = 5, by = "proportional", clause = "1" }
[criteria.held]
column  = "held"
present = true
points  = { max = 3, clause = "1" }
[criteria.ideas]
column = "ideas"
points = { pot = "bonus", each = 1, clause = "1" }
"#;
    let evaluated = evaluate(more, "", &["a, town, 3, 2, 0, , false"]);
    assert_eq!(score(&evaluated, "a"), [number("64.5"); 2]);
    assert_eq!(evaluated.unit("communes", "a").score.unwrap().of, number("100"));
}

#[test]
fn another_reading_shows_the_points_scores_and_grades_that_it_changes() {
    let request = thidua::load::Request {
        campaign: "rules/examples/base-union-grading-older".into(),
        ..thidua::load::Request::default()
    };
    let run = thidua::load::evaluate(&request).expect("it is sound");
    let reading = run.outcome.readings.iter().find(|it| it.reading.id == "no_registration").expect("it is there");
    assert_eq!((reading.verdicts, reading.points, reading.scores, reading.grades), (0, 0, 0, 2));
    let bases = run.outcome.levels.iter().find(|level| level.id == "bases").expect("it is there");
    let of_unit = |unit: thidua::evaluate::UnitOutcome<'_>| {
        let own = unit.grade.and_then(|grade| grade.id.clone());
        let others = unit.grade_otherwise().into_iter();
        others.map(move |other| (own.clone(), other.reading, other.result.id)).collect::<Vec<_>>()
    };
    let found: Vec<_> =
        bases.units.iter().flat_map(of_unit).filter(|(_, reading, _)| reading == "no_registration").collect();
    let moved = (Some("fair".to_owned()), "no_registration".to_owned(), Some("strong".to_owned()));
    assert_eq!(found, [moved.clone(), moved]);
    let request =
        thidua::load::Request { campaign: "rules/examples/cluster-contest".into(), ..thidua::load::Request::default() };
    let run = thidua::load::evaluate(&request).expect("it is sound");
    let reading = &run.outcome.readings[0];
    assert!(reading.points > 0 && reading.scores > 0 && reading.grades == 0, "{reading:?}");
    let units = || run.outcome.levels.iter().flat_map(|level| &level.units);
    let of_points =
        units().map(|unit| (0..unit.criteria.len()).map(|at| unit.points_otherwise(at).len()).sum::<usize>());
    assert_eq!(of_points.sum::<usize>(), reading.points);
    assert_eq!(units().map(|unit| unit.score_otherwise().len()).sum::<usize>(), reading.scores);
}

#[test]
fn an_assumed_condition_is_an_assumption_and_a_quota_says_its_least_places() {
    let more = r#"
[levels.communes]
table = "communes"
[criteria.rate]
column = "rate"
[awards.flag]
levels   = ["communes"]
clause   = "3"
requires = [{ rule = "is_held", assumed = "the law speaks of it elsewhere" }]
by       = ["rate desc"]
quota    = [{ at_most = "20%", of = "eligible", round = "down", at_least = 1, clause = "3" }]
"#;
    let found = evaluate(more, "fn is_held() { unit.held }", &["A, town, 1, , , , true", "B, town, 2, , , , true"]);
    let assumed: Vec<_> = found.outcome.assumptions.iter().map(|it| (it.path.as_str(), it.reason.as_str())).collect();
    assert_eq!(assumed, [("awards.flag.requires.is_held", "the law speaks of it elsewhere")]);
    let quota = &found.outcome.levels[0].awards[0].quotas[0];
    assert_eq!(quota.at_least, Some(Number::ONE));
}

#[test]
fn what_a_value_earns_by_itself_does_not_wait_for_the_target() {
    let more = r#"
[levels.communes]
table = "communes"
score = { not_applicable = "zero", clause = "1" }
[criteria.rate]
column   = "rate"
at_least = 3
points   = { max = 3, value = "as_measured" }
[criteria.ideas]
column   = "ideas"
at_least = 3
points   = { max = 5 }
"#;
    let campaign = Campaign::new(&format!("{TABLES}{more}"), "").on("2024-06-30");
    let found = campaign.evaluate(&rows(&["A, town, 2, 2, , , "]));
    let judged = |criterion| found.judgement("communes", "A", criterion);
    assert_eq!((judged("rate").verdict.id(), judged("ideas").verdict.id()), ("not_due", "not_due"));
    assert_eq!(points(&found, "A", "rate"), ["2", "2"]);
    assert_eq!(score(&found, "A"), [Number::whole(2); 2], "all or nothing waits, and is left out");
    let of = found.unit("communes", "A").score.map(|score| (score.of, score.provisional));
    assert_eq!(of, Some((Number::whole(3), true)));
}
