//! Character set detection, for bytes that do not say which encoding they are in: UTF-8 by its form, what somebody stated unless
//! the bytes contradict it throughout, others by chardetng, whose guess counts as far as its characters are usual (`usual`).
//!
//! chardetng gives an encoding up at the first sequence that it has no character for, so one cut character would make Korean
//! text Western. A double-byte encoding is therefore tried without such sequences too. And it knows no MacRoman and no code page
//! 850: these are tried where windows-1252 makes nonsense of letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, ISO_8859_15, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1252,
};

use crate::ingest::decode::block::BlockDecoder;
use crate::ingest::decode::text_encoding::{CP850, Kind, TextEncoding};
use crate::ingest::decode::usual::{Singles, usualness};

/// Between what is in an encoding (from .7) and what only can be read so (up to .5).
const MIN_USUALNESS: f64 = 0.6;
/// The same for text with more hanja than Hangul, where nothing else explains it.
const MIN_UNCERTAIN_USUALNESS: f64 = 0.35;
/// What it adds to the usualness of a double-byte encoding that chardetng guesses it where its errors are left out.
const GUESSED_WITHOUT_ERRORS: f64 = 0.05;
/// What is so unusual that no text is in the encoding.
const MAX_UNUSUALNESS: f64 = 0.2;
/// Characters, from which it can be said that they contradict an encoding.
const MIN_CHARACTERS: usize = 4;
/// The characters for each sequence that cannot be read, at least, in an encoding that nobody stated.
const CHARACTERS_PER_ERROR: usize = 4;
/// Letters within words, from which an encoding of another part of the world is sure.
const MIN_LETTERS: usize = 3;

/// The encoding of bytes that begin with one that is not ASCII: UTF-8, the first of those stated that they do not contradict, or
/// what is likeliest.
pub(super) fn detect(context: &[u8], sample: &[u8], is_whole: bool, stated: &[TextEncoding]) -> TextEncoding {
    if is_utf8(sample, is_whole) {
        return UTF_8.into();
    }
    let bytes = Sample { context, bytes: sample, is_whole };
    let mut found = None;
    for &stated in stated {
        let reading = bytes.read(stated);
        let is_gb18030 = stated == GB18030.into() && reading.errors == 0 && has_four_bytes(sample);
        if is_gb18030 || !reading.is_contradicted() {
            // Text without an error in another double-byte encoding is no text with errors in this one.
            let has_better = reading.errors > 0 && {
                let guess = *found.get_or_insert_with(|| bytes.likeliest());
                is_double(guess) && guess != stated && bytes.read(guess).errors == 0
            };
            if !has_better {
                return stated;
            }
        }
    }
    found.unwrap_or_else(|| bytes.likeliest())
}

/// True if there is a character of four bytes of GB18030, as those of all scripts that GBK has not: next to no other text has such
/// bytes.
fn has_four_bytes(sample: &[u8]) -> bool {
    let is_one = |bytes: &[u8]| matches!(bytes, [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9']);
    sample.windows(4).any(is_one)
}

/// True for UTF-8, with a few bad bytes among many good characters.
pub(super) fn is_utf8(sample: &[u8], is_whole: bool) -> bool {
    let (good, bad) = utf8_characters(sample, is_whole);
    bad == 0 || good > 3 * bad
}

/// The numbers of characters beside ASCII and of bad sequences in a sample as UTF-8. One of three bytes or more is as good as
/// three of two, which other encodings have by chance.
fn utf8_characters(sample: &[u8], is_whole: bool) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        let characters = chunk.valid().chars().filter(|character| !character.is_ascii());
        good += characters.map(|character| if character.len_utf8() > 2 { 3 } else { 1 }).sum::<usize>();
        let is_cut = !is_whole && chunks.peek().is_none();
        bad += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    (good, bad)
}

fn is_double(encoding: TextEncoding) -> bool {
    [EUC_KR, GB18030, BIG5, SHIFT_JIS, EUC_JP].iter().any(|&double| encoding == double.into())
}

/// True for encodings of Western Europe.
fn is_western(encoding: TextEncoding) -> bool {
    encoding == CP850 || [WINDOWS_1252, ISO_8859_15, MACINTOSH].iter().any(|&western| encoding == western.into())
}

/// Bytes by which an encoding is judged, from the first that is not ASCII.
struct Sample<'a> {
    /// The end of the ASCII before them.
    context: &'a [u8],
    bytes: &'a [u8],
    is_whole: bool,
}

/// A sample as read in an encoding.
struct Reading {
    encoding: TextEncoding,
    text: String,
    /// Sequences that the encoding has no character for.
    errors: usize,
    singles: Singles,
}

