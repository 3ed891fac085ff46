//! What texts said before.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// So many texts are remembered of a column; a column of more different ones says few of them twice.
const MOST: usize = 16 << 10;

/// What the texts of a column turned out to say: each is typed only once, and in one place.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// Texts of at most fifteen bytes, as numbers: no second look at where they are kept.
    short: HashMap<u128, u32, FixedState>,
    long: HashMap<Box<str>, u32, FixedState>,
}

impl Memo {
    /// What a text says: a word or a text by its position, a flag as 0 or 1, a day as days since 1970-01-01.
    pub fn get(&self, text: &str) -> Option<u32> {
        match packed(text.as_bytes()) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(text).copied(),
        }
    }

    /// Remembers a text, if there is room.
    pub fn put(&mut self, text: &str, says: u32) {
        if self.is_full() {
            return;
        }
        match packed(text.as_bytes()) {
            Some(short) => self.short.insert(short, says),
            None => self.long.insert(text.into(), says),
        };
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

/// A short text as a number, no two the same: its bytes from the lowest on, and how many they are in the highest.
fn packed(bytes: &[u8]) -> Option<u128> {
    let len = bytes.len();
    let ends = match len {
        8..=15 => {
            let (first, last) = (u64::from_le_bytes(*bytes.first_chunk()?), u64::from_le_bytes(*bytes.last_chunk()?));
            u128::from(first) | u128::from(last) << (8 * (len - 8))
        }
        4..=7 => {
            let (first, last) = (u32::from_le_bytes(*bytes.first_chunk()?), u32::from_le_bytes(*bytes.last_chunk()?));
            u128::from(first) | u128::from(last) << (8 * (len - 4))
        }
        0..=3 => bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u128::from(*byte)),
        _ => return None,
    };
    Some(ends | (len as u128) << 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_packed_byte_by_byte() {
        let text: Vec<u8> = (1..=20).collect();
        for len in 0..=15 {
            let mut expected = [0; 16];
            expected[..len].copy_from_slice(&text[..len]);
            expected[15] = u8::try_from(len).unwrap();
            assert_eq!(packed(&text[..len]), Some(u128::from_le_bytes(expected)));
        }
        assert_eq!(packed(&text[..16]), None);
    }

    #[test]
    fn texts_are_remembered_until_there_are_too_many() {
        let mut memo = Memo::default();
        for at in 0..u32::try_from(MOST).unwrap() {
            memo.put(&format!("{at}, which is a long text"), at);
        }
        memo.put("one more", 1);
        assert_eq!((memo.get("7, which is a long text"), memo.get("one more"), memo.is_full()), (Some(7), None, true));
        memo.clear();
        memo.put("one more", 1);
        assert_eq!((memo.get("one more"), memo.get("7")), (Some(1), None));
    }
}
