//! Where cells and records end, in sixty-four bytes at a time.
//!
//! One bit stands for one byte. Which bytes are inside quotation marks is the running parity of the marks before them:
//! six shifts for all, instead of a look at each.

use wide::u8x16;

/// So many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// The bytes that mean something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needles {
    delimiter: u8x16,
}

/// Where they stand in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    delimiters: u64,
    newlines: u64,
    quotes: u64,
    returns: u64,
}

/// What they mean there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// The ends of cells.
    pub ends: u64,
    /// The ends of cells that are the last of their records.
    pub records: u64,
    /// Line breaks inside quotation marks.
    pub inside: u64,
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
    /// With what stands between cells.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter: u8x16::splat(delimiter) }
    }

    /// Finds them.
    pub fn find(self, block: &[u8; BLOCK]) -> Found {
        let lanes = block.as_chunks().0;
        Found {
            delimiters: equal(lanes, self.delimiter),
            newlines: equal(lanes, u8x16::splat(b'\n')),
            quotes: equal(lanes, u8x16::splat(b'"')),
            returns: equal(lanes, u8x16::splat(b'\r')),
        }
    }
}

fn equal(lanes: &[[u8; 16]], needle: u8x16) -> u64 {
    let bits = lanes.iter().map(|lane| u8x16::from(*lane).simd_eq(needle).to_bitmask());
    bits.zip((0..).step_by(16)).fold(0, |all, (bits, at)| all | u64::from(bits) << at)
}

/// A text begins as if a cell had ended before it.
impl Default for Carried {
    fn default() -> Self {
        Self { quoted: 0, ended: 1, closed: 0, returned: 0, doubts: 0, odd: false }
    }
}

impl Carried {
    /// What was found means this; `end` has a bit where the text ends.
    pub fn marks(&mut self, found: Found, end: u64) -> Marks {
        let Found { delimiters, newlines, quotes, returns } = found;
        if quotes | returns | self.quoted | self.closed | self.returned == 0 {
            let ends = delimiters | newlines;
            self.ended = ends >> 63;
            return Marks { ends, records: newlines, inside: 0 };
        }
        let quoted = parity(quotes) ^ self.quoted;
        let marks =
            Marks { ends: (delimiters | newlines) & !quoted, records: newlines & !quoted, inside: newlines & quoted };
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let behind_closing = closing << 1 | self.closed;
        let behind_end = marks.ends << 1 | self.ended;
        let behind_return = returns << 1 | self.returned;
        // A quotation mark opens a cell, or is the second of two that stand for one; what follows the last ends the cell.
        self.doubts |= opening & !(behind_end | behind_closing);
        self.doubts |= behind_closing & !(marks.ends | opening | returns | end);
        // A return alone ends a record, or a line inside a cell.
        let (alone, was_quoted) = (behind_return & !newlines, quoted << 1 | self.quoted & 1);
        self.doubts |= alone & !was_quoted;
        self.odd |= alone & was_quoted != 0;
        self.quoted = 0_u64.wrapping_sub(quoted >> 63);
        (self.ended, self.closed, self.returned) = (marks.ends >> 63, closing >> 63, returns >> 63);
        marks
    }

    /// Whether it is in doubt where records end.
    pub fn in_doubt(&self) -> bool {
        self.doubts != 0 || self.quoted != 0
    }
}

/// For each bit, whether it and those below it that are set are odd in number.
fn parity(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].into_iter().fold(bits, |bits, by| bits ^ bits << by)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The positions that mean something in a text, found block by block: ends of cells, of records, line breaks inside;
    /// whether the ends are in doubt, and whether something is odd.
    fn marks(text: &str) -> ([Vec<usize>; 3], bool, bool) {
        let (needles, mut carried, mut found) = (Needles::new(b','), Carried::default(), [vec![], vec![], vec![]]);
        let (blocks, rest) = text.as_bytes().as_chunks();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        for (at, block) in blocks.iter().chain([&last]).enumerate() {
            let end = if at == blocks.len() { 1 << rest.len() } else { 0 };
            let Marks { ends, records, inside } = carried.marks(needles.find(block), end);
            for (found, bits) in found.iter_mut().zip([ends, records, inside]) {
                found.extend((0..BLOCK).filter(|bit| bits >> bit & 1 == 1).map(|bit| at * BLOCK + bit));
            }
        }
        (found, carried.in_doubt(), carried.odd)
    }

    #[test]
    fn marks_are_the_same_wherever_blocks_begin() {
        let texts = [
            ("a,\"b,\n\"\"c\"\r\nd,e\n", ([vec![1, 11, 13, 15], vec![11, 15], vec![5]], false, false)),
            ("\"a\rb\",\"\"\n", ([vec![5, 8], vec![8], vec![]], false, true)),
            ("\"a\r\",\"\"", ([vec![4], vec![], vec![]], false, true)),
        ];
        for (text, (positions, doubt, odd)) in texts {
            for before in 0..130 {
                let shifted = positions.clone().map(|all| all.iter().map(|at| at + before + 1).collect::<Vec<_>>());
                let [mut ends, records, inside] = shifted;
                ends.insert(0, before);
                assert_eq!(
                    marks(&(".".repeat(before) + "," + text)),
                    ([ends, records, inside], doubt, odd),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn what_stands_at_odd_places_is_in_doubt() {
        for text in ["a\"", "\"a\"b", "\"a\" ,", "a\rb", "\"a\"\r,b", "a\r", "\"a", "\"a\"\"", "a \"b\""] {
            for before in 0..130 {
                assert!(marks(&(".".repeat(before) + "," + text)).1, "{text:?} after {before}");
            }
        }
    }
}
