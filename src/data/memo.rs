//! What texts said before.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::cuts::Piece;

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

    /// What a piece of a stretch says.
    #[inline]
    pub fn get_piece(&self, piece: Piece) -> Option<u32> {
        match packed_ahead(piece) {
            Some(short) => self.short.get(short),
            None => self.get(piece.text()),
        }
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
        self.short.taken + self.long.len() >= MOST
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Keys and what they say, each at the first free place from the one that its bits name: nearly all are found at the
/// first look. No key is nought.
#[derive(Debug, Default)]
struct Shorts {
    /// A power of two, at least twice as many as are taken.
    keys: Vec<u128>,
    says: Vec<u32>,
    taken: usize,
}

impl Shorts {
    #[inline]
    fn get(&self, key: u128) -> Option<u32> {
        let mut at = self.place(key);
        loop {
            match self.keys.get(at) {
                None | Some(0) => return None,
                Some(taken) if *taken == key => return self.says.get(at).copied(),
                Some(_) => at = (at + 1) & (self.keys.len() - 1),
            }
        }
    }

    fn put(&mut self, key: u128, says: u32) {
        if 2 * (self.taken + 1) > self.keys.len() {
            let size = (2 * self.keys.len()).max(16);
            let before = std::mem::replace(self, Self { keys: vec![0; size], says: vec![0; size], taken: 0 });
            let taken = before.keys.into_iter().zip(before.says).filter(|(key, _)| *key != 0);
            taken.for_each(|(key, says)| self.put(key, says));
        }
        let mut at = self.place(key);
        while let Some((place, said)) = self.keys.get_mut(at).zip(self.says.get_mut(at)) {
            if *place == 0 || *place == key {
                self.taken += usize::from(*place == 0);
                (*place, *said) = (key, says);
                return;
            }
            at = (at + 1) & (self.keys.len() - 1);
        }
    }

    /// Where a key is looked for first: the upper bits of a product, which all bits of the key reach.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "only some bits are wanted")]
    fn place(&self, key: u128) -> usize {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let (low, high) = (key as u64, (key >> 64) as u64);
        ((low ^ high.rotate_left(29)).wrapping_mul(ODD) >> 40) as usize & self.keys.len().wrapping_sub(1)
    }
}

/// For each length, the bits of so many bytes.
const BYTES: [u128; 16] = {
    let (mut bytes, mut len) = ([0; 16], 1);
    while len < 16 {
        bytes[len] = bytes[len - 1] << 8 | 0xff;
        len += 1;
    }
    bytes
};

/// A short text as a number, no two the same: its bytes from the lowest on, and one more than they are in the highest.
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

fn with_len(bytes: u128, len: usize) -> u128 {
    bytes | (len as u128 + 1) << 120
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_packed_byte_by_byte() {
        let text = "0123456789abcdefghij";
        for len in 0..=15 {
            let mut expected = [0; 16];
            expected[..len].copy_from_slice(&text.as_bytes()[..len]);
            expected[15] = u8::try_from(len + 1).unwrap();
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
            assert_eq!((memo.get(&text), memo.get_piece(Piece::from(text.as_str()))), (Some(at), Some(at)));
        }
        memo.put("one more", 1);
        assert_eq!((memo.get("7, which is a long text"), memo.get("16382")), (Some(7), Some(16_382)));
        assert_eq!((memo.get("one more"), memo.is_full()), (None, true));
        memo.clear();
        memo.put("one more", 1);
        memo.put("one more", 2);
        assert_eq!((memo.get("one more"), memo.get("8"), memo.get("")), (Some(2), None, None));
    }
}
