//! Decoding: bytes to UTF-8 as a stream, in whatever encoding they are.
//!
//! In: bytes. Out: UTF-8, without a byte order mark; what cannot be read is U+FFFD, and counted. What decides, in this order:
//! what the user said, a byte order mark (which also tells the byte order of a UTF-16 that the user said), the form of UTF-16,
//! valid UTF-8, what HTTP said and what the document says of itself, where no byte contradicts, and else chardetng. Servers
//! state one encoding for all that they have, so none is believed against the bytes. Nothing is decided before the first byte
//! that is not ASCII, so a long English beginning hides nothing. `charset` is the judge.

use std::io::{self, BufRead, Read};

use encoding_rs::{BIG5, Decoder, EUC_KR, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ingest::decode::block::decode_block;
use crate::ingest::decode::charset::{detect, is_utf8, utf16};

/// Bytes of the sample, from the first that is not ASCII, by which an encoding is judged.
const SAMPLE_BYTES: usize = 64 << 10;
/// Bytes that are decoded at a time; each may become three.
const BLOCK_BYTES: usize = 32 << 10;
/// ASCII before the first other byte that is shown to the detector.
const CONTEXT_BYTES: usize = 256;

/// An encoding that a text can be written in, by any of the labels of the WHATWG Encoding Standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// The encoding that a label names, in any case: `euc-kr`, `cp949`, `gb18030`, `big5`, `windows-1252`, `utf-16le`.
    /// `None` if it names none, or one that cannot be read.
    pub fn for_label(label: &str) -> Option<TextEncoding> {
        let encoding = match label.trim().to_ascii_lowercase().as_str() {
            // What Python, Java and Korean Windows call it.
            "cp949" | "ms949" | "uhc" | "x-windows-949" => EUC_KR,
            "cp936" => GB18030,
            "cp950" => BIG5,
            _ => Encoding::for_label_no_replacement(label.as_bytes())?,
        };
        // The decoder of both is the same.
        Some(TextEncoding(if encoding == GBK { GB18030 } else { encoding }))
    }

    /// The name of the encoding in the WHATWG Encoding Standard.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Hints at the encoding of an input, known before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EncodingHints {
    /// The encoding that the user stated.
    pub(crate) given: Option<TextEncoding>,
    /// The encoding that the server stated.
    pub(crate) transport: Option<TextEncoding>,
    /// The encoding that the document names itself.
    pub(crate) declared: Option<TextEncoding>,
}

/// The outcome of decoding an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) encoding: TextEncoding,
    /// Sequences that could not be read.
    pub(crate) undecodable: u64,
    /// The byte of the input where the first of them begins.
    pub(crate) first: Option<u64>,
}

/// An input as UTF-8.
pub(crate) struct Decoding<R> {
    input: R,
    decoder: Option<Decoder>,
    hints: EncodingHints,
    /// Read and not yet decoded: the sample.
    pending: Vec<u8>,
    /// The error that ended the sample.
    error: Option<io::Error>,
    /// The end of the ASCII before the first other byte.
    context: Vec<u8>,
    output: Vec<u8>,
    taken: usize,
    /// Bytes of the input that were decoded.
    position: u64,
    ended: bool,
    undecodable: u64,
    first: Option<u64>,
}

impl<R: BufRead> Decoding<R> {
    /// Gets ready to decode an input that begins with `head`.
    pub(crate) fn new(input: R, head: &[u8], hints: EncodingHints) -> Decoding<R> {
        let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
        // `utf-16` is a label of one byte order; a mark says which it is.
        let is_utf16 = |encoding: &Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
        let given = hints.given.map(|given| match marked {
            Some(marked) if is_utf16(marked) && is_utf16(given.0) => marked,
            _ => given.0,
        });
        // One whose ASCII is no ASCII can be told by nothing else.
        let transport = hints.transport.map(|stated| stated.0).filter(|stated| !stated.is_ascii_compatible());
        let transport = transport.filter(|stated| !is_utf16(stated) || !is_utf8(head, false));
        let known = given.or(marked).or_else(|| utf16(head)).or(transport);
        Decoding {
            input,
            decoder: known.map(Encoding::new_decoder_with_bom_removal),
            hints,
            pending: Vec::new(),
            error: None,
            context: Vec::new(),
            output: Vec::new(),
            taken: 0,
            position: 0,
            ended: false,
            undecodable: 0,
            first: None,
        }
    }

    /// The encoding that was found, and what could not be read so far.
    pub(crate) fn decoded(&self) -> Decoded {
        let encoding = self.decoder.as_ref().map_or(UTF_8, Decoder::encoding);
        Decoded { encoding: TextEncoding(encoding), undecodable: self.undecodable, first: self.first }
    }

    /// Fills the output, unless the input has ended.
    fn decode_more(&mut self) -> io::Result<()> {
        self.output.clear();
        self.taken = 0;
        while self.output.is_empty() && !self.ended {
            if self.decoder.is_none() && !self.decide()? {
                continue;
            }
            if self.pending.is_empty() {
                if let Some(error) = self.error.take() {
                    return Err(error);
                }
                let block = self.input.fill_buf()?;
                let block = &block[..block.len().min(BLOCK_BYTES)];
                let length = block.len();
                self.ended = length == 0;
                let Some(decoder) = &mut self.decoder else { continue };
                let malformed = decode_block(decoder, block, self.ended, self.position, &mut self.output);
                self.input.consume(length);
                self.position += length as u64;
                self.count(malformed);
            } else {
                let Some(decoder) = &mut self.decoder else { continue };
                let malformed = decode_block(decoder, &self.pending, false, self.position, &mut self.output);
                self.position += self.pending.len() as u64;
                self.pending = Vec::new();
                self.count(malformed);
            }
        }
        Ok(())
    }

    fn count(&mut self, (undecodable, first): (u64, Option<u64>)) {
        self.undecodable += undecodable;
        self.first = self.first.or(first);
    }

    /// Passes ASCII on, or decides by what follows it. False while that has not happened.
    fn decide(&mut self) -> io::Result<bool> {
        let block = self.input.fill_buf()?;
        let ascii = Encoding::ascii_valid_up_to(&block[..block.len().min(BLOCK_BYTES)]);
        if block.is_empty() {
            self.ended = true;
            return Ok(false);
        }
        if ascii > 0 {
            self.output.extend_from_slice(&block[..ascii]);
            self.context.extend_from_slice(&block[ascii.saturating_sub(CONTEXT_BYTES)..ascii]);
            let surplus = self.context.len().saturating_sub(CONTEXT_BYTES);
            self.context.drain(..surplus);
            self.input.consume(ascii);
            self.position += ascii as u64;
            return Ok(false);
        }
        self.error = self.input.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut self.pending).err();
        let is_whole = self.pending.len() < SAMPLE_BYTES;
        let EncodingHints { transport, declared, .. } = self.hints;
        let mut stated = [transport, declared].map(|stated| stated.map(|stated| stated.0));
        if stated[0] == Some(WINDOWS_1252) {
            // Whatever the bytes are, they can be that; a page that says otherwise and is right knows better.
            stated.reverse();
        }
        let encoding = detect(&self.context, &self.pending, is_whole, &stated);
        self.decoder = Some(encoding.new_decoder_with_bom_removal());
        Ok(true)
    }
}

impl<R: BufRead> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Decoding<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.output.len() {
            self.decode_more()?;
        }
        Ok(&self.output[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        self.taken += count;
    }
}
