//! The public library: writing and opening an index, parsing a query, searching.
//!
//! Every error is an [`Error`](crate::Error); a panic inside the library, as a damaged file can cause, is caught here and becomes
//! [`Error::Bug`](crate::Error::Bug).

mod glossary;
mod index;
mod index_writer;
mod query;
mod searcher;

pub use crate::facade::glossary::Glossary;
pub use crate::facade::index::Index;
pub use crate::facade::index_writer::IndexWriter;
pub use crate::facade::query::Query;
pub use crate::facade::searcher::Searcher;
