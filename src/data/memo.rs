//! What texts said before.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::cuts::Piece;
use super::quick::Says;

/// So many texts are remembered of a column; a column of more different ones says few of them twice.
const MOST: usize = 16 << 10;

/// What the texts of a column turned out to say: each is typed only once, and in one place.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// Texts of at most fifteen bytes, as numbers: no second look at where they are kept.
    short: Shorts,
    long: HashMap<Box<str>, u32, FixedState>,
}

impl Memo {
    /// What a text says: a word or a text by its position, a flag as 0 or 1, a day as days since 1970-01-01.
    pub fn get(&self, text: &str) -> Option<u32> {
        match packed(text.as_bytes()) {
            Some(short) => self.short.get(short),
            None => self.long.get(text).copied(),
        }
    }

    /// What a piece says that is long, or near the end of its stretch.
    #[inline(never)]
    fn far(&self, text: &str) -> Option<u32> {
        self.get(text)
    }

    /// Remembers a text, if there is room.
    pub fn put(&mut self, text: &str, says: u32) {
        if self.is_full() {
            return;
        }
        match packed(text.as_bytes()) {
            Some(short) => self.short.put(short, says),
            None => _ = self.long.insert(text.into(), says),
        }
    }

    /// Whether no more texts are remembered.
    pub fn is_full(&self) -> bool {
        self.short.len() + self.long.len() >= MOST
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Says for Memo {
    type Value = u32;

    #[expect(clippy::inline_always, reason = "it is most of the work for a cell")]
    #[inline(always)]
    fn says(&self, piece: Piece) -> Option<u32> {
        match (packed_ahead(piece), &self.short) {
            (Some(key), Shorts::Tiny(tiny)) if piece.len() < 8 => tiny.get(half(key)),
            (Some(key), Shorts::Short(short)) => short.get(key),
            _ => self.far(piece.text()),
        }
    }
}

/// Short texts as numbers. As long as none has more than seven bytes, a table of half the size: more of it stays near.
#[derive(Debug)]
enum Shorts {
    Tiny(Places<u64>),
    Short(Places<u128>),
}

impl Default for Shorts {
    fn default() -> Self {
        Self::Tiny(Places::default())
    }
}

impl Shorts {
    fn get(&self, key: u128) -> Option<u32> {
        match self {
            Self::Tiny(tiny) if is_tiny(key) => tiny.get(half(key)),
            Self::Tiny(_) => None,
            Self::Short(short) => short.get(key),
        }
    }

    fn put(&mut self, key: u128, says: u32) {
        match self {
            Self::Tiny(tiny) if is_tiny(key) => tiny.put(half(key), says),
            Self::Tiny(tiny) => {
                let mut short = Places::default();
                tiny.taken().for_each(|(key, says)| short.put(whole(key), says));
                short.put(key, says);
                *self = Self::Short(short);
            }
            Self::Short(short) => short.put(key, says),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Tiny(tiny) => tiny.taken,
            Self::Short(short) => short.taken,
        }
    }
}

/// Keys and what they say, each at the first free place from the one that its bits name: nearly all are found at the
/// first look. No key is nought.
#[derive(Debug, Default)]
struct Places<K> {
    /// A power of two, at least twice as many as are taken.
    keys: Vec<K>,
    says: Vec<u32>,
    taken: usize,
}

/// A text as a number.
trait Key: Copy + Eq + Default {
    /// Sixty-four bits that all bits of the key reach.
    fn mixed(self) -> u64;
}

impl Key for u64 {
    #[inline]
    fn mixed(self) -> u64 {
        self
    }
}

impl Key for u128 {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the other half follows")]
    fn mixed(self) -> u64 {
        self as u64 ^ ((self >> 64) as u64).rotate_left(29)
    }
}

impl<K: Key> Places<K> {
    #[inline]
    fn get(&self, key: K) -> Option<u32> {
        let mut at = self.place(key);
        loop {
            let taken = *self.keys.get(at)?;
            if taken == key {
                return self.says.get(at).copied();
            }
            if taken == K::default() {
                return None;
            }
            at = (at + 1) & (self.keys.len() - 1);
        }
    }

    fn put(&mut self, key: K, says: u32) {
        if 2 * (self.taken + 1) > self.keys.len() {
            let size = (2 * self.keys.len()).max(16);
            let grown = Self { keys: vec![K::default(); size], says: vec![0; size], taken: 0 };
            let before = std::mem::replace(self, grown);
            before.taken().for_each(|(key, says)| self.put(key, says));
        }
        let mut at = self.place(key);
        while let Some((place, said)) = self.keys.get_mut(at).zip(self.says.get_mut(at)) {
            if *place == K::default() || *place == key {
                self.taken += usize::from(*place != key);
                (*place, *said) = (key, says);
                return;
            }
            at = (at + 1) & (self.keys.len() - 1);
        }
    }

    fn taken(&self) -> impl Iterator<Item = (K, u32)> {
        let places = self.keys.iter().copied().zip(self.says.iter().copied());
        places.filter(|(key, _)| *key != K::default())
    }

    /// Where a key is looked for first: as far behind the first place as a product, which all its bits reach, is behind
    /// nought.
    #[inline]
    fn place(&self, key: K) -> usize {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let share = u128::from(key.mixed().wrapping_mul(ODD)) * self.keys.len() as u128;
        usize::try_from(share >> 64).unwrap_or_default()
    }
}

/// For each length, the bits of so many bytes.
#[expect(clippy::indexing_slicing, reason = "what is out of bounds does not compile")]
const BYTES: [u128; 16] = {
    let (mut bytes, mut len) = ([0; 16], 1);
    while len < 16 {
        bytes[len] = bytes[len - 1] << 8 | 0xff;
        len += 1;
    }
    bytes
};

/// A short text as a number, no two the same: one more than its bytes are, and these, from the lowest on.
fn packed(bytes: &[u8]) -> Option<u128> {
    let len = bytes.len();
    let mut all = [0; 16];
    all.get_mut(..len).filter(|_| len < 16)?.copy_from_slice(bytes);
    Some(with_len(u128::from_le_bytes(all), len))
}

/// The same of a piece, if more follows: without a look at how long it is.
#[inline]
fn packed_ahead(piece: Piece) -> Option<u128> {
    let len = piece.len();
    let all = u128::from_le_bytes(*piece.ahead()?);
    Some(with_len(all & BYTES.get(len)?, len))
}

#[inline]
fn with_len(bytes: u128, len: usize) -> u128 {
    bytes << 8 | (len as u128 + 1)
}

/// Whether a key has at most seven bytes.
fn is_tiny(key: u128) -> bool {
    key >> 64 == 0
}

/// A key of at most seven bytes.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the other bits are nought")]
fn half(key: u128) -> u64 {
    key as u64
}

/// The same as a key of at most fifteen.
fn whole(key: u64) -> u128 {
    key.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_packed_byte_by_byte() {
        let text = "0123456789abcdefghij";
        for len in 0..=15 {
            let mut expected = [0; 16];
            expected[1..=len].copy_from_slice(&text.as_bytes()[..len]);
            expected[0] = u8::try_from(len + 1).unwrap();
            assert_eq!(packed(&text.as_bytes()[..len]), Some(u128::from_le_bytes(expected)));
            assert_eq!(packed_ahead(Piece::front(text, len)), packed(&text.as_bytes()[..len]));
            assert_eq!(packed_ahead(Piece::front(&text[..15], len)), None);
        }
        assert_eq!((packed(&text.as_bytes()[..16]), packed_ahead(Piece::front(text, 16))), (None, None));
    }

    #[test]
    fn texts_are_remembered_until_there_are_too_many() {
        let mut memo = Memo::default();
        for at in 0..u32::try_from(MOST).unwrap() {
            let text = if at.is_multiple_of(2) { format!("{at}") } else { format!("{at}, which is a long text") };
            assert_eq!(memo.get(&text), None);
            memo.put(&text, at);
            assert_eq!((memo.get(&text), memo.says(Piece::from(text.as_str()))), (Some(at), Some(at)));
        }
        memo.put("one more", 1);
        assert_eq!((memo.get("7, which is a long text"), memo.get("16382")), (Some(7), Some(16_382)));
        assert_eq!((memo.get("one more"), memo.is_full()), (None, true));
        memo.clear();
        memo.put("one more", 1);
        memo.put("one more", 2);
        assert_eq!((memo.get("one more"), memo.get("8"), memo.get("")), (Some(2), None, None));
    }

    #[test]
    fn what_was_said_in_a_few_letters_is_remembered_when_longer_texts_come() {
        let mut memo = Memo::default();
        let texts = ["", "true", "1234567", "12345678", "2024-10-09", "123456789012345"];
        for (at, text) in (0..).zip(texts) {
            memo.put(text, at);
            for (before, text) in (0..=at).zip(texts) {
                assert_eq!((memo.get(text), memo.says(Piece::from(text))), (Some(before), Some(before)), "{text}");
            }
        }
    }
}
