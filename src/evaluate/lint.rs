//! What the data show about the rules: criteria that say the same of everybody, grades that nobody gets, awards that
//! everybody or nobody wins.
//!
//! Each is told as a finding about the campaign. None of them need be a mistake: a small office may well have one
//! union, and it may be excellent.

use std::collections::BTreeMap;

use crate::campaign::Level;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::value::Truth;

use super::Plan;
use super::awarded::{AwardHead, AwardOutcome, AwardVerdict, Cut};
use super::outcome::{LevelOutcome, Outcome, Verdict};
use super::units::UnitOutcome;

/// Of fewer units nothing is said: they agree too easily.
const FEWEST_UNITS: usize = 5;

/// Everything that the data show about the rules of a campaign.
///
/// ```
/// use thidua::evaluate::lints;
/// use thidua::load::{self, Request};
///
/// let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
/// assert!(lints(&run.plan, &run.outcome).iter().all(|finding| !finding.is_error()));
/// ```
#[must_use]
pub fn lints(plan: &Plan, outcome: &Outcome) -> Vec<Diagnostic> {
    let levels = plan.campaign.levels.iter().zip(&outcome.levels);
    let levels = levels.filter(|(_, outcome)| outcome.units.len() >= FEWEST_UNITS);
    levels.flat_map(|(level, outcome)| of_level(level, outcome)).collect()
}

fn of_level(level: &Level, outcome: &LevelOutcome) -> Vec<Diagnostic> {
    let findings = alike(outcome).into_iter().chain(never_given(level, outcome)).chain(awards(outcome));
    findings.map(|finding| finding.with("level", &level.id)).collect()
}

/// Criteria with the same verdict on every unit, where verdicts differ from unit to unit.
fn alike(level: &LevelOutcome) -> Vec<Diagnostic> {
    let mut same: BTreeMap<Vec<&'static str>, Vec<&str>> = BTreeMap::new();
    for (at, head) in level.criteria.iter().enumerate() {
        let verdicts = level.units.iter().filter_map(|unit| unit.criteria.verdict(at));
        let verdicts: Vec<&'static str> = verdicts.map(Verdict::id).collect();
        if differs(&verdicts) {
            same.entry(verdicts).or_default().push(&head.id);
        }
    }
    let repeated = same.into_values().filter(|criteria| criteria.len() > 1);
    let listed = repeated.map(|criteria| criteria.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "));
    listed.map(|criteria| Diagnostic::new(&catalogue::CRITERIA_AGREE).with("criteria", criteria)).collect()
}

/// Whether some units meet a target and some do not.
fn differs(verdicts: &[&'static str]) -> bool {
    verdicts.contains(&Verdict::NotMet.id()) && verdicts.iter().any(|verdict| *verdict == Verdict::Met.id())
}

/// Grades that nobody has or may have.
fn never_given(level: &Level, outcome: &LevelOutcome) -> Vec<Diagnostic> {
    let given: Vec<Option<&str>> =
        outcome.units.iter().filter_map(|unit| unit.grade).map(|grade| grade.id.as_deref()).collect();
    // Where a grade is open it may be any.
    if given.is_empty() || given.contains(&None) {
        return Vec::new();
    }
    let never = level.grades.iter().filter(|grade| !given.contains(&Some(grade.id.as_str())));
    never.map(|grade| Diagnostic::new(&catalogue::GRADE_NEVER_GIVEN).with("grade", &grade.id)).collect()
}

/// Awards that everybody wins who may, and awards for which nobody can be eligible, with what stands in the way.
fn awards(level: &LevelOutcome) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, head) in level.awards.iter().enumerate() {
        let decided: Vec<&AwardOutcome> = level.units.iter().filter_map(|unit| unit.awards.get(at)).collect();
        if decided.len() < FEWEST_UNITS {
            continue;
        }
        let all = |verdict: AwardVerdict| decided.iter().all(|award| award.verdict == verdict);
        if all(AwardVerdict::Granted) {
            found.push(Diagnostic::new(&catalogue::AWARD_FOR_EVERYBODY).with("award", &head.id));
        }
        if all(AwardVerdict::NotEligible) {
            let fault = Diagnostic::new(&catalogue::AWARD_FOR_NOBODY).with("award", &head.id);
            found.push(fault.maybe("conditions", in_the_way(&decided)));
        }
        found.extend(head.cuts.iter().filter_map(|cut| larger_than_field(level, at, head, cut)));
    }
    found
}

/// A quota with more places than there are units that may win. Of groups other than clusters nothing is said.
fn larger_than_field(level: &LevelOutcome, at: usize, head: &AwardHead, cut: &Cut) -> Option<Diagnostic> {
    let cluster = match head.quotas.get(cut.quota)?.per.as_slice() {
        [] => None,
        [per] if per == "cluster" => Some(cut.group.first()?.as_str()),
        _ => return None,
    };
    let in_group = |unit: &UnitOutcome<'_>| cluster.is_none() || unit.cluster == cluster;
    let may_win = |unit: &UnitOutcome<'_>| unit.awards.get(at).is_some();
    let field = level.units.iter().filter(in_group).filter(may_win).count();
    let fault = Diagnostic::new(&catalogue::QUOTA_LARGER_THAN_FIELD).with("award", &head.id);
    (cut.places > field && !cut.rest).then(|| fault.with("places", cut.places).with("field", field))
}

/// The conditions that hold for nobody.
fn in_the_way(decided: &[&AwardOutcome]) -> Option<String> {
    let conditions = decided.first()?.conditions.iter().enumerate();
    let fails = |at: usize| decided.iter().all(|award| award.conditions.get(at).is_some_and(|it| it.1 == Truth::False));
    let failing: Vec<String> = conditions.filter(|(at, _)| fails(*at)).map(|(_, (id, _))| format!("`{id}`")).collect();
    (!failing.is_empty()).then(|| failing.join(", "))
}
