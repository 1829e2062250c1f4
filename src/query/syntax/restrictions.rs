//! Query options and filters that stand beside a query, as the options of a command do, and not in it.
//!
//! Each filter lists the admitted values; an empty list admits everything.

use jiff::civil::Date;

use crate::query::syntax::date_range::DateRange;
use crate::query::syntax::word_count::WordCount;
use crate::text::analysis::Segmented;
use crate::text::country::{CountryCode, CountryPair};
use crate::text::day::today;
use crate::text::language::Language;

/// Options that decide how a query is compiled, beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryOptions {
    /// Filters that every hit must pass.
    pub filters: Filters,
    /// Whether every word of a bag must match; if false, any of them.
    pub require_all: bool,
    /// Whether words that name a concept of the glossary also match its other names.
    pub expand: bool,
    /// The day that relative dates in the query count from; `None` for the day of the query where it is asked.
    pub today: Option<Date>,
}

impl QueryOptions {
    /// The day that relative dates count from: [`QueryOptions::today`], or the day that it is now on this machine.
    pub fn day(&self) -> Date {
        self.today.unwrap_or_else(today)
    }
}

impl Default for QueryOptions {
    /// No filters, any word of a bag matches, query expansion is on.
    fn default() -> QueryOptions {
        QueryOptions { filters: Filters::default(), require_all: false, expand: true, today: None }
    }
}

/// Filters beside the query. A hit must pass all of them; the default admits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Languages of the passage, any of them; empty for all.
    pub languages: Vec<Language>,
    /// Days of publication. If an end is set, passages without a known day are excluded.
    pub dates: DateRange,
    /// Words of the source's name, any of the entries; empty for all.
    pub sources: Vec<String>,
    /// Words of an author's name, any of the entries; empty for all.
    pub authors: Vec<String>,
    /// Words of the name of a section, any of the entries; empty for all.
    pub sections: Vec<String>,
    /// Length of the document in words.
    pub words: WordCount,
    /// Ids of concepts of the glossary that the document names, any of them; empty for all. Those that the glossary does not
    /// have find nothing.
    pub concepts: Vec<String>,
    /// Countries that the passage or its document's title names, any of them; empty for all.
    pub countries: Vec<CountryCode>,
    /// Pairs of countries of which both are named, any of the pairs; empty for all.
    pub pairs: Vec<CountryPair>,
}

impl Filters {
    /// True for a text that [`Filters::sources`], [`Filters::authors`] and [`Filters::sections`] can hold: it has a word, by which
    /// names are compared.
    pub fn can_be_name(text: &str) -> bool {
        !Segmented::new(text).units().is_empty()
    }

    /// True for a text that can be the id of a concept: letters, digits, hyphens and dots.
    pub fn can_be_concept(text: &str) -> bool {
        !text.is_empty() && text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '.' | '_' | '/'))
    }
}
