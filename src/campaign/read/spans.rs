//! The period and its rounds.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::Node;
use crate::source::Place;
use crate::value::Day;

use super::super::{Round, Sourced, Span};
use super::values::basis;
use super::{Reader, entries, title};

pub(super) fn period(document: &Node, reader: &mut Reader<'_>) -> Option<Span> {
    let node = document.get("period")?;
    span("period", node, reader)
}

pub(super) fn rounds(document: &Node, period: Option<Span>, reader: &mut Reader<'_>) -> Vec<Round> {
    let mut rounds = Vec::new();
    let mut places = Vec::new();
    for entry in entries(document.get("rounds")) {
        let Some(span) = span(&format!("rounds.{}", entry.key), &entry.node, reader) else { continue };
        rounds.push(Round { id: entry.key.clone(), title: title(&entry.node), span });
        places.push(entry.place.clone());
    }
    for (round, place) in rounds.iter().zip(&places) {
        outside(round, period, place, reader);
    }
    neighbours(&rounds, &places, reader);
    rounds
}

fn span(path: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Span> {
    let (from, to) = (node.get("from")?.day()?, node.get("to")?.day()?);
    let value = Sourced { value: (), basis: basis(node, None), place: node.place.clone() };
    reader.account(path, &value, format!("{from} to {to}"), true);
    if to < from {
        let fault = Diagnostic::new(&catalogue::SPAN_REVERSED).with("key", path).with("from", from).with("to", to);
        reader.fault(fault.at(&node.place));
        return None;
    }
    Some(Span { from, to })
}

fn outside(round: &Round, period: Option<Span>, place: &Place, reader: &mut Reader<'_>) {
    let Some(period) = period.filter(|p| round.span.from < p.from || round.span.to > p.to) else { return };
    let fault = Diagnostic::new(&catalogue::ROUND_OUTSIDE_PERIOD).with("round", &round.id);
    reader.fault(fault.with("from", period.from).with("to", period.to).at(place));
}

/// Rounds that share days are a fault; days between rounds that belong to neither deserve a look.
fn neighbours(rounds: &[Round], places: &[Place], reader: &mut Reader<'_>) {
    let mut order: Vec<_> = rounds.iter().zip(places).collect();
    order.sort_by_key(|(round, _)| round.span.from);
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
        if b.from <= a.to {
            reader.fault(report(&catalogue::ROUNDS_OVERLAP, b.from, a.to.min(b.to)));
        } else if let (Some(from), Some(to)) = (a.to.plus(1), b.from.plus(-1))
            && from <= to
        {
            reader.fault(report(&catalogue::ROUNDS_LEAVE_GAP, from, to));
        }
    }
}
