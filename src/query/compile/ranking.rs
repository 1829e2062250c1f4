//! Ranking weights: the table `[ranking]` of `default.toml`.

use std::fmt;

use anyhow::{Result, bail};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::query::plan::GeneralText;
use crate::text::analysis::keyed::{key, stated};
use crate::text::analysis::{Chain, PerChain};

/// Greatest rerank depth, in passages; each of them is read for every query.
const MAX_RERANK_DEPTH: usize = 10_000;
/// Greatest length of a window, in positions: fewer than between a title and its text.
const MAX_WINDOW: u32 = 99;
/// Greatest number of passages of general text, and of tokens in them.
const MOST_GENERAL: u32 = 1_000_000;

/// Ranking weights of the scoring clauses, by analysis chain.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Rerank depth: the number of the best passages whose final order prefixes and proximity decide too.
    pub rerank_depth: usize,
    /// Factor of the scores of a language where the query has more function words of another language.
    pub other_language: f32,
    /// Factor of matches by compound parts, where the query's word is a part of the text's, or the text's of the query's.
    pub compound_parts: f32,
    /// Factor of names that the glossary adds to a query.
    pub expansion: f32,
    /// Factor of words that only ask.
    pub questions: f32,
    /// The length of the window in which words should stand close together.
    pub window: Window,
    /// General text, by which the statistics of the index are completed.
    pub general: GeneralText,
    /// Further weights of the CJK bigram chain.
    pub chars: CharacterWeights,
    fields: PerChain<FieldWeights>,
}

/// Lengths of a proximity window in positions; at least one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Length in text that is segmented at spaces.
    pub words: u32,
    /// Length in text with CJK characters.
    pub characters: u32,
}

/// Weights of a chain's fields: factors of BM25 scores; not negative.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWeights {
    /// Weight of the field with title and text.
    pub text: f32,
    /// Weight of the field with the title alone.
    pub title: f32,
    /// Whether stop words are scored.
    pub stopwords: bool,
    /// How much the length of a passage counts in `text`; 1 is BM25's usual length normalisation. Not zero.
    pub length: f32,
    /// Weight of the prefix (edge n-gram) field, if the chain has one.
    #[serde(rename = "beginnings")]
    pub prefixes: f32,
    /// Weight of each word that stands close to the others, as a share of the word's greatest score in a passage.
    pub proximity: f32,
}

/// Weights of the CJK bigram chain: factors; not negative.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharacterWeights {
    /// Weight of the field with title and text.
    pub text: f32,
    /// Weight of the field with the title alone.
    pub title: f32,
    /// Further factor of bigrams that are not of two Han characters.
    pub hangul: f32,
    /// Further factor of words in alphabets, in a query with CJK characters.
    pub words: f32,
    /// The same in a query without.
    pub words_alone: f32,
    /// Further factor of a dictionary token, or of a run without particles and endings, whose characters stand together
    /// in the text.
    pub pieces: f32,
    /// Further factor of a whole run that has particles or endings in it.
    pub runs: f32,
    /// Weight of words that stand close together among CJK characters.
    pub proximity: f32,
}

impl Ranking {
    /// The weights of a chain's fields.
    pub fn of(&self, chain: Chain) -> FieldWeights {
        self.fields[chain]
    }
}

impl From<CharacterWeights> for FieldWeights {
    fn from(weights: CharacterWeights) -> FieldWeights {
        let CharacterWeights { text, title, proximity, .. } = weights;
        FieldWeights { text, title, stopwords: true, length: 1.0, prefixes: 0.0, proximity }
    }
}

