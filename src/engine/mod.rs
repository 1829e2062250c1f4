//! Engines: what a query plan is run by. An engine answers the compiler's questions ([`Lexicon`]), finds candidates and scores them,
//! counts, and hands over what is stored. Everything above knows an engine by this file alone.
//!
//! A plan is prepared once ([`Engine::prepare`]) and then asked several things: what an engine looks up for a plan, such as the
//! positions of a prefix, is looked up once. `tantivy` is the only engine; `result_unit`, `sort_order`, `period` and `values` are the
//! words that an engine and its caller share.

pub(crate) mod period;
pub(crate) mod result_unit;
pub(crate) mod sort_order;
pub(crate) mod tantivy;
pub(crate) mod values;

use std::collections::BTreeMap;

use anyhow::Result;

pub use crate::engine::period::{Granularity, Period};
pub use crate::engine::result_unit::ResultUnit;
pub use crate::engine::sort_order::SortOrder;
pub(crate) use crate::engine::values::Values;
pub use crate::index::StoredPassage;
use crate::query::compile::Lexicon;
use crate::query::plan::{FieldId, Pattern, Proximity, QueryPlan};

/// A passage of an index; means something to its engine alone, and only in one state of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageKey(u64);

impl PassageKey {
    /// For engines: the key of a number.
    pub(crate) fn new(number: u64) -> PassageKey {
        PassageKey(number)
    }

    /// For engines: the number of the key.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

/// A result that passages belong to: a passage, a document or a story. Means something to its engine alone, and only in one state
/// of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey(u32, u64);

impl GroupKey {
    /// For engines: the key of a number within a part of the index.
    pub(crate) fn new(part: u32, number: u64) -> GroupKey {
        GroupKey(part, number)
    }

    /// For engines: the part of the index, and the number in it.
    pub(crate) fn parts(self) -> (u32, u64) {
        (self.0, self.1)
    }
}

/// Which candidates are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CandidateOptions {
    /// Results at most.
    pub limit: usize,
    /// The best, or the latest.
    pub order: SortOrder,
    /// What one result is.
    pub unit: ResultUnit,
}

/// A passage that may be shown, with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The passage.
    pub key: PassageKey,
    /// The result that it belongs to.
    pub group: GroupKey,
    /// The sum of the scoring clauses, and of what reranked it.
    pub score: f64,
    /// Its document and its number there, in the order of documents as far as the engine knows it without reading ids.
    pub(crate) place: (u64, u64),
}

/// Candidates in order, and what was counted while they were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidates {
    /// Best or latest first: all passages of the results that were asked for which may be the one that is shown, and more.
    pub ranked: Vec<Candidate>,
    /// Results, where these are documents or stories.
    pub groups: u64,
    /// Documents that match, by story; only where stories are the results.
    pub stories: BTreeMap<GroupKey, u64>,
}

/// A list of scoring clauses of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseList {
    /// [`QueryPlan::scoring`].
    Scoring,
    /// [`RerankPlan::prefixes`](crate::query::plan::RerankPlan::prefixes).
    RerankPrefixes,
}

/// A position in a passage, and the index of the term there.
pub type TermPosition = (u32, usize);

/// The documents of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryMembers {
    /// Documents in the index.
    pub documents: u64,
    /// The first passage of each: by date, those without one last, then by id; no more than were asked for.
    pub passages: Vec<PassageKey>,
}

/// A search engine over one state of an index.
pub trait Engine: Lexicon + Send + Sync {
    /// Makes of a plan what the engine runs.
    ///
    /// # Errors
    ///
    /// When the index cannot be read; so for all that an engine does.
    fn prepare<'q>(&'q self, plan: &'q QueryPlan) -> Result<Box<dyn PreparedQuery + 'q>>;

    /// What is stored of passages, and their texts.
    fn fetch(&self, keys: &[PassageKey]) -> Result<Vec<(StoredPassage, String)>>;

    /// Puts candidates in order: score descending, then document id, then passage number (law 7).
    fn put_in_order(&self, candidates: &mut [Candidate]) -> Result<()>;

    /// The documents of a story, the first passages of at most `limit` of them. `None` for a group that is a passage or a single
    /// document.
    fn story(&self, group: GroupKey, limit: usize) -> Result<Option<StoryMembers>>;

    /// The number of passages that have a pattern in a field.
    fn count(&self, field: FieldId, pattern: &Pattern) -> Result<u64>;
}

/// A plan, ready to run.
pub trait PreparedQuery {
    /// The best or latest results, with exact scores, in order.
    fn candidates(&self, options: &CandidateOptions) -> Result<Candidates>;

    /// Calls `found` with the score of each clause in each passage that it matches: the index of the clause, that of the key,
    /// and the score. Clauses come one after the other, in order.
    fn clause_scores(
        &self,
        clauses: ClauseList,
        keys: &[PassageKey],
        found: &mut dyn FnMut(usize, usize, f64),
    ) -> Result<()>;

    /// Where the terms that should stand close together stand in each passage, in no order.
    fn positions(&self, proximity: &Proximity, keys: &[PassageKey]) -> Result<Vec<Vec<TermPosition>>>;

    /// The number of passages that match.
    fn count(&self) -> Result<u64>;

    /// Every passage that matches, in no order.
    fn passages(&self) -> Result<Vec<PassageKey>>;

    /// The ids of all documents with a passage that matches, in order, each once.
    fn documents(&self) -> Result<Vec<String>>;

    /// All results, to count them by what is known of their passages.
    fn results(&self, unit: ResultUnit) -> Result<Box<dyn AllResults + '_>>;
}

/// All results of a query. Whatever is counted once for a result is counted by its group, so all counts agree.
pub trait AllResults {
    /// How many there are.
    fn number(&self) -> u64;

    /// The texts that they have in a column of the index: `lang`, `source`, `country`.
    fn texts(&self, column: &str) -> Result<Values<String>>;

    /// The days, months or years that they are of; none for unknown days.
    fn periods(&self, by: Granularity) -> Result<Values<Period>>;
}
