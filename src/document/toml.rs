//! The one place that calls the TOML parser.

use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Place, Source};
use crate::value::{Day, Number, NumberFault, nfc};

use super::{Content, Entry, Node, Table};

/// Reads a TOML document; faults are reported and the rest is read all the same, as well as it can be.
pub fn parse(source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Node {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let mut reader = Reader { source, faults };
    reader.report(errors);
    let table = reader.table(document.into_inner());
    Node::new(Content::Table(table), Place::File(source.name.clone()))
}

/// Reads one TOML value, as it stands after `=`; `None` if it is not TOML.
pub fn parse_value(source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Option<Node> {
    let (value, errors) = DeValue::parse_recoverable(&source.text);
    let mut reader = Reader { source, faults };
    let broken = !errors.is_empty();
    reader.report(errors);
    let node = reader.node(value);
    (!broken).then_some(node)
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    faults: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports where the text stops being TOML. After one bracket that is not closed the parser stumbles over every
    /// line, so only the first error is told.
    fn report(&mut self, errors: Vec<Error>) {
        let start = |error: &Error| error.span().map_or(0, |span| span.start);
        let Some(first) = errors.into_iter().min_by_key(start) else { return };
        let place = Place::text(self.source, first.span().unwrap_or(0..0));
        self.faults.push(Diagnostic::new(&catalogue::TOML_SYNTAX).with("reason", first.message().trim()).at(place));
    }

    fn table(&mut self, table: DeTable<'_>) -> Table {
        let mut result = Table::default();
        // The parser sorts keys; people order them, and the order of a scale means something.
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let place = Place::text(self.source, key.span());
            let node = self.node(value);
            result.set(Entry { key: nfc(key.get_ref()).into_owned(), place, node });
        }
        result
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let content = match value.into_inner() {
            DeValue::Table(table) => Content::Table(self.table(table)),
            DeValue::Array(items) => Content::List(items.into_iter().map(|item| self.node(item)).collect()),
            DeValue::String(text) => Content::Text(nfc(&text).into_owned()),
            DeValue::Boolean(flag) => Content::Flag(flag),
            DeValue::Integer(digits) => self.number(&digits.to_string(), &span),
            DeValue::Float(digits) => self.number(&digits.to_string(), &span),
            DeValue::Datetime(moment) => self.day(&moment, &span),
        };
        Node::new(content, Place::text(self.source, span))
    }

    // The parser keeps the digits as they were written, so nothing passes through a float.
    fn number(&mut self, digits: &str, span: &Range<usize>) -> Content {
        match Number::parse(&digits.replace('_', "")) {
            Ok(number) => Content::Number(number),
            Err(fault) => {
                let code = match fault {
                    NumberFault::NotANumber => &catalogue::NOT_A_DECIMAL,
                    NumberFault::TooLong => &catalogue::TOO_MANY_DIGITS,
                };
                self.faults.push(Diagnostic::new(code).with("text", digits).at(Place::text(self.source, span.clone())));
                Content::Faulty
            }
        }
    }

    fn day(&mut self, moment: &::toml::value::Datetime, span: &Range<usize>) -> Content {
        let date = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none());
        let day = date.and_then(|d| Day::new(i32::from(d.year), u32::from(d.month), u32::from(d.day)));
        // What has no date at all is broken, and the parser said so.
        if day.is_none() && (moment.date.is_some() || moment.time.is_some()) {
            let place = Place::text(self.source, span.clone());
            self.faults.push(Diagnostic::new(&catalogue::NOT_A_DAY).with("text", moment).at(place));
        }
        day.map_or(Content::Faulty, Content::Day)
    }
}

/// A text as TOML writes it, in quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    ::toml::Value::String(text.to_owned()).to_string()
}
