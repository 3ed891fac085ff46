//! Rules that read what was judged of units at an earlier stage, on their own level and on others.

use thidua::campaign;
use thidua::diagnostic::Diagnostic;
use thidua::document;
use thidua::evaluate::{AwardVerdict, Measured, Plan, Verdict};
use thidua::rule::Library;
use thidua::source::Source;
use thidua::value::{Number, Possible};

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, number, told};

/// Regions with unions below them.
const TABLES: &str = r#"
[tables.regions]
file = "regions.csv"
key  = "code"
[tables.regions.columns]
code = { type = "text" }
goal = { type = "number", min = 0, max = 2 }
[tables.unions]
file    = "unions.csv"
key     = "code"
parent  = "region"
no_rows = "none"
[tables.unions.columns]
code   = { type = "text" }
region = { type = "link", to = "regions" }
place  = { type = "choice", values = ["A", "B"] }
kind   = { type = "choice", values = ["town", "rural"] }
plan   = { type = "flag" }
works  = { type = "number", min = 0, max = 2 }
[levels.regions]
table = "regions"
[levels.unions]
table   = "unions"
cluster = "place"
score   = { not_applicable = "zero", clause = "1" }
rank    = { by = ["score desc", "works desc"], ties = "competition", clause = "1" }
[levels.unions.grades.good]
at_least = { value = 2, clause = "1" }
[levels.unions.grades.fair]
at_least = { value = 1, clause = "1" }
[levels.unions.grades.poor]
[defaults.criteria]
clause = "1"
levels = ["unions"]
[criteria.plan]
column  = "plan"
present = true
points  = { max = 1, clause = "1" }
[criteria.works]
column   = "works"
at_least = 1
points   = { max = 1, clause = "1" }
"#;

const ROWS: [&str; 4] =
    ["a1, A, town, true, 2", "a2, A, rural, true, 0", "a3, A, rural, false, 0", "b1, B, town, false, 1"];

fn campaign(more: &str, rules: &str) -> Campaign {
    Campaign::new(&format!("{TABLES}{more}"), rules)
}

fn rows(unions: &[&str]) -> Rows {
    // A cluster is a word and a region a link: both stand in a row.
    let with_place = |row: &&str| row.replace(", A,", ", A, A,").replace(", B,", ", B, B,");
    Rows::default().with("regions", ["A, 1", "B, 2"]).with("unions", unions.iter().map(with_place))
}

fn evaluate(more: &str, rules: &str) -> Evaluated {
    let evaluated = campaign(more, rules).evaluate(&rows(&ROWS));
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    evaluated
}

/// The findings of a campaign that cannot be planned.
fn refused(more: &str, rules: &str) -> Vec<Diagnostic> {
    let head = "id = \"test\"\nperiod = { from = 2024-01-01, to = 2024-12-31, clause = \"1\" }\n";
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", format!("{head}{TABLES}{more}")), &mut faults);
    let campaign = campaign::read(&document, &mut faults).unwrap_or_else(|| panic!("{}", told(&faults)));
    let library = Library::read(&[Source::new("criteria.rhai", rules)], &mut faults);
    Plan::new(campaign, library, None).map(drop).expect_err("it is faulty")
}

fn codes(faults: &[Diagnostic]) -> Vec<&'static str> {
    faults.iter().filter(|fault| fault.is_error()).map(Diagnostic::code).collect()
}

#[test]
fn a_region_reads_the_verdicts_of_its_unions() {
    let evaluated = evaluate(
        "[criteria.planned]\nlevels = [\"regions\"]\nat_least = \"100%\"\n",
        "fn planned() { unit.unions.share(|u| u.met(\"plan\")) }",
    );
    let planned = evaluated.judgement("regions", "A", "planned");
    let Measured::Fraction(share) = &planned.measured else { panic!("{:?}", planned.measured) };
    assert_eq!(
        (planned.verdict, share.number().value()),
        (Verdict::NotMet, Some(number("2").over(number("3")).unwrap()))
    );
}

