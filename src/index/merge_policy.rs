//! The merge policy: which segments are merged when a run ends.
//!
//! In: the segments of a commit. Out: those to be made one. An update of a large index must not take as long as building it, and
//! a thousand updates must not leave a thousand segments: so small segments are always merged, and a large one when it is
//! not much larger than all smaller ones together, or when it has more deleted passages than a query should look for.

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;

/// A segment stays as it is while all smaller ones together are this many times smaller.
const TIER_FACTOR: u32 = 4;
/// Segments with fewer passages are always merged: that takes no time, and one is searched faster than two.
const SMALL_SEGMENT: u32 = 20_000;
/// Deleted passages that a large segment may keep: this number, or one of [`DELETED_SHARE`]. Each query looks for them in the postings of
/// each of its terms (`deleted.rs`), which takes little beside reading the postings while they are few.
const FEW_DELETED: u32 = 64;
const DELETED_SHARE: u32 = 1000;

/// Segments to be merged into one; none if all can stay as they are.
pub(super) fn worth_merging(mut segments: Vec<SegmentMeta>) -> Vec<SegmentId> {
    segments.sort_by_key(|segment| std::cmp::Reverse((segment.num_docs(), segment.id())));
    while let Some((largest, rest)) = segments.split_first() {
        let others: u32 = rest.iter().map(SegmentMeta::num_docs).sum();
        let is_large = largest.num_docs() >= SMALL_SEGMENT;
        let few = FEW_DELETED.max(largest.num_docs() / DELETED_SHARE);
        let may_stay = largest.num_deleted_docs() <= if is_large { few } else { 0 };
        let is_alone = rest.is_empty() || (is_large && others.saturating_mul(TIER_FACTOR) < largest.num_docs());
        if !may_stay || !is_alone {
            break;
        }
        segments.remove(0);
    }
    segments.iter().map(SegmentMeta::id).collect()
}

/// All segments, to be merged into one; none if there is only one, without anything deleted, which is what that would make.
pub(super) fn all_but_one_whole(segments: Vec<SegmentMeta>) -> Vec<SegmentId> {
    match segments.as_slice() {
        [one] if !one.has_deletes() => Vec::new(),
        all => all.iter().map(SegmentMeta::id).collect(),
    }
}
