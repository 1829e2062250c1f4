//! Output formats for search results, and the JSON records of hits.
//!
//! [`OutputFormat::ALL`] lists the formats of the command; a format of one's own is a [`ResultWriter`]. Nothing from a document,
//! file name or query is written without being made safe for a terminal ([`one_line`], [`escape_json`]).
//!
//! One file per format, each with its writer and its row of the table of formats. `records` has the JSON records, `facet_rows`
//! the rows of facets; `timeline` and `series` (`series_svg`) print hits over time, `article` a whole article, `concordance` and `collocates` all hits (`rows`, `html`), `glossary` concepts, `evaluation` scores, `indexing` the
//! report of an indexing run. Output for a terminal belongs to the command line.

mod article;
mod collocates;
mod concordance;
mod delimited;
mod evaluation;
mod facet_rows;
mod format;
mod glossary;
mod html;
mod indexing;
mod json;
mod paths;
pub mod records;
mod rows;
mod safe;
mod series;
mod series_svg;
mod timeline;
mod trec;

#[doc(hidden)]
pub use crate::output::article::write_article_json;
#[doc(hidden)]
pub use crate::output::collocates::{write_collocates_csv, write_collocates_html, write_collocates_jsonl};
pub use crate::output::concordance::{ConcordanceCsv, ConcordanceHtml, ConcordanceJsonl, ConcordanceWriter};
#[doc(hidden)]
pub use crate::output::evaluation::write_evaluation_json;
pub use crate::output::format::{FacetPlace, OutputFormat, Page, QueryHead, ResultWriter, Shows, Units};
#[doc(hidden)]
pub use crate::output::glossary::write_glossary_json;
#[doc(hidden)]
pub use crate::output::indexing::{ProblemLists, write_run_report};
pub use crate::output::safe::{escape_json, is_unsafe, one_line, safe_character};
#[doc(hidden)]
pub use crate::output::series::{write_series_csv, write_series_json};
#[doc(hidden)]
pub use crate::output::series_svg::write_series_svg;
#[doc(hidden)]
pub use crate::output::timeline::{write_timeline_csv, write_timeline_json};
pub use crate::output::trec::TREC;

impl OutputFormat {
    /// Every format for programs.
    pub const ALL: [OutputFormat; 6] =
        [json::JSON, json::JSON_LINES, delimited::TSV, delimited::CSV, trec::TREC, paths::PATHS];
}
