//! What the bytes of a file are: found out before anything of it is taken for data.

use std::io;

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::schema::Encoding;
use crate::source::Place;

use super::Input;
use super::input::fill;
use super::legacy::Looks;
use super::text::decoder;

/// So many bytes are looked at closely.
const SAMPLE: usize = 64 << 10;

/// So many bytes are read at once.
const CHUNK: usize = 256 << 10;

/// How much of a file is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Its beginning: whatever is wrong further on shows when it is read.
    Start,
    /// All of it.
    All,
}

/// What a file is.
#[derive(Debug)]
pub(super) enum Sort {
    /// A text.
    Text(Sniffed),
    /// A workbook, or another archive.
    Archive,
    /// Something that is no table.
    NoTable(Phrase),
}

/// What is known of a text before it is read.
#[derive(Debug)]
pub(super) struct Sniffed {
    /// How its bytes become letters.
    pub encoding: Encoding,
    /// How many bytes at the beginning are a byte order mark.
    pub mark: usize,
    /// Its beginning.
    pub sample: String,
}

/// Looks through a file.
///
/// # Errors
/// Why it cannot be read as a text.
pub(super) fn sniff(file: &str, input: &dyn Input, declared: Option<Encoding>, look: Look) -> Result<Sort, Diagnostic> {
    let unreadable = |error: io::Error| about(file, Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error));
    let (start, invalid_at) = self::look(input, look).map_err(unreadable)?;
    match start.as_slice() {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Ok(Sort::Archive),
        start => {
            if let Some(what) = no_table(start) {
                return Ok(Sort::NoTable(what));
            }
        }
    }
    let (marked, mark) = byte_order_mark(&start);
    let body = start.get(mark..).unwrap_or_default();
    let encoding = match declared.or(marked).or_else(|| zeros(body)) {
        Some(encoding) => encoding,
        None if invalid_at.is_none() => Encoding::Utf8,
        None => Encoding::Windows1258,
    };
    // A mark belongs to the encoding that it marks.
    let mark = if marked == Some(encoding) { mark } else { 0 };
    let body = start.get(mark..).unwrap_or_default();
    let sample = decoded(encoding, body);
    let looks = Looks::of(&sample);
    if let Some(legacy) = looks.legacy() {
        return Err(about(file, Diagnostic::new(&catalogue::LEGACY_ENCODING).with("encoding", legacy.name())));
    }
    let not_utf8 = |offset| about(file, Diagnostic::new(&catalogue::NOT_UTF8).with("offset", offset));
    match (encoding, invalid_at) {
        (Encoding::Utf8, Some(offset)) => Err(not_utf8(offset)),
        (Encoding::Windows1258, Some(offset)) if declared.is_none() && !looks_vietnamese(input, &looks) => {
            Err(not_utf8(offset))
        }
        _ => Ok(Sort::Text(Sniffed { encoding, mark, sample })),
    }
}

