//! The best passages of one segment, by MaxScore: a passage that only clauses of small bounds match cannot be among the best, so
//! these are not read but asked for passages that others match (Turtle and Flood 1995; by blocks of postings, Ding and Suel 2011).
//!
//! The passages are gone through in stretches, in each of which the bounds are those of the blocks. Clauses drive if every hit has
//! one of them. The ones with the least bounds for their size are left out as long as all that is not read together stays below the
//! threshold, and so are clauses that do not drive and are in many more passages than those that do. The rest is summed window by
//! window, and whatever may still be among the best is looked up in the other clauses, the one with the greatest bound first.

use tantivy::{DocAddress, DocId, SegmentReader};

use crate::engine::GroupKey;
use crate::engine::tantivy::max_score::best::Best;
use crate::engine::tantivy::max_score::check::{Check, QueryCursor};
use crate::engine::tantivy::max_score::cursor::Cursor;
use crate::engine::tantivy::max_score::reach::{Language, Reach, is_foreign};
use crate::engine::tantivy::max_score::window::{Marks, Summed, WINDOW, Window};

/// Most windows in a stretch.
const MOST_WINDOWS: u32 = 16;

/// A stretch with fewer passages to look up is followed by a longer one, with more by a shorter one.
const FEW: usize = 32;
const MANY: usize = 256;

/// A clause has many passages if it has more than one in this number of passages.
const DENSE: u64 = 64;

/// A scoring clause in a segment.
pub(super) struct Clause {
    pub(super) cursor: Cursor,
    pub(super) language: Language,
    /// The marks that it sets.
    pub(super) marks: Marks,
    pub(super) drives: bool,
    /// True if it may be summed; else it is only asked for single passages.
    pub(super) is_summed: bool,
    pub(super) size: u64,
    /// Bound of its scores in the stretch.
    pub(super) bound: f64,
}

/// A segment that is searched.
pub(super) struct Segment<'a> {
    pub(super) ordinal: u32,
    pub(super) reader: &'a SegmentReader,
    /// What a passage is grouped by.
    pub(super) group: &'a dyn Fn(DocId) -> GroupKey,
    pub(super) clauses: Vec<Clause>,
    pub(super) queries: Vec<QueryCursor>,
    pub(super) check: &'a Check,
    /// The marks of what drives.
    pub(super) driving: Marks,
    /// Marks that every hit has all of.
    pub(super) required: Marks,
    pub(super) window: Window,
    pub(super) candidates: Vec<Summed>,
}

/// How the clauses are used in a stretch.
#[derive(Default)]
struct Parts {
    /// Clauses that are summed window by window.
    essential: Vec<usize>,
    /// True if all that drive are summed, so that a passage without any is no hit.
    has_drivers: bool,
    /// True if the queries that drive are listed too.
    queries: bool,
    /// Clauses that are asked for single passages, in that order; those of the required marks first.
    others: Vec<usize>,
    /// Number of those of the required marks.
    required: usize,
    /// What the others can add from each on.
    reach: Vec<Reach>,
}

