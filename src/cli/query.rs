//! The query arguments that several commands share: filters and how a query is read; and the messages about a query that is
//! invalid or has no hits.
//!
//! In: arguments. Out: [`QueryOptions`] and queries for the library, messages for standard error.

use std::io::Write;
use std::str::FromStr;

use anyhow::{Result, bail};
use clap::ValueEnum;
use tradewire::output::one_line;
use tradewire::search_types::{
    Change, CountryCode, CountryPair, DateRange, Filters, QueryOptions, ResultUnit, Suggestion, WildcardCut,
};
use tradewire::{Dialect, Language, Query, QuerySyntaxError, SearchOptions, Searcher};

use crate::cli::terminal::point_at;
use crate::cli::words::emptied_by;
use crate::cli::{Outcome, complain, count, width};

/// Filters, and how the query is read.
#[derive(clap::Args)]
pub(super) struct QueryArgs {
    /// Only passages in these languages: en, de, ko, zh, und
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    lang: Vec<Language>,

    /// Only documents published on this day or later: 2025, 2025-12 or 2025-12-30
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,

    /// Only documents published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,

    /// Only sources whose name contains these words; repeat it to allow several
    #[arg(long, value_name = "NAME", value_parser = source_name)]
    source: Vec<String>,

    /// Only passages that name one of these countries, in the text or the title: kr, cn, us, eu, …
    #[arg(long, value_delimiter = ',', value_name = "CODE", value_parser = CountryCode::named)]
    country: Vec<CountryCode>,

    /// Only passages that name both countries: kr-cn; kr-cn,us-cn for any of the pairs
    #[arg(long, value_delimiter = ',', value_name = "CODE-CODE", value_parser = CountryPair::named)]
    pair: Vec<CountryPair>,

    /// How many words of a query without operators have to match
    #[arg(long, value_name = "HOW", default_value = "any")]
    require: Requirement,

    /// Read the query as plain words, without operators
    #[arg(long)]
    plain: bool,

    /// Whose syntax the query is in; what it becomes here is said on standard error
    #[arg(long, value_name = "WHOSE", default_value = "tradewire", conflicts_with = "plain")]
    syntax: Syntax,

    /// Search only for what was typed, without the other names that the glossary adds
    #[arg(long)]
    no_expand: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Requirement {
    /// Any of them
    Any,
    /// All of them
    All,
}

/// Whose syntax a query is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Syntax {
    /// Ours: `tradewire help query`
    Tradewire,
    /// Terms and connectors of Nexis Uni: steel w/5 tariff
    Nexis,
    /// Free text of Factiva: steel near5 tariff
    Factiva,
}

/// The unit of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    /// Each passage by itself
    Passage,
    /// Each document, by its best passage
    Document,
    /// Each story, a document and its copies, by its best passage
    Story,
}

impl Unit {
    pub(super) fn unit(self) -> ResultUnit {
        match self {
            Unit::Passage => ResultUnit::Passage,
            Unit::Document => ResultUnit::Document,
            Unit::Story => ResultUnit::Story,
        }
    }
}

/// A year, month or day.
#[derive(Debug, Clone, Copy)]
struct Day(DateRange);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Day, String> {
        let expected = || "expected a year, month or day, such as 2025, 2025-12 or 2025-12-30".to_owned();
        DateRange::of_period(text).map(Day).ok_or_else(expected)
    }
}

fn source_name(text: &str) -> Result<String, String> {
    if !Filters::can_be_source(text) {
        return Err("expected words of a source's name".to_owned());
    }
    Ok(text.to_owned())
}

impl QueryArgs {
    /// The filters, and whether every word is required.
    pub(super) fn options(&self) -> Result<QueryOptions> {
        let dates =
            DateRange { from: self.since.and_then(|since| since.0.from), to: self.until.and_then(|until| until.0.to) };
        if let (Some(from), Some(to)) = (dates.from, dates.to)
            && from > to
        {
            bail!("--since {from} is after --until {to}, so nothing could be found");
        }
        let filters = Filters {
            languages: self.lang.clone(),
            dates,
            sources: self.source.clone(),
            countries: self.country.clone(),
            pairs: self.pair.clone(),
        };
        Ok(QueryOptions { filters, require_all: self.require == Requirement::All, expand: !self.no_expand })
    }

    /// Reads a query as these arguments say.
    pub(super) fn parse(&self, query: &str) -> Result<Query, QuerySyntaxError> {
        match self.syntax {
            _ if self.plain => Query::plain(query),
            Syntax::Tradewire => Query::parse(query),
            Syntax::Nexis => Query::of_dialect(query, Dialect::Nexis),
            Syntax::Factiva => Query::of_dialect(query, Dialect::Factiva),
        }
    }

    /// Says what a query of another syntax was read as.
    pub(super) fn say_translation(query: &Query) {
        if let Some(translation) = query.translation() {
            complain(&format!("searching for: {translation}"));
        }
        for note in query.notes() {
            complain(&format!("note: {note}"));
        }
    }
}

/// Prints what is wrong with a query, and where.
pub(super) fn refuse_query(query: &str, error: &QuerySyntaxError) -> Outcome {
    complain(&format!("{}, expected {}", error.found, error.expected));
    let (line, carets) = point_at(query, error.at, width() - 2);
    let mut err = std::io::stderr();
    let _ = writeln!(err, "  {line}\n  {carets}");
    if let Some(suggestion) = &error.suggestion {
        let _ = writeln!(err, "  try {}", one_line(suggestion));
    }
    let _ = writeln!(err, "  `tradewire help query` explains the query language");
    Outcome::Problems
}

/// Prints a line for each word with wildcards that more surface forms match than are searched.
pub(super) fn say_cuts(cuts: &[WildcardCut]) {
    for WildcardCut { typed, searched, matching } in cuts {
        let [searched, matching] = [searched, matching].map(|forms| count(*forms as u64, "form", "forms"));
        complain(&format!(
            "{matching} match {}; only the {searched} that most passages have are searched; more letters match fewer",
            one_line(typed)
        ));
    }
}

/// Prints one line about a query without hits: what emptied it, and what would find something.
pub(super) fn say_why_nothing(searcher: &Searcher, query: &Query, options: &SearchOptions) -> Result<()> {
    let line = match searcher.suggest(query, options)? {
        Some(Suggestion { relaxation, query, passages, change }) => {
            let emptied_by = emptied_by(&relaxation);
            let unit = if passages == 1 { "passage" } else { "passages" };
            match change {
                Change::Loosened => format!("no hit for {emptied_by}; {passages} {unit} for {query}"),
                Change::LeftOut => {
                    format!("no hit because of {emptied_by}; without it, {passages} {unit} for {query}")
                }
                Change::OnlyWords => format!("no hit; {passages} {unit} with any of the words: {query}"),
            }
        }
        None if query.is_filter() => "no hit: no passage passes the filter".to_owned(),
        None => "no hit, and none of the words is in the index".to_owned(),
    };
    complain(&line);
    Ok(())
}
