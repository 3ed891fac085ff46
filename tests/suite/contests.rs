//! Rankings as contests have them: count-back, head-to-head, lots, prerequisites, rounded and unrounded scores.

use thidua::evaluate::UnitLine;

use crate::campaigns::{Campaign, Evaluated, Rows, UNKNOWN, number};

/// Teams that meet each other; each line is one team's side of a match.
const LEAGUE: &str = r#"
[tables.teams]
file = "teams.csv"
key  = "code"
[tables.teams.columns]
code  = { type = "text" }
pool  = { type = "choice", values = ["A", "B"] }
lots  = { type = "number", blank = "none" }
entered = { type = "flag" }
[tables.sides]
file    = "sides.csv"
parent  = "team"
no_rows = "none"
[tables.sides.columns]
team     = { type = "link", to = "teams" }
opponent = { type = "link", to = "teams" }
goals    = { type = "number", min = 0, max = 9 }
against  = { type = "number", min = 0, max = 9 }
[levels.teams]
table   = "teams"
cluster = "pool"
score   = { not_applicable = "zero", clause = "1" }
[criteria.points]
clause = "1"
levels = ["teams"]
points = { max = 100, value = "as_measured", clause = "1" }
"#;

const RULES: &str = r"
fn won(side) { if side.goals > side.against { 3 } else if side.goals == side.against { 1 } else { 0 } }
fn points() { unit.sides.sum(|s| won(s)) }
fn goal_difference() { unit.sides.sum(|s| s.goals - s.against) }
fn head_to_head() { unit.sides.filter(|s| s.opponent.tied_with(unit)).sum(|s| won(s)) }
fn lots() { unit.lots }
fn entered() { unit.entered }
";

fn league(rank: &str, teams: &[&str], matches: &[(&str, &str, &str, &str)]) -> Evaluated {
    let toml = format!("{LEAGUE}[levels.teams.rank]\n{rank}\nclause = \"1\"\n");
    let sides = matches.iter().flat_map(|(home, away, goals, against)| {
        [format!("{home}, {away}, {goals}, {against}"), format!("{away}, {home}, {against}, {goals}")]
    });
    Campaign::new(&toml, RULES).evaluate(&Rows::default().with("teams", teams).with("sides", sides))
}

fn places(evaluated: &Evaluated, teams: &[&str]) -> Vec<(usize, usize)> {
    let place = |team: &&str| {
        let rank = evaluated.unit("teams", team).rank.expect("it is ranked");
        (rank.best, rank.worst)
    };
    teams.iter().map(place).collect()
}

const HEAD_TO_HEAD: &str = r#"
ties = "competition"
by   = ["points desc", { rule = "head_to_head", among = "tied", order = "desc" }, "goal_difference desc"]
"#;

const FOUR: [&str; 4] = ["a, A, , true", "b, A, , true", "c, A, , true", "d, A, , true"];

#[test]
fn only_matches_among_the_tied_count_head_to_head() {
    // a and b have 6 points each; b has the better goals, but a won their match. c and d have 3.
    let matches = [
        ("a", "b", "1", "0"),
        ("a", "c", "1", "0"),
        ("d", "a", "1", "0"),
        ("b", "c", "9", "0"),
        ("b", "d", "9", "0"),
        ("c", "d", "1", "0"),
    ];
    let evaluated = league(HEAD_TO_HEAD, &FOUR, &matches);
    assert_eq!(places(&evaluated, &["a", "b", "c", "d"]), [(1, 1), (2, 2), (3, 3), (4, 4)]);
    let broken = |unit: &UnitLine| unit.rank.as_ref().and_then(|rank| rank.tie_broken_by.clone());
    assert_eq!(broken(&evaluated.unit("teams", "b")).as_deref(), Some("head_to_head"));
}

