//! The shipped campaigns: their cases and their boundaries.

use std::fs;
use std::path::{Path, PathBuf};

use thidua::campaign::ClauseKind;
use thidua::case::{run, unnoticed};
use thidua::diagnostic::Language;
use thidua::load::{Request, cases, check, evaluate, texts};
use thidua::report::became;
use thidua::report::table::table;

/// The folders of all campaigns that are shipped, the examples among them.
pub fn shipped() -> Vec<PathBuf> {
    let mut campaigns = campaigns_in(Path::new("rules"));
    campaigns.sort();
    for known in ["rules/lao-cai-2024", "rules/examples/base-union-grading-older/cua-lo-2010"] {
        assert!(campaigns.contains(&PathBuf::from(known)), "{known} is not found");
    }
    campaigns
}

fn campaigns_in(folder: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut campaigns: Vec<_> = below.flat_map(|folder| campaigns_in(&folder)).collect();
    if folder.join("campaign.toml").exists() {
        campaigns.push(folder.to_owned());
    }
    campaigns
}

fn failed_cases(root: &Path) -> Vec<String> {
    let texts = texts(root, &[]).expect("the campaign loads");
    let mut failed = Vec::new();
    for case in cases(root).expect("the cases load") {
        let report = run(&case, &texts.document, &texts.library);
        let name = |what: String| format!("{}: {}: {what}", root.display(), report.name);
        failed.extend(report.mismatches.iter().map(|mismatch| name(mismatch.line(Language::En))));
        failed.extend(report.faults.iter().map(|fault| name(fault.to_string())));
    }
    failed
}

#[test]
fn every_case_of_every_shipped_campaign_passes() {
    let failed: Vec<_> = shipped().iter().flat_map(|root| failed_cases(root)).collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn something_carries_every_clause_of_every_directive() {
    for root in shipped() {
        let plan = check(&Request { campaign: root.clone(), ..Request::default() }).expect("it is sound");
        let campaign = &plan.campaign;
        assert!(!campaign.clauses.is_empty(), "{} has no register", root.display());
        for registered in campaign.register() {
            assert_eq!(registered.missing, [], "{}: clause {}", root.display(), registered.clause.id);
        }
        assert_eq!(campaign.unregistered().next(), None, "{}", root.display());
    }
}

#[test]
fn the_cases_notice_every_boundary() {
    let root = Path::new("rules/lao-cai-2024");
    let texts = texts(root, &[]).expect("the campaign loads");
    let (all, unnoticed) = unnoticed(&cases(root).expect("the cases load"), &texts.document, &texts.library);
    assert!(all > 20, "only {all} boundaries were moved");
    assert_eq!(unnoticed, []);
}

#[test]
fn every_clause_says_what_became_of_it() {
    for root in shipped() {
        let run = evaluate(&Request { campaign: root.clone(), ..Request::default() }).expect("it is sound");
        let campaign = &run.plan.campaign;
        for registered in campaign.register() {
            let id = &registered.clause.id;
            let page = became::clause(campaign, &run.outcome, id, Language::En).expect("it is in the register");
            let text = table(&page, 400);
            let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
            let answers =
                says(&["met", "measured", "undetermined", "not due", "not applicable", "granted", "eligible"]);
            let period = registered.clause.kinds.contains(&ClauseKind::Period) && says(&["20"]);
            let nothing = registered.clause.nothing.is_some() && says(&["nothing to check"]);
            assert!(answers || period || nothing, "{}, clause {id}:\n{text}", root.display());
        }
    }
}
