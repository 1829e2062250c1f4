//! The tantivy engine over an index of ours: `lexicon` answers the compiler, `assemble` turns a plan into tantivy's
//! queries, `prepared` runs them, and `engine` implements the trait.
//!
//! Patterns are looked up by `lookup` (`materialized`, `sequence` with `cost`, `nearby`, `confined`, `frequencies`, `postings`, `fuzzy`, `character_pairs`, `wildcard` with
//! `letters`, `written`), conditions on articles by `articles` and `at_least`, filters by `filter`; scoring clauses are scored by the `statistics` of their
//! field. What makes a passage a hit is a `condition`. The best passages are found by `max_score`; the latest by `newest` and documents and stories are counted by `group_counts`
//! (through `segment_candidates`), all hits are collected by `grouped` (with `grouping`), sorted by `rank`, counted by `count`, and read by `values`, `positions` and `document_ids`; `keys` converts
//! passage keys.

pub(crate) mod articles;
pub(crate) mod assemble;
pub(crate) mod at_least;
pub(crate) mod character_pairs;
pub(crate) mod condition;
mod confined;
mod cost;
pub(crate) mod count;
mod document_ids;
pub(crate) mod engine;
pub(crate) mod filter;
pub(crate) mod frequencies;
pub(crate) mod fuzzy;
pub(crate) mod group_counts;
pub(crate) mod grouped;
pub(crate) mod grouping;
pub(crate) mod keys;
pub(crate) mod letters;
pub(crate) mod lexicon;
pub(crate) mod lookup;
pub(crate) mod materialized;
pub(crate) mod max_score;
pub(crate) mod nearby;
pub(crate) mod newest;
pub(crate) mod passage_positions;
pub(crate) mod positions;
pub(crate) mod postings;
pub(crate) mod prepared;
pub(crate) mod quantities;
pub(crate) mod rank;
pub(crate) mod segment_candidates;
pub(crate) mod sequence;
pub(crate) mod statistics;
pub(crate) mod values;
pub(crate) mod wildcard;
pub(crate) mod written;
