//! What is no text: bytes that are in none, whatever its encoding.

/// Bytes by which text is known from what is none.
const SAMPLE_BYTES: usize = 4 << 10;
/// Of so many bytes one may be a control character that is in no text: a few have slipped into texts.
const MIN_BYTES_PER_CONTROL: usize = 100;

/// True for bytes that can be a text: with next to no control characters, or a mark or a form that say it is UTF-16.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || super::charset::utf16(start).is_some() {
        return true;
    }
    // Escape, shift out and shift in are those of ISO-2022.
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x10..=0x1a | 0x1c..=0x1f);
    let controls = start.iter().filter(is_control).count();
    controls * MIN_BYTES_PER_CONTROL <= start.len()
}
