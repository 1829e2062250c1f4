//! The tantivy engine over an index of our own: `lexicon` answers the compiler, `assemble` makes tantivy's queries of a plan and
//! `prepared` runs them; `engine` is the rest.
//!
//! Patterns are looked up by `lookup` (`materialized`, `sequence`, `frequencies`, `fuzzy`), filters by `filter`; scoring clauses are
//! scored by the `statistics` of their field. Hits are collected by `top`, `newest` and `grouped` (with `grouping`), put in order by
//! `rank`, and read by `values`, `positions` and `document_ids`; `keys` names passages.

pub(crate) mod assemble;
pub(crate) mod document_ids;
pub(crate) mod engine;
pub(crate) mod filter;
pub(crate) mod frequencies;
pub(crate) mod fuzzy;
pub(crate) mod grouped;
pub(crate) mod grouping;
pub(crate) mod keys;
pub(crate) mod lexicon;
pub(crate) mod lookup;
pub(crate) mod materialized;
pub(crate) mod newest;
pub(crate) mod positions;
pub(crate) mod prepared;
pub(crate) mod rank;
pub(crate) mod sequence;
pub(crate) mod statistics;
pub(crate) mod top;
pub(crate) mod values;
