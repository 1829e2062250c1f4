//! What was made of a word lately. Half of all words of any text are among a few hundred, and making their tokens takes ten
//! times as long as looking them up.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Entries of each of the two halves.
const HALF: usize = 16_384;
/// Bytes of the longest key: what is longer is no word, and will not come again.
const LONGEST: usize = 64;

/// Values by word; the least lately used half is forgotten when there are too many.
pub(crate) struct Memory<V> {
    recent: HashMap<Box<str>, V, RandomState>,
    older: HashMap<Box<str>, V, RandomState>,
}

impl<V> Default for Memory<V> {
    fn default() -> Memory<V> {
        Memory { recent: HashMap::default(), older: HashMap::default() }
    }
}

impl<V: Clone> Memory<V> {
    /// What was kept of a word, if it is remembered.
    pub(crate) fn get(&mut self, word: &str) -> Option<V> {
        if let Some(value) = self.recent.get(word) {
            return Some(value.clone());
        }
        let (word, value) = self.older.remove_entry(word)?;
        self.insert(word, value.clone());
        Some(value)
    }

    /// Remembers a value for a while.
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
        let mut memory = Memory::default();
        memory.keep("used", 1);
        memory.keep("unused", 2);
        memory.keep(&"long".repeat(LONGEST), 3);
        for word in 0..3 * HALF {
            memory.keep(&word.to_string(), word);
            assert_eq!(memory.get("used"), Some(1));
        }
        assert_eq!(memory.get("unused"), None);
        assert_eq!(memory.get(&"long".repeat(LONGEST)), None);
        assert!(memory.recent.len() + memory.older.len() <= 2 * HALF);
    }
}
