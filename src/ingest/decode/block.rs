//! Blocks of bytes to UTF-8, counting what cannot be read.

use encoding_rs::{Decoder, DecoderResult};

/// Decodes one block, which begins at a position of the input. Returns the number of sequences that could not be read, and
/// where the first of them begins.
pub(crate) fn decode_block(
    decoder: &mut Decoder,
    mut block: &[u8],
    last: bool,
    mut position: u64,
    output: &mut Vec<u8>,
) -> (u64, Option<u64>) {
    let (mut undecodable, mut first) = (0, None);
    loop {
        let filled = output.len();
        let room = decoder.max_utf8_buffer_length_without_replacement(block.len()).unwrap_or(4 * block.len() + 16);
        output.resize(filled + room, 0);
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(block, &mut output[filled..], last);
        output.truncate(filled + written);
        block = &block[read..];
        position += read as u64;
        match result {
            DecoderResult::InputEmpty => return (undecodable, first),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bytes, after) => {
                undecodable += 1;
                first.get_or_insert(position.saturating_sub(u64::from(bytes) + u64::from(after)));
                output.extend_from_slice("\u{FFFD}".as_bytes());
            }
        }
    }
}
