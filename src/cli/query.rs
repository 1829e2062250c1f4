//! The query arguments that several commands share: filters and how a query is read; and the messages about a query that is
//! invalid or has no hits.
//!
//! In: arguments. Out: [`QueryOptions`] and queries for the library, messages for standard error.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use jiff::civil::Date;
use tradewire::glossary::Glossary;
use tradewire::output::one_line;
use tradewire::search_types::{
    Change, CountryCode, CountryPair, DatePeriod, DateRange, Filters, QueryOptions, ResultUnit, Suggestion,
    WildcardCut, WordCount,
};
use tradewire::{Config, Dialect, Language, Query, QuerySyntaxError, SearchOptions, Searcher};

use crate::cli::terminal::point_at;
use crate::cli::words::emptied_by;
use crate::cli::{Outcome, complain, count, width};

/// Filters, and how the query is read.
#[derive(clap::Args)]
pub(super) struct QueryArgs {
    /// Only passages in these languages: en, de, ko, zh, und
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    lang: Vec<Language>,

    /// Only documents published on this day or later: 2025, 2025-12, 2025-12-30, last-month, yesterday or 7d (days ago)
    #[arg(long, value_name = "DATE", value_parser = period)]
    since: Option<DatePeriod>,

    /// Only documents published on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = period)]
    until: Option<DatePeriod>,

    /// The day that relative dates (last-month, 7d) count from, in the query too [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,

    /// Only sources whose name contains these words; repeat it to allow several
    #[arg(long, value_name = "NAME", value_parser = name)]
    source: Vec<String>,

    /// Only documents of authors whose name contains these words; repeat it to allow several
    #[arg(long, value_name = "NAME", value_parser = name)]
    author: Vec<String>,

    /// Only documents in sections whose name contains these words; repeat it to allow several
    #[arg(long, value_name = "NAME", value_parser = name)]
    section: Vec<String>,

    /// Only documents of this length in words (characters in Korean and Chinese): '>300', '<=800' or 300..800
    #[arg(long, value_name = "NUMBER", value_parser = word_count)]
    words: Option<WordCount>,

    /// Only documents that name one of these concepts of the glossary, in whatever language: rare-earths; see `tradewire glossary`
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    concept: Vec<String>,

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
pub(super) enum Syntax {
    /// Ours: `tradewire help query`
    Tradewire,
    /// Terms and connectors of Nexis Uni: steel w/5 tariff
    Nexis,
    /// Free text of Factiva: steel near5 tariff
    Factiva,
}

impl Syntax {
    /// Reads a query in this syntax, with the glossary of a configuration.
    pub(super) fn parse(self, query: &str, config: &Config) -> Result<Query, QuerySyntaxError> {
        let query = match self {
            Syntax::Tradewire => Query::parse(query),
            Syntax::Nexis => Query::of_dialect(query, Dialect::Nexis),
            Syntax::Factiva => Query::of_dialect(query, Dialect::Factiva),
        }?;
        query.check(config).map(|()| query)
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

/// Parses an end of `--since` and `--until`.
fn period(text: &str) -> Result<DatePeriod, String> {
    DatePeriod::parse(text).ok_or_else(|| {
        "expected a year, month or day, such as 2025, 2025-12 or 2025-12-30; today, yesterday, this-week, last-week, this-month, \
         last-month, this-year or last-year; or 7d, 2w, 3m or 1y for so long ago"
            .to_owned()
    })
}

/// Parses a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let is_day = text.len() == "2025-12-30".len();
    let day = text.parse().ok().filter(|_| is_day);
    day.ok_or_else(|| "expected a day such as 2025-12-30".to_owned())
}

/// Parses the words of a name.
fn name(text: &str) -> Result<String, String> {
    if !Filters::can_be_name(text) {
        return Err("expected words of the name".to_owned());
    }
    Ok(text.to_owned())
}

fn word_count(text: &str) -> Result<WordCount, String> {
    WordCount::parse(text)
        .ok_or_else(|| "expected a number of words, such as '>300', '>=300', '<800', 300..800 or 300".to_owned())
}

impl QueryArgs {
    /// The filters, and whether every word is required.
    pub(super) fn options(&self, config: &Config) -> Result<QueryOptions> {
        let concepts: Vec<String> = self.concept.iter().map(|id| id.trim().to_lowercase()).collect();
        if !concepts.is_empty() {
            let glossary = Glossary::of(config);
            concepts.iter().try_for_each(|id| glossary.check(id).map_err(|error| anyhow!("--concept {error}")))?;
        }
        let mut options = QueryOptions {
            filters: Filters::default(),
            require_all: self.require == Requirement::All,
            expand: !self.no_expand,
            today: self.today,
        };
        let dates = DateRange {
            from: self.since.map(|since| since.on(options.day()).0),
            to: self.until.map(|until| until.on(options.day()).1),
        };
        if let (Some(from), Some(to)) = (dates.from, dates.to)
            && from > to
        {
            bail!("--since {from} is after --until {to}, so nothing could be found");
        }
        options.filters = Filters {
            languages: self.lang.clone(),
            dates,
            sources: self.source.clone(),
            authors: self.author.clone(),
            sections: self.section.clone(),
            words: self.words.unwrap_or_default(),
            concepts,
            countries: self.country.clone(),
            pairs: self.pair.clone(),
        };
        Ok(options)
    }

    /// True if only passages about some countries are asked for.
    pub(super) fn has_countries(&self) -> bool {
        !self.country.is_empty() || !self.pair.is_empty()
    }

    /// Reads a query as these arguments say, with the glossary of a configuration.
    pub(super) fn parse(&self, query: &str, config: &Config) -> Result<Query, QuerySyntaxError> {
        if self.plain { Query::plain(query) } else { self.syntax.parse(query, config) }
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