impl Segment<'_> {
    /// Adds the best passages to those of other segments.
    pub(super) fn search(&mut self, best: &mut Best) {
        let max_doc = self.reader.max_doc();
        let mut windows = 1;
        let mut start = self.next();
        while start < max_doc {
            let end = max_doc.min(start.saturating_add(windows * WINDOW));
            let mut looked_up = 0;
            if let Some(parts) = self.parts(start, end, best.threshold()) {
                let mut at = start;
                while at < end {
                    let stop = end.min(at + WINDOW);
                    looked_up += self.search_window(at, stop, &parts, best);
                    at = stop;
                }
            }
            if looked_up < FEW {
                windows = MOST_WINDOWS.min(windows * 2);
            } else if looked_up > MANY {
                windows = 1.max(windows / 2);
            }
            start = end.max(self.next());
        }
    }

    /// The next passage that can be a hit.
    fn next(&self) -> DocId {
        let clauses = self.clauses.iter().filter(|clause| clause.drives).map(|clause| clause.cursor.doc());
        let queries = self.queries.iter().filter(|query| query.drives).map(|query| query.cursor.doc());
        clauses.chain(queries).min().unwrap_or(DocId::MAX)
    }

    /// How the clauses are used in a stretch; `None` if no passage of it can be among the best.
    fn parts(&mut self, start: DocId, end: DocId, threshold: Option<f64>) -> Option<Parts> {
        let mut parts = Parts::default();
        let mut reach = Reach::default();
        let mut summed = Vec::new();
        for (at, clause) in self.clauses.iter_mut().enumerate() {
            // Bounds are sums of another precision than scores.
            clause.bound = match clause.cursor.bound(start, end) {
                0.0 => continue,
                bound => f64::from(bound) * (1.0 + 1e-6) + 1e-9,
            };
            if clause.is_summed {
                summed.push(at);
            } else {
                reach.add(clause.language, clause.bound);
                parts.others.push(at);
            }
        }
        let is_out_of_reach = |reach: &Reach| threshold.is_some_and(|threshold| reach.most() < threshold);
        let value = |&at: &usize| self.clauses[at].bound / self.clauses[at].size as f64;
        summed.sort_unstable_by(|left, right| value(left).total_cmp(&value(right)));
        for at in summed {
            let mut with = reach;
            with.add(self.clauses[at].language, self.clauses[at].bound);
            if is_out_of_reach(&with) {
                reach = with;
                parts.others.push(at);
            } else {
                parts.essential.push(at);
            }
        }
        parts.queries = self.queries.iter().any(|query| query.drives) && !is_out_of_reach(&reach);
        if parts.essential.is_empty() && !parts.queries {
            return None;
        }
        parts.has_drivers = !parts.others.iter().any(|&at| self.clauses[at].drives)
            && (parts.queries || !self.queries.iter().any(|query| query.drives));
        let is_required = |at: usize| self.clauses[at].marks & self.required != 0;
        let key = |&at: &usize| (!is_required(at), -self.clauses[at].bound);
        parts.others.sort_unstable_by(|left, right| {
            let (left, right) = (key(left), key(right));
            left.0.cmp(&right.0).then(left.1.total_cmp(&right.1))
        });
        parts.required = parts.others.iter().take_while(|&&at| is_required(at)).count();
        let mut reach = Reach::default();
        parts.reach = vec![reach; parts.others.len() + 1];
        for (at, &clause) in parts.others.iter().enumerate().rev() {
            reach.add(self.clauses[clause].language, self.clauses[clause].bound);
            parts.reach[at] = reach;
        }
        Some(parts)
    }

    /// Searches a window; returns how many passages were looked up.
    fn search_window(&mut self, start: DocId, end: DocId, parts: &Parts, best: &mut Best) -> usize {
        self.window.begin(start);
        for &at in &parts.essential {
            let clause = &mut self.clauses[at];
            clause.cursor.fill(start, end, &mut self.window, clause.marks);
        }
        if parts.queries {
            for query in self.queries.iter_mut().filter(|query| query.drives) {
                let mark = query.mark;
                query.cursor.each(start, end, |doc, _| self.window.add(doc, 0.0, mark));
                query.marked_before = end;
            }
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let threshold = best.threshold();
        let alive = self.reader.alive_bitset();
        self.window.take(|passage| {
            let may_be_best = reaches(&passage, &parts.reach[0], threshold)
                && (!parts.has_drivers || passage.marks & self.driving != 0);
            if may_be_best && alive.is_none_or(|alive| alive.is_alive(passage.doc)) {
                candidates.push(passage);
            }
        });
        let looked_up = candidates.len();
        for (asked, &at) in parts.others.iter().enumerate() {
            if candidates.is_empty() {
                break;
            }
            if self.clauses[at].size * DENSE > u64::from(self.reader.max_doc()) {
                candidates.retain(|passage| reaches(passage, &parts.reach[asked], threshold));
            }
            self.look_up(at, &mut candidates);
            if asked + 1 == parts.required {
                candidates.retain(|passage| passage.marks & self.required == self.required);
            }
        }
        for passage in &candidates {
            if reaches(passage, &Reach::default(), best.threshold()) && self.check.is_met(passage, &mut self.queries) {
                let group = || (self.group)(passage.doc);
                best.push(passage.score, DocAddress::new(self.ordinal, passage.doc), group);
            }
        }
        self.candidates = candidates;
        looked_up
    }

    /// Adds what a clause scores to passages.
    fn look_up(&mut self, clause: usize, passages: &mut [Summed]) {
        let Clause { cursor, language, marks, .. } = &mut self.clauses[clause];
        let mut at = 0;
        while let Some(passage) = passages.get_mut(at) {
            if !is_foreign(passage.marks, *language)
                && let Some(score) = cursor.score_of(passage.doc)
            {
                passage.score += score;
                passage.marks |= *marks;
            }
            at += 1;
            // The next passages may all be before the next of the clause.
            let next = cursor.doc();
            while passages.get(at).is_some_and(|passage| passage.doc < next) {
                at += 1;
            }
        }
    }
}

/// True if a passage may be among the best, with what others can add.
fn reaches(passage: &Summed, reach: &Reach, threshold: Option<f64>) -> bool {
    threshold.is_none_or(|threshold| passage.score + reach.of(passage.marks) >= threshold)
}
