//! Blocks of bytes to UTF-8, counting what cannot be read: by encoding_rs, and by decoders of our own for what that leaves out.

use encoding_rs::Decoder;

use crate::ingest::decode::code_page::CP850;
use crate::ingest::decode::double_byte::DoubleByteDecoder;
use crate::ingest::decode::escaped::EscapedDecoder;
use crate::ingest::decode::standard::{Malformed, decode_block};
use crate::ingest::decode::text_encoding::{Kind, TextEncoding};
use crate::ingest::decode::utf32::Utf32Decoder;

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
