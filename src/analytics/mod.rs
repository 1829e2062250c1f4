//! Reading at scale: every hit of a query in its context (`concordance`), and the words that stand beside the hits
//! (`collocates`).
//!
//! Passages are read and marked chunk by chunk in two threads, in the order of the index (`in_order`). `context` cuts what is shown
//! beside a hit, `sort_key` says how lines are compared, `external_sort` sorts more of them than memory has room for, `sample` chooses
//! some of all. `windows` has the words beside the hits of a text and `words` all of its words, by the chain of its language; `association` the measures of collocates.

pub(crate) mod association;
pub(crate) mod collocates;
pub(crate) mod concordance;
pub(crate) mod context;
pub(crate) mod external_sort;
pub(crate) mod in_order;
pub(crate) mod sample;
pub(crate) mod sort_key;
pub(crate) mod surroundings;
pub(crate) mod windows;
pub(crate) mod words;

pub use crate::analytics::association::Measure;
pub use crate::analytics::collocates::{Collocate, CollocateOptions, Collocates};
pub use crate::analytics::concordance::{Concordance, ConcordanceLine, ConcordanceOptions, Lines};
pub use crate::analytics::context::ContextSize;
pub use crate::analytics::sample::Sample;
pub use crate::analytics::sort_key::SortKey;
pub use crate::analytics::windows::Within;
