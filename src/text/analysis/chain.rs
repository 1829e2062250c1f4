//! The analysis chains: what is known of each is said here and nowhere else.
//!
//! A chain's facts are one row of [`Chain::facts`]: the scripts that it is there for, what makes terms of its words, what cuts its
//! characters, its stop words, and what the index keeps of it. Which chains read a word, which have positions, how a language is
//! told: all of that follows from the rows, so a further language is a variant, its row, and a file with its stemmer. A
//! [`PerChain`] holds one value for each.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize, Serializer};

use crate::text::analysis::script::CharScript;
use crate::text::analysis::spelling::{surface, surface_without_dots};
use crate::text::analysis::unit::{Segmented, UnitKind};
use crate::text::language::Language;

/// An analysis chain: what reads a text into tokens. Each has its own fields in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// Words, stemmed as English.
    English,
    /// Words, stemmed as German, and the parts of compounds.
    German,
    /// Korean morphemes; words of other scripts as English.
    Korean,
    /// Chinese words; words of other scripts as English.
    Chinese,
    /// Pairs of CJK characters (bigrams), and words between them as English. For text in any language.
    Characters,
}

/// The facts of a chain.
struct ChainFacts {
    /// Its name in the names of fields and in the configuration: the code of its language, or `chars`.
    name: &'static str,
    script: Script,
    words: Words,
    cut: CharacterCut,
    /// The scripts of the characters that it cuts a query's run into pieces of.
    run_scripts: &'static [CharScript],
    /// The built-in list of stop words, of which one alone makes no hit in a bag. The character evidence has none.
    stopwords: Option<&'static str>,
    /// The positions of its tokens are in the index, so that phrases can be looked up.
    has_positions: bool,
    /// The first letters of its words are in the index as well.
    has_prefixes: bool,
    /// The parts of its compounds are in the index as further terms.
    has_compound_parts: bool,
    /// Hanja of its passages are in the index under their Hangul readings as well.
    has_hanja_readings: bool,
    /// A folded word without what is elided before it, as French does in `l'accord`. Most languages leave it whole.
    without_elision: fn(&str) -> &str,
}

/// What a chain is there for.
#[derive(Clone, Copy)]
enum Script {
    /// Words of alphabets. The language is told from others by its stop words.
    Alphabet,
    /// CJK characters of one script, which tells the language too.
    Characters(CharScript),
    /// CJK characters of any script.
    AnyCharacters,
}

/// The rules by which words of one language become terms; `word_readers` makes a reader of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordRules {
    /// Porter2 stems, British spellings as American ones.
    English,
    /// Snowball stems, umlauts reduced, the parts of compounds.
    German,
}

/// Who makes terms of a chain's words.
#[derive(Clone, Copy)]
enum Words {
    /// A reader of its own.
    Own(WordRules),
    /// That of another chain.
    As(Chain),
}

/// What a chain makes of CJK characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharacterCut {
    /// Nothing.
    None,
    /// Korean morphemes, and words of hanja.
    KoreanMorphemes,
    /// Chinese words.
    ChineseWords,
    /// Overlapping pairs.
    Bigrams,
}

impl Chain {
    /// Every chain, in the order in which reports list them. Whatever else is added stands before the last.
    pub const ALL: [Chain; Chain::Characters as usize + 1] =
        [Chain::English, Chain::German, Chain::Korean, Chain::Chinese, Chain::Characters];

    /// The chain that reads the words of passages in a language; none for [`Language::Undetermined`], of which only
    /// the character evidence is kept.
    pub const fn of(language: Language) -> Option<Chain> {
        match language {
            Language::English => Some(Chain::English),
            Language::German => Some(Chain::German),
            Language::Korean => Some(Chain::Korean),
            Language::Chinese => Some(Chain::Chinese),
            Language::Undetermined => None,
        }
    }

    /// The chain that makes terms of the words of passages in a language.
    pub(crate) fn of_words_in(language: Language) -> Chain {
        Chain::of(language).unwrap_or(Chain::Characters).word_reading()
    }

