//! What may be won.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node};

use super::super::{Award, Level, Per, Quota};
use super::keys::rank_keys;
use super::values::{sourced, when_of};
use super::{LEVEL, Reader, arguments, entries, references, title};

const ONE_QUOTA: Phrase = Phrase::new("a list of one quota", "danh sách chỉ có một mức");
const ORDER: Phrase = Phrase::new(
    "the order among those eligible, without which a quota cannot choose",
    "thứ tự giữa các đơn vị đủ điều kiện; không có thì không chọn được theo số lượng",
);

pub(super) fn awards(document: &Node, levels: &[Level], reader: &mut Reader<'_>) -> Vec<Award> {
    entries(document.get("awards")).map(|entry| award(entry, levels, reader)).collect()
}

fn award(entry: &Entry, levels: &[Level], reader: &mut Reader<'_>) -> Award {
    let node = &entry.node;
    let named = references(node.get("levels"));
    for level in named.iter().filter(|level| !levels.iter().any(|known| known.id == level.name)) {
        reader.unknown(LEVEL, &level.name, levels.iter().map(|level| level.id.as_str()), &level.place);
    }
    Award {
        id: entry.key.clone(),
        title: title(node),
        clause: node.get("clause").and_then(Node::text).map(str::to_owned),
        levels: named.into_iter().map(|level| level.name).collect(),
        when: when_of(node),
        args: arguments(node),
        requires: references(node.get("requires")),
        by: rank_keys(node.get("by"), reader),
        quota: quota(entry, reader),
        place: entry.place.clone(),
    }
}

fn quota(entry: &Entry, reader: &mut Reader<'_>) -> Option<Quota> {
    let list = entry.node.get("quota")?.list()?;
    if let Some(second) = list.get(1) {
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "quota").with("expected", ONE_QUOTA);
        reader.fault(fault.with("found", list.len()).at(&second.place));
    }
    let node = list.first()?;
    let at_most = sourced(node.get("at_most")?, Some(node), reader)?;
    reader.account(&format!("awards.{}.quota.0.at_most", entry.key), &at_most, &at_most.value, true);
    if entry.node.get("by").is_none_or(|by| by.list().is_some_and(<[Node]>::is_empty)) {
        reader.missing("by", ORDER, &entry.place);
    }
    let per = if node.get("per").and_then(Node::text) == Some("cluster") { Per::Cluster } else { Per::Level };
    Some(Quota { at_most, per })
}
