//! Explanations tell the people concerned what to do, for every kind of measure and target.

use std::fs;

use thidua::diagnostic::Language;
use thidua::evaluate::Options;
use thidua::evaluate::explain::{explain, locate, standing};
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

/// What is told of one unit of a campaign of its own, with its points, its place and its awards, on one line.
fn told_of(unit: &str, campaign: &str, rules: &str, units: &str) -> String {
    let head = "id = \"points\"\nperiod = { from = 2024-01-01, to = 2024-12-31, clause = \"1\" }\n\
                rules = [\"criteria.rhai\"]\ndata = { dir = \".\", as_of = 2024-12-31 }\n\
                [defaults.criteria]\nlevels = [\"units\"]\nclause = \"2\"\n";
    let tables = "[tables.units]\nfile = \"units.csv\"\nkey = \"code\"\n[tables.units.columns]\n\
                  code = { type = \"text\" }\nteam = { type = \"text\" }\nrate = { type = \"number\" }\n\
                  plan = { type = \"number\", blank = \"none\" }\nsent = { type = \"date\", blank = \"none\" }\n\
                  [levels.units]\ntable = \"units\"\ncluster = \"team\"\n\
                  score = { not_applicable = \"zero\", round = { items = 2 }, clause = \"1\" }\n";
    let dir = tempfile::tempdir().unwrap();
    let files = [
        ("campaign.toml", format!("{head}{tables}{campaign}")),
        ("criteria.rhai", rules.to_owned()),
        ("units.csv", format!("code,team,rate,plan,sent\n{units}")),
    ];
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let run = evaluate(&Request { campaign: dir.path().into(), ..Request::default() });
    let run = run.unwrap_or_else(|stopped| panic!("{:?}", stopped.diagnostics));
    let (level, unit) = locate(&run.outcome, None, Some(unit)).unwrap();
    let options = Options { as_of: run.outcome.as_of, threads: 1 };
    let of_level = &run.outcome.levels[level];
    let all: Vec<usize> = (0..of_level.criteria.len()).collect();
    let explanations = explain(&run.plan, &run.dataset, &run.outcome, options, level, unit, &all);
    let of_unit = of_level.units.get(unit).unwrap();
    let behind = standing(&run.plan, &run.dataset, options, level, unit, of_unit.row);
    let page = explanation(of_level, &of_unit, &explanations, Some(&behind), Language::En);
    table(&page, 400).split_whitespace().collect::<Vec<_>>().join(" ")
}

const BANDS: &str = r#"
[criteria.rate]
column = "rate"
points = { max = 4, clause = "2", bands = [
    { less_than = "90%", points = 0 },
    { at_least = "90%", less_than = "98%", points = 3 },
    { at_least = "98%", points = 4 },
] }
"#;

#[test]
fn points_of_a_band_name_it_and_those_on_either_side() {
    let text = told_of("A", BANDS, "", "A,1,0.975,,\n");
    says(&text, "Value: 97.5 %");
    says(&text, "Points: 3 / 4: the band ≥ 90 %, < 98 %");
    says(&text, "The nearest other bands: - < 90 %: 0 (7.5 % away) - ≥ 98 %: 4 (0.5 % away)");
    says(&text, "criteria.rate.points.bands.1.points = 3: clause 2");
    assert!(!text.contains("bands.0") && !text.contains("bands.2"), "only the band that applies decides: {text}");
    says(&told_of("A", BANDS, "", "A,1,0.9,,\n"), "< 90 %: 0 (the value stands on its edge)");
    let open = told_of("A", BANDS, "", "A,1,,,\n");
    says(&open, "the band < 90 %: 0 or ≥ 90 %, < 98 %: 3 or ≥ 98 %: 4");
}

#[test]
fn a_hole_between_bands_is_told() {
    let hole = BANDS.replace("at_least = \"90%\"", "at_least = \"92%\"");
    says(&told_of("A", &hole, "", "A,1,0.91,,\n"), "0–4 / 4: in no band: what it gives is open");
}

