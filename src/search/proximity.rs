//! Proximity: how close together the words of a query stand in a passage. The score is the best window's: the greatest
//! sum of the weights of the words in it, each counted once; a passage with a single word has that word's weight. A
//! best window says more about an answer than pairs of neighbours do, and needs no sentences in the index.

use anyhow::Result;

use crate::engine::{PassageKey, PreparedQuery, TermPosition};
use crate::query::plan::Proximity;

/// Precision of the weights, which are added as whole multiples of this, so that the sum does not depend on the order
/// in which words enter and leave the window.
const UNIT: f64 = 1e-6;

/// The best window of a passage.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct BestWindow {
    /// Sum of the weights of the terms in it.
    pub(crate) score: f64,
    /// Indices of the terms, in order.
    pub(crate) terms: Vec<usize>,
}

/// The best window of each of some passages; empty for a passage with none of the terms.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn best_windows(
    prepared: &dyn PreparedQuery,
    proximity: &Proximity,
    keys: &[PassageKey],
) -> Result<Vec<BestWindow>> {
    let weights: Vec<u64> = proximity.terms.iter().map(|(_, weight)| (weight / UNIT).round() as u64).collect();
    let passages = prepared.positions(proximity, keys)?.into_iter();
    Ok(passages.map(|places| best_window(places, &weights, proximity.window)).collect())
}

/// The best of all windows of `window` positions; of equal windows, the first.
fn best_window(mut places: Vec<TermPosition>, weights: &[u64], window: u32) -> BestWindow {
    places.sort_unstable();
    let mut inside = vec![0_u32; weights.len()];
    let (mut sum, mut best) = (0_u64, 0_u64);
    let mut best_places = 0..0;
    let mut start = 0;
    for (end, &(position, term)) in places.iter().enumerate() {
        sum += if inside[term] == 0 { weights[term] } else { 0 };
        inside[term] += 1;
        while position - places[start].0 >= window {
            let (_, left) = places[start];
            inside[left] -= 1;
            sum -= if inside[left] == 0 { weights[left] } else { 0 };
            start += 1;
        }
        if sum > best {
            best = sum;
            best_places = start..end + 1;
        }
    }
    let mut terms: Vec<usize> = places[best_places].iter().map(|&(_, term)| term).collect();
    terms.sort_unstable();
    terms.dedup();
    BestWindow { score: best as f64 * UNIT, terms }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(places: &[TermPosition], window: u32) -> BestWindow {
        best_window(places.to_vec(), &[1_000_000, 2_000_000, 4_000_000], window)
    }

    #[test]
    fn each_word_counts_once_in_the_best_window() {
        assert_eq!(best(&[], 5), BestWindow::default());
        assert_eq!(best(&[(3, 1)], 5), BestWindow { score: 2.0, terms: vec![1] });
        assert_eq!(best(&[(0, 0), (1, 0), (2, 1)], 5), BestWindow { score: 3.0, terms: vec![0, 1] });
        assert_eq!(best(&[(0, 2), (4, 0)], 5), BestWindow { score: 5.0, terms: vec![0, 2] });
        assert_eq!(best(&[(0, 2), (5, 0)], 5), BestWindow { score: 4.0, terms: vec![2] });
        let far = [(10, 1), (11, 0), (90, 0), (95, 2), (96, 1)];
        assert_eq!(best(&far, 5), BestWindow { score: 6.0, terms: vec![1, 2] });
        assert_eq!(best(&far, 7), BestWindow { score: 7.0, terms: vec![0, 1, 2] });
    }

    /// The best sum by brute force: every window that begins at a word.
    fn best_by_trying(places: &[TermPosition], weights: &[u64], window: u32) -> u64 {
        let sum_from = |from: u32| {
            let inside = |&&(position, _): &&TermPosition| (from..from + window).contains(&position);
            let terms: std::collections::BTreeSet<usize> =
                places.iter().filter(inside).map(|&(_, term)| term).collect();
            terms.into_iter().map(|term| weights[term]).sum()
        };
        places.iter().map(|&(position, _)| sum_from(position)).max().unwrap_or(0)
    }

    proptest::proptest! {
        #[test]
        fn the_best_window_is_the_best(
            places in proptest::collection::vec((0..60_u32, 0..4_usize), 0..30),
            weights in proptest::array::uniform4(0..9_000_000_u64),
            window in 1..30_u32,
        ) {
            let found = best_window(places.clone(), &weights, window);
            proptest::prop_assert_eq!((found.score / UNIT).round() as u64, best_by_trying(&places, &weights, window));
        }
    }
}
