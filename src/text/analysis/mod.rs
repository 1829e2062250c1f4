//! Analysis, from text to tokens: folding, segmentation into units, then a chain per language and the CJK bigram chain (`chain`).
//!
//! In goes a text; out come tokens, each with its range of bytes in the original. The same code serves indexing, queries and
//! highlighting, so a query matches the terms of the index and a highlight marks what matched.
//! Order of the files: `fold` (with `simplified`), `unit` (with `script`), then `english`, `german` (with
//! `spelling`, `inflection`, `compound` and `suspended`), `plain`, `korean` (with `hanja`), `chinese`, `cjk_bigrams`. Beside the chains,
//! `quantity` recognises numbers, percentages and amounts, and `frequency` says how common a term is in general text.

pub(crate) mod abbreviations;
pub(crate) mod analyzer;
pub(crate) mod chain;
pub(crate) mod chinese;
pub(crate) mod cjk_bigrams;
pub(crate) mod cluster;
pub(crate) mod compound;
pub(crate) mod english;
pub(crate) mod fold;
pub(crate) mod frequency;
pub(crate) mod german;
#[cfg(test)]
mod german_tests;
pub(crate) mod hanja;
pub(crate) mod inflection;
pub(crate) mod keyed;
pub(crate) mod korean;
pub(crate) mod options;
pub(crate) mod per_chain;
pub(crate) mod plain;
pub(crate) mod prefix_lengths;
pub(crate) mod prefixes;
pub mod quantity;
pub(crate) mod questions;
pub(crate) mod script;
pub(crate) mod simplified;
pub(crate) mod spelling;
pub(crate) mod stretches;
pub(crate) mod suspended;
pub(crate) mod token;
pub(crate) mod token_line;
pub(crate) mod unit;
pub(crate) mod wanted_forms;
pub(crate) mod word;
pub(crate) mod word_analysis;
pub(crate) mod word_cache;
pub(crate) mod word_reader;
pub(crate) mod word_readers;
pub(crate) mod writing;

pub use crate::text::analysis::analyzer::Analyzer;
pub use crate::text::analysis::chain::Chain;
pub(crate) use crate::text::analysis::cjk_bigrams::{
    closes_pair, may_stand_before_second, opens_pair, push_pair, unit_readings,
};
pub(crate) use crate::text::analysis::fold::clip;
pub use crate::text::analysis::fold::{Folded, MAX_TEXT_BYTES};
pub(crate) use crate::text::analysis::frequency::share_of_tokens;
pub(crate) use crate::text::analysis::german::{is_part_mark, part_term};
pub(crate) use crate::text::analysis::options::ChainLists;
pub use crate::text::analysis::options::{EnglishOptions, GermanOptions, KoreanOptions, Options};
pub use crate::text::analysis::per_chain::PerChain;
pub use crate::text::analysis::prefix_lengths::PrefixLengths;
pub use crate::text::analysis::script::is_hangul_syllable;
pub use crate::text::analysis::script::{CharScript, char_script};
pub(crate) use crate::text::analysis::script::{is_common_ideograph, is_hangul, is_trailing_jamo};
pub(crate) use crate::text::analysis::simplified::simplified;
pub(crate) use crate::text::analysis::spelling::{surface, surface_without_dots, umlauts_spelled_out};
pub(crate) use crate::text::analysis::suspended::joins_compounds;
pub use crate::text::analysis::token::Token;
pub(crate) use crate::text::analysis::token::TokenSink;
pub(crate) use crate::text::analysis::unit::word_cut::each_ascii_word;
pub use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
pub(crate) use crate::text::analysis::wanted_forms::WantedForms;
pub(crate) use crate::text::analysis::word::{Word, WordForm};
pub use crate::text::analysis::writing::Writing;
pub(crate) use crate::text::analysis::writing::{words_with_capitals, writing_of};
