//! Scenarios and what they are laid over, from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Phrase};
use crate::document::{Node, Table};
use crate::patch::{Action, Edit};
use crate::rule::Library;
use crate::scenario::{Base, Change, File, Files, Kind, Scenario, World, read};
use crate::schema::Schema;
use crate::source::Place;

use super::campaign::{parse, texts, unknown_name};
use super::{Request, Stopped, canonical, text};

const ROUND: Phrase = Phrase::new("round", "đợt");

/// Reads a scenario: a TOML file, or the name of one in the folder `scenarios` of the campaign, with the rule files and
/// the data that it names.
///
/// # Errors
/// [`Stopped`] with all that was found.
///
/// ```
/// use std::path::Path;
/// use thidua::load;
///
/// let scenario = load::scenario(Path::new("rules/lao-cai-2024"), Path::new("twenty-workers")).expect("it can be read");
/// assert_eq!(scenario.changes[0].label, "params.large_firm = { value = 20 }");
/// ```
pub fn scenario(campaign: &Path, name: &Path) -> Result<Scenario, Stopped> {
    let path = find(campaign, name);
    let mut faults = Vec::new();
    let source = text::read(&path).map_err(Stopped::misuse)?;
    let document = parse(&source, &mut faults)?;
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut scenario = read(&id, &document, &mut faults);
    let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
    if faults.iter().any(Diagnostic::is_error) {
        return Err(Stopped::faulty(faults));
    }
    for change in &mut scenario.changes {
        if let Kind::Edit(Edit { action: Action::File(file), .. }) = &mut change.kind {
            file.text = text::tidy(&root.join(&file.text)).display().to_string();
        }
    }
    let mut first = Vec::new();
    if let Some(dir) = &scenario.data {
        let texts = texts(campaign, &[])?;
        let files = files(&texts.campaign.schema, &text::tidy(&root.join(&dir.text)), &[]);
        first.push(Change {
            label: format!("data.dir = {:?}", dir.text),
            kind: Kind::Data(files),
            place: dir.place.clone(),
        });
    }
    if !scenario.rules.is_empty() {
        let sources: Result<Vec<_>, _> = scenario.rules.iter().map(|file| text::read(&root.join(&file.text))).collect();
        let library = Library::read(&sources.map_err(Stopped::misuse)?, &mut faults);
        if faults.iter().any(Diagnostic::is_error) {
            return Err(Stopped::faulty(faults));
        }
        let names: Vec<&str> = scenario.rules.iter().map(|file| file.text.as_str()).collect();
        let place = scenario.rules.first().map(|file| file.place.clone()).unwrap_or_default();
        first.push(Change { label: format!("rules = {names:?}"), kind: Kind::Rules(library), place });
    }
    let rules = scenario.rules.iter().map(|file| root.join(&file.text));
    let data = first.iter().flat_map(data_files);
    scenario.files = canonical([path.clone()].into_iter().chain(rules).chain(data));
    scenario.changes.splice(0..0, first);
    Ok(scenario)
}

/// The columns that the moves of a campaign look at or change, by table and column id.
///
/// # Errors
/// [`Stopped`] with all that was found.
pub fn columns_of_moves(request: &Request) -> Result<Vec<(String, String)>, Stopped> {
    let texts = texts(&request.campaign, &request.set)?;
    let mut columns = Vec::new();
    let moves = texts.document.get("moves").and_then(Node::table);
    for of in moves.into_iter().flat_map(Table::iter).map(|entry| &entry.node) {
        let Some(table) = of.get("table").and_then(Node::text) else { continue };
        for part in ["where", "set", "step", "add"] {
            let named = of.get(part).and_then(Node::table).into_iter().flat_map(Table::keys);
            columns.extend(named.map(|column| (table.to_owned(), column.to_owned())));
        }
    }
    Ok(columns)
}