#[test]
fn a_union_reads_what_its_region_and_its_neighbours_reached() {
    let evaluated = evaluate(
        r#"
[criteria.region_works]
levels   = ["regions"]
at_least = { column = "goal" }
[criteria.carried]
present = true
[criteria.lead]
at_least = 1
"#,
        r#"
fn region_works() { unit.unions.sum(|u| u.value("works") ?? 0) }
fn carried() { unit.region.met("region_works") }
fn lead() { (unit.value("works") ?? 0) - (unit.region.unions.max(|u| u.points("works")) ?? 0) }
"#,
    );
    assert_eq!(evaluated.verdict("unions", "a3", "carried"), "met");
    assert_eq!(evaluated.verdict("unions", "b1", "carried"), "not_met");
    let lead = |unit| evaluated.judgement("unions", unit, "lead").measured.clone();
    assert_eq!(lead("a1"), Measured::Number(Possible::known(Number::ONE)));
    assert_eq!(lead("a2"), Measured::Number(Possible::known(Number::ONE.negated())));
}

#[test]
fn awards_and_ranks_feed_what_comes_after_them() {
    let evaluated = evaluate(
        r#"
[params]
places = { value = 2, clause = "1" }
[awards.second_flag]
levels   = ["unions"]
requires = ["flag", "in_front"]
[awards.flag]
levels   = ["unions"]
requires = ["well_graded"]
by       = ["score desc"]
quota    = [{ at_most = 2, per = "level", clause = "1" }]
[criteria.flags]
levels   = ["regions"]
at_least = 1
"#,
        r#"
fn well_graded() { (unit.grade ?? "poor") >= "fair" && unit.score > 0 }
fn in_front()    { unit.rank == 1 && unit.rank <= params.places }
fn flags()       { unit.unions.count(|u| u.awarded("second_flag") && u.grade == "good") }
"#,
    );
    let awards = |unit| {
        let awards = &evaluated.unit("unions", unit).awards;
        awards.iter().map(|award| award.as_ref().unwrap().verdict).collect::<Vec<_>>()
    };
    // In the order of the campaign, although the second is decided first.
    assert_eq!(awards("a1"), [AwardVerdict::Granted, AwardVerdict::Granted]);
    assert_eq!(awards("a2"), [AwardVerdict::NotEligible, AwardVerdict::TiedAtCut]);
    assert_eq!(evaluated.verdict("regions", "A", "flags"), "met");
    assert_eq!(
        evaluated.judgement("regions", "B", "flags").measured,
        Measured::Number(Possible::between(Some(Number::ZERO), Some(Number::ZERO)))
    );
}

#[test]
fn what_does_not_apply_is_left_out_by_asking() {
    let evaluated = evaluate(
        r#"
[criteria.rural_plan]
column  = "plan"
present = true
when    = { kind = "rural" }
[criteria.planned]
levels   = ["regions"]
at_least = "50%"
"#,
        "fn planned() { unit.unions.filter(|u| u.applies(\"rural_plan\")).share(|u| u.met(\"rural_plan\")) }",
    );
    assert_eq!(evaluated.verdict("regions", "A", "planned"), "met");
    assert_eq!(evaluated.verdict("regions", "B", "planned"), "not_applicable");
}

#[test]
fn a_share_of_what_is_not_due_yet_may_be_asked_for() {
    let more = "[criteria.now]\nlevels = [\"regions\"]\nat_least = \"100%\"\n[criteria.then]\nlevels = [\"regions\"]\nat_least = \"100%\"\n";
    let rules = "fn then() { unit.unions.share(|u| u.met(\"plan\")) } fn now() { unit.unions.share(|u| u.met_so_far(\"plan\")) }";
    let evaluated = campaign(more, rules).on("2024-06-30").evaluate(&rows(&ROWS));
    assert_eq!(evaluated.verdict("regions", "A", "then"), "undetermined");
    assert_eq!(evaluated.verdict("regions", "A", "now"), "not_due");
}

