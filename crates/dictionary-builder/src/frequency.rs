//! Frequencies of the Korean dictionary's context ids in segmentation, estimated from the dictionary's words alone.
//!
//! lindera can renumber the ids so that the connection costs used most lie together in memory. For that it expects counts
//! from segmenting text; ranks estimated from the dictionary work as well. A word is a candidate wherever its
//! surface occurs, so it weighs the product of its characters' shares in all surfaces, and an id weighs the sum of its
//! words. Measured on 0.7 MB of Korean: 7 % faster than without, as with counts from text, 0.1 ms more to load, and the
//! same tokens.

use std::collections::HashMap;

use crate::korean::Word;
use crate::mecab::Matrix;

/// Returns lindera's histogram file: the numbers of left and right ids, then a line of counts for each.
///
/// The counts are ranks, 0 for the rarest id: lindera uses nothing but their order.
pub(crate) fn to_histogram(words: &[Word<'_>], matrix: &Matrix<'_>) -> String {
    // `right_size` counts the left ids, those of the word after; see `Matrix`.
    let mut left = vec![0.0; usize::from(matrix.right_size)];
    let mut right = vec![0.0; usize::from(matrix.left_size)];
    let shares = character_shares(words);
    for word in words {
        let weight: f64 = word.surface.chars().map(|character| shares[&character]).product();
        left[usize::from(word.entry.left_id)] += weight;
        right[usize::from(word.entry.right_id)] += weight;
    }
    format!("{} {}\n{}\n{}\n", left.len(), right.len(), ranks(&left), ranks(&right))
}

/// Returns each character's share in the characters of all surfaces.
fn character_shares(words: &[Word<'_>]) -> HashMap<char, f64> {
    let mut counts: HashMap<char, u32> = HashMap::new();
    let mut total = 0_u32;
    for character in words.iter().flat_map(|word| word.surface.chars()) {
        *counts.entry(character).or_default() += 1;
        total += 1;
    }
    let shares = counts.into_iter();
    shares.map(|(character, count)| (character, f64::from(count) / f64::from(total))).collect()
}

/// Returns each id's rank by weight, the lightest first, separated by spaces.
fn ranks(weights: &[f64]) -> String {
    let mut ids: Vec<usize> = (0..weights.len()).collect();
    ids.sort_by(|&one, &other| weights[one].total_cmp(&weights[other]));
    let mut ranks = vec![0; ids.len()];
    for (rank, &id) in ids.iter().enumerate() {
        ranks[id] = rank;
    }
    ranks.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mecab::LexiconEntry;

    #[test]
    fn frequent_characters_make_frequent_ids() {
        let entry = |surface: &str, left_id, right_id| LexiconEntry {
            surface: surface.to_owned(),
            left_id,
            right_id,
            cost: 0,
            feature: "NNG,*,F,*,*,*,*,*",
        };
        let entries = [entry("가나", 1, 0), entry("가", 2, 1), entry("다", 0, 1)];
        let words: Vec<Word<'_>> = entries.iter().map(|entry| Word::new(entry).unwrap()).collect();
        // Two ids of the word before, three of the word after; costs do not matter.
        let bytes = [2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let matrix = Matrix::read(&bytes).unwrap();
        // Shares: 가 1/2, 나 1/4, 다 1/4. Left ids: 1/4, 1/8, 1/2. Right ids: 1/8, 3/4.
        assert_eq!(to_histogram(&words, &matrix), "3 2\n1 0 2\n0 1\n");
    }
}
