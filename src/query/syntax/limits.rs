//! Limits of queries: beyond them a query is refused, so that no query costs without bound.

/// Longest query, in bytes. Beyond this it is no query but a document.
pub const MAX_QUERY_BYTES: usize = 64 << 10;
/// Parentheses and fields inside each other. Bounds the recursion of everything that walks a query.
pub const MAX_DEPTH: usize = 60;
/// Fuzzy words in a query; each looks at every word of the index.
pub const MAX_FUZZY: usize = 100;
/// Words with `*` in a query; each looks at every word with the same first letter.
pub const MAX_PREFIXES: usize = 200;
/// Filters in a query.
pub const MAX_FILTERS: usize = 100;
/// NEARs inside each other.
pub const MAX_NEAR_DEPTH: usize = 3;
/// Words in one NEAR or `~`.
pub const MAX_NEAR_PARTS: usize = 8;
/// Words between others in NEAR and `~`; less than [`crate::index::TITLE_GAP`], so that a title is never near a text.
pub const MAX_DISTANCE: u32 = 99;
