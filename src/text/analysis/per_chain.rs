//! A map from analysis chains to values: statistics, weights, fields, caches.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use crate::text::analysis::chain::Chain;

/// A map with a value for each chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PerChain<T>([T; Chain::ALL.len()]);

impl<T> PerChain<T> {
    /// The map with the value of `of` for each chain, called in the order of [`Chain::ALL`].
    pub fn from_fn(of: impl FnMut(Chain) -> T) -> PerChain<T> {
        PerChain(Chain::ALL.map(of))
    }

    /// Each chain with its value, in the order of [`Chain::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Chain, &T)> {
        Chain::ALL.into_iter().zip(&self.0)
    }

    /// Each chain with its value, mutable, in the order of [`Chain::ALL`].
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_chain() {
        let mut names = PerChain::from_fn(Chain::name);
        names[Chain::Korean] = "한";
        assert_eq!(names[Chain::Korean], "한");
        assert_eq!(names.iter().last(), Some((Chain::Characters, &"chars")));
        assert_eq!(serde_json::to_string(&names).unwrap(), r#"["en","de","한","zh","und","chars"]"#);
    }
}
