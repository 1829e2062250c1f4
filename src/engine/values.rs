//! Facet values, with the results that have them.

use crate::engine::GroupKey;

/// For each facet value, the results that have it.
#[derive(Debug, Clone)]
pub struct Values<V> {
    /// Each value once, in no particular order.
    pub values: Vec<V>,
    /// Pairs of a group and the index of one of its values: sorted, each once.
    rows: Vec<(GroupKey, u32)>,
}

impl<V> Values<V> {
    /// Builds the table from values, and pairs of a group and the index of one of its values.
    pub(crate) fn new(values: Vec<V>, mut rows: Vec<(GroupKey, u32)>) -> Values<V> {
        rows.sort_unstable();
        rows.dedup();
        Values { values, rows }
    }

    /// For each of the values, in their order, the number of groups that have it.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.values.len()];
        for &(_, value) in &self.rows {
            counts[value as usize] += 1;
        }
        counts
    }

    /// For each group that has any value, its pairs of group and value index, in order.
    pub(crate) fn of_each_group(&self) -> impl Iterator<Item = &[(GroupKey, u32)]> {
        self.rows.chunk_by(|left, right| left.0 == right.0)
    }
}
