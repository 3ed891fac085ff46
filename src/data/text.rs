//! The letters of a file, one stretch after the other.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1258};

use crate::schema::Encoding;

use super::input::fill;
use super::sniff::Sniffed;

/// No row of a table is longer, in bytes; one that is holds the rest of the file in a quotation that was never closed.
pub(super) const MOST_IN_A_RECORD: usize = 4 << 20;

/// So many bytes are decoded at once.
const CHUNK: usize = 64 << 10;

/// What turns bytes of an encoding into letters; bytes of UTF-8 are letters already.
pub(super) fn decoder(encoding: Encoding) -> Option<Decoder> {
    let encoding = match encoding {
        Encoding::Utf8 => return None,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1258 => WINDOWS_1258,
    };
    Some(encoding.new_decoder_without_bom_handling())
}

/// The text of a file in UTF-8, as a reader that remembers what it handed out since the record before.
pub(super) struct Text<'a> {
    input: Box<dyn Read + Send + 'a>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ended: bool,
    /// The text from `base` on; up to `served` it was handed out.
    window: Vec<u8>,
    served: usize,
    base: usize,
    /// Where the text begins for its reader.
    skip: usize,
    /// Where the last record began.
    record: usize,
    /// Whether some bytes were no letters.
    pub malformed: bool,
    /// Whether it ended because a record was too long.
    pub too_long: bool,
}

impl<'a> Text<'a> {
    /// The text of an input, without its byte order mark and so many bytes of the text.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(mut input: Box<dyn Read + Send + 'a>, sniffed: &Sniffed, skip: usize) -> io::Result<Self> {
        let mut mark = [0; 4];
        fill(&mut *input, mark.get_mut(..sniffed.mark).unwrap_or_default())?;
        let mut text = Self { skip, ..Self::of(input, decoder(sniffed.encoding)) };
        while text.window.len() < skip && !text.ended {
            text.more()?;
        }
        text.served = skip.min(text.window.len());
        Ok(text)
    }

    /// A text in UTF-8, from its first byte on.
    pub fn utf8(input: Box<dyn Read + Send + 'a>) -> Self {
        Self::of(input, None)
    }

    fn of(input: Box<dyn Read + Send + 'a>, decoder: Option<Decoder>) -> Self {
        Self {
            input,
            decoder,
            raw: vec![0; CHUNK],
            ended: false,
            window: Vec::with_capacity(2 * CHUNK),
            served: 0,
            base: 0,
            skip: 0,
            record: 0,
            malformed: false,
            too_long: false,
        }
    }

    /// The text from one offset to another, as far as it is still there. Offsets are those of the reader.
    pub fn part(&self, from: usize, to: usize) -> &[u8] {
        let at = |offset: usize| (offset + self.skip).saturating_sub(self.base).min(self.window.len());
        self.window.get(at(from)..at(to)).unwrap_or_default()
    }

    /// Whether nothing follows an offset.
    pub fn ends_at(&self, offset: usize) -> bool {
        self.ended && offset + self.skip >= self.base + self.window.len()
    }

    /// The text before the first offset.
    pub fn skipped(&self) -> &[u8] {
        self.window.get(..self.skip.saturating_sub(self.base)).unwrap_or_default()
    }

    /// Forgets what stands before a record that begins here.
    pub fn forget_before(&mut self, offset: usize) {
        self.record = offset + self.skip;
        let passed = self.record.saturating_sub(self.base).min(self.served);
        if passed > CHUNK {
            self.window.drain(..passed);
            self.base += passed;
            self.served -= passed;
        }
    }

    fn more(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else {
            let start = self.window.len();
            self.window.resize(start + CHUNK, 0);
            let count = fill(&mut *self.input, self.window.get_mut(start..).unwrap_or_default())?;
            self.window.truncate(start + count);
            self.ended = count == 0;
            return Ok(());
        };
        let count = fill(&mut *self.input, &mut self.raw)?;
        self.ended = count == 0;
        let raw = self.raw.get(..count).unwrap_or_default();
        let most = decoder.max_utf8_buffer_length(count).unwrap_or(4 * count + 16);
        let start = self.window.len();
        self.window.resize(start + most, 0);
        let free = self.window.get_mut(start..).unwrap_or_default();
        let (_, _, written, malformed) = decoder.decode_to_utf8(raw, free, self.ended);
        self.window.truncate(start + written);
        self.malformed |= malformed;
        Ok(())
    }
}

impl Read for Text<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.served == self.window.len() && !self.ended {
            if (self.base + self.served).saturating_sub(self.record) > MOST_IN_A_RECORD {
                self.too_long = true;
                return Ok(0);
            }
            self.more()?;
        }
        let ready = self.window.get(self.served..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.served += count;
        Ok(count)
    }
}
