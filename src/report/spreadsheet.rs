//! CSV as the Excel of a Vietnamese office opens it, and texts that no spreadsheet takes for a formula.

use std::borrow::Cow;
use std::io;

use crate::value::visible;

/// A writer of cells with semicolons between them, after a byte order mark.
pub(super) fn writer(out: &mut dyn io::Write) -> io::Result<csv::Writer<&mut dyn io::Write>> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(out))
}

/// A text that neither a spreadsheet nor a terminal takes for a command: one that a spreadsheet would compute gets an
/// apostrophe in front, and controls are shown.
pub(super) fn inert(text: &str) -> String {
    as_inert(text).into_owned()
}

/// The same, which is mostly the text itself.
pub(super) fn as_inert(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text }
}
