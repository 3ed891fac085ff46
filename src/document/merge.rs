//! One document laid over another.
//!
//! Tables merge; texts, numbers, flags, days and lists are replaced. A bound replaces its rival, and a new value
//! loses the source of the old one: what somebody sets does not keep the authority of what it replaces.

use super::{Content, Entry, Node, Table};

/// Keys of which a table holds at most one: each row bounds a value on one side.
pub const RIVALS: [[&str; 2]; 4] =
    [["at_least", "more_than"], ["at_most", "less_than"], ["from", "after"], ["by", "before"]];

/// The forms of a value, of which a table that is one holds exactly one, and what may stand beside them.
const FORMS: [&str; 5] = ["value", "param", "column", "rule", "unknown"];
const BESIDE_A_FORM: [&str; 3] = ["clause", "assumed", "about"];

/// Lays `over` on top of `base`. What is replaced is remembered in [`Node::replaced`].
pub fn merge(base: &mut Table, over: &Table) {
    if FORMS.iter().any(|form| over.get(form).is_some()) && is_value(base) {
        FORMS.iter().filter(|form| over.get(form).is_none()).for_each(|form| _ = base.remove(form));
        drop_source(base);
    }
    if over.get("value").is_some() {
        drop_source(base);
    }
    for entry in over.iter() {
        let rival = take_rival(base, over, &entry.key);
        match base.get_mut(&entry.key) {
            Some(old) => replace(old, &entry.node),
            None => {
                base.set(Entry { node: Node { replaced: rival.map(Box::new), ..entry.node.clone() }, ..entry.clone() });
            }
        }
    }
}

fn replace(old: &mut Node, new: &Node) {
    if let (Content::Table(base), Content::Table(over)) = (&mut old.content, &new.content) {
        merge(base, over);
        return;
    }
    let before = std::mem::replace(old, new.clone());
    old.replaced = Some(Box::new(before));
}

fn take_rival(base: &mut Table, over: &Table, key: &str) -> Option<Node> {
    let rival = RIVALS.iter().find(|pair| pair.contains(&key))?.iter().find(|other| **other != key)?;
    if over.get(rival).is_some() {
        return None;
    }
    base.remove(rival).map(|entry| entry.node)
}

/// Whether a table is a value: it has one of its forms, and nothing that a value does not have.
fn is_value(table: &Table) -> bool {
    let is_form = |entry: &&Entry| FORMS.contains(&entry.key.as_str());
    let others = table.iter().filter(|entry| !is_form(entry) && !BESIDE_A_FORM.contains(&entry.key.as_str()));
    table.iter().filter(is_form).count() == 1 && others.count() == 0
}

fn drop_source(table: &mut Table) {
    table.remove("clause");
    table.remove("assumed");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::Source;

    fn document(text: &str) -> Node {
        let mut faults = Vec::new();
        let node = parse(&Source::new("test", text), &mut faults);
        assert_eq!(faults, []);
        node
    }

    fn merged(base: &str, over: &str) -> String {
        let mut base = document(base);
        merge(base.table_mut().unwrap(), document(over).table().unwrap());
        base.to_string()
    }

    #[test]
    fn the_forms_of_a_value_replace_each_other() {
        let value = "a = { param = \"x\", clause = \"1\", about = \"it\" }";
        assert_eq!(
            merged(value, "a = { value = 3, assumed = \"why\" }"),
            "{ a = { about = \"it\", value = 3, assumed = \"why\" } }"
        );
        assert_eq!(merged(value, "a = { rule = \"f\" }"), "{ a = { about = \"it\", rule = \"f\" } }");
        // A criterion has a rule and is no value.
        assert_eq!(
            merged("a = { rule = \"f\", present = true }", "a = { column = \"c\" }"),
            "{ a = { rule = \"f\", present = true, column = \"c\" } }"
        );
    }

    #[test]
    fn tables_merge_and_lists_are_replaced() {
        assert_eq!(
            merged("a = { x = 1, y = [1] }", "a = { y = [2, 3], z = 4 }"),
            "{ a = { x = 1, y = [2, 3], z = 4 } }"
        );
    }

    #[test]
    fn a_bound_replaces_its_rival_and_remembers_it() {
        assert_eq!(merged("at_least = \"90%\"", "more_than = \"90%\""), "{ more_than = \"90%\" }");
        let mut base = document("at_least = 1");
        merge(base.table_mut().unwrap(), document("more_than = 2").table().unwrap());
        let bound = base.get("more_than").unwrap();
        assert_eq!(bound.replaced.as_ref().map(ToString::to_string), Some("1".to_owned()));
    }

    #[test]
    fn a_new_value_loses_the_source_of_the_old_one() {
        let base = "p = { value = 25, clause = \"2.7\", about = \"x\" }";
        assert_eq!(merged(base, "p = { value = 20 }"), "{ p = { value = 20, about = \"x\" } }");
        assert_eq!(
            merged(base, "p = { value = 20, assumed = \"y\" }"),
            "{ p = { value = 20, about = \"x\", assumed = \"y\" } }"
        );
    }
}
