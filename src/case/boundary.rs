//! Boundaries that no case notices.
//!
//! Everything that bounds something is moved by one step: targets, comparators, params, due days, points and their
//! bands, caps, bars of grades, places. If all cases still pass, nobody would notice that somebody else moved it.

use std::collections::BTreeMap;

use crate::campaign::BoundKind;
use crate::document::{Content, Entry, Node, Table};
use crate::value::Number;

/// One number, day, comparator or condition of a campaign, moved by one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The edits that move it: several, where one band ends and another begins.
    pub edits: Vec<String>,
    /// What it says today.
    pub today: String,
    /// The criterion or award that it belongs to; cases that speak of it are asked first.
    pub(super) subject: String,
}

/// All boundaries of a campaign, in the order of its text.
pub(super) fn boundaries(document: &Node) -> Vec<Boundary> {
    let mut finder = Finder { subject: String::new(), found: Vec::new() };
    for (path, node) in parts(document, "params") {
        finder.steps(&path, node);
    }
    if let Some(defaults) = document.get("defaults").and_then(|defaults| defaults.get("criteria")) {
        finder.criterion("defaults.criteria", defaults);
    }
    for entry in entries(document.get("criteria")) {
        finder.subject.clone_from(&entry.key);
        finder.criterion(&join("criteria", &entry.key), &entry.node);
    }
    finder.subject.clear();
    for (path, node) in parts(document, "groups") {
        finder.group(&path, node);
    }
    for (path, node) in parts(document, "levels") {
        finder.level(&path, node);
    }
    for entry in entries(document.get("awards")) {
        finder.subject.clone_from(&entry.key);
        finder.award(&join("awards", &entry.key), &entry.node);
    }
    finder.found
}

struct Finder {
    subject: String,
    found: Vec<Boundary>,
}

impl Finder {
    fn add(&mut self, edits: Vec<String>, today: String) {
        self.found.push(Boundary { edits, today, subject: self.subject.clone() });
    }

    fn criterion(&mut self, path: &str, node: &Node) {
        for Entry { key, node: inner, .. } in entries(Some(node)) {
            let below = join(path, key);
            match key.as_str() {
                "each" => {
                    let subject = self.subject.clone();
                    for member in entries(Some(inner)) {
                        self.subject = format!("{subject}.{}", member.key);
                        self.criterion(&join(&below, &member.key), &member.node);
                    }
                    self.subject = subject;
                }
                "exceeded" => self.criterion(&below, inner),
                "within" => self.each_of(&below, inner, &["from", "to"]),
                "due" | "at" => self.steps(&below, inner),
                "points" => self.points(&below, inner),
                key => self.bound(path, key, inner),
            }
        }
    }

    /// A bar of a target or a grade, and its comparator.
    fn bound(&mut self, path: &str, key: &str, node: &Node) {
        let Some(kind) = BoundKind::ALL.into_iter().find(|kind| kind.key() == key) else { return };
        self.steps(&join(path, key), node);
        if let Some(other) = other_side(kind) {
            self.add(vec![format!("{path}.{}={node}", other.key())], kind.key().to_owned());
        }
    }

    fn points(&mut self, path: &str, node: &Node) {
        self.each_of(path, node, &["max", "each", "cap", "met", "late", "never"]);
        if let Some(steps) = node.get("steps") {
            self.each_of(&join(path, "steps"), steps, &["above", "first", "every", "add", "cap"]);
        }
        self.bands(&join(path, "bands"), node.get("bands").and_then(Node::list).unwrap_or_default());
    }

    /// Bands move where they end, together with the band that begins there: otherwise they overlap or leave a hole,
    /// which `check` says. Bands for other units are tables of their own.
    fn bands(&mut self, path: &str, bands: &[Node]) {
        let mut edges: BTreeMap<(String, String), Vec<Edge<'_>>> = BTreeMap::new();
        let mut order: Vec<(String, String)> = Vec::new();
        for (at, band) in bands.iter().enumerate() {
            let path = format!("{path}.{at}");
            let whom = band.get("when").map(Node::to_string).unwrap_or_default();
            for Entry { key, node, .. } in entries(Some(band)) {
                let Some(kind) = BoundKind::ALL.into_iter().find(|kind| kind.key() == key) else { continue };
                let place = (whom.clone(), node.get("value").unwrap_or(node).to_string());
                if !edges.contains_key(&place) {
                    order.push(place.clone());
                }
                edges.entry(place).or_default().push(Edge { path: path.clone(), kind, node });
            }
            if let Some(points) = band.get("points") {
                self.steps(&join(&path, "points"), points);
            }
        }
        for edges in order.iter().filter_map(|place| edges.get(place)) {
            self.edge(edges);
        }
    }

