//! The language of a stretch of text: by script first, and where that leaves English or German, by their function
//! words; only what has too few of these is shown to lingua, and of it no more than a sample.
//!
//! Runs while indexing only. A query's language is never guessed. The only file that knows lingua.

use std::sync::LazyLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::{Chain, CharScript, char_script, clip, is_trailing_jamo};
use crate::config::Config;
use crate::language::Language;

/// Bytes of a text that are looked at.
const SAMPLE_BYTES: usize = 2048;
/// Bytes that lingua is shown, at about one microsecond each.
const LINGUA_BYTES: usize = 256;
/// Letters below which lingua is not asked: names and numbers tell it nothing.
const LINGUA_MIN_LETTERS: usize = 24;
/// How far lingua's confidence must be from a coin's.
const LINGUA_MIN_CONFIDENCE: f64 = 0.6;
/// Function words by which one language must lead.
const CLEAR_LEAD: usize = 2;

static LINGUA: LazyLock<LanguageDetector> = LazyLock::new(|| {
    LanguageDetectorBuilder::from_languages(&[lingua::Language::English, lingua::Language::German]).build()
});

/// Letters counted by script.
#[derive(Debug, Default, Clone, Copy)]
struct Scripts {
    han: usize,
    hangul: usize,
    kana: usize,
    latin: usize,
    other: usize,
}

/// The language of a text, or `None` when the text does not tell: no letters, or Latin letters that read as neither
/// English nor German more than the other.
pub fn detect_language(text: &str, config: &Config) -> Option<Language> {
    let sample = clip(text, SAMPLE_BYTES);
    let scripts = count_scripts(sample);
    // A syllable or ideograph says as much as about three letters of an alphabet.
    let korean = if scripts.hangul > 0 { 3 * (scripts.hangul + scripts.han) } else { 0 };
    let japanese = if scripts.kana * 5 > scripts.han { 3 * (scripts.kana + scripts.han) } else { 0 };
    let chinese = if korean == 0 || scripts.hangul * 10 < scripts.han { 3 * scripts.han } else { 0 };
    let most = korean.max(japanese).max(chinese).max(scripts.latin).max(scripts.other);
    if most == 0 {
        None
    } else if most == korean && scripts.hangul * 10 >= scripts.han {
        Some(Language::Korean)
    } else if most == japanese {
        Some(Language::Undetermined)
    } else if most == chinese {
        Some(Language::Chinese)
    } else if most == scripts.latin {
        detect_latin(sample, scripts.latin, config)
    } else {
        Some(Language::Undetermined)
    }
}

fn count_scripts(text: &str) -> Scripts {
    let mut scripts = Scripts::default();
    for character in text.chars() {
        match char_script(character) {
            Some(CharScript::Han) => scripts.han += 1,
            // Decomposed text has two or three for a syllable.
            Some(CharScript::Hangul) => scripts.hangul += usize::from(!is_trailing_jamo(character)),
            Some(CharScript::Kana) => scripts.kana += 1,
            Some(CharScript::Bopomofo) => scripts.han += 1,
            None if character.is_ascii_alphabetic()
                || matches!(u32::from(character), 0xC0..=0x24F | 0x1E00..=0x1EFF) =>
            {
                scripts.latin += 1;
            }
            // Full width letters.
            None if matches!(u32::from(character), 0xFF21..=0xFF5A) => scripts.latin += 1,
            None if character.is_alphabetic() && !is_combining_mark(character) => scripts.other += 1,
            None => {}
        }
    }
    scripts
}

fn detect_latin(sample: &str, letters: usize, config: &Config) -> Option<Language> {
    // Decomposed umlauts and letters in full width are in no list of words.
    let composed: String;
    let sample = if sample.is_ascii() || is_nfkc_quick(sample.chars()) == IsNormalized::Yes {
        sample
    } else {
        composed = sample.nfkc().collect();
        &composed
    };
    let (mut english, mut german) = (0_usize, 0_usize);
    for word in sample.unicode_words() {
        let word = word.to_lowercase();
        english += usize::from(config.is_stopword(Chain::English, &word));
        german += usize::from(config.is_stopword(Chain::German, &word));
    }
    if english >= german + CLEAR_LEAD && english >= 2 * german {
        return Some(Language::English);
    }
    if german >= english + CLEAR_LEAD && german >= 2 * english {
        return Some(Language::German);
    }
    if letters < LINGUA_MIN_LETTERS {
        return match english.cmp(&german) {
            std::cmp::Ordering::Greater => Some(Language::English),
            std::cmp::Ordering::Less => Some(Language::German),
            std::cmp::Ordering::Equal => None,
        };
    }
    let confidence = LINGUA.compute_language_confidence(clip(sample, LINGUA_BYTES), lingua::Language::English);
    if confidence >= LINGUA_MIN_CONFIDENCE {
        Some(Language::English)
    } else if confidence <= 1.0 - LINGUA_MIN_CONFIDENCE {
        Some(Language::German)
    } else {
        None
    }
}
