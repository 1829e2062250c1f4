//! UTF-16 and UTF-32 by their byte order mark or form, the encodings in which ASCII is none.

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::ingest::decode::charset::is_utf8;
use crate::ingest::decode::text_encoding::{TextEncoding, UTF_32BE, UTF_32LE};

/// Characters that are plainly Chinese text, of a hundred.
const MIN_CHINESE_PERCENT: usize = 90;

/// UTF-32 by its byte order mark, which begins as that of UTF-16 does.
pub(crate) fn by_mark(head: &[u8]) -> Option<TextEncoding> {
    match head {
        // UTF-16 has no text that begins with U+0000.
        [0xFF, 0xFE, 0, 0, ..] => Some(UTF_32LE),
        [0, 0, 0xFE, 0xFF, ..] => Some(UTF_32BE),
        _ => None,
    }
}

/// UTF-32 or UTF-16 without a byte order mark.
pub(crate) fn by_form(head: &[u8]) -> Option<TextEncoding> {
    utf32(head).or_else(|| utf16(head))
}

/// UTF-32 by the values of its units, all of which are characters. In UTF-16 two characters of text make none.
fn utf32(head: &[u8]) -> Option<TextEncoding> {
    let is_text = |value: u32| matches!(value, 9 | 10 | 13 | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_F000..=0x2_FFFF);
    let is_in = |value: fn([u8; 4]) -> u32| {
        head.len() >= 8 && head.chunks_exact(4).all(|unit| is_text(value([unit[0], unit[1], unit[2], unit[3]])))
    };
    if is_in(u32::from_le_bytes) {
        Some(UTF_32LE)
    } else if is_in(u32::from_be_bytes) {
        Some(UTF_32BE)
    } else {
        None
    }
}

/// UTF-16 by the zero bytes of the ASCII in it, or where it has none by its Chinese characters.
fn utf16(head: &[u8]) -> Option<TextEncoding> {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    // Korean and Chinese have line ends, digits and spaces at least.
    let is_clear = |zeros: usize, others: usize| zeros > 1 && zeros > 3 * others && zeros * 20 >= pairs;
    // UTF-8 with a zero byte here and there is UTF-8; ASCII as UTF-16 is valid UTF-8 too, but has them all over.
    let is_utf8 = is_utf8(head, false);
    if is_utf8 && 5 * even.max(odd) < 2 * pairs {
        return None;
    }
    let encoding = if pairs < 2 {
        return None;
    } else if is_clear(odd, even) {
        UTF_16LE
    } else if is_clear(even, odd) {
        UTF_16BE
    } else if is_utf8 {
        return None;
    } else if is_chinese(head, u16::from_le_bytes) {
        UTF_16LE
    } else if is_chinese(head, u16::from_be_bytes) {
        UTF_16BE
    } else {
        return None;
    };
    Some(encoding.into())
}

/// True if bytes are Chinese text in UTF-16. The low bytes of its characters are of any value, also of those that no other
/// encoding has in a text.
fn is_chinese(head: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let has_control = head.iter().any(|byte| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F));
    let (mut han, mut usual, mut count) = (0_usize, 0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        let unit = unit([pair[0], pair[1]]);
        let is_han = matches!(unit, 0x4E00..=0x9FFF);
        han += usize::from(is_han);
        // Punctuation, and letters of full width.
        usual += usize::from(
            is_han || matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0x2010..=0x2027 | 0x3000..=0x3020 | 0xFF01..=0xFF5E),
        );
        count += 1;
    }
    has_control && 2 * han > count && 100 * usual >= MIN_CHINESE_PERCENT * count
}
