//! Exactly on the bar, one beside it, and the days around a period: the cases of the Lào Cai campaign, and numbers
//! that would go wrong in floating point.

use thidua::evaluate::{Judgement, Measured, Verdict};
use thidua::load::{Request, evaluate};
use thidua::value::{Number, Parts};

use crate::campaigns::{Campaign, Evaluated, Rows, number};

const PATH: &str = "rules/lao-cai-2024";

/// Data in which the union H01 has nothing yet: a plan of 100 dong, of which 100 are paid, and a list of firms.
fn rows() -> Rows {
    Rows::default().with("unions", ["H01, Sa Pa, 1, 100, 100, Có"])
}

fn lao_cai(rows: &Rows) -> Evaluated {
    Campaign::shipped(PATH).evaluate(rows)
}

fn verdict(rows: &Rows, criterion: &str) -> &'static str {
    lao_cai(rows).verdict("unions", "H01", criterion)
}

/// Rows of a table, so many of each kind, numbered so that keys differ.
fn many(rows: Rows, table: &str, kinds: &[(usize, &str)]) -> Rows {
    let cells = kinds.iter().flat_map(|(count, cells)| std::iter::repeat_n(*cells, *count));
    rows.with(table, cells.enumerate().map(|(at, cells)| cells.replace('#', &format!("{at:010}"))))
}

fn firms(kinds: &[(usize, &str)]) -> Rows {
    many(rows(), "firms", kinds)
}

