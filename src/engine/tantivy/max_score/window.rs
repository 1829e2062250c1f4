//! A window: some consecutive passages of a segment, with what the clauses that were added score in each.

use tantivy::{DocId, Score};

/// Number of passages in a window.
pub(super) const WINDOW: u32 = 2048;

/// The marks of a passage: the language of the clauses that it has, and which parts of the condition they meet.
pub(super) type Marks = u32;

/// A sum of scores that does not depend on the order of its summands. Each is rounded to a multiple of 2^-40, which changes
/// only scores below 2^-17, so that sums of multiples are exact up to 2^13.
pub(crate) fn exact(score: Score) -> f64 {
    // The multiples of 2^-40 are the only numbers between this one and its double.
    const ROUND: f64 = 4096.0;
    (f64::from(score) + ROUND) - ROUND
}

/// The sums of a window.
pub(super) struct Window {
    start: DocId,
    scores: Box<[f64]>,
    marks: Box<[Marks]>,
    filled: [u64; (WINDOW / 64) as usize],
}

/// A passage of a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summed {
    pub(super) doc: DocId,
    pub(super) score: f64,
    pub(super) marks: Marks,
}

impl Window {
    pub(super) fn new() -> Window {
        Window {
            start: 0,
            scores: vec![0.0; WINDOW as usize].into(),
            marks: vec![0; WINDOW as usize].into(),
            filled: [0; (WINDOW / 64) as usize],
        }
    }

    /// Begins an empty window at a passage.
    pub(super) fn begin(&mut self, start: DocId) {
        self.start = start;
    }

    /// Adds to a passage of the window.
    pub(super) fn add(&mut self, doc: DocId, score: f64, marks: Marks) {
        let at = (doc - self.start) as usize;
        self.scores[at] += score;
        self.marks[at] |= marks;
        self.filled[at / 64] |= 1 << (at % 64);
    }

    /// Takes the passages that were added to in order, and empties the window.
    pub(super) fn take(&mut self, mut each: impl FnMut(Summed)) {
        for (word, filled) in self.filled.iter_mut().enumerate() {
            let mut left = std::mem::take(filled);
            while left != 0 {
                let at = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                let score = std::mem::take(&mut self.scores[at]);
                let marks = std::mem::take(&mut self.marks[at]);
                each(Summed { doc: self.start + at as DocId, score, marks });
            }
        }
    }
}
