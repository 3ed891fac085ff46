//! What may be won.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Entry, Node};

use super::super::{Award, Criterion, Level, Per, Quota};
use super::levels::rank_keys;
use super::values::{sourced, when_of};
use super::{Reader, entries, references, title};

pub(super) fn awards(document: &Node, levels: &[Level], criteria: &[Criterion], reader: &mut Reader<'_>) -> Vec<Award> {
    let awards: Vec<_> = entries(document.get("awards")).map(|entry| award(entry, levels, reader)).collect();
    for award in &awards {
        points_exist(award, levels, criteria, reader);
    }
    awards
}

fn award(entry: &Entry, levels: &[Level], reader: &mut Reader<'_>) -> Award {
    let node = &entry.node;
    let named = references(node.get("levels"));
    for level in named.iter().filter(|level| !levels.iter().any(|known| known.id == level.name)) {
        reader.unknown("level", &level.name, levels.iter().map(|level| level.id.as_str()), &level.place);
    }
    Award {
        id: entry.key.clone(),
        title: title(node),
        clause: node.get("clause").and_then(Node::text).map(str::to_owned),
        levels: named.into_iter().map(|level| level.name).collect(),
        when: when_of(node),
        requires: references(node.get("requires")),
        by: rank_keys(node.get("by"), reader),
        quota: quota(entry, reader),
        place: entry.place.clone(),
    }
}

fn quota(entry: &Entry, reader: &mut Reader<'_>) -> Option<Quota> {
    let list = entry.node.get("quota")?.list()?;
    if let Some(second) = list.get(1) {
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "quota").with("expected", "a list of one quota");
        reader.fault(fault.with("found", format!("{} quotas", list.len())).at(&second.place));
    }
    let node = list.first()?;
    let at_most = sourced(node.get("at_most")?, Some(node), reader)?;
    reader.account(&format!("awards.{}.quota.0.at_most", entry.key), &at_most, &at_most.value, true);
    if entry.node.get("by").is_none() {
        let about = "the order among those eligible, without which a quota cannot choose";
        let fault = Diagnostic::new(&catalogue::MISSING_KEY).with("key", "by").with("about", about);
        reader.fault(fault.at(&entry.place));
    }
    let per = if node.get("per").and_then(Node::text) == Some("cluster") { Per::Cluster } else { Per::Level };
    Some(Quota { at_most, per })
}

/// An order by score needs something that scores.
fn points_exist(award: &Award, levels: &[Level], criteria: &[Criterion], reader: &mut Reader<'_>) {
    let Some(key) = award.by.iter().find(|key| key.subject == "score") else { return };
    for id in &award.levels {
        let scored = levels.iter().any(|level| &level.id == id && level.score.is_some());
        let points = criteria.iter().any(|criterion| criterion.points.is_some() && criterion.levels.contains(id));
        if points && !scored {
            let fault = Diagnostic::new(&catalogue::SCORE_POLICY_MISSING).with("level", id);
            reader.fault(fault.at(&key.place));
        }
    }
}