fn counts(judgement: &Judgement) -> (u64, u64) {
    match &judgement.measured {
        Measured::Fraction(fraction) => match fraction.parts {
            Parts::Rows(tally) => (tally.met, tally.of()),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

const WITH_UNION: &str = "#, H01, Không, 30, 2020-01-01, , ,";
const WITHOUT: &str = "#, H01, Không, 25, , , ,";

#[test]
fn nineteen_firms_of_twenty_are_ninety_five_percent() {
    let of = |met, failing| firms(&[(met, WITH_UNION), (failing, WITHOUT)]);
    assert_eq!(verdict(&of(19, 1), "union_coverage"), "met");
    assert_eq!(verdict(&of(18, 1), "union_coverage"), "not_met", "94.74 % prints as 95 %");
    assert_eq!(verdict(&of(38, 2), "union_coverage"), "met");
    assert_eq!(verdict(&of(37, 2), "union_coverage"), "not_met");
    assert_eq!(verdict(&of(0, 0), "union_coverage"), "not_applicable", "no firm at all");
}

#[test]
fn a_firm_of_twenty_five_counts_and_one_of_twenty_four_does_not() {
    let of = |workers: &str| firms(&[(19, WITH_UNION), (2, &WITHOUT.replace("25", workers))]);
    let coverage = |workers| counts(&lao_cai(&of(workers)).judgement("unions", "H01", "union_coverage"));
    assert_eq!(coverage("25"), (19, 21));
    assert_eq!(coverage("24"), (19, 19));
    assert_eq!((verdict(&of("25"), "union_coverage"), verdict(&of("24"), "union_coverage")), ("not_met", "met"));
    assert_eq!(verdict(&of(""), "union_coverage"), "undetermined", "nobody knows whether they count");
}

#[test]
fn graded_shares_are_of_those_eligible() {
    let good = "#, H01, Có, Hoàn thành tốt nhiệm vụ";
    let done = "#, H01, Có, Hoàn thành nhiệm vụ";
    let too_new = "#, H01, Không, Hoàn thành nhiệm vụ";
    let rows = many(rows(), "base_unions", &[(700, good), (70, done), (19, too_new)]);
    let evaluated = lao_cai(&rows);
    assert_eq!(evaluated.verdict("unions", "H01", "good_base_unions"), "met");
    assert_eq!(evaluated.verdict("unions", "H01", "good_of_all_base_unions"), "not_met");
    assert_eq!(counts(&evaluated.judgement("unions", "H01", "good_base_unions")), (700, 770));
    assert_eq!(counts(&evaluated.judgement("province", "province", "good_of_all_base_unions")), (700, 789));
}

#[test]
fn nine_of_ten_is_met_and_warns_that_another_reading_says_otherwise() {
    let dir = tempfile::tempdir().expect("a folder for the data");
    let header = std::fs::read_dir("datasets/lao-cai-2024").expect("the shipped data are there");
    for file in header.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "csv")) {
        let text = std::fs::read_to_string(file.path()).expect("a text");
        let first = text.lines().next().unwrap_or_default();
        let rows = match file.file_name().to_str() {
            Some("unions.csv") => "H01,Sa Pa,1,100,100,Có\n".to_owned(),
            Some("base_unions.csv") => (0..10)
                .map(|at| format!("C{at},H01,Có,Hoàn thành {}nhiệm vụ\n", if at < 9 { "tốt " } else { "" }))
                .collect::<Vec<_>>()
                .concat(),
            _ => String::new(),
        };
        std::fs::write(dir.path().join(file.file_name()), format!("{first}\n{rows}")).expect("it is written");
    }
    let request = |set: &[&str]| Request {
        campaign: PATH.into(),
        data: Some(dir.path().to_path_buf()),
        set: set.iter().map(|edit| (*edit).to_owned()).collect(),
        ..Request::default()
    };
    let judged = |set: &[&str]| {
        let run = evaluate(&request(set)).expect("the campaign evaluates");
        let verdict = crate::campaigns::judgement(&run.outcome, "unions", "H01", "good_base_unions").verdict;
        (verdict, run.outcome.warnings.iter().any(|warning| warning.code() == "exactly-on-the-bar"))
    };
    assert_eq!(judged(&[]), (Verdict::Met, true));
    assert_eq!(judged(&["criteria.good_base_unions.more_than=90%"]).0, Verdict::NotMet);
}

#[test]
fn all_but_one_of_two_thousand_is_not_all() {
    let agencies =
        |failing| many(rows(), "agencies", &[(2_000 - failing, "#, H01, Có, 2024-03-01"), (failing, "#, H01, Không,")]);
    assert_eq!(verdict(&agencies(0), "agency_conference"), "met");
    assert_eq!(verdict(&agencies(1), "agency_conference"), "not_met", "99.95 % prints as 100.0 %");
}

#[test]
fn two_shares_may_be_reached_apart_and_missed_together() {
    let both = "#, H01, Không, 30, 2020-01-01, 2024-03-01, 2024-04-01,";
    let conference = "#, H01, Không, 30, 2020-01-01, 2024-03-01, ,";
    let agreement = "#, H01, Không, 30, 2020-01-01, , 2024-04-01,";
    let neither = "#, H01, Không, 30, 2020-01-01, , ,";
    let rows = firms(&[(15, both), (2, conference), (2, agreement), (1, neither)]);
    let evaluated = lao_cai(&rows);
    let judged = |criterion| {
        let judgement = evaluated.judgement("unions", "H01", criterion);
        (judgement.verdict.id(), counts(&judgement))
    };
    assert_eq!(judged("firm_conference"), ("met", (17, 20)));
    assert_eq!(judged("firm_agreement"), ("met", (17, 20)));
    assert_eq!(judged("firm_conference_and_agreement"), ("not_met", (15, 20)));
}

#[test]
fn a_blank_in_a_yes_no_column_is_not_no() {
    let agencies = |held: &str| {
        rows().with("agencies", ["C1, H01, Có, 2024-03-01".to_owned(), format!("C2, H01, {held}, 2024-03-01")])
    };
    assert_eq!(verdict(&agencies("Có"), "agency_conference"), "met");
    assert_eq!(verdict(&agencies(""), "agency_conference"), "undetermined");
    assert_eq!(verdict(&agencies("Không"), "agency_conference"), "not_met");
}

#[test]
fn both_ends_of_the_period_count() {
    let held = |day: &str| firms(&[(1, &format!("#, H01, Không, 30, 2020-01-01, {day}, ,"))]);
    for (day, expected) in
        [("2023-12-31", "not_met"), ("2024-01-01", "met"), ("2024-12-31", "met"), ("2025-01-01", "not_met")]
    {
        assert_eq!(verdict(&held(day), "firm_conference"), expected, "{day}");
    }
    // Founded on the day of evaluation is founded; the day after, there is no union yet.
    let founded = |day: &str| firms(&[(1, &format!("#, H01, Không, 30, {day}, , ,"))]);
    assert_eq!(verdict(&founded("2024-12-31"), "union_coverage"), "met");
    assert_eq!(verdict(&founded("2025-01-01"), "union_coverage"), "not_met");
}

#[test]
fn before_the_end_what_is_missing_is_not_due() {
    let rows = firms(&[(18, WITH_UNION), (2, WITHOUT)])
        .with("agencies", ["C1, H01, Có, 2024-03-01", "C2, H01, Có, 2024-09-01"]);
    let judged = |day: &str, criterion: &str| {
        let evaluated = Campaign::shipped(PATH).on(day).evaluate(&rows);
        let judgement = evaluated.judgement("unions", "H01", criterion);
        (judgement.verdict, judgement.so_far)
    };
    assert_eq!(judged("2024-07-01", "union_coverage"), (Verdict::NotDue, Some(Verdict::NotMet)));
    assert_eq!(judged("2024-12-30", "union_coverage"), (Verdict::NotDue, Some(Verdict::NotMet)));
    assert_eq!(judged("2024-12-31", "union_coverage"), (Verdict::NotMet, None));
    // The second conference has not been held yet on the first day.
    assert_eq!(judged("2024-07-01", "agency_conference"), (Verdict::NotDue, Some(Verdict::NotMet)));
    assert_eq!(judged("2024-09-01", "agency_conference"), (Verdict::Met, None));
}

#[test]
fn before_the_end_what_is_perhaps_fulfilled_is_undetermined() {
    let rows = rows().with("agencies", ["C1, H01, , 2024-03-01"]);
    let evaluated = Campaign::shipped(PATH).on("2024-07-01").evaluate(&rows);
    let judgement = evaluated.judgement("unions", "H01", "agency_conference");
    assert_eq!((judgement.verdict, judgement.so_far), (Verdict::Undetermined, Some(Verdict::Undetermined)));
}

#[test]
fn a_plan_is_missing_reached_or_passed() {
    let fund = |plan: &str, paid: &str| Rows::default().with("unions", [format!("H01, Sa Pa, 1, {plan}, {paid}, Có")]);
    for (plan, paid, expected) in [
        ("", "5", "no_target"),
        ("100", "99", "not_met"),
        ("100", "99.999999999", "not_met"),
        ("100", "100", "met"),
        ("100", "100.00", "met"),
        ("100", "101", "exceeded"),
        ("100", "100.000000001", "exceeded"),
        ("0", "0", "met"),
        ("100", "", "undetermined"),
        ("?", "100", "undetermined"),
        ("?", "", "undetermined"),
    ] {
        assert_eq!(verdict(&fund(plan, paid), "social_fund"), expected, "{paid} of {plan}");
    }
}

const EXACT: &str = r#"
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code  = { type = "text" }
first = { type = "number" }
second = { type = "number" }
[levels.units]
table = "units"
score = { round = { items = 2, score = 2 }, not_applicable = "rescale", clause = "1" }
rank  = { by = ["score desc"], ties = "competition", clause = "1" }
[criteria.total]
levels   = ["units"]
clause   = "1"
at_least = 0.3
exceeded = { more_than = 0.3 }
[criteria.quotient]
levels   = ["units"]
clause   = "1"
at_least = 1
points   = { max = 10, by = "proportional", clause = "1" }
"#;

const EXACT_RULES: &str = "
fn total()    { unit.first + unit.second }
fn quotient() { unit.first / unit.second }
";

#[test]
fn a_tenth_and_two_tenths_are_three_tenths() {
    let rows =
        Rows::default().with("units", ["a, 0.1, 0.2", "b, 0.1, 0.20000000000000001", "c, 0.1, 0.19999999999999999"]);
    let evaluated = Campaign::new(EXACT, EXACT_RULES).evaluate(&rows);
    let verdicts = ["a", "b", "c"].map(|unit| evaluated.verdict("units", unit, "total"));
    assert_eq!(verdicts, ["met", "exceeded", "not_met"]);
}

#[test]
fn points_are_rounded_half_away_from_zero_and_then_tie() {
    // 3.333… and 3.334 are different measures of the same points; 0.4445 lies on a half.
    let rows = Rows::default()
        .with("units", ["third, 1, 3", "near, 0.3334, 1", "half, 0.3335, 1", "above, 0.4445, 1", "below, 0.44449, 1"]);
    let evaluated = Campaign::new(EXACT, EXACT_RULES).evaluate(&rows);
    let score = |unit| evaluated.unit("units", unit).score.and_then(|score| score.value());
    assert_eq!(score("third"), Some(number("3.33")));
    assert_eq!(score("near"), Some(number("3.33")));
    assert_eq!(score("half"), Some(number("3.34")), "3.335");
    assert_eq!(score("above"), Some(number("4.45")), "4.445");
    assert_eq!(score("below"), Some(number("4.44")), "4.4449");
    let measured = |unit| match &evaluated.judgement("units", unit, "quotient").measured {
        Measured::Number(number) => number.value(),
        other => panic!("{other:?}"),
    };
    assert_eq!(measured("third"), Number::ratio(1, 3));
    assert_ne!(measured("third"), measured("near"));
    let rank = |unit| evaluated.unit("units", unit).rank.clone().map(|rank| (rank.place(), rank.tied));
    assert_eq!(rank("third"), Some((Some(4), true)));
    assert_eq!(rank("near"), Some((Some(4), true)));
    assert_eq!(rank("half"), Some((Some(3), false)));
}

#[test]
fn a_division_by_nothing_is_told_and_decides_nothing() {
    let rows = Rows::default().with("units", ["a, 1, 0"]);
    let evaluated = Campaign::new(EXACT, EXACT_RULES).evaluate(&rows);
    assert_eq!(evaluated.verdict("units", "a", "quotient"), "undetermined");
    assert_eq!(evaluated.codes(), ["rule-failed"]);
}
