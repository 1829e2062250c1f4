//! Retrieval measures of one topic. A ranking is given as the grades of its documents, best first; documents that were not
//! judged have grade 0.

use crate::evaluation::qrels::Grade;

/// The rank of the first relevant document, from 1; `None` when there is none.
pub fn first_relevant_rank(ranked: &[Grade]) -> Option<usize> {
    ranked.iter().position(|&grade| grade > 0).map(|at| at + 1)
}

/// The reciprocal rank: 1 divided by the rank of the first relevant document; 0 when it is not among the first `depth`.
/// Its mean over topics is MRR.
pub fn reciprocal_rank(ranked: &[Grade], depth: usize) -> f64 {
    first_relevant_rank(first(ranked, depth)).map_or(0.0, |rank| 1.0 / rank as f64)
}

/// Normalised discounted cumulative gain over the first `depth` documents: Järvelin and Kekäläinen, *Cumulated
/// gain-based evaluation of IR techniques*, ACM TOIS 20(4), 2002; with the gain 2^grade - 1 and the discount
/// log2(rank + 1). The ideal is the best order of everything that was judged, found or not, to the same depth. From 0
/// to 1; 0 when nothing is relevant. (`trec_eval` takes the grade itself as the gain, which is the same for 0 and 1.)
pub fn ndcg(ranked: &[Grade], judged: &[Grade], depth: usize) -> f64 {
    let mut ideal = judged.to_vec();
    ideal.sort_unstable_by(|left, right| right.cmp(left));
    let ideal = dcg(first(&ideal, depth));
    if ideal > 0.0 { dcg(first(ranked, depth)) / ideal } else { 0.0 }
}

/// Recall: the share of the `relevant` documents that is among the first `depth`; 0 when nothing is relevant.
pub fn recall(ranked: &[Grade], relevant: usize, depth: usize) -> f64 {
    let found = first(ranked, depth).iter().filter(|&&grade| grade > 0).count();
    if relevant > 0 { found as f64 / relevant as f64 } else { 0.0 }
}

fn first(grades: &[Grade], depth: usize) -> &[Grade] {
    &grades[..grades.len().min(depth)]
}

fn dcg(grades: &[Grade]) -> f64 {
    // Not `sum`: the sum of nothing is -0.0, and is printed with its sign.
    grades.iter().zip(2_u32..).fold(0.0, |sum, (&grade, rank)| sum + gain(grade) / f64::from(rank).log2())
}

fn gain(grade: Grade) -> f64 {
    f64::from(grade).exp2() - 1.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-4, "{actual} is not {expected}");
    }

    #[test]
    fn nothing_relevant_or_nothing_found_is_zero() {
        for (ranked, judged) in [(&[][..], &[][..]), (&[0, 0], &[0]), (&[], &[2]), (&[0, 0], &[1])] {
            assert_eq!(first_relevant_rank(ranked), None);
            assert_eq!(reciprocal_rank(ranked, 10), 0.0);
            assert_eq!(ndcg(ranked, judged, 10), 0.0);
            assert_eq!(recall(ranked, judged.iter().filter(|&&grade| grade > 0).count(), 10), 0.0);
        }
        assert_eq!((reciprocal_rank(&[1], 0), ndcg(&[1], &[1], 0), recall(&[1], 1, 0)), (0.0, 0.0, 0.0));
    }

    #[test]
    fn graded_documents_by_hand() {
        // DCG = 3/log2(3) + 1/log2(5) = 1.8928 + 0.4307; ideal = 3/1 + 1/log2(3) + 1/2 = 4.1309.
        let ranked = [0, 2, 0, 1];
        assert_close(ndcg(&ranked, &[1, 0, 2, 1], 10), 2.3235 / 4.1309);
        assert_close(reciprocal_rank(&ranked, 10), 0.5);
        assert_close(recall(&ranked, 3, 10), 2.0 / 3.0);
        // The lower grade first: 1/1 + 3/log2(3) against 3/1 + 1/log2(3).
        assert_close(ndcg(&[1, 2], &[2, 1], 10), 2.8928 / 3.6309);
        // Documents that tie count where they stand.
        assert_eq!(ndcg(&[1, 1, 2], &[2, 1, 1], 10), ndcg(&[1, 1, 2], &[1, 2, 1], 10));
        assert_close(ndcg(&[0, 0, 1], &[1], 10), 0.5);
    }

    #[test]
    fn what_is_below_the_depth_does_not_count() {
        let eleventh: Vec<Grade> = [0; 10].into_iter().chain([1]).collect();
        assert_eq!(first_relevant_rank(&eleventh), Some(11));
        assert_eq!(
            (reciprocal_rank(&eleventh, 10), ndcg(&eleventh, &[1], 10), recall(&eleventh, 1, 10)),
            (0.0, 0.0, 0.0)
        );
        assert_close(reciprocal_rank(&eleventh, 100), 1.0 / 11.0);
        assert_close(recall(&eleventh, 1, 100), 1.0);
    }

    #[test]
    fn more_relevant_documents_than_the_depth() {
        let all = [1; 15];
        assert_close(ndcg(&all, &all, 10), 1.0);
        assert_close(recall(&all, 15, 10), 10.0 / 15.0);
        assert_close(recall(&all, 15, 100), 1.0);
        // The ideal has the higher grades, although they come too late here.
        let judged: Vec<Grade> = [1; 10].into_iter().chain([2; 10]).collect();
        assert_close(ndcg(&judged, &judged, 10), 1.0 / 3.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(20_260_107), ..ProptestConfig::default() })]

        /// Over any ranking of judged documents and others: from 0 to 1, and 1 in the ideal order.
        #[test]
        fn measures_are_shares(ranked in prop::collection::vec(0..=4_u8, 0..30), missed in prop::collection::vec(0..=50_u8, 0..5), depth in 0..30_usize) {
            let judged: Vec<Grade> = ranked.iter().chain(&missed).copied().collect();
            let relevant = judged.iter().filter(|&&grade| grade > 0).count();
            for share in [reciprocal_rank(&ranked, depth), ndcg(&ranked, &judged, depth), recall(&ranked, relevant, depth)] {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&share), "{}", share);
            }
            let mut ideal = judged.clone();
            ideal.sort_unstable_by(|left, right| right.cmp(left));
            let best = if relevant > 0 && depth > 0 { 1.0 } else { 0.0 };
            prop_assert_eq!(ndcg(&ideal, &judged, depth), best);
            prop_assert_eq!(reciprocal_rank(&ideal, depth), best);
        }

        /// To put the better of two neighbours first never lowers a measure; to look deeper lowers no recall.
        #[test]
        fn better_first_is_no_worse(ranked in prop::collection::vec(0..=4_u8, 2..30), at in any::<prop::sample::Index>(), depth in 1..30_usize) {
            let at = at.index(ranked.len() - 1);
            let mut better = ranked.clone();
            better[at..at + 2].sort_unstable_by(|left, right| right.cmp(left));
            let relevant = ranked.iter().filter(|&&grade| grade > 0).count();
            prop_assert!(ndcg(&better, &ranked, depth) >= ndcg(&ranked, &ranked, depth) - 1e-12);
            prop_assert!(reciprocal_rank(&better, depth) >= reciprocal_rank(&ranked, depth));
            prop_assert!(recall(&better, relevant, depth) >= recall(&ranked, relevant, depth));
            prop_assert!(recall(&ranked, relevant, depth + 1) >= recall(&ranked, relevant, depth));
        }
    }
}
