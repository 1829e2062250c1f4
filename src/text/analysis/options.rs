//! Options of the analysis: the configuration that decides, beside code and dictionaries, which tokens a text has.
//!
//! In: `[korean]`, `[english]` and `[beginnings]` of `default.toml`, and the lists of stop words. Out: checked values. Invariant:
//! [`Options::described`] has all of them that decide tokens or the language of a passage.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::text::analysis::abbreviations::Abbreviations;
use crate::text::analysis::inflection::{Inflection, OtherForms};
use crate::text::analysis::quantity::QuantityFile;
use crate::text::analysis::questions::Questions;
use crate::text::analysis::{Chain, Folded, PerChain, PrefixLengths, is_hangul_syllable, umlauts_spelled_out};

/// A set of words. Its hash is fast because language detection looks up every word of a sample.
type WordSet = HashSet<String, foldhash::fast::RandomState>;

/// The options of the analysis: those of each chain, and the lists of stop words.
#[derive(Debug, Clone)]
pub struct Options {
    /// Options of the Korean chain.
    pub korean: KoreanOptions,
    /// Options of the English chain.
    pub english: EnglishOptions,
    /// Options of the German chain.
    pub german: GermanOptions,
    /// Lengths of the prefixes (edge n-grams) of words, by chain.
    pub prefix_lengths: PrefixLengths,
    /// The words of numbers, percentages and amounts, shared likewise.
    pub(crate) quantities: Arc<QuantityFile>,
    /// The words after which a full stop ends no sentence, shared likewise.
    pub(crate) abbreviations: Arc<Abbreviations>,
    /// The lists of stop words, shared so that options are cheap to clone.
    stopwords: Arc<PerChain<Option<WordList>>>,
    /// The lists of question words, shared likewise.
    questions: Arc<PerChain<Option<Questions>>>,
    /// The lists of irregular forms, shared likewise.
    inflections: Arc<PerChain<Option<Inflection>>>,
}

/// The texts of the lists of one chain.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChainLists {
    pub(crate) stopwords: Option<String>,
    pub(crate) questions: Option<String>,
    /// The name of the file with irregular forms, and its text.
    pub(crate) inflection: Option<(String, String)>,
}

/// Options of the Korean chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KoreanOptions {
    /// Prefixes of part-of-speech tags that are not indexed.
    pub dropped_tags: Vec<String>,
    /// Nouns that the dictionary lacks, in Hangul alone; a space separates the parts of a compound.
    pub words: Vec<String>,
}

/// Options of the English chain. All words are lower-case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnglishOptions {
    /// Words in -ise and -yse that are never written with z.
    pub keeps_s: Vec<String>,
    /// Spelling variants: a word, and the spelling whose stem replaces its own.
    pub variants: BTreeMap<String, String>,
    /// Prefixes that are written with a hyphen or joined to the next word. They change queries, not tokens.
    #[serde(skip_serializing)]
    pub prefixes: Vec<String>,
    /// Pairs of words, with a space between them, that are also written in one or with a hyphen. They change queries, not tokens.
    #[serde(skip_serializing)]
    pub solid: Vec<String>,
    /// Words of few letters whose final s is no ending of plural.
    pub singular: Vec<String>,
}

/// Options of the German chain. All words are in lower case; a hyphen before a word means that others may end in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GermanOptions {
    /// Words whose final s, after a letter that the stemmer takes none from, is no ending of genitive or plural.
    pub keeps_s: Vec<String>,
    /// Ends of feminine forms in -in, which are looked up by the masculine form.
    pub feminine: Vec<String>,
    /// Words in -in and -innen that are no feminine forms.
    pub not_feminine: Vec<String>,
    /// Prefixes that share what follows them where two words are joined: `Im- und Exporte`.
    pub prefixes: Vec<String>,
}

impl Options {
    /// Checks the options and adds the text of each chain's lists.
    ///
    /// # Errors
    ///
    /// When a value is invalid; the message names table and key.
    pub(crate) fn new(
        korean: KoreanOptions,
        (english, german): (EnglishOptions, GermanOptions),
        prefix_lengths: PrefixLengths,
        mut lists: PerChain<ChainLists>,
        quantities: QuantityFile,
        abbreviations: Abbreviations,
    ) -> Result<Options> {
        korean.check()?;
        english.check()?;
        german.check()?;
        prefix_lengths.check()?;
        let mut inflections = PerChain::default();
        for (chain, lists) in lists.iter_mut() {
            if let Some((file, text)) = lists.inflection.take() {
                inflections[chain] = Some(Inflection::parse(&file, &text)?);
            }
        }
        let list = |chain| lists[chain].stopwords.take().map(|text| WordList { text, ..WordList::default() });
        let stopwords = Arc::new(PerChain::from_fn(list));
        let questions = Arc::new(PerChain::from_fn(|chain| lists[chain].questions.take().map(Questions::new)));
        let (quantities, abbreviations) = (Arc::new(quantities), Arc::new(abbreviations));
        let inflections = Arc::new(inflections);
        Ok(Options {
            korean,
            english,
            german,
            prefix_lengths,
            quantities,
            abbreviations,
            stopwords,
            questions,
            inflections,
        })
    }

    /// Checks the words of quantities and the abbreviations, which are read on first use.
    ///
    /// # Errors
    ///
    /// When a value is invalid; the message names the file, and the key or line.
    pub(crate) fn check_word_lists(&self) -> Result<()> {
        self.quantities.check()?;
        self.abbreviations.check()
    }

