//! The shape of a campaign file, as data: what is checked, what is suggested, and what the JSON Schema says.

use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::document::{Content, Node, Table};
use crate::source::Place;
use crate::value::nearest;

use super::value::Sort;

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
    /// A literal, or a record of one: see [`super::Param`].
    Param,
    /// A day, or one of these words.
    DayOr(&'static [&'static str]),
    /// Rounds by id, or `every = "year"`.
    Rounds(&'static [Field]),
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
    /// What is said where it is missing; `None` if it may be left out.
    pub missed: Option<Phrase>,
    /// What it means, in a few words.
    pub about: &'static str,
}

impl Field {
    /// A key that may be left out.
    pub(crate) const fn may(key: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { key, shape, missed: None, about }
    }

    /// A key that must be there: what it means, in English and Vietnamese.
    pub(crate) const fn must(key: &'static str, shape: Shape, about: &'static str, vi: &'static str) -> Self {
        Self { key, shape, missed: Some(Phrase::new(about, vi)), about }
    }
}

/// Which ids a map allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// Rules name these: small letters, digits and `_`, and no keyword of the rule language.
    Named,
    /// Only patches and arguments name these: `-` is allowed too.
    Plain,
    /// Whatever the directive calls them.
    Free,
}

/// Words that the rule language keeps for itself even after a dot, and the two that follow a unit.
const KEYWORDS: [&str; 41] = [
    "all", "as", "async", "await", "break", "case", "catch", "const", "continue", "default", "do", "else", "eval",
    "exit", "export", "false", "fn", "for", "go", "goto", "if", "import", "in", "is", "let", "loop", "match", "new",
    "own", "private", "public", "return", "shared", "spawn", "super", "switch", "this", "throw", "true", "with",
    "while",
];

