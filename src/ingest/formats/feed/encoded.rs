//! Texts in base64: as feeds write what is no XML.

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

/// Decodes a text in base64, in whatever encoding of characters it is.
pub(crate) fn decode(text: &str) -> Decoded {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let valid = packed.iter().take_while(|byte| alphabet(byte)).count();
    let rest = packed[valid..].iter().filter(|&&byte| byte != b'=').count();
    if rest > valid {
        return Decoded::Plain("a text that should be base64 is not; it is read as it is".into());
    }
    let whole = if valid % GROUP == 1 { valid - 1 } else { valid };
    let Ok(bytes) = ENGINE.decode(&packed[..whole]) else {
        return Decoded::Plain("a text that should be base64 is not; it is read as it is".into());
    };
    if !is_text(&bytes) {
        return Decoded::Binary("a content in base64 is no text; it is left out".into());
    }
    let mut text = String::new();
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    // Reading from memory does not fail, and what is decoded is text.
    let _ = Decoding::new(&bytes[..], head, EncodingHints::default()).read_to_string(&mut text);
    if rest == 0 && whole == valid {
        return Decoded::Text(text);
    }
    let fault = format!("a text in base64 has a mistake after {valid} characters; the rest of it is left out");
    Decoded::Cut(text, fault.into())
}
