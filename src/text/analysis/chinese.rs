//! The Chinese chain: words by jieba's precise mode without its hidden Markov model, over simplified characters.
//!
//! Building jieba with its whole dictionary takes longer than a hundred queries. A query needs only the words that occur in
//! it: with these, and one filler word that brings the total frequency to the dictionary's, the segmentation is the same
//! (law 6). The dictionary is a finite-state map made by the dictionary builder. No other file uses jieba.

use std::sync::LazyLock;

use anyhow::{Context, Result};
use fst::{Map, Streamer};
use jieba_rs::Jieba;
use tradewire_dictionaries::{CHINESE_TOTAL, CHINESE_WORDS};

static DICTIONARY: LazyLock<Result<Dictionary, String>> =
    LazyLock::new(|| Dictionary::load().map_err(|error| format!("{error:#}")));

/// The filler word, which no text contains: it has the sum of the frequencies of all words that are not loaded.
const FILLER: &str = "\u{10FFFE}";

struct Dictionary {
    words: Map<&'static [u8]>,
    total: usize,
}

impl Dictionary {
    fn load() -> Result<Dictionary> {
        Ok(Dictionary {
            words: Map::new(CHINESE_WORDS).context("reading the embedded Chinese word list")?,
            total: CHINESE_TOTAL.trim().parse().context("reading the total of the embedded Chinese word list")?,
        })
    }

    fn get() -> Result<&'static Dictionary> {
        DICTIONARY.as_ref().map_err(|reason| anyhow::anyhow!("{reason}"))
    }
}

/// A segmenter of Chinese text into words.
pub(crate) struct Chinese {
    jieba: Jieba,
}

impl Chinese {
    /// A segmenter for any text, with every word of the dictionary. Loading takes a fifth of a second.
    pub(crate) fn load() -> Result<Chinese> {
        let dictionary = Dictionary::get()?;
        let mut jieba = Jieba::empty();
        let mut words = dictionary.words.stream();
        while let Some((word, frequency)) = words.next() {
            let word = std::str::from_utf8(word).context("reading the embedded Chinese word list")?;
            jieba.add_word(word, Some(usize::try_from(frequency)?), None);
        }
        Ok(Chinese { jieba })
    }

    /// A segmenter for `text` only, with the words that occur in it. It segments this text as that of [`Chinese::load`] does.
    pub(crate) fn for_text(text: &str) -> Result<Chinese> {
        let dictionary = Dictionary::get()?;
        let mut jieba = Jieba::empty();
        let mut used = 0;
        for (start, _) in text.char_indices() {
            dictionary.each_prefix(&text[start..], &mut |word, frequency| {
                if !jieba.has_word(word) {
                    jieba.add_word(word, Some(frequency), None);
                    used += frequency;
                }
            });
        }
        jieba.add_word(FILLER, Some(dictionary.total - used), None);
        Ok(Chinese { jieba })
    }

    /// The words of a stretch of Han characters, in order and without gaps.
    pub(crate) fn words<'a>(&self, stretch: &'a str) -> impl Iterator<Item = &'a str> {
        self.jieba.cut(stretch, false).into_iter().map(|token| token.word)
    }
}

impl Dictionary {
    /// Calls `found` with every word of the dictionary that `text` begins with.
    fn each_prefix(&self, text: &str, found: &mut dyn FnMut(&str, usize)) {
        let fst = self.words.as_fst();
        let mut node = fst.root();
        let mut output = fst::raw::Output::zero();
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            let Some(index) = node.find_input(byte) else {
                return;
            };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
            if node.is_final() {
                let frequency = output.cat(node.final_output()).value();
                found(&text[..=at], usize::try_from(frequency).unwrap_or(usize::MAX));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_shortcut_cuts_as_the_whole_dictionary_does() {
        let whole = Chinese::load().unwrap();
        for text in ["中韩自由贸易协定第二阶段谈判", "稀土出口管制措施影响半导体供应链", "龘龘果", "的", ""]
        {
            let part = Chinese::for_text(text).unwrap();
            let expected: Vec<&str> = whole.words(text).collect();
            assert_eq!(part.words(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
