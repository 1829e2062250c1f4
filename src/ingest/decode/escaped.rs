//! Encodings of seven bits, which shift to double-byte characters and back by escapes: ISO-2022-KR (RFC 1557) and HZ (RFC 1843).
//!
//! encoding_rs replaces whole texts in them by one U+FFFD, since browsers were attacked by them; here markup is read after
//! decoding, and nothing runs. What stands between the escapes is EUC-KR or GBK without its high bits, and goes to the decoders
//! of these. A line's end shifts back in both, so that a lost escape or byte costs one line at most.

use encoding_rs::{Decoder, EUC_KR, Encoding, GB18030};

use crate::ingest::decode::standard::{Malformed, decode_block};
use crate::ingest::decode::text_encoding::Escapes;

pub(super) const ESCAPE: u8 = 0x1B;
pub(super) const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;
/// The beginning of a text in ISO-2022-KR, which says that shift out means KS X 1001.
pub(super) const KR_DESIGNATION: &[u8] = b"\x1B$)C";
/// The bytes of double-byte characters.
const DOUBLE: std::ops::RangeInclusive<u8> = 0x21..=0x7E;

/// A decoder of one of the encodings.
pub(super) struct EscapedDecoder {
    escapes: Escapes,
    /// Decodes the characters with their high bits.
    decoder: Decoder,
    is_shifted: bool,
    /// The beginning of an escape or character that the end of a block has cut.
    rest: Vec<u8>,
}

/// What begins at a position.
enum Step {
    /// An escape of a length, which shifts to double-byte characters or back.
    Shift(bool, usize),
    /// Text of a length as it stands; so many bytes behind it are skipped.
    Plain(usize, usize),
    /// Double-byte characters, of so many bytes together.
    Characters(usize),
    /// The first byte of a character whose second one is missing.
    Half,
    /// The end of the block, too early to tell.
    Cut,
}

impl EscapedDecoder {
    pub(super) fn new(escapes: Escapes) -> EscapedDecoder {
        let decoder = characters_of(escapes).new_decoder_without_bom_handling();
        EscapedDecoder { escapes, decoder, is_shifted: false, rest: Vec::new() }
    }

    /// Decodes one block, which begins at a position of the input.
    pub(super) fn decode(&mut self, block: &[u8], last: bool, position: u64, output: &mut Vec<u8>) -> Malformed {
        let mut malformed = Malformed::default();
        let mut position = position - self.rest.len() as u64;
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(block);
        let mut bytes = &mut bytes[..];
        while !bytes.is_empty() {
            let taken = match self.next(bytes, last) {
                Step::Cut => {
                    self.rest = bytes.to_vec();
                    return malformed;
                }
                Step::Shift(is_shifted, length) => {
                    malformed.add(self.flush(position, output));
                    self.is_shifted = is_shifted;
                    length
                }
                Step::Plain(length, skipped) => {
                    malformed.add(decode_block(&mut self.decoder, &bytes[..length], false, position, output));
                    length + skipped
                }
                Step::Characters(length) => {
                    bytes[..length].iter_mut().for_each(|byte| *byte |= 0x80);
                    malformed.add(decode_block(&mut self.decoder, &bytes[..length], false, position, output));
                    length
                }
                Step::Half => {
                    malformed.add(decode_block(&mut self.decoder, &[bytes[0] | 0x80], false, position, output));
                    malformed.add(self.flush(position + 1, output));
                    1
                }
            };
            position += taken as u64;
            bytes = &mut bytes[taken..];
        }
        if last {
            malformed.add(self.flush(position, output));
        }
        malformed
    }

    /// Ends a stretch of text: the first byte of a character at its end is read as none of the next stretch.
    fn flush(&mut self, position: u64, output: &mut Vec<u8>) -> Malformed {
        let malformed = decode_block(&mut self.decoder, &[], true, position, output);
        self.decoder = characters_of(self.escapes).new_decoder_without_bom_handling();
        malformed
    }

    fn next(&self, bytes: &[u8], last: bool) -> Step {
        let escape = match self.escapes {
            Escapes::Iso2022Kr => kr_escape(bytes, last),
            Escapes::Hz => hz_escape(bytes, self.is_shifted, last),
        };
        if let Some(escape) = escape {
            return escape;
        }
        let is_special = |byte: u8| match self.escapes {
            Escapes::Iso2022Kr => [ESCAPE, SHIFT_OUT, SHIFT_IN].contains(&byte),
            Escapes::Hz => byte == b'~',
        };
        if !self.is_shifted {
            let length = bytes.iter().skip(1).position(|&byte| is_special(byte)).map_or(bytes.len(), |at| at + 1);
            return Step::Plain(length, 0);
        }
        if bytes[0] == b'\n' {
            return Step::Shift(false, 0);
        }
        let mut length = 0;
        for pair in bytes.chunks(2) {
            match *pair {
                [first, second] if DOUBLE.contains(&first) && DOUBLE.contains(&second) && !is_special(first) => {
                    // The second byte of a character may look like an escape, but `}` is no first one.
                    if is_special(second) {
                        match bytes.get(length + 2) {
                            Some(b'}') => break,
                            None if !last => break,
                            _ => {}
                        }
                    }
                    length += 2;
                }
                _ => break,
            }
        }
        match (length, bytes[0]) {
            (0, first) if !DOUBLE.contains(&first) || is_special(first) => Step::Plain(1, 0),
            (0, _) if !last && bytes.len() < 3 && bytes[1..].iter().all(|&second| is_special(second)) => Step::Cut,
            (0, _) => Step::Half,
            (length, _) => Step::Characters(length),
        }
    }
}

/// The encoding of eight bits that has the same characters.
fn characters_of(escapes: Escapes) -> &'static Encoding {
    match escapes {
        Escapes::Iso2022Kr => EUC_KR,
        Escapes::Hz => GB18030,
    }
}

fn kr_escape(bytes: &[u8], last: bool) -> Option<Step> {
    match bytes[0] {
        SHIFT_OUT => Some(Step::Shift(true, 1)),
        SHIFT_IN => Some(Step::Shift(false, 1)),
        // It shifts nothing, but stands outside of characters alone.
        ESCAPE if bytes.starts_with(KR_DESIGNATION) => Some(Step::Shift(false, KR_DESIGNATION.len())),
        ESCAPE if !last && KR_DESIGNATION.starts_with(bytes) => Some(Step::Cut),
        _ => None,
    }
}

fn hz_escape(bytes: &[u8], is_shifted: bool, last: bool) -> Option<Step> {
    match *bytes {
        [b'~'] if !last => Some(Step::Cut),
        [b'~', b'{', ..] => Some(Step::Shift(true, 2)),
        [b'~', b'}', ..] if is_shifted => Some(Step::Shift(false, 2)),
        [b'~', b'~', ..] if !is_shifted => Some(Step::Plain(1, 1)),
        // A line that is continued.
        [b'~', b'\n', ..] => Some(Step::Shift(false, 2)),
        _ => None,
    }
}
