//! A campaign drafted from data: what is guessed stands in its texts, each guess with its evidence.

mod column;
mod sheet;
mod write;

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::data::plain;
use crate::diagnostic::{Diagnostic, Language, Phrase, catalogue};
use crate::schema::FileWriting;
use crate::source::Place;

use super::{Stopped, text};
use sheet::Sheet;

/// So many rows of a file are looked at.
const LOOKED_AT: usize = 20_000;

const ELSEWHERE: Phrase = Phrase::new(
    "all data files must lie in one folder, which the campaign names",
    "mọi tệp số liệu phải nằm trong một thư mục, là thư mục mà phong trào ghi",
);

/// What was drafted.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The files that were written.
    pub files: Vec<PathBuf>,
    /// What somebody has to look at: each guess that could be wrong, in the reader's language.
    pub questions: Vec<String>,
}

/// Drafts a campaign from data files: `campaign.toml`, `tables.toml` and `criteria.rhai` in a folder. Nothing is written
/// over.
///
/// # Errors
/// [`Stopped`] where a file is there already, or one of the data cannot be read.
pub fn init(files: &[PathBuf], dir: &Path, language: Language) -> Result<Drafted, Stopped> {
    let targets = ["campaign.toml", "tables.toml", "criteria.rhai"].map(|name| dir.join(name));
    if let Some(taken) = targets.iter().find(|target| target.exists()) {
        return Err(Stopped::misuse(Diagnostic::new(&catalogue::EXISTS_ALREADY).with("file", taken.display())));
    }
    let folder = folder(files)?;
    let mut sheets = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let input = text::DataFile::open(path).map_err(Stopped::misuse)?;
        let read = plain(&name, &input, &FileWriting::default(), LOOKED_AT).map_err(Stopped::faulty)?;
        match Sheet::of(path, read) {
            Some(sheet) => sheets.push(sheet),
            None => {
                let fault = Diagnostic::new(&catalogue::EMPTY_FILE).at(Place::File(name));
                return Err(Stopped::faulty(vec![fault]));
            }
        }
    }
    sheet::name_apart(&mut sheets);
    sheet::link(&mut sheets);
    let texts = write::texts(&sheets, &relative(dir, &folder), language);
    let made = fs::create_dir_all(dir).and_then(|()| {
        targets.iter().zip(&texts.files).try_for_each(|(target, text)| {
            let mut options = fs::OpenOptions::new();
            let mut file = options.write(true).create_new(true).open(target)?;
            std::io::Write::write_all(&mut file, text.as_bytes())
        })
    });
    made.map_err(|error| {
        let fault = Diagnostic::new(&catalogue::UNWRITABLE_FILE).with("file", dir.display());
        Stopped::misuse(fault.with("reason", error))
    })?;
    Ok(Drafted { files: targets.into(), questions: texts.questions })
}

/// The one folder of all files.
fn folder(files: &[PathBuf]) -> Result<PathBuf, Stopped> {
    let folder_of = |path: &PathBuf| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::canonicalize(parent).map_err(|error| {
            let name = path.display().to_string();
            let fault = Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error);
            Stopped::misuse(fault.at(Place::File(name)))
        })
    };
    let folders = files.iter().map(folder_of).collect::<Result<Vec<_>, _>>()?;
    match folders.split_first() {
        Some((first, others)) if others.iter().all(|other| other == first) => Ok(first.clone()),
        _ => {
            let fault = Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", ELSEWHERE);
            Err(Stopped::misuse(fault))
        }
    }
}

/// A folder as it is reached from another one, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| {
        let base = fs::canonicalize(".").unwrap_or_default();
        text::tidy(&fs::canonicalize(path).unwrap_or_else(|_| base.join(path)))
    };
    let (from, to) = (absolute(from), absolute(to));
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let name = |part: Component| part.as_os_str().to_string_lossy().into_owned();
    let parts: Vec<String> = from.map(|_| "..".to_owned()).chain(to.map(name)).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
