//! Printing results. All escaping and markup lives here: nothing from a document, file name or query is written
//! before it went through `safe`.
//!
//! One file a format, each a [`ResultWriter`]; `record` is what both JSON formats print of a hit, `facets` what is counted over
//! all of them. `timeline` prints hits over time, `evaluation` scores, `benchmark` latencies, `indexing` what a run did,
//! `verification` what is damaged.

mod bar;
mod benchmark;
mod delimited;
mod evaluation;
mod explanation;
mod facets;
mod indexing;
mod json;
mod paths;
mod pointer;
mod record;
mod safe;
mod terminal;
mod timeline;
mod trec;
mod verification;

use std::collections::HashSet;
use std::io::Write;

use anyhow::Result;

use crate::search::ResultUnit;
use crate::search::SearchResults;

pub use crate::output::benchmark::{write_benchmark_json, write_benchmark_table};
pub use crate::output::evaluation::{write_evaluation_json, write_evaluation_table};
pub use crate::output::explanation::{explanation_lines, score_lines};
pub use crate::output::indexing::{ProblemLists, write_run_report};
pub use crate::output::pointer::point_at;
pub use crate::output::safe::{escape_json, is_unsafe, one_line};
pub use crate::output::timeline::{write_timeline_bars, write_timeline_csv, write_timeline_json};
pub use crate::output::verification::{write_verification_json, write_verification_lines};

/// The formats that results can be printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutputFormat {
    /// For reading.
    #[default]
    Terminal,
    /// One JSON object for everything.
    Json,
    /// One JSON object a hit.
    JsonLines,
    /// Columns separated by tabs.
    Tsv,
    /// Columns separated by commas.
    Csv,
    /// A TREC run.
    Trec,
    /// The files of the hits.
    Paths,
}

impl OutputFormat {
    /// Every format.
    pub const ALL: [OutputFormat; 7] = [
        OutputFormat::Terminal,
        OutputFormat::Json,
        OutputFormat::JsonLines,
        OutputFormat::Tsv,
        OutputFormat::Csv,
        OutputFormat::Trec,
        OutputFormat::Paths,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Terminal => "terminal",
            OutputFormat::Json => "json",
            OutputFormat::JsonLines => "jsonl",
            OutputFormat::Tsv => "tsv",
            OutputFormat::Csv => "csv",
            OutputFormat::Trec => "trec",
            OutputFormat::Paths => "paths",
        }
    }

    /// The unit of results that it prints where `unit` is asked for, if that is one that it can print. A file is listed for a
    /// document or a story; judgements are about documents.
    pub fn unit_for(self, unit: ResultUnit) -> Option<ResultUnit> {
        match (self, unit) {
            (OutputFormat::Trec, ResultUnit::Story) => None,
            (OutputFormat::Trec | OutputFormat::Paths, ResultUnit::Passage) => Some(ResultUnit::Document),
            _ => Some(unit),
        }
    }

    /// True if it shows how many results there are in all.
    pub fn shows_total(self) -> bool {
        matches!(self, OutputFormat::Terminal | OutputFormat::Json)
    }

    /// True if it shows what was matched in a hit.
    pub fn shows_highlights(self) -> bool {
        matches!(self, OutputFormat::Terminal | OutputFormat::Json | OutputFormat::JsonLines)
    }

    /// True if it has a place for the explanation of a query.
    pub fn shows_explanation(self) -> bool {
        matches!(self, OutputFormat::Terminal | OutputFormat::Json)
    }

    /// True if it has a place for counts over all hits: beside these, or with `alone` in their stead.
    pub fn shows_facets(self, alone: bool) -> bool {
        match self {
            OutputFormat::Terminal | OutputFormat::Json | OutputFormat::JsonLines => true,
            OutputFormat::Tsv | OutputFormat::Csv => alone,
            OutputFormat::Trec | OutputFormat::Paths => false,
        }
    }

    /// A writer in this format. `colour` and `width` (in columns) are for the terminal format.
    pub fn writer<'a>(self, out: &'a mut dyn Write, colour: bool, width: usize) -> Box<dyn ResultWriter + 'a> {
        match self {
            OutputFormat::Terminal => Box::new(terminal::Terminal::new(out, colour, width)),
            OutputFormat::Json => Box::new(json::Json { out, queries: 0 }),
            OutputFormat::JsonLines => Box::new(json::JsonLines { out }),
            OutputFormat::Tsv => Box::new(delimited::Delimited::tsv(out)),
            OutputFormat::Csv => Box::new(delimited::Delimited::csv(out)),
            OutputFormat::Trec => Box::new(trec::Trec { out }),
            OutputFormat::Paths => Box::new(paths::Paths { out, seen: HashSet::new() }),
        }
    }
}

/// What is known of a query beside its results.
#[derive(Debug, Clone, Copy)]
pub struct QueryHead<'a> {
    /// As given in a batch; `1` for a single query.
    pub id: &'a str,
    /// As typed.
    pub query: &'a str,
    /// True in a batch.
    pub is_batch: bool,
    /// `passages`, `documents` or `stories`.
    pub unit_name: &'a str,
}

/// Writes the results of one or more queries.
pub trait ResultWriter {
    /// Writes the results of a query.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to.
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()>;

    /// Ends the output; called once, after the last query.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to.
    fn finish(&mut self) -> Result<()>;
}
