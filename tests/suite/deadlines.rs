//! Terms: their last days, days of rest, spans, and days that nobody knows yet.

use thidua::evaluate::Timing;
use thidua::value::Day;

use crate::campaigns::{Campaign, Evaluated, Rows, day, told};

const TABLES: &str = r#"
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = { type = "text" }
sent = { type = "date", blank = "none" }
[levels.units]
table = "units"
[defaults.criteria]
levels = ["units"]
clause = "1"
"#;

/// What comes of units that sent something on these days; a blank is none.
fn evaluate(toml: &str, rules: &str, as_of: &str, sent: &[&str]) -> Evaluated {
    let rows = sent.iter().enumerate().map(|(at, day)| format!("u{at}, {day}"));
    let campaign = Campaign::new(&format!("{TABLES}{toml}"), rules).on(as_of);
    let evaluated = campaign.evaluate(&Rows::default().with("units", rows));
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    evaluated
}

/// The verdict, how the day stands to its term, and the last day that counts, for each unit.
fn terms(evaluated: &Evaluated, criterion: &str) -> Vec<(&'static str, Option<Timing>, Option<Day>)> {
    let units = evaluated.outcome.levels[0].units.lines();
    let term = |id: &String| {
        let judgement = evaluated.judgement("units", id, criterion);
        (judgement.verdict.id(), judgement.timing, judgement.due)
    };
    units.map(|unit| term(&unit.id)).collect()
}

const SENT: [&str; 5] = ["2024-07-12", "2024-07-14", "2024-07-15", "2024-07-16", ""];

fn reported(more: &str, as_of: &str) -> Vec<(&'static str, Option<Timing>, Option<Day>)> {
    let criterion = format!("{more}\n[criteria.report]\ncolumn = \"sent\"\nbefore = 2024-07-15\n");
    terms(&evaluate(&criterion, "", as_of, &SENT), "report")
}

#[test]
fn the_named_day_is_too_late_for_before_and_has_a_word_of_its_own() {
    let due = Some(day("2024-07-14"));
    let expected = [
        ("met", Some(Timing::OnTime(2)), due),
        ("met", Some(Timing::OnTime(0)), due),
        ("not_met", Some(Timing::OnTheDay), due),
        ("not_met", Some(Timing::Late(2)), due),
        ("not_met", Some(Timing::Missed(6)), due),
    ];
    assert_eq!(reported("", "2024-07-20"), expected);

    // Before the term ends nobody is late who has sent nothing.
    let early = reported("", "2024-07-01");
    assert_eq!(early[4], ("not_due", Some(Timing::NotDue(13)), due));
}

#[test]
fn a_term_that_ends_on_a_day_of_rest_may_end_on_the_next_working_day() {
    // 14 July 2024 was a Sunday; the Monday after it is a holiday in one office, and Saturdays are worked in another.
    let roll = |more: &str| {
        let calendar = format!("[calendar]\nweekend = \"next_working_day\"\nclause = \"148.5\"\n{more}");
        reported(&calendar, "2024-07-20").iter().map(|term| (term.0, term.2.unwrap())).collect::<Vec<_>>()
    };
    let monday = roll("");
    assert_eq!(monday[2], ("met", day("2024-07-15")));
    assert_eq!(monday[3].0, "not_met");
    let tuesday = roll("holidays = [2024-07-15]");
    assert_eq!(tuesday[3], ("met", day("2024-07-16")));
    let sunday = roll("working = [2024-07-14]");
    assert_eq!(sunday[2], ("not_met", day("2024-07-14")));
}