/// Checks a value against a shape and reports every fault; returns whether there was none.
pub fn check(shape: &Shape, key: &str, node: &Node, faults: &mut Vec<Diagnostic>) -> bool {
    let before = faults.len();
    let fits = match (shape, &node.content) {
        (Shape::Text | Shape::Title, Content::Text(_))
        | (Shape::Number, Content::Number(_))
        | (Shape::Flag, Content::Flag(_))
        | (Shape::Day | Shape::DayOr(_), Content::Day(_))
        | (Shape::Literal, Content::Text(_) | Content::Number(_) | Content::Flag(_) | Content::Day(_))
        | (Shape::Any, _)
        | (_, Content::Faulty) => true,
        (Shape::Word(words) | Shape::DayOr(words), Content::Text(text)) => word(words, key, text, &node.place, faults),
        (Shape::Title, Content::Table(table)) => record(TITLE, table, &node.place, faults),
        (Shape::Value, _) => value(key, node, faults),
        (Shape::Param, Content::Table(table)) => {
            record(PARAM, table, &node.place, faults)
                && (table.get("value").is_some() != table.get("unknown").is_some())
        }
        (Shape::Param, _) => check(&Shape::Literal, key, node, faults),
        (Shape::Rounds(_), Content::Table(table)) if table.get("every").is_some() => {
            record(EVERY, table, &node.place, faults)
        }
        (Shape::Rounds(fields), Content::Table(table)) => map(&Shape::Record(fields), Ids::Plain, table, faults),
        (Shape::When, Content::Table(table)) => {
            table.iter().all(|entry| check(&Shape::OneOrMany(&Shape::Literal), &entry.key, &entry.node, faults))
        }
        (Shape::List(item) | Shape::OneOrMany(item), Content::List(items)) => {
            items.iter().filter(|node| !check(item, key, node, faults)).count() == 0
        }
        (Shape::OneOrMany(item), _) => match (item, &node.content) {
            (Shape::Text, Content::Text(_)) => true,
            (Shape::Text, _) => false,
            _ => check(item, key, node, faults),
        },
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

const TITLE: &[Field] = &[Field::may("vi", Shape::Text, "in Vietnamese"), Field::may("en", Shape::Text, "in English")];

/// The keys of a value that is written as a table.
pub const VALUE: &[Field] = &[
    Field::may("value", Shape::Literal, "the value itself"),
    Field::may("param", Shape::Text, "the value of this param"),
    Field::may("column", Shape::Text, "the unit's own value in this column"),
    Field::may("rule", Shape::Text, "what this rule returns"),
    Field::may("unknown", Shape::Text, "nobody knows it yet: why"),
    Field::may("clause", Shape::Text, "the clause of the directive that says so"),
    Field::may("assumed", Shape::Text, "why it is assumed"),
    Field::may("about", Shape::Text, "what it means"),
];

/// The keys of a param that is written as a table.
pub const PARAM: &[Field] = &[
    Field::may("value", Shape::OneOrMany(&Shape::Literal), "the value itself, or numbers one after the other"),
    Field::may("unknown", Shape::Text, "nobody knows it yet: why"),
    Field::may("type", Shape::Word(&Sort::WORDS), "what kind of value it is; of an unknown one, if it is no date"),
    Field::may("clause", Shape::Text, "the clause of the directive that says so"),
    Field::may("assumed", Shape::Text, "why it is assumed"),
    Field::may("about", Shape::Text, "what it means"),
];

/// What is said of rounds that return.
pub const EVERY: &[Field] = &[
    Field::must(
        "every",
        Shape::Word(&["year"]),
        "one round for each year of the period",
        "mỗi năm trong thời gian phong trào là một đợt",
    ),
    Field::may("clause", Shape::Text, "the clause of the directive that says so"),
    Field::may("assumed", Shape::Text, "why it is assumed"),
];

/// The keys of one case of a value.
pub const CASE: &[Field] = &[
    Field::may("when", Shape::When, "when this case holds; left out: always"),
    Field::must("value", Shape::Value, "the value then", "giá trị khi đó"),
    Field::may("clause", Shape::Text, "the clause of the directive that says so"),
    Field::may("assumed", Shape::Text, "why it is assumed"),
];

fn value(key: &str, node: &Node, faults: &mut Vec<Diagnostic>) -> bool {
    match &node.content {
        Content::List(cases) => {
            cases.iter().filter(|case| !check(&Shape::Record(CASE), key, case, faults)).count() == 0
        }
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
            Diagnostic::new(&catalogue::UNKNOWN_SETTING)
                .with("key", key)
                .with("word", text)
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
        // A key that is there already was not meant.
        let missing = |key: &&str| table.get(key).is_none();
        let known = || fields.iter().map(|field| field.key);
        let near = nearest(&entry.key, known()).filter(missing);
        let known = near.is_none().then(|| known().filter(missing).collect::<Vec<_>>().join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", &entry.key).maybe("near", near);
        faults.push(fault.maybe("known", known).at(&entry.place));
    }
    let missing = fields.iter().filter(|field| table.get(field.key).is_none());
    for (key, about) in missing.filter_map(|field| Some((field.key, field.missed?))) {
        fits = false;
        faults.push(Diagnostic::new(&catalogue::MISSING_KEY).with("key", key).with("about", about).at(place));
    }
    fits
}

fn map(shape: &Shape, ids: Ids, table: &Table, faults: &mut Vec<Diagnostic>) -> bool {
    let mut fits = true;
    for entry in table.iter() {
        if let Some((reason, remedy)) = bad_id(&entry.key, ids) {
            fits = false;
            let fault = Diagnostic::new(&catalogue::BAD_ID).with("id", &entry.key).with("reason", reason);
            faults.push(fault.with("remedy", remedy).at(&entry.place));
        }
        fits &= check(shape, &entry.key, &entry.node, faults);
    }
    fits
}

const WRONG_LETTERS: Phrase =
    Phrase::new("it has other characters than an id may have", "có ký tự không được dùng trong mã");
const DIGIT_FIRST: Phrase = Phrase::new("it begins with a digit", "bắt đầu bằng chữ số");
const KEYWORD: Phrase =
    Phrase::new("the rule language keeps this word for itself", "đây là từ riêng của ngôn ngữ quy tắc");
const PLAIN_LETTERS: Phrase =
    Phrase::new("use small letters a–z, digits, `-` and `_`", "dùng chữ thường a–z, chữ số, `-` và `_`");
const NAME_LETTERS: Phrase = Phrase::new(
    "use small letters a–z, digits and `_`, beginning with a letter",
    "dùng chữ thường a–z, chữ số và `_`, bắt đầu bằng chữ",
);
const ANOTHER_WORD: Phrase = Phrase::new("choose another word", "hãy chọn từ khác");

/// Why a text cannot be an id, and the remedy.
fn bad_id(id: &str, ids: Ids) -> Option<(Phrase, Phrase)> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || (ids == Ids::Plain && c == '-');
    let fits = !id.is_empty() && id.chars().all(letter);
    match ids {
        Ids::Free => None,
        Ids::Plain => (!fits).then_some((WRONG_LETTERS, PLAIN_LETTERS)),
        Ids::Named if !fits => Some((WRONG_LETTERS, NAME_LETTERS)),
        Ids::Named if id.starts_with(|c: char| c.is_ascii_digit()) => Some((DIGIT_FIRST, NAME_LETTERS)),
        Ids::Named => KEYWORDS.contains(&id).then_some((KEYWORD, ANOTHER_WORD)),
    }
}

const A_TEXT: Phrase = Phrase::new("a text", "chữ trong ngoặc kép");
const A_NUMBER: Phrase = Phrase::new("a number", "số");
const A_FLAG: Phrase = Phrase::new("true or false", "true hoặc false");
const A_DAY: Phrase = Phrase::new("a day", "ngày");
const A_TABLE: Phrase = Phrase::new("a table", "bảng");

impl Shape {
    fn expected(&self) -> Wording {
        match self {
            Self::Text => A_TEXT.into(),
            Self::Number => A_NUMBER.into(),
            Self::Flag => A_FLAG.into(),
            Self::Day => Phrase::new("a day such as 2024-12-31", "ngày như 2024-12-31").into(),
            Self::Word(words) => Phrase::new("one of {words}", "một trong {words}").with("words", words.join(", ")),
            Self::Literal => {
                Phrase::new("a text, a number, a day, true or false", "chữ, số, ngày, true hoặc false").into()
            }
            Self::Title => {
                Phrase::new("a text or { vi = \"…\", en = \"…\" }", "chữ hoặc { vi = \"…\", en = \"…\" }").into()
            }
            Self::Value => Phrase::new(
                "a value with exactly one of value, param, column, rule, unknown",
                "giá trị với đúng một trong value, param, column, rule, unknown",
            )
            .into(),
            Self::Param => Phrase::new(
                "a written value, or a table with `value` or `unknown`",
                "giá trị viết sẵn, hoặc bảng có `value` hoặc `unknown`",
            )
            .into(),
            Self::When => Phrase::new(
                "a table of conditions such as { sector = \"state\" }",
                "bảng điều kiện như { sector = \"state\" }",
            )
            .into(),
            Self::List(item) => Phrase::new("a list of which each is {item}", "danh sách, mỗi mục là {item}")
                .with("item", item.expected()),
            Self::OneOrMany(item) => {
                Phrase::new("{item} or a list of them", "{item} hoặc danh sách như vậy").with("item", item.expected())
            }
            Self::DayOr(words) => {
                Phrase::new("a day, or {words}", "ngày, hoặc {words}").with("words", words.join(", "))
            }
            Self::Record(_) | Self::Map(..) | Self::Rounds(_) => A_TABLE.into(),
            Self::Either(first, second) => Phrase::new("{first} or {second}", "{first} hoặc {second}")
                .with("first", first.expected())
                .with("second", second.expected()),
            Self::Any => Phrase::new("anything", "giá trị nào cũng được").into(),
        }
    }
}

impl Sort {
    /// In words.
    pub(super) fn phrase(self) -> Phrase {
        match self {
            Self::Number => A_NUMBER,
            Self::Day => A_DAY,
            Self::Text => A_TEXT,
            Self::Flag => A_FLAG,
            Self::List => Phrase::new("a list of numbers", "danh sách số"),
        }
    }
}

/// What a value is, for a message.
pub(super) fn found(content: &Content) -> Phrase {
    match content {
        Content::Table(_) => A_TABLE,
        Content::List(_) => Phrase::new("a list", "danh sách"),
        Content::Text(_) => A_TEXT,
        Content::Number(_) => A_NUMBER,
        Content::Flag(_) => A_FLAG,
        Content::Day(_) => A_DAY,
        Content::Faulty => Phrase::new("nothing that can be read", "giá trị không đọc được"),
    }
}
