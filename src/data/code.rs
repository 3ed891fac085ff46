//! Codes: letters, digits and what stands between them.
//!
//! A cell of nothing else says what stands there: no letter of it got lost, and it is no error of a formula.

use wide::u8x16;

use super::cuts::Piece;

/// So many bytes are looked at together.
const LANES: usize = 16;

/// Whether a text is letters and digits of ASCII, `-`, `_`, `.` and `/`, and not blank.
pub(super) fn is_code(text: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    !text.is_empty() && text.iter().all(plain)
}

/// The same of a piece of a stretch.
#[inline]
pub(super) fn is_code_piece(piece: Piece) -> bool {
    match piece.ahead() {
        Some(bytes) if piece.len() <= LANES => !piece.is_empty() && others(bytes) as usize >= piece.len(),
        _ => is_code(piece.bytes()),
    }
}

/// At which byte the first stands that is none of a code.
#[inline]
fn others(bytes: &[u8; LANES]) -> u32 {
    let bytes = u8x16::from(*bytes);
    let within = |bytes: u8x16, first: u8, last: u8| (bytes - u8x16::splat(first)).simd_le(u8x16::splat(last - first));
    let letters = within(bytes | u8x16::splat(0x20), b'a', b'z');
    // From the hyphen to the nine there is nothing but the point and the slash.
    let codes = letters | within(bytes, b'-', b'9') | bytes.simd_eq(u8x16::splat(b'_'));
    (!codes).to_bitmask().trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_of_a_code_or_not_wherever_it_stands() {
        for letter in '\0'..='\u{100}' {
            for before in [0, 3, 15, 16] {
                let text = format!("{}{letter}", "x".repeat(before));
                let followed = format!("{text} and more than sixteen bytes");
                let expected = letter.is_ascii_alphanumeric() || "-_./".contains(letter);
                assert_eq!(is_code(text.as_bytes()), expected, "{text:?}");
                assert_eq!(is_code_piece(Piece::from(text.as_str())), expected, "{text:?}");
                assert_eq!(is_code_piece(Piece::front(&followed, text.len())), expected, "{text:?}");
            }
        }
        assert!(!is_code(b"") && !is_code_piece(Piece::front("more than sixteen bytes", 0)));
    }
}
