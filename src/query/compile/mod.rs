//! Query compilation: a [`QueryAst`](crate::query::syntax::QueryAst) to a [`QueryPlan`](crate::query::plan::QueryPlan), with the
//! help of a `lexicon` and nothing else of an index.
//!
//! `compiler` joins AND, OR, NOT, signs and filters; `word` and `cjk_run` compile what is typed bare, `positional` phrases, exact
//! forms, prefixes, fuzzy words and NEAR, `hyphenation` other spellings; `query_words` is what the words of a query say about each
//! other, `sentence` a Korean question read as one text, `expansion` what the glossary adds (to a `typed_text`), `rerank` what only puts the best hits
//! in order. A `field_clause` is one field asked for one pattern, a `clause` the compiled part of a query; `plan_builder` takes all
//! of them in, and `analyzed_texts` analyses each text once.

pub(crate) mod analyzed_texts;
pub(crate) mod cjk_run;
pub(crate) mod clause;
pub(crate) mod compiler;
pub(crate) mod context;
pub(crate) mod expansion;
pub(crate) mod field_clause;
pub(crate) mod hyphenation;
pub(crate) mod lexicon;
pub(crate) mod look_up;
#[cfg(test)]
pub(crate) mod memory_lexicon;
pub(crate) mod plan_builder;
#[cfg(test)]
mod plan_tests;
pub(crate) mod positional;
pub(crate) mod query_words;
pub(crate) mod ranking;
pub(crate) mod rerank;
pub(crate) mod run_token;
pub(crate) mod sentence;
pub(crate) mod sentence_reading;
pub(crate) mod typed_text;
pub(crate) mod word;

pub use crate::query::compile::compiler::compile_query;
pub use crate::query::compile::expansion::MAX_EXPANSIONS;
pub use crate::query::compile::lexicon::Lexicon;
pub use crate::query::compile::ranking::{CharacterWeights, FieldWeights, Ranking, Window};
