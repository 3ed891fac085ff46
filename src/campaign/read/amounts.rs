//! Amounts that mean something only within bounds, wherever they are written.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;
use crate::value::Number;

use super::super::{Award, Criterion, Param, Quantity, Quota, Sourced, Value};
use super::Reader;

const POINTS: Phrase = Phrase::new("nought or more", "số không âm");
const COUNT: Phrase = Phrase::new("a whole number, nought or more", "số nguyên không âm");

/// Reports points below nought and quotas that are no count.
pub(super) fn amounts(params: &[Param], criteria: &[Criterion], awards: &[Award], reader: &mut Reader<'_>) {
    let points = criteria.iter().filter_map(|criterion| criterion.points.as_ref());
    for (number, place) in points.filter_map(|points| points.max.as_ref()).flat_map(|max| written(max, params)) {
        if number.is_negative() {
            reader.amount("max", POINTS, number, place);
        }
    }
    for quota in awards.iter().flat_map(|award| &award.quotas) {
        let (expected, fits): (_, fn(Number) -> bool) = match quota.share {
            Some(_) => (POINTS, |number| !number.is_negative()),
            None => (COUNT, Number::is_count),
        };
        for (number, place) in written(&quota.at_most, params) {
            if !fits(number) {
                reader.amount("at_most", expected, number, place);
            } else if number == Number::ZERO {
                reader.fault(Diagnostic::new(&catalogue::QUOTA_OF_NOUGHT).at(place));
            }
        }
        let at_least = quota.share.as_ref().and_then(|share| share.at_least.as_ref());
        let places = quota.keep.as_ref().map(|keep| &keep.places).filter(|_| !keeps_share(quota));
        for (key, amount) in [("at_least", at_least), ("up_to", quota.up_to.as_ref()), ("places", places)] {
            for (number, place) in amount.into_iter().flat_map(|amount| written(amount, params)) {
                if !number.is_count() {
                    reader.amount(key, COUNT, number, place);
                }
            }
        }
    }
}

fn keeps_share(quota: &Quota) -> bool {
    quota.keep.as_ref().is_some_and(|keep| keep.round.is_some())
}

/// The numbers that a value may be, as far as the campaign itself says.
fn written<'v>(value: &'v Sourced<Value>, params: &'v [Param]) -> Vec<(Number, &'v Place)> {
    match &value.value {
        Value::Literal(Quantity::Number { number, .. }) => vec![(*number, &value.place)],
        Value::Param(id) => {
            // The value of a param names no other param.
            let param = params.iter().find(|param| param.id == *id);
            param.map(|param| written(&param.value, &[])).unwrap_or_default()
        }
        Value::Cases(cases) => cases.iter().flat_map(|case| written(&case.value, params)).collect(),
        _ => Vec::new(),
    }
}

impl Reader<'_> {
    fn amount(&mut self, key: &str, expected: Phrase, found: Number, place: &Place) {
        let fault = Diagnostic::new(&catalogue::WRONG_SHAPE).with("key", key).with("expected", expected);
        self.fault(fault.with("found", found).at(place));
    }
}
