//! Character set detection, for bytes that do not say which encoding they are in: UTF-16 by its zero bytes or Chinese characters, UTF-8 by its form, others by chardetng, and
//! where that answers with an encoding of another part of the world, by whether one of ours has only usual characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ingest::decode::block::decode_block;

/// Bytes by which an encoding of one of our languages is compared with a guess of another.
const USUAL_BYTES: usize = 4 << 10;
/// Between what is in an encoding (from .7) and what only can be read so (up to .5).
const MIN_USUALNESS: f64 = 0.6;
/// Characters that German and English have beside ASCII in windows-1252. Other encodings have most of it in the same places.
const WESTERN: &str = "äöüÄÖÜßéèàç€„“”‚‘’–—…«»§°·\u{a0}";

/// Characters that are plainly Chinese text, of a hundred.
const MIN_CHINESE_PERCENT: usize = 90;

/// UTF-16 without a byte order mark, by the zero bytes of the ASCII in it, or where it has none by its Chinese characters.
pub(crate) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    // Korean and Chinese have line ends, digits and spaces at least.
    let is_clear = |zeros: usize, others: usize| zeros > 1 && zeros > 3 * others && zeros * 20 >= pairs;
    // UTF-8 with a zero byte here and there is UTF-8; ASCII as UTF-16 is valid UTF-8 too, but has them all over.
    let is_utf8 = is_utf8(head, false);
    if is_utf8 && 5 * even.max(odd) < 2 * pairs {
        return None;
    }
    if pairs < 2 {
        None
    } else if is_clear(odd, even) {
        Some(UTF_16LE)
    } else if is_clear(even, odd) {
        Some(UTF_16BE)
    } else if is_utf8 {
        None
    } else {
        [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes)]
            .into_iter()
            .find_map(|(encoding, unit)| is_chinese(head, unit).then_some(encoding))
    }
}

/// True if bytes are Chinese text in UTF-16. The low bytes of its characters are of any value, also of those that no other
/// encoding has in a text.
fn is_chinese(head: &[u8], unit: impl Fn([u8; 2]) -> u16) -> bool {
    let has_control = head.iter().any(|byte| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F));
    let (mut han, mut usual, mut count) = (0_usize, 0_usize, 0_usize);
    for pair in head.chunks_exact(2) {
        let unit = unit([pair[0], pair[1]]);
        let is_han = matches!(unit, 0x4E00..=0x9FFF);
        han += usize::from(is_han);
        // Punctuation, and letters of full width.
        usual += usize::from(
            is_han || matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0x2010..=0x2027 | 0x3000..=0x3020 | 0xFF01..=0xFF5E),
        );
        count += 1;
    }
    has_control && 2 * han > count && 100 * usual >= MIN_CHINESE_PERCENT * count
}

/// The encoding of bytes that begin with one that is not ASCII: UTF-8, the first of those stated that explains them all, or what
/// is likeliest.
pub(crate) fn detect(
    context: &[u8],
    sample: &[u8],
    is_whole: bool,
    stated: &[Option<&'static Encoding>],
) -> &'static Encoding {
    if is_utf8(sample, is_whole) {
        return UTF_8;
    }
    let mut stated = stated.iter().copied().flatten();
    if let Some(stated) = stated.find(|stated| errors(stated, sample, is_whole) == 0) {
        return stated;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(context, false);
    detector.feed(sample, is_whole);
    let guess = detector.guess(None, Utf8Detection::Deny);
    match guess {
        _ if guess == GBK => GB18030,
        _ if [EUC_KR, BIG5, WINDOWS_1252].contains(&guess) => guess,
        // A title is too short to tell the encodings of all languages apart. Of those it could be, ours are likelier.
        _ => likelier(guess, sample, is_whole),
    }
}

/// The encoding of one of our languages that explains all of a sample as usual characters, where the guess is another.
fn likelier(guess: &'static Encoding, sample: &[u8], is_whole: bool) -> &'static Encoding {
    let sample = &sample[..sample.len().min(USUAL_BYTES)];
    let is_whole = is_whole && sample.len() < USUAL_BYTES;
    let (guessed, _) = guess.decode_without_bom_handling(sample);
    if guessed.chars().any(|character| matches!(character, '\u{3041}'..='\u{30FF}')) {
        return guess;
    }
    let (western, _) = WINDOWS_1252.decode_without_bom_handling(sample);
    if western.chars().all(|character| character.is_ascii() || WESTERN.contains(character)) {
        return WINDOWS_1252;
    }
    let candidates = [EUC_KR, GB18030, BIG5].into_iter().filter(|encoding| errors(encoding, sample, is_whole) == 0);
    let usual = candidates.map(|encoding| (usualness(encoding, sample), encoding));
    match usual.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((usualness, encoding)) if usualness >= MIN_USUALNESS => encoding,
        _ => guess,
    }
}

/// The share of usual characters in a sample, as read in an encoding, from 0 to 1. The standards have the usual ones first: Hangul
/// before hanja in KS X 1001, the first levels of GB 2312 and Big5.
fn usualness(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut sum, mut count) = (0.0, 0.0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        let mut buffer = [0; 4];
        let (bytes, _, _) = encoding.encode(character.encode_utf8(&mut buffer));
        count += 1.0;
        sum += match bytes.as_ref() {
            [0xB0..=0xC8, 0xA1..=0xFE] if encoding == EUC_KR => 1.0,
            [0xCA..=0xFD, 0xA1..=0xFE] if encoding == EUC_KR => 0.3,
            [0xB0..=0xD7, 0xA1..=0xFE] if encoding == GB18030 => 0.9,
            [0xA4..=0xC6, _] if encoding == BIG5 => 0.9,
            // Punctuation, and letters in full width.
            [0xA1..=0xA3, _] => 0.8,
            _ => 0.1,
        };
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// True for UTF-8, with a few bad bytes among many good characters.
pub(crate) fn is_utf8(sample: &[u8], is_whole: bool) -> bool {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        let is_cut = !is_whole && chunks.peek().is_none();
        bad += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    bad == 0 || good > 3 * bad
}

/// Sequences of a sample that an encoding has no character for.
fn errors(encoding: &'static Encoding, sample: &[u8], is_whole: bool) -> u64 {
    let mut output = Vec::new();
    decode_block(&mut encoding.new_decoder_without_bom_handling(), sample, is_whole, 0, &mut output).0
}