#[test]
fn points_by_arithmetic_show_it() {
    let form = |points: &str, more: &str| {
        let text = format!("[criteria.c]\ncolumn = \"rate\"\npoints = {{ {points}, clause = \"2\" }}\n{more}");
        told_of("A", &text, "", "A,1,7,14,\n")
    };
    says(&form("pot = \"bonus\", each = 2, cap = 10", ""), "+10: 7 × 2, at most 10");
    let steps = "pot = \"bonus\", steps = { above = 3, first = 1, every = 2, add = 0.5, cap = 5 }";
    says(&form(steps, ""), "+2: 1 above 3, and 2 × 0.5 for 2 further steps of 2, at most 5");
    says(
        &form("max = 10, by = \"proportional\"", "at_least = { column = \"plan\" }"),
        "5 / 10: 10 × 7 ÷ 14, at most 10",
    );
    let term = |sent: &str| {
        let text = "[criteria.c]\ncolumn = \"sent\"\nby = 2024-07-15\npoints = { met = 4, late = 2, clause = \"2\" }";
        told_of("A", text, "", &format!("A,1,,,{sent}\n"))
    };
    says(&term("2024-07-15"), "4 / 4: it came in its term");
    says(&term("2024-07-16"), "2 / 4: it came outside its term");
    says(&term(""), "0 / 4: it has not come");
}

#[test]
fn a_rule_of_points_tells_what_it_looked_at_and_who_leads() {
    let campaign = r#"
[criteria.c]
column   = "rate"
at_least = { column = "plan" }
points   = { max = 10, rule = "beside", clause = "2" }
"#;
    let rules = "fn beside(me) {
    if me.target == none { return me.peers.min(|p| p.value) ?? 0; }
    let best = me.peers.filter(|p| p.target != none).max(|p| p.value);
    if best > 0 { me.max * me.value / best } else { 0 }
}";
    let text = told_of("A", campaign, rules, "A,1,5,4,\nB,1,8,6,\nC,1,9,,\nD,2,30,1,\n");
    says(&text, "me.peers.filter(|p| p.target != none).max(|p| p.value): 8 – B: 8, ≥ 6");
    assert!(!text.contains("me.peers.min"), "the other branch was not looked at: {text}");
}

#[test]
fn a_place_names_the_units_next_to_it_and_what_parts_them() {
    let campaign = r#"
[criteria.c]
column = "rate"
points = { max = 10, value = "as_measured", clause = "2" }
[criteria.plan]
column = "plan"
[levels.units.rank]
by     = ["score desc", "plan asc"]
ties   = "competition"
clause = "3"
"#;
    let text = told_of("B", campaign, "", "A,1,9,1,\nB,1,8,1,\nC,1,8,2,\nD,2,8,1,\nE,1,8,1,\n");
    says(&text, "Before it: A; score: 9 and 8, 1 apart");
    says(&text, "Equal to it: E");
    says(&text, "Behind it: C; equal in score; plan: 2 and 1, 1 apart");
    assert!(!text.contains("D;"), "another cluster: {text}");
}

#[test]
fn groups_say_which_cap_cut_and_what_they_miss() {
    let campaign = r#"
[criteria.work]
column = "rate"
in     = "a"
points = { max = 10, value = "as_measured", clause = "2" }
[criteria.extra]
column = "rate"
in     = "b"
points = { pot = "bonus", each = 2, cap = 20, clause = "2" }
[criteria.more]
column = "rate"
in     = "c"
points = { pot = "bonus", each = 1, cap = 4, clause = "2" }
[groups.a]
max = { value = 10, clause = "2" }
[groups.b]
in  = "a"
cap = { bonus = 3, clause = "2" }
[groups.c]
in       = "a"
requires = ["in_full"]
"#;
    let rules = "/// Everything is done.\nfn in_full() { unit.rate > 9 }";
    let text = told_of("A", campaign, rules, "A,1,8,,\n");
    says(&text, "- a: points 8; bonus 3");
    says(&text, "- b: bonus 16 → 3 (at most 3)");
    says(&text, "- c: bonus 4 → 0 (gives nothing without: Everything is done)");
    says(&text, "- All together: points 8; bonus 3");
    says(&text, "Score: 11 / 10 (+7)");
}

#[test]
fn what_is_open_after_the_due_day_may_still_be_reached() {
    let text = told("[criteria.paid]\ncolumn = \"paid\"\nat_least = 5\ndue = 2024-06-30", ",,,,", &[], YEAR_END);
    says(&text, "Lacking: the value itself is not known.");
    assert!(!text.contains("cannot be reached"), "{text}");
}
