//! Random queries of every operator, cut out of a corpus, and what each of them has to find by set algebra.
//!
//! `vocabulary` cuts pieces out of texts, of which `leaves` and `places` make what is found at a place, `filters` what is known of
//! documents, and `trees` whole queries; `set_algebra` says what they find.

mod filters;
mod leaves;
mod places;
mod set_algebra;
mod trees;
mod vocabulary;

pub(super) use self::places::{distance, first_words, nearness};
pub(super) use self::set_algebra::{Algebra, Hits, as_term};
pub(super) use self::vocabulary::{Vocabulary, is_blank, is_plain_word};
