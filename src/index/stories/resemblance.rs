//! Resemblance: whether two documents are of one story, by their sketches.
//!
//! In: two sketches. Out: yes or no. It is the shorter document that has to be in the longer, so that an item is of one story
//! with the article that goes on after it; but not with a round-up that holds it among others.

use crate::index::stories::StoryOptions;

/// Hashes after which two sketches with less than half as much in common as they need are taken for unlike.
const FIRST: usize = 16;

/// True if the shorter document has enough of its shingles in common with the longer, and is long enough beside it.
pub(super) fn are_one_story(one: &[u32], other: &[u32], given: &StoryOptions) -> bool {
    let (mut of_one, mut of_other, mut common) = (0, 0, 0);
    while of_one < one.len() && of_other < other.len() {
        let (left, right) = (one[of_one], other[of_other]);
        common += usize::from(left == right);
        of_one += usize::from(left <= right);
        of_other += usize::from(right <= left);
        // Nearly all pairs end here, so that the rest of the sketches is not even fetched into the cache.
        if of_one.min(of_other) == FIRST && (common as f64) < given.shared / 2.0 * FIRST as f64 {
            return false;
        }
    }
    // A document that fills its sketch may have any hashes beyond the last; another has no more than those of its sketch. So
    // the one that ended says how far both are known, unless it does not fill its sketch.
    let range = |sketch: &[u32]| match sketch.last() {
        Some(&last) if sketch.len() >= given.sketch => last,
        _ => u32::MAX,
    };
    let range = range(one).min(range(other));
    of_one += one[of_one..].iter().take_while(|&&hash| hash <= range).count();
    of_other += other[of_other..].iter().take_while(|&&hash| hash <= range).count();
    // Within one range, numbers of hashes are as numbers of shingles.
    let (fewer, more) = (of_one.min(of_other), of_one.max(of_other));
    fewer > 0 && fewer as f64 >= given.length * more as f64 && common as f64 >= given.shared * fewer as f64
}