    const fn facts(self) -> &'static ChainFacts {
        match self {
            Chain::English => &ChainFacts {
                name: "en",
                script: Script::Alphabet,
                words: Words::Own(WordRules::English),
                cut: CharacterCut::None,
                run_scripts: &[],
                stopwords: Some(include_str!("../../../index-config/stopwords/en.txt")),
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
                stopwords: Some(include_str!("../../../index-config/stopwords/de.txt")),
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
                stopwords: Some(include_str!("../../../index-config/stopwords/ko.txt")),
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
                stopwords: Some(include_str!("../../../index-config/stopwords/zh.txt")),
                has_positions: false,
                has_prefixes: false,
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
                stopwords: None,
                has_positions: true,
                has_prefixes: false,
                has_compound_parts: false,
                has_hanja_readings: false,
                without_elision: whole,
            },
        }
    }

    /// Short name, as in field names: a language code, or `chars`.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The language whose passages it reads; none for the character evidence.
    pub fn language(self) -> Option<Language> {
        Language::ALL.into_iter().find(|&language| Chain::of(language) == Some(self))
    }

    /// True for a text with anything in the scripts that it is there for.
    pub fn applies_to(self, text: &Segmented) -> bool {
        match self.facts().script {
            Script::Alphabet => text.units().iter().any(|unit| unit.kind == UnitKind::Word),
            Script::Characters(script) => text.has_script(script),
            Script::AnyCharacters => text.has_chars(),
        }
    }

    /// True if the positions of its tokens are kept in the index, so that phrases can be looked up.
    pub fn has_positions(self) -> bool {
        self.facts().has_positions
    }

    /// The chains whose positions are kept.
    pub(crate) fn with_positions() -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|chain| chain.has_positions())
    }

    /// True if the first letters of its words are kept as well.
    pub fn has_prefixes(self) -> bool {
        self.facts().has_prefixes
    }

    /// True if the parts of its compounds are kept as further terms.
    pub(crate) fn has_compound_parts(self) -> bool {
        self.facts().has_compound_parts
    }

    /// True if hanja of its passages are kept under their Hangul readings as well. Elsewhere they are Chinese, and a Hangul
    /// query is not about them.
    pub(crate) fn has_hanja_readings(self) -> bool {
        self.facts().has_hanja_readings
    }

    /// What it makes of CJK characters.
    pub(crate) fn character_cut(self) -> CharacterCut {
        self.facts().cut
    }

    /// True for the character evidence, which keeps CJK characters whatever they spell.
    pub(crate) fn keeps_characters(self) -> bool {
        self.facts().cut == CharacterCut::Bigrams
    }

    /// The chain of the language that a CJK character of this script tells.
    pub(crate) fn of_script(script: CharScript) -> Option<Chain> {
        let is_own = |chain: &Chain| matches!(chain.facts().script, Script::Characters(own) if own == script);
        Chain::ALL.into_iter().find(is_own)
    }

    /// True if its terms are morphemes, so that it sees through the particles and endings around them.
    pub(crate) fn keeps_morphemes(self) -> bool {
        self.facts().cut == CharacterCut::KoreanMorphemes
    }

    /// The chain that cuts a text's characters into morphemes, if it has any of these characters.
    pub(crate) fn of_morphemes(text: &Segmented) -> Option<Chain> {
        Chain::cutting(text).find(|chain| chain.keeps_morphemes())
    }

    /// The chains that are there for a script of CJK characters, where a text has some of that.
    pub(crate) fn of_characters_in(text: &Segmented) -> impl Iterator<Item = Chain> {
        let is_for_one = |chain: &Chain| matches!(chain.facts().script, Script::Characters(_));
        Chain::ALL.into_iter().filter(is_for_one).filter(|chain| chain.applies_to(text))
    }

    /// The chains that cut a text's characters into pieces.
    pub(crate) fn cutting(text: &Segmented) -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|chain| chain.cuts_run(text))
    }

    /// True if it cuts a run of CJK characters into pieces. Korean is asked about Hangul, Chinese about the rest; so neither
    /// dictionary is loaded for the other's script.
    fn cuts_run(self, run: &Segmented) -> bool {
        self.facts().run_scripts.iter().any(|&script| run.has_script(script))
    }

    /// The chains that make terms of words in alphabets, each in the way of its language.
    pub(crate) fn word_readings() -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|&chain| chain.word_reading() == chain)
    }

    /// The chain that makes terms of its words.
    pub(crate) const fn word_reading(self) -> Chain {
        match self.facts().words {
            Words::Own(_) => self,
            Words::As(other) => other,
        }
    }

    /// The chains whose fields hold words as this one reads them.
    pub(crate) fn read_by(self) -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(move |chain| chain.word_reading() == self)
    }

    /// The rules by which it reads words.
    pub(crate) fn word_rules(self) -> WordRules {
        match self.facts().words {
            Words::Own(rules) => rules,
            Words::As(other) => other.word_rules(),
        }
    }

    /// The built-in list of its stop words.
    pub(crate) fn stopwords(self) -> Option<&'static str> {
        self.facts().stopwords
    }

    /// A folded word as it is looked up in the list of stop words: without what is elided before it.
    pub(crate) fn without_elision(self, word: &str) -> &str {
        (self.word_reading().facts().without_elision)(word)
    }

    /// The surface of a folded word: what it is looked up by when its exact form is asked for, and what it is stemmed from.
    pub(crate) fn surface(self, word: &str) -> String {
        surface(self.without_elision(word))
    }

    /// The surface of a word with an umlaut, as written by someone who leaves the dots out.
    pub(crate) fn surface_without_dots(self, word: &str) -> Option<String> {
        surface_without_dots(self.without_elision(word))
    }
}

