//! Query compilation: a [`QueryAst`](crate::query::syntax::QueryAst) to what an engine runs, ranks by and marks.
//!
//! `compiler` joins AND, OR, NOT, signs and filters; `word` and `cjk_run` compile what is typed bare, `positional` what stands
//! at a place (phrases, exact forms, prefixes, fuzzy words, NEAR), `hyphenation` other spellings; `query_words` is what the
//! words of a query say about each other, `sentence` a Korean question read as one text, `expansion` what the glossary adds,
//! `ranking` has the weights, `rerank` what only puts the best hits in order. A `field_clause` is one field asked for one pattern, a `clause` the compiled
//! part of a query.

pub(crate) mod cjk_run;
pub(crate) mod clause;
pub(crate) mod compiler;
pub(crate) mod expansion;
pub(crate) mod field_clause;
pub(crate) mod hyphenation;
pub(crate) mod positional;
pub(crate) mod query_words;
pub(crate) mod ranking;
pub(crate) mod rerank;
pub(crate) mod sentence;
pub(crate) mod word;

pub use crate::query::compile::compiler::{CompiledLeaf, CompiledQuery, ScoringClause, compile_query};
pub use crate::query::compile::expansion::{Expansion, MAX_EXPANSIONS};
pub use crate::query::compile::ranking::{CharacterWeights, FieldWeights, Ranking, Window};
pub use crate::query::compile::rerank::{Proximity, Refinements};
