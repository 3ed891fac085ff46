//! Where cells and records end, in sixty-four bytes at a time.
//!
//! One bit stands for one byte. Which bytes are inside quotation marks is the running parity of the marks before them:
//! six shifts for all, instead of a look at each.

#![expect(clippy::inline_always, reason = "a loop is compiled as a whole: see `value::modern`")]

use std::array;

use memchr::memchr;
use wide::u8x16;

/// So many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// The bytes that mean something in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needles {
    delimiter: u8x16,
    /// Whether there are returns: lines end with them in all of a file or in none of it.
    returns: bool,
}

/// Where they stand in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Delimiters and newlines.
    ends: u64,
    quotes: u64,
    returns: u64,
    /// Newlines, where there are returns.
    newlines: u64,
}

/// What the blocks before leave open.
#[derive(Debug)]
pub(super) struct Carried {
    /// All bits, if quotation marks are open.
    quoted: u64,
    /// The lowest bit: whether the last byte ended a cell, was the second quotation mark of a pair, or a return.
    ended: u64,
    closed: u64,
    returned: u64,
    /// Quotation marks and returns after which the ends of records are in doubt.
    doubts: u64,
    /// Whether a return stands alone inside quotation marks.
    pub odd: bool,
}

impl Needles {
    /// For a text and what stands between its cells.
    pub fn of(text: &[u8], delimiter: u8) -> Self {
        Self { delimiter: u8x16::splat(delimiter), returns: memchr(b'\r', text).is_some() }
    }

    /// Finds them.
    #[inline(always)]
    pub fn find(self, block: &[u8; BLOCK]) -> Found {
        let lanes: [u8x16; 4] =
            array::from_fn(|at| block.as_chunks().0.get(at).map_or(u8x16::ZERO, |lane| u8x16::from(*lane)));
        let equal = |byte| mask(lanes.map(|lane| lane.simd_eq(u8x16::splat(byte))));
        let ends = mask(lanes.map(|lane| lane.simd_eq(self.delimiter) | lane.simd_eq(u8x16::splat(b'\n'))));
        let (returns, newlines) = if self.returns { (equal(b'\r'), equal(b'\n')) } else { (0, 0) };
        Found { ends, quotes: equal(b'"'), returns, newlines }
    }
}

/// One bit for each byte of which all bits are set.
#[inline(always)]
fn mask(lanes: [u8x16; 4]) -> u64 {
    lanes.into_iter().rev().fold(0, |all, lane| all << 16 | u64::from(lane.to_bitmask()))
}

/// A text begins as if a cell had ended before it.
impl Default for Carried {
    fn default() -> Self {
        Self { quoted: 0, ended: 1, closed: 0, returned: 0, doubts: 0, odd: false }
    }
}

impl Carried {
    /// The ends of cells in a block; `last` has a bit where the text ends.
    #[inline(always)]
    pub fn ends(&mut self, found: Found, last: u64) -> u64 {
        let Found { ends, quotes, returns, newlines } = found;
        let quoted = parity(quotes) ^ self.quoted;
        let ends = ends & !quoted;
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let behind_closing = closing << 1 | self.closed;
        let behind_end = ends << 1 | self.ended;
        // A quotation mark opens a cell, or is the second of two that stand for one; what follows the last ends the cell.
        self.doubts |= opening & !(behind_end | behind_closing);
        self.doubts |= behind_closing & !(ends | opening | returns | last);
        // A return alone ends a record, or a line inside a cell.
        let alone = (returns << 1 | self.returned) & !newlines;
        let was_quoted = quoted << 1 | self.quoted & 1;
        self.doubts |= alone & !was_quoted;
        self.odd |= alone & was_quoted != 0;
        self.quoted = 0_u64.wrapping_sub(quoted >> 63);
        (self.ended, self.closed, self.returned) = (ends >> 63, closing >> 63, returns >> 63);
        ends
    }

    /// Whether it is in doubt where records end.
    pub fn in_doubt(&self) -> bool {
        self.doubts != 0 || self.quoted != 0
    }
}

/// For each bit, whether it and those below it that are set are odd in number.
#[inline(always)]
fn parity(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].into_iter().fold(bits, |bits, by| bits ^ bits << by)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of cells in a text, found block by block; whether they are in doubt, and whether something is odd.
    fn ends(text: &str) -> (Vec<usize>, bool, bool) {
        let (needles, mut carried, mut found) = (Needles::of(text.as_bytes(), b','), Carried::default(), vec![]);
        let (blocks, rest) = text.as_bytes().as_chunks();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        for (at, block) in blocks.iter().chain([&last]).enumerate() {
            let end = if at == blocks.len() { 1 << rest.len() } else { 0 };
            let ends = carried.ends(needles.find(block), end);
            found.extend((0..BLOCK).filter(|bit| ends >> bit & 1 == 1).map(|bit| at * BLOCK + bit));
        }
        (found, carried.in_doubt(), carried.odd)
    }

    #[test]
    fn ends_are_the_same_wherever_blocks_begin() {
        let texts = [
            ("a,\"b,\n\"\"c\"\r\nd,e\n", vec![1, 11, 13, 15], false),
            ("\"a\rb\",\"\"\n", vec![5, 8], true),
            ("\"a\r\",\"\"", vec![4], true),
        ];
        for (text, positions, odd) in texts {
            for before in 0..130 {
                let shifted = positions.iter().map(|at| at + before + 1);
                let expected = std::iter::once(before).chain(shifted).collect();
                assert_eq!(ends(&(".".repeat(before) + "," + text)), (expected, false, odd), "{text:?}");
            }
        }
    }

    #[test]
    fn what_stands_at_odd_places_is_in_doubt() {
        for text in ["a\"", "\"a\"b", "\"a\" ,", "a\rb", "\"a\"\r,b", "a\r", "\"a", "\"a\"\"", "a \"b\""] {
            for before in 0..130 {
                assert!(ends(&(".".repeat(before) + "," + text)).1, "{text:?} after {before}");
            }
        }
    }
}
