//! A TOML document in which everything knows its place.

use crate::value::{Day, Number};

use std::fmt;

use crate::source::Place;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// Where it stands; for a table, its header or braces.
    pub place: Place,
    /// What stood here before an edit replaced it.
    pub replaced: Option<Box<Node>>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Content {
    /// Keys and their values, in the order of the text.
    Table(Table),
    /// A list.
    List(Vec<Node>),
    /// A text, in NFC.
    Text(String),
    /// A number, exact.
    Number(Number),
    /// `true` or `false`.
    Flag(bool),
    /// A calendar day.
    Day(Day),
    /// TOML that is no value of ours; it was reported where it was read.
    Faulty,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key, in NFC.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub node: Node,
}

/// Keys and their values, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Table(Vec<Entry>);

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.key.as_str())
    }

    /// Sets a key: in its old place if it is there, else at the end.
    pub fn set(&mut self, entry: Entry) {
        match self.0.iter_mut().find(|old| old.key == entry.key) {
            Some(old) => *old = entry,
            None => self.0.push(entry),
        }
    }

    /// Takes a key away.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.0.iter().position(|entry| entry.key == key)?;
        Some(self.0.remove(at))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Node {
    /// A value at a place.
    #[must_use]
    pub fn new(content: Content, place: Place) -> Self {
        Self { content, place, replaced: None }
    }

    /// The table, if it is one.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        if let Content::Table(table) = &self.content { Some(table) } else { None }
    }

    /// The table, to be changed, if it is one.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        if let Content::Table(table) = &mut self.content { Some(table) } else { None }
    }

    /// The value of a key, if this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        if let Content::Number(number) = self.content { Some(number) } else { None }
    }

    /// The flag, if it is one.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        if let Content::Flag(flag) = self.content { Some(flag) } else { None }
    }

    /// The day, if it is one.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        if let Content::Day(day) = self.content { Some(day) } else { None }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Node]> {
        if let Content::List(items) = &self.content { Some(items) } else { None }
    }

    /// The items of a list of texts, or a single text as a list of one.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match &self.content {
            Content::Text(text) => vec![text],
            Content::List(items) => items.iter().filter_map(Node::text).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether both say the same, wherever they stand.
    #[must_use]
    pub fn same_content(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Table(a), Content::Table(b)) => {
                a.0.len() == b.0.len()
                    && a.iter().all(|entry| b.get(&entry.key).is_some_and(|node| node.same_content(&entry.node)))
            }
            (Content::List(a), Content::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same_content(y))
            }
            (Content::Text(a), Content::Text(b)) => a == b,
            (Content::Number(a), Content::Number(b)) => a == b,
            (Content::Flag(a), Content::Flag(b)) => a == b,
            (Content::Day(a), Content::Day(b)) => a == b,
            _ => false,
        }
    }
}

/// As TOML writes it.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Text(text) => write!(f, "{text:?}"),
            Content::Number(number) => number.fmt(f),
            Content::Flag(flag) => flag.fmt(f),
            Content::Day(day) => day.fmt(f),
            Content::Faulty => f.write_str("?"),
            Content::List(items) => {
                let items: Vec<_> = items.iter().map(Node::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Content::Table(table) => {
                let entries: Vec<_> = table.iter().map(|entry| format!("{} = {}", entry.key, entry.node)).collect();
                write!(f, "{{ {} }}", entries.join(", "))
            }
        }
    }
}
