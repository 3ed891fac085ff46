//! The house has floors, and imports go down only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. What stands on one line shares a floor; modules of one floor may use those to their left.
const FLOORS: [&[&str]; 7] = [
    &["value", "source", "diagnostic", "document", "schema"],
    &["campaign", "data", "patch"],
    &["rule"],
    &["evaluate"],
    &["scenario", "case"],
    &["load", "report"],
    &["cli"],
];

/// Uses between peers that are meant: words that everybody shares build on each other.
const GROUND: [(&str, &str); 8] = [
    ("diagnostic", "source"),
    ("document", "diagnostic"),
    ("document", "source"),
    ("document", "value"),
    ("schema", "source"),
    ("schema", "value"),
    ("source", "value"),
    ("diagnostic", "value"),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a text names after `crate::` or `thidua::`, outside comments.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut modules = BTreeSet::new();
    for start in ["crate::", "thidua::"] {
        for rest in code.split(start).skip(1) {
            if let Some(group) = rest.strip_prefix('{') {
                let group = group.split('}').next().unwrap_or("");
                modules.extend(group.split(',').map(|item| first_word(item.trim())));
            } else {
                modules.insert(first_word(rest));
            }
        }
    }
    modules
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn climbs(module: &str, other: &str) -> bool {
    match (floor(module), floor(other)) {
        (Some(mine), Some(theirs)) if mine == theirs => module != other && !GROUND.contains(&(module, other)),
        (Some(mine), Some(theirs)) => theirs > mine,
        // The front page and the program stand above everything; macros and tests name what is no module.
        _ => false,
    }
}

#[test]
fn imports_go_down_only() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 50, "only {} files were read", files.len());
    let mut climbing = Vec::new();
    for file in files {
        let parts: Vec<_> = file.iter().filter_map(|part| part.to_str()).collect();
        let module = parts[1].trim_end_matches(".rs");
        assert!(["lib", "main"].contains(&module) || floor(module).is_some(), "`{module}` has no floor");
        let text = fs::read_to_string(&file).unwrap();
        climbing.extend(
            used(&text)
                .iter()
                .filter(|other| climbs(module, other))
                .map(|other| format!("{}: {other}", file.display())),
        );
    }
    assert_eq!(climbing, [""; 0]);
}

#[test]
fn the_reader_of_imports_sees_them() {
    let text = "use crate::rule::Cell;\nuse crate::{data, value::Day};\n// crate::cli\nlet x = crate::load::texts();";
    let expected = ["data", "load", "rule", "value"].map(str::to_owned);
    assert_eq!(used(text), expected.into_iter().collect());
    assert!(climbs("rule", "evaluate") && climbs("campaign", "data") && !climbs("evaluate", "rule"));
}
