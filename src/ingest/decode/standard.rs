//! Blocks of bytes to UTF-8 by encoding_rs, counting what cannot be read.

use encoding_rs::{Decoder, DecoderResult};

/// Sequences of bytes that could not be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) count: u64,
    /// The byte of the input where the first of them begins.
    pub(super) first: Option<u64>,
}

impl Malformed {
    /// One sequence, which begins at a byte of the input.
    pub(super) fn at(position: u64) -> Malformed {
        Malformed { count: 1, first: Some(position) }
    }

    /// Adds what could not be read behind it.
    pub(super) fn add(&mut self, other: Malformed) {
        self.count += other.count;
        self.first = self.first.or(other.first);
    }
}

/// Decodes one block by a decoder of encoding_rs.
pub(super) fn decode_block(
    decoder: &mut Decoder,
    mut block: &[u8],
    last: bool,
    mut position: u64,
    output: &mut Vec<u8>,
) -> Malformed {
    let mut malformed = Malformed::default();
    loop {
        let filled = output.len();
        let room = decoder.max_utf8_buffer_length_without_replacement(block.len()).unwrap_or(4 * block.len() + 16);
        output.resize(filled + room, 0);
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(block, &mut output[filled..], last);
        output.truncate(filled + written);
        block = &block[read..];
        position += read as u64;
        match result {
            DecoderResult::InputEmpty => return malformed,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bytes, after) => {
                malformed.add(Malformed::at(position.saturating_sub(u64::from(bytes) + u64::from(after))));
                output.extend_from_slice("\u{FFFD}".as_bytes());
            }
        }
    }
}
