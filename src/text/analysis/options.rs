//! Options of the analysis: what decides, beside our code, the crates and the dictionaries, which tokens a text has.
//!
//! In: `[korean]`, `[english]` and `[beginnings]` of `default.toml`, and the lists of stop words. Out: values within their
//! bounds. Invariant: [`Options::described`] has all of them that decide tokens or the language of a passage.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::text::analysis::{Beginnings, Chain, Folded, PerChain, is_hangul_syllable, umlauts_spelled_out};

/// Asked for every word that is read to tell a passage's language.
type WordSet = HashSet<String, foldhash::fast::RandomState>;

/// The options of the analysis.
#[derive(Debug, Clone)]
pub struct Options {
    /// The Korean chain.
    pub korean: KoreanOptions,
    /// The English chain.
    pub english: EnglishOptions,
    /// The first letters of words.
    pub beginnings: Beginnings,
    /// Shared, so that a copy costs little.
    stopwords: Arc<PerChain<Option<WordList>>>,
}

/// Options of the Korean chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KoreanOptions {
    /// Prefixes of part-of-speech tags that are not indexed.
    pub dropped_tags: Vec<String>,
    /// Words that the dictionary does not know, of Hangul alone; a space separates the parts of a compound.
    pub words: Vec<String>,
}

/// Options of the English chain. All words are lower-case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnglishOptions {
    /// Words on -ise and -yse that are never written with z.
    pub keeps_s: Vec<String>,
    /// By word: the spelling that stands for it.
    pub variants: BTreeMap<String, String>,
    /// What is written with a hyphen or joined to the word after it. No part of the tokens, only of queries.
    #[serde(skip_serializing)]
    pub prefixes: Vec<String>,
}

impl Options {
    /// Options within their bounds, with the text of each chain's list of stop words.
    ///
    /// # Errors
    ///
    /// When a value is out of its bounds; the message names table and key.
    pub(crate) fn new(
        korean: KoreanOptions,
        english: EnglishOptions,
        beginnings: Beginnings,
        stopwords: PerChain<Option<String>>,
    ) -> Result<Options> {
        korean.check()?;
        english.check()?;
        beginnings.check()?;
        let list = |chain| stopwords[chain].clone().map(|text| WordList { text, ..WordList::default() });
        Ok(Options { korean, english, beginnings, stopwords: Arc::new(PerChain::from_fn(list)) })
    }

    /// True for a folded word that a bag of words is not matched by, as read by a chain. The character evidence has
    /// no stop words.
    pub fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        let list = self.stopwords[chain].as_ref();
        list.is_some_and(|list| list.words().contains(umlauts_spelled_out(chain.without_elision(folded_word)).as_ref()))
    }

    /// What of it decides tokens and the languages of passages, by values: the same for options that make the same.
    pub fn described(&self) -> serde_json::Value {
        let words: BTreeSet<&String> = self.korean.words.iter().collect();
        let tags: BTreeSet<&String> = self.korean.dropped_tags.iter().collect();
        // Languages with an alphabet are told apart by these (`passage::detect_language`), so they decide a passage's chain; and
        // their first letters are not kept.
        let lists = Chain::word_readings().filter_map(|chain| self.stopwords[chain].as_ref());
        let function_words: Vec<BTreeSet<&String>> = lists.map(|list| BTreeSet::from_iter(list.words())).collect();
        serde_json::json!({
            "korean_dropped_tags": tags,
            "korean_words": words,
            "english": self.english,
            "beginnings": self.beginnings,
            "function_words": function_words,
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
        let EnglishOptions { keeps_s, variants, prefixes } = self;
        let words = keeps_s.iter().chain(prefixes).chain(variants.iter().flat_map(|(word, other)| [word, other]));
        for word in words {
            if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                bail!("[english] in default.toml: expected words of the letters a to z, found `{word}`");
            }
        }
        Ok(())
    }
}

/// A list of words, read when one of its language is first asked for.
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

/// One word a line; `#` begins a comment. Words are folded as texts are, umlauts spelled out.
fn parse_words(text: &str) -> WordSet {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|word| !word.is_empty())
        .map(|word| umlauts_spelled_out(Folded::new(word).text()).into_owned())
        .collect()
}
