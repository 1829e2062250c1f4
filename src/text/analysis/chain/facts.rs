//! The table of the analysis chains: one row with the properties of each, the only place where they are defined.

use crate::text::analysis::chain::Chain;
use crate::text::analysis::script::CharScript;

/// The properties of a chain.
pub(crate) struct ChainFacts {
    /// Name of the chain in field names and in the configuration: the code of its language, `und` for any other, or `chars`.
    pub(crate) name: &'static str,
    pub(crate) script: Script,
    pub(crate) words: Words,
    pub(crate) cut: CharacterCut,
    /// Scripts for which the chain segments a run of CJK characters in a query.
    pub(crate) run_scripts: &'static [CharScript],
    /// The built-in list of stop words, which a query of bare words does not require; none for the chain of any language, since a
    /// stop word of one language is a word of another. The list of the CJK bigram chain has function words by which languages without
    /// rules of their own are known; no query asks for it.
    pub(crate) stopwords: Option<&'static str>,
    /// The built-in list of question words, which say nothing of the ranking.
    pub(crate) questions: Option<&'static str>,
    /// How often the chain's terms occur in general text (see `frequency`); none for the chain of any language.
    pub(crate) frequencies: Option<&'static str>,
    /// The built-in list of irregular forms, for a chain with a word reader of its own.
    pub(crate) inflection: Option<&'static str>,
    /// True if token positions are in the index, so that phrases can be looked up.
    pub(crate) has_positions: bool,
    /// True if prefixes (edge n-grams) of words are in the index as well.
    pub(crate) has_prefixes: bool,
    /// True if the parts of compounds are in the index as further terms.
    pub(crate) has_compound_parts: bool,
    /// True if hanja in passages of the chain's language are in the index under their Hangul readings as well.
    pub(crate) has_hanja_readings: bool,
    /// Removes an elided article from a folded word, as French has it in `l'accord`. Most languages leave the word whole.
    pub(crate) without_elision: fn(&str) -> &str,
}

/// The scripts that a chain handles.
#[derive(Clone, Copy)]
pub(crate) enum Script {
    /// Words of alphabetic scripts. A language is told apart from others by its stop words.
    Alphabet,
    /// CJK characters of one script, which identifies the language too.
    Characters(CharScript),
    /// CJK characters of any script.
    AnyCharacters,
}

/// The rules by which words of one language become terms; `word_readers` makes a word reader for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordRules {
    /// Porter2 stems, British spellings as American ones.
    English,
    /// Snowball stems, umlauts reduced, the parts of compounds.
    German,
    /// Words as they stand, folded.
    Plain,
}

/// The word reader that makes terms of a chain's words.
#[derive(Clone, Copy)]
pub(crate) enum Words {
    /// The chain's own word reader, by these rules.
    Own(WordRules),
    /// The word reader of another chain.
    As(Chain),
}

/// The segmentation of CJK characters by a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharacterCut {
    /// No tokens of CJK characters.
    None,
    /// Korean morphemes by the dictionary, and words of hanja.
    KoreanMorphemes,
    /// Chinese words by the dictionary.
    ChineseWords,
    /// Overlapping pairs of characters.
    Bigrams,
}

impl Chain {
    /// The row of the chain in the table.
    pub(crate) const fn facts(self) -> &'static ChainFacts {
        match self {
            Chain::English => &ChainFacts {
                name: "en",
                script: Script::Alphabet,
                words: Words::Own(WordRules::English),
                cut: CharacterCut::None,
                run_scripts: &[],
                stopwords: Some(include_str!("../../../../index-config/stopwords/en.txt")),
                questions: Some(include_str!("../../../../index-config/questions/en.txt")),
                frequencies: Some(include_str!("../../../../index-config/frequencies/en.tsv")),
                inflection: Some(include_str!("../../../../index-config/inflection/en.txt")),
                has_positions: true,
                has_prefixes: true,
                has_compound_parts: false,
                has_hanja_readings: false,
                without_elision: whole,
            },
            Chain::German => &ChainFacts {
                name: "de",
                script: Script::Alphabet,
                words: Words::Own(WordRules::German),
                cut: CharacterCut::None,
                run_scripts: &[],
                stopwords: Some(include_str!("../../../../index-config/stopwords/de.txt")),
                questions: Some(include_str!("../../../../index-config/questions/de.txt")),
                frequencies: Some(include_str!("../../../../index-config/frequencies/de.tsv")),
                inflection: Some(include_str!("../../../../index-config/inflection/de.txt")),
                has_positions: true,
                has_prefixes: true,
                has_compound_parts: true,
                has_hanja_readings: false,
                without_elision: whole,
            },
            Chain::Korean => &ChainFacts {
                name: "ko",
                script: Script::Characters(CharScript::Hangul),
                words: Words::As(Chain::English),
                cut: CharacterCut::KoreanMorphemes,
                run_scripts: &[CharScript::Hangul],
                stopwords: Some(include_str!("../../../../index-config/stopwords/ko.txt")),
                questions: Some(include_str!("../../../../index-config/questions/ko.txt")),
                frequencies: Some(include_str!("../../../../index-config/frequencies/ko.tsv")),
                inflection: None,
                has_positions: false,
                has_prefixes: false,
                has_compound_parts: false,
                has_hanja_readings: true,
                without_elision: whole,
            },
            Chain::Chinese => &ChainFacts {
                name: "zh",
                script: Script::Characters(CharScript::Han),
                words: Words::As(Chain::English),
                cut: CharacterCut::ChineseWords,
                run_scripts: &[CharScript::Han, CharScript::Kana, CharScript::Bopomofo],
                stopwords: Some(include_str!("../../../../index-config/stopwords/zh.txt")),
                questions: Some(include_str!("../../../../index-config/questions/zh.txt")),
                frequencies: Some(include_str!("../../../../index-config/frequencies/zh.tsv")),
                inflection: None,
                has_positions: false,
                has_prefixes: false,
                has_compound_parts: false,
                has_hanja_readings: false,
                without_elision: whole,
            },
            Chain::Undetermined => &ChainFacts {
                name: "und",
                script: Script::Alphabet,
                words: Words::Own(WordRules::Plain),
                cut: CharacterCut::None,
                run_scripts: &[],
                stopwords: None,
                questions: None,
                frequencies: None,
                inflection: None,
                has_positions: true,
                has_prefixes: true,
                has_compound_parts: false,
                has_hanja_readings: false,
                without_elision: whole,
            },
            Chain::Characters => &ChainFacts {
                name: "chars",
                script: Script::AnyCharacters,
                words: Words::As(Chain::English),
                cut: CharacterCut::Bigrams,
                run_scripts: &[],
                stopwords: Some(include_str!("../../../../index-config/stopwords/chars.txt")),
                questions: None,
                frequencies: Some(include_str!("../../../../index-config/frequencies/chars.tsv")),
                inflection: None,
                has_positions: true,
                has_prefixes: false,
                has_compound_parts: false,
                has_hanja_readings: false,
                without_elision: whole,
            },
        }
    }
}

/// A word of a language without elision, unchanged.
fn whole(word: &str) -> &str {
    word
}
