//! The cursor of a materialized pattern: a list of passages with frequencies.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, Score, TERMINATED};

use crate::engine::tantivy::materialized::Frequencies;
use crate::engine::tantivy::max_score::window::{Marks, Window, exact};

/// Number of entries that share a bound.
const STRETCH: usize = 128;

/// A cursor over a list of passages with frequencies.
pub(super) struct ListCursor {
    matches: Arc<Frequencies>,
    at: usize,
    /// Where bounds were last asked from.
    bounded: usize,
    /// The best score of each stretch of [`STRETCH`] entries, where it is known.
    bounds: Vec<Option<Score>>,
    bm25: Bm25Weight,
    lengths: FieldNormReader,
}

impl ListCursor {
    pub(super) fn new(matches: Arc<Frequencies>, bm25: Bm25Weight, lengths: FieldNormReader) -> ListCursor {
        let bounds = vec![None; matches.len().div_ceil(STRETCH)];
        ListCursor { matches, at: 0, bounded: 0, bounds, bm25, lengths }
    }

    pub(super) fn doc(&self) -> DocId {
        self.matches.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    pub(super) fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at += self.matches[self.at..].partition_point(|&(doc, _)| doc < target);
        }
    }

    pub(super) fn score(&self) -> f64 {
        self.matches.get(self.at).map_or(0.0, |&entry| exact(self.score_of(entry)))
    }

    fn score_of(&self, (doc, frequency): (DocId, u32)) -> Score {
        self.bm25.score(self.lengths.fieldnorm_id(doc), frequency)
    }

    pub(super) fn size(&self) -> u64 {
        self.matches.len() as u64
    }

    /// Adds its passages before `end` to a window.
    pub(super) fn fill(&mut self, end: DocId, window: &mut Window, marks: Marks) {
        while self.doc() < end {
            window.add(self.doc(), self.score(), marks);
            self.at += 1;
        }
    }

    /// A bound of the scores of passages from `start` to before `end`.
    pub(super) fn bound(&mut self, start: DocId, end: DocId) -> Score {
        self.bounded += self.matches[self.bounded..].partition_point(|&(doc, _)| doc < start);
        let stop = self.bounded + self.matches[self.bounded..].partition_point(|&(doc, _)| doc < end);
        if stop == self.bounded {
            return 0.0;
        }
        let mut most: Score = 0.0;
        for stretch in self.bounded / STRETCH..=(stop - 1) / STRETCH {
            let bound = self.bounds[stretch].unwrap_or_else(|| {
                let from = stretch * STRETCH;
                let entries = &self.matches[from..self.matches.len().min(from + STRETCH)];
                entries.iter().map(|&entry| self.score_of(entry)).fold(0.0, Score::max)
            });
            self.bounds[stretch] = Some(bound);
            most = most.max(bound);
        }
        most
    }
}
