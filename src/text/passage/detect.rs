//! Language detection: by script first, and where that leaves the languages with an alphabet, by their function
//! words; only what has too few of these is shown to lingua, and of it no more than a sample.
//!
//! Runs while indexing only. A query's language is never guessed. The only file that knows lingua.

use std::str::FromStr;
use std::sync::LazyLock;

use lingua::{IsoCode639_1, LanguageDetector, LanguageDetectorBuilder};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::{
    Chain, CharScript, Options, PerChain, char_script, clip, each_ascii_word, is_trailing_jamo,
};
use crate::text::language::Language;

/// Bytes of a text that are looked at.
const SAMPLE_BYTES: usize = 2048;
/// Bytes that lingua is shown, at about one microsecond each.
const LINGUA_BYTES: usize = 256;
/// Letters below which lingua is not asked: names and numbers tell it nothing.
const LINGUA_MIN_LETTERS: usize = 24;
/// Lingua's confidence in a language, of 1 in all, at least.
const LINGUA_MIN_CONFIDENCE: f64 = 0.6;
/// Function words by which one language must lead.
const CLEAR_LEAD: usize = 2;

static LINGUA: LazyLock<LanguageDetector> = LazyLock::new(|| {
    let codes = Chain::word_readings().filter_map(|chain| IsoCode639_1::from_str(chain.name()).ok());
    LanguageDetectorBuilder::from_iso_codes_639_1(&codes.collect::<Vec<_>>()).build()
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

/// The language of a text, or `None` when the text does not tell: no letters, or Latin letters that read as one language no
/// more than as another.
pub fn detect_language(text: &str, options: &Options) -> Option<Language> {
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
        language_of(CharScript::Hangul)
    } else if most == japanese {
        language_of(CharScript::Kana)
    } else if most == chinese {
        language_of(CharScript::Han)
    } else if most == scripts.latin {
        detect_latin(sample, scripts.latin, options)
    } else {
        Some(Language::Undetermined)
    }
}

/// The language that some characters tell, however few: Korean with any Hangul; other with kana; Chinese with any other
/// character that is read one by one. For queries: of an article most of the text decides.
pub fn language_of_scripts(text: &str) -> Option<Language> {
    let Scripts { hangul, kana, han, .. } = count_scripts(text);
    let scripts = [(hangul, CharScript::Hangul), (kana, CharScript::Kana), (han, CharScript::Han)];
    scripts.into_iter().find(|&(count, _)| count > 0).and_then(|(_, script)| language_of(script))
}

/// The language that a script means; for kana, which no chain is there for, another.
fn language_of(script: CharScript) -> Option<Language> {
    Some(Chain::of_script(script).and_then(Chain::language).unwrap_or(Language::Undetermined))
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

fn detect_latin(sample: &str, letters: usize, options: &Options) -> Option<Language> {
    // Decomposed umlauts and letters in full width are in no list of words.
    let composed: String;
    let sample = if is_composed(sample) {
        sample
    } else {
        composed = sample.nfkc().collect();
        &composed
    };
    let counted = count_function_words(sample, options);
    let mut most: Vec<(usize, Chain)> = Chain::word_readings().map(|chain| (counted[chain], chain)).collect();
    most.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    let (first, leading) = *most.first()?;
    let second = most.get(1).map_or(0, |&(count, _)| count);
    if first >= second + CLEAR_LEAD && first >= 2 * second {
        return leading.language();
    }
    if letters < LINGUA_MIN_LETTERS {
        return leading.language().filter(|_| first > second);
    }
    let confidences = LINGUA.compute_language_confidence_values(clip(sample, LINGUA_BYTES));
    let (language, _) = confidences.into_iter().find(|&(_, confidence)| confidence >= LINGUA_MIN_CONFIDENCE)?;
    Language::from_tag(&language.iso_code_639_1().to_string())
}

/// False where normal form KC may change something.
fn is_composed(text: &str) -> bool {
    // Nearly all of it needs no look-up: no form changes these, and a mark after one of them is a maybe by itself.
    let is_plain = |character: char| matches!(character, '\0'..='\x7F' | '\u{C0}'..='\u{FF}');
    is_nfkc_quick(text.chars().filter(|&character| !is_plain(character))) == IsNormalized::Yes
}

/// The function words of each language with an alphabet.
fn count_function_words(text: &str, options: &Options) -> PerChain<usize> {
    let mut counted = PerChain::default();
    let mut count = |word: &str| {
        for chain in Chain::word_readings() {
            counted[chain] += usize::from(options.is_stopword(chain, word));
        }
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
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    /// Function words as UAX #29 cuts them out of the whole text.
    fn slowly_counted(text: &str, options: &Options) -> PerChain<usize> {
        let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
        let count = |chain| words.iter().filter(|word| options.is_stopword(chain, word)).count();
        PerChain::from_fn(|chain| if chain.word_reading() == chain { count(chain) } else { 0 })
    }

    #[test]
    fn function_words_are_those_of_the_whole_text() {
        let options = Config::builtin().unwrap().analysis;
        let text = "(The|the|DIE|und|über|U\u{308}BER|don't|in|IN|İn|für|_of_|[a.,:;'’_ \r\n\t\u{a0}\u{301}\u{200d}中1-]){0,20}";
        proptest::proptest!(|(text in proptest::string::string_regex(text).unwrap())| {
            proptest::prop_assert_eq!(count_function_words(&text, &options), slowly_counted(&text, &options));
            if is_composed(&text) {
                proptest::prop_assert_eq!(text.nfkc().collect::<String>(), text);
            }
        });
        let counted = count_function_words("The talks of the two and die Gespräche über Zölle", &options);
        assert!(counted[Chain::English] >= 3 && counted[Chain::German] >= 2, "{counted:?}");
    }
}
