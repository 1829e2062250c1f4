//! Texts in base64 and quoted-printable: as feeds write what is no XML, and e-mails what is not ASCII.

use std::io::Read as _;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::ingest::decode::binary::is_text;
use crate::ingest::decode::encoding::{Decoding, EncodingHints};
use crate::ingest::decode::peek::HEAD_BYTES;
use crate::ingest::event::Reason;

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
/// Characters of base64 that stand for three bytes.
const GROUP: usize = 4;

/// A text in base64, and what is wrong with it.
pub(crate) enum Decoded {
    Text(String),
    /// The text up to a mistake.
    Cut(String, Reason),
    /// No base64 at all: the text is as it stands.
    Plain(Reason),
    /// Something else than a text.
    Binary(Reason),
}

/// Bytes in base64 up to the first mistake, with how many characters that took and how many are left.
pub(crate) fn decode_bytes(packed: &[u8]) -> (Vec<u8>, usize, usize) {
    let packed: Vec<u8> = packed.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let valid = packed.iter().take_while(|byte| alphabet(byte)).count();
    let rest = packed[valid..].iter().filter(|&&byte| byte != b'=').count();
    // One character alone is less than a byte.
    let alone = usize::from(valid % GROUP == 1);
    // Of these characters nothing is wrong.
    let bytes = ENGINE.decode(&packed[..valid - alone]).unwrap_or_default();
    (bytes, valid, rest + alone)
}

/// Decodes a text in base64, in whatever encoding of characters it is.
pub(crate) fn decode(text: &str) -> Decoded {
    let (bytes, valid, rest) = decode_bytes(text.as_bytes());
    if rest > valid {
        return Decoded::Plain("a text that should be base64 is not; it is read as it is".into());
    }
    if !is_text(&bytes) {
        return Decoded::Binary("a content in base64 is no text; it is left out".into());
    }
    let mut text = String::new();
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    // Reading from memory does not fail, and what is decoded is text.
    let _ = Decoding::new(&bytes[..], head, EncodingHints::default()).read_to_string(&mut text);
    if rest == 0 {
        return Decoded::Text(text);
    }
    let fault = format!("a text in base64 has a mistake after {valid} characters; the rest of it is left out");
    Decoded::Cut(text, fault.into())
}

/// Decodes quoted-printable (RFC 2045, 6.7). What is no sign of it stands for itself.
pub(crate) fn decode_quoted_printable(coded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(coded.len());
    let mut rest = coded;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'=' {
            bytes.push(first);
            continue;
        }
        let hex = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
        let spaces = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match (hex(after.first()), hex(after.get(1)), &after[spaces..]) {
            (Some(high), Some(low), _) => {
                bytes.push(u8::try_from(16 * high + low).unwrap_or_default());
                rest = &after[2..];
            }
            // A line that goes on.
            (_, _, [b'\r', b'\n', further @ ..] | [b'\n', further @ ..]) => rest = further,
            (_, _, []) => rest = &[],
            _ => bytes.push(first),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_of_any_quality() {
        for (coded, text) in
            [("Z=C3=B6lle", "Zölle"), ("a=\r\nb= \nc", "abc"), ("1=2", "1=2"), ("=ZZ=", "=ZZ"), ("=c3=b6", "ö")]
        {
            assert_eq!(decode_quoted_printable(coded.as_bytes()), text.as_bytes(), "{coded}");
        }
    }
}