#[test]
fn whoever_is_not_tied_is_left_out_of_head_to_head() {
    // a, b and c beat each other in a circle and have 6 points each; all are equal among themselves, so goals decide,
    // in which the matches against d count too.
    let matches = [
        ("a", "b", "1", "0"),
        ("b", "c", "1", "0"),
        ("c", "a", "1", "0"),
        ("a", "d", "1", "0"),
        ("b", "d", "3", "0"),
        ("c", "d", "2", "0"),
    ];
    let evaluated = league(HEAD_TO_HEAD, &FOUR, &matches);
    assert_eq!(places(&evaluated, &["b", "c", "a", "d"]), [(1, 1), (2, 2), (3, 3), (4, 4)]);
}

#[test]
fn who_is_tied_is_open_where_a_match_is() {
    let matches = |goals: &'static str| {
        [("a", "b", "1", "0"), ("a", "c", "0", "0"), ("b", "c", goals, "2"), ("d", "a", "2", "0"), ("d", "b", "0", "5")]
    };
    let open = places(&league(HEAD_TO_HEAD, &FOUR, &matches(UNKNOWN)), &["a", "b", "c", "d"]);
    let mut seen = [[usize::MAX, 0]; 4];
    for goals in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        let known = places(&league(HEAD_TO_HEAD, &FOUR, &matches(goals)), &["a", "b", "c", "d"]);
        for (seen, (best, worst)) in seen.iter_mut().zip(known) {
            *seen = [seen[0].min(best), seen[1].max(worst)];
        }
    }
    for ((best, worst), seen) in open.iter().zip(seen) {
        assert!(*best <= seen[0] && seen[1] <= *worst, "{best} to {worst}, but {seen:?}");
    }
    assert!(open.iter().any(|(best, worst)| best < worst));
}

#[test]
fn lots_break_what_is_left_and_a_total_order_tells_where_none_were_drawn() {
    let rank = "ties = \"total\"\nby = [\"points desc\", \"lots asc\"]";
    let drawn = league(
        rank,
        &["a, A, 2, true", "b, A, 1, true", "c, A, , true"],
        &[("a", "c", "1", "0"), ("b", "c", "1", "0")],
    );
    assert_eq!(places(&drawn, &["b", "a", "c"]), [(1, 1), (2, 2), (3, 3)]);
    assert!(drawn.codes().is_empty());
    let not_drawn =
        league(rank, &["a, A, , true", "b, A, , true", "c, A, , true"], &[("a", "c", "1", "0"), ("b", "c", "1", "0")]);
    assert_eq!(places(&not_drawn, &["b", "a", "c"]), [(1, 2), (1, 2), (3, 3)]);
    assert_eq!(not_drawn.codes(), ["tied-in-total-order", "tied-in-total-order"]);
}

#[test]
fn whoever_misses_a_requirement_is_not_ranked_and_moves_nobody() {
    let rank = "ties = \"competition\"\nby = [\"points desc\"]\nrequires = [\"entered\"]";
    let matches = [("a", "b", "1", "0"), ("b", "c", "1", "0"), ("c", "d", "1", "1")];
    let teams = ["a, A, , false", "b, A, , true", "c, A, , true", "d, A, , true"];
    let evaluated = league(rank, &teams, &matches);
    assert_eq!(evaluated.unit("teams", "a").rank, None);
    assert_eq!(evaluated.unit("teams", "a").unranked.len(), 1);
    assert_eq!(places(&evaluated, &["b", "c", "d"]), [(1, 1), (2, 2), (2, 2)]);

    let open = league(rank, &["a, A, , ?", "b, A, , true", "c, A, , true", "d, A, , true"], &matches);
    assert_eq!(places(&open, &["b", "c", "d"]), [(1, 1), (2, 3), (2, 3)]);
    assert_eq!(evaluated.unit("teams", "b").unranked.len(), 0);
}

#[test]
fn whoever_is_perhaps_not_ranked_has_perhaps_no_place_even_alone() {
    let rank = "ties = \"competition\"\nby = [\"points desc\"]\nrequires = [\"entered\"]\nclause = \"1\"\n";
    let first = "[criteria.first]\nclause = \"1\"\nlevels = [\"teams\"]\npresent = true\n";
    let toml = format!("{LEAGUE}[levels.teams.rank]\n{rank}{first}");
    let rules = format!("{RULES}fn first() {{ unit.rank == 1 }}");
    let rows = Rows::default().with("teams", ["a, A, , ?", "b, B, , true"]);
    let evaluated = Campaign::new(&toml, &rules).evaluate(&rows.with("sides", [""; 0]));
    assert_eq!(["a", "b"].map(|team| evaluated.verdict("teams", team, "first")), ["undetermined", "met"]);
}

