//! Output for reading on a terminal: hits, articles, explanations, facets, scores, timelines, verifications, and the place of an error in
//! a query.
//!
//! In: results of the library. Out: lines no wider than the terminal. Everything from a document, file name or query goes
//! through `one_line` before it is written.

mod article;
pub(crate) mod bar;
mod beside;
mod collocates;
pub(crate) mod concordance;
mod evaluation;
mod explanation;
mod facets;
mod flowed;
mod hits;
pub(crate) mod hyperlink;
mod page;
mod pointer;
mod series;
mod timeline;
mod verification;

use tradewire::output::OutputFormat;

pub(crate) use self::article::write_article;
pub(crate) use self::beside::beside_each_other;
pub(crate) use self::collocates::write_collocates;
pub(crate) use self::evaluation::write_evaluation_table;
pub(crate) use self::explanation::explanation_lines;
pub(crate) use self::hits::TERMINAL;
pub(crate) use self::pointer::point_at;
pub(crate) use self::series::write_series_bars;
pub(crate) use self::timeline::write_timeline_bars;
pub(crate) use self::verification::{write_verification_json, write_verification_lines};

/// All output formats of search results: `terminal` first, then those of the library.
pub(crate) fn formats() -> impl Iterator<Item = OutputFormat> {
    [TERMINAL].into_iter().chain(OutputFormat::ALL)
}
