//! Query compilation: turns a [`QueryAst`](crate::query::syntax::QueryAst) into a
//! [`QueryPlan`](crate::query::plan::QueryPlan), with the help of a `lexicon` and nothing else of an index.
//!
//! `compiler` combines clauses by AND, OR, NOT, signs and filters; `word` and `cjk_run` compile bare words and CJK
//! runs, `positional` phrases, exact forms, prefixes, fuzzy words and NEAR, `wildcard` words with `?` and `*` (by `listed_surfaces`), `hyphenation` other spellings, `pieces` names such as
//! AT&T and G20;
//! `query_words` looks up the query's words together, `sentence` segments a Korean question as one text, `asking` finds question words, `phrase_words` ranks by the words of a phrase, `expansion`
//! adds names from the glossary (found in a `typed_text`), `quantities` the other writings of numbers and amounts, `rerank` adds what only reranks the best hits. A
//! `field_clause` searches one field for one pattern, a `clause` is a compiled part of a query; `plan_builder` collects
//! all of them, and `analyzed_texts` analyses each text once.

pub(crate) mod analyzed_texts;
pub(crate) mod asking;
pub(crate) mod chains;
pub(crate) mod cjk_run;
mod clause;
pub(crate) mod compiler;
pub(crate) mod context;
pub(crate) mod expansion;
pub(crate) mod field_clause;
pub(crate) mod hyphenation;
pub(crate) mod lexicon;
pub(crate) mod listed_surfaces;
pub(crate) mod look_up;
#[cfg(test)]
pub(crate) mod memory_lexicon;
pub(crate) mod phrase_words;
pub(crate) mod pieces;
pub(crate) mod plan_builder;
#[cfg(test)]
mod plan_tests;
pub(crate) mod positional;
pub(crate) mod quantities;
pub(crate) mod query_words;
pub(crate) mod ranking;
pub(crate) mod rerank;
pub(crate) mod run_token;
pub(crate) mod sentence;
pub(crate) mod sentence_segmentation;
pub(crate) mod typed_text;
pub(crate) mod wildcard;
pub(crate) mod word;

pub use crate::query::compile::compiler::compile_query;
pub use crate::query::compile::expansion::MAX_EXPANSIONS;
pub use crate::query::compile::lexicon::{Lexicon, MatchingSurfaces};
pub use crate::query::compile::ranking::{CharacterWeights, FieldWeights, Ranking, Window};
