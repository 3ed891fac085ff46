//! Explanations tell the people concerned what to do, for every kind of measure and target.

use std::fs;

use thidua::diagnostic::Language;
use thidua::evaluate::Options;
use thidua::evaluate::explain::{explain, locate};
use thidua::load::{Request, evaluate};
use thidua::report::explanation::explanation;
use thidua::report::table::table;

const CAMPAIGN: &str = r#"
id     = "explained"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = ["criteria.rhai"]
data   = { dir = ".", as_of = 2024-12-31 }

[scales.grade]
poor = {}
good = {}
best = {}

[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code   = { type = "text" }
paid   = { type = "number", min = 0 }
plan   = { type = "number", min = 0, blank = "none" }
sent   = { type = "date", blank = "none" }
done   = { type = "flag" }
grade  = { type = "scale", scale = "grade" }

[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "unit"
no_rows = "none"
cite    = ["unit", "size"]
[tables.firms.columns]
code   = { type = "text" }
unit   = { type = "link", to = "units" }
member = { type = "flag" }
has    = { type = "flag" }
size   = { type = "number", min = 0 }

[levels.units]
table = "units"

[defaults.criteria]
levels = ["units"]
clause = "2"
"#;

const RULES: &str = "
/// Members and those that have it.
fn share() { unit.firms.filter(|f| f.member).share(|f| f.has) }
fn few()   { unit.firms.share(|f| f.has) }
fn size()  { unit.firms.sum(|f| f.size) }
fn half()  { unit.firms.ratio(|f| if f.has { f.size } else { 0 }, |f| f.size) }
";

/// What is told of one unit with these cells and firms, under one criterion, on one line.
fn told(criterion: &str, unit: &str, firms: &[&str], as_of: &str) -> String {
    told_in(Language::En, criterion, unit, firms, as_of)
}

fn told_in(language: Language, criterion: &str, unit: &str, firms: &[&str], as_of: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let firms: Vec<String> = firms.iter().enumerate().map(|(at, firm)| format!("F{at},A,{firm}\n")).collect();
    let files = [
        ("campaign.toml", format!("{CAMPAIGN}\n{criterion}")),
        ("criteria.rhai", RULES.to_owned()),
        ("units.csv", format!("code,paid,plan,sent,done,grade\nA,{unit}\n")),
        ("firms.csv", format!("code,unit,member,has,size\n{}", firms.concat())),
    ];
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let as_of = thidua::value::Day::parse(as_of);
    let run = evaluate(&Request { campaign: dir.path().into(), as_of, ..Request::default() });
    let run = run.unwrap_or_else(|stopped| panic!("{:?}", stopped.diagnostics));
    let (level, unit) = locate(&run.outcome, None, Some("A")).unwrap();
    let options = Options { as_of: run.outcome.as_of, threads: 1 };
    let explanations = explain(&run.plan, &run.dataset, &run.outcome, options, level, unit, &[0]);
    let level = &run.outcome.levels[level];
    let page = explanation(level, &level.units.get(unit).unwrap(), &explanations, None, language);
    table(&page, 400).split_whitespace().collect::<Vec<_>>().join(" ")
}

const YEAR_END: &str = "2024-12-31";

fn says(text: &str, sentence: &str) {
    assert!(text.contains(sentence), "«{sentence}» is not in:\n{text}");
}

#[test]
fn a_share_that_is_missed_says_how_many_more_and_which() {
    let firms = ["1,1,1", "1,1,1", "1,0,1", "1,0,1", "1,0,1", "0,0,1"];
    let text = told("[criteria.share]\nat_least = \"80%\"", ",,,,", &firms, YEAR_END);
    says(
        &text,
        "Counted: 6 rows of firms.csv belong to the unit; 5 of them are in the population, 2 with the property",
    );
    says(&text, "Without it: - F2 (has: no) - F3 (has: no) - F4 (has: no)");
    says(&text, "Lacking: 2 of the 3 without it must have it. Or 3 of them would have to leave the population.");
    says(&text, "Members and those that have it. (rule share");
    says(&text, "criteria.share.at_least = 80%: clause 2");
}

#[test]
fn a_share_that_must_stay_low_says_how_many_fewer() {
    let text = told("[criteria.few]\nless_than = \"50%\"", ",,,,", &["1,1,1", "1,1,1", "1,1,1", "1,0,1"], YEAR_END);
    says(&text, "Too many: 2 of these 3 must no longer have it.");
}

#[test]
fn what_proves_a_row_is_cited_and_a_link_by_the_key_it_leads_to() {
    let text = told("[criteria.few]\nat_least = \"50%\"", ",,,,", &["1,1,3", "1,0,"], YEAR_END);
    says(&text, "- F0 (unit: A; size: 3)");
}

#[test]
fn unreported_rows_say_how_many_of_them_would_do() {
    let firms = ["1,1,1", "1,1,1", "1,,1", "1,,1", "1,,1"];
    let text = told("[criteria.share]\nat_least = \"60%\"", ",,,,", &firms, YEAR_END);
    says(&text, "Verdict: undetermined");
    says(&text, "Lacking: 1 of the 3 unknown rows would do, if they turn out well.");
    says(&text, "F2 (not known: has)");
}

#[test]
fn what_is_met_says_what_may_be_lost() {
    let text = told("[criteria.share]\nat_least = \"50%\"", ",,,,", &["1,1,1", "1,1,1", "1,1,1", "1,0,1"], YEAR_END);
    says(&text, "Room: 1 of those that have it may be lost.");
}

#[test]
fn a_number_says_by_how_much() {
    let paid = "[criteria.paid]\ncolumn = \"paid\"\nat_least = { column = \"plan\" }";
    says(&told(paid, "70,100,,,", &[], YEAR_END), "Lacking: 30.");
    says(&told(paid, "100,100,,,", &[], YEAR_END), "No room: any less and it is missed.");
    says(&told(paid, ",100,,,", &[], YEAR_END), "Lacking: the value itself is not known.");
    says(&told(paid, "70,,,,", &[], YEAR_END), "No target was set for this unit");
    says(&told("[criteria.size]\nat_most = 3", ",,,,", &["1,1,5"], YEAR_END), "Too much by 2.");
}

#[test]
fn a_ratio_of_sums_says_what_the_part_lacks() {
    let text = told("[criteria.half]\nat_least = \"50%\"", ",,,,", &["1,1,3", "1,0,7"], YEAR_END);
    says(&text, "Lacking: 2 more in the part, with the whole as it is.");
}

#[test]
fn a_day_says_when_or_that_it_is_too_late() {
    let sent = "[criteria.sent]\ncolumn = \"sent\"\nbefore = 2024-07-15";
    says(&told(sent, ",,,,", &[], "2024-07-01"), "Lacking: it must happen by 2024-07-14.");
    says(&told(sent, ",,,,", &[], "2024-07-20"), "It cannot be reached any more.");
    says(&told(sent, ",,2024-07-15,,", &[], YEAR_END), "1 day late: the last day was 2024-07-14.");
}

#[test]
fn a_flag_and_a_category_say_what_they_must_be() {
    let done = "[criteria.done]\ncolumn = \"done\"\npresent = true";
    says(&told(done, ",,,Không,", &[], YEAR_END), "Lacking: it must be done.");
    says(&told(done, ",,,,", &[], YEAR_END), "Lacking: the value itself is not known.");
    let grade = "[criteria.grade]\ncolumn = \"grade\"\nat_least = \"good\"";
    says(&told(grade, ",,,,poor", &[], YEAR_END), "Lacking: it must be ≥ good.");
}

#[test]
fn the_same_is_told_in_vietnamese() {
    let criterion = "[criteria.share]\nat_least = \"80%\"";
    let firms = ["1,1,1", "1,1,1", "1,0,1", "1,0,1", "1,0,1"];
    let text = told_in(Language::Vi, criterion, ",,,,", &firms, YEAR_END);
    says(&text, "Còn thiếu: 2 trong 3 trường hợp chưa đạt phải đạt thêm.");
}
