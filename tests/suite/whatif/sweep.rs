//! Breakpoints: none is missed, and none is made up.

use std::path::Path;

use thidua::evaluate::{Brief, Outcome};
use thidua::scenario::{Base, Over, Swept, Weights, decided, sweep};
use thidua::value::Number;

use crate::campaigns::{number, told};

use super::{after, asked, base, campaigns, small_edits};

const LAO_CAI: &str = "rules/lao-cai-2024";

fn swept(base: &Base, over: &str) -> Swept {
    let mut faults = Vec::new();
    let over = Over::parse(over, Weights::Absolute, &mut faults).unwrap_or_else(|| panic!("{}", told(&faults)));
    sweep(base, &over).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

/// Verdicts, ranks, grades and awards, and nothing that moves all the time.
fn said(outcome: &Outcome) -> String {
    let units = outcome.levels.iter().flat_map(|level| level.units.lines()).map(|unit| {
        let verdicts: Vec<_> = unit.criteria.iter().map(|judgement| judgement.verdict).collect();
        let awards: Vec<_> = unit.awards.iter().map(|award| award.as_ref().map(|award| award.verdict)).collect();
        let rank = unit.rank.as_ref().map(|rank| (rank.best, rank.worst, rank.tied));
        format!("{} {verdicts:?} {rank:?} {:?} {awards:?}\n", unit.id, unit.grade)
    });
    units.collect()
}

fn at(base: &Base, path: &str, value: &str) -> String {
    let world = after(base, &asked(&[&format!("{path}={value}")], &[]).changes);
    said(&base.run(&world).unwrap_or_else(|faults| panic!("{path}={value}: {}", told(&faults))).outcome)
}

/// Every value of a grid that is finer than the data, and the breaks that it shows: after which of its values.
fn by_force(base: &Base, path: &str, grid: &[String]) -> Vec<usize> {
    let said: Vec<String> = grid.iter().map(|value| at(base, path, value)).collect();
    (1..said.len()).filter(|at| said[*at] != said[at - 1]).collect()
}

/// Between which values of the grid each break lies; several may lie between the same two.
fn in_grid(swept: &Swept, grid: &[Number]) -> Vec<usize> {
    let place = |at: &thidua::scenario::Break| {
        let first = grid.iter().position(|value| if at.included { *value >= at.at } else { *value > at.at });
        first.expect("the grid ends where the range does")
    };
    let mut places: Vec<usize> = swept.breaks.iter().map(place).collect();
    places.dedup();
    places
}

#[test]
fn breakpoints_of_a_param_are_those_of_trying_every_value() {
    let base = base(Path::new(LAO_CAI));
    // Workers are whole: every value and every midpoint is a half.
    let grid: Vec<String> = (20..=90).map(|half| Number::ratio(half, 2).unwrap().to_string()).collect();
    let swept = swept(&base, "params.large_firm=10..45");
    assert!(swept.exact && swept.breaks.len() > 10, "{}", swept.breaks.len());
    let numbers: Vec<Number> = grid.iter().map(|value| number(value)).collect();
    assert_eq!(in_grid(&swept, &numbers), by_force(&base, "params.large_firm", &grid));
    for found in &swept.breaks {
        assert!(found.at.is_whole() && !found.flips.is_empty(), "{found:?}");
    }
}

#[test]
fn breakpoints_of_a_target_are_those_of_a_fine_grid() {
    let base = base(Path::new(LAO_CAI));
    let path = "criteria.good_base_unions.at_least";
    let swept = swept(&base, &format!("{path}=88%..92%"));
    assert!(swept.exact && !swept.breaks.is_empty());
    let grid: Vec<Number> = (0..=400).map(|step| Number::ratio(8800 + step, 10_000).unwrap()).collect();
    let written = |value: &Number| format!("{}%", value.times(Number::whole(100)).unwrap());
    let texts: Vec<String> = grid.iter().map(written).collect();
    let forced = by_force(&base, path, &texts);
    let found = in_grid(&swept, &grid);
    // A grid may step over two breaks that undo each other, but it shows none that the sweep does not know.
    assert!(forced.iter().all(|at| found.contains(at)), "{forced:?} {found:?}");
    assert!(forced.len() > 3, "{forced:?}");
}

#[test]
fn what_lies_between_two_breaks_is_the_same_everywhere() {
    let base = base(Path::new(LAO_CAI));
    for (over, path) in [
        ("criteria.union_coverage.at_least=93%..97%", "criteria.union_coverage.at_least"),
        ("criteria.agency_conference.at_least=97%..100%", "criteria.agency_conference.at_least"),
    ] {
        let swept = swept(&base, over);
        assert!(swept.exact);
        let mut ends: Vec<Number> = swept.breaks.iter().map(|found| found.at).collect();
        ends.insert(0, swept.over.from);
        ends.push(swept.over.to);
        for pair in ends.windows(2) {
            // Decimals strictly between two breaks: whatever they are, they say the same.
            let inside: Vec<String> = (1..8)
                .filter_map(|part| {
                    let way = pair[1].minus(pair[0]).ok()?.times(Number::ratio(part, 8)?).ok()?;
                    let value = pair[0].plus(way).ok()?.times(Number::whole(100)).ok()?.round(6).ok()?;
                    let share = value.over(Number::whole(100)).ok()?;
                    (pair[0] < share && share < pair[1]).then(|| format!("{value}%"))
                })
                .collect();
            let said: Vec<String> = inside.iter().map(|value| at(&base, path, value)).collect();
            assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{inside:?}");
        }
    }
}

#[test]
fn today_stands_in_a_span_in_which_nothing_changes() {
    let base = base(Path::new(LAO_CAI));
    let swept = swept(&base, "params.large_firm=10..45");
    let (from, to) = swept.stable.expect("today lies inside");
    assert_eq!(swept.today, Some(Number::whole(25)));
    assert_eq!((from.at, from.included, to.at, to.included), (Number::whole(24), false, Number::whole(25), true));
    assert_eq!(at(&base, "params.large_firm", "24.5"), said(&base.outcome));
    assert_ne!(at(&base, "params.large_firm", "24"), said(&base.outcome));
    assert_ne!(at(&base, "params.large_firm", "25.5"), said(&base.outcome));
}

#[test]
fn a_quota_is_a_whole_number_and_a_day_is_a_day() {
    let base = base(Path::new(LAO_CAI));
    let quota = swept(&base, "awards.flag.quota.0.at_most=0..4");
    assert!(quota.exact);
    assert_eq!(quota.breaks.iter().map(|found| found.at.to_string()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!(
        by_force(&base, "awards.flag.quota.0.at_most", &["0", "1", "2", "3", "4"].map(str::to_owned)),
        [1, 2, 3]
    );
}

#[test]
fn how_many_of_a_list_count_is_a_whole_number() {
    let base = base(Path::new("tests/fixtures/rankings/formula-one-1950"));
    let best = swept(&base, "params.best=1..6");
    assert!(best.exact);
    let found: Vec<_> = best.breaks.iter().map(|found| found.at.to_string()).collect();
    let grid = ["1", "2", "3", "4", "5", "6"].map(str::to_owned);
    let by_force = by_force(&base, "params.best", &grid);
    assert_eq!(found, by_force.iter().map(|at| grid[*at].clone()).collect::<Vec<_>>());
    assert!(!found.is_empty());
}

#[test]
fn what_has_no_closed_form_is_said() {
    let base = base(Path::new(LAO_CAI));
    let digits = swept(&base, "levels.unions.score.round.score=0..3");
    assert!(!digits.exact);
    assert_eq!(
        digits.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect::<Vec<_>>(),
        ["not-every-breakpoint"]
    );
}

/// A campaign in which every unit has everything that is scored: then the breakpoints of a weight are exact too.
#[test]
fn breakpoints_of_a_weight_are_those_of_a_fine_grid() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    file(
        "campaign.toml",
        r#"
id = "weights"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules = ["rules.rhai"]
data = { dir = ".", as_of = 2024-12-31 }
[levels.units]
table = "units"
score = { round = { items = 1, score = 1 }, not_applicable = "zero", assumed = "x" }
rank = { by = ["score desc"], ties = "competition", assumed = "x" }
[defaults.criteria]
levels = ["units"]
clause = "1"
at_least = 10
[criteria.a]
points = { max = 10, by = "proportional", clause = "1" }
[criteria.b]
points = { max = 10, by = "proportional", clause = "1" }
[tables.units]
file = "units.csv"
key = "code"
[tables.units.columns]
code = { type = "text" }
a = { type = "number" }
b = { type = "number" }
"#,
    );
    file("rules.rhai", "fn a() { unit.a } fn b() { unit.b }");
    file("units.csv", "code,a,b\nu1,3,8\nu2,5,6.5\nu3,9,1\nu4,7,7\n");
    let base = base(dir.path());
    let path = "criteria.a.points.max";
    let swept = swept(&base, &format!("{path}=2..14"));
    assert!(swept.exact, "{:?}", swept.warnings);
    let grid: Vec<Number> = (0..=1200).map(|step| Number::ratio(200 + step, 100).unwrap()).collect();
    let texts: Vec<String> = grid.iter().map(ToString::to_string).collect();
    let forced = by_force(&base, path, &texts);
    let found = in_grid(&swept, &grid);
    assert!(forced.len() > 3 && forced.iter().all(|at| found.contains(at)), "{forced:?} {found:?}");
}

/// Seven people in one group and four in another: a percentage gives another place at its own values in each.
#[test]
fn breakpoints_of_a_percentage_are_those_of_a_fine_grid() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    let campaign = |round: &str| {
        format!(
            r#"
id = "shares"
period = {{ from = 2024-01-01, to = 2024-12-31, clause = "1" }}
data = {{ dir = ".", as_of = 2024-12-31 }}
[levels.units]
table = "units"
[criteria.mark]
levels = ["units"]
clause = "1"
column = "mark"
[awards.medal]
levels = ["units"]
by = ["mark desc"]
quota = [{{ at_most = 9, clause = "1" }}, {{ at_most = "15%", round = "{round}", per = "team", clause = "1" }}]
[tables.units]
file = "units.csv"
key = "code"
[tables.units.columns]
code = {{ type = "text" }}
team = {{ type = "text" }}
mark = {{ type = "number" }}
"#
        )
    };
    let rows: Vec<String> = (0..11).map(|at| format!("u{at},{},{at}", if at < 7 { "a" } else { "b" })).collect();
    file("units.csv", &format!("code,team,mark\n{}\n", rows.join("\n")));
    for round in ["down", "up", "half_up"] {
        file("campaign.toml", &campaign(round));
        let base = base(dir.path());
        let path = "awards.medal.quota.1.at_most";
        let swept = swept(&base, &format!("{path}=0%..60%"));
        assert!(swept.exact, "{:?}", swept.warnings);
        let grid: Vec<Number> = (0..=240).map(|step| Number::ratio(step, 400).unwrap()).collect();
        let percent = |value: &Number| format!("{}%", value.times(Number::whole(100)).unwrap());
        let texts: Vec<String> = grid.iter().map(percent).collect();
        let (forced, found) = (by_force(&base, path, &texts), in_grid(&swept, &grid));
        assert!(forced.len() > 3 && forced == found, "{round}: {forced:?} {found:?}");
    }
}

/// What is judged again at a value, and what is taken over, comes to what a whole evaluation says, scores included.
#[test]
fn at_every_value_only_what_it_reaches_is_judged_again() {
    let (mut held, mut moved) = (0, 0);
    for campaign in campaigns() {
        let base = base(&campaign);
        let mut before = Brief::of(&base.outcome);
        for edit in small_edits(&campaign) {
            let Some((path, value)) = edit.split_once('=') else { continue };
            let value = value.trim_matches('"');
            let Some(over) = Over::parse(&format!("{path}={value}..1000000%"), Weights::Absolute, &mut Vec::new())
                .or_else(|| Over::parse(&format!("{path}={value}..1000000"), Weights::Absolute, &mut Vec::new()))
            else {
                continue;
            };
            let middle = over.from.plus(Number::ratio(1, 8).unwrap()).unwrap();
            let Ok(briefs) = decided(&base, &over, &[over.from, middle, over.from]) else { continue };
            for (value, brief) in [over.from, middle, over.from].into_iter().zip(&briefs) {
                let edit = format!("{path}={}", over.written(value));
                let full = base.run_in_full(&after(&base, &asked(&[&edit], &[]).changes));
                // Half an award is no quota.
                let Ok(full) = full else { continue };
                let full = Brief::of(&full.outcome);
                assert_eq!(format!("{brief:?}"), format!("{full:?}"), "{campaign:?} {edit}");
                held += 1;
                moved += usize::from(full != before);
                before = full;
            }
        }
    }
    assert!(held > 100 && moved > 20, "{held} {moved}");
}
