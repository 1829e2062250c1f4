//! The best results so far: the passages of the best N, and all that tie with the last of them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use tantivy::DocAddress;

use crate::engine::GroupKey;

/// The passages of the best results of all segments. What is kept in the end does not depend on the order in which passages come.
pub(super) struct Best {
    limit: usize,
    scores: Scores,
    kept: Vec<(f64, DocAddress)>,
    prune_at: usize,
}

/// The scores of the best results, at most as many as are wanted. Scores are never negative, so their bits sort as they do.
enum Scores {
    /// Of passages, the least first.
    Passages(BinaryHeap<Reverse<u64>>),
    /// Of documents or stories, each with that of its best passage; and the same in order.
    Groups { of: HashMap<GroupKey, u64>, sorted: BTreeSet<(u64, GroupKey)> },
}

impl Best {
    /// None yet, of passages, or of groups of them.
    pub(super) fn new(limit: usize, grouped: bool) -> Best {
        let prune_at = limit.saturating_mul(2).saturating_add(64);
        let scores = if grouped {
            Scores::Groups { of: HashMap::new(), sorted: BTreeSet::new() }
        } else {
            Scores::Passages(BinaryHeap::new())
        };
        Best { limit, scores, kept: Vec::new(), prune_at }
    }

    /// The score below which no passage is of the best; `None` while any is.
    pub(super) fn threshold(&self) -> Option<f64> {
        if self.limit == 0 {
            return Some(f64::INFINITY);
        }
        let (number, least) = match &self.scores {
            Scores::Passages(scores) => (scores.len(), scores.peek().map(|&Reverse(bits)| bits)),
            Scores::Groups { sorted, .. } => (sorted.len(), sorted.first().map(|&(bits, _)| bits)),
        };
        least.filter(|_| number == self.limit).map(f64::from_bits)
    }

    /// Adds a passage unless it is below the threshold. `group` says what it is grouped by, if it is.
    pub(super) fn push(&mut self, score: f64, passage: DocAddress, group: impl FnOnce() -> GroupKey) {
        if self.threshold().is_some_and(|threshold| score < threshold) {
            return;
        }
        self.kept.push((score, passage));
        match &mut self.scores {
            Scores::Passages(scores) => {
                scores.push(Reverse(score.to_bits()));
                if scores.len() > self.limit {
                    scores.pop();
                }
            }
            Scores::Groups { of, sorted } => {
                let group = group();
                let known = of.get(&group).copied();
                if known.is_none_or(|known| known < score.to_bits()) {
                    known.map(|known| sorted.remove(&(known, group)));
                    of.insert(group, score.to_bits());
                    sorted.insert((score.to_bits(), group));
                }
                if sorted.len() > self.limit
                    && let Some((_, least)) = sorted.pop_first()
                {
                    of.remove(&least);
                }
            }
        }
        if self.kept.len() >= self.prune_at {
            self.prune();
            // If there are many ties, pruning each time would take longer than keeping them.
            self.prune_at = 2 * self.kept.len() + 64;
        }
    }

    fn prune(&mut self) {
        if let Some(threshold) = self.threshold() {
            self.kept.retain(|&(score, _)| score >= threshold);
        }
    }

    /// The passages that are not below the threshold, in no particular order.
    pub(super) fn finish(mut self) -> Vec<(f64, DocAddress)> {
        self.prune();
        self.kept
    }
}
