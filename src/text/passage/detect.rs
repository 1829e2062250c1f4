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
    let codes = told_by_words().filter_map(|chain| IsoCode639_1::from_str(chain.name()).ok());
    LanguageDetectorBuilder::from_iso_codes_639_1(&codes.collect::<Vec<_>>()).build()
});

/// Words of which one has to be a function word of a language, for a text to be surely in it. In running text every second or
/// third is one, and few are of a language that it is not in.
const WORDS_PER_FUNCTION_WORD: usize = 5;

/// The chains of the languages that are told apart by their function words.
fn told_by_words() -> impl Iterator<Item = Chain> {
    Chain::word_chains().filter(|chain| !chain.is_of_any_language())
}

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
    detect_in(text, false, options)
}

/// The language of a text in a document that states another language than ours, which counts unless the text is surely in one of
/// ours.
pub(crate) fn detect_against_statement(text: &str, options: &Options) -> Option<Language> {
    detect_in(text, true, options)
}

fn detect_in(text: &str, is_stated_other: bool, options: &Options) -> Option<Language> {
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
        detect_latin(sample, scripts.latin, is_stated_other, options)
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

/// The language of a CJK script; undetermined for kana, which no chain is for.
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

/// True for a text with any kana, which Chinese has none of.
pub(crate) fn has_kana(text: &str) -> bool {
    text.chars().any(|character| char_script(character) == Some(CharScript::Kana))
}

fn detect_latin(sample: &str, letters: usize, is_stated_other: bool, options: &Options) -> Option<Language> {
    // Stop word lists hold neither decomposed umlauts nor full-width letters, so these are composed first.
    let composed: String;
    let sample = if is_composed(sample) {
        sample
    } else {
        composed = sample.nfkc().collect();
        &composed
    };
    let Counted { words, functions: counted } = count_function_words(sample, options);
    let mut most: Vec<(usize, Chain)> = told_by_words().map(|chain| (counted[chain], chain)).collect();
    most.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    let (first, leading) = *most.first()?;
    let second = most.get(1).map_or(0, |&(count, _)| count);
    let others = counted[Chain::Characters];
    if others >= first + CLEAR_LEAD && others >= 2 * first && WORDS_PER_FUNCTION_WORD * others >= words {
        return Some(Language::Undetermined);
    }
    let is_sure = WORDS_PER_FUNCTION_WORD * first >= words && first > others;
    if first >= second + CLEAR_LEAD && first >= 2 * second && (is_sure || !is_stated_other) {
        return leading.language();
    }
    if is_stated_other {
        return Some(Language::Undetermined);
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

/// The words of a text, and how many are function words, by chain, for each language with an alphabet. For the CJK bigram chain
/// those of other languages, which are none of these.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    words: usize,
    functions: PerChain<usize>,
}

impl Counted {
    fn count(&mut self, word: &str, options: &Options) {
        self.words += 1;
        let mut is_ours = false;
        for chain in told_by_words() {
            let is_function_word = options.is_stopword(chain, word);
            self.functions[chain] += usize::from(is_function_word);
            is_ours |= is_function_word;
        }
        self.functions[Chain::Characters] += usize::from(!is_ours && options.is_stopword(Chain::Characters, word));
    }
}

fn count_function_words(text: &str, options: &Options) -> Counted {
    let mut counted = Counted::default();
    let mut count = |word: &str| counted.count(word, options);
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
    fn slowly_counted(text: &str, options: &Options) -> Counted {
        let mut counted = Counted::default();
        text.unicode_words().for_each(|word| counted.count(&word.to_lowercase(), options));
        counted
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
        assert!(counted.functions[Chain::English] >= 3 && counted.functions[Chain::German] >= 2, "{counted:?}");
    }
}
