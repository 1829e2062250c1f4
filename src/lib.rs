//! tradewire: full-text search over bilateral trade news in English, German, Korean and Chinese.
//!
//! Two flows run through the crate, and the modules stand in their order.
//!
//! - **Article to index**: [`ingest`] reads files into [`document`]s and cuts them into passages of one [`language`]
//!   each; [`analysis`] turns text into tokens; [`mod@index`] writes them.
//! - **Query to hit**: [`query`] parses a query and compiles it into a tantivy query and a highlight plan; [`search`]
//!   ranks the passages; [`highlight`] marks what was matched; [`output`] prints. [`evaluation`] scores the ranking,
//!   [`benchmark`] measures how long queries take.
//!
//! [`config`] holds what both are configured by. `ARCHITECTURE.md` walks the tree.

pub mod analysis;
pub mod benchmark;
pub mod config;
pub mod country;
pub mod document;
pub mod evaluation;
pub mod glossary;
pub mod highlight;
pub mod index;
pub mod ingest;
pub mod language;
pub mod output;
pub mod query;
pub mod search;
