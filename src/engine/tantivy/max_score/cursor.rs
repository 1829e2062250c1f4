//! Cursors: what a scoring clause matches in a segment, in order, with bounds of what it scores in a stretch of passages.

use tantivy::query::Scorer;
use tantivy::{DocId, Score, SeekDangerResult};

use crate::engine::tantivy::max_score::list_cursor::ListCursor;
use crate::engine::tantivy::max_score::term_cursor::TermCursor;
use crate::engine::tantivy::max_score::window::{Marks, Window, exact};

/// A cursor over the passages of a clause.
pub(super) enum Cursor {
    /// Of a term.
    Term(Box<TermCursor>),
    /// Of a materialized pattern.
    List(ListCursor),
    /// Of any other query.
    Other(OtherCursor),
}

impl Cursor {
    /// A passage that none of the clause's that are still to come is before; where it is listed, the next of them.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Cursor::Term(term) => term.doc(),
            Cursor::List(list) => list.doc(),
            Cursor::Other(other) => other.doc(),
        }
    }

    /// Number of passages, roughly.
    pub(super) fn size(&self) -> u64 {
        match self {
            Cursor::Term(term) => term.size(),
            Cursor::List(list) => list.size(),
            Cursor::Other(other) => other.size(),
        }
    }

    /// A bound of the scores of passages from `start` to before `end`; 0 if there are none.
    pub(super) fn bound(&mut self, start: DocId, end: DocId) -> Score {
        match self {
            _ if self.doc() >= end => 0.0,
            Cursor::Term(term) => term.bound(start, end),
            Cursor::List(list) => list.bound(start, end),
            Cursor::Other(other) => other.most,
        }
    }

    /// The score of a passage, if the clause matches it. Passages are asked for in order.
    pub(super) fn score_of(&mut self, doc: DocId) -> Option<f64> {
        match self {
            Cursor::Term(term) => {
                term.seek(doc);
                (term.doc() == doc).then(|| term.score())
            }
            Cursor::List(list) => {
                list.seek(doc);
                (list.doc() == doc).then(|| list.score())
            }
            Cursor::Other(other) => other.has(doc).then(|| exact(other.scorer.score())),
        }
    }

    /// Adds the clause's passages from `start` to before `end` to a window; only where it is listed.
    pub(super) fn fill(&mut self, start: DocId, end: DocId, window: &mut Window, marks: Marks) {
        match self {
            Cursor::Term(term) => {
                term.seek(start);
                term.fill(end, window, marks);
            }
            Cursor::List(list) => {
                list.seek(start);
                list.fill(end, window, marks);
            }
            Cursor::Other(other) => other.each(start, end, |doc, scorer| window.add(doc, exact(scorer.score()), marks)),
        }
    }
}

/// A cursor over the passages of any query.
pub(super) struct OtherCursor {
    scorer: Box<dyn Scorer>,
    most: Score,
    /// True if its passages may be listed; else single ones are asked for, and the scorer may stand between two.
    pub(super) is_listed: bool,
    /// The passage that it has been asked up to, where it is not listed.
    asked: DocId,
}

impl OtherCursor {
    pub(super) fn new(scorer: Box<dyn Scorer>, most: Score, is_listed: bool) -> OtherCursor {
        let asked = scorer.doc();
        OtherCursor { scorer, most, is_listed, asked }
    }

    pub(super) fn doc(&self) -> DocId {
        if self.is_listed { self.scorer.doc() } else { self.asked }
    }

    pub(super) fn size(&self) -> u64 {
        self.scorer.cost()
    }

    pub(super) fn has(&mut self, doc: DocId) -> bool {
        if self.is_listed {
            if self.scorer.doc() < doc {
                self.scorer.seek(doc);
            }
            return self.scorer.doc() == doc;
        }
        if doc < self.asked {
            return false;
        }
        match self.scorer.seek_danger(doc) {
            SeekDangerResult::Found => {
                self.asked = doc;
                true
            }
            SeekDangerResult::SeekLowerBound(next) => {
                self.asked = next;
                false
            }
        }
    }

    /// Calls `each` with the passages from `start` to before `end`.
    pub(super) fn each(&mut self, start: DocId, end: DocId, mut each: impl FnMut(DocId, &mut dyn Scorer)) {
        if self.scorer.doc() < start {
            self.scorer.seek(start);
        }
        while self.scorer.doc() < end {
            each(self.scorer.doc(), &mut *self.scorer);
            self.scorer.advance();
        }
    }
}
