//! Double-byte encodings in spite of lost bytes: one cut character costs that character, and none behind it.
//!
//! A byte that is missing shifts all characters behind it up to the next ASCII, and Chinese has none within a paragraph; the
//! standard decoders then read every two halves as a character. So where a stretch of text has an error, its bytes are
//! divided anew: into the most usual characters, at the price of the bytes that belong to none. A stretch without an error is
//! read as the standard says.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

use crate::ingest::decode::standard::{Malformed, decode_block};
use crate::ingest::decode::usual::usual;

/// The price of a byte that belongs to no character, as [`usual`] counts: more than an unusual one gains by being halved.
const PRICE: i32 = 15;
/// What it is worth to divide as the standard does, which is right for all text without a lost byte.
const STANDARD: i32 = 2;
/// What a hanja is worth beside Hangul: in one stretch they are less unusual than in a text.
const HANJA: i32 = 6;
/// Bytes that are kept for the end of a stretch. A longer one is divided in the middle.
const MAX_STRETCH: usize = 64 << 10;

/// A decoder of one of the encodings.
pub(super) struct DoubleByteDecoder {
    encoding: &'static Encoding,
    /// The beginning of a stretch whose end is not read yet.
    rest: Vec<u8>,
}

/// The best way to divide what is behind a position.
#[derive(Clone, Copy)]
struct Division {
    score: i32,
    /// The length of what begins there; 0 for a byte that belongs to no character.
    length: usize,
}

impl DoubleByteDecoder {
    /// A decoder; `None` for other encodings.
    pub(super) fn new(encoding: &'static Encoding) -> Option<DoubleByteDecoder> {
        let is_double = [EUC_KR, GB18030, BIG5, EUC_JP, SHIFT_JIS].contains(&encoding);
        is_double.then(|| DoubleByteDecoder { encoding, rest: Vec::new() })
    }

    /// Decodes one block, which begins at a position of the input.
    pub(super) fn decode(&mut self, block: &[u8], last: bool, position: u64, output: &mut Vec<u8>) -> Malformed {
        let position = position - self.rest.len() as u64;
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(block);
        let end = match bytes.iter().rposition(|&byte| ends_stretch(byte)) {
            _ if last => bytes.len(),
            Some(at) => at + 1,
            None if bytes.len() < MAX_STRETCH => 0,
            None => self.whole_units(&bytes),
        };
        self.rest = bytes.split_off(end);
        let filled = output.len();
        if self.decode_stretch(&bytes, position, output).count == 0 && !self.may_be_shifted(&bytes) {
            return Malformed::default();
        }
        output.truncate(filled);
        let (mut malformed, mut at) = (Malformed::default(), 0);
        for stretch in bytes.split_inclusive(|&byte| ends_stretch(byte)) {
            let filled = output.len();
            let found = self.decode_stretch(stretch, position + at as u64, output);
            if found.count > 0 || self.may_be_shifted(stretch) {
                output.truncate(filled);
                malformed.add(self.mend(stretch, position + at as u64, output));
            }
            at += stretch.len();
        }
        malformed
    }

    /// Decodes a stretch as the standard says.
    fn decode_stretch(&self, stretch: &[u8], position: u64, output: &mut Vec<u8>) -> Malformed {
        decode_block(&mut self.encoding.new_decoder_without_bom_handling(), stretch, true, position, output)
    }

    /// True where a lost byte could have made a character of half of one and a letter behind it, so that no error shows it: in
    /// EUC-KR and GB 2312 both bytes of a usual character have their high bit.
    fn may_be_shifted(&self, bytes: &[u8]) -> bool {
        let mut run = 0;
        [EUC_KR, GB18030].contains(&self.encoding)
            && bytes.iter().any(|&byte| {
                let is_odd = run > 2 && run % 2 == 1 && byte.is_ascii();
                run = if byte.is_ascii() { 0 } else { run + 1 };
                is_odd
            })
    }

