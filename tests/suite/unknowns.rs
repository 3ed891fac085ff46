//! Unknowns that come from elsewhere than a blank cell: rows without an answer, lists that hang elsewhere, bars and
//! stakes that nobody knows, ties that nothing decides.

use thidua::evaluate::{Judgement, Measured};
use thidua::value::{Number, Possible};

use crate::campaigns::{Campaign, Evaluated, Rows, number, told};

/// Units with firms and reports; a firm also has a sponsor, which is another unit.
const TABLES: &str = r#"
[scales.grade]
poor = {}
good = {}
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code  = { type = "text" }
stake = { type = "number", min = 0, max = 10 }
kind  = { type = "choice", values = ["small", "large"] }
[tables.sponsors]
file = "sponsors.csv"
key  = "code"
[tables.sponsors.columns]
code = { type = "text" }
[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "owner"
no_rows = "unknown"
[tables.firms.columns]
code    = { type = "text" }
owner   = { type = "link", to = "units" }
sponsor = { type = "link", to = "sponsors" }
size    = { type = "number", min = 0, max = 9 }
on      = { type = "date", blank = "none" }
[tables.reports]
file    = "reports.csv"
parent  = "owner"
no_rows = "none"
[tables.reports.columns]
owner = { type = "link", to = "units" }
on    = { type = "date", blank = "none" }
grade = { type = "scale", scale = "grade" }

[levels.units]
table = "units"
score = { round = { items = 2, score = 2 }, not_applicable = "rescale", clause = "1" }
rank  = { by = ["score desc"], ties = "competition", clause = "1" }
[levels.sponsors]
table = "sponsors"
[levels.firms]
table = "firms"
[defaults.criteria]
clause = "1"
levels = ["units"]
"#;

fn campaign(criteria: &str, rules: &str) -> Campaign {
    Campaign::new(&format!("{TABLES}{criteria}"), rules)
}

fn measured(judgement: &Judgement) -> Possible<Number> {
    match &judgement.measured {
        Measured::Number(number) => *number,
        Measured::Fraction(fraction) => fraction.number(),
        other => panic!("{other:?}"),
    }
}

fn between(least: &str, greatest: Option<&str>) -> Possible<Number> {
    Possible::between(Some(number(least)), greatest.map(number))
}

#[test]
fn a_row_without_an_answer_is_not_a_row_that_is_not_there() {
    let criteria = r#"
[criteria.least]
at_least = 0.5
[criteria.most]
at_most  = 2
[criteria.different]
at_most  = 1
[criteria.last]
at_least = "good"
"#;
    let rules = "
fn least()     { unit.firms.min(|f| 1 / f.size) }
fn most()      { unit.firms.max(|f| 1 / f.size) }
fn different() { unit.firms.distinct(|f| 1 / f.size) }
fn last()      { unit.reports.latest(|r| 1 / (r.on.day - 1)).grade }
";
    let rules = rules.replace("r.on.day", "(r.on ?? as_of).day");
    let firms = |sizes: &[&str]| {
        let rows =
            Rows::default().with("units", ["a,1,small"]).with("reports", ["a,2024-03-01,poor", "a,2024-03-02,good"]);
        let firms = sizes.iter().enumerate().map(|(at, size)| format!("f{at},a,,{size},"));
        rows.with("firms", firms)
    };
    let campaign = campaign(criteria, &rules);
    let sound = campaign.evaluate(&firms(&["1"]));
    assert_eq!(["least", "most", "different"].map(|id| sound.verdict("units", "a", id)), ["met"; 3]);
    // One over nothing may be anything: nobody knows which is the least, the most, or whether it differs.
    let broken = campaign.evaluate(&firms(&["1", "0"]));
    assert_eq!(["least", "most", "different", "last"].map(|id| broken.verdict("units", "a", id)), ["undetermined"; 4]);
    assert_eq!(broken.codes(), ["predicate-failed"; 4]);
}

#[test]
fn firms_that_nobody_listed_may_belong_to_any_sponsor() {
    let criteria = "[criteria.sponsored]\nlevels = [\"sponsors\"]\nat_most = 1\n";
    let campaign = campaign(criteria, "fn sponsored() { unit.firms.count() }");
    let rows = Rows::default().with("sponsors", ["x", "y"]).with("firms", ["f1,a,x,1,"]);
    let verdicts = |rows: &Rows| ["x", "y"].map(|unit| campaign.evaluate(rows).verdict("sponsors", unit, "sponsored"));
    assert_eq!(verdicts(&rows.clone().with("units", ["a,1,small"])), ["met", "met"]);
    assert_eq!(verdicts(&rows.clone().with("units", ["a,1,small", "b,1,small"])), ["undetermined", "undetermined"]);
    // So may a firm whose sponsor nobody knows.
    let unknown = rows.with("units", ["a,1,small"]).with("firms", ["f2,a,,1,"]);
    assert_eq!(verdicts(&unknown), ["undetermined", "undetermined"]);
}

#[test]
fn of_reports_of_one_day_none_is_the_latest() {
    let criteria = "[criteria.last]\nat_least = \"good\"\n";
    let campaign = campaign(criteria, "fn last() { unit.reports.latest(|r| r.on).grade }");
    let verdict = |reports: [&str; 2]| {
        campaign
            .evaluate(&Rows::default().with("units", ["a,1,small"]).with("reports", reports))
            .verdict("units", "a", "last")
    };
    assert_eq!(verdict(["a,2024-03-01,good", "a,2024-03-02,poor"]), "not_met");
    // Without a key, nothing but the order of rows could decide.
    let (good, poor) = ("a,2024-03-01,good", "a,2024-03-01,poor");
    assert_eq!((verdict([good, poor]), verdict([poor, good])), ("undetermined", "undetermined"));
    assert_eq!(verdict([good, good]), "met");
}

#[test]
fn many_criteria_that_perhaps_do_not_apply_are_bounded_all_the_same() {
    // Of fifteen criteria, all may turn out not to apply; the last alone is failed, the others are met.
    let criteria: Vec<String> = (0..15)
        .map(|at| format!("[criteria.c{at}]\nrule = \"size\"\nwhen = {{ kind = \"large\" }}\nat_least = {}\npoints = {{ max = 1, clause = \"1\" }}\n", if at < 14 { 0 } else { 9 }))
        .collect();
    let certain = "[criteria.certain]\nrule = \"size\"\nat_least = 9\npoints = { max = 1, clause = \"1\" }\n";
    let campaign = campaign(&format!("{}{certain}", criteria.concat()), "fn size() { unit.stake }");
    let score = |kind: &str| {
        campaign
            .evaluate(&Rows::default().with("units", [format!("a,1,{kind}")]))
            .unit("units", "a")
            .score
            .expect("it is scored")
    };
    let (small, large, open) = (score("small"), score("large"), score("?"));
    assert_eq!((small.value(), large.value()), (Some(Number::ZERO), Some(number("14"))));
    assert_eq!((open.least, open.greatest.map(|most| most >= number("14"))), (Some(Number::ZERO), Some(true)));
}

#[test]
fn a_bar_without_an_answer_leaves_the_verdict_open() {
    let criteria = r#"
[criteria.last_day]
by  = { rule = "far" }
due = 2024-12-31
[criteria.paid]
rule     = "stake"
at_least = { rule = "quotient" }
"#;
    let rules = "
fn last_day() { unit.firms.max(|f| f.on) }
fn far()      { as_of + unit.stake / 2 }
fn quotient() { 1 / (unit.stake - 1) }
fn stake()    { unit.stake }
";
    let evaluated = campaign(criteria, &rules.replace("/ 2", "/ params.two").replace("params.two", "(1 + 1)"))
        .evaluate(&Rows::default().with("units", ["a,1,small"]).with("firms", ["f,a,,1,2024-03-01"]));
    assert_eq!(["last_day", "paid"].map(|id| evaluated.verdict("units", "a", id)), ["undetermined"; 2]);
    assert_eq!(evaluated.codes(), ["rule-failed"; 2]);
}

#[test]
fn where_nobody_knows_what_is_at_stake_there_is_no_score() {
    let criteria = "[criteria.size]\nat_least = 1\npoints = { max = { column = \"stake\" } }\n[criteria.other]\nrule = \"size\"\nat_least = 1\npoints = { max = 5, clause = \"1\" }\n";
    let campaign = campaign(criteria, "fn size() { unit.firms.count() }");
    let rows = Rows::default().with("units", ["a,10,small", "b,?,small"]).with("firms", ["f,a,,1,", "g,b,,1,"]);
    let evaluated = campaign.evaluate(&rows);
    assert_eq!(evaluated.unit("units", "a").score.and_then(|score| score.value()), Some(number("15")));
    assert_eq!(evaluated.unit("units", "b").score, None);
    let places = |unit| evaluated.unit("units", unit).rank.as_ref().map(|rank| (rank.best, rank.worst));
    assert_eq!((places("a"), places("b")), (Some((1, 2)), Some((1, 2))));
}

#[test]
fn a_mean_or_a_ratio_may_be_above_the_whole() {
    let criteria = "[criteria.average]\nat_least = \"150%\"\n[criteria.ratio]\nmore_than = \"110%\"\n[criteria.part]\nmore_than = \"100%\"\n";
    let rules = "
fn average() { unit.firms.mean(|f| f.size) }
fn ratio()   { unit.firms.ratio(|f| f.size, |f| 1) }
fn part()    { unit.firms.share(|f| f.size > 0) }
";
    let campaign = campaign(criteria, rules);
    let told: Vec<_> = campaign.plan.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect();
    assert_eq!(told, ["target-out-of-reach"], "only the share");
    let evaluated =
        campaign.evaluate(&Rows::default().with("units", ["a,1,small"]).with("firms", ["f,a,,1,", "g,a,,2,"]));
    assert_eq!(["average", "ratio", "part"].map(|id| evaluated.verdict("units", "a", id)), ["met", "met", "not_met"]);
}

#[test]
fn a_bar_that_nobody_knows_yet_may_be_a_number_or_a_day() {
    let criteria = r#"
[criteria.size]
at_least = { unknown = "the directive leaves it blank" }
[criteria.first_day]
by       = { unknown = "the directive leaves it blank" }
"#;
    let rules = "
fn size()      { unit.firms.sum(|f| f.size) }
fn first_day() { unit.firms.min(|f| f.on) }
";
    let evaluated = campaign(criteria, rules)
        .evaluate(&Rows::default().with("units", ["a,1,small"]).with("firms", ["f,a,,1,2024-03-01"]));
    assert_eq!(["size", "first_day"].map(|id| evaluated.verdict("units", "a", id)), ["undetermined"; 2]);
}

#[test]
fn a_param_that_nobody_knows_yet_is_of_the_type_that_it_declares() {
    let criteria = r#"
[params]
large    = { unknown = "to be decided", type = "number", clause = "1" }
launched = { unknown = "to be decided", clause = "1" }
strict   = { unknown = "to be decided", type = "flag", clause = "1" }
word     = { unknown = "to be decided", type = "text", clause = "1" }
known    = { value = 3, type = "number", clause = "1" }
[criteria.large_firms]
at_least = 1
[criteria.before]
present = true
[criteria.strictly]
present = true
[criteria.worded]
present = true
[criteria.bar]
at_least = { param = "large" }
"#;
    let rules = r#"
fn large_firms() { unit.firms.count(|f| f.size >= params.large && f.size >= params.known) }
fn before()      { unit.firms.any(|f| f.on < params.launched) }
fn strictly()    { params.strict || unit.stake == 0 }
fn worded()      { params.word.contains("a") }
fn bar()         { unit.stake }
"#;
    let evaluated = campaign(criteria, rules)
        .evaluate(&Rows::default().with("units", ["a,1,small"]).with("firms", ["f1,a,,1,2024-03-01", "f2,a,,4,"]));
    for criterion in ["large_firms", "before", "strictly", "worded", "bar"] {
        assert_eq!(evaluated.verdict("units", "a", criterion), "undetermined", "{criterion}");
    }
    let large = &evaluated.judgement("units", "a", "large_firms").measured;
    assert_eq!(*large, Measured::Number(Possible::between(Some(Number::ZERO), Some(Number::ONE))), "f1 is too small");
}

#[test]
fn what_hangs_on_an_unknown_row_is_unknown_whatever_its_type() {
    let criteria = r#"
[criteria.day]
levels = ["firms"]
by     = 2024-06-30
[criteria.any]
levels  = ["firms"]
present = true
[criteria.nobody]
levels  = ["firms"]
present = true
[criteria.sum]
levels   = ["firms"]
at_least = 1
"#;
    let rules = "
fn day()  { unit.sponsor.firms.max(|f| f.on) }
fn any()  { unit.sponsor.firms.any(|f| f.size > 1) }
fn nobody() { !unit.sponsor.firms.any(|f| f.size > 1) }
fn sum()  { unit.sponsor.firms.sum(|f| f.size) }
";
    let campaign = campaign(criteria, rules);
    let verdicts = |sponsor: &str| {
        let rows = Rows::default().with("units", ["a,1,small"]).with("sponsors", ["x"]);
        let evaluated = campaign.evaluate(&rows.with("firms", [format!("f,a,{sponsor},1,2024-03-01")]));
        ["day", "any", "nobody", "sum"].map(|id| evaluated.verdict("firms", "f", id))
    };
    assert_eq!(verdicts("x"), ["met", "not_met", "met", "met"]);
    assert_eq!(verdicts(""), ["undetermined"; 4]);
}

#[test]
fn a_sum_of_rows_that_were_never_listed_is_open_above_only() {
    let criteria = "[criteria.sum]\nat_least = 1\n[criteria.count]\nat_most = 5\n";
    let rules = "fn sum() { unit.firms.sum(|f| f.size) }\nfn count() { unit.firms.count() }";
    let evaluated: Evaluated = campaign(criteria, rules).evaluate(&Rows::default().with("units", ["a,1,small"]));
    assert_eq!(measured(&evaluated.judgement("units", "a", "sum")), between("0", None));
    assert_eq!(measured(&evaluated.judgement("units", "a", "count")), between("0", None));
}

#[test]
fn a_target_points_and_a_quota_may_be_open() {
    let criteria = r#"
[criteria.firms]
at_least = [{ when = { kind = "small" }, value = { unknown = "to be decided" } }, { value = 1 }]
points   = { max = [{ when = { kind = "small" }, value = 5 }, { value = { unknown = "to be weighed" } }], clause = "1" }
[awards.prize]
levels   = ["units"]
requires = ["present"]
by       = ["score desc"]
quota    = [{ at_most = { unknown = "to be counted" }, clause = "1" }]
"#;
    let rules = "fn firms() { unit.firms.count() }\n/// It has a stake.\nfn present() { unit.stake > 0 }";
    let rows = Rows::default()
        .with("units", ["a,1,small", "b,1,large", "c,0,large"])
        .with("firms", ["f1,a,,1,", "f2,b,,1,", "f3,c,,1,"]);
    let evaluated = campaign(criteria, rules).evaluate(&rows);
    assert_eq!(["a", "b"].map(|unit| evaluated.verdict("units", unit, "firms")), ["undetermined", "met"]);
    let points = |unit| evaluated.judgement("units", unit, "firms").points.as_ref().map(|points| points.of);
    assert_eq!([points("a"), points("b")], [Some(number("5")), None]);
    let prize = |unit| evaluated.unit("units", unit).awards[0].as_ref().map(|award| award.verdict.id());
    assert_eq!(["a", "b", "c"].map(prize), ["undetermined", "undetermined", "not_eligible"].map(Some));
    let levels = &evaluated.outcome.levels;
    assert_eq!(levels[0].rules, [("present".to_owned(), "It has a stake.".to_owned())], "what the condition says");
    assert!(evaluated.codes().is_empty(), "{}", told(&evaluated.faults));
}

#[test]
fn what_is_computed_of_something_that_does_not_apply_does_not_apply_either() {
    let criteria = "
[criteria.rounded]
at_least = 1
[criteria.the_only]
at_least = 1
[criteria.open]
at_most = 3
[criteria.above]
at_least = 9
[criteria.applies]
present = true
";
    let rules = "
fn gap()      { if unit.kind == \"small\" { not_applicable } else { unit.stake } }
fn rounded()  { round(max(gap(), 1) / 3, 2) }
fn the_only() { unit.firms.only(|f| f.size > 3).size ?? not_applicable }
fn open()     { gap() }
fn above()    { gap() }
fn applies()  { unit.applies(\"open\") }
";
    let rows = Rows::default()
        .with("units", ["a,2,small", "b,6,large", "c,2,?"])
        .with("firms", ["f,a,,1,", "g,b,,5,", "h,c,,?,"]);
    let evaluated = campaign(criteria, rules).evaluate(&rows);
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    let verdicts = |unit| ["rounded", "the_only", "open", "above"].map(|id| evaluated.verdict("units", unit, id));
    assert_eq!(verdicts("a"), ["not_applicable"; 4]);
    assert_eq!(verdicts("b"), ["met", "met", "not_met", "not_met"]);
    // Of a small unit there is no gap at all: it is not said that it would not be met.
    assert_eq!(verdicts("c"), ["undetermined"; 4]);
    assert_eq!(
        ["a", "b", "c"].map(|unit| evaluated.verdict("units", unit, "applies")),
        ["not_met", "met", "undetermined"]
    );
    assert_eq!(measured(&evaluated.judgement("units", "c", "the_only")), between("0", Some("9")).or_none());
}

#[test]
fn a_branch_knows_what_its_condition_says() {
    let criteria = "[criteria.over]\n[criteria.part]\n[criteria.rest]\n[criteria.counted]\n[criteria.within]\n";
    let rules = "
fn over()    { if unit.stake > 4 { unit.stake - 4 } else { 0 } }
fn part()    { if unit.stake == 0 { 1 } else { 6 / unit.stake } }
fn rest()    { if !(unit.stake < 3 || unit.stake > 5) { unit.stake } else { 4 } }
fn counted() { unit.firms.count(|f| if f.size >= 5 { f.size > 4 } else { f.size < 6 }) }
fn within()  { min(max(unit.stake, 2), 3) * (if 8 < unit.stake { 0 } else { 1 }) }
";
    let rows = Rows::default().with("units", ["a,?,small"]).with("firms", ["f,a,,?,", "g,a,,7,"]);
    let evaluated = campaign(criteria, rules).evaluate(&rows);
    let of = |id| measured(&evaluated.judgement("units", "a", id));
    assert_eq!(of("over"), between("0", Some("6")));
    assert_eq!(of("part"), between("0.6", None));
    assert_eq!(of("rest"), between("3", Some("5")));
    assert_eq!(of("counted"), between("2", Some("2")));
    assert_eq!(of("within"), between("0", Some("3")));
}
