//! The language of a stretch of text: by script first, and where that leaves English or German, by their function
//! words; only what has too few of these is shown to lingua, and of it no more than a sample.
//!
//! Runs while indexing only. A query's language is never guessed. The only file that knows lingua.

use std::sync::LazyLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation;

use crate::config::Config;
use crate::text::analysis::{Chain, CharScript, char_script, clip, each_ascii_word, is_trailing_jamo};
use crate::text::language::Language;

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
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let mut scripts = Scripts { latin, ..Scripts::default() };
    for character in text.chars().filter(|character| !character.is_ascii()) {
        match char_script(character) {
            Some(CharScript::Han) => scripts.han += 1,
            // Decomposed text has two or three for a syllable.
            Some(CharScript::Hangul) => scripts.hangul += usize::from(!is_trailing_jamo(character)),
            Some(CharScript::Kana) => scripts.kana += 1,
            Some(CharScript::Bopomofo) => scripts.han += 1,
            None if matches!(u32::from(character), 0xC0..=0x24F | 0x1E00..=0x1EFF) => scripts.latin += 1,
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
    let sample = if is_composed(sample) {
        sample
    } else {
        composed = sample.nfkc().collect();
        &composed
    };
    let (english, german) = count_function_words(sample, config);
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

/// False where normal form KC may change something.
fn is_composed(text: &str) -> bool {
    // Nearly all of it needs no look-up: no form changes these, and a mark after one of them is a maybe by itself.
    let is_plain = |character: char| matches!(character, '\0'..='\x7F' | '\u{C0}'..='\u{FF}');
    is_nfkc_quick(text.chars().filter(|&character| !is_plain(character))) == IsNormalized::Yes
}

/// Function words of English and of German.
fn count_function_words(text: &str, config: &Config) -> (usize, usize) {
    let (mut english, mut german) = (0, 0);
    let mut count = |word: &str| {
        english += usize::from(config.is_stopword(Chain::English, word));
        german += usize::from(config.is_stopword(Chain::German, word));
    };
    let mut lower = String::new();
    // A space ends every word, so most pieces are cut without asking for the class of each character.
    for piece in text.split([' ', '\n']) {
        if piece.is_ascii() {
            each_ascii_word(piece, |_, word| {
                lower.clear();
                lower.push_str(word);
                lower.make_ascii_lowercase();
                count(&lower);
            });
        } else {
            piece.unicode_words().for_each(|word| count(&word.to_lowercase()));
        }
    }
    (english, german)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Function words as UAX #29 cuts them out of the whole text.
    fn slowly_counted(text: &str, config: &Config) -> (usize, usize) {
        let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
        let count = |chain| words.iter().filter(|word| config.is_stopword(chain, word)).count();
        (count(Chain::English), count(Chain::German))
    }

    #[test]
    fn function_words_are_those_of_the_whole_text() {
        let config = Config::builtin().unwrap();
        let text = "(The|the|DIE|und|über|U\u{308}BER|don't|in|IN|İn|für|_of_|[a.,:;'’_ \r\n\t\u{a0}\u{301}\u{200d}中1-]){0,20}";
        proptest::proptest!(|(text in proptest::string::string_regex(text).unwrap())| {
            proptest::prop_assert_eq!(count_function_words(&text, &config), slowly_counted(&text, &config));
            if is_composed(&text) {
                proptest::prop_assert_eq!(text.nfkc().collect::<String>(), text);
            }
        });
        let (english, german) = count_function_words("The talks of the two and die Gespräche über Zölle", &config);
        assert!(english >= 3 && german >= 2, "{english} {german}");
    }
}
