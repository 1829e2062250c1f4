//! Language detection: by script first; languages with an alphabet by their function words (stop words); lingua decides only
//! where a text has too few of these, from a short sample.
//!
//! Detection runs while indexing only: a query's language is never guessed. No other file uses lingua.

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

/// Length of the sample at the start of a text that is examined, in bytes.
const SAMPLE_BYTES: usize = 2048;
/// Length of the sample for lingua, in bytes; each costs about a microsecond.
const LINGUA_BYTES: usize = 256;
/// Minimum number of letters for lingua: shorter texts are mostly names and numbers, from which it cannot tell a language.
const LINGUA_MIN_LETTERS: usize = 24;
/// Minimum of lingua's confidence in a language; the confidences of all languages sum to 1.
const LINGUA_MIN_CONFIDENCE: f64 = 0.6;
/// Minimum lead of a language over the next one, in function words.
const CLEAR_LEAD: usize = 2;

static LINGUA: LazyLock<LanguageDetector> = LazyLock::new(|| {
    let codes = Chain::word_chains().filter_map(|chain| IsoCode639_1::from_str(chain.name()).ok());
    LanguageDetectorBuilder::from_iso_codes_639_1(&codes.collect::<Vec<_>>()).build()
});

/// Numbers of letters by script.
#[derive(Debug, Default, Clone, Copy)]
struct Scripts {
    han: usize,
    hangul: usize,
    kana: usize,
    latin: usize,
    other: usize,
}

/// The language of a text. `None` where it cannot be told: a text without letters, or with Latin letters that fit several
/// languages equally well.
pub fn detect_language(text: &str, options: &Options) -> Option<Language> {
    let sample = clip(text, SAMPLE_BYTES);
    let scripts = count_scripts(sample);
    // A syllable or ideograph carries about as much text as three letters of an alphabet.
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

/// The language of a short text by its CJK characters, however few: Korean if there is any Hangul, undetermined if there is
/// kana, Chinese if there is any other. For queries; in an article, the majority of the text decides ([`detect_language`]).
pub fn language_of_scripts(text: &str) -> Option<Language> {
    let Scripts { hangul, kana, han, .. } = count_scripts(text);
    let scripts = [(hangul, CharScript::Hangul), (kana, CharScript::Kana), (han, CharScript::Han)];
    scripts.into_iter().find(|&(count, _)| count > 0).and_then(|(_, script)| language_of(script))
}

/// The language of a CJK script; undetermined for kana, for which there is no chain.
fn language_of(script: CharScript) -> Option<Language> {
    Some(Chain::of_script(script).and_then(Chain::language).unwrap_or(Language::Undetermined))
}

fn count_scripts(text: &str) -> Scripts {
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let mut scripts = Scripts { latin, ..Scripts::default() };
    for character in text.chars().filter(|character| !character.is_ascii()) {
        match char_script(character) {
            Some(CharScript::Han) => scripts.han += 1,
            // Decomposed text has two or three jamo for each syllable, which count once.
            Some(CharScript::Hangul) => scripts.hangul += usize::from(!is_trailing_jamo(character)),
            Some(CharScript::Kana) => scripts.kana += 1,
            Some(CharScript::Bopomofo) => scripts.han += 1,
            None if matches!(u32::from(character), 0xC0..=0x24F | 0x1E00..=0x1EFF) => scripts.latin += 1,
            // Full width Latin letters.
            None if matches!(u32::from(character), 0xFF21..=0xFF5A) => scripts.latin += 1,
            None if character.is_alphabetic() && !is_combining_mark(character) => scripts.other += 1,
            None => {}
        }
    }
    scripts
}

fn detect_latin(sample: &str, letters: usize, options: &Options) -> Option<Language> {
    // Stop word lists hold neither decomposed umlauts nor full-width letters, so these are composed first.
    let composed: String;
    let sample = if is_composed(sample) {
        sample
    } else {
        composed = sample.nfkc().collect();
        &composed
    };
    let counted = count_function_words(sample, options);
    let mut most: Vec<(usize, Chain)> = Chain::word_chains().map(|chain| (counted[chain], chain)).collect();
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

/// True if the text is in normal form KC; false where that is not certain.
fn is_composed(text: &str) -> bool {
    // Nearly all characters need no look-up: NFKC leaves these alone, and a combining mark after one of them is checked itself.
    let is_plain = |character: char| matches!(character, '\0'..='\x7F' | '\u{C0}'..='\u{FF}');
    is_nfkc_quick(text.chars().filter(|&character| !is_plain(character))) == IsNormalized::Yes
}

/// The numbers of function words in a text, by chain, for each language with an alphabet.
fn count_function_words(text: &str, options: &Options) -> PerChain<usize> {
    let mut counted = PerChain::default();
    let mut count = |word: &str| {
        for chain in Chain::word_chains() {
            counted[chain] += usize::from(options.is_stopword(chain, word));
        }
    };
    let mut lower = String::new();
    // A space ends every word, so ASCII between two spaces is segmented without looking up character classes.
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

    /// The numbers of function words, with the whole text segmented by UAX #29: the oracle of the faster count.
    fn slowly_counted(text: &str, options: &Options) -> PerChain<usize> {
        let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
        let count = |chain| words.iter().filter(|word| options.is_stopword(chain, word)).count();
        PerChain::from_fn(|chain| if chain.word_chain() == chain { count(chain) } else { 0 })
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