impl Sample<'_> {
    fn read(&self, encoding: TextEncoding) -> Reading {
        let mut output = self.context.iter().copied().filter(u8::is_ascii).collect();
        let malformed = BlockDecoder::new(encoding).decode(self.bytes, self.is_whole, 0, &mut output);
        let text = String::from_utf8_lossy(&output).into_owned();
        let singles = Singles::of(&text, is_western(encoding));
        Reading { encoding, text, errors: malformed.count as usize, singles }
    }

    /// The likeliest encoding, where nobody stated one that is right.
    fn likeliest(&self) -> TextEncoding {
        let guess = guessed(self.context, self.bytes, self.is_whole);
        let western = self.read(WINDOWS_1252.into());
        // A sign or letter before another letter (`µm`, `³o`) could be a character of two bytes, but text has others too.
        let is_single = 4 * western.singles.adjacent < western.singles.count;
        if is_double(guess) && !is_single {
            let reading = self.read(guess);
            if reading.errors == 0 && reading.is_usual(MIN_USUALNESS) {
                return guess;
            }
        }
        if let Some(older) = self.older(&western) {
            return older;
        }
        let double = if is_single || western.singles.is_plausible() {
            None
        } else {
            let uncertain = is_double(guess).then(|| self.double(MIN_UNCERTAIN_USUALNESS).unwrap_or(guess));
            self.double(MIN_USUALNESS).or(uncertain)
        };
        let single = if is_double(guess) { WINDOWS_1250.into() } else { guess };
        double.unwrap_or_else(|| if self.is_sure(single, &western) { single } else { WINDOWS_1252.into() })
    }

    /// The double-byte encoding that explains nearly all of a sample as usual characters.
    fn double(&self, min_usualness: f64) -> Option<TextEncoding> {
        let mut best: Option<(f64, TextEncoding)> = None;
        for encoding in [EUC_KR, GB18030, BIG5, SHIFT_JIS, EUC_JP] {
            let reading = self.read(encoding.into());
            if CHARACTERS_PER_ERROR * reading.errors > reading.singles.count || !reading.is_usual(min_usualness) {
                continue;
            }
            let mut usualness = reading.usualness();
            if reading.errors > 0 {
                let text = reading.text.replace('\u{FFFD}', "");
                let (clean, ..) = encoding.encode(&text);
                if guessed(&[], &clean, self.is_whole) == reading.encoding {
                    usualness += GUESSED_WITHOUT_ERRORS;
                }
            }
            if best.is_none_or(|(other, _)| usualness > other) {
                best = Some((usualness, reading.encoding));
            }
        }
        best.map(|(_, encoding)| encoding)
    }

    /// MacRoman or code page 850, where windows-1252 makes nonsense of what they read as letters of Western Europe.
    fn older(&self, western: &Reading) -> Option<TextEncoding> {
        if western.singles.nonsense == 0 {
            return None;
        }
        let readings = [MACINTOSH.into(), CP850].map(|encoding| self.read(encoding));
        let sound = readings.into_iter().filter(|reading| {
            let Singles { count, nonsense, rare, .. } = reading.singles;
            10 * nonsense.max(rare) <= count && 10 * nonsense <= western.singles.nonsense
        });
        let strange = |singles: Singles| (singles.nonsense + singles.rare, usize::MAX - singles.umlauts);
        sound.min_by_key(|reading| strange(reading.singles)).map(|best| best.encoding)
    }

    /// True if a guess of single bytes has letters within words where windows-1252 has others or none.
    fn is_sure(&self, guess: TextEncoding, western: &Reading) -> bool {
        let reading = self.read(guess);
        let differing = reading.text.chars().zip(western.text.chars()).filter(|(one, other)| one != other).count();
        let letters = reading.letters_beside(&western.text);
        reading.errors == 0 && reading.singles.is_plausible() && letters >= MIN_LETTERS && 2 * letters >= differing
    }
}

impl Reading {
    /// The share of usual characters, from 0 to 1.
    fn usualness(&self) -> f64 {
        match self.encoding.0 {
            Kind::Standard(encoding) if is_double(self.encoding) => usualness(encoding, &self.text),
            _ => self.singles.usualness(),
        }
    }

    /// Letters within words that another reading of the same bytes, character by character, does not have.
    fn letters_beside(&self, other: &str) -> usize {
        let mut before = ' ';
        let mut count = 0;
        let mut characters = self.text.chars().zip(other.chars()).peekable();
        while let Some((character, differing)) = characters.next() {
            let behind = characters.peek().map_or(' ', |&(behind, _)| behind);
            let is_within = before.is_alphabetic() || behind.is_alphabetic();
            count += usize::from(character != differing && character.is_alphabetic() && is_within);
            before = character;
        }
        count
    }

    /// True for text in a double-byte encoding whose characters are mostly usual: in Japanese many are kana.
    fn is_usual(&self, min_usualness: f64) -> bool {
        let kana = self.text.chars().filter(|character| matches!(character, '\u{3041}'..='\u{30FF}')).count();
        let is_japanese = self.encoding == SHIFT_JIS.into() || self.encoding == EUC_JP.into();
        let is_any_letter = || self.text.chars().any(|character| character > '\u{2E80}' && character.is_alphabetic());
        is_japanese == (8 * kana >= self.singles.count) && self.usualness() >= min_usualness && is_any_letter()
    }

    /// True if the bytes contradict the encoding throughout.
    fn is_contradicted(&self) -> bool {
        let count = self.singles.count;
        if self.encoding.has_escapes() || self.encoding.is_wide() {
            // There is a byte of eight bits, or no zero.
            return true;
        }
        if self.errors >= count {
            return true;
        }
        let is_unusual = match self.encoding.0 {
            Kind::Standard(encoding) if [EUC_KR, GB18030, BIG5].contains(&encoding) => {
                self.usualness() < MAX_UNUSUALNESS
            }
            Kind::Standard(encoding) if encoding == UTF_8 || is_double(self.encoding) => false,
            _ => 2 * self.singles.nonsense > count,
        };
        count >= MIN_CHARACTERS && is_unusual
    }
}

/// What chardetng guesses.
fn guessed(context: &[u8], sample: &[u8], is_whole: bool) -> TextEncoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(context, false);
    detector.feed(sample, is_whole);
    detector.guess(None, Utf8Detection::Deny).into()
}