    /// Decodes a stretch that has an error, or may have one.
    fn mend(&self, stretch: &[u8], position: u64, output: &mut Vec<u8>) -> Malformed {
        let standard = self.standard(stretch);
        let mut best = vec![Division { score: 0, length: 0 }; stretch.len() + 1];
        for at in (0..stretch.len()).rev() {
            let mut found = Division { score: best[at + 1].score - PRICE, length: 0 };
            for length in self.lengths(&stretch[at..]) {
                let usual = self.score(&stretch[at..at + length]);
                let score = best[at + length].score + usual + if standard[at] { STANDARD } else { 0 };
                // Of equal ways the one that keeps to the standard for longer.
                if score >= found.score {
                    found = Division { score, length };
                }
            }
            best[at] = found;
        }
        let (mut malformed, mut at) = (Malformed::default(), 0);
        while at < stretch.len() {
            let begin = at;
            while at < stretch.len() && best[at].length > 0 {
                at += best[at].length;
            }
            malformed.add(self.decode_stretch(&stretch[begin..at], position + begin as u64, output));
            if at < stretch.len() {
                malformed.add(Malformed::at(position + at as u64));
                output.extend_from_slice("\u{FFFD}".as_bytes());
                // Two bytes of which neither belongs to a character were one.
                at += 1 + usize::from(at + 1 < stretch.len() && best[at + 1].length == 0);
            }
        }
        malformed
    }

    /// The lengths that a character at the beginning of bytes can have.
    fn lengths(&self, bytes: &[u8]) -> impl Iterator<Item = usize> {
        let candidates: &[usize] = match bytes[0] {
            byte if byte.is_ascii() => &[1],
            0x8F if self.encoding == EUC_JP => &[3],
            _ if self.encoding == GB18030 => &[2, 4],
            _ if self.encoding == SHIFT_JIS => &[1, 2],
            _ => &[2],
        };
        let is_character = |length: usize| {
            let read = bytes
                .get(..length)
                .map(|bytes| self.encoding.decode_without_bom_handling_and_without_replacement(bytes));
            read.flatten().is_some_and(|text| text.chars().count() == 1)
        };
        candidates.iter().copied().filter(move |&length| is_character(length))
    }

    fn score(&self, unit: &[u8]) -> i32 {
        match *unit {
            [0..=0x7F, ..] => 0,
            [0xCA..=0xFD, 0xA1..=0xFE] if self.encoding == EUC_KR => HANJA,
            _ => usual(self.encoding, unit),
        }
    }

    /// The length of what the standard takes for the first character of bytes, which may be longer than they are.
    fn standard_length(&self, bytes: &[u8]) -> usize {
        match (bytes[0], bytes.get(1)) {
            (first, _) if first.is_ascii() => 1,
            (_, Some(b'0'..=b'9')) if self.encoding == GB18030 => 4,
            (0x8F, _) if self.encoding == EUC_JP => 3,
            (0xA1..=0xDF, _) if self.encoding == SHIFT_JIS => 1,
            (_, Some(0..=0x3F)) => 1,
            _ => 2,
        }
    }

    /// The positions where the standard begins characters.
    fn standard(&self, bytes: &[u8]) -> Vec<bool> {
        let mut begins = vec![false; bytes.len()];
        let mut at = 0;
        while at < bytes.len() {
            begins[at] = true;
            at += self.standard_length(&bytes[at..]);
        }
        begins
    }

    /// The length of whole characters at the beginning of bytes.
    fn whole_units(&self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while at < bytes.len() && at + self.standard_length(&bytes[at..]) <= bytes.len() {
            at += self.standard_length(&bytes[at..]);
        }
        at
    }
}

/// True for ASCII that is no second byte of a character.
fn ends_stretch(byte: u8) -> bool {
    matches!(byte, 0..=0x2F | 0x3A..=0x3F)
}
