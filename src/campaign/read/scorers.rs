//! Several who score one thing.

use crate::diagnostic::Phrase;
use crate::document::{Entry, Node};

use super::super::{LastWord, Said, Scorer, Scorers};
use super::{Reader, Reference, entries, references, title};

const A_VALUE: Phrase = Phrase::new("what says the value: `column` or `rule`", "nơi cho giá trị: `column` hoặc `rule`");
const WHOSE: Phrase = Phrase::new(
    "whose word is final: `last`, `least`, `greatest`, `mean`, or the id of a scorer",
    "lấy kết quả nào: `last`, `least`, `greatest`, `mean`, hoặc mã của một bên chấm",
);
const SCORER: Phrase =
    Phrase::new("scorer, or `last`, `least`, `greatest`, `mean`", "bên chấm, hoặc `last`, `least`, `greatest`, `mean`");

/// Who scores a criterion; nothing where nobody is named.
pub(super) fn scorers(node: &Node, reader: &mut Reader<'_>) -> Option<Scorers> {
    let by: Vec<Scorer> = entries(Some(node.get("scorers")?)).filter_map(|entry| scorer(entry, reader)).collect();
    let last_word = match references(node.get("final")).pop() {
        Some(name) => last_word(&name, &by, reader),
        None => {
            reader.missing("final", WHOSE, &node.place);
            None
        }
    };
    Some(Scorers { last_word: last_word.unwrap_or(LastWord::Last), by })
}

fn scorer(entry: &Entry, reader: &mut Reader<'_>) -> Option<Scorer> {
    let name = |key: &str| references(entry.node.get(key)).pop();
    let value = name("column").map(Said::Column).or_else(|| name("rule").map(Said::Rule));
    if value.is_none() {
        reader.missing("column", A_VALUE, &entry.place);
    }
    Some(Scorer {
        id: entry.key.clone(),
        title: title(&entry.node),
        value: value?,
        reason: reason(entry.node.get("reason")),
        place: entry.place.clone(),
    })
}

fn reason(node: Option<&Node>) -> Option<Said> {
    let rule = references(node.and_then(|node| node.get("rule"))).pop().map(Said::Rule);
    rule.or_else(|| references(node).pop().map(Said::Column))
}

fn last_word(name: &Reference, by: &[Scorer], reader: &mut Reader<'_>) -> Option<LastWord> {
    match name.name.as_str() {
        "last" => Some(LastWord::Last),
        "least" => Some(LastWord::Least),
        "greatest" => Some(LastWord::Greatest),
        "mean" => Some(LastWord::Mean),
        id => {
            let found = by.iter().position(|scorer| scorer.id == id);
            if found.is_none() {
                let known = by.iter().map(|scorer| scorer.id.as_str()).chain(LastWord::WORDS);
                reader.unknown(SCORER, id, known, &name.place);
            }
            found.map(LastWord::Of)
        }
    }
}
