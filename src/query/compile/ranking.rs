//! Weights of the evidence: the table `[ranking]` of `default.toml`.

use std::fmt;

use anyhow::{Result, bail};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::text::analysis::keyed::{key, stated};
use crate::text::analysis::{Chain, PerChain};

/// Passages that are put in order by refinements at most; each is read for every query.
const MAX_REFINED: usize = 10_000;
/// Positions of a window at most: fewer than between a title and its text.
const MAX_WINDOW: u32 = 99;

/// Weights of the evidence, by chain.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// How many of the best passages are put in order by beginnings and proximity too.
    pub refined: usize,
    /// Factor of the scores of a language where the query has more function words of another.
    pub other_language: f32,
    /// Factor for what is only a part of the other, the query's word of the text's or the text's of the query's.
    pub compound_parts: f32,
    /// Factor for names that the glossary adds to a query.
    pub expansion: f32,
    /// The stretch in which words should stand close together.
    pub window: Window,
    /// Further weights of the character evidence.
    pub chars: CharacterWeights,
    fields: PerChain<FieldWeights>,
}

/// Lengths of a stretch of text; at least one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// In text that is cut at spaces.
    pub words: u32,
    /// In text with CJK characters.
    pub characters: u32,
}

/// Factors of BM25 scores; not negative.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWeights {
    /// Of the field with title and text.
    pub text: f32,
    /// Of the field with the title alone.
    pub title: f32,
    /// Whether stop words count.
    pub stopwords: bool,
    /// How much the length of a passage counts in `text`; 1 is as usual in BM25. Not zero.
    pub length: f32,
    /// Of the field with the first letters of words, if the chain has one.
    pub beginnings: f32,
    /// Of words that stand close together, once each, as a share of what a word has at most in a passage.
    pub proximity: f32,
}

/// Factors for the character evidence; not negative.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharacterWeights {
    /// Of the field with title and text.
    pub text: f32,
    /// Of the field with the title alone.
    pub title: f32,
    /// Further factor for pairs that are not Han.
    pub hangul: f32,
    /// Further factor for words.
    pub words: f32,
    /// Further factor for pieces of a run that stand together in the text.
    pub pieces: f32,
    /// Further factor for a run that stands in the text as a whole.
    pub runs: f32,
    /// For words that stand close together among CJK characters.
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
        FieldWeights { text, title, stopwords: true, length: 1.0, beginnings: 0.0, proximity }
    }
}

impl Ranking {
    /// Checks that every number is within its bounds.
    ///
    /// # Errors
    ///
    /// When one is not; the message names table and key.
    pub(crate) fn check(&self) -> Result<()> {
        if self.refined > MAX_REFINED {
            bail!("[ranking] refined = {} in default.toml: expected at most {MAX_REFINED}", self.refined);
        }
        let Window { words, characters } = self.window;
        if !(1..=MAX_WINDOW).contains(&words) || !(1..=MAX_WINDOW).contains(&characters) {
            bail!(
                "[ranking.window] in default.toml: expected numbers from 1 to {MAX_WINDOW}, found words = {words}, characters = {characters}"
            );
        }
        if !(0.0..=1.0).contains(&self.other_language) {
            bail!("[ranking] other_language = {} in default.toml: expected a number from 0 to 1", self.other_language);
        }
        for chain in Chain::ALL {
            let FieldWeights { text, title, length, beginnings, proximity, stopwords: _ } = self.of(chain);
            let weights = [("text", text), ("title", title), ("beginnings", beginnings), ("proximity", proximity)];
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
    Refined,
    OtherLanguage,
    CompoundParts,
    Expansion,
    Window,
    Weights(Chain),
}

impl<'de> Deserialize<'de> for RankingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RankingKey, D::Error> {
        let others = [
            ("refined", RankingKey::Refined),
            ("other_language", RankingKey::OtherLanguage),
            ("compound_parts", RankingKey::CompoundParts),
            ("expansion", RankingKey::Expansion),
            ("window", RankingKey::Window),
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
        let (mut refined, mut other_language, mut compound_parts, mut expansion) = (None, None, None, None);
        let (mut window, mut chars): (Option<Window>, Option<CharacterWeights>) = (None, None);
        let mut fields: PerChain<Option<FieldWeights>> = PerChain::default();
        while let Some(key) = map.next_key()? {
            match key {
                RankingKey::Refined => refined = Some(map.next_value()?),
                RankingKey::OtherLanguage => other_language = Some(map.next_value()?),
                RankingKey::CompoundParts => compound_parts = Some(map.next_value()?),
                RankingKey::Expansion => expansion = Some(map.next_value()?),
                RankingKey::Window => window = Some(map.next_value()?),
                RankingKey::Weights(chain) if chain.keeps_characters() => {
                    chars = Some(map.next_value()?);
                    fields[chain] = chars.map(FieldWeights::from);
                }
                RankingKey::Weights(chain) => fields[chain] = Some(map.next_value()?),
            }
        }
        let refined = stated(&refined, "refined")?;
        let other_language = stated(&other_language, "other_language")?;
        let compound_parts = stated(&compound_parts, "compound_parts")?;
        let expansion = stated(&expansion, "expansion")?;
        let window = stated(&window, "window")?;
        for (chain, weights) in fields.iter() {
            stated(weights, chain.name())?;
        }
        let fields = PerChain::from_fn(|chain| fields[chain].unwrap_or_default());
        let chars = stated(&chars, Chain::Characters.name())?;
        Ok(Ranking { refined, other_language, compound_parts, expansion, window, chars, fields })
    }
}
