//! The analysis chains, and what follows from the properties of each.
//!
//! A chain is one row of [`Chain::facts`] (`facts.rs`): the scripts that it handles, the rules that make terms of its words, the segmentation
//! of its CJK characters, its stop words, and what the index stores of it. Which chains read a word, which have positions, how a
//! language is detected: all of that follows from the rows, so a further language is a variant, its row, and a file with its
//! stemmer. A [`PerChain`] holds one value for each chain.

pub(crate) mod facts;

use serde::{Serialize, Serializer};

use crate::text::analysis::chain::facts::{CharacterCut, Script, WordRules, Words};
use crate::text::analysis::script::CharScript;
use crate::text::analysis::spelling::{after_elision, before_suffix, surface, surface_without_dots};
use crate::text::analysis::unit::{Segmented, UnitKind};
use crate::text::language::Language;

/// An analysis chain, which makes tokens of a text. Each chain has its own fields in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The English chain: words, stemmed.
    English,
    /// The German chain: words, stemmed, and the parts of compounds.
    German,
    /// The Korean chain: morphemes; words of alphabetic scripts as in English.
    Korean,
    /// The Chinese chain: Chinese words; words of alphabetic scripts as in English.
    Chinese,
    /// The chain of any other language: folded words as they stand.
    Undetermined,
    /// The CJK bigram chain, for text in any language: overlapping pairs of CJK characters; words between them as in English.
    Characters,
}

impl Chain {
    /// All chains, in the order in which reports list them. A new chain goes before the last.
    pub const ALL: [Chain; Chain::Characters as usize + 1] =
        [Chain::English, Chain::German, Chain::Korean, Chain::Chinese, Chain::Undetermined, Chain::Characters];

    /// The chain of a language.
    pub const fn of(language: Language) -> Chain {
        match language {
            Language::English => Chain::English,
            Language::German => Chain::German,
            Language::Korean => Chain::Korean,
            Language::Chinese => Chain::Chinese,
            Language::Undetermined => Chain::Undetermined,
        }
    }

    /// Name of the chain, as in field names: a language code, or `chars`.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The language of the chain; none for the CJK bigram chain.
    pub fn language(self) -> Option<Language> {
        Language::ALL.into_iter().find(|&language| Chain::of(language) == self)
    }

    /// True for a text with any unit in the scripts that the chain handles.
    pub fn applies_to(self, text: &Segmented) -> bool {
        match self.facts().script {
            Script::Alphabet => text.units().iter().any(|unit| unit.kind == UnitKind::Word),
            Script::Characters(script) => text.has_script(script),
            Script::AnyCharacters => text.has_chars(),
        }
    }

    /// True if token positions are in the index, so that phrases can be looked up by the chain.
    pub fn has_positions(self) -> bool {
        self.facts().has_positions
    }

