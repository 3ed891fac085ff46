//! Sound files of offices, with some of their bytes changed: of an archive also inside of what it holds.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::Index;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A file and what is changed in it.
#[derive(Clone, Debug)]
pub struct Damaged {
    path: PathBuf,
    /// The part of an archive; the file as a whole where there is none.
    part: Option<Index>,
    changes: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Byte(Index, u8),
    End(Index),
    Without(Index, usize),
    Again(Index, usize),
    Text(Index, &'static str),
}

pub fn file() -> impl Strategy<Value = Damaged> {
    let dir = fs::read_dir("tests/fixtures/office/files").unwrap().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = dir.filter(|path| fs::metadata(path).unwrap().len() < 20_000).collect();
    paths.sort();
    let text = prop::sample::select(vec![
        "\"",
        "\0",
        "<c r=\"XFD1048576\"><v>1</v></c>",
        "<row r=\"0\">",
        "r=\"A99999999999\"",
        "t=\"s\"",
        "<v>-1</v>",
        "<f>1</f>",
        "table:number-columns-repeated=\"99999999\"",
        "office:value-type=\"float\"",
        "&#x0;",
        "<!DOCTYPE a>",
        "]]>",
        "1e308",
    ]);
    let change = prop_oneof![
        3 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => any::<Index>().prop_map(Change::End),
        2 => (any::<Index>(), 1_usize..32).prop_map(|(at, count)| Change::Without(at, count)),
        2 => (any::<Index>(), 1_usize..64).prop_map(|(at, count)| Change::Again(at, count)),
        2 => (any::<Index>(), text).prop_map(|(at, text)| Change::Text(at, text)),
    ];
    (prop::sample::select(paths), prop::option::of(any::<Index>()), prop::collection::vec(change, 1..8))
        .prop_map(|(path, part, changes)| Damaged { path, part, changes })
}

impl Damaged {
    pub fn bytes(&self) -> Vec<u8> {
        let sound = fs::read(&self.path).unwrap();
        let archive = ZipArchive::new(Cursor::new(sound.as_slice()));
        match archive.ok().zip(self.part) {
            Some((archive, part)) => self.inside(archive, part),
            None => self.changed(sound),
        }
    }

    fn changed(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        for change in &self.changes {
            if bytes.is_empty() {
                break;
            }
            let len = bytes.len();
            match change {
                Change::Byte(at, byte) => bytes[at.index(len)] = *byte,
                Change::End(at) => bytes.truncate(at.index(len)),
                Change::Without(at, count) => drop(bytes.drain(at.index(len)..(at.index(len) + count).min(len))),
                Change::Again(at, count) => {
                    let at = at.index(len);
                    let copy = bytes[at..(at + count).min(len)].to_vec();
                    bytes.splice(at..at, copy);
                }
                Change::Text(at, text) => drop(bytes.splice(at.index(len)..at.index(len), text.bytes())),
            }
        }
        bytes
    }

    /// The archive with one of its parts changed, and all else of it sound.
    fn inside(&self, mut archive: ZipArchive<Cursor<&[u8]>>, part: Index) -> Vec<u8> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
        let changed = part.index(archive.len());
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.by_ref().take(1 << 20).read_to_end(&mut bytes).unwrap();
            copy.start_file(entry.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
            copy.write_all(&if at == changed { self.changed(bytes) } else { bytes }).unwrap();
        }
        copy.finish().unwrap().into_inner()
    }
}
