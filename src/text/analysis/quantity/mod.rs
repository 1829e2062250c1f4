//! Quantities: numbers, percentages and amounts of money, recognised in a text with their exact values: `$55.6 billion`,
//! `55,6 Mrd. US-Dollar`, `556억 달러` and `556亿美元` are one amount.
//!
//! In: a segmented text and its language. Out: [`Quantity`]s in order, without overlaps. `scan` finds them by a `scanner` of the text, `measure` reads
//! what follows a number, `number` the digits (`numerals` those of Chinese); `words` is the data of `index-config/quantities.toml`, an
//! `entry` one word of it; `decimal` the values and `kind` the terms that an index keeps. The same code serves indexing, queries and
//! highlighting.

pub(crate) mod decimal;
pub(crate) mod entry;
pub(crate) mod kind;
mod measure;
mod number;
mod numerals;
mod scan;
#[cfg(test)]
mod scan_tests;
mod scanner;
mod tables;
pub(crate) mod words;

pub use crate::text::analysis::quantity::decimal::Decimal;
pub(crate) use crate::text::analysis::quantity::kind::QuantityTerm;
pub use crate::text::analysis::quantity::kind::{Currency, Quantity, QuantityKind};
pub(crate) use crate::text::analysis::quantity::numerals::may_have_quantities;
pub(crate) use crate::text::analysis::quantity::words::{BUILTIN, FILE};
pub use crate::text::analysis::quantity::words::{QuantityFile, QuantityWords};
