//! What may be won.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Content, Entry, Node};
use crate::schema::Literal;
use crate::value::Number;

use super::super::{
    AtCut, Award, Basis, Keep, Level, Param, Per, PlaceRounding, Quantity, Quota, Requirement, Share, Sourced, Unused,
    Value,
};
use super::keys::rank_keys;
use super::values::{accounted, basis, when_of};
use super::{LEVEL, Reader, Reference, arguments, entries, references, title};

const AWARD: Phrase = Phrase::new("award", "hình thức khen thưởng");
const ORDER: Phrase = Phrase::new(
    "the order among those eligible, without which a quota cannot choose",
    "thứ tự giữa các đơn vị đủ điều kiện; không có thì không chọn được theo số lượng",
);
const ROUND: Phrase = Phrase::new(
    "what becomes of a part of a place: \"down\", \"up\" or \"half_up\"",
    "phần lẻ của một suất được tính thế nào: \"down\" (bỏ), \"up\" (lấy tròn) hoặc \"half_up\" (từ một nửa thì lấy tròn)",
);

pub(super) fn awards(document: &Node, levels: &[Level], params: &[Param], reader: &mut Reader<'_>) -> Vec<Award> {
    let awards: Vec<Award> =
        entries(document.get("awards")).map(|entry| award(entry, levels, params, reader)).collect();
    for name in awards.iter().flat_map(|award| award.excludes.iter().chain(&award.replaced_by)) {
        if !awards.iter().any(|award| award.id == name.name) {
            reader.unknown(AWARD, &name.name, awards.iter().map(|award| award.id.as_str()), &name.place);
        }
    }
    awards
}

fn award(entry: &Entry, levels: &[Level], params: &[Param], reader: &mut Reader<'_>) -> Award {
    let node = &entry.node;
    let named = references(node.get("levels"));
    for level in named.iter().filter(|level| !levels.iter().any(|known| known.id == level.name)) {
        reader.unknown(LEVEL, &level.name, levels.iter().map(|level| level.id.as_str()), &level.place);
    }
    let by = rank_keys(node.get("by"), reader);
    let no_order = node.get("by").is_none_or(|by| by.list().is_some_and(<[Node]>::is_empty));
    let path = format!("awards.{}.quota", entry.key);
    let quotas = node.get("quota").and_then(Node::list).unwrap_or_default().iter().enumerate();
    let quotas: Vec<_> =
        quotas.filter_map(|(at, quota)| read_quota(quota, &format!("{path}.{at}"), params, reader)).collect();
    if no_order && !quotas.is_empty() {
        reader.missing("by", ORDER, &entry.place);
    }
    Award {
        id: entry.key.clone(),
        title: title(node),
        clause: node.get("clause").and_then(Node::text).map(str::to_owned),
        levels: named.into_iter().map(|level| level.name).collect(),
        when: when_of(node),
        args: arguments(node),
        requires: requirements(node.get("requires"), &format!("awards.{}.requires", entry.key), reader),
        by,
        quotas,
        excludes: references(node.get("excludes")),
        replaced_by: references(node.get("replaced_by")),
        place: entry.place.clone(),
    }
}

/// What must hold: names, or tables with a rule and what it is asked with.
fn requirements(node: Option<&Node>, path: &str, reader: &mut Reader<'_>) -> Vec<Requirement> {
    let nodes = match node {
        Some(node) => node.list().unwrap_or(std::slice::from_ref(node)),
        None => &[],
    };
    nodes.iter().filter_map(|node| Some(assumed(requirement(node)?, node, path, reader))).collect()
}

/// Remembers a condition that no clause asks for.
fn assumed(asked: Requirement, node: &Node, path: &str, reader: &mut Reader<'_>) -> Requirement {
    let basis = basis(node, None);
    if let Basis::Assumed(_) = basis {
        let value = Sourced { value: (), basis, place: node.place.clone() };
        reader.account(&format!("{path}.{}", asked.id), &value, "true", false);
    }
    asked
}

