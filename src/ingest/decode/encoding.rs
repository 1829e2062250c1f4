//! Decoding: bytes to UTF-8 as a stream, in whatever encoding they are.
//!
//! In: bytes. Out: UTF-8, without a byte order mark; what cannot be read is U+FFFD, and counted. What decides, in this order:
//! what the user said, a byte order mark (which also tells the byte order of a UTF-16 that the user said), the form of UTF-16
//! and UTF-32, escapes, UTF-8 by its form, what HTTP said and what the document says of itself, unless the bytes contradict it
//! throughout, and else what is likeliest. Nothing is decided before the first byte that is not ASCII or an escape, so a long
//! English beginning hides nothing. `charset` is the judge.

use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::ingest::decode::block::BlockDecoder;
use crate::ingest::decode::charset::{detect, is_utf8};
use crate::ingest::decode::escapes::{EscapeScan, is_in_escapes};
use crate::ingest::decode::peek::Peeked;
use crate::ingest::decode::standard::Malformed;
pub use crate::ingest::decode::text_encoding::TextEncoding;
use crate::ingest::decode::wide;

/// Bytes of the sample, from the first that is not ASCII, by which an encoding is judged.
const SAMPLE_BYTES: usize = 64 << 10;
/// Bytes that are decoded at a time; each may become three.
const BLOCK_BYTES: usize = 32 << 10;
/// ASCII before the first other byte that is shown to the detector.
const CONTEXT_BYTES: usize = 256;

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

impl EncodingHints {
    /// The encodings that somebody but the user stated, the one to believe first.
    fn stated(self) -> Vec<TextEncoding> {
        let mut stated = [self.transport, self.declared];
        if self.transport == Some(WINDOWS_1252.into()) {
            // Servers state it for all that they have; a page that says otherwise and is right knows better.
            stated.reverse();
        }
        stated.into_iter().flatten().collect()
    }
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
    input: Peeked<R>,
    decoder: Option<BlockDecoder>,
    stated: Vec<TextEncoding>,
    escapes: EscapeScan,
    /// The end of the ASCII before the first other byte.
    context: Vec<u8>,
    output: Vec<u8>,
    taken: usize,
    /// Bytes of the input that were decoded.
    position: u64,
    ended: bool,
    malformed: Malformed,
}

impl<R: BufRead> Decoding<R> {
    /// Gets ready to decode an input that begins with `head`.
    pub(crate) fn new(input: R, head: &[u8], hints: EncodingHints) -> Decoding<R> {
        let marked = wide::by_mark(head).or_else(|| Encoding::for_bom(head).map(|(encoding, _)| encoding.into()));
        // `utf-16` and `utf-32` are labels of one byte order; a mark says which it is.
        let given =
            hints.given.map(|given| marked.filter(|marked| marked.is_wide() && given.is_wide()).unwrap_or(given));
        // One whose ASCII is no ASCII can be told by nothing else.
        let transport = hints.transport.filter(|stated| stated.is_wide() && !is_utf8(head, false));
        let known = given.or(marked).or_else(|| wide::by_form(head)).or(transport);
        Decoding {
            input: Peeked::new(input, 0),
            decoder: known.map(BlockDecoder::new),
            stated: hints.stated(),
            escapes: EscapeScan::default(),
            context: Vec::new(),
            output: Vec::new(),
            taken: 0,
            position: 0,
            ended: false,
            malformed: Malformed::default(),
        }
    }

    /// The encoding that was found, and what could not be read so far.
    pub(crate) fn decoded(&self) -> Decoded {
        let encoding = self.decoder.as_ref().map_or(UTF_8.into(), BlockDecoder::encoding);
        Decoded { encoding, undecodable: self.malformed.count, first: self.malformed.first }
    }

    /// Fills the output, unless the input has ended.
    fn decode_more(&mut self) -> io::Result<()> {
        self.output.clear();
        self.taken = 0;
        while self.output.is_empty() && !self.ended {
            let Some(decoder) = &mut self.decoder else {
                self.decide()?;
                continue;
            };
            let block = self.input.fill_buf()?;
            let block = &block[..block.len().min(BLOCK_BYTES)];
            let length = block.len();
            self.ended = length == 0;
            self.malformed.add(decoder.decode(block, self.ended, self.position, &mut self.output));
            self.input.consume(length);
            self.position += length as u64;
        }
        Ok(())
    }

    /// Passes ASCII on, or decides by what follows it.
    fn decide(&mut self) -> io::Result<()> {
        let block = self.input.fill_buf()?;
        if block.is_empty() {
            self.ended = true;
            return Ok(());
        }
        let block = &block[..block.len().min(BLOCK_BYTES)];
        let ascii = self.escapes.plain_up_to(block);
        if ascii > 0 {
            self.pass(ascii)?;
        } else if !block[0].is_ascii() {
            let sample = self.input.peek(SAMPLE_BYTES);
            let is_whole = sample.len() < SAMPLE_BYTES;
            self.decoder = Some(BlockDecoder::new(detect(&self.context, sample, is_whole, &self.stated)));
        } else if let Some(escaped) = self.escapes.begun(self.input.peek(EscapeScan::BYTES), &self.stated) {
            let sample = self.input.peek(SAMPLE_BYTES);
            if self.stated.contains(&escaped) || is_in_escapes(escaped, sample, sample.len() < SAMPLE_BYTES) {
                self.decoder = Some(BlockDecoder::new(escaped));
            } else {
                self.escapes.refuse(escaped);
            }
        } else {
            self.pass(1)?;
        }
        Ok(())
    }

    /// Passes ASCII on as it is.
    fn pass(&mut self, length: usize) -> io::Result<()> {
        let ascii = &self.input.fill_buf()?[..length];
        self.output.extend_from_slice(ascii);
        self.context.extend_from_slice(&ascii[ascii.len().saturating_sub(CONTEXT_BYTES)..]);
        let surplus = self.context.len().saturating_sub(CONTEXT_BYTES);
        self.context.drain(..surplus);
        self.input.consume(length);
        self.position += length as u64;
        Ok(())
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
