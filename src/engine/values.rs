//! Values of a facet, with the results that have them.

use crate::engine::GroupKey;

/// For each facet value, the results that have it.
#[derive(Debug, Clone)]
pub struct Values<V> {
    /// Each value once, in no order that means anything.
    pub values: Vec<V>,
    /// Each group with the index of each of its values, in order, each once.
    rows: Vec<(GroupKey, u32)>,
}

impl<V> Values<V> {
    /// Values, and each result with the index of one of its values.
    pub(crate) fn new(values: Vec<V>, mut rows: Vec<(GroupKey, u32)>) -> Values<V> {
        rows.sort_unstable();
        rows.dedup();
        Values { values, rows }
    }

    /// GroupKeys that have each of the values, in their order.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.values.len()];
        for &(_, value) in &self.rows {
            counts[value as usize] += 1;
        }
        counts
    }

    /// The values of each group that has some, as indices in order.
    pub(crate) fn of_each_group(&self) -> impl Iterator<Item = &[(GroupKey, u32)]> {
        self.rows.chunk_by(|left, right| left.0 == right.0)
    }
}
