//! Scenarios from TOML and from arguments.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::campaign::shape::{Field, Shape, check};
use crate::diagnostic::Diagnostic;
use crate::document::{Node, Table};
use crate::patch;
use crate::schema::Title;
use crate::source::Place;
use crate::value::Day;

use super::change::{Change, Kind};
use super::weights::Weights;

/// A named list of changes.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name: that of its file, or `--set` and `--edit`.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// What it asks.
    pub about: Option<String>,
    /// The changes, in the order in which they are made.
    pub changes: Vec<Change>,
    /// Rule files whose functions replace those of the same name, relative to its file; whoever reads files turns
    /// them into a change.
    pub rules: Vec<patch::Word>,
    /// The folder of other data, relative to its file.
    pub data: Option<patch::Word>,
    /// The files that it was read from, as canonical paths; whoever reads files names them.
    pub files: BTreeSet<PathBuf>,
}

impl Scenario {
    /// Changes under a name; nothing else is said of them.
    #[must_use]
    pub fn new(id: String, changes: Vec<Change>) -> Self {
        let (title, about, rules, data, files) = Default::default();
        Self { id, title, about, changes, rules, data, files }
    }
}

/// What a scenario says of itself; the rest is a patch.
const OWN: &[Field] = &[
    Field::may("title", Shape::Title, "what reports call it"),
    Field::may("about", Shape::Text, "what it asks"),
    Field::may("as_of", Shape::Day, "the day of evaluation"),
    Field::may("readings", Shape::OneOrMany(&Shape::Text), "clauses that are read in their other way"),
    Field::may("rules", Shape::OneOrMany(&Shape::Text), "rule files; a function replaces the one of its name"),
    Field::may("data", Shape::Record(DATA), "other data"),
    Field::may("weights", Shape::Word(&["absolute", "proportional", "equal"]), "what a changed weight does to others"),
    Field::may("set", Shape::OneOrMany(&Shape::Text), "edits such as params.large_firm=20"),
    Field::may("edits", Shape::List(&Shape::Any), "edits of the data"),
];

const DATA: &[Field] = &[Field::must("dir", Shape::Text, "the folder of the data", "thư mục dữ liệu")];

/// Reads a scenario; its changes are its readings, rules and data, its patch, its edits, its day, in this order.
pub fn read(id: &str, document: &Node, faults: &mut Vec<Diagnostic>) -> Scenario {
    let mut own = Table::default();
    let mut patch = Table::default();
    for entry in document.table().into_iter().flat_map(Table::iter) {
        let is_own = OWN.iter().any(|field| field.key == entry.key);
        if is_own { own.set(entry.clone()) } else { patch.set(entry.clone()) }
    }
    let own = Node::new(crate::document::Content::Table(own), document.place.clone());
    let mut scenario = Scenario { title: title(&own), ..Scenario::new(id.to_owned(), Vec::new()) };
    if !check(&Shape::Record(OWN), "scenario", &own, faults) {
        return scenario;
    }
    let weights = own.get("weights").and_then(Node::text).and_then(Weights::from_word).unwrap_or_default();
    scenario.about = own.get("about").and_then(Node::text).map(str::to_owned);
    scenario.rules = words(own.get("rules"));
    scenario.data = own.get("data").and_then(|data| words(data.get("dir")).into_iter().next());
    for word in words(own.get("readings")) {
        let label = format!("readings.{}", word.text);
        scenario.changes.push(Change { label, kind: Kind::Reading(word.text), place: word.place });
    }
    for (path, patch) in patch::parts(&patch) {
        scenario.changes.push(laid(path, patch, weights));
    }
    for word in words(own.get("set")) {
        scenario.changes.push(set(word.text, weights, word.place));
    }
    for node in own.get("edits").and_then(Node::list).unwrap_or_default() {
        scenario.changes.extend(patch::read_edit(node, faults).map(edited));
    }
    if let Some((day, node)) = own.get("as_of").and_then(|node| Some((node.day()?, node))) {
        scenario.changes.push(on(day, node.place.clone()));
    }
    scenario
}

/// The scenario of `--set`, `--edit` and other arguments, if there are any.
pub fn from_arguments(
    sets: &[String],
    edits: &[String],
    as_of: Option<Day>,
    weights: Weights,
    faults: &mut Vec<Diagnostic>,
) -> Option<Scenario> {
    let mut changes: Vec<Change> = sets.iter().map(|edit| set(edit.clone(), weights, Place::Nowhere)).collect();
    changes.extend(edits.iter().filter_map(|edit| patch::parse_edit(edit, faults).map(edited)));
    changes.extend(as_of.map(|day| on(day, Place::Nowhere)));
    let names: Vec<&str> = changes.iter().map(|change| change.label.as_str()).collect();
    let id = names.join("; ");
    (!changes.is_empty()).then(|| Scenario::new(id, changes))
}

fn laid(path: String, part: Table, weights: Weights) -> Change {
    let mut at = None;
    let mut value = String::new();
    let mut inner = Some(&part);
    while let Some(table) = inner {
        let Some(entry) = table.iter().next() else { break };
        (at, value) = (Some(entry.place.clone()), entry.node.to_string());
        inner = entry.node.table().filter(|_| path.split('.').next_back() != Some(entry.key.as_str()));
    }
    let label = format!("{path} = {value}");
    Change { label, place: at.unwrap_or_default(), kind: Kind::Patch { path, patch: part, weights } }
}

fn set(edit: String, weights: Weights, place: Place) -> Change {
    Change { label: edit.clone(), kind: Kind::Set { edit, weights }, place }
}

fn edited(edit: patch::Edit) -> Change {
    Change { label: edit.label.clone(), place: edit.place.clone(), kind: Kind::Edit(edit) }
}

fn on(day: Day, place: Place) -> Change {
    Change { label: format!("as_of = {day}"), kind: Kind::AsOf(day), place }
}

fn words(node: Option<&Node>) -> Vec<patch::Word> {
    let nodes = node.map(|node| node.list().unwrap_or(std::slice::from_ref(node))).unwrap_or_default();
    let word = |node: &Node| Some(patch::Word { text: node.text()?.to_owned(), place: node.place.clone() });
    nodes.iter().filter_map(word).collect()
}

fn title(node: &Node) -> Title {
    let text = |node: &Node| node.text().map(str::to_owned);
    match node.get("title") {
        Some(title) if title.text().is_some() => Title { vi: text(title), en: None },
        Some(title) => Title { vi: title.get("vi").and_then(text), en: title.get("en").and_then(text) },
        None => Title::default(),
    }
}