    /// Bounds of bands at one value: the value moves, and to which side it belongs.
    fn edge(&mut self, edges: &[Edge<'_>]) {
        let Some(value) = edges.first().map(|edge| edge.node.get("value").unwrap_or(edge.node)) else { return };
        for moved in moved(value) {
            let edit = |edge: &Edge<'_>| format!("{}.{}={moved}", edge.path, edge.kind.key());
            self.add(edges.iter().map(edit).collect(), value.to_string());
        }
        let flipped = edges.iter().map(|edge| {
            let other = other_side(edge.kind)?;
            Some(format!("{}.{}={}", edge.path, other.key(), edge.node))
        });
        if let Some(edits) = flipped.collect::<Option<Vec<_>>>() {
            let today: Vec<_> = edges.iter().map(|edge| edge.kind.key()).collect();
            self.add(edits, today.join(", "));
        }
    }

    fn group(&mut self, path: &str, node: &Node) {
        self.steps_at(path, node, "max");
        if let Some(caps) = node.get("cap") {
            self.each_of(&join(path, "cap"), caps, &["bonus", "penalty"]);
        }
        self.conditions(path, node);
    }

    fn level(&mut self, path: &str, node: &Node) {
        if let Some(score) = node.get("score") {
            self.each_of(&join(path, "score"), score, &["of", "at_least", "at_most"]);
        }
        if let Some(rank) = node.get("rank") {
            self.conditions(&join(path, "rank"), rank);
        }
        for entry in entries(node.get("grades")) {
            let path = join(&join(path, "grades"), &entry.key);
            for bar in entries(Some(&entry.node)) {
                self.bound(&path, &bar.key, &bar.node);
            }
            self.conditions(&path, &entry.node);
        }
    }

    fn award(&mut self, path: &str, node: &Node) {
        for (at, quota) in node.get("quota").and_then(Node::list).unwrap_or_default().iter().enumerate() {
            let path = format!("{path}.quota.{at}");
            self.each_of(&path, quota, &["at_most", "at_least", "up_to"]);
            if let Some(keep) = quota.get("keep") {
                self.steps_at(&join(&path, "keep"), keep, "places");
            }
        }
        self.conditions(path, node);
    }

    /// Each condition taken away.
    fn conditions(&mut self, path: &str, node: &Node) {
        let Some(requires) = node.get("requires") else { return };
        let all = requires.list().unwrap_or(std::slice::from_ref(requires));
        for (at, condition) in all.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.to_string());
            let others = others.collect::<Vec<_>>().join(", ");
            self.add(vec![format!("{path}.requires=[{others}]")], condition.to_string());
        }
    }

    fn each_of(&mut self, path: &str, node: &Node, keys: &[&str]) {
        for key in keys {
            self.steps_at(path, node, key);
        }
    }

    fn steps_at(&mut self, path: &str, node: &Node, key: &str) {
        if let Some(inner) = node.get(key) {
            self.steps(&join(path, key), inner);
        }
    }

    /// One step down and one up for a number or a day; the other answer for a flag.
    fn steps(&mut self, path: &str, node: &Node) {
        if let Some(value) = node.get("value") {
            return self.steps(path, value);
        }
        for (at, case) in node.list().unwrap_or_default().iter().enumerate() {
            if let Some(value) = case.get("value") {
                self.steps(&format!("{path}.{at}.value"), value);
            }
        }
        for moved in moved(node) {
            self.add(vec![format!("{path}={moved}")], node.to_string());
        }
    }
}

/// One end of a band.
struct Edge<'n> {
    /// The path of the band.
    path: String,
    kind: BoundKind,
    node: &'n Node,
}

/// A value one step lower and one higher, as it is written: numbers and percentages by one of their last digit.
fn moved(node: &Node) -> Vec<String> {
    match &node.content {
        Content::Number(number) => around(*number).iter().map(ToString::to_string).collect(),
        Content::Text(text) => {
            let hundredths = Number::parse_percentage(text).and_then(|share| share.times(Number::whole(100)).ok());
            let moved = hundredths.map(around).unwrap_or_default();
            moved.iter().map(|number| format!("\"{number}%\"")).collect()
        }
        Content::Day(day) => [-1, 1].into_iter().filter_map(|step| day.plus(step)).map(|day| day.to_string()).collect(),
        Content::Flag(flag) => vec![(!flag).to_string()],
        Content::List(_) | Content::Table(_) | Content::Faulty => Vec::new(),
    }
}

fn around(number: Number) -> Vec<Number> {
    let step = last_digit(number);
    [number.minus(step), number.plus(step)].into_iter().filter_map(Result::ok).collect()
}

/// One of the last digit that a decimal is written with.
fn last_digit(number: Number) -> Number {
    let text = number.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let ten = Number::whole(10);
    (0..decimals).try_fold(Number::ONE, |step, _| step.over(ten)).unwrap_or(Number::ONE)
}

