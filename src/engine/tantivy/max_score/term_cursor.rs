//! The cursor of a term: its postings, block by block, and what skip data says of them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, Score, TERMINATED};

use crate::engine::tantivy::max_score::skips::Skips;
use crate::engine::tantivy::max_score::window::{Marks, Window, exact};

/// Most full blocks that are stepped over to read the shorter one behind them for its bound.
const STEPS_FOR_LAST: usize = 64;

/// A cursor over the postings of a term.
pub(super) struct TermCursor {
    blocks: BlockSegmentPostings,
    /// Where the cursor stands in the block that is read, and the passage there.
    at: usize,
    doc: DocId,
    skips: Option<Skips>,
    /// The block that bounds were last asked from, and the bound of a block.
    bounded: usize,
    known: Option<(usize, Score)>,
    /// The bound of the shorter block behind the full ones, once it is known.
    of_last: Option<Score>,
    bm25: Bm25Weight,
    weight: Score,
    lengths: FieldNormReader,
}

impl TermCursor {
    pub(super) fn new(
        blocks: BlockSegmentPostings,
        skips: Option<Skips>,
        bm25: Bm25Weight,
        lengths: FieldNormReader,
    ) -> TermCursor {
        let weight = weight_of(&bm25);
        let mut cursor =
            TermCursor { blocks, at: 0, doc: 0, skips, bounded: 0, known: None, of_last: None, bm25, weight, lengths };
        cursor.stand(0);
        cursor
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn size(&self) -> u64 {
        u64::from(self.blocks.doc_freq())
    }

    fn stand(&mut self, at: usize) {
        self.at = at;
        self.doc = self.blocks.docs().get(at).copied().unwrap_or(TERMINATED);
    }

    pub(super) fn seek(&mut self, target: DocId) {
        if self.doc >= target {
            return;
        }
        let docs = self.blocks.docs();
        if docs.last().is_some_and(|&last| last >= target) {
            let ahead = docs[self.at..].partition_point(|&doc| doc < target);
            self.stand(self.at + ahead);
        } else {
            let at = self.blocks.seek(target);
            self.stand(at);
        }
    }

    pub(super) fn score(&self) -> f64 {
        exact(self.bm25.score(self.lengths.fieldnorm_id(self.doc), self.blocks.freq(self.at)))
    }

    /// Adds its passages before `end` to a window.
    pub(super) fn fill(&mut self, end: DocId, window: &mut Window, marks: Marks) {
        while self.doc < end {
            let (docs, frequencies) = (&self.blocks.docs()[self.at..], &self.blocks.freqs()[self.at..]);
            let stop = if docs[docs.len() - 1] < end { docs.len() } else { docs.partition_point(|&doc| doc < end) };
            for (&doc, &frequency) in docs[..stop].iter().zip(&frequencies[..stop]) {
                window.add(doc, exact(self.bm25.score(self.lengths.fieldnorm_id(doc), frequency)), marks);
            }
            if stop < docs.len() {
                self.stand(self.at + stop);
            } else {
                self.blocks.advance();
                self.stand(0);
            }
        }
    }

    /// A bound of the scores of passages from `start` to before `end`.
    pub(super) fn bound(&mut self, start: DocId, end: DocId) -> Score {
        let Some(skips) = &self.skips else {
            return self.weight;
        };
        self.bounded = skips.block_of(start, self.bounded);
        let mut most: Score = 0.0;
        for block in self.bounded.. {
            let bound = match self.known {
                Some((known, bound)) if known == block => bound,
                _ if block < skips.blocks() => skips.bound(block, self.weight),
                _ => self.of_last.unwrap_or_else(|| self.bound_of_last(skips)),
            };
            if block == skips.blocks() {
                self.of_last = Some(bound);
                return most.max(bound);
            }
            if block == self.bounded {
                self.known = Some((block, bound));
            }
            most = most.max(bound);
            if skips.last(block) >= end - 1 {
                break;
            }
        }
        most
    }

    /// The best score in the block behind the full ones.
    fn bound_of_last(&self, skips: &Skips) -> Score {
        let full = skips.blocks();
        if full > STEPS_FOR_LAST {
            return self.weight;
        }
        let mut blocks = self.blocks.clone();
        if full > 0 {
            blocks.seek(skips.last(full - 1) + 1);
        }
        let scores = blocks
            .docs()
            .iter()
            .zip(blocks.freqs())
            .map(|(&doc, &frequency)| self.bm25.score(self.lengths.fieldnorm_id(doc), frequency));
        scores.fold(0.0, Score::max)
    }
}

/// A bound of all scores by a BM25 weight: the limit that no frequency reaches.
pub(super) fn weight_of(bm25: &Bm25Weight) -> Score {
    bm25.score(0, u32::MAX) * 1.000_01
}