impl Ranking {
    /// Checks that every number is within its bounds.
    ///
    /// # Errors
    ///
    /// When one is not; the message names table and key.
    pub(crate) fn check(&self) -> Result<()> {
        if self.rerank_depth > MAX_RERANK_DEPTH {
            bail!("[ranking] refined = {} in default.toml: expected at most {MAX_RERANK_DEPTH}", self.rerank_depth);
        }
        let Window { words, characters } = self.window;
        if !(1..=MAX_WINDOW).contains(&words) || !(1..=MAX_WINDOW).contains(&characters) {
            bail!(
                "[ranking.window] in default.toml: expected numbers from 1 to {MAX_WINDOW}, found words = {words}, characters = {characters}"
            );
        }
        let GeneralText { passages, tokens } = self.general;
        if passages > MOST_GENERAL || tokens > MOST_GENERAL {
            bail!(
                "[ranking.general] in default.toml: expected numbers up to {MOST_GENERAL}, found passages = {passages}, tokens = {tokens}"
            );
        }
        if !(0.0..=1.0).contains(&self.other_language) {
            bail!("[ranking] other_language = {} in default.toml: expected a number from 0 to 1", self.other_language);
        }
        if !(0.0..=1.0).contains(&self.questions) {
            bail!("[ranking] questions = {} in default.toml: expected a number from 0 to 1", self.questions);
        }
        for chain in Chain::ALL {
            let FieldWeights { text, title, length, prefixes, proximity, stopwords: _ } = self.of(chain);
            let weights = [("text", text), ("title", title), ("beginnings", prefixes), ("proximity", proximity)];
            for (key, weight) in weights {
                check_weight(&format!("ranking.{}", chain.name()), key, weight)?;
            }
            if !(0.01..=100.0).contains(&length) {
                bail!(
                    "[ranking.{}] length = {length} in default.toml: expected a number from 0.01 to 100",
                    chain.name()
                );
            }
        }
        check_weight("ranking", "compound_parts", self.compound_parts)?;
        check_weight("ranking", "expansion", self.expansion)?;
        check_weight("ranking.chars", "hangul", self.chars.hangul)?;
        check_weight("ranking.chars", "words", self.chars.words)?;
        check_weight("ranking.chars", "words_alone", self.chars.words_alone)?;
        check_weight("ranking.chars", "pieces", self.chars.pieces)?;
        check_weight("ranking.chars", "runs", self.chars.runs)?;
        Ok(())
    }
}

fn check_weight(table: &str, key: &str, weight: f32) -> Result<()> {
    if !(0.0..=1000.0).contains(&weight) {
        bail!("[{table}] {key} = {weight} in default.toml: expected a number from 0 to 1000");
    }
    Ok(())
}

/// A key of `[ranking]`.
enum RankingKey {
    RerankDepth,
    OtherLanguage,
    CompoundParts,
    Expansion,
    Questions,
    Window,
    General,
    Weights(Chain),
}

impl<'de> Deserialize<'de> for RankingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RankingKey, D::Error> {
        let others = [
            ("refined", RankingKey::RerankDepth),
            ("other_language", RankingKey::OtherLanguage),
            ("compound_parts", RankingKey::CompoundParts),
            ("expansion", RankingKey::Expansion),
            ("questions", RankingKey::Questions),
            ("window", RankingKey::Window),
            ("general", RankingKey::General),
        ];
        key(deserializer, others.into_iter().chain(Chain::ALL.map(|chain| (chain.name(), RankingKey::Weights(chain)))))
    }
}

impl<'de> Deserialize<'de> for Ranking {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ranking, D::Error> {
        deserializer.deserialize_map(RankingVisitor)
    }
}

struct RankingVisitor;

impl<'de> Visitor<'de> for RankingVisitor {
    type Value = Ranking;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("weights")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ranking, A::Error> {
        let (mut rerank_depth, mut other_language, mut compound_parts, mut expansion) = (None, None, None, None);
        let (mut window, mut chars): (Option<Window>, Option<CharacterWeights>) = (None, None);
        let (mut general, mut questions): (Option<GeneralText>, Option<f32>) = (None, None);
        let mut fields: PerChain<Option<FieldWeights>> = PerChain::default();
        while let Some(key) = map.next_key()? {
            match key {
                RankingKey::RerankDepth => rerank_depth = Some(map.next_value()?),
                RankingKey::OtherLanguage => other_language = Some(map.next_value()?),
                RankingKey::CompoundParts => compound_parts = Some(map.next_value()?),
                RankingKey::Expansion => expansion = Some(map.next_value()?),
                RankingKey::Questions => questions = Some(map.next_value()?),
                RankingKey::Window => window = Some(map.next_value()?),
                RankingKey::General => general = Some(map.next_value()?),
                RankingKey::Weights(chain) if chain.keeps_characters() => {
                    chars = Some(map.next_value()?);
                    fields[chain] = chars.map(FieldWeights::from);
                }
                RankingKey::Weights(chain) => fields[chain] = Some(map.next_value()?),
            }
        }
        let rerank_depth = stated(&rerank_depth, "refined")?;
        let other_language = stated(&other_language, "other_language")?;
        let compound_parts = stated(&compound_parts, "compound_parts")?;
        let expansion = stated(&expansion, "expansion")?;
        let window = stated(&window, "window")?;
        let questions = stated(&questions, "questions")?;
        let general = stated(&general, "general")?;
        for (chain, weights) in fields.iter() {
            stated(weights, chain.name())?;
        }
        let fields = PerChain::from_fn(|chain| fields[chain].unwrap_or_default());
        let chars = stated(&chars, Chain::Characters.name())?;
        Ok(Ranking {
            rerank_depth,
            other_language,
            compound_parts,
            expansion,
            questions,
            window,
            general,
            chars,
            fields,
        })
    }
}
