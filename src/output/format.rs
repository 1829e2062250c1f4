//! The table of output formats: one row per format, in the file of its writer. The values of `--format`, what each format can
//! show, and the tests over all formats derive from it.

use std::fmt;
use std::io::{Result, Write};

use crate::search::{ResultUnit, SearchResults};

/// An output format of search results: its name, what it can print, and the constructor of its writer.
#[derive(Clone, Copy)]
pub struct OutputFormat {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The units of results that the format prints.
    pub units: Units,
    /// What the format shows beside the hits.
    pub shows: Shows,
    /// True if programs that read the format sort by score, so that it cannot hold hits in another order.
    pub needs_order_by_score: bool,
    /// The constructor of the writer. Only formats for a terminal use the page.
    pub writer: for<'a> fn(&'a mut dyn Write, Page) -> Box<dyn ResultWriter + 'a>,
}

/// The units of results that a format prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Passages, documents and stories.
    All,
    /// Documents and stories, for a list of files. A request for passages prints documents.
    DocumentsAndStories,
    /// Documents only, as judgements are about documents. A request for passages prints documents.
    Documents,
}

/// The parts of the results that a format shows beside the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shows {
    /// The total number of results.
    pub total: bool,
    /// The matches in title and text.
    pub highlights: bool,
    /// The explanation of the query.
    pub explanation: bool,
    /// The facet counts.
    pub facets: FacetPlace,
}

impl Shows {
    /// Nothing but hits, and facets where `facets` says.
    pub const fn hits_and(facets: FacetPlace) -> Shows {
        Shows { total: false, highlights: false, explanation: false, facets }
    }
}

/// The place where a format shows facet counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetPlace {
    /// Beside the hits.
    BesideHits,
    /// Instead of the hits: the format is a table, and facets have other columns.
    InsteadOfHits,
    /// Nowhere.
    Nowhere,
}

/// The page that a format for a terminal is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// True if the terminal shows colours.
    pub colour: bool,
    /// The width in terminal columns.
    pub columns: usize,
    /// True if titles are links (OSC 8) to their articles.
    pub hyperlinks: bool,
}

impl Page {
    /// The page of formats for programs: 80 columns without colours and links.
    pub const PLAIN: Page = Page { colour: false, columns: 80, hyperlinks: false };
}

impl OutputFormat {
    /// The unit of results that the format prints when `unit` is asked for; `None` if it cannot print that.
    pub fn unit_for(&self, unit: ResultUnit) -> Option<ResultUnit> {
        match (self.units, unit) {
            (Units::Documents, ResultUnit::Story) => None,
            (Units::Documents | Units::DocumentsAndStories, ResultUnit::Passage) => Some(ResultUnit::Document),
            _ => Some(unit),
        }
    }

    /// True if the format can show facets: beside the hits, or, if `alone`, instead of them.
    pub fn shows_facets(&self, alone: bool) -> bool {
        match self.shows.facets {
            FacetPlace::BesideHits => true,
            FacetPlace::InsteadOfHits => alone,
            FacetPlace::Nowhere => false,
        }
    }

    /// A writer in this format for programs.
    pub fn plain_writer<'a>(&self, out: &'a mut dyn Write) -> Box<dyn ResultWriter + 'a> {
        (self.writer)(out, Page::PLAIN)
    }
}

impl fmt::Debug for OutputFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("OutputFormat").field(&self.name).finish()
    }
}

/// Two formats are equal if their names are.
impl PartialEq for OutputFormat {
    fn eq(&self, other: &OutputFormat) -> bool {
        self.name == other.name
    }
}

impl Eq for OutputFormat {}

/// The query that results belong to.
#[derive(Debug, Clone, Copy)]
pub struct QueryHead<'a> {
    /// The id of the query in a batch; `1` for a single query.
    pub id: &'a str,
    /// The query as typed.
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
