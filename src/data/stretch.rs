//! A text of records, cut into stretches that can be read side by side.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::text::MOST_IN_A_RECORD;

/// What is left of a text, to be handed out from the beginning of one record to that of another.
pub(super) struct Stretches<'a> {
    input: Box<dyn Read + Send + 'a>,
    /// The record that the stretch before did not hold as a whole.
    begun: Vec<u8>,
    /// How many were handed out.
    number: usize,
    ended: bool,
    /// About how many bytes a stretch has.
    size: usize,
}

impl<'a> Stretches<'a> {
    /// The stretches of a text that begins with a record.
    pub fn of(input: Box<dyn Read + Send + 'a>, size: usize) -> Self {
        Self { input, begun: Vec::new(), number: 0, ended: false, size }
    }

    /// The number of the stretch that comes next, counted from nought.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Puts the next stretch into `bytes` and returns its number; nothing at the end of the text.
    ///
    /// A record that is longer than any may be ends a stretch in its middle: whoever reads it sees that.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<usize>> {
        // What the buffer held before is written over, not cleared first.
        let mut filled = self.begun.len();
        bytes.resize(bytes.len().max(filled), 0);
        bytes.iter_mut().zip(self.begun.drain(..)).for_each(|(to, from)| *to = from);
        loop {
            filled = self.more(bytes, filled)?;
            let read = bytes.get(..filled).unwrap_or_default();
            let end = if self.ended { Some(filled) } else { last_record_end(read) };
            if let Some(end) = end.or_else(|| (filled > MOST_IN_A_RECORD).then_some(filled)) {
                self.begun.extend_from_slice(read.get(end..).unwrap_or_default());
                bytes.truncate(end);
                self.number += 1;
                return Ok((!bytes.is_empty()).then_some(self.number - 1));
            }
        }
    }

    /// Whether everything has been handed out.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Reads more behind what a buffer holds; returns how much that is then.
    fn more(&mut self, bytes: &mut Vec<u8>, mut filled: usize) -> io::Result<usize> {
        bytes.resize(filled + self.size, 0);
        while let Some(free) = bytes.get_mut(filled..).filter(|free| !free.is_empty()) {
            match self.input.read(free) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => filled += read,
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                Err(why) => return Err(why),
            }
        }
        Ok(filled)
    }
}

/// The end of the last whole record: the last line break outside quotation marks. Where quotation marks stand in the
/// middle of cells this may be wrong; whoever reads the stretch sees these.
fn last_record_end(bytes: &[u8]) -> Option<usize> {
    let quotes = |bytes: &[u8]| memchr_iter(b'"', bytes).count();
    let all = quotes(bytes);
    let (mut end, mut behind) = (bytes.len(), 0);
    loop {
        let at = memrchr(b'\n', bytes.get(..end)?)?;
        behind += quotes(bytes.get(at..end)?);
        if (all - behind).is_multiple_of(2) {
            return Some(at + 1);
        }
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_end_where_records_end() {
        let line = "a,\"b\nc\",d\n";
        let text = line.repeat(30) + "e,f,g";
        let mut stretches = Stretches::of(Box::new(text.as_bytes()), 64);
        let (mut bytes, mut all) = (Vec::new(), Vec::new());
        while let Some(number) = stretches.next(&mut bytes).unwrap() {
            assert_eq!(number + 1, stretches.number());
            all.extend_from_slice(&bytes);
            assert!(all.ends_with(b",d\n") || stretches.ended());
        }
        assert_eq!(all, text.as_bytes());
    }

    #[test]
    fn the_end_of_the_last_record_is_outside_quotation_marks() {
        let cases =
            [("a\nb\nc", Some(4)), ("a\n\"b\nc", Some(2)), ("\"a\nb\"\n\"\n", Some(6)), ("\"a\n", None), ("a", None)];
        for (text, end) in cases {
            assert_eq!(last_record_end(text.as_bytes()), end, "{text:?}");
        }
    }
}
