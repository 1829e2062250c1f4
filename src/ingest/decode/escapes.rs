//! Escapes by which an encoding of seven bits is known in what seems to be ASCII: ISO-2022-KR by its designation, ISO-2022-JP and
//! HZ by an escape and what follows it.

use encoding_rs::{Encoding, GB18030, ISO_2022_JP};
use memchr::memchr3;

use crate::ingest::decode::block::BlockDecoder;
use crate::ingest::decode::escaped::{ESCAPE, KR_DESIGNATION, SHIFT_OUT};
use crate::ingest::decode::text_encoding::{HZ, ISO_2022_KR, TextEncoding};
use crate::ingest::decode::usual::usualness;

/// Between Chinese text and ASCII that is read as if it were some.
const MIN_USUALNESS: f64 = 0.6;
/// The characters for each sequence that cannot be read, at least.
const CHARACTERS_PER_ERROR: u64 = 4;

/// Characters in HZ from which the escape behind them may be missing.
const MIN_CHARACTERS: usize = 8;

/// Looks for escapes in ASCII.
#[derive(Default)]
pub(super) struct EscapeScan {
    /// Encodings that the text is not in, though it has their escapes.
    refused: Vec<TextEncoding>,
}

impl EscapeScan {
    /// Bytes by which an escape is known.
    pub(super) const BYTES: usize = 4;

    /// The number of bytes at the beginning of a block that are ASCII without an escape. An escape may begin behind them.
    pub(super) fn plain_up_to(&self, block: &[u8]) -> usize {
        let ascii = Encoding::ascii_valid_up_to(block);
        memchr3(ESCAPE, SHIFT_OUT, b'~', &block[..ascii]).unwrap_or(ascii)
    }

    /// The encoding whose escape bytes begin with. One without a designation before it counts where that is stated.
    pub(super) fn begun(&self, bytes: &[u8], stated: &[TextEncoding]) -> Option<TextEncoding> {
        let japanese = [b"\x1B$B", b"\x1B$@", b"\x1B(J", b"\x1B(I"];
        let begun = if bytes.starts_with(KR_DESIGNATION) || bytes[0] == SHIFT_OUT && stated.contains(&ISO_2022_KR) {
            ISO_2022_KR
        } else if japanese.iter().any(|escape| bytes.starts_with(*escape)) {
            ISO_2022_JP.into()
        } else if bytes.starts_with(b"~{") {
            HZ
        } else {
            return None;
        };
        (!self.refused.contains(&begun)).then_some(begun)
    }

    /// Goes on without an encoding.
    pub(super) fn refuse(&mut self, encoding: TextEncoding) {
        self.refused.push(encoding);
    }
}

/// True if a sample that begins with an escape of an encoding is text in it.
pub(super) fn is_in_escapes(encoding: TextEncoding, sample: &[u8], is_whole: bool) -> bool {
    let mut text = Vec::new();
    let errors = BlockDecoder::new(encoding).decode(sample, is_whole, 0, &mut text).count;
    let text = String::from_utf8_lossy(&text);
    let characters = text.chars().filter(|&character| !character.is_ascii() && character != '\u{FFFD}').count();
    // The designation alone says it.
    encoding == ISO_2022_KR
        || sample.is_ascii()
            && characters > 0
            && CHARACTERS_PER_ERROR * errors <= characters as u64
            && (encoding != HZ
                || (characters >= MIN_CHARACTERS || sample.windows(2).any(|pair| pair == b"~}"))
                    && usualness(GB18030, &text) >= MIN_USUALNESS)
}
