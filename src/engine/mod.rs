//! Engines: what runs a query plan. An engine answers the compiler's questions ([`Lexicon`]), finds candidates and
//! scores them, counts, and returns stored passages. Everything above uses an engine through this file alone.
//!
//! A plan is prepared once ([`Engine::prepare`]) and then queried for several results, so that an engine looks up what
//! the plan needs, such as the positions of a prefix, only once. There is one engine, in a folder of its own;
//! `result_unit`, `sort_order`, `period` and `values` define the types that an engine and its caller share.

pub(crate) mod period;
pub(crate) mod result_unit;
pub(crate) mod sort_order;
pub(crate) mod tantivy;
pub(crate) mod values;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

pub use crate::engine::period::{Granularity, Period};
pub use crate::engine::result_unit::ResultUnit;
pub use crate::engine::sort_order::SortOrder;
pub(crate) use crate::engine::values::Values;
use crate::query::compile::Lexicon;
use crate::query::plan::{FieldId, Pattern, Proximity, QueryPlan};
pub use crate::text::stored_passage::{PassagePlace, StoredPassage};

/// The key of a passage of an index; meaningful to its engine alone, and only in one state of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageKey(u64);

impl PassageKey {
    /// The key of a number; for engines.
    pub(crate) fn new(number: u64) -> PassageKey {
        PassageKey(number)
    }

    /// The number of the key; for engines.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

/// The key of a result that passages belong to: a passage, a document or a story. Meaningful to its engine alone, and
/// only in one state of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey(u32, u64);

impl GroupKey {
    /// The key of a number within a part of the index; for engines.
    pub(crate) fn new(part: u32, number: u64) -> GroupKey {
        GroupKey(part, number)
    }

    /// The part of the index, and the number in it; for engines.
    pub(crate) fn parts(self) -> (u32, u64) {
        (self.0, self.1)
    }
}

/// Options for collecting candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CandidateOptions {
    /// Greatest number of results.
    pub limit: usize,
    /// Whether the best or the latest results are wanted.
    pub order: SortOrder,
    /// What counts as one result.
    pub unit: ResultUnit,
}

/// A candidate: a passage that may be shown, with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Key of the passage.
    pub key: PassageKey,
    /// Key of the result that it belongs to.
    pub group: GroupKey,
    /// The sum of the scoring clauses, and of the reranking's additions.
    pub score: f64,
    /// Its document, and its passage number there, in document order as far as the engine knows that without reading ids.
    pub(crate) place: (u64, u64),
}

/// Candidates in order, and the counts that were made while collecting them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// The candidates, best or latest first: every passage that may represent one of the requested results, and some more.
    pub ranked: Vec<Candidate>,
    /// Number of results, if these are documents or stories.
    pub groups: u64,
    /// Number of matching documents of each story; only if stories are the results.
    pub stories: BTreeMap<GroupKey, u64>,
}

/// Which of a plan's lists of scoring clauses is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseList {
    /// [`QueryPlan::scoring`].
    Scoring,
    /// [`RerankPlan::prefixes`](crate::query::plan::RerankPlan::prefixes).
    RerankPrefixes,
}

/// A position in a passage, and the index of the term that stands there.
pub type TermPosition = (u32, usize);

/// The documents of a story, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryMembers {
    /// Number of its documents in the index.
    pub documents: u64,
    /// The first passage of each document: by date, those without one last, then by id; at most the requested number.
    pub passages: Vec<PassageKey>,
}

/// A search engine over one state of an index.
pub trait Engine: Lexicon + Send + Sync {
    /// Prepares a plan for running.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all methods of an engine.
    fn prepare<'q>(&'q self, plan: &'q QueryPlan) -> Result<Box<dyn PreparedQuery + 'q>>;

    /// Reads the stored values of passages, and their texts.
    fn fetch(&self, keys: &[PassageKey]) -> Result<Vec<(StoredPassage, String)>>;

    /// The passages of the same article before and after a passage, where it has any.
    fn neighbours(&self, key: PassageKey) -> Result<[Option<PassageKey>; 2]>;

    /// Sorts candidates: score descending, then document id, then passage number (law 7).
    fn put_in_order(&self, candidates: &mut [Candidate]) -> Result<()>;

    /// The documents of a story, with the first passages of at most `limit` of them. `None` for a group that is a
    /// passage or a single document.
    fn story(&self, group: GroupKey, limit: usize) -> Result<Option<StoryMembers>>;

    /// The number of passages that contain a pattern in a field.
    fn count(&self, field: FieldId, pattern: &Pattern) -> Result<u64>;
}

/// A prepared plan, ready to run, from several threads too.
pub trait PreparedQuery: Send + Sync {
    /// Collects the best or latest results, with exact scores, in order.
    fn candidates(&self, options: &CandidateOptions) -> Result<Candidates>;

    /// Calls `found` for each clause and each passage that it matches, with the index of the clause, the index of the
    /// passage's key, and the score. Clauses come one after the other, in order.
    fn clause_scores(
        &self,
        clauses: ClauseList,
        keys: &[PassageKey],
        found: &mut dyn FnMut(usize, usize, f64),
    ) -> Result<()>;

    /// The positions of a proximity clause's terms in each passage, in no particular order.
    fn positions(&self, proximity: &Proximity, keys: &[PassageKey]) -> Result<Vec<Vec<TermPosition>>>;

    /// For each passage, the numbers of the plan's conditions on articles that its article meets.
    fn branches(&self, keys: &[PassageKey]) -> Result<Vec<BTreeSet<usize>>>;

    /// The number of passages that match.
    fn count(&self) -> Result<u64>;

    /// The keys of all passages that match, in no particular order.
    fn passages(&self) -> Result<Vec<PassageKey>>;

    /// The ids of all documents with a passage that matches, in order, each once.
    fn documents(&self) -> Result<Vec<String>>;

    /// All results, for counting them by stored values.
    fn results(&self, unit: ResultUnit) -> Result<Box<dyn AllResults + '_>>;
}

/// All results of a query. Every count is a count of groups, each counted once, so all counts agree.
pub trait AllResults {
    /// The number of results.
    fn number(&self) -> u64;

    /// The values of the results in a text column of the index: `lang`, `source`, `author`, `section`, `concept`, `country`.
    fn texts(&self, column: &str) -> Result<Values<String>>;

    /// The days, months or years of the results; unknown days have none.
    fn periods(&self, by: Granularity) -> Result<Values<Period>>;
}