#[test]
fn a_span_and_an_event_that_nobody_knows_yet_must_both_hold() {
    let toml = |congress: &str| {
        format!(
            "[params]\ncongress = {{ {congress}, clause = \"3\" }}\n[criteria.held]\ncolumn = \"sent\"\n\
             within = {{ from = 2024-08-01, to = 2024-08-31 }}\nafter = {{ param = \"congress\" }}\n"
        )
    };
    let held = |congress: &str| {
        let sent = ["2024-07-31", "2024-08-01", "2024-08-31", "2024-09-01"];
        terms(&evaluate(&toml(congress), "", "2024-12-31", &sent), "held")
    };
    let verdicts =
        |terms: &[(&'static str, Option<Timing>, Option<Day>)]| terms.iter().map(|it| it.0).collect::<Vec<_>>();
    let unknown = held("unknown = \"the plan does not say\"");
    assert_eq!(verdicts(&unknown), ["not_met", "undetermined", "undetermined", "not_met"]);
    let known = held("value = 2024-08-15");
    assert_eq!(verdicts(&known), ["not_met", "not_met", "met", "not_met"]);
    let timings: Vec<_> = known.iter().map(|term| term.1.unwrap()).collect();
    assert_eq!(timings, [Timing::Early(16), Timing::Early(15), Timing::OnTheDay, Timing::Late(1)]);
}

#[test]
fn a_criterion_may_be_measured_as_of_a_day_of_its_own() {
    let toml = r#"
[rounds.first]
from = { unknown = "the launch is not dated", clause = "2" }
to   = 2024-06-30
clause = "2"
[rounds.second]
from   = 2024-07-01
to     = 2024-12-31
clause = "2"
[criteria.by_then]
rule     = "count"
rounds   = ["first"]
at       = "round_end"
at_least = 1
[criteria.by_may]
rule     = "count"
at       = 2024-05-31
at_least = 1
[criteria.count]
at_least = 1
[criteria.in_round]
rounds  = ["first"]
present = true
[criteria.in_period]
present = true
"#;
    let rules = "
fn count()     { if unit.sent <= as_of { 1 } else { 0 } }
fn in_round()  { unit.sent in round }
fn in_period() { unit.sent in period }
";
    let evaluated = evaluate(toml, rules, "2024-12-31", &["2024-06-30", "2024-07-01"]);
    let verdicts = |criterion: &str| terms(&evaluated, criterion).iter().map(|term| term.0).collect::<Vec<_>>();
    assert_eq!(verdicts("by_then"), ["met", "not_met"]);
    assert_eq!(verdicts("by_may"), ["not_met", "not_met"]);
    assert_eq!(verdicts("count"), ["met", "met"]);
    // The first round begins nobody knows when: what lies before its end may lie before its beginning.
    assert_eq!(verdicts("in_round"), ["undetermined", "not_met"]);
    assert_eq!(verdicts("in_period"), ["met", "met"]);
}

#[test]
fn rows_that_were_not_there_yet_do_not_count_as_of_an_earlier_day() {
    let toml = r#"
[tables.papers]
file    = "papers.csv"
parent  = "unit"
no_rows = "unknown"
valid   = { from = "dated" }
[tables.papers.columns]
unit  = { type = "link", to = "units" }
dated = { type = "date" }
[criteria.by_may]
rule     = "papers"
at       = 2024-05-31
at_least = 1
[criteria.papers]
at_least = 1
"#;
    let campaign = Campaign::new(&format!("{TABLES}{toml}"), "fn papers() { unit.papers.count() }").on("2024-12-31");
    let rows = Rows::default().with("units", ["u0, ", "u1, "]);
    let evaluated = campaign.evaluate(&rows.with("papers", ["u0, 2024-05-31", "u1, 2024-06-01"]));
    let verdicts = |criterion: &str| terms(&evaluated, criterion).iter().map(|term| term.0).collect::<Vec<_>>();
    assert_eq!(verdicts("papers"), ["met", "met"]);
    // In May nobody had delivered the list of the second.
    assert_eq!(verdicts("by_may"), ["met", "undetermined"]);
}

#[test]
fn a_deed_may_be_forbidden() {
    let toml = "[criteria.nothing_sent]\ncolumn = \"sent\"\npresent = false\n";
    let evaluated = evaluate(toml, "", "2024-12-31", &["2024-06-30", ""]);
    assert_eq!(terms(&evaluated, "nothing_sent").iter().map(|term| term.0).collect::<Vec<_>>(), ["not_met", "met"]);
}

#[test]
fn a_campaign_of_many_years_is_judged_in_the_round_of_its_day() {
    let toml = r#"
[rounds]
every  = "year"
clause = "2"
[criteria.yearly]
rounds  = ["each"]
present = true
[criteria.once]
rounds  = ["2024"]
present = true
"#;
    let rules = "fn yearly() { unit.sent in round } fn once() { unit.sent in round }";
    let campaign = Campaign::new(&format!("{TABLES}{toml}"), rules);
    let rounds = &campaign.plan.campaign.rounds;
    assert_eq!(rounds.iter().map(|round| round.id.as_str()).collect::<Vec<_>>(), ["2024"]);
    assert_eq!(campaign.plan.campaign.round_of_the_year(day("2024-03-01")).unwrap().id, "2024");
    assert!(campaign.plan.campaign.round_of_the_year(day("2025-03-01")).is_none());
}

#[test]
fn what_has_no_last_day_is_never_missed() {
    let toml = "[criteria.review]\ncolumn = \"sent\"\nafter = 2024-06-30\ndue = \"none\"\n";
    let evaluated = evaluate(toml, "", "2024-12-31", &["2024-06-30", "2024-07-01", ""]);
    let expected = [
        ("not_due", Some(Timing::Early(1)), None),
        ("met", Some(Timing::Open), None),
        ("not_due", Some(Timing::Awaited), None),
    ];
    assert_eq!(terms(&evaluated, "review"), expected);
}

#[test]
fn months_are_counted_by_the_calendar() {
    let toml = "[params]\nmonths = { value = 12, clause = \"1\" }\n[criteria.old_enough]\npresent = true\n";
    let rules = "fn old_enough() { (unit.sent ?? as_of).plus_months(params.months) <= as_of }";
    let evaluated = evaluate(toml, rules, "2024-02-29", &["2023-02-28", "2023-03-01", "2024-02-29"]);
    let verdicts: Vec<_> = terms(&evaluated, "old_enough").iter().map(|term| term.0).collect();
    assert_eq!(verdicts, ["met", "not_due", "not_due"]);
}

#[test]
fn awards_have_arguments_of_their_own() {
    let toml = r#"
[awards.early]
levels   = ["units"]
requires = ["sent_by"]
args     = { last = 2024-03-31 }
[awards.late]
levels   = ["units"]
requires = ["sent_by"]
args     = { last = 2024-12-31 }
"#;
    let rules = "fn sent_by() { unit.sent <= args.last }";
    let evaluated = evaluate(toml, rules, "2024-12-31", &["2024-06-30"]);
    let awards = evaluated.unit("units", "u0").awards;
    let verdicts: Vec<_> = awards.iter().map(|award| award.as_ref().unwrap().verdict.id()).collect();
    assert_eq!(verdicts, ["not_eligible", "granted"]);
}