#[test]
fn ranks_may_go_by_the_score_before_it_was_rounded_or_by_fewer_digits() {
    let toml = |by: &str| {
        format!(
            r#"
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = {{ type = "text" }}
part = {{ type = "number", min = 0, max = 9 }}
[levels.units]
table = "units"
score = {{ not_applicable = "zero", round = {{ items = 3, score = 1 }}, clause = "1" }}
rank  = {{ by = [{by}], ties = "competition", clause = "1" }}
[criteria.part]
clause = "1"
levels = ["units"]
column = "part"
points = {{ max = 9, value = "as_measured", clause = "1" }}
"#
        )
    };
    let rows = Rows::default().with("units", ["a, 8.249", "b, 8.201", "c, 8.251"]);
    let ranked = |by: &str| {
        let evaluated = Campaign::new(&toml(by), "").evaluate(&rows);
        assert_eq!(evaluated.unit("units", "a").score.and_then(|score| score.value()), Some(number("8.2")));
        ["a", "b", "c"].map(|unit| evaluated.unit("units", unit).rank.as_ref().expect("it is ranked").best)
    };
    assert_eq!(ranked("\"score desc\""), [2, 2, 1]);
    assert_eq!(ranked("\"unrounded_score desc\""), [2, 3, 1]);
    assert_eq!(ranked("{ key = \"unrounded_score\", order = \"desc\", round = 2 }"), [1, 3, 1]);
    assert_eq!(ranked("{ key = \"score\", order = \"desc\", round = 0 }"), [1, 1, 1]);
}

#[test]
fn places_are_counted_back_one_by_one() {
    let toml = r#"
[tables.drivers]
file = "drivers.csv"
key  = "code"
[tables.drivers.columns]
code = { type = "text" }
[tables.results]
file    = "results.csv"
parent  = "driver"
no_rows = "none"
[tables.results.columns]
driver = { type = "link", to = "drivers" }
place  = { type = "number", min = 1, max = 9, blank = "none" }
[levels.drivers]
table = "drivers"
score = { not_applicable = "zero", clause = "1" }
rank  = { by = ["score desc", "places asc"], ties = "competition", clause = "1" }
[criteria.points]
clause = "1"
levels = ["drivers"]
points = { max = 100, value = "as_measured", clause = "1" }
"#;
    let rules = r"
fn worth(place) { if place == 1 { 10 } else if place == 2 { 5 } else if place == 3 { 4 } else { 0 } }
fn points() { unit.results.sum(|r| worth(r.place)) }
fn places() { unit.results.list(|r| r.place) }
";
    let evaluate = |results: &[&str]| {
        let rows = Rows::default().with("drivers", ["a", "b", "c", "d"]).with("results", results);
        Campaign::new(toml, rules).evaluate(&rows)
    };
    let ranked = |evaluated: &Evaluated| {
        ["a", "b", "c", "d"].map(|unit| {
            let rank = evaluated.unit("drivers", unit).rank.clone().expect("it is ranked");
            (rank.best, rank.worst, rank.tie_broken_by)
        })
    };
    let by = |place: usize, key: Option<&str>| (place, place, key.map(std::sync::Arc::from));
    // a: a first place and nothing else; b: two seconds; c: nothing better than fourth, once; d: the same, twice.
    let known = evaluate(&["a, 1", "a, ", "b, 2", "b, 2", "c, 4", "d, 4", "d, 4"]);
    let places = Some("places");
    assert_eq!(ranked(&known), [by(1, places), by(2, places), by(4, places), by(3, places)]);
    let open = evaluate(&["a, 1", "b, 2", "b, 2", "c, 4", "d, ?"]);
    assert!(ranked(&open)[2].0 < ranked(&open)[2].1, "what d has decides what place c has");
}