#[test]
fn the_other_level_of_a_table_is_found_by_row() {
    let levels = r#"
[levels.towns]
table = "unions"
when  = { kind = "town" }
[levels.rural]
table = "unions"
when  = { kind = "rural" }
[criteria.own_plan]
levels  = ["towns", "rural"]
column  = "plan"
present = true
[criteria.planned]
levels   = ["regions"]
at_least = 2
"#;
    let evaluated = evaluate(levels, "fn planned() { unit.unions.count(|u| u.met(\"own_plan\")) }");
    assert_eq!(evaluated.verdict("regions", "A", "planned"), "met");

    // A row that no level judges has no verdict, and one that two levels judge has none either.
    for (from, to) in
        [("[\"towns\", \"rural\"]", "[\"towns\"]"), ("[\"towns\", \"rural\"]", "[\"towns\", \"rural\", \"unions\"]")]
    {
        let campaign =
            campaign(&levels.replace(from, to), "fn planned() { unit.unions.count(|u| u.met(\"own_plan\")) }");
        let evaluated = campaign.evaluate(&rows(&ROWS));
        assert_eq!(evaluated.codes(), ["predicate-failed"]);
        assert_eq!(evaluated.verdict("regions", "A", "planned"), "undetermined");
    }
}

#[test]
fn a_circle_of_stages_is_told_with_its_path() {
    let two = "[criteria.one]\npresent = true\n[criteria.two]\npresent = true\n";
    let faults = refused(two, "fn one() { unit.met(\"two\") } fn two() { unit.met(\"one\") }");
    assert_eq!(codes(&faults), ["stage-circle"]);
    let told = told(&faults);
    for step in ["unions.met(\"one\") → ", "unions.value(\"two\") → ", "unions.met(\"two\") → "] {
        assert!(told.contains(step), "{told}");
    }

    let scored = "[criteria.best]\npresent = true\npoints = { max = 1, clause = \"1\" }\n";
    let faults = refused(scored, "fn best() { unit.score > 0 }");
    assert_eq!(codes(&faults), ["stage-circle"]);

    // Through another level and back.
    let through = "[criteria.above]\nlevels = [\"regions\"]\npresent = true\n[criteria.below]\npresent = true\n";
    let rules = "fn above() { unit.unions.all(|u| u.met(\"below\")) } fn below() { unit.region.met(\"above\") }";
    assert_eq!(codes(&refused(through, rules)), ["stage-circle"]);

    // A type that rests on itself is found while it is asked for.
    let values = "[criteria.one]\n[criteria.two]\n";
    let rules = "fn one() { unit.value(\"two\") } fn two() { unit.value(\"one\") }";
    assert!(codes(&refused(values, rules)).iter().all(|code| *code == "stage-circle"));
}

#[test]
fn what_cannot_be_read_is_told() {
    let criterion = "[criteria.x]\nlevels = [\"regions\"]\npresent = true\n";
    let of = |rule: &str| {
        let faults = refused(criterion, &format!("fn x() {{ {rule} }}"));
        codes(&faults).join(" ")
    };
    assert_eq!(of("unit.met(\"plan\")"), "not-judged");
    assert_eq!(of("unit.rank == 1"), "not-judged");
    assert_eq!(of("unit.unions.any(|u| u.met(\"plam\"))"), "unknown-reference");
    assert_eq!(of("unit.unions.any(|u| u.awarded(\"flag\"))"), "unknown-reference");
    assert_eq!(of("unit.unions.any(|u| u.met(u.kind))"), "wrong-type");
    assert_eq!(of("unit.unions.any(|u| u.meets(\"plan\"))"), "unknown-method");
    // What is interpreted runs before anybody knows what it will read.
    assert_eq!(of("let n = 0; for u in unit.unions { if u.met(\"plan\") { n += 1; } } n > 0"), "must-be-lowered");
}

