//! The period and its rounds.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::Node;
use crate::schema::Title;
use crate::source::Place;
use crate::value::Day;

use super::super::shape::found;
use super::super::{Param, Quantity, Round, Sourced, Span, Value};
use super::values::{basis, sourced};
use super::{Reader, entries, title};

const PARAM: Phrase = Phrase::new("param", "tham số");
const A_FIRST_DAY: Phrase =
    Phrase::new("a day, a param that is one, or `unknown`", "ngày, tham số kiểu ngày, hoặc `unknown`");
const FIRST_YEAR: Phrase =
    Phrase::new("the first day, without which there is no first year", "ngày đầu; không có thì không biết năm đầu");

pub(super) fn period(document: &Node, params: &[Param], reader: &mut Reader<'_>) -> Option<Span> {
    let node = document.get("period")?;
    span("period", node, params, reader)
}

pub(super) fn rounds(document: &Node, period: Option<Span>, params: &[Param], reader: &mut Reader<'_>) -> Vec<Round> {
    if let Some(rounds) = document.get("rounds").filter(|rounds| rounds.get("every").is_some()) {
        return period.map(|period| yearly(rounds, period, reader)).unwrap_or_default();
    }
    let mut rounds = Vec::new();
    let mut places = Vec::new();
    for entry in entries(document.get("rounds")) {
        let Some(span) = span(&format!("rounds.{}", entry.key), &entry.node, params, reader) else { continue };
        rounds.push(Round { id: entry.key.clone(), title: title(&entry.node), span });
        places.push(entry.place.clone());
    }
    for (round, place) in rounds.iter().zip(&places) {
        outside(round, period, place, reader);
    }
    neighbours(&rounds, &places, reader);
    rounds
}

/// One round for each year of the period, by its number.
fn yearly(node: &Node, period: Span, reader: &mut Reader<'_>) -> Vec<Round> {
    let value = Sourced { value: (), basis: basis(node, None), place: node.place.clone() };
    reader.account("rounds.every", &value, "year", true);
    let Some(from) = period.from else {
        reader.missing("period.from", FIRST_YEAR, &node.place);
        return Vec::new();
    };
    let years = from.parts().0..=period.to.parts().0;
    let round = |year: i32| {
        let (first, last) = (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?);
        let span = Span { from: Some(first.max(from)), to: last.min(period.to) };
        Some(Round { id: year.to_string(), title: Title::default(), span })
    };
    years.filter_map(round).collect()
}

/// The clauses that say from when to when.
pub(super) fn clauses(document: &Node) -> Vec<String> {
    let rounds = document.get("rounds");
    let spans = document.get("period").into_iter().chain(rounds).chain(entries(rounds).map(|entry| &entry.node));
    let ends = spans.flat_map(|span| [Some(span), span.get("from"), span.get("to")]).flatten();
    ends.filter_map(|node| node.get("clause")?.text().map(str::to_owned)).collect()
}

fn span(path: &str, node: &Node, params: &[Param], reader: &mut Reader<'_>) -> Option<Span> {
    let (from, to) = (first_day(node.get("from")?, node, params, reader)?, node.get("to")?.day()?);
    let value = Sourced { value: (), basis: basis(node, None), place: node.place.clone() };
    let written = from.map_or_else(|| "?".to_owned(), |from| from.to_string());
    // A first day that nobody knows has a reason of its own.
    reader.account(path, &value, format!("{written} to {to}"), from.is_some());
    if let Some(from) = from.filter(|from| to < *from) {
        let fault = Diagnostic::new(&catalogue::SPAN_REVERSED).with("key", path).with("from", from).with("to", to);
        reader.fault(fault.at(&node.place));
        return None;
    }
    Some(Span { from, to })
}

/// The first day of a span; `Some(None)` where nobody knows it, `None` where it is faulty.
#[expect(clippy::option_option, reason = "faulty, unknown, or a day")]
fn first_day(node: &Node, span: &Node, params: &[Param], reader: &mut Reader<'_>) -> Option<Option<Day>> {
    let written = sourced(node, Some(span), reader)?;
    let value = match &written.value {
        Value::Param(id) => match params.iter().find(|param| param.id == *id) {
            Some(param) => &param.value.value,
            None => {
                reader.unknown(PARAM, id, params.iter().map(|param| param.id.as_str()), &written.place);
                return None;
            }
        },
        other => other,
    };
    match value {
        Value::Literal(Quantity::Day(day)) => Some(Some(*day)),
        Value::Unknown(_) => Some(None),
        _ => {
            let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", "from").with("expected", A_FIRST_DAY);
            reader.fault(fault.with("found", found(&node.content)).at(&written.place));
            None
        }
    }
}

fn outside(round: &Round, period: Option<Span>, place: &Place, reader: &mut Reader<'_>) {
    let before = |first: Option<Day>, second: Option<Day>| first.zip(second).is_some_and(|(a, b)| a < b);
    let Some(period) = period.filter(|p| before(round.span.from, p.from) || round.span.to > p.to) else { return };
    let fault = Diagnostic::new(&catalogue::ROUND_OUTSIDE_PERIOD).with("round", &round.id);
    let from = period.from.map_or_else(|| "?".to_owned(), |from| from.to_string());
    reader.fault(fault.with("from", from).with("to", period.to).at(place));
}

/// Rounds that share days are a fault; days between rounds that belong to neither deserve a look.
fn neighbours(rounds: &[Round], places: &[Place], reader: &mut Reader<'_>) {
    let mut order: Vec<_> = rounds.iter().zip(places).collect();
    order.sort_by_key(|(round, _)| (round.span.to, round.span.from));
    for (first, second) in order.iter().zip(order.iter().skip(1)) {
        let (a, b) = (first.0.span, second.0.span);
        let report = |entry, from: Day, to: Day| {
            Diagnostic::new(entry)
                .with("first", &first.0.id)
                .with("second", &second.0.id)
                .with("from", from)
                .with("to", to)
                .at(second.1)
        };
        // Of rounds of which only the last days are known, the later one begins after the other ends, or nobody can say.
        let Some(begin) = b.from else { continue };
        if begin <= a.to {
            reader.fault(report(&catalogue::ROUNDS_OVERLAP, begin, a.to.min(b.to)));
        } else if let (Some(from), Some(to)) = (a.to.plus(1), begin.plus(-1))
            && from <= to
        {
            reader.fault(report(&catalogue::ROUNDS_LEAVE_GAP, from, to));
        }
    }
}
