//! tradewire: full-text search over bilateral trade news in English, German, Korean and Chinese.
//!
//! Two flows run through the crate, and the modules stand in their order.
//!
//! - **Article to index**: `ingest` reads files into documents; `text` cuts them into passages of one language each and turns
//!   these into tokens; `index` writes them.
//! - **Query to hit**: `query` parses a query and compiles it; `engine` looks it up; `search` ranks the passages; `highlight`
//!   marks what was matched, and `snippet` chooses what to show of it; `output` prints. `evaluation` scores the ranking.
//!
//! `config` holds what both are configured by. `ARCHITECTURE.md` walks the tree.

mod config;
mod engine;
mod evaluation;
mod highlight;
mod index;
mod ingest;
mod output;
mod query;
mod search;
mod snippet;
mod text;
mod versions;

/// The rooms, for the program's own command, tests, benches and fuzz targets. No part of the public interface: anything here
/// may change at any time.
#[doc(hidden)]
pub mod internals {

    pub mod analysis {
        pub use crate::text::analysis::*;
    }

    pub mod passage {
        pub use crate::text::passage::*;
    }

    pub mod versions {
        pub use crate::versions::*;
    }

    pub mod country {
        pub use crate::text::country::*;
    }

    pub mod document {
        pub use crate::text::document::*;
    }

    pub mod glossary {
        pub use crate::text::glossary::*;
    }

    pub mod language {
        pub use crate::text::language::*;
    }

    pub mod config {
        pub use crate::config::*;
    }

    pub mod evaluation {
        pub use crate::evaluation::*;
    }

    pub mod index {
        pub use crate::index::*;
    }

    pub mod output {
        pub use crate::output::*;
    }

    pub mod ingest {
        pub use crate::ingest::*;
        pub use crate::text::passage::{detect_language, language_of_scripts, main_language, split_passages};
    }

    pub mod query {
        pub use crate::query::compile::*;
        pub use crate::query::plan::*;
        pub use crate::query::syntax::*;
    }

    pub mod search {
        pub use crate::search::*;
    }

    pub mod highlight {
        pub use crate::highlight::*;
        pub use crate::snippet::*;
    }
}