fn requirement(node: &Node) -> Option<Requirement> {
    let named = node.get("rule").unwrap_or(node);
    let of = Reference { name: named.text()?.to_owned(), place: named.place.clone() };
    let args = arguments(node);
    let written = args.iter().map(|(_, value)| match value {
        Literal::Text(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
        Literal::Day(day) => day.to_string(),
        Literal::Flag(flag) => flag.to_string(),
        Literal::List(numbers) => numbers.iter().map(Number::to_string).collect::<Vec<_>>().join("-"),
    });
    let id = [of.name.clone()].into_iter().chain(written).collect::<Vec<_>>().join(".");
    let clause = node.get("clause").and_then(Node::text).map(str::to_owned);
    Some(Requirement { id, title: title(node), clause, args, of })
}

fn read_quota(node: &Node, path: &str, params: &[Param], reader: &mut Reader<'_>) -> Option<Quota> {
    let at_most = accounted(node.get("at_most")?, node, &format!("{path}.at_most"), reader)?;
    let mut amount = |key: &str| accounted(node.get(key)?, node, &format!("{path}.{key}"), reader);
    let (at_least, up_to) = (amount("at_least"), amount("up_to"));
    let of = node.get("of").and_then(reference);
    let is_share = is_percentage(&at_most, params).unwrap_or(of.is_some());
    if !is_share {
        says_nothing(node, &["of", "round", "at_least"], reader);
    }
    let at_cut = match node.get("at_cut").and_then(Node::text) {
        Some("none") => AtCut::None,
        Some("all") => AtCut::All,
        _ => AtCut::Show,
    };
    if at_cut != AtCut::All {
        says_nothing(node, &["up_to"], reader);
    }
    let share = is_share.then(|| Share {
        of: of.unwrap_or_else(|| Reference { name: "units".to_owned(), place: node.place.clone() }),
        round: rounding(node, reader).unwrap_or(PlaceRounding::Down),
        at_least,
    });
    let keep = node.get("keep").and_then(|keep| read_keep(keep, path, params, reader));
    let per = references(node.get("per")).into_iter().map(per).collect();
    let up_to = up_to.filter(|_| at_cut == AtCut::All);
    Some(Quota { at_most, share, per, at_cut, up_to, keep, place: node.place.clone() })
}

fn read_keep(node: &Node, path: &str, params: &[Param], reader: &mut Reader<'_>) -> Option<Keep> {
    let places = accounted(node.get("places")?, node, &format!("{path}.keep.places"), reader)?;
    let is_share = is_percentage(&places, params).unwrap_or(node.get("round").is_some());
    if !is_share {
        says_nothing(node, &["round"], reader);
    }
    let round = if is_share { rounding(node, reader) } else { None };
    let unused = if node.get("unused")?.text()? == "pass_on" { Unused::PassOn } else { Unused::Empty };
    Some(Keep { places, round, whom: node.get("for").and_then(reference)?, unused })
}

fn per(name: Reference) -> Per {
    match name.name.as_str() {
        "cluster" => Per::Cluster,
        "level" => Per::Level,
        _ => Per::Each(name),
    }
}

fn reference(node: &Node) -> Option<Reference> {
    Some(Reference { name: node.text()?.to_owned(), place: node.place.clone() })
}

/// What becomes of a part of a place; a share must say it.
fn rounding(node: &Node, reader: &mut Reader<'_>) -> Option<PlaceRounding> {
    match node.get("round").and_then(Node::text) {
        Some("down") => Some(PlaceRounding::Down),
        Some("up") => Some(PlaceRounding::Up),
        Some("half_up") => Some(PlaceRounding::HalfUp),
        _ => {
            if node.get("round").is_none_or(|node| !matches!(node.content, Content::Faulty)) {
                reader.missing("round", ROUND, &node.place);
            }
            None
        }
    }
}

/// Whether a value is written in percent, itself or in the param that it names; nothing where the data say it.
fn is_percentage(value: &Sourced<Value>, params: &[Param]) -> Option<bool> {
    match &value.value {
        Value::Literal(Quantity::Number { percent, .. }) => Some(*percent),
        Value::Param(id) => params.iter().find(|param| param.id == *id).and_then(|it| is_percentage(&it.value, &[])),
        Value::Cases(cases) => cases.iter().find_map(|case| is_percentage(&case.value, params)),
        _ => None,
    }
}

/// Warns of keys that mean something only beside a percentage or a tie that is given away.
fn says_nothing(node: &Node, keys: &[&str], reader: &mut Reader<'_>) {
    for entry in keys.iter().filter_map(|key| node.table()?.entry(key)) {
        let warning = Diagnostic::new(&catalogue::QUOTA_KEY_SAYS_NOTHING).with("key", &entry.key);
        reader.fault(warning.at(&entry.place));
    }
}
