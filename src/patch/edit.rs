//! Edits of data: which rows of which table, and what becomes of them.
//!
//! An edit is only read here. What its names mean, and what its texts are, shows beside a schema.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Content, Entry, Node, Table, parse_value};
use crate::source::{Place, Source};
use crate::value::nearest;

/// A name or a text of an edit, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// One edit of a table.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The table.
    pub table: Word,
    /// What becomes of it.
    pub action: Action,
    /// The edit as people write it on one line.
    pub label: String,
    /// Where it stands.
    pub place: Place,
}

/// What becomes of a table.
#[derive(Clone, Debug)]
pub enum Action {
    /// Cells of some rows say something else.
    Set {
        /// The rows.
        rows: Rows,
        /// The columns and what they say then; a blank text is a blank cell.
        cells: Vec<(Word, Word)>,
    },
    /// Some rows are gone.
    Remove(Rows),
    /// There are more rows: each a list of columns and what they say.
    Add(Vec<Vec<(Word, Word)>>),
    /// Another file takes its place.
    File(Word),
}

/// Some rows of a table.
#[derive(Clone, Debug)]
pub enum Rows {
    /// Those with these keys; parts of a key of several columns are joined by ` / `.
    Keys(Vec<Word>),
    /// Those for which all tests hold.
    Where(Vec<Test>),
}

/// A test of a cell.
#[derive(Clone, Debug)]
pub struct Test {
    /// The column.
    pub column: Word,
    /// How the cell must compare with one of the values.
    pub compares: Compares,
    /// The values; a blank text is a cell that says nothing.
    pub values: Vec<Word>,
}

/// How a cell compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compares {
    /// It is the same.
    Equal,
    /// It is this or more, or later.
    AtLeast,
    /// It is more, or later.
    MoreThan,
    /// It is this or less, or earlier.
    AtMost,
    /// It is less, or earlier.
    LessThan,
}

impl Compares {
    /// Whether an order of a cell and a value is meant.
    #[must_use]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::MoreThan => order.is_gt(),
            Self::AtMost => order.is_le(),
            Self::LessThan => order.is_lt(),
        }
    }

    /// The comparison of a key in TOML.
    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "at_least" | "from" => Self::AtLeast,
            "more_than" | "after" => Self::MoreThan,
            "at_most" | "by" => Self::AtMost,
            "less_than" | "before" => Self::LessThan,
            _ => return None,
        })
    }
}

const KEYS: [&str; 7] = ["table", "rows", "where", "set", "remove", "add", "file"];
const COMPARISONS: [&str; 8] = ["at_least", "more_than", "at_most", "less_than", "from", "after", "by", "before"];
const TABLE_OF_EDIT: Phrase = Phrase::new("the table that is edited", "bảng được sửa");
const WHAT: Phrase = Phrase::new(
    "what becomes of it: one of `set`, `remove`, `add`, `file`",
    "sửa thế nào: một trong `set`, `remove`, `add`, `file`",
);
const ROWS: Phrase = Phrase::new(
    "which rows: `rows` with their keys, or `where` with conditions",
    "dòng nào: `rows` với mã, hoặc `where` với điều kiện",
);

