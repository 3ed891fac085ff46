//! Figures that are declared to be provisional, and whatever rests on them.

use thidua::diagnostic::Language;
use thidua::evaluate::UnitLine;
use thidua::report::View;
use thidua::report::page::page;
use thidua::report::table::table;

use crate::campaigns::{Campaign, Evaluated, Rows};

/// Regions, unions below them in clusters, and what unions paid, some of it estimated.
const CAMPAIGN: &str = r#"
[tables.regions]
file        = "regions.csv"
key         = "code"
provisional = "draft"
[tables.regions.columns]
code  = { type = "text" }
goal  = { type = "number" }
draft = { type = "flag", blank = false }
[tables.unions]
file    = "unions.csv"
key     = "code"
parent  = "region"
no_rows = "none"
[tables.unions.columns]
code   = { type = "text" }
region = { type = "link", to = "regions" }
place  = { type = "choice", values = ["X", "Y"] }
plan   = { type = "flag" }
[tables.payments]
file        = "payments.csv"
parent      = "union"
no_rows     = "none"
provisional = "estimated"
[tables.payments.columns]
union     = { type = "link", to = "unions" }
amount    = { type = "number" }
estimated = { type = "flag" }
[levels.regions]
table = "regions"
[levels.unions]
table   = "unions"
cluster = "place"
score   = { not_applicable = "zero", clause = "1" }
rank    = { by = ["score desc"], ties = "competition", clause = "1" }
[levels.unions.grades.good]
at_least = { value = 2, clause = "1" }
[levels.unions.grades.poor]
[defaults.criteria]
clause = "1"
levels = ["unions"]
[criteria.paid]
at_least = 10
points   = { max = 1, clause = "1" }
[criteria.plan]
column  = "plan"
present = true
points  = { max = 1, clause = "1" }
[awards.merit]
levels   = ["unions"]
requires = ["plan"]
[awards.flag]
levels   = ["unions"]
requires = ["plan"]
by       = ["score desc"]
quota    = [{ at_most = 2, clause = "1" }]
"#;

const RULES: &str = "fn paid() { unit.payments.sum(|p| p.amount) }\n";

fn evaluate(more: &str, rules: &str) -> Evaluated {
    let rows = Rows::default()
        .with("regions", ["A, 1, false", "B, 1, true"])
        .with("unions", ["u1, A, X, true", "u2, A, X, true", "u3, B, Y, true", "u4, B, Y, false"])
        .with("payments", ["u1, 5, false", "u1, 6, true", "u2, 20, false", "u3, 1, false", "u4, 30, false"]);
    let evaluated = Campaign::new(&format!("{CAMPAIGN}{more}"), &format!("{RULES}{rules}")).evaluate(&rows);
    assert!(evaluated.faults.is_empty(), "{:?}", evaluated.codes());
    evaluated
}

/// Which units of a level have a provisional verdict on a criterion.
fn on(evaluated: &Evaluated, level: &str, criterion: &str) -> Vec<String> {
    let of = evaluated.outcome.levels.iter().find(|found| found.id == level).unwrap();
    let is = |unit: &UnitLine| evaluated.judgement(level, &unit.id, criterion).provisional;
    of.units.lines().filter(is).map(|unit| unit.id.clone()).collect()
}

/// What of a union is provisional beside its verdicts.
fn standing(evaluated: &Evaluated, unit: &str) -> [bool; 5] {
    let unit = evaluated.unit("unions", unit);
    let award = |at: usize| unit.awards[at].as_ref().unwrap().provisional;
    [
        unit.score.unwrap().provisional,
        unit.grade.as_ref().unwrap().provisional,
        unit.rank.as_ref().unwrap().provisional,
        award(0),
        award(1),
    ]
}

