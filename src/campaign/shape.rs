//! The shape of a campaign file, as data: what is checked, what is suggested, and what the JSON Schema says.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Content, Node, Table};
use crate::source::Place;
use crate::value::nearest;

/// What a value must look like.
#[derive(Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A calendar day.
    Day,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A text, a number, a flag or a day.
    Literal,
    /// A text, or one in each language.
    Title,
    /// A literal, a reference, or cases: see [`super::Value`].
    Value,
    /// Conditions: a column, rule, level or round, and the literals it may equal.
    When,
    /// A list of such values.
    List(&'static Shape),
    /// Such a value, or a list of them.
    OneOrMany(&'static Shape),
    /// A table with these keys.
    Record(&'static [Field]),
    /// A table keyed by ids.
    Map(&'static Shape, Ids),
    /// Either of two shapes; a table is taken as the second.
    Either(&'static Shape, &'static Shape),
    /// Anything: it is checked where it is used.
    Any,
}

/// A key of a record.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, in one sentence.
    pub about: &'static str,
}

/// Which ids a map allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// Rules name these: small letters, digits and `_`, and no keyword of the rule language.
    Named,
    /// Only patches and arguments name these: `-` is allowed too.
    Plain,
}

/// Words that the rule language keeps for itself even after a dot, and the two that follow a unit.
const KEYWORDS: [&str; 41] = [
    "all", "as", "async", "await", "break", "case", "catch", "const", "continue", "default", "do", "else", "eval", "exit",
    "export", "false", "fn", "for", "go", "goto", "if", "import", "in", "is", "let", "loop", "match", "new", "own",
    "private", "public", "return", "shared", "spawn", "super", "switch", "this", "throw", "true", "with", "while",
];

/// Checks a value against a shape and reports every fault; returns whether there was none.
pub fn check(shape: &Shape, key: &str, node: &Node, faults: &mut Vec<Diagnostic>) -> bool {
    let before = faults.len();
    let fits = match (shape, &node.content) {
        (Shape::Text, Content::Text(_))
        | (Shape::Number, Content::Number(_))
        | (Shape::Flag, Content::Flag(_))
        | (Shape::Day, Content::Day(_))
        | (Shape::Literal, Content::Text(_) | Content::Number(_) | Content::Flag(_) | Content::Day(_))
        | (Shape::Title, Content::Text(_))
        | (Shape::Any, _) => true,
        (Shape::Word(words), Content::Text(text)) => word(words, key, text, &node.place, faults),
        (Shape::Title, Content::Table(table)) => record(TITLE, table, &node.place, faults),
        (Shape::Value, _) => value(key, node, faults),
        (Shape::When, Content::Table(table)) => {
            table.iter().all(|entry| check(&Shape::OneOrMany(&Shape::Literal), &entry.key, &entry.node, faults))
        }
        (Shape::List(item) | Shape::OneOrMany(item), Content::List(items)) => {
            items.iter().fold(true, |fits, node| check(item, key, node, faults) && fits)
        }
        (Shape::OneOrMany(item), _) => check(item, key, node, faults),
        (Shape::Record(fields), Content::Table(table)) => record(fields, table, &node.place, faults),
        (Shape::Map(shape, ids), Content::Table(table)) => map(shape, *ids, table, faults),
        (Shape::Either(_, second), Content::Table(_)) => check(second, key, node, faults),
        (Shape::Either(first, _), _) => check(first, key, node, faults),
        _ => false,
    };
    if !fits && faults.len() == before {
        faults.push(
            Diagnostic::new(&catalogue::WRONG_SHAPE)
                .with("key", key)
                .with("expected", shape.expected())
                .with("found", found(&node.content))
                .at(&node.place),
        );
    }
    fits
}

const TITLE: &[Field] = &[
    Field { key: "vi", shape: Shape::Text, required: false, about: "in Vietnamese" },
    Field { key: "en", shape: Shape::Text, required: false, about: "in English" },
];

/// The keys of a value that is written as a table.
pub const VALUE: &[Field] = &[
    Field { key: "value", shape: Shape::Literal, required: false, about: "the value itself" },
    Field { key: "param", shape: Shape::Text, required: false, about: "the value of this param" },
    Field { key: "column", shape: Shape::Text, required: false, about: "the unit's own value in this column" },
    Field { key: "rule", shape: Shape::Text, required: false, about: "what this rule returns" },
    Field { key: "unknown", shape: Shape::Text, required: false, about: "nobody knows it yet: why" },
    Field { key: "clause", shape: Shape::Text, required: false, about: "the clause of the directive that says so" },
    Field { key: "assumed", shape: Shape::Text, required: false, about: "why it is assumed" },
    Field { key: "about", shape: Shape::Text, required: false, about: "what it means" },
];

/// The keys of one case of a value.
pub const CASE: &[Field] = &[
    Field { key: "when", shape: Shape::When, required: false, about: "when this case holds; left out: always" },
    Field { key: "value", shape: Shape::Value, required: true, about: "the value then" },
    Field { key: "clause", shape: Shape::Text, required: false, about: "the clause of the directive that says so" },
    Field { key: "assumed", shape: Shape::Text, required: false, about: "why it is assumed" },
];

fn value(key: &str, node: &Node, faults: &mut Vec<Diagnostic>) -> bool {
    match &node.content {
        Content::List(cases) => cases.iter().fold(true, |fits, case| check(&Shape::Record(CASE), key, case, faults) && fits),
        Content::Table(table) => {
            let forms = ["value", "param", "column", "rule", "unknown"].iter().filter(|form| table.get(form).is_some());
            let one = forms.count() == 1;
            record(VALUE, table, &node.place, faults) && one
        }
        _ => true,
    }
}

fn word(words: &[&str], key: &str, text: &str, place: &Place, faults: &mut Vec<Diagnostic>) -> bool {
    let fits = words.contains(&text);
    if !fits {
        faults.push(
            Diagnostic::new(&catalogue::UNKNOWN_REFERENCE)
                .with("kind", key)
                .with("name", text)
                .maybe("near", nearest(text, words.iter().copied()))
                .with("known", words.join(", "))
                .at(place),
        );
    }
    fits
}

fn record(fields: &[Field], table: &Table, place: &Place, faults: &mut Vec<Diagnostic>) -> bool {
    let mut fits = true;
    for entry in table.iter() {
        if let Some(field) = fields.iter().find(|field| field.key == entry.key) {
            fits &= check(&field.shape, field.key, &entry.node, faults);
            continue;
        }
        fits = false;
        let known: Vec<_> = fields.iter().map(|field| field.key).filter(|key| table.get(key).is_none()).collect();
        let near = nearest(&entry.key, known.iter().copied());
        let known = near.is_none().then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", &entry.key).maybe("near", near);
        faults.push(fault.maybe("known", known).at(&entry.place));
    }
    for field in fields.iter().filter(|field| field.required && table.get(field.key).is_none()) {
        fits = false;
        let fault = Diagnostic::new(&catalogue::MISSING_KEY).with("key", field.key).with("about", field.about);
        faults.push(fault.at(place));
    }
    fits
}

fn map(shape: &Shape, ids: Ids, table: &Table, faults: &mut Vec<Diagnostic>) -> bool {
    let mut fits = true;
    for entry in table.iter() {
        if let Some(reason) = bad_id(&entry.key, ids) {
            fits = false;
            faults.push(Diagnostic::new(&catalogue::BAD_ID).with("id", &entry.key).with("reason", reason).at(&entry.place));
        }
        fits &= check(shape, &entry.key, &entry.node, faults);
    }
    fits
}

fn bad_id(id: &str, ids: Ids) -> Option<&'static str> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || (ids == Ids::Plain && c == '-');
    if !id.chars().all(letter) || id.is_empty() {
        return Some("it has other characters than an id may have");
    }
    match ids {
        Ids::Plain => None,
        Ids::Named if id.starts_with(|c: char| c.is_ascii_digit()) => Some("it begins with a digit"),
        Ids::Named => KEYWORDS.contains(&id).then_some("the rule language keeps this word for itself"),
    }
}

impl Shape {
    fn expected(&self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Number => "a number".into(),
            Self::Flag => "true or false".into(),
            Self::Day => "a day such as 2024-12-31".into(),
            Self::Word(words) => format!("one of {}", words.join(", ")),
            Self::Literal => "a text, a number, a day, true or false".into(),
            Self::Title => "a text or { vi = \"…\", en = \"…\" }".into(),
            Self::Value => "a value with exactly one of value, param, column, rule, unknown".into(),
            Self::When => "a table of conditions such as { sector = \"state\" }".into(),
            Self::List(item) => format!("a list of which each is {}", item.expected()),
            Self::OneOrMany(item) => format!("{} or a list of them", item.expected()),
            Self::Record(_) | Self::Map(..) => "a table".into(),
            Self::Either(first, second) => format!("{} or {}", first.expected(), second.expected()),
            Self::Any => "anything".into(),
        }
    }
}

fn found(content: &Content) -> &'static str {
    match content {
        Content::Table(_) => "a table",
        Content::List(_) => "a list",
        Content::Text(_) => "a text",
        Content::Number(_) => "a number",
        Content::Flag(_) => "true or false",
        Content::Day(_) => "a day",
    }
}
