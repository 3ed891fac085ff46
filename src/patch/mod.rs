//! Edits of a campaign: what stands at a path is replaced. And edits of data, which [`Edit`] describes.
//!
//! `--set`, a reading and a scenario are one mechanism: a small document laid over the campaign's. An edit remembers
//! what it replaced, and a path that leads nowhere is a fault.

mod edit;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Content, Entry, Node, Table, merge, parse_value};
use crate::source::{Place, Source};
use crate::value::{Day, nearest, nfc};

pub use edit::{
    Action, Compares, Edit, Rows, Test, Word, parse as parse_edit, read as read_edit, read_cells, read_tests,
};

/// Applies an edit such as `params.large_firm=20`. The value is TOML; what is not is taken for a text.
///
/// ```
/// use thidua::source::Source;
/// use thidua::{document, patch};
///
/// let mut faults = Vec::new();
/// let text = Source::new("campaign.toml", r#"params = { large = { value = 25, clause = "2" } }"#);
/// let mut document = document::parse(&text, &mut faults);
/// patch::set(&mut document, "params.large=20", &mut faults);
/// assert!(faults.is_empty());
///
/// patch::set(&mut document, "params.larg.value=20", &mut faults);
/// assert_eq!(faults[0].code(), "unknown-path");
/// ```
pub fn set(document: &mut Node, edit: &str, faults: &mut Vec<Diagnostic>) {
    let source = Source::new(format!("--set {edit}"), edit);
    let parts = edit.split_once('=').map(|(path, value)| (path.trim(), value.trim()));
    let Some((path, value)) = parts.filter(|(path, _)| !path.is_empty()) else {
        faults.push(Diagnostic::new(&catalogue::BAD_EDIT).with("text", edit).at(Place::text(&source, 0..edit.len())));
        return;
    };
    let place = Place::text(&source, 0..path.len());
    let keys = keys(path);
    let Some((last, parents)) = keys.split_last() else { return };
    if keys.first().is_some_and(|part| too_late(part, &place, faults)) {
        return;
    }
    let Some(parent) = descend(document, parents, path, &place, faults) else { return };
    if let [part] = parents
        && KEYED.contains(&part.as_str())
        && parent.get(last).is_none()
    {
        let known = parent.table().into_iter().flat_map(Table::keys);
        return unknown(path, last, known, &place, faults);
    }
    let value = value_of(value, &source, faults);
    replace(parent, last, path, value, &place, faults);
}

/// Lays the patch of a reading over a campaign. It may change what there is and say what was left open, but not name
/// what does not exist.
pub fn apply_reading(document: &mut Node, id: &str, faults: &mut Vec<Diagnostic>) {
    let Some(reading) = document.get("readings").and_then(|readings| readings.get(id)).and_then(Node::table) else {
        return;
    };
    let mut patch = reading.clone();
    patch.remove("question");
    patch.remove("about");
    lay(document, &patch, faults);
}

/// Lays a patch over a campaign. It may change what there is and say what was left open, but not name what does not
/// exist.
pub fn lay(document: &mut Node, patch: &Table, faults: &mut Vec<Diagnostic>) {
    for part in patch.iter() {
        if BESIDE_THE_DIRECTIVE.contains(&part.key.as_str()) {
            faults.push(Diagnostic::new(&catalogue::READING_OF_DATA).with("key", &part.key).at(&part.place));
        } else if !too_late(&part.key, &part.place, faults) {
            names_exist(document, part, faults);
        }
    }
    if let Some(table) = document.table_mut() {
        merge(table, patch);
    }
}

/// The parts of a patch that can be laid over a campaign one by one, each with its path: a param, or one key of a
/// criterion, a level, an award or another part that has an id.
#[must_use]
pub fn parts(patch: &Table) -> Vec<(String, Table)> {
    let mut parts = Vec::new();
    for top in patch.iter() {
        let depth = match top.key.as_str() {
            "params" | "rounds" | "readings" => 1,
            key if KEYED.contains(&key) => 2,
            _ => 0,
        };
        split(top, &[], depth, &mut parts);
    }
    parts
}