#[test]
fn the_mark_goes_through_rules_that_read_what_was_judged() {
    let reads = [
        ("met", "unit.met(\"paid\")", "unit.unions.any(|u| u.met(\"paid\"))"),
        ("met_so_far", "unit.met_so_far(\"paid\")", "unit.unions.any(|u| u.met_so_far(\"paid\"))"),
        ("value", "(unit.value(\"paid\") ?? 0) > 1", "unit.unions.any(|u| (u.value(\"paid\") ?? 0) > 1)"),
        ("applies", "unit.applies(\"paid\")", "unit.unions.any(|u| u.applies(\"paid\"))"),
        ("points", "(unit.points(\"paid\") ?? 0) > 0", "unit.unions.any(|u| (u.points(\"paid\") ?? 0) > 0)"),
    ];
    for (name, own, below) in reads {
        let more =
            format!("[criteria.own_{name}]\n[criteria.below_{name}]\nlevels = [\"regions\"]\n[criteria.chain]\n");
        let rules = format!(
            "fn own_{name}() {{ {own} }}\nfn below_{name}() {{ {below} }}\nfn chain() {{ unit.value(\"own_{name}\") }}\n"
        );
        let evaluated = evaluate(&more, &rules);
        assert_eq!(on(&evaluated, "unions", "paid"), ["u1"], "{name}");
        assert_eq!(on(&evaluated, "unions", &format!("own_{name}")), ["u1"], "{name}");
        assert_eq!(on(&evaluated, "unions", "chain"), ["u1"], "{name}");
        // Region B is a draft, but the rule reads nothing of it.
        assert_eq!(on(&evaluated, "regions", &format!("below_{name}")), ["A"], "{name}");
    }
    let standing = "[criteria.scores]\nlevels = [\"regions\"]\n[criteria.grades]\nlevels = [\"regions\"]\n\
                    [criteria.ranks]\nlevels = [\"regions\"]\n[criteria.flags]\nlevels = [\"regions\"]\n\
                    [criteria.merits]\nlevels = [\"regions\"]\n";
    let rules = "fn scores() { unit.unions.sum(|u| u.score ?? 0) }\nfn grades() { unit.unions.count(|u| u.grade >= \"good\") }\n\
                 fn ranks() { unit.unions.count(|u| u.rank == 1) }\nfn flags() { unit.unions.count(|u| u.awarded(\"flag\")) }\n\
                 fn merits() { unit.unions.count(|u| u.awarded(\"merit\")) }\n";
    let evaluated = evaluate(standing, rules);
    for (criterion, expected) in
        [("scores", &["A"][..]), ("grades", &["A"]), ("ranks", &["A"]), ("flags", &["A", "B"]), ("merits", &[])]
    {
        assert_eq!(on(&evaluated, "regions", criterion), expected, "{criterion}");
    }
}

#[test]
fn a_score_its_grade_its_cluster_and_what_units_contend_for_are_provisional() {
    let evaluated = evaluate("", "");
    // Score, grade, rank, an award without and one with a quota.
    assert_eq!(standing(&evaluated, "u1"), [true, true, true, false, true]);
    // Its own figures are final, but it is ranked against u1.
    assert_eq!(standing(&evaluated, "u2"), [false, false, true, false, true]);
    // Another cluster; the flag is one for all clusters.
    assert_eq!(standing(&evaluated, "u3"), [false, false, false, false, true]);
    // It has no plan, and no figure of another unit can give it the flag.
    assert_eq!(standing(&evaluated, "u4"), [false; 5]);
}

#[test]
fn a_row_that_links_lead_to_is_read_too_and_so_is_all_that_is_interpreted() {
    let more = "[criteria.aim]\n[criteria.steps]\n[criteria.drafts]\nlevels = [\"regions\"]\n[criteria.bar]\nlevels = [\"regions\"]\n\
                column = \"goal\"\nat_least = { rule = \"half\" }\n";
    let rules = "fn aim() { unit.region.goal }\nfn drafts() { unit.unions.count() }\n\
                 fn half() { unit.unions.count(|u| u.met(\"paid\")) / 2 }\n\
                 fn steps() { let n = 0; while n < unit.payments.count() { n += 1; } n }\n";
    let evaluated = evaluate(more, &rules.replace("/ 2", "/ (1 + 1)"));
    assert_eq!(on(&evaluated, "unions", "aim"), ["u3", "u4"]);
    assert_eq!(on(&evaluated, "unions", "steps"), ["u1"]);
    assert_eq!(on(&evaluated, "regions", "drafts"), [""; 0]);
    // The column is one of a draft; the bar of the other region reads an estimate.
    assert_eq!(on(&evaluated, "regions", "bar"), ["A", "B"]);
}

#[test]
fn what_a_unit_reads_of_its_peers_is_theirs() {
    let rules = "fn most() { unit.peers.max(|p| p.value(\"paid\") ?? 0) }\nfn plans() { unit.peers.count(|p| p.met(\"plan\")) }\n";
    let evaluated = evaluate("[criteria.most]\n[criteria.plans]\n", rules);
    assert_eq!(on(&evaluated, "unions", "most"), ["u1", "u2"]);
    assert_eq!(on(&evaluated, "unions", "plans"), [""; 0]);
}

#[test]
fn tables_show_it_where_nothing_else_does() {
    let evaluated = evaluate("", "");
    let text = |language| table(&page(&evaluated.outcome, &View::default(), language), 100);
    let english = text(Language::En);
    let note = "~ provisional: it rests on figures that are not final";
    let ranked =
        ["  1=  u1    2 (provisional)  2/2  good   merit; flag (provisional)", " 1=~  u2                  2  2/2"];
    for said in ranked.into_iter().chain([note, "u1    ✓~  ✓\nu2     ✓  ✓\n", "granted (2)       u1; u2  provisional"])
    {
        assert!(english.contains(said), "{said}\n{english}");
    }
    assert!(text(Language::Vi).contains("~ tạm tính: dựa trên số liệu chưa chính thức"));
}
