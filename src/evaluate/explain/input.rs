//! What a rule looked at for one unit, in the words of whoever wrote it.

use std::collections::BTreeSet;

use crate::rule::{Aggregate, Cell, Context, Derived, Expression, Measure, Type, Which};
use crate::source::Place;
use crate::value::Truth;

use super::super::judge::measured;
use super::super::measure::Owners;
use super::super::outcome::Measured;
use super::super::plan::Plan;
use super::reckoning::Input;

/// Everything that an expression looked at for a row: cells, row sets, and what was judged before. Branches that were
/// not taken were not looked at; params are told with their sources. `told` is left out.
pub(super) fn inputs<'d>(
    plan: &'d Plan,
    context: &Context<'d>,
    expression: &'d Expression,
    row: usize,
    told: &[&Expression],
) -> Vec<Input> {
    let mut passed: BTreeSet<*const Expression> = BTreeSet::new();
    expression.walk(&mut |inner| {
        if let Expression::If(condition, yes, no) = inner {
            let other = match context.truth(condition, row) {
                Ok(Truth::True) => no,
                Ok(Truth::False) => yes,
                _ => return,
            };
            other.walk(&mut |inner| _ = passed.insert(std::ptr::from_ref(inner)));
        }
    });
    let mut leaves: Vec<&'d Expression> = Vec::new();
    expression.walk(&mut |inner| {
        let is_leaf = matches!(inner, Expression::Field(_) | Expression::Derived { .. });
        let new = !leaves.contains(&inner) && !told.contains(&inner);
        if is_leaf && new && !passed.contains(&std::ptr::from_ref(inner)) {
            leaves.push(inner);
        }
    });
    let mut found: Vec<Input> = Vec::new();
    for input in leaves.into_iter().filter_map(|leaf| input(plan, context, leaf, row)) {
        if !found.contains(&input) {
            found.push(input);
        }
    }
    found
}

fn input<'d>(plan: &'d Plan, context: &Context<'d>, leaf: &'d Expression, row: usize) -> Option<Input> {
    let cell = context.evaluate(leaf, row).ok()?;
    match leaf {
        Expression::Field(field) => {
            let column = context.schema.column(field.table, field.column);
            let value = measured(&cell, Some(&Type::of_column(column)));
            Some(Input { what: column.header.to_string(), value: shown(value, &cell), of: Vec::new() })
        }
        Expression::Derived { id, path } => match plan.derived.get(*id)? {
            Derived::Fact(fact) => {
                let what = fact.judged.written(&plan.campaign.criteria, &plan.campaign.awards);
                Some(Input { what, value: shown(measured(&cell, None), &cell), of: Vec::new() })
            }
            Derived::Aggregate(aggregate) => {
                let what =
                    written(&aggregate.place).unwrap_or_else(|| context.schema.table(aggregate.table).id.clone());
                let anchor = context.follow(path, row);
                let of = anchor.map(|anchor| reaching(aggregate, context, anchor, &cell)).unwrap_or_default();
                Some(Input { what, value: shown(measured(&cell, None), &cell), of })
            }
        },
        _ => None,
    }
}

/// A value as it can be told: of nothing, that there is none.
fn shown(value: Measured, cell: &Cell<'_>) -> Measured {
    match (value, cell) {
        (Measured::Nothing, Cell::None) => Measured::Text(None),
        (value, _) => value,
    }
}

/// The peers that an extreme among them is of: those who have it.
fn reaching<'d>(aggregate: &'d Aggregate, context: &Context<'d>, anchor: usize, extreme: &Cell<'d>) -> Vec<usize> {
    if aggregate.peers.is_none() || extreme.is_none() {
        return Vec::new();
    }
    let owners = Owners::of(aggregate, context);
    let member = |row: &usize| {
        owners.counts_for(*row, anchor)
            && aggregate.filter.as_ref().is_none_or(|filter| context.truth(filter, *row) == Ok(Truth::True))
    };
    let rows: Vec<usize> = (0..context.data.table(aggregate.table).rows).filter(member).collect();
    let value = |expression: &'d Expression, row: usize| context.evaluate(expression, row).ok();
    match &aggregate.measure {
        Measure::Max(expression, _) | Measure::Min(expression, _) => {
            let has = |row: &usize| value(expression, *row).is_some_and(|cell| cell.equals(extreme) == Truth::True);
            rows.into_iter().filter(has).collect()
        }
        Measure::Pick { which: Which::Latest(key), .. } => foremost(&rows, |row| value(key, row), true),
        Measure::Pick { which: Which::First(key), .. } => foremost(&rows, |row| value(key, row), false),
        _ => Vec::new(),
    }
}

/// The rows with the greatest or the least key, where keys are known.
fn foremost<'d>(rows: &[usize], key: impl Fn(usize) -> Option<Cell<'d>>, greatest: bool) -> Vec<usize> {
    let position = |row: usize| match key(row)? {
        Cell::Day(day) => day.value().map(|day| crate::value::Number::whole(i64::from(day.days()))),
        cell => cell.as_number()?.value(),
    };
    let keyed: Vec<_> = rows.iter().filter_map(|row| Some((position(*row)?, *row))).collect();
    let keys = keyed.iter().map(|(key, _)| *key);
    let best = if greatest { keys.max() } else { keys.min() };
    keyed.iter().filter(|(key, _)| Some(*key) == best).map(|(_, row)| *row).collect()
}

/// A row set as the rule writes it: the chain of names and calls around the place that it is known by.
fn written(place: &Place) -> Option<String> {
    let Place::Text { source, span } = place else { return None };
    let text = source.text.as_str();
    let (before, from) = (text.get(..span.start)?, text.get(span.start..)?);
    let start = chain_start(before);
    let name = from.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(from.len());
    let end = span.start + name + from.get(name..).and_then(call_end).unwrap_or(0);
    let written = text.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(written.replace(" .", "."))
}

/// Where the chain of names and calls begins that ends at the end of a text.
fn chain_start(text: &str) -> usize {
    let mut start = text.len();
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ if letter.is_alphanumeric() || matches!(letter, '_' | '.') => {}
            // A chain goes on over lines where the next begins with a dot.
            _ if letter.is_whitespace() && text.get(at..).is_some_and(|rest| rest.trim_start().starts_with('.')) => {}
            _ => break,
        }
        start = at;
    }
    start
}

/// Where the call ends that a text begins with.
fn call_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (letter == ')').then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn chain(text: &str, at: &str) -> String {
        let source = Source::new("r.rhai", text);
        let start = text.find(at).unwrap();
        written(&Place::text(&source, start..start + at.len())).unwrap()
    }

    #[test]
    fn a_row_set_is_told_as_it_is_written() {
        let rule = "fn f(me) { let best = me.peers\n    .filter(|p| (p.value > 0))\n    .max(|p| p.value) + 1; best }";
        assert_eq!(chain(rule, "max"), "me.peers.filter(|p| (p.value > 0)).max(|p| p.value)");
        assert_eq!(chain("fn f() { unit.firms.count() }", "count"), "unit.firms.count()");
        assert_eq!(chain("fn f() { unit.firms.count() }", "firms"), "unit.firms");
    }
}
