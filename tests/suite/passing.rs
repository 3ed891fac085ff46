//! Rows that are only counted while they pass say what kept rows say.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use thidua::load::{Request, Rows, evaluate};

use crate::cases::shipped;

const CAMPAIGN: &str = r#"
id     = "passing"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = ["rules.rhai"]
data   = { dir = ".", as_of = 2024-12-31 }
[params]
large = { value = 25, clause = "2" }
fair  = { value = 5.5, clause = "2" }
[tables.areas]
file    = "areas.csv"
key     = "code"
columns = { code = { type = "text" } }
[tables.unions]
file    = "unions.csv"
key     = "code"
parent  = "area"
no_rows = "none"
[tables.unions.columns]
code      = { type = "text" }
area      = { type = "link", to = "areas" }
delivered = { type = "flag" }
[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "union"
no_rows = { delivered = "delivered" }
cite    = ["note"]
[tables.firms.columns]
code    = { type = "text" }
union   = { type = "link", to = "unions" }
trade   = { type = "choice", values = ["mỏ", "may"] }
workers = { type = "number", min = 0 }
wage    = { type = "number", blank = "none" }
held_on = { type = "date" }
safe    = { type = "flag" }
note    = { type = "text" }
[levels.unions]
table = "unions"
[levels.areas]
table = "areas"
[levels.province]
whole = true
[defaults.criteria]
clause = "3"
levels = ["unions", "areas", "province"]
[criteria.large]
at_least = 1
[criteria.held]
at_least = "50%"
[criteria.safe]
present = true
[criteria.paid]
present = true
[criteria.wages]
at_least = 100
[criteria.mean]
at_least = 3
[criteria.each]
at_least = "10%"
[readings.half]
question = "Is a firm of 20 workers large?"
about    = "20"
params   = { large = { value = 20, clause = "2" } }
"#;

const RULES: &str = "
fn large() { unit.firms.count(|f| f.workers >= params.large && f.union.delivered) }
fn held()  { unit.firms.filter(|f| f.trade == \"mỏ\" || f.wage > params.fair).share(|f| f.held_on in period) }
fn safe()  { unit.firms.all(|f| f.safe) }
fn paid() { unit.firms.any(|f| f.wage == none) }
fn wages() { unit.firms.filter(|f| f.wage != none).sum(|f| f.wage) }
fn mean() { unit.firms.mean(|f| f.workers) }
fn each() { unit.firms.filter(|f| f.wage != none).ratio(|f| f.wage, |f| f.workers) }
";

/// Areas and unions, one of which delivered nothing, and firms: enough for several stretches on several threads.
fn written(firms: &[String]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    write("campaign.toml", CAMPAIGN);
    write("rules.rhai", RULES);
    write("areas.csv", "code\nA\nB\n");
    write("unions.csv", "code,area,delivered\nu1,A,true\nu2,A,true\nu3,B,true\nu4,B,false\nu5,B,true\n");
    write("firms.csv", &firms.join("\n"));
    folder
}

fn firms(count: usize) -> Vec<String> {
    let header = "code,union,trade,workers,wage,held_on,safe,note".to_owned();
    let firm = |at: usize| {
        let union = ["u1", "u2", "u3"][at % 3];
        let trade = ["mỏ", "may"][at / 3 % 2];
        let (workers, held_on) = (at * 7 % 40, format!("2024-{:02}-{:02}", at % 12 + 1, at % 28 + 1));
        let wage = if at.is_multiple_of(5) { String::new() } else { format!("{}.{}", at % 9, at % 10) };
        let (held_on, safe) = (if at.is_multiple_of(11) { "" } else { &held_on }, !at.is_multiple_of(977));
        format!("F{at:06},{union},{trade},{workers},{wage},{held_on},{safe},\"đường, phường {at}\"")
    };
    std::iter::once(header).chain((0..count).map(firm)).collect()
}

/// Makes something of a file odd.
type Spoil = fn(&mut Vec<String>);

/// What an evaluation says, and whether the rows of a table were kept.
fn said(campaign: &Path, rows: Rows, threads: usize) -> (String, usize) {
    let request = Request { campaign: campaign.to_owned(), rows, threads, ..Request::default() };
    match evaluate(&request) {
        Ok(run) => {
            (format!("{:?} {:?}", run.outcome, run.faults), run.dataset.tables.iter().map(|table| table.rows).sum())
        }
        Err(stopped) => (format!("{:?}", stopped.diagnostics), 0),
    }
}

/// Asserts that both ways say the same, and returns how many rows fewer were kept of those that are only counted.
fn same(campaign: &Path, name: &str) -> usize {
    let (kept, all) = said(campaign, Rows::Kept, 1);
    let mut fewer = Vec::new();
    for threads in [1, 3] {
        let (counted, rows) = said(campaign, Rows::Counted, threads);
        assert!(counted == kept, "{name} on {threads}: {}", first_difference(&kept, &counted));
        fewer.push(all - rows);
    }
    assert!(fewer.iter().all(|each| *each == fewer[0]), "{name}: {fewer:?}");
    fewer[0]
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(at.saturating_sub(200)).take(400).collect::<String>();
    format!("{}\n---\n{}", around(one), around(other))
}

#[test]
fn counted_rows_say_what_kept_rows_say() {
    let (said, rows) = said(written(&firms(20)).path(), Rows::Kept, 1);
    assert_eq!(rows, 2 + 5 + 20, "{said}");
    assert_eq!(same(written(&firms(9_000)).path(), "ordinary"), 9_000 - 3);
    assert_eq!(same(written(&firms(5)).path(), "few"), 5 - 3);
    assert_eq!(same(written(&firms(0)).path(), "none"), 0);
}

#[test]
fn what_is_odd_is_told_as_of_kept_rows() {
    let spoilt: [(&str, Spoil); 13] = [
        ("a number", |rows| rows[7_001] = rows[7_001].replace(",mỏ,", ",mỏ,x").replace(",may,", ",may,x")),
        ("a repeated key", |rows| rows[8_000] = rows[8_000].replace("F007999", "F000001")),
        ("the same row twice", |rows| rows.push(rows[4].clone())),
        ("a link", |rows| rows[8_500] = rows[8_500].replace(",u", ",v")),
        ("no parent", |rows| rows[6] = rows[6].replace(",u2,", ",,").replace(",u3,", ",,")),
        ("a total", |rows| rows.push("Tổng cộng,,,99,,,,".into())),
        ("a foot", |rows| rows.extend([String::new(), "Người lập biểu,,,,,,,".into()])),
        ("a key", |rows| rows[5_000] = rows[5_000].replace("F004999", "")),
        ("too few cells", |rows| rows[5_000] = "F004999,u1,mỏ".into()),
        ("a quotation mark", |rows| rows[8_200] = rows[8_200].replace("\"đ", "đ\"")),
        ("a hidden letter", |rows| rows[8_200] = rows[8_200].replace("mỏ", "m\u{200b}ỏ").replace("may", "m\u{200b}ay")),
        ("a cell that is only cited", |rows| rows[8_300] = rows[8_300].replace("phường", "ph\u{200b}ường")),
        ("no end", |rows| rows.push("F9,u1,\"mỏ".into())),
    ];
    for (name, spoil) in spoilt {
        let mut rows = firms(9_000);
        spoil(&mut rows);
        assert_eq!(same(written(&rows).path(), name), 0, "{name} passed");
    }
}

#[test]
fn letters_in_parts_pass() {
    let rows: Vec<String> = firms(9_000).iter().map(|row| row.replace("mỏ", "mo\u{309}")).collect();
    assert_eq!(same(written(&rows).path(), "decomposed"), 9_000 - 3);
    let crlf = firms(9_000).join("\r\n");
    assert_eq!(same(written(&[crlf]).path(), "CRLF"), 9_000 - 3);
}

#[test]
fn shipped_campaigns_say_the_same() {
    let fewer: usize = shipped().iter().map(|campaign| same(campaign, &campaign.display().to_string())).sum();
    assert!(fewer > 0, "no table passed");
}