/// A scenario of nothing but the data of another folder.
///
/// # Errors
/// As [`scenario`].
pub fn other_data(campaign: &Path, dir: &Path) -> Result<Scenario, Stopped> {
    let texts = texts(campaign, &[])?;
    let label = format!("data.dir = {:?}", dir.display().to_string());
    let files = files(&texts.campaign.schema, dir, &[]);
    let change = Change { label: label.clone(), kind: Kind::Data(files), place: Place::Nowhere };
    let read = data_files(&change);
    Ok(Scenario { files: canonical(read), ..Scenario::new(label, vec![change]) })
}

fn find(campaign: &Path, name: &Path) -> PathBuf {
    if name.components().count() > 1 || name.extension().is_some() {
        return name.to_path_buf();
    }
    let root =
        if campaign.is_dir() { campaign.to_path_buf() } else { campaign.parent().unwrap_or(campaign).to_path_buf() };
    let file = root.join("scenarios").join(name).with_extension("toml");
    if file.exists() { file } else { name.to_path_buf() }
}

/// Evaluates a campaign once, as what scenarios are laid over: with the edits of the request, and with all the columns
/// and files that the scenarios name.
///
/// # Errors
/// [`Stopped`] with all that was found.
pub fn base(
    request: &Request,
    edits: &[Edit],
    scenarios: &[Scenario],
    columns: &[(String, String)],
) -> Result<Base, Stopped> {
    let texts = texts(&request.campaign, &request.set)?;
    let round = request.round.as_deref();
    if let Some(round) = round.filter(|round| texts.campaign.round(round).is_none()) {
        return Err(unknown_name(ROUND, round, texts.campaign.rounds.iter().map(|round| round.id.as_str())));
    }
    let dir = super::folder(request, &texts.campaign, &texts.root)?;
    let own_texts = texts.files();
    let warnings = texts.warnings;
    let of_scenarios =
        scenarios.iter().flat_map(|scenario| &scenario.changes).filter_map(|change| match &change.kind {
            Kind::Edit(edit) => Some(edit),
            _ => None,
        });
    let all: Vec<&Edit> = edits.iter().chain(of_scenarios).collect();
    let files = files(&texts.campaign.schema, &dir, &all);
    let read = canonical(own_texts.into_iter().chain(names(&files)));
    let world = World {
        document: texts.document,
        library: texts.library,
        as_of: request.as_of,
        files: files.into(),
        edits: edits.to_vec(),
    };
    let mut wanted = crate::scenario::columns(&all);
    wanted.extend(columns.iter().cloned());
    let mut base = Base::new(world, round, request.threads, &wanted).map_err(Stopped::faulty)?;
    let (errors, found): (Vec<_>, Vec<_>) =
        std::mem::take(&mut base.faults).into_iter().partition(Diagnostic::is_error);
    base.outcome.warnings.splice(0..0, warnings);
    base.outcome.warnings.extend(found);
    base.faults = errors;
    base.read = read;
    base.read.extend(scenarios.iter().flat_map(|scenario| scenario.files.iter().cloned()));
    Ok(base)
}

/// The data files that a change puts in the place of today's.
fn data_files(change: &Change) -> Vec<PathBuf> {
    if let Kind::Data(files) = &change.kind { names(files).collect() } else { Vec::new() }
}

fn names(files: &Files) -> impl Iterator<Item = PathBuf> {
    files.values().flatten().map(|file| PathBuf::from(&file.name))
}

/// All data files of a campaign, and those that edits put in their places.
fn files(schema: &Schema, dir: &Path, edits: &[&Edit]) -> Files {
    let own = schema.tables.iter().map(|table| (table.id.clone(), file(&dir.join(&table.file))));
    let others = edits.iter().filter_map(|edit| match &edit.action {
        Action::File(name) => Some((name.text.clone(), file(Path::new(&name.text)))),
        _ => None,
    });
    own.chain(others).collect()
}

fn file(path: &Path) -> Result<File, Diagnostic> {
    let path = super::data::found(path)?;
    let name = path.display().to_string();
    text::bytes(&path).map(|bytes| File { name, bytes: Arc::from(bytes) })
}
