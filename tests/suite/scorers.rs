//! Several who score one thing: whose word counts, what the first of them claimed, and why it was changed.

use thidua::value::{Number, Possible};

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, number};

/// Cities that score themselves before their cluster and then a council do.
const CITIES: &str = r#"
[tables.cities]
file = "cities.csv"
key  = "code"
[tables.cities.columns]
code    = { type = "text" }
claimed = { type = "number", min = 0, max = 3 }
cluster = { type = "number", min = 0, max = 3, blank = "none" }
council = { type = "number", min = 0, max = 3, blank = "none" }
why     = { type = "text", blank = "none" }
[levels.cities]
table = "cities"
score = { not_applicable = "zero", round = { items = 2 }, clause = "1" }
[criteria.clean]
clause = "1"
levels = ["cities"]
final  = "last"
points = { max = 3, value = "as_measured", clause = "1" }
[criteria.clean.scorers]
city    = { column = "claimed" }
cluster = { column = "cluster" }
council = { rule = "of_council", reason = "why" }
"#;

const RULES: &str = r#"
fn of_council() { unit.council }
fn overclaimed() {
    let claimed = unit.scored_by("clean", "city");
    let counts = unit.value("clean");
    if claimed > counts { claimed - counts } else { 0 }
}
"#;

fn evaluate(last_word: &str, more: &str, cities: &[String]) -> Evaluated {
    let toml = CITIES.replace("\"last\"", &format!("\"{last_word}\""));
    Campaign::new(&format!("{toml}{more}"), RULES).evaluate(&Rows::default().with("cities", cities))
}

fn points(evaluated: &Evaluated, city: &str) -> [Number; 2] {
    let points = evaluated.judgement("cities", city, "clean").points.expect("points are at stake");
    [points.least, points.greatest]
}

/// What counts of three scores, by definition.
fn counts(last_word: &str, scores: &[Option<i64>; 3]) -> Option<Number> {
    let given = || scores.iter().flatten().copied();
    let count = given().count();
    let count = i64::try_from(count).expect("there are three");
    match last_word {
        "last" => given().last().map(Number::whole),
        "least" => given().min().map(Number::whole),
        "greatest" => given().max().map(Number::whole),
        "mean" => Number::whole(given().sum()).over(Number::whole(count)).ok().map(|mean| mean.round(2).unwrap()),
        _ => scores[1].map(Number::whole),
    }
}

#[test]
fn whose_word_counts_is_what_the_campaign_says_and_with_blanks_no_completion_is_left_out() {
    for last_word in ["last", "least", "greatest", "mean", "cluster"] {
        for seed in 0..40 {
            let mut dice = Dice(seed);
            let given = [(); 3].map(|()| i64::try_from(dice.below(4)).unwrap());
            let scores = [
                Some(given[0]),
                Some(given[1]).filter(|_| dice.percent(70)),
                Some(given[2]).filter(|_| dice.percent(60)),
            ];
            let cell = |score: &Option<i64>| score.map_or_else(String::new, |score| score.to_string());
            let row = |cells: &[String]| vec![format!("a, {}, why", cells.join(", "))];
            let cells = scores.each_ref().map(cell);
            let known = evaluate(last_word, "", &row(&cells));
            let expected = counts(last_word, &scores).unwrap_or(Number::ZERO);
            assert_eq!(points(&known, "a"), [expected; 2], "{last_word} of {scores:?}");

            let mut blank = cells.clone();
            blank[dice.below(3)] = UNKNOWN.to_owned();
            let [least, greatest] = points(&evaluate(last_word, "", &row(&blank)), "a");
            assert!(least <= expected && expected <= greatest, "{last_word} of {blank:?}, which may be {scores:?}");
        }
    }
}

#[test]
fn what_was_claimed_beyond_what_counts_can_be_punished() {
    let more = r#"
[criteria.overclaimed]
clause = "1"
levels = ["cities"]
[criteria.overclaimed.points]
pot    = "penalty"
clause = "1"
bands  = [{ at_most = 1, points = 0 }, { more_than = 1, points = -2 }]
"#;
    let cities = ["a, 3, 3, 1, checked", "b, 3, , 2, checked", "c, 2, 3, , "].map(str::to_owned);
    let evaluated = evaluate("last", more, &cities);
    let scores = ["a", "b", "c"].map(|city| evaluated.unit("cities", city).score.and_then(|score| score.value()));
    assert_eq!(scores, ["-1", "2", "3"].map(|score| Some(number(score))));
    let gap = |city| evaluated.judgement("cities", city, "clean").gap();
    assert_eq!(["a", "b", "c"].map(gap), ["2", "1", "-1"].map(|gap| Some(number(gap))));
}

#[test]
fn each_keeps_what_it_said_and_a_change_needs_its_reason() {
    let cities = ["a, 3, 2, 1, seen on the spot", "b, 3, 3, 2, ", "c, 3, , 3, "].map(str::to_owned);
    let evaluated = evaluate("last", "", &cities);
    let scored = &evaluated.judgement("cities", "a", "clean").scored;
    let values: Vec<_> = scored.iter().map(|scored| scored.value).collect();
    assert_eq!(values, [3, 2, 1].map(|value| Possible::known(Number::whole(value))));
    assert_eq!(scored[2].reason.as_deref(), Some("seen on the spot"));
    assert_eq!(evaluated.codes(), ["changed-without-reason"], "b was changed without one, c was not changed");
    let told = evaluated.faults[0].to_string();
    assert!(told.contains("`council`") && told.contains(" of b "), "{told}");
}
