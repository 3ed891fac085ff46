//! Campaigns from disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::campaign::{self, Campaign};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{self, Content, Node};
use crate::patch;
use crate::rule::Library;
use crate::source::{Place, Source};

use super::Stopped;
use super::text;

/// A campaign with its rules, as they stand on disk and after edits.
#[derive(Debug)]
pub struct Texts {
    /// The folder of the campaign; other files are found from there.
    pub root: PathBuf,
    /// The campaign file with what it includes, edited.
    pub document: Node,
    /// The campaign that the document says.
    pub campaign: Campaign,
    /// The functions of its rule files.
    pub library: Library,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

impl Texts {
    /// The files that it was read from.
    #[must_use]
    pub fn files(&self) -> BTreeSet<PathBuf> {
        let rules = self.document.get("rules").map(Node::texts).unwrap_or_default();
        let mut files = rules.into_iter().map(|name| self.root.join(name)).collect();
        sources(&self.document, &mut files);
        files
    }
}

/// The files in which the parts of a document stand.
fn sources(node: &Node, files: &mut BTreeSet<PathBuf>) {
    if let Place::Text { source, .. } = &node.place
        && !files.contains(Path::new(&source.name))
    {
        files.insert(PathBuf::from(&source.name));
    }
    let entries = node.table().into_iter().flat_map(document::Table::iter).map(|entry| &entry.node);
    entries.chain(node.list().into_iter().flatten()).for_each(|part| sources(part, files));
}

/// Reads a campaign and its rules, with edits.
///
/// # Errors
/// [`Stopped`] with all that was found.
pub fn texts(path: &Path, edits: &[String]) -> Result<Texts, Stopped> {
    let file = if path.is_dir() { path.join("campaign.toml") } else { path.to_path_buf() };
    let root = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut faults = Vec::new();
    let mut document = document(&file, &mut faults, 0)?;
    for edit in edits {
        let before = faults.len();
        patch::set(&mut document, edit, &mut faults);
        if faults.iter().skip(before).any(Diagnostic::is_error) {
            return Err(Stopped { diagnostics: faults, misuse: true });
        }
    }
    let campaign = campaign::read(&document, &mut faults);
    let library = library(&document, &root, &mut faults)?;
    match campaign {
        Some(campaign) if !faults.iter().any(Diagnostic::is_error) => {
            Ok(Texts { root, document, campaign, library, warnings: faults })
        }
        _ => Err(Stopped { diagnostics: faults, misuse: false }),
    }
}

/// A campaign may build on one that builds on another; a circle of them is cut here.
const MOST_BASES: usize = 8;

/// The document of a campaign file with what it includes, laid over the campaign that it builds on.
fn document(file: &Path, faults: &mut Vec<Diagnostic>, depth: usize) -> Result<Node, Stopped> {
    let root = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let source = text::read(file).map_err(|fault| Stopped::unreadable(fault, faults))?;
    let mut own = parse(&source, faults)?;
    include(&mut own, &root, faults)?;
    let Some(base) = own.get("base").and_then(Node::text).map(str::to_owned) else { return Ok(own) };
    if depth == MOST_BASES {
        let fault = Diagnostic::new(&catalogue::TOO_MANY_BASES).with("limit", MOST_BASES);
        return Err(Stopped::faulty(vec![fault.at(Place::File(source.name.clone()))]));
    }
    let path = text::tidy(&root.join(&base));
    let (path, folder) =
        if path.is_dir() { (path.join("campaign.toml"), PathBuf::from(&base)) } else { (path, folder_of(&base)) };
    let mut document = document(&path, faults, depth + 1)?;
    relocate(&mut document, &folder);
    patch::build_on(&mut document, own, faults);
    Ok(document)
}

fn folder_of(path: &str) -> PathBuf {
    Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Paths of a base campaign are relative to its own folder: they are rewritten to be found from the other one.
fn relocate(document: &mut Node, folder: &Path) {
    let moved = |text: &str| folder.join(text).display().to_string();
    let rewrite = |node: &mut Node| match &mut node.content {
        Content::Text(text) => *text = moved(text),
        Content::List(items) => {
            for item in items {
                if let Content::Text(text) = &mut item.content {
                    *text = moved(text);
                }
            }
        }
        _ => {}
    };
    let Some(table) = document.table_mut() else { return };
    table.get_mut("rules").into_iter().for_each(&rewrite);
    let data = table.get_mut("data").and_then(Node::table_mut);
    data.and_then(|data| data.get_mut("dir")).into_iter().for_each(&rewrite);
}

/// Reads a TOML file. What its parser makes of a text that is not TOML is a guess, and nothing is read out of it.
pub(super) fn parse(source: &Arc<Source>, faults: &mut Vec<Diagnostic>) -> Result<Node, Stopped> {
    let document = document::parse(source, faults);
    if faults.iter().any(|fault| fault.code() == catalogue::TOML_SYNTAX.code) {
        return Err(Stopped::faulty(std::mem::take(faults)));
    }
    Ok(document)
}

/// Adds the keys of included files; a key that stands in two files is a fault, except that tables of the same name
/// hold the ids of both.
fn include(document: &mut Node, root: &Path, faults: &mut Vec<Diagnostic>) -> Result<(), Stopped> {
    let names: Vec<String> =
        document.get("include").map(Node::texts).unwrap_or_default().into_iter().map(str::to_owned).collect();
    for name in names {
        let source = text::read(&root.join(name)).map_err(|fault| Stopped::unreadable(fault, faults))?;
        let included = parse(&source, faults)?;
        add(document, &included, faults);
    }
    Ok(())
}

fn add(document: &mut Node, included: &Node, faults: &mut Vec<Diagnostic>) {
    let Some(table) = document.table_mut() else { return };
    for entry in included.table().into_iter().flat_map(document::Table::iter) {
        match table.get_mut(&entry.key) {
            None => table.set(entry.clone()),
            Some(own) if own.table().is_some() && entry.node.table().is_some() => add(own, &entry.node, faults),
            Some(_) => {
                let fault = Diagnostic::new(&catalogue::INCLUDE_CONFLICT).with("key", &entry.key);
                faults.push(fault.at(&entry.place));
            }
        }
    }
}

fn library(document: &Node, root: &Path, faults: &mut Vec<Diagnostic>) -> Result<Library, Stopped> {
    let names = document.get("rules").map(Node::texts).unwrap_or_default();
    let sources = names.into_iter().map(|name| text::read(&root.join(name))).collect::<Result<Vec<Arc<Source>>, _>>();
    let sources = sources.map_err(|fault| Stopped::unreadable(fault, faults))?;
    Ok(Library::read(&sources, faults))
}

impl Stopped {
    /// Stopped because of what the caller named.
    #[must_use]
    pub fn misuse(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], misuse: true }
    }

    /// Stopped because of a file that the campaign names, after what was found before.
    fn unreadable(fault: Diagnostic, faults: &mut Vec<Diagnostic>) -> Self {
        Self { diagnostics: std::iter::once(fault).chain(faults.drain(..)).collect(), misuse: true }
    }

    /// Stopped because of what the campaign or the data say.
    #[must_use]
    pub fn faulty(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, misuse: false }
    }
}

/// A name that the caller gave and that means nothing.
pub(super) fn unknown_name<'k>(kind: Phrase, name: &str, known: impl Iterator<Item = &'k str> + Clone) -> Stopped {
    let near = crate::value::nearest(name, known.clone());
    let list = if near.is_none() { known.collect::<Vec<_>>().join(", ") } else { String::new() };
    let fault = Diagnostic::new(&catalogue::UNKNOWN_NAME).with("kind", kind).with("name", name).maybe("near", near);
    Stopped::misuse(fault.maybe("known", (!list.is_empty()).then_some(list)).at(Place::Nowhere))
}
