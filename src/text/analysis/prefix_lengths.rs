//! Lengths of the prefixes (edge n-grams) of words, by chain: the table `[beginnings]` of `default.toml`.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, bail};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::text::analysis::keyed::{key, stated};
use crate::text::analysis::{Chain, PerChain};

/// The lengths of prefixes in letters, for each chain that indexes prefixes.
#[derive(Debug, Clone, Copy)]
pub struct PrefixLengths(PerChain<Option<usize>>);

impl PrefixLengths {
    /// Length in letters of a chain's prefixes; `None` for a chain without prefixes.
    pub fn of(&self, chain: Chain) -> Option<usize> {
        self.0[chain]
    }
}

impl PrefixLengths {
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

/// Serialised as a map from the names of chains to lengths.
impl Serialize for PrefixLengths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let letters: BTreeMap<&str, usize> =
            of_those_that_have(&self.0).map(|(chain, letters)| (chain.name(), letters)).collect();
        letters.serialize(serializer)
    }
}

/// A key of `[beginnings]`: the name of a chain that has prefixes.
struct PrefixKey(Chain);

impl<'de> Deserialize<'de> for PrefixKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PrefixKey, D::Error> {
        let chains = Chain::ALL.into_iter().filter(|chain| chain.has_prefixes());
        key(deserializer, chains.map(|chain| (chain.name(), PrefixKey(chain))))
    }
}

impl<'de> Deserialize<'de> for PrefixLengths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PrefixLengths, D::Error> {
        deserializer.deserialize_map(PrefixLengthsVisitor)
    }
}

struct PrefixLengthsVisitor;

impl<'de> Visitor<'de> for PrefixLengthsVisitor {
    type Value = PrefixLengths;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("numbers of letters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PrefixLengths, A::Error> {
        let mut letters = PerChain::default();
        while let Some(PrefixKey(chain)) = map.next_key()? {
            letters[chain] = Some(map.next_value()?);
        }
        for (chain, letters) in letters.iter().filter(|(chain, _)| chain.has_prefixes()) {
            stated(letters, chain.name())?;
        }
        Ok(PrefixLengths(letters))
    }
}
