//! Tables of the configuration with one key for each chain.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, bail};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::config::{Beginnings, CharacterWeights, FieldWeights, Ranking, Window};
use crate::text::analysis::{Chain, PerChain};

impl Beginnings {
    pub(super) fn check(&self) -> Result<()> {
        let letters: Vec<(Chain, usize)> = of_those_that_have(&self.0).collect();
        if letters.iter().any(|&(_, letters)| letters < 2) {
            let found: Vec<String> =
                letters.iter().map(|(chain, letters)| format!("{} = {letters}", chain.name())).collect();
            bail!("[beginnings] in default.toml: expected two letters or more, found {}", found.join(", "));
        }
        Ok(())
    }
}

fn of_those_that_have<T: Copy>(values: &PerChain<Option<T>>) -> impl Iterator<Item = (Chain, T)> {
    values.iter().filter_map(|(chain, value)| Some((chain, (*value)?)))
}

/// By the names of the chains.
impl Serialize for Beginnings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let letters: BTreeMap<&str, usize> =
            of_those_that_have(&self.0).map(|(chain, letters)| (chain.name(), letters)).collect();
        letters.serialize(serializer)
    }
}

/// A key of `[beginnings]`.
struct PrefixKey(Chain);

impl<'de> Deserialize<'de> for PrefixKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PrefixKey, D::Error> {
        let chains = Chain::ALL.into_iter().filter(|chain| chain.has_prefixes());
        key(deserializer, chains.map(|chain| (chain.name(), PrefixKey(chain))))
    }
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

/// The key that is named, or serde's message with those that there are.
fn key<'de, D: Deserializer<'de>, K>(
    deserializer: D,
    keys: impl Iterator<Item = (&'static str, K)>,
) -> Result<K, D::Error> {
    let name = String::deserialize(deserializer)?;
    let mut known = Vec::new();
    for (key, value) in keys {
        if key == name {
            return Ok(value);
        }
        known.push(format!("`{key}`"));
    }
    let expected = match known.as_slice() {
        [one, other] => format!("{one} or {other}"),
        _ => format!("one of {}", known.join(", ")),
    };
    Err(D::Error::custom(format!("unknown field `{name}`, expected {expected}")))
}

impl<'de> Deserialize<'de> for Beginnings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Beginnings, D::Error> {
        deserializer.deserialize_map(BeginningsVisitor)
    }
}

struct BeginningsVisitor;

impl<'de> Visitor<'de> for BeginningsVisitor {
    type Value = Beginnings;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("numbers of letters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Beginnings, A::Error> {
        let mut letters = PerChain::default();
        while let Some(PrefixKey(chain)) = map.next_key()? {
            letters[chain] = Some(map.next_value()?);
        }
        for (chain, letters) in letters.iter().filter(|(chain, _)| chain.has_prefixes()) {
            stated(letters, chain.name())?;
        }
        Ok(Beginnings(letters))
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

fn stated<T: Copy, E: Error>(value: &Option<T>, key: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(key))
}