fn split(entry: &Entry, above: &[&Entry], depth: usize, parts: &mut Vec<(String, Table)>) {
    let inner = entry.node.table().filter(|table| depth > 0 && !table.is_empty());
    if let Some(inner) = inner {
        let above: Vec<&Entry> = above.iter().copied().chain([entry]).collect();
        inner.iter().for_each(|entry| split(entry, &above, depth - 1, parts));
        return;
    }
    let path: Vec<&str> = above.iter().map(|entry| entry.key.as_str()).chain([entry.key.as_str()]).collect();
    let mut alone = Table::default();
    alone.set(entry.clone());
    for outer in above.iter().rev() {
        let node = Node { content: Content::Table(alone), ..outer.node.clone() };
        alone = Table::default();
        alone.set(Entry { node, ..(*outer).clone() });
    }
    parts.push((path.join("."), alone));
}

/// What stands at a path, if it leads somewhere.
#[must_use]
pub fn find<'n>(document: &'n Node, path: &str) -> Option<&'n Node> {
    keys(path).iter().try_fold(document, |node, key| match &node.content {
        Content::Table(table) => table.get(key),
        Content::List(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)),
        _ => None,
    })
}

/// Replaces what stands at a path by a value, which may be any number; nothing happens where the path leads nowhere.
pub fn put(document: &mut Node, path: &str, value: Node) {
    let keys = keys(path);
    let place = value.place.clone();
    let Some((last, parents)) = keys.split_last() else { return };
    if let Some(parent) = descend(document, parents, path, &place, &mut Vec::new()) {
        replace(parent, last, path, value, &place, &mut Vec::new());
    }
}

/// Lays a campaign over the one that it builds on: what it removes goes first, then its own keys are merged in.
pub fn build_on(base: &mut Node, own: Node, faults: &mut Vec<Diagnostic>) {
    let Content::Table(mut over) = own.content else { return };
    over.remove("base");
    // What belongs to the one file does not belong to the other.
    let _ = base.table_mut().map(|table| (table.remove("include"), table.remove("base")));
    if let Some(removed) = over.remove("remove") {
        for node in removed.node.list().unwrap_or(std::slice::from_ref(&removed.node)) {
            take_away(base, node, faults);
        }
    }
    if let Some(table) = base.table_mut() {
        merge(table, &over);
    }
}

fn take_away(base: &mut Node, node: &Node, faults: &mut Vec<Diagnostic>) {
    let Some(path) = node.text() else { return };
    let keys = keys(path);
    let Some((last, parents)) = keys.split_last() else { return };
    let Some(parent) = descend(base, parents, path, &node.place, faults) else { return };
    let removed = parent.table_mut().and_then(|table| table.remove(last)).is_some();
    if !removed {
        let known = parent.table().into_iter().flat_map(Table::keys);
        unknown(path, last, known, &node.place, faults);
    }
}

/// What a reading of the directive cannot be about: all readings are of the same data, by the same rules.
const BESIDE_THE_DIRECTIVE: [&str; 4] = ["data", "rules", "scales", "tables"];

/// What says of which files a campaign is made: it has been followed before an edit comes.
const FOLLOWED: [&str; 3] = ["base", "include", "remove"];

fn too_late(part: &str, place: &Place, faults: &mut Vec<Diagnostic>) -> bool {
    let late = FOLLOWED.contains(&part);
    if late {
        faults.push(Diagnostic::new(&catalogue::EDIT_TOO_LATE).with("path", part).at(place));
    }
    late
}

/// The parts of a campaign that are keyed by ids.
const KEYED: [&str; 11] =
    ["awards", "criteria", "groups", "levels", "moves", "params", "readings", "rounds", "scales", "tables", "vary"];

fn names_exist(document: &Node, part: &Entry, faults: &mut Vec<Diagnostic>) {
    if !KEYED.contains(&part.key.as_str()) {
        return;
    }
    let known = document.get(&part.key).and_then(Node::table);
    for entry in part.node.table().into_iter().flat_map(Table::iter) {
        if known.is_none_or(|known| known.get(&entry.key).is_none()) {
            let near = known.and_then(|known| nearest(&entry.key, known.keys()));
            let fault = Diagnostic::new(&catalogue::UNKNOWN_PATH).with("path", format!("{}.{}", part.key, entry.key));
            faults.push(fault.maybe("near", near).at(&entry.place));
        }
    }
}

