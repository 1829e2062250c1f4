//! Limits of queries: a query that exceeds one is refused, so that the cost of a query is bounded.

/// Length in bytes of the longest query. Anything longer is a document rather than a query.
pub const MAX_QUERY_BYTES: usize = 64 << 10;
/// Depth of nested parentheses and fields. It bounds the recursion of every traversal of a query.
pub const MAX_DEPTH: usize = 60;
/// Number of fuzzy words in a query; each scans every word of the index.
pub const MAX_FUZZY: usize = 100;
/// Number of words with `*` in a query; each scans every word with the same first letter.
pub const MAX_PREFIXES: usize = 200;
/// Number of words with `?`, or with `*` elsewhere than at the end; each may scan every word of the index.
pub const MAX_WILDCARDS: usize = 50;
/// Number of surface forms that one word with wildcards is looked up by in one field. Of more that match, those are taken that
/// most passages have, and the cut is reported.
pub const MAX_SURFACES: usize = 1_000;
/// Number of filters written in a query.
pub const MAX_FILTERS: usize = 100;
/// Depth of positional operators (NEAR, BEFORE, SENTENCE, PARAGRAPH) inside each other.
pub const MAX_NEAR_DEPTH: usize = 3;
/// Number of operands of one positional operator, or words in one `"…"~n`.
pub const MAX_NEAR_PARTS: usize = 8;
/// Number of `ATLEAST` in a query; each reads every place of its words.
pub const MAX_COUNTS: usize = 100;
/// Number of `lead:` and `FIRST` in a query; each reads where every one of its passages stands in its article.
pub const MAX_EXTENTS: usize = 100;
/// Greatest number of times that `ATLEAST` can ask for.
pub const MAX_TIMES: u32 = 1_000;
/// Greatest number of words that `FIRST` can take from the beginning of a text.
pub const MAX_FIRST: u32 = 10_000;
/// Greatest distance of NEAR, BEFORE and `~`, in words; less than [`crate::index::TITLE_GAP`], so that a title is never near a text.
pub const MAX_DISTANCE: u32 = 99;
/// Number of `amount:` and `percent:` in a query; each reads every amount in its range.
pub const MAX_QUANTITIES: usize = 100;