/// The same bar with the other comparator: `at_least` as `more_than`.
fn other_side(kind: BoundKind) -> Option<BoundKind> {
    Some(match kind {
        BoundKind::AtLeast => BoundKind::MoreThan,
        BoundKind::MoreThan => BoundKind::AtLeast,
        BoundKind::AtMost => BoundKind::LessThan,
        BoundKind::LessThan => BoundKind::AtMost,
        BoundKind::From => BoundKind::After,
        BoundKind::After => BoundKind::From,
        BoundKind::By => BoundKind::Before,
        BoundKind::Before => BoundKind::By,
        BoundKind::Is | BoundKind::Present => return None,
    })
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}

/// The parts of a campaign that have ids, each with its path.
fn parts<'n>(document: &'n Node, key: &str) -> impl Iterator<Item = (String, &'n Node)> {
    entries(document.get(key)).map(move |entry| (join(key, &entry.key), &entry.node))
}

/// A path and the key below it, which may hold a dot.
fn join(path: &str, key: &str) -> String {
    if key.contains(['.', '[', ']']) { format!("{path}.\"{key}\"") } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::Source;

    fn edits(text: &str) -> Vec<String> {
        let document = parse(&Source::new("campaign.toml", text), &mut Vec::new());
        boundaries(&document).into_iter().map(|boundary| boundary.edits.join(" ")).collect()
    }

    #[test]
    fn bands_that_meet_move_together() {
        let found = edits(
            "criteria.c.points.bands = [{ less_than = \"95%\", points = 1.5 }, { at_least = \"95%\", points = 2 }]",
        );
        let path = "criteria.c.points.bands";
        let both = |value: &str| format!("{path}.0.less_than=\"{value}\" {path}.1.at_least=\"{value}\"");
        let flipped = format!("{path}.0.at_most=\"95%\" {path}.1.more_than=\"95%\"");
        let points = [(0, "1.4"), (0, "1.6"), (1, "1"), (1, "3")].map(|(at, it)| format!("{path}.{at}.points={it}"));
        assert_eq!(found, [points.as_slice(), &[both("94%"), both("96%"), flipped]].concat());
    }

    #[test]
    fn bands_for_others_are_tables_of_their_own() {
        let found = edits(
            "criteria.c.points.bands = [{ when.kind = \"a\", at_most = 5, points = { param = \"x\" } }, \
             { when.kind = \"b\", more_than = 5, points = { param = \"x\" } }]",
        );
        assert_eq!(found.len(), 6, "{found:?}");
        assert!(found.iter().all(|edits| !edits.contains(' ')), "{found:?}");
    }

    #[test]
    fn whatever_bounds_something_is_moved() {
        let moved = |text: &str| edits(text).join("; ");
        assert_eq!(
            moved("groups.\"a.1\" = { max = 5, cap = { bonus = 1, penalty = { param = \"p\" } } }"),
            "groups.\"a.1\".max=4; groups.\"a.1\".max=6; groups.\"a.1\".cap.bonus=0; groups.\"a.1\".cap.bonus=2"
        );
        assert_eq!(
            moved("levels.u.grades.good = { at_least = { value = 80, clause = \"1\" }, requires = [\"a\", \"b\"] }"),
            "levels.u.grades.good.at_least=79; levels.u.grades.good.at_least=81; \
             levels.u.grades.good.more_than={ value = 80, clause = \"1\" }; \
             levels.u.grades.good.requires=[\"b\"]; levels.u.grades.good.requires=[\"a\"]"
        );
        assert_eq!(moved("levels.u.rank.requires = \"a\""), "levels.u.rank.requires=[]");
        assert_eq!(
            moved("awards.f.quota = [{ at_most = \"15%\", at_least = 1, keep = { places = 2 } }]"),
            "awards.f.quota.0.at_most=\"14%\"; awards.f.quota.0.at_most=\"16%\"; awards.f.quota.0.at_least=0; \
             awards.f.quota.0.at_least=2; awards.f.quota.0.keep.places=1; awards.f.quota.0.keep.places=3"
        );
        assert_eq!(
            moved("criteria.c.within = { from = 2024-01-01, to = 2024-06-30 }"),
            "criteria.c.within.from=2023-12-31; criteria.c.within.from=2024-01-02; criteria.c.within.to=2024-06-29; \
             criteria.c.within.to=2024-07-01"
        );
        assert_eq!(
            moved("criteria.c.each.x.points = { met = 2, late = 0.5, never = -1 }"),
            "criteria.c.each.x.points.met=1; criteria.c.each.x.points.met=3; criteria.c.each.x.points.late=0.4; \
             criteria.c.each.x.points.late=0.6; criteria.c.each.x.points.never=-2; criteria.c.each.x.points.never=0"
        );
    }
}
