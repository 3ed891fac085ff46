//! A document into a [`Campaign`].
//!
//! The shape is checked first. Where it holds, references between the parts are resolved; where a part is faulty it
//! is left out and the rest is still read, so that all faults come at once.

mod amounts;
mod awards;
mod criteria;
mod keys;
mod levels;
mod points;
mod register;
mod scorers;
mod spans;
mod tables;
mod values;
mod writing;

use std::fmt::Display;

use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::document::{Entry, Node, Table};
use crate::schema::{Literal, Title};
use crate::source::Place;
use crate::value::nearest;

use super::shape::{Shape, check};
use super::{Assumption, Basis, Campaign, Reading, Reference, Sourced, layout};

/// Reads a campaign; `None` if it is too faulty to go on.
pub fn read(document: &Node, faults: &mut Vec<Diagnostic>) -> Option<Campaign> {
    let before = faults.len();
    check(&layout::CAMPAIGN, "campaign", document, faults);
    let mut reader = Reader { faults, assumptions: Vec::new() };
    let params = values::params(document, &mut reader);
    let period = spans::period(document, &params, &mut reader);
    let rounds = spans::rounds(document, period, &params, &mut reader);
    let schema = tables::schema(document, &mut reader);
    let levels = levels::levels(document, &schema, &mut reader);
    let criteria = criteria::criteria(document, &levels, &rounds, &mut reader);
    let groups = points::groups(document, &criteria, &mut reader);
    let awards = awards::awards(document, &levels, &params, &mut reader);
    let clauses = register::clauses(document, &criteria, &awards, &mut reader);
    let calendar = register::calendar(document, &mut reader);
    amounts::amounts(&params, &criteria, &awards, &mut reader);
    let data = document.get("data");
    let campaign = Campaign {
        id: document.get("id").and_then(Node::text).unwrap_or_default().to_owned(),
        title: title(document),
        issuer: document.get("issuer").and_then(Node::text).map(str::to_owned),
        period: period?,
        rounds,
        yearly: document.get("rounds").is_some_and(|rounds| rounds.get("every").is_some()),
        rules: references(document.get("rules")),
        data_dir: data.and_then(|data| data.get("dir")?.text()).map(str::to_owned),
        as_of: data.and_then(|data| data.get("as_of")?.day()),
        params,
        schema,
        levels,
        criteria,
        groups,
        awards,
        calendar,
        clauses,
        span_clauses: spans::clauses(document),
        readings: readings(document, &mut reader),
        assumptions: reader.assumptions,
    };
    (!faults.iter().skip(before).any(Diagnostic::is_error)).then_some(campaign)
}

fn readings(document: &Node, reader: &mut Reader<'_>) -> Vec<Reading> {
    let mut readings = Vec::new();
    for entry in entries(document.get("readings")) {
        let text = |key: &str| entry.node.get(key).and_then(Node::text).map(str::to_owned);
        let about = entry.node.get("about").filter(|about| check(&Shape::Title, "about", about, reader.faults));
        let has = |key: &str| text(key).is_some() || (key == "about" && entry.node.get(key).is_some());
        let missing = layout::READING.iter().filter(|field| !has(field.key));
        for (key, about) in missing.filter_map(|field| Some((field.key, field.missed?))) {
            reader.missing(key, about, &entry.place);
        }
        let (question, about) = (text("question").unwrap_or_default(), about.map(texts).unwrap_or_default());
        readings.push(Reading { id: entry.key.clone(), question, about });
    }
    readings
}

const CARRIER: Phrase = Phrase::new("criterion or award", "tiêu chí hay hình thức khen thưởng");
const COLUMN: Phrase = Phrase::new("column", "cột");
const LEVEL: Phrase = Phrase::new("level", "cấp");
const ROUND: Phrase = Phrase::new("round", "đợt");
const SCALE: Phrase = Phrase::new("scale", "thang");
const TABLE: Phrase = Phrase::new("table", "bảng");

/// What is gathered while reading.
struct Reader<'a> {
    faults: &'a mut Vec<Diagnostic>,
    assumptions: Vec<Assumption>,
}

impl Reader<'_> {
    /// Reports a fault; one in the defaults is met again in every criterion, and told once.
    fn fault(&mut self, diagnostic: Diagnostic) {
        if !self.faults.contains(&diagnostic) {
            self.faults.push(diagnostic);
        }
    }

    /// Reports a key that must be there.
    fn missing(&mut self, key: &str, about: Phrase, place: &Place) {
        self.fault(Diagnostic::new(&catalogue::MISSING_KEY).with("key", key).with("about", about).at(place));
    }

    /// Reports a name that means nothing.
    fn unknown<'k>(
        &mut self,
        kind: impl Into<Wording>,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
        place: &Place,
    ) {
        let known: Vec<_> = known.into_iter().collect();
        let near = nearest(name, known.iter().copied());
        let list = (near.is_none() && !known.is_empty()).then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", kind).with("name", name);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place));
    }

    /// Remembers a value that no clause says, and reports one that nobody answers for.
    fn account<T>(&mut self, path: &str, value: &Sourced<T>, written: impl Display, must_have_source: bool) {
        let reason = match &value.basis {
            Basis::Clause(_) => return,
            Basis::Assumed(reason) => reason.clone(),
            Basis::SetBy { by, was } => format!("set by {by} (was {was})"),
            Basis::Unstated if !must_have_source => return,
            Basis::Unstated => {
                let key = path.rsplit('.').next().unwrap_or(path);
                self.fault(Diagnostic::new(&catalogue::NUMBER_WITHOUT_SOURCE).with("key", key).at(&value.place));
                return;
            }
        };
        self.assumptions.push(Assumption { path: path.to_owned(), value: written.to_string(), reason });
    }
}

/// Whether a node has a shape; what has not has been reported before.
fn has_shape(shape: &Shape, node: &Node) -> bool {
    check(shape, "", node, &mut Vec::new())
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}

/// Values that rules read as `args`.
fn arguments(node: &Node) -> Vec<(String, Literal)> {
    entries(node.get("args")).filter_map(|entry| Some((entry.key.clone(), values::literal(&entry.node)?))).collect()
}

fn title(node: &Node) -> Title {
    node.get("title").map(texts).unwrap_or_default()
}

/// A text in one language or in both.
fn texts(node: &Node) -> Title {
    let text = |node: &Node| node.text().map(str::to_owned);
    match node.text() {
        Some(_) => Title { vi: text(node), en: None },
        None => Title { vi: node.get("vi").and_then(text), en: node.get("en").and_then(text) },
    }
}

/// A text or a list of texts as names with their places.
fn references(node: Option<&Node>) -> Vec<Reference> {
    let nodes = match node {
        Some(node) => node.list().unwrap_or(std::slice::from_ref(node)),
        None => &[],
    };
    nodes
        .iter()
        .filter_map(|node| Some(Reference { name: node.text()?.to_owned(), place: node.place.clone() }))
        .collect()
}
