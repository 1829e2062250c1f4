//! tradewire: full-text search over bilateral trade news in English, German, Korean and Chinese.
//!
//! A program indexes its own [`Document`]s with an [`IndexWriter`], opens an [`Index`], and searches it with a [`Searcher`]:
//!
//! ```
//! use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions};
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().join("index");
//! let config = Config::default();
//! let mut writer = IndexWriter::create(&folder, &config)?;
//! writer.add(Document::new("note-1", "두 나라는 자유무역협정에 서명했다."))?;
//! writer.finish()?;
//!
//! let index = Index::open(&folder, &config)?;
//! let results = index.searcher().search(&Query::parse("무역협정")?, &SearchOptions::default())?;
//! assert_eq!(results.hits[0].document.id, "note-1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The command `tradewire` is the feature `cli`, which is on by default. Without it the library depends on no crate for command
//! lines, terminals or progress bars.
//!
//! # Inside
//!
//! Two flows run through the crate; the modules are listed in the order of each.
//!
//! - **Article to index**: `ingest` reads files into documents; `text` cuts them into passages of one language each and turns
//!   these into tokens; `index` writes them to disk.
//! - **Query to hit**: `query` parses a query and compiles it; `engine` looks it up; `search` ranks the passages; `highlight`
//!   marks the matches, and `snippet` chooses the excerpt to show; `output` prints. `analytics` reads all hits: concordances, collocates.
//!   `evaluation` measures the ranking.
//!
//! `config` loads the options of both, `error` defines the errors. `ARCHITECTURE.md` explains the tree.

mod analytics;
mod config;
mod engine;
mod error;
mod evaluation;
mod facade;
mod guard;
mod highlight;
mod index;
mod ingest;
pub mod output;
mod query;
mod search;
mod snippet;
mod text;
mod toml_file;
mod versions;

pub use crate::config::Config;
pub use crate::error::{Error, IndexSource, Remedy};
pub use crate::facade::{Index, IndexWriter, Query, Searcher};
pub use crate::query::syntax::{Dialect, QuerySyntaxError};
pub use crate::search::{Hit, SearchOptions, SearchResults};
pub use crate::text::document::Document;
pub use crate::text::language::Language;

/// The options, progress and report of [`Index::update`], and the reports of [`Index::stats`], [`Index::verify`] and
/// [`Index::optimize`].
pub mod index_types {
    pub use crate::index::{
        FieldSizes, FileCounts, Finding, IndexOptions, IndexStats, Optimized, Progress, Report, RunOutcome,
        Verification,
    };
}

/// How [`Index::update`] reads files, and what it reports of those that it cannot read as it should.
pub mod ingest_types {
    pub use crate::ingest::{
        Advice, ColumnParts, FieldMap, InputFormat, Problem, ProblemKind, ReadOptions, Reason, TextEncoding,
        total_bytes,
    };
}

/// The types of the fields of [`SearchOptions`] and [`SearchResults`], and those of [`Searcher::timeline`].
pub mod search_types {
    pub use crate::query::plan::{Expansion, WildcardCut};
    pub use crate::query::syntax::{
        CalendarUnit, DateFilter, DatePeriod, DateRange, Filters, QueryOptions, RelativeDates, TimeUnit, WordCount,
    };
    pub use crate::search::{
        Article, ArticleParagraph, ArticlePassage, Change, ExplainedLeaf, Explanation, Facet, FacetField, FacetValue,
        FieldExplanation, Granularity, HitDocument, HitPassage, HitStory, OtherDocument, Period, Relaxation,
        ResultUnit, ScorePart, Series, SeriesField, SeriesOptions, SeriesTable, SortOrder, Suggestion, Tally, Timeline,
        TimelineOptions,
    };
    pub use crate::text::country::{CountryCode, CountryPair};
    pub use crate::text::document::ByteRange;
}

/// Reading at scale: the types of [`Searcher::concordance`] and [`Searcher::collocates`].
pub mod analytics_types {
    pub use crate::analytics::{
        Collocate, CollocateOptions, Collocates, Concordance, ConcordanceLine, ConcordanceOptions, ContextSize, Lines,
        Measure, Sample, SortKey, Within,
    };
}

/// The glossary, and the types of what is looked up in it.
pub mod glossary {
    pub use crate::facade::Glossary;
    pub use crate::text::glossary::{Column, Concept, FoundConcept, Kind, Name, UnknownConcept};
}

/// The internal modules, for tests, benches, fuzz targets, and what of the command measures or shows the inside: `analyze`,
/// `eval`, `bench`, and the layout of the terminal. They are no part of the public interface: anything here may change at any
/// time.
#[doc(hidden)]
pub mod internals {
    pub mod passage {
        pub use crate::text::passage::*;
    }

    pub mod bounds {
        pub use crate::text::bounds::*;
        pub use crate::text::paragraph::paragraph_starts;
    }

    pub mod versions {
        pub use crate::versions::*;
    }

    pub mod analysis {
        pub use crate::text::analysis::*;
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

    pub mod engine {
        pub use crate::engine::*;
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
