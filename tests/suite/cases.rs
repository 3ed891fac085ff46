//! The cases of the shipped campaigns.

use std::path::Path;

use thidua::case::{run, unnoticed};
use thidua::diagnostic::Language;
use thidua::load::{cases, texts};

#[test]
fn every_case_of_the_shipped_campaign_passes() {
    let root = Path::new("rules/lao-cai-2024");
    let texts = texts(root, &[]).expect("the campaign loads");
    let mut failed = Vec::new();
    for case in cases(root).expect("the cases load") {
        let report = run(&case, &texts.document, &texts.library);
        failed.extend(report.mismatches.iter().map(|m| format!("{}: {}", report.name, m.line(Language::En))));
        failed.extend(report.faults.iter().map(|fault| format!("{}: {fault}", report.name)));
    }
    assert_eq!(failed, [""; 0]);
}

#[test]
fn the_cases_notice_every_boundary() {
    let root = Path::new("rules/lao-cai-2024");
    let texts = texts(root, &[]).expect("the campaign loads");
    let (all, unnoticed) = unnoticed(&cases(root).expect("the cases load"), &texts.document, &texts.library);
    assert!(all > 20, "only {all} boundaries were moved");
    assert_eq!(unnoticed, []);
}