/// What a file is that is no table, as its first bytes tell.
fn no_table(start: &[u8]) -> Option<Phrase> {
    const OLD_FORMAT: Phrase =
        Phrase::new("the format of Excel before 2007 (XLS)", "định dạng của Excel trước năm 2007 (XLS)");
    const PROTECTED: Phrase = Phrase::new("it is protected by a password", "tệp được bảo vệ bằng mật khẩu");
    const PACKED: Phrase = Phrase::new("an archive", "tệp nén");
    const PDF: Phrase = Phrase::new("a PDF document", "tài liệu PDF");
    const RTF: Phrase = Phrase::new("a text document (RTF)", "văn bản RTF");
    const PICTURE: Phrase = Phrase::new("a picture", "tệp ảnh");
    const UTF_32: Phrase = Phrase::new("a text in UTF-32", "văn bản mã UTF-32");
    const PAGE: Phrase = Phrase::new(
        "a web page (HTML), whatever its name; open it in a spreadsheet program and save it",
        "trang web (HTML) dù tên tệp là gì; hãy mở bằng chương trình bảng tính rồi lưu lại",
    );
    const XML: Phrase = Phrase::new("an XML file", "tệp XML");
    const PACKAGE: &str = "EncryptedPackage";
    Some(match start {
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => {
            let name: Vec<u8> = PACKAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if start.windows(name.len()).any(|part| part == name) { PROTECTED } else { OLD_FORMAT }
        }
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => UTF_32,
        [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', 0x1a, ..] => PACKED,
        [b'%', b'P', b'D', b'F', b'-', ..] => PDF,
        [b'{', b'\\', b'r', b't', b'f', ..] => RTF,
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => PICTURE,
        _ => {
            let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
            let begins =
                |tag: &&str| text.get(..tag.len()).is_some_and(|here| here.eq_ignore_ascii_case(tag.as_bytes()));
            if ["<!doctype html", "<html", "<table", "<meta", "<head"].iter().any(begins) {
                PAGE
            } else if ["<?xml"].iter().any(begins) {
                XML
            } else {
                return None;
            }
        }
    })
}

/// Whether a file whose beginning is plain is Vietnamese further on: then all of it is looked at.
fn looks_vietnamese(input: &dyn Input, start: &Looks) -> bool {
    if start.vietnamese > 0 || start.strange > 0 {
        return start.is_vietnamese();
    }
    let Ok(mut reader) = input.open() else { return false };
    let mut buffer = vec![0; CHUNK];
    while let Ok(count @ 1..) = fill(&mut *reader, &mut buffer) {
        let looks = Looks::of(&decoded(Encoding::Windows1258, buffer.get(..count).unwrap_or_default()));
        if looks != Looks::default() {
            return looks.is_vietnamese() && looks.legacy().is_none();
        }
    }
    false
}

/// The beginning of a file, and where its first byte is that is not UTF-8.
fn look(input: &dyn Input, look: Look) -> io::Result<(Vec<u8>, Option<u64>)> {
    let mut reader = input.open()?;
    let mut buffer = vec![0; CHUNK];
    let mut start = Vec::new();
    let (mut kept, mut passed) = (0, 0_u64);
    loop {
        let count = fill(&mut *reader, buffer.get_mut(kept..).unwrap_or_default())?;
        let chunk = buffer.get(..kept + count).unwrap_or_default();
        if passed == 0 {
            start.extend_from_slice(chunk.get(..SAMPLE.min(chunk.len())).unwrap_or_default());
        }
        let valid = match std::str::from_utf8(chunk) {
            Ok(_) => chunk.len(),
            // A letter that goes on in the next chunk.
            Err(fault) if fault.error_len().is_none() && count > 0 => fault.valid_up_to(),
            Err(fault) => return Ok((start, Some(passed + fault.valid_up_to() as u64))),
        };
        passed += valid as u64;
        if count == 0 || (look == Look::Start && passed >= SAMPLE as u64) {
            return Ok((start, None));
        }
        kept = chunk.len() - valid;
        buffer.copy_within(valid..valid + kept, 0);
    }
}

fn byte_order_mark(start: &[u8]) -> (Option<Encoding>, usize) {
    match start {
        [0xef, 0xbb, 0xbf, ..] => (Some(Encoding::Utf8), 3),
        [0xff, 0xfe, ..] => (Some(Encoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(Encoding::Utf16Be), 2),
        _ => (None, 0),
    }
}

/// UTF-16 without a mark: every other byte of its digits and separators is a zero.
fn zeros(start: &[u8]) -> Option<Encoding> {
    let start = start.get(..start.len().min(1 << 10))?;
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |count: usize| count * 5 > start.len().max(8);
    match (many(even), many(odd)) {
        (false, true) => Some(Encoding::Utf16Le),
        (true, false) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn decoded(encoding: Encoding, bytes: &[u8]) -> String {
    match decoder(encoding) {
        None => String::from_utf8_lossy(bytes).trim_end_matches('\u{fffd}').to_owned(),
        Some(mut decoder) => {
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
            let _ = decoder.decode_to_string(bytes, &mut text, false);
            text
        }
    }
}

fn about(file: &str, fault: Diagnostic) -> Diagnostic {
    fault.at(Place::File(file.to_owned()))
}
