//! Checks: the condition of the hits, asked of single passages. What the clauses of a passage meet is marked while they are summed;
//! queries that are not scored are asked for the passages that may be among the best.

use tantivy::query::Query;

use crate::engine::tantivy::condition::Condition;
use crate::engine::tantivy::max_score::cursor::OtherCursor;
use crate::engine::tantivy::max_score::window::{Marks, Summed};

/// Marks of languages come first, then those of parts of the condition.
const FIRST_MARK: u32 = 8;

/// What reading a passage from a query costs beside reading one from a clause, of which blocks are decoded.
const COST_OF_QUERY: u64 = 4;

/// A part of the condition.
pub(super) enum Check {
    /// Met by passages with the mark, which clauses set.
    Marked(Marks),
    /// Met by the passages of a query, by its number; they get the mark if the query is listed.
    Query(usize, Marks),
    Any(Vec<Check>),
    Both {
        required: Vec<Check>,
        excluded: Vec<Check>,
    },
}

/// A condition with its marks.
pub(super) struct Marking {
    pub(super) check: Check,
    /// The marks that each clause sets.
    pub(super) clauses: Vec<Marks>,
    /// The queries, each with the mark that it sets.
    pub(super) queries: Vec<(Box<dyn Query>, Marks)>,
    next: u32,
}

impl Marking {
    /// Gives marks to the parts of a condition; to all together if there are too many.
    pub(super) fn of(condition: &Condition, clauses: usize) -> Marking {
        let empty = || Marking {
            check: Check::Any(Vec::new()),
            clauses: vec![0; clauses],
            queries: Vec::new(),
            next: FIRST_MARK,
        };
        let mut marking = empty();
        marking.check = marking.part(condition);
        if marking.next > Marks::BITS {
            marking = empty();
            marking.check = marking.query(condition.query());
        }
        marking
    }

    fn mark(&mut self) -> Marks {
        self.next += 1;
        1_u32.checked_shl(self.next - 1).unwrap_or(0)
    }

    fn query(&mut self, query: Box<dyn Query>) -> Check {
        let mark = self.mark();
        self.queries.push((query, mark));
        Check::Query(self.queries.len() - 1, mark)
    }

    fn part(&mut self, condition: &Condition) -> Check {
        match condition {
            Condition::Nothing => Check::Any(Vec::new()),
            Condition::All | Condition::Query(_) => self.query(condition.query()),
            &Condition::Clause(clause, _) => {
                let mark = self.mark();
                self.clauses[clause] |= mark;
                Check::Marked(mark)
            }
            Condition::Any(conditions) => {
                // Clauses share a mark: any of them will do.
                let mut shared = None;
                let mut any = Vec::new();
                for condition in conditions {
                    if let &Condition::Clause(clause, _) = condition {
                        let mark = *shared.get_or_insert_with(|| self.mark());
                        self.clauses[clause] |= mark;
                    } else {
                        any.push(self.part(condition));
                    }
                }
                any.extend(shared.map(Check::Marked));
                Check::Any(any)
            }
            Condition::Both { required, excluded } => Check::Both {
                required: required.iter().map(|condition| self.part(condition)).collect(),
                excluded: excluded.iter().map(|condition| self.part(condition)).collect(),
            },
        }
    }
}

impl Check {
    /// The marks of which every hit has one, that cost least to list, and what they cost. `cost` is the number of passages of the
    /// clauses or the query of a mark.
    pub(super) fn drivers(&self, cost: &dyn Fn(Marks) -> u64) -> (u64, Marks) {
        match self {
            &Check::Marked(mark) => (cost(mark), mark),
            &Check::Query(_, mark) => (cost(mark).saturating_mul(COST_OF_QUERY), mark),
            Check::Any(any) => any
                .iter()
                .map(|part| part.drivers(cost))
                .fold((0, 0), |(sum, all), (cost, marks)| (u64::saturating_add(sum, cost), all | marks)),
            Check::Both { required, .. } => required.iter().map(|part| part.drivers(cost)).min().unwrap_or((0, 0)),
        }
    }

    /// Marks of clauses that every hit has all of.
    pub(super) fn required(&self) -> Marks {
        match self {
            &Check::Marked(mark) => mark,
            Check::Both { required, .. } => required.iter().map(Check::required).fold(0, |all, marks| all | marks),
            Check::Any(any) if any.len() == 1 => any[0].required(),
            Check::Query(..) | Check::Any(_) => 0,
        }
    }

    /// True if a passage, to which all its clauses have been added, meets the condition.
    pub(super) fn is_met(&self, passage: &Summed, queries: &mut [QueryCursor]) -> bool {
        match self {
            &Check::Marked(mark) => passage.marks & mark != 0,
            &Check::Query(query, _) => queries[query].has(passage),
            Check::Any(any) => any.iter().any(|part| part.is_met(passage, queries)),
            Check::Both { required, excluded } => {
                required.iter().all(|part| part.is_met(passage, queries))
                    && !excluded.iter().any(|part| part.is_met(passage, queries))
            }
        }
    }
}

/// The passages of a query in a segment.
pub(super) struct QueryCursor {
    pub(super) cursor: OtherCursor,
    pub(super) mark: Marks,
    pub(super) drives: bool,
    /// The passages before this one have the mark if the query finds them.
    pub(super) marked_before: u32,
}

impl QueryCursor {
    fn has(&mut self, passage: &Summed) -> bool {
        passage.marks & self.mark != 0 || (passage.doc >= self.marked_before && self.cursor.has(passage.doc))
    }
}