/// Nothing is elided.
fn whole(word: &str) -> &str {
    word
}

/// A chain is written by its name.
impl Serialize for Chain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One value for each chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PerChain<T>([T; Chain::ALL.len()]);

impl<T> PerChain<T> {
    /// What `of` makes for each chain, in the order of [`Chain::ALL`].
    pub fn from_fn(of: impl FnMut(Chain) -> T) -> PerChain<T> {
        PerChain(Chain::ALL.map(of))
    }

    /// Each chain with its value, in the order of [`Chain::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Chain, &T)> {
        Chain::ALL.into_iter().zip(&self.0)
    }

    /// The same, to change the values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Chain, &mut T)> {
        Chain::ALL.into_iter().zip(&mut self.0)
    }
}

impl<T> Index<Chain> for PerChain<T> {
    type Output = T;

    fn index(&self, chain: Chain) -> &T {
        &self.0[chain as usize]
    }
}

impl<T> IndexMut<Chain> for PerChain<T> {
    fn index_mut(&mut self, chain: Chain) -> &mut T {
        &mut self.0[chain as usize]
    }
}

/// Whoever adds a chain or a language and forgets half of it is told by the compiler.
const _: () = {
    let mut at = 0;
    while at < Chain::ALL.len() {
        let chain = Chain::ALL[at];
        assert!(chain as usize == at, "Chain::ALL has each chain once, in the order of the variants");
        let reading = chain.word_reading();
        assert!(reading.word_reading() as usize == reading as usize, "words are read as another chain's own words");
        at += 1;
    }
    let mut at = 0;
    while at < Language::ALL.len() {
        assert!(Language::ALL[at] as usize == at, "Language::ALL has each language once, in the order of the variants");
        at += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_the_chain_of_its_name() {
        for language in Language::ALL {
            let chain = Chain::of(language);
            assert_eq!(chain.is_none(), language == Language::Undetermined);
            assert_eq!(chain.map_or("und", Chain::name), language.code());
            assert_eq!(chain.and_then(Chain::language), chain.and(Some(language)));
        }
        assert_eq!(Chain::Characters.language(), None);
    }

    #[test]
    fn words_are_found_in_the_fields_of_all_that_read_them() {
        let readings: Vec<(Chain, Vec<Chain>)> =
            Chain::word_readings().map(|reading| (reading, reading.read_by().collect())).collect();
        let of_english = vec![Chain::English, Chain::Korean, Chain::Chinese, Chain::Characters];
        assert_eq!(readings, [(Chain::English, of_english), (Chain::German, vec![Chain::German])]);
        let with_positions: Vec<Chain> = Chain::with_positions().collect();
        assert_eq!(with_positions, [Chain::English, Chain::German, Chain::Characters]);
    }

    #[test]
    fn values_are_found_by_their_chain() {
        let mut names = PerChain::from_fn(Chain::name);
        names[Chain::Korean] = "한";
        assert_eq!(names[Chain::Korean], "한");
        assert_eq!(names.iter().last(), Some((Chain::Characters, &"chars")));
        assert_eq!(serde_json::to_string(&names).unwrap(), r#"["en","de","한","zh","chars"]"#);
    }
}
