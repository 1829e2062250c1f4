//! The table of output formats: one row a format, made in the file of its writer. The command line's values, what each
//! format has a place for, and the tests that go over all formats come from it.

use std::fmt;
use std::io::{Result, Write};

use crate::search::{ResultUnit, SearchResults};

/// An output format of search results: what it is called, what it can print, and how its writer is made.
#[derive(Clone, Copy)]
pub struct OutputFormat {
    /// Its name on a command line.
    pub name: &'static str,
    /// The units of results that it prints.
    pub units: Units,
    /// What it shows beside the hits.
    pub shows: Shows,
    /// True if its readers sort by score, so that hits in another order make no sense in it.
    pub needs_order_by_score: bool,
    /// Makes a writer. The page matters to formats for reading alone.
    pub writer: for<'a> fn(&'a mut dyn Write, Page) -> Box<dyn ResultWriter + 'a>,
}

/// The units of results that a format prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Passages, documents and stories.
    All,
    /// Documents and stories: files are listed for them. Documents where passages are asked for.
    DocumentsAndStories,
    /// Documents alone: judgements are about them. Documents where passages are asked for.
    Documents,
}

/// What a format has a place for beside the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shows {
    /// How many results there are in all.
    pub total: bool,
    /// What was matched in a hit.
    pub highlights: bool,
    /// How the query was understood.
    pub explanation: bool,
    /// Counts over all results.
    pub facets: FacetPlace,
}

impl Shows {
    /// The hits alone, or in their stead what is counted over all of them if `facets` has a place for it.
    pub const fn hits_and(facets: FacetPlace) -> Shows {
        Shows { total: false, highlights: false, explanation: false, facets }
    }
}

/// Where a format shows counts over all results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetPlace {
    /// Beside the hits.
    BesideHits,
    /// In their stead: the format is a table, and counts have other columns.
    InsteadOfHits,
    /// Nowhere.
    Nowhere,
}

/// The page that a format for reading is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Whether it takes colours.
    pub colour: bool,
    /// Its width in terminal columns.
    pub columns: usize,
}

impl Page {
    /// A page for formats that no one reads on a terminal: 80 columns without colours.
    pub const PLAIN: Page = Page { colour: false, columns: 80 };
}

impl OutputFormat {
    /// The unit of results that it prints where `unit` is asked for, if that is one that it can print.
    pub fn unit_for(&self, unit: ResultUnit) -> Option<ResultUnit> {
        match (self.units, unit) {
            (Units::Documents, ResultUnit::Story) => None,
            (Units::Documents | Units::DocumentsAndStories, ResultUnit::Passage) => Some(ResultUnit::Document),
            _ => Some(unit),
        }
    }

    /// True if it has a place for counts over all hits: beside these, or with `alone` in their stead.
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

/// Formats are told apart by their names.
impl PartialEq for OutputFormat {
    fn eq(&self, other: &OutputFormat) -> bool {
        self.name == other.name
    }
}

impl Eq for OutputFormat {}

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
