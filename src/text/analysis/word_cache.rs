//! A cache of recently analysed words. Half of all words in any text are among a few hundred, and analysing a word takes ten
//! times as long as looking it up.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Maximum number of entries in each of the two halves.
const HALF: usize = 16_384;
/// Maximum length of a key in bytes: a longer string is no word, and will hardly occur again.
const LONGEST: usize = 64;

/// A cache of values by word. When the recent half is full, it becomes the older one, and the entries not used since are dropped.
pub(crate) struct WordCache<V> {
    recent: HashMap<Box<str>, V, RandomState>,
    older: HashMap<Box<str>, V, RandomState>,
}

impl<V> Default for WordCache<V> {
    fn default() -> WordCache<V> {
        WordCache { recent: HashMap::default(), older: HashMap::default() }
    }
}

impl<V: Clone> WordCache<V> {
    /// The cached value of a word, if there is one; this counts as a use.
    pub(crate) fn get(&mut self, word: &str) -> Option<V> {
        if let Some(value) = self.recent.get(word) {
            return Some(value.clone());
        }
        let (word, value) = self.older.remove_entry(word)?;
        self.insert(word, value.clone());
        Some(value)
    }

    /// Caches the value of a word, unless the word is too long.
    pub(crate) fn keep(&mut self, word: &str, value: V) {
        if word.len() <= LONGEST {
            self.insert(word.into(), value);
        }
    }

    fn insert(&mut self, word: Box<str>, value: V) {
        if self.recent.len() >= HALF {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(word, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_kept_and_the_rest_forgotten() {
        let mut cache = WordCache::default();
        cache.keep("used", 1);
        cache.keep("unused", 2);
        cache.keep(&"long".repeat(LONGEST), 3);
        for word in 0..3 * HALF {
            cache.keep(&word.to_string(), word);
            assert_eq!(cache.get("used"), Some(1));
        }
        assert_eq!(cache.get("unused"), None);
        assert_eq!(cache.get(&"long".repeat(LONGEST)), None);
        assert!(cache.recent.len() + cache.older.len() <= 2 * HALF);
    }
}
