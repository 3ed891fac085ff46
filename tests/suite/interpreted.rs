//! Rules outside the subset, from the campaign to the verdict.

use std::fs;

use thidua::diagnostic::Language;
use thidua::evaluate::{Measured, Verdict};
use thidua::load::{Request, Run, evaluate};
use thidua::value::{Number, Possible};

const CAMPAIGN: &str = r#"
id     = "small"
title  = { en = "Small" }
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = ["rules.rhai"]
data   = { dir = ".", as_of = 2024-12-31 }

[params]
launched = { unknown = "not decided yet", clause = "3", about = "the day of the launch" }
bar      = { value = 2, clause = "2", about = "workers" }

[levels.unions]
table = "unions"

[tables.unions]
file = "unions.csv"
key  = "code"
[tables.unions.columns]
code   = { type = "text", header = "Code" }
listed = { type = "flag", header = "Listed" }

[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "union"
no_rows = { delivered = "listed" }
[tables.firms.columns]
code    = { type = "text", header = "Code" }
union   = { type = "link", header = "Union", to = "unions" }
workers = { type = "number", header = "Workers", min = 0 }
founded = { type = "date", header = "Founded", blank = "none" }

[criteria.tested]
title  = { en = "Tested" }
clause = "2"
levels = ["unions"]
"#;

/// A has two firms, B one with a blank, C surely none, D perhaps some.
const UNIONS: &str = "Code,Listed\nA,true\nB,true\nC,true\nD,false\n";
const FIRMS: &str = "Code,Union,Workers,Founded\n1,A,1,2024-02-01\n2,A,3,\n3,B,,2023-05-01\n";

/// Evaluates a rule named `tested` against a target.
fn run(rule: &str, target: &str) -> Run {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("campaign.toml", &format!("{CAMPAIGN}{target}\n"));
    write("rules.rhai", rule);
    write("unions.csv", UNIONS);
    write("firms.csv", FIRMS);
    let request = Request { campaign: dir.path().to_path_buf(), ..Request::default() };
    evaluate(&request).unwrap_or_else(|stopped| {
        panic!("{:?}", stopped.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>())
    })
}

fn verdicts(run: &Run) -> Vec<Verdict> {
    run.outcome.levels[0].units.lines().map(|unit| unit.criteria[0].verdict).collect()
}

/// What was measured for the first unit.
fn measured(rule: &str) -> Measured {
    let run = run(rule, "");
    assert_eq!(faults(&run), Vec::<String>::new(), "{rule}");
    run.outcome.levels[0].units.get(0).unwrap().to_line().criteria[0].measured.clone()
}

/// What was wrong, beside cells.
fn faults(run: &Run) -> Vec<String> {
    run.faults.iter().filter(|fault| fault.code() == "rule-failed").map(|fault| fault.message(Language::En)).collect()
}

fn number(text: &str) -> Measured {
    Measured::Number(Possible::known(Number::parse(text).unwrap()))
}

const LOOP: &str = "fn tested() { let n = 0; for i in 0..3 { n += unit.firms.count(|f| f.workers > i); } n }";

#[test]
fn a_loop_is_interpreted() {
    // Firms of A with more than 0, 1 and 2 workers: 2, 1 and 1.
    assert_eq!(measured(LOOP), number("4"));
}

#[test]
fn what_a_rule_does_not_know_leaves_its_verdict_open_and_is_no_fault() {
    let run = run(LOOP, "at_least = 4");
    assert_eq!(verdicts(&run), [Verdict::Met, Verdict::Undetermined, Verdict::NotMet, Verdict::Undetermined]);
    assert_eq!(faults(&run), Vec::<String>::new());
}

#[test]
fn numbers_are_exact_in_every_operator() {
    let cases = [
        ("let n = 19; n /= 20; n", "0.95"),
        ("let n = 1; for i in 0..3 { n = n / 3; } n *= 27; n", "1"),
        ("let n = 0.1; n += 0.2; if n == 0.3 { n = 7; } n", "7"),
        ("let n = 7.5; n %= 2; n - 1/2", "1"),
        ("let n = -5; n -= 1; round(n / 4, 0) + 2.5.round(0)", "1"),
        ("let n = 0; for f in unit.firms { n += f.workers * args_free(f); } n", "10"),
        ("let n = 0; while n < params.bar { n += 1; } n", "2"),
        ("let n = 9; for i in 0..unit.firms.count() { n = min(n, max(i, abs(-i))); } n", "0"),
        ("let n = 1; n = none; n ?? 4", "4"),
        (
            "let best = none; for f in unit.firms { if best == none || f.workers > best { best = f.workers; } } best",
            "3",
        ),
        ("let n = 0; for f in unit.firms { n += f.union.firms.count(|g| g.workers < f.workers); } n", "1"),
    ];
    for (body, value) in cases {
        let rule = format!("fn args_free(f) {{ f.workers }} fn tested() {{ {body} }}");
        assert_eq!(measured(&rule), number(value), "{body}");
    }
}

#[test]
fn what_does_not_fit_together_is_a_fault_and_never_false() {
    let cases = [
        ("n = 1 / 0;", "division by zero"),
        ("if n == \"0\" { n = 1; }", "a number and a text cannot be compared so"),
        ("if n < true { n = 1; }", "a number and yes or no cannot be compared so"),
        ("if as_of > 3 { n = 1; }", "a day and a number cannot be compared so"),
        ("n += \"1\";", "a text where a number is meant"),
        ("n = \"a\" + \"b\";", "a text where a number is meant"),
        ("n = none + 1;", "none where a number is meant"),
        ("n = params.baar;", "there is no param `baar`"),
        ("n = args.nothing;", "there is no arg `nothing`"),
        ("n = unit.nothing;", "there is no column and no table `nothing` here"),
        ("n = unit.firms.only(|f| true).workers;", "more than one row where there should be only one"),
        ("n = unit.firms.share(|f| f.workers > 1) + 1;", "a share where a number is meant"),
        ("try { n = 1 / 0; } catch { n = 5; }", "division by zero"),
    ];
    for (statement, reason) in cases {
        let run = run(&format!("fn tested() {{ let n = 0; {statement} n }}"), "at_least = 1");
        assert_eq!(verdicts(&run)[0], Verdict::Undetermined, "{statement}");
        let faults = faults(&run);
        let expected = format!("rule `tested` has no answer for A: {reason};");
        assert!(faults.first().is_some_and(|fault| fault.starts_with(&expected)), "{statement}: {faults:?}");
    }
}

#[test]
fn the_unknown_cannot_be_caught() {
    for touched in ["params.launched", "unit.firms.sum(|f| f.workers)"] {
        let run =
            run(&format!("fn tested() {{ let n = 0; try {{ n = {touched}; }} catch {{ n = 5; }} 5 }}"), "at_least = 1");
        assert_eq!(verdicts(&run)[1], Verdict::Undetermined, "{touched}");
        assert_eq!(faults(&run), Vec::<String>::new());
    }
}

#[test]
fn an_open_day_is_undetermined_and_a_wrong_type_a_fault() {
    let rule = "fn tested() { let day = as_of; day = unit.firms.min(|f| f.founded); if day == none { params.launched } else { day } }";
    let run_by = run(rule, "by = 2024-06-30");
    assert_eq!(verdicts(&run_by), [Verdict::Met, Verdict::Met, Verdict::Undetermined, Verdict::Undetermined]);
    let wrong = run("fn tested() { let n = 0; n += 1; n }", "by = 2024-06-30");
    assert_eq!(verdicts(&wrong), [Verdict::Undetermined; 4]);
    assert_eq!(faults(&wrong).len(), 4);
}

#[test]
fn a_rule_without_end_is_stopped_once() {
    let endless = [
        "fn tested() { let n = 0; loop { n += 1; } n }",
        "fn tested() { let n = 0; loop { n += unit.firms.count(|f| true); } n }",
        "fn tested() { let n = 0; while true { try { n += 1; } catch {} } n }",
    ];
    for rule in endless {
        let run = run(rule, "at_least = 1");
        assert_eq!(verdicts(&run), [Verdict::Undetermined; 4]);
        let faults = faults(&run);
        assert!(faults[0].contains("more operations than a rule may take"), "{rule}: {faults:?}");
        // Every unit would cost as much.
        assert!(faults[1..].iter().all(|fault| fault.contains("too many operations for another unit")), "{faults:?}");
    }
}

#[test]
fn depth_and_size_are_limited() {
    let bounded = [
        "fn deep(n) { deep(n + 1) } fn tested() { let n = 0; n += deep(0); n }",
        "fn deep() { unit.firms.count(|f| deep() > 0) + unit.missing } fn tested() { let n = 0; n += deep(); n }",
        "fn tested() { let list = []; loop { list += [1]; } 1 }",
        "fn tested() { let text = \"\"; loop { text = `${text}${text}a`; } 1 }",
    ];
    for rule in bounded {
        let run = run(rule, "at_least = 1");
        assert_eq!(verdicts(&run), [Verdict::Undetermined; 4], "{rule}");
        // The list of D may be missing, which is found out first where it is asked for.
        assert!(faults(&run).len() >= 3, "{rule}");
    }
}