    /// The chains whose token positions are in the index.
    pub(crate) fn with_positions() -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|chain| chain.has_positions())
    }

    /// True if prefixes (edge n-grams) of the chain's words are in the index.
    pub fn has_prefixes(self) -> bool {
        self.facts().has_prefixes
    }

    /// True if the parts of the chain's compounds are in the index as further terms.
    pub(crate) fn has_compound_parts(self) -> bool {
        self.facts().has_compound_parts
    }

    /// True if hanja in passages of the chain's language are in the index under their Hangul readings as well. In other languages
    /// Han characters are Chinese, and no Hangul query should find them.
    pub(crate) fn has_hanja_readings(self) -> bool {
        self.facts().has_hanja_readings
    }

    /// How the chain segments CJK characters.
    pub(crate) fn character_cut(self) -> CharacterCut {
        self.facts().cut
    }

    /// True for the CJK bigram chain, which indexes CJK characters whatever words they make.
    pub(crate) fn keeps_characters(self) -> bool {
        self.facts().cut == CharacterCut::Bigrams
    }

    /// True if a passage can have terms of both chains: one of them is that of its language, the other has its CJK characters.
    pub(crate) fn is_beside(self, other: Chain) -> bool {
        self == other || self.keeps_characters() || other.keeps_characters()
    }

    /// The chain of the language that a CJK script identifies.
    pub(crate) fn of_script(script: CharScript) -> Option<Chain> {
        let is_own = |chain: &Chain| matches!(chain.facts().script, Script::Characters(own) if own == script);
        Chain::ALL.into_iter().find(is_own)
    }

    /// True if the chain's terms are morphemes, so that words match whatever particles and endings they have.
    pub(crate) fn keeps_morphemes(self) -> bool {
        self.facts().cut == CharacterCut::KoreanMorphemes
    }

    /// The chain that segments a text into morphemes; none if the text has no characters of its script.
    pub(crate) fn of_morphemes(text: &Segmented) -> Option<Chain> {
        Chain::cutting(text).find(|chain| chain.keeps_morphemes())
    }

    /// The chains of a single CJK script of which a text has some characters.
    pub(crate) fn of_characters_in(text: &Segmented) -> impl Iterator<Item = Chain> {
        let is_for_one = |chain: &Chain| matches!(chain.facts().script, Script::Characters(_));
        Chain::ALL.into_iter().filter(is_for_one).filter(|chain| chain.applies_to(text))
    }

    /// The chains that segment the CJK characters of a text into words or morphemes.
    pub(crate) fn cutting(text: &Segmented) -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|chain| chain.cuts_run(text))
    }

    /// True if the chain segments a run of CJK characters: Korean if it has Hangul, Chinese if it has any other script. So
    /// neither dictionary is loaded for the other's script.
    fn cuts_run(self, run: &Segmented) -> bool {
        self.facts().run_scripts.iter().any(|&script| run.has_script(script))
    }

    /// The chains with a word reader of their own: those that make terms of words by the rules of their language.
    pub(crate) fn word_chains() -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(|&chain| chain.word_chain() == chain)
    }

    /// The chain whose word reader makes terms of this chain's words: itself or another.
    pub(crate) const fn word_chain(self) -> Chain {
        match self.facts().words {
            Words::Own(_) => self,
            Words::As(other) => other,
        }
    }

    /// The chains whose fields hold words as terms of this chain.
    pub(crate) fn word_fields(self) -> impl Iterator<Item = Chain> {
        Chain::ALL.into_iter().filter(move |chain| chain.word_chain() == self)
    }

    /// The rules by which the chain's words become terms.
    pub(crate) fn word_rules(self) -> WordRules {
        match self.facts().words {
            Words::Own(rules) => rules,
            Words::As(other) => other.word_rules(),
        }
    }

    /// True if ae, oe, ue and ss are also ways to write single letters of the chain's language: ä, ö, ü and ß.
    pub(crate) fn spells_out_letters(self) -> bool {
        self.word_rules() == WordRules::German
    }

    /// True for a chain of words in whatever language, whose rules are those of none.
    pub(crate) fn is_of_any_language(self) -> bool {
        self.word_rules() == WordRules::Plain
    }

    /// The built-in list of the chain's stop words.
    pub(crate) fn stopwords(self) -> Option<&'static str> {
        self.facts().stopwords
    }

    /// The built-in list of the chain's question words.
    pub(crate) fn questions(self) -> Option<&'static str> {
        self.facts().questions
    }

    /// The built-in list of irregular forms of the chain's words; none for a chain that reads words as another does.
    pub(crate) fn inflection(self) -> Option<&'static str> {
        self.facts().inflection
    }

    /// A folded word without an elided article, as it is looked up in the list of stop words.
    pub(crate) fn without_elision(self, word: &str) -> &str {
        (self.word_chain().facts().without_elision)(word)
    }

    /// A folded word without what an apostrophe separates from it, under which it is indexed as well: an elided article or particle
    /// before it, and in a text of any language a suffix after it. `None` for any other word.
    pub(crate) fn bare(self, word: &str) -> Option<&str> {
        after_elision(word).or_else(|| before_suffix(word).filter(|_| self.is_of_any_language()))
    }

    /// The surface form of a folded word: it is looked up for an exact match, and the stem is made from it.
    pub(crate) fn surface(self, word: &str) -> String {
        surface(self.without_elision(word))
    }

    /// The surface form without umlaut dots (`Schroder` for `Schröder`); `None` for a word without an umlaut.
    pub(crate) fn surface_without_dots(self, word: &str) -> Option<String> {
        surface_without_dots(self.without_elision(word))
    }
}

/// Serialised as the name of the chain.
impl Serialize for Chain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Compile-time check: the lists of chains and languages are complete and in the order of the variants.
const _: () = {
    let mut at = 0;
    while at < Chain::ALL.len() {
        let chain = Chain::ALL[at];
        assert!(chain as usize == at, "Chain::ALL has each chain once, in the order of the variants");
        let words = chain.word_chain();
        assert!(words.word_chain() as usize == words as usize, "words are analysed as another chain's own words");
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
            assert_eq!(chain.name(), language.code());
            assert_eq!(chain.language(), Some(language));
        }
        assert_eq!(Chain::Characters.language(), None);
    }

    #[test]
    fn words_are_found_in_all_fields_that_have_them() {
        let fields: Vec<(Chain, Vec<Chain>)> =
            Chain::word_chains().map(|chain| (chain, chain.word_fields().collect())).collect();
        let of_english = vec![Chain::English, Chain::Korean, Chain::Chinese, Chain::Characters];
        let of_itself = |chain| (chain, vec![chain]);
        assert_eq!(fields, [(Chain::English, of_english), of_itself(Chain::German), of_itself(Chain::Undetermined)]);
        let with_positions: Vec<Chain> = Chain::with_positions().collect();
        assert_eq!(with_positions, [Chain::English, Chain::German, Chain::Undetermined, Chain::Characters]);
    }
}