/// The keys of a dotted path; a key in double quotes may hold dots. `quota[0]` is `quota.0`.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quoted = false;
    for letter in path.chars() {
        match letter {
            '"' => quoted = !quoted,
            ']' if !quoted => {}
            '.' | '[' if !quoted => keys.push(String::new()),
            _ => keys.iter_mut().next_back().into_iter().for_each(|key| key.push(letter)),
        }
    }
    keys
}

fn descend<'n>(
    node: &'n mut Node,
    keys: &[String],
    path: &str,
    place: &Place,
    faults: &mut Vec<Diagnostic>,
) -> Option<&'n mut Node> {
    let Some((key, rest)) = keys.split_first() else { return Some(node) };
    let known: Vec<String> = match &node.content {
        Content::Table(table) => table.keys().map(str::to_owned).collect(),
        Content::List(items) => (0..items.len()).map(|at| at.to_string()).collect(),
        _ => Vec::new(),
    };
    let next = match &mut node.content {
        Content::Table(table) => table.get_mut(key),
        Content::List(items) => key.parse::<usize>().ok().and_then(|at| items.get_mut(at)),
        _ => None,
    };
    match next {
        Some(next) => descend(next, rest, path, place, faults),
        None => {
            unknown(path, key, known.iter().map(String::as_str), place, faults);
            None
        }
    }
}

fn unknown<'k>(
    path: &str,
    key: &str,
    known: impl Iterator<Item = &'k str>,
    place: &Place,
    faults: &mut Vec<Diagnostic>,
) {
    let near = nearest(key, known).map(|near| path.replacen(key, near, 1));
    faults.push(Diagnostic::new(&catalogue::UNKNOWN_PATH).with("path", path).maybe("near", near).at(place));
}

/// The value as TOML, else as a text: `96%` needs no quotes on a command line.
fn value_of(text: &str, source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Node {
    let alone = Source::new(source.name.clone(), text);
    let place = Place::text(source, source.text.len() - text.len()..source.text.len());
    let mut found = Vec::new();
    match parse_value(&alone, &mut found) {
        Some(node) => {
            faults.append(&mut found);
            Node { place, ..node }
        }
        // A day as offices write it is a day; anything else is a text.
        None => match Day::parse(text) {
            Some(day) => Node::new(Content::Day(day), place),
            None => Node::new(Content::Text(nfc(text).into_owned()), place),
        },
    }
}

fn replace(parent: &mut Node, key: &str, path: &str, value: Node, place: &Place, faults: &mut Vec<Diagnostic>) {
    match &mut parent.content {
        Content::Table(table) => {
            if table.get(key).is_some_and(|old| same(old, &value)) {
                faults.push(
                    Diagnostic::new(&catalogue::EDIT_CHANGES_NOTHING)
                        .with("path", path)
                        .with("value", &value)
                        .at(place),
                );
            }
            // What a table holds beside its value (`about`) stays; its source goes with the value.
            // No last day is no value of a day.
            let no_value = key == "due" && value.text() == Some("none");
            let is_value = table.get(key).is_some_and(|old| old.get("value").is_some());
            let keeps_table = is_value && value.table().is_none() && !no_value;
            let mut over = Table::default();
            over.set(Entry {
                key: if keeps_table { "value".into() } else { key.to_owned() },
                place: place.clone(),
                node: value,
            });
            match table.get_mut(key).filter(|_| keeps_table).and_then(Node::table_mut) {
                Some(inner) => merge(inner, &over),
                None => merge(table, &over),
            }
        }
        Content::List(items) => match key.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
            Some(old) => {
                let before = std::mem::replace(old, value);
                old.replaced = Some(Box::new(before));
            }
            None => unknown(path, key, std::iter::empty(), place, faults),
        },
        _ => unknown(path, key, std::iter::empty(), place, faults),
    }
}

