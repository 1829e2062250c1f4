//! How often terms occur in general text, by the tables in `index-config/frequencies/`. An index of a few hundred passages says
//! little about how common a word is: `would` may be in as few of them as a name.

use std::cmp::Ordering;

use crate::text::analysis::{Chain, char_script};

/// The number of tokens of general text in which the tables count.
const TOKENS: f64 = 10_000_000.0;

/// The share of the tokens of general text that are a term of a chain; 0 for a rare term.
pub(crate) fn share_of_tokens(chain: Chain, term: &str) -> f64 {
    // Among pairs of characters, words are those of another chain.
    let is_word = chain.keeps_characters() && term.chars().next().is_some_and(|first| char_script(first).is_none());
    let table = if is_word { chain.word_chain() } else { chain }.facts().frequencies;
    f64::from(table.and_then(|table| occurrences(table, term)).unwrap_or(0)) / TOKENS
}

/// Looks up a term by binary search among the lines, which are sorted by the bytes of the terms. So nothing is read at the start.
fn occurrences(table: &str, term: &str) -> Option<u32> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let bytes = table.as_bytes();
        let start = bytes[low..middle].iter().rposition(|&byte| byte == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|&byte| byte == b'\n').map_or(high, |at| middle + at);
        let (known, count) = table.get(start..end)?.split_once('\t')?;
        match known.as_bytes().cmp(term.as_bytes()) {
            Ordering::Equal => return count.parse().ok(),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_found() {
        for chain in Chain::ALL {
            let table = chain.facts().frequencies.unwrap_or_default();
            for line in table.lines() {
                let (term, count) = line.split_once('\t').unwrap();
                assert_eq!(occurrences(table, term), Some(count.parse().unwrap()), "{term}");
            }
        }
        assert_eq!((occurrences("a\t1\nc\t2\n", "b"), occurrences("", "a")), (None, None));
        assert_eq!((occurrences("a\t1\nc\t2\n", ""), occurrences("a\t1\nc\t2\n", "d")), (None, None));
    }

    #[test]
    fn function_words_are_common_and_names_are_not() {
        let common = [
            (Chain::English, "would"),
            (Chain::German, "welch"),
            (Chain::Korean, "무엇"),
            (Chain::Chinese, "什么"),
            (Chain::Characters, "什么"),
            (Chain::Characters, "would"),
        ];
        for (chain, term) in common {
            assert!(share_of_tokens(chain, term) > 1e-4, "{term}");
        }
        assert_eq!(share_of_tokens(Chain::English, "decnet"), 0.0);
        assert_eq!(
            share_of_tokens(Chain::Undetermined, "would"),
            0.0,
            "no table says how common a word is in any language"
        );
    }
}
