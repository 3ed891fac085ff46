//! The keys of an order: `score desc`, or a table where more is to be said.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::Node;
use crate::source::Place;
use crate::value::Number;

use super::super::{Direction, RankKey};
use super::Reader;

const PLACES: Phrase = Phrase::new("a whole number from 0 to 9", "số nguyên từ 0 đến 9");
const A_SUBJECT: Phrase = Phrase::new("what is compared: `key` or `rule`", "điều được so sánh: `key` hoặc `rule`");
const ONE_SUBJECT: Phrase = Phrase::new("either `key` or `rule`", "hoặc `key` hoặc `rule`");

pub(super) fn rank_keys(node: Option<&Node>, reader: &mut Reader<'_>) -> Vec<RankKey> {
    let nodes = match node {
        Some(node) => node.list().unwrap_or(std::slice::from_ref(node)),
        None => &[],
    };
    nodes
        .iter()
        .filter_map(|node| if node.table().is_some() { full(node, reader) } else { short(node, reader) })
        .collect()
}

/// `score desc`
fn short(node: &Node, reader: &mut Reader<'_>) -> Option<RankKey> {
    let text = node.text()?;
    let mut words = text.split_whitespace();
    let key = match (words.next(), words.next().and_then(direction), words.next()) {
        (Some(subject), Some(direction), None) => Some((subject, direction)),
        _ => None,
    };
    if key.is_none() {
        reader.fault(Diagnostic::new(&catalogue::BAD_RANK_KEY).with("text", text).at(&node.place));
    }
    let (subject, direction) = key?;
    let subject = subject.to_owned();
    Some(RankKey { subject, direction, places: None, among_tied: false, place: node.place.clone() })
}

/// `{ rule = "head_to_head", among = "tied", order = "desc" }`
fn full(node: &Node, reader: &mut Reader<'_>) -> Option<RankKey> {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let subject = match (text("key"), text("rule")) {
        (Some(_), Some(rule)) => {
            let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "by").with("expected", ONE_SUBJECT);
            reader.fault(fault.with("found", rule).at(&node.place));
            None
        }
        (None, None) => {
            reader.missing("key", A_SUBJECT, &node.place);
            None
        }
        (key, rule) => key.or(rule),
    };
    let round = node.get("round").and_then(|round| digits("round", round.number()?, &round.place, reader));
    Some(RankKey {
        subject: subject?.to_owned(),
        direction: direction(text("order")?)?,
        places: round,
        among_tied: text("among") == Some("tied"),
        place: node.place.clone(),
    })
}

fn direction(word: &str) -> Option<Direction> {
    match word {
        "desc" => Some(Direction::Descending),
        "asc" => Some(Direction::Ascending),
        _ => None,
    }
}

/// Digits after the point.
pub(super) fn digits(key: &str, places: Number, place: &Place, reader: &mut Reader<'_>) -> Option<u32> {
    let digits = places.to_whole().and_then(|whole| u32::try_from(whole).ok()).filter(|digits| *digits <= 9);
    if digits.is_none() {
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", key).with("expected", PLACES);
        reader.fault(fault.with("found", places).at(place));
    }
    digits
}
