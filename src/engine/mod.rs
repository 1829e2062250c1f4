//! Engines: what looks a compiled query up.

pub(crate) mod tantivy;
