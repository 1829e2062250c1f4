//! UTF-32, which the WHATWG Encoding Standard has no longer: four bytes a character.

use crate::ingest::decode::standard::Malformed;

/// A decoder of UTF-32 in one of its byte orders.
pub(super) struct Utf32Decoder {
    is_little: bool,
    /// The bytes of a character that the end of a block has cut.
    rest: Vec<u8>,
}

impl Utf32Decoder {
    pub(super) fn new(is_little: bool) -> Utf32Decoder {
        Utf32Decoder { is_little, rest: Vec::new() }
    }

    /// Decodes one block, which begins at a position of the input.
    pub(super) fn decode(&mut self, block: &[u8], last: bool, position: u64, output: &mut Vec<u8>) -> Malformed {
        let mut malformed = Malformed::default();
        let mut at = position - self.rest.len() as u64;
        self.rest.extend_from_slice(block);
        let bytes = std::mem::take(&mut self.rest);
        let mut units = bytes.chunks_exact(4);
        for unit in units.by_ref() {
            let unit = [unit[0], unit[1], unit[2], unit[3]];
            let value = if self.is_little { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
            // A byte order mark is no text.
            if at > 0 || value != 0xFEFF {
                let character = char::from_u32(value).unwrap_or_else(|| {
                    malformed.add(Malformed::at(at));
                    char::REPLACEMENT_CHARACTER
                });
                output.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            at += 4;
        }
        self.rest = units.remainder().to_vec();
        if last && !self.rest.is_empty() {
            malformed.add(Malformed::at(at));
            output.extend_from_slice("\u{FFFD}".as_bytes());
            self.rest.clear();
        }
        malformed
    }
}