#[test]
fn an_award_is_provisional_only_for_what_it_rests_on() {
    let more = r#"
[criteria.later]
column   = "works"
at_least = 2
due      = 2024-12-31
strength = "info"
[awards.planned]
levels   = ["unions"]
requires = ["plan"]
[awards.both]
levels   = ["unions"]
requires = ["plan", "later"]
"#;
    let evaluated = campaign(more, "").on("2024-12-01").evaluate(&rows(&ROWS));
    let awards = &evaluated.unit("unions", "a2").awards;
    let provisional: Vec<_> = awards.iter().map(|award| award.as_ref().unwrap().provisional).collect();
    assert_eq!(provisional, [false, true]);
}

/// What is judged under unknowns holds for everything that they may turn out to be, through all stages.
#[test]
fn every_completion_lies_within_what_was_judged() {
    let more = r#"
[criteria.flags]
levels   = ["regions"]
at_least = { column = "goal" }
[criteria.front]
present  = true
strength = "info"
[criteria.carried]
present  = true
strength = "info"
[criteria.graded]
is       = "good | fair"
strength = "info"
[awards.flag]
levels   = ["unions"]
requires = ["plan"]
by       = ["score desc"]
quota    = [{ at_most = 1, per = "cluster", clause = "1" }]
"#;
    let rules = r#"
fn flags()   { unit.unions.sum(|u| if u.awarded("flag") { u.points("works") ?? 0 } else { 0 }) }
fn front()   { unit.rank <= 1 }
fn carried() { unit.region.met("flags") && unit.score > 0 }
fn graded()  { unit.grade ?? "poor" }
"#;
    let campaign = campaign(more, rules);
    let mut dice = Dice(7);
    let (mut decided, mut open) = (0, 0);
    for _ in 0..150 {
        let rows = random(&mut dice);
        let judged = campaign.evaluate(&rows);
        for complete in completions(&rows) {
            let known = campaign.evaluate(&complete);
            for (level, other) in judged.outcome.levels.iter().zip(&known.outcome.levels) {
                for (unit, other) in level.units.lines().zip(other.units.lines()) {
                    for (judgement, other) in unit.criteria.iter().zip(&other.criteria) {
                        let is_open = judgement.verdict == Verdict::Undetermined;
                        assert!(is_open || judgement.verdict == other.verdict, "{rows:?} {complete:?} {}", unit.id);
                        if is_open { open += 1 } else { decided += 1 }
                    }
                    if let Some((rank, other)) = unit.rank.as_ref().zip(other.rank.as_ref()) {
                        assert!(rank.best <= other.best && other.worst <= rank.worst, "{rows:?} {complete:?}");
                    }
                    for (award, other) in unit.awards.iter().flatten().zip(other.awards.iter().flatten()) {
                        let is_open = award.verdict == AwardVerdict::Undetermined;
                        assert!(is_open || award.verdict == other.verdict, "{rows:?} {complete:?} {}", unit.id);
                    }
                }
            }
        }
    }
    assert!(decided > 1000 && open > 1000, "{decided} decided, {open} open");
}

fn random(dice: &mut Dice) -> Rows {
    let mut unions = Vec::new();
    for at in 0..=dice.below(3) {
        let region = *dice.pick(&["A", "B"]);
        let plan = *dice.pick(&["true", "false", UNKNOWN]);
        let works = *dice.pick(&["0", "1", "2", UNKNOWN]);
        unions.push(format!("u{at}, {region}, town, {plan}, {works}"));
    }
    let unions: Vec<&str> = unions.iter().map(String::as_str).collect();
    rows(&unions)
}

/// All ways in which the unknown cells may turn out.
fn completions(rows: &Rows) -> Vec<Rows> {
    let mut all = vec![rows.clone()];
    for (table, row, column) in rows.unknown() {
        let values: &[&str] = if column == 4 { &["true", "false"] } else { &["0", "1", "2"] };
        let with = |rows: &Rows, value: &str| {
            let mut rows = rows.clone();
            rows.set(&table, row, column, value);
            rows
        };
        all = all.iter().flat_map(|rows| values.iter().map(|value| with(rows, value)).collect::<Vec<_>>()).collect();
    }
    all
}
