//! Blocks of bytes to UTF-8, counting what cannot be read: by encoding_rs, and by decoders of our own for what that leaves out.

use encoding_rs::{Decoder, DecoderResult};

use crate::ingest::decode::code_page::CP850;
use crate::ingest::decode::double_byte::DoubleByteDecoder;
use crate::ingest::decode::escaped::EscapedDecoder;
use crate::ingest::decode::text_encoding::{Kind, TextEncoding};
use crate::ingest::decode::utf32::Utf32Decoder;

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

/// A decoder of blocks, which keeps what a block's end cuts for the next one.
pub(super) struct BlockDecoder {
    encoding: TextEncoding,
    state: State,
}

enum State {
    Standard(Decoder),
    DoubleByte(DoubleByteDecoder),
    Escaped(EscapedDecoder),
    Cp850,
    Utf32(Utf32Decoder),
}

impl BlockDecoder {
    pub(super) fn new(encoding: TextEncoding) -> BlockDecoder {
        let state = match encoding.0 {
            Kind::Standard(standard) => match DoubleByteDecoder::new(standard) {
                Some(decoder) => State::DoubleByte(decoder),
                None => State::Standard(standard.new_decoder_with_bom_removal()),
            },
            Kind::Escaped(escapes) => State::Escaped(EscapedDecoder::new(escapes)),
            Kind::Cp850 => State::Cp850,
            Kind::Utf32 { is_little } => State::Utf32(Utf32Decoder::new(is_little)),
        };
        BlockDecoder { encoding, state }
    }

    pub(super) fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// Decodes one block, which begins at a position of the input.
    pub(super) fn decode(&mut self, block: &[u8], last: bool, position: u64, output: &mut Vec<u8>) -> Malformed {
        match &mut self.state {
            State::Standard(decoder) => decode_block(decoder, block, last, position, output),
            State::DoubleByte(decoder) => decoder.decode(block, last, position, output),
            State::Escaped(decoder) => decoder.decode(block, last, position, output),
            State::Cp850 => {
                CP850.decode(block, output);
                Malformed::default()
            }
            State::Utf32(decoder) => decoder.decode(block, last, position, output),
        }
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
