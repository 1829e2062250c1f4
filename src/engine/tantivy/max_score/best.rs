//! The best passages so far: the best N, and all that tie with the last of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocAddress;

/// The best passages of all segments. What is kept in the end does not depend on the order in which passages come.
pub(super) struct Best {
    limit: usize,
    /// The best scores, the least first. Scores are never negative, so their bits sort as they do.
    scores: BinaryHeap<Reverse<u64>>,
    kept: Vec<(f64, DocAddress)>,
    prune_at: usize,
}

impl Best {
    pub(super) fn new(limit: usize) -> Best {
        let prune_at = limit.saturating_mul(2).saturating_add(64);
        Best { limit, scores: BinaryHeap::new(), kept: Vec::new(), prune_at }
    }

    /// The score below which no passage is among the best; `None` while any is.
    pub(super) fn threshold(&self) -> Option<f64> {
        if self.limit == 0 {
            return Some(f64::INFINITY);
        }
        let is_full = self.scores.len() == self.limit;
        self.scores.peek().filter(|_| is_full).map(|Reverse(bits)| f64::from_bits(*bits))
    }

    /// Adds a passage unless it is below the threshold.
    pub(super) fn push(&mut self, score: f64, passage: DocAddress) {
        if self.threshold().is_some_and(|threshold| score < threshold) {
            return;
        }
        self.kept.push((score, passage));
        self.scores.push(Reverse(score.to_bits()));
        if self.scores.len() > self.limit {
            self.scores.pop();
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

    /// The best, and all that tie with the last of them, in no particular order.
    pub(super) fn finish(mut self) -> Vec<(f64, DocAddress)> {
        self.prune();
        self.kept
    }
}