    /// The base form of a surface form of a chain's word, by the list of irregular forms.
    pub(crate) fn base_form<'a>(&self, chain: Chain, surface: &'a str) -> Cow<'a, str> {
        self.inflections[chain].as_ref().map_or(Cow::Borrowed(surface), |list| list.base(surface))
    }

    /// Words of a chain that have one term though they may begin differently, in pairs: irregular forms and spelling variants.
    pub(crate) fn of_one_term(&self, chain: Chain) -> impl Iterator<Item = (&str, &str)> {
        let variants = (chain == Chain::English).then_some(&self.english.variants).into_iter().flatten();
        let variants = variants.map(|(word, other)| (word.as_str(), other.as_str()));
        self.inflections[chain].iter().flat_map(Inflection::forms).chain(variants)
    }

    /// The words of a chain that are looked up by another word: irregular forms, and variants in spelling.
    pub(crate) fn led_to_others(&self, chain: Chain) -> impl Iterator<Item = &str> {
        self.of_one_term(chain).map(|(word, _)| word)
    }

    /// The forms that are also of a surface form, and the words that it is also a form of.
    pub(crate) fn other_forms(&self, chain: Chain, surface: &str) -> OtherForms<'_> {
        self.inflections[chain].as_ref().map_or_else(OtherForms::default, |list| list.other_forms(surface))
    }

    /// True if a folded word is a stop word of a chain, which a query of bare words does not require; of the CJK bigram chain,
    /// one of a language without rules of its own.
    pub fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        let list = self.stopwords[chain].as_ref();
        list.is_some_and(|list| list.words().contains(umlauts_spelled_out(chain.without_elision(folded_word)).as_ref()))
    }

    /// The question words of a chain that begin with a folded word or character, each as a row of them.
    pub(crate) fn questions_with(&self, chain: Chain, first: &str) -> &[Vec<String>] {
        self.questions[chain].as_ref().map_or(&[], |questions| questions.with(first))
    }

    /// The values that decide tokens and the languages of passages, for an index's fingerprint: equal for options with equal
    /// effect.
    pub fn described(&self) -> serde_json::Value {
        let words: BTreeSet<&String> = self.korean.words.iter().collect();
        let tags: BTreeSet<&String> = self.korean.dropped_tags.iter().collect();
        // Stop words of languages with an alphabet decide the detected language (`passage::detect_language`) and so a passage's
        // chain; and no prefixes are indexed for them.
        let lists = Chain::word_chains().chain([Chain::Characters]);
        let lists = lists.filter_map(|chain| self.stopwords[chain].as_ref());
        let function_words: Vec<BTreeSet<&String>> = lists.map(|list| BTreeSet::from_iter(list.words())).collect();
        let inflections: BTreeMap<&str, BTreeMap<String, String>> = self
            .inflections
            .iter()
            .filter_map(|(chain, list)| Some((chain.name(), list.as_ref()?.described())))
            .collect();
        serde_json::json!({
            "korean_dropped_tags": tags,
            "korean_words": words,
            "english": self.english,
            "german": self.german,
            "inflections": inflections,
            "beginnings": self.prefix_lengths,
            "function_words": function_words,
            "quantities": self.quantities.described(),
            "abbreviations": self.abbreviations.words(),
        })
    }
}

impl KoreanOptions {
    fn check(&self) -> Result<()> {
        if self.dropped_tags.iter().any(String::is_empty) {
            bail!(
                "[korean] dropped_tags in default.toml: expected beginnings of tags, found ``, which begins every tag"
            );
        }
        for word in &self.words {
            let is_hangul = |part: &str| !part.is_empty() && part.chars().all(is_hangul_syllable);
            if !Folded::new(word).text().split(' ').all(is_hangul) {
                bail!(
                    "[korean] words in default.toml: expected Hangul, parts of a compound separated by a space, found `{word}`"
                );
            }
        }
        Ok(())
    }
}

impl EnglishOptions {
    fn check(&self) -> Result<()> {
        let EnglishOptions { keeps_s, variants, prefixes, solid, singular } = self;
        if let Some(pair) = solid.iter().find(|pair| pair.split(' ').count() != 2) {
            bail!("[english] solid in default.toml: expected two words with a space between them, found `{pair}`");
        }
        let of_solid = solid.iter().flat_map(|pair| pair.split(' '));
        let variants = variants.iter().flat_map(|(word, other)| [word, other]);
        let words = keeps_s.iter().chain(prefixes).chain(singular).chain(variants).map(String::as_str);
        for word in words.chain(of_solid) {
            if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                bail!("[english] in default.toml: expected words of the letters a to z, found `{word}`");
            }
        }
        Ok(())
    }
}

impl GermanOptions {
    fn check(&self) -> Result<()> {
        let GermanOptions { keeps_s, feminine, not_feminine, prefixes } = self;
        for word in [keeps_s, feminine, not_feminine, prefixes].into_iter().flatten() {
            let letters = word.trim_start_matches('-');
            if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
                bail!("[german] in default.toml: expected words of the letters a to z (ae for ä), found `{word}`");
            }
        }
        Ok(())
    }
}

/// A list of words, parsed on first use.
#[derive(Debug, Default)]
struct WordList {
    text: String,
    words: OnceLock<WordSet>,
}

impl WordList {
    fn words(&self) -> &WordSet {
        self.words.get_or_init(|| parse_words(&self.text))
    }
}

/// Parses a list with one word on each line; `#` begins a comment. Words are folded as texts are, with umlauts spelled out.
fn parse_words(text: &str) -> WordSet {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|word| !word.is_empty())
        .map(|word| umlauts_spelled_out(Folded::new(word).text()).into_owned())
        .collect()
}