fn same(old: &Node, new: &Node) -> bool {
    old.same_content(new) || old.get("value").is_some_and(|value| value.same_content(new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    const CAMPAIGN: &str = "
        params.large_firm = { value = 25, clause = \"2.7\", about = \"workers\" }
        [criteria.coverage]
        at_least = \"95%\"
        [awards.flag]
        quota = [{ at_most = 1 }]
        [readings.strict]
        question = \"q\"
        about = \"a\"
        [readings.strict.criteria.coverage]
        more_than = \"95%\"
        [readings.wrong]
        [readings.wrong.criteria.covrage]
        more_than = \"95%\"
    ";

    fn edited(edit: &str) -> (Node, Vec<&'static str>) {
        let mut faults = Vec::new();
        let mut document = parse(&Source::new("campaign.toml", CAMPAIGN), &mut faults);
        set(&mut document, edit, &mut faults);
        (document, faults.iter().map(Diagnostic::code).collect())
    }

    fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
        path.split('.').try_fold(node, |node, key| match key.parse::<usize>() {
            Ok(index) => node.list()?.get(index),
            Err(_) => node.get(key),
        })
    }

    #[test]
    fn a_value_is_replaced_and_its_source_goes_with_it() {
        let (document, faults) = edited("params.large_firm=20");
        assert_eq!(faults, [""; 0]);
        assert_eq!(at(&document, "params.large_firm").unwrap().to_string(), "{ value = 20, about = \"workers\" }");
        let value = at(&document, "params.large_firm.value").unwrap();
        assert_eq!(value.replaced.as_ref().unwrap().to_string(), "25");
    }

    #[test]
    fn a_bound_replaces_its_rival_and_needs_no_quotes() {
        let (document, faults) = edited("criteria.coverage.more_than=90%");
        assert_eq!(faults, [""; 0]);
        assert_eq!(at(&document, "criteria.coverage").unwrap().to_string(), "{ more_than = \"90%\" }");
    }

    #[test]
    fn lists_are_reached_by_position() {
        let (document, faults) = edited("awards.flag.quota.0.at_most=2");
        assert_eq!((at(&document, "awards.flag.quota.0.at_most").unwrap().to_string(), faults), ("2".into(), vec![]));
    }

    #[test]
    fn what_does_not_exist_is_said() {
        assert_eq!(edited("params.large_frm=20").1, ["unknown-path"]);
        assert_eq!(edited("criteria.covrage.at_least=1").1, ["unknown-path"]);
        assert_eq!(edited("awards.flag.quota.1.at_most=2").1, ["unknown-path"]);
        assert_eq!(edited("awards.flag.quota[0].at_most=2").1, [""; 0]);
        assert_eq!(edited("params.large_firm").1, ["bad-edit"]);
        assert_eq!(edited("params.large_firm=25").1, ["edit-changes-nothing"]);
    }

    #[test]
    fn next_years_campaign_builds_on_this_one() {
        let mut faults = Vec::new();
        let mut base = parse(&Source::new("2024", CAMPAIGN), &mut faults);
        let text = "base = \"../2024\"\nremove = [\"readings.wrong\", \"awards.flg\"]\nparams.large_firm = { value = 20, clause = \"3\" }";
        build_on(&mut base, parse(&Source::new("2025", text), &mut Vec::new()), &mut faults);
        assert_eq!(faults.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["unknown-path"]);
        assert_eq!(
            at(&base, "params.large_firm").unwrap().to_string(),
            "{ value = 20, about = \"workers\", clause = \"3\" }"
        );
        assert!(
            at(&base, "readings.wrong").is_none()
                && at(&base, "readings.strict").is_some()
                && at(&base, "remove").is_none()
        );
    }

    #[test]
    fn a_reading_changes_only_what_exists() {
        let mut faults = Vec::new();
        let mut document = parse(&Source::new("campaign.toml", CAMPAIGN), &mut faults);
        apply_reading(&mut document, "strict", &mut faults);
        assert_eq!(faults, []);
        assert_eq!(at(&document, "criteria.coverage").unwrap().to_string(), "{ more_than = \"95%\" }");
        apply_reading(&mut document, "wrong", &mut faults);
        assert_eq!(faults.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["unknown-path"]);
    }
}
