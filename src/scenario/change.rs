//! One change of a world.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Node, Table};
use crate::patch::{self, Edit};
use crate::rule::Library;
use crate::source::Place;
use crate::value::{Day, nearest};

use super::base::{Files, World};
use super::weights::{self, Weights};

const READING: Phrase = Phrase::new("reading", "cách hiểu");

/// One change, which can be made alone or after others.
#[derive(Clone, Debug)]
pub struct Change {
    /// The change as people write it on one line.
    pub label: String,
    /// What it changes.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

/// What a change changes.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A part of the campaign, laid over it.
    Patch {
        /// The path of the part.
        path: String,
        /// The patch: nested tables with this one part.
        patch: Table,
        /// What a changed weight does to the others.
        weights: Weights,
    },
    /// A value of the campaign, as `--set` writes it.
    Set {
        /// `path=value`
        edit: String,
        /// What a changed weight does to the others.
        weights: Weights,
    },
    /// A clause is read in its other way.
    Reading(String),
    /// Functions take the place of those of the same name.
    Rules(Library),
    /// The data are edited.
    Edit(Edit),
    /// The data are those of other files.
    Data(Files),
    /// The day of evaluation.
    AsOf(Day),
}

impl Change {
    /// Makes the change; what it names must be there, and what changes nothing is warned of.
    pub fn apply(&self, world: &mut World, faults: &mut Vec<Diagnostic>) {
        match &self.kind {
            Kind::Patch { path, patch, weights } => self.lay((path, patch), *weights, world, faults),
            Kind::Set { edit, weights } => {
                let before = world.document.clone();
                patch::set(&mut world.document, edit, faults);
                weights::follow(*weights, &before, &mut world.document, &self.place, faults);
            }
            Kind::Reading(id) => self.read(id, &mut world.document, faults),
            Kind::Rules(library) => world.library = world.library.replaced_by(library, faults),
            Kind::Edit(edit) => world.edits.push(edit.clone()),
            Kind::Data(files) => world.files = files.clone().into(),
            Kind::AsOf(day) if world.as_of == Some(*day) => self.nothing("as_of", day, faults),
            Kind::AsOf(day) => world.as_of = Some(*day),
        }
    }

    fn lay(&self, (at, part): (&str, &Table), weights: Weights, world: &mut World, faults: &mut Vec<Diagnostic>) {
        let before = world.document.clone();
        patch::lay(&mut world.document, part, faults);
        let (was, is) = (patch::find(&before, at), patch::find(&world.document, at));
        if let Some((was, is)) = was.zip(is)
            && was.same_content(is)
        {
            return self.nothing(at, is, faults);
        }
        weights::follow(weights, &before, &mut world.document, &self.place, faults);
    }

    fn nothing(&self, path: &str, value: impl std::fmt::Display, faults: &mut Vec<Diagnostic>) {
        let fault = Diagnostic::new(&catalogue::EDIT_CHANGES_NOTHING).with("path", path);
        faults.push(fault.with("value", value).at(&self.place));
    }

    fn read(&self, id: &str, document: &mut Node, faults: &mut Vec<Diagnostic>) {
        let known: Vec<String> = document
            .get("readings")
            .and_then(Node::table)
            .into_iter()
            .flat_map(Table::keys)
            .map(str::to_owned)
            .collect();
        if known.iter().any(|known| known == id) {
            return patch::apply_reading(document, id, faults);
        }
        let near = nearest(id, known.iter().map(String::as_str));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", READING).with("name", id);
        faults.push(fault.maybe("near", near).maybe("known", near.is_none().then(|| known.join(", "))).at(&self.place));
    }
}
