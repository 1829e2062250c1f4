//! jieba's word list as a finite-state map, which can be searched without loading it.
//!
//! In goes the `dict.txt` of the jieba-rs crate (`WORD FREQUENCY TAG` a line); out come an fst map from word to
//! frequency, and the sum of all frequencies. Lines are read as jieba-rs 0.11.0 reads them: a word's last line decides, a
//! line without a frequency has 0, a blank line is skipped. Then the words are folded as texts are before they are
//! cut, character by character: 乾隆 stands in a folded text as 干隆, and would be no word of the list otherwise. The
//! frequencies of words that become equal are added, so the sum does not change.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::simplified::SimplifiedForms;

/// Chinese words with their frequencies.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WordFrequencies {
    words: BTreeMap<String, u64>,
}

impl WordFrequencies {
    /// Reads jieba's word list.
    ///
    /// # Errors
    ///
    /// Fails if a frequency is no number, or there is no word.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut words = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let mut fields = line.split_whitespace();
            let Some(word) = fields.next() else { continue };
            let frequency = fields.next().unwrap_or("0");
            let frequency =
                frequency.parse().with_context(|| format!("line {}: `{frequency}` is no frequency", index + 1))?;
            words.insert(word.to_owned(), frequency);
        }
        ensure!(!words.is_empty(), "there is no word");
        Ok(Self { words })
    }

    /// Returns the words with every character in its simplified form.
    pub(crate) fn folded(&self, simplified: &SimplifiedForms) -> Self {
        let mut words = BTreeMap::new();
        for (word, frequency) in &self.words {
            let folded: String = word.chars().map(|character| simplified.of(character)).collect();
            *words.entry(folded).or_default() += frequency;
        }
        Self { words }
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the sum of all frequencies, by which jieba divides each.
    pub(crate) fn total(&self) -> u64 {
        self.words.values().sum()
    }

    /// Returns the bytes of an fst map from word to frequency.
    ///
    /// # Errors
    ///
    /// Fails if the fst crate does; words in order give it no reason to.
    pub(crate) fn to_fst(&self) -> Result<Vec<u8>> {
        let words = self.words.iter().map(|(word, &frequency)| (word, frequency));
        let map = fst::Map::from_iter(words).context("cannot make the fst of the Chinese words")?;
        Ok(map.into_fst().into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_jieba_does() {
        let words = WordFrequencies::parse("贸易 7 n\n\n协定 5 n\n贸易 3 v\n自由\n").unwrap();
        assert_eq!((words.len(), words.total()), (3, 8));
        let map = fst::Map::new(words.to_fst().unwrap()).unwrap();
        assert_eq!(map.get("贸易"), Some(3));
        assert_eq!(map.get("自由"), Some(0));
        assert_eq!(map.get("自"), None);
    }

    #[test]
    fn words_that_fold_alike_add_up() {
        let words = WordFrequencies::parse("著名 7\n着名 2\n乾隆 5\n").unwrap();
        let folded = words.folded(&SimplifiedForms::collect().unwrap());
        assert_eq!((folded.len(), folded.total()), (2, words.total()));
        let map = fst::Map::new(folded.to_fst().unwrap()).unwrap();
        assert_eq!(map.get("着名"), Some(9));
        assert_eq!(map.get("干隆"), Some(5));
    }

    #[test]
    fn refuses_a_list_that_is_none() {
        let error = WordFrequencies::parse("贸易 7\n协定 n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `n` is no frequency");
        assert!(WordFrequencies::parse("\n").is_err());
    }
}