/// Reads an edit of a TOML file.
pub fn read(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Edit> {
    let before = faults.len();
    for entry in entries(Some(node)).filter(|entry| !KEYS.contains(&entry.key.as_str())) {
        let fault = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", &entry.key);
        faults.push(fault.maybe("near", nearest(&entry.key, KEYS)).at(&entry.place));
    }
    let table = node.get("table").and_then(word);
    if table.is_none() {
        faults.push(missing("table", TABLE_OF_EDIT, &node.place));
    }
    let action = action(node, faults);
    let (table, action) = (table?, action?);
    let label = node.table().map(|inner| label(&table.text, inner)).unwrap_or_default();
    (faults.len() == before).then_some(Edit { table, action, label, place: node.place.clone() })
}

fn missing(key: &'static str, about: Phrase, place: &Place) -> Diagnostic {
    Diagnostic::new(&catalogue::MISSING_KEY).with("key", key).with("about", about).at(place)
}

fn action(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Action> {
    if let Some(file) = node.get("file") {
        return word(file).map(Action::File);
    }
    if let Some(added) = node.get("add") {
        let rows = added.list().unwrap_or(std::slice::from_ref(added));
        return Some(Action::Add(rows.iter().map(cells).collect()));
    }
    let remove = node.get("remove").and_then(Node::flag) == Some(true);
    let set = node.get("set");
    if set.is_none() && !remove {
        faults.push(missing("set", WHAT, &node.place));
        return None;
    }
    let Some(rows) = rows(node, faults) else {
        faults.push(missing("rows", ROWS, &node.place));
        return None;
    };
    Some(match set {
        Some(set) => Action::Set { rows, cells: cells(set) },
        None => Action::Remove(rows),
    })
}

fn rows(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Rows> {
    if let Some(keys) = node.get("rows") {
        let keys = keys.list().unwrap_or(std::slice::from_ref(keys));
        return Some(Rows::Keys(keys.iter().filter_map(word).collect()));
    }
    let tests = entries(node.get("where")).flat_map(|entry| tests(entry, faults)).collect();
    node.get("where").map(|_| Rows::Where(tests))
}

/// Reads tests of cells: all entries of a table, as under `where`.
pub fn read_tests(node: &Node, faults: &mut Vec<Diagnostic>) -> Vec<Test> {
    entries(Some(node)).flat_map(|entry| tests(entry, faults)).collect()
}

/// Reads what cells say: all entries of a table, as under `set`.
#[must_use]
pub fn read_cells(node: &Node) -> Vec<(Word, Word)> {
    cells(node)
}

/// `workers = 30`, `union = ["H01", "H02"]`, `workers = { at_least = 20 }`.
fn tests(entry: &Entry, faults: &mut Vec<Diagnostic>) -> Vec<Test> {
    let column = Word { text: entry.key.clone(), place: entry.place.clone() };
    let Some(bounds) = entry.node.table() else {
        let values = entry.node.list().unwrap_or(std::slice::from_ref(&entry.node));
        return vec![Test { column, compares: Compares::Equal, values: values.iter().filter_map(word).collect() }];
    };
    let mut found = Vec::new();
    for bound in bounds.iter() {
        match Compares::of_key(&bound.key).zip(word(&bound.node)) {
            Some((compares, value)) => found.push(Test { column: column.clone(), compares, values: vec![value] }),
            None => {
                let fault = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", &bound.key);
                faults.push(fault.maybe("near", nearest(&bound.key, COMPARISONS)).at(&bound.place));
            }
        }
    }
    found
}

fn cells(node: &Node) -> Vec<(Word, Word)> {
    let cell = |entry: &Entry| Some((Word { text: entry.key.clone(), place: entry.place.clone() }, word(&entry.node)?));
    entries(Some(node)).filter_map(cell).collect()
}

/// A literal as a cell would say it.
fn word(node: &Node) -> Option<Word> {
    let text = match &node.content {
        Content::Text(text) => text.clone(),
        Content::Number(_) | Content::Flag(_) | Content::Day(_) => node.to_string(),
        Content::List(_) | Content::Table(_) | Content::Faulty => return None,
    };
    Some(Word { text, place: node.place.clone() })
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    node.and_then(Node::table).into_iter().flat_map(Table::iter)
}

fn label(table: &str, edit: &Table) -> String {
    let parts = edit.iter().filter(|entry| entry.key != "table").map(|entry| format!("{} {}", entry.key, entry.node));
    format!("{table}: {}", parts.collect::<Vec<_>>().join(" "))
}

/// Reads an edit of the command line:
///
/// ```text
/// firms[0100000001].union_founded=2024-11-01       cells of rows by key
/// firms[union=H06,workers>=20].union_founded=      cells of all rows where …; a blank cell
/// -violations[union=H06]                           rows removed
/// +firms{tax_code="9", union="H06", workers=30}    a row added
/// firms=firms-2025.csv                             a whole file
/// ```
pub fn parse(text: &str, faults: &mut Vec<Diagnostic>) -> Option<Edit> {
    let source = Source::new(format!("--edit {text}"), text);
    let edit = Line { source: &source, text }.edit();
    if edit.is_none() {
        faults.push(
            Diagnostic::new(&catalogue::BAD_DATA_EDIT).with("text", text).at(Place::text(&source, 0..text.len())),
        );
    }
    edit
}

/// An edit on one line.
struct Line<'t> {
    source: &'t Arc<Source>,
    text: &'t str,
}

impl Line<'_> {
    fn edit(&self) -> Option<Edit> {
        let place = Place::text(self.source, 0..self.text.len());
        let (table, action) = match self.text.strip_prefix(['+', '-']) {
            Some(rest) if self.text.starts_with('+') => {
                let at = rest.find('{')?;
                let row = Source::new(self.source.name.clone(), rest.get(at..)?);
                let row = parse_value(&row, &mut Vec::new())?;
                (rest.get(..at)?, Action::Add(vec![cells(&row)]))
            }
            Some(rest) => {
                let (table, rows) = rest.strip_suffix(']')?.split_once('[')?;
                (table, Action::Remove(self.rows(rows)?))
            }
            None => match self.text.split_once('[') {
                Some((table, rest)) => {
                    let (rows, cell) = rest.rsplit_once("].")?;
                    let (column, value) = cell.split_once('=')?;
                    let cells = vec![(self.word(column), self.word(value))];
                    (table, Action::Set { rows: self.rows(rows)?, cells })
                }
                None => {
                    let (table, file) = self.text.split_once('=')?;
                    (table, Action::File(self.word(file)))
                }
            },
        };
        (!table.trim().is_empty()).then(|| Edit { table: self.word(table), action, label: self.text.to_owned(), place })
    }

    /// Keys, or tests such as `workers>=20`.
    fn rows(&self, text: &str) -> Option<Rows> {
        const OPERATORS: [(&str, Compares); 5] = [
            (">=", Compares::AtLeast),
            ("<=", Compares::AtMost),
            (">", Compares::MoreThan),
            ("<", Compares::LessThan),
            ("=", Compares::Equal),
        ];
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        if !text.contains(['=', '<', '>']) {
            return Some(Rows::Keys(parts.into_iter().map(|key| self.word(key)).collect()));
        }
        let tested = |part: &str| {
            let (operator, compares) = OPERATORS.into_iter().find(|(operator, _)| part.contains(operator))?;
            let (column, value) = part.split_once(operator)?;
            Some(Test { column: self.word(column), compares, values: vec![self.word(value)] })
        };
        parts.into_iter().map(tested).collect::<Option<_>>().map(Rows::Where)
    }

    fn word(&self, part: &str) -> Word {
        let text = part.trim();
        let at = (text.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        Word { text: crate::value::nfc(text).into_owned(), place: Place::text(self.source, at..at + part.trim().len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut faults = Vec::new();
        match parse(text, &mut faults) {
            Some(edit) => format!("{} {}", edit.table.text, said(&edit.action)),
            None => faults.iter().map(Diagnostic::code).collect(),
        }
    }

    fn said(action: &Action) -> String {
        let cells = |cells: &[(Word, Word)]| {
            cells.iter().map(|(column, value)| format!("{}:={}", column.text, value.text)).collect::<Vec<_>>().join(" ")
        };
        let rows = |rows: &Rows| match rows {
            Rows::Keys(keys) => keys.iter().map(|key| key.text.as_str()).collect::<Vec<_>>().join("|"),
            Rows::Where(tests) => {
                let test = |test: &Test| {
                    let values: Vec<_> = test.values.iter().map(|value| value.text.as_str()).collect();
                    format!("{} {:?} {}", test.column.text, test.compares, values.join("|"))
                };
                tests.iter().map(test).collect::<Vec<_>>().join(" & ")
            }
        };
        match action {
            Action::Set { rows: of, cells: to } => format!("{}: {}", rows(of), cells(to)),
            Action::Remove(of) => format!("without {}", rows(of)),
            Action::Add(added) => added.iter().map(|row| "with ".to_owned() + &cells(row)).collect(),
            Action::File(file) => format!("from {}", file.text),
        }
    }

    #[test]
    fn an_edit_fits_on_a_line() {
        assert_eq!(line("firms[1, 2].founded=2024-11-01"), "firms 1|2: founded:=2024-11-01");
        assert_eq!(
            line("firms[union=H06,workers>=20].founded="),
            "firms union Equal H06 & workers AtLeast 20: founded:="
        );
        assert_eq!(line("-violations[union=H06]"), "violations without union Equal H06");
        assert_eq!(line("+firms{code=\"9\", workers=30}"), "firms with code:=9 workers:=30");
        assert_eq!(line("firms=other.csv"), "firms from other.csv");
        for broken in ["", "firms", "firms[1]", "firms[1].x", "-firms", "+firms[1]", "[1].x=2", "=x", "firms[a>=].x"] {
            assert!(line(broken) == "bad-data-edit" || broken == "firms[a>=].x", "{broken}: {}", line(broken));
        }
    }

    #[test]
    fn an_edit_in_a_file_says_the_same() {
        let mut faults = Vec::new();
        let text = "edits = [{ table = \"firms\", where = { workers = { at_least = 20 }, union = [\"a\", \"b\"] }, set = { on = 2024-01-02 } }, { table = \"firms\", st = 1 }]";
        let document = crate::document::parse(&Source::new("x", text), &mut faults);
        let edits: Vec<_> = document.get("edits").and_then(Node::list).unwrap().iter().collect();
        let edit = read(edits[0], &mut faults).unwrap();
        assert_eq!(said(&edit.action), "workers AtLeast 20 & union Equal a|b: on:=2024-01-02");
        assert_eq!(faults, []);
        assert!(read(edits[1], &mut faults).is_none());
        assert_eq!(faults.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["unknown-key", "missing-key"]);
    }
}
