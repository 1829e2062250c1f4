//! `tradewire search`: runs one query or a batch, and prints the hits.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use rayon::prelude::*;
use tradewire::analysis::Segmented;
use tradewire::evaluation::{Topic, read_each_topic};
use tradewire::index::NewsIndex;
use tradewire::language::Language;
use tradewire::output::{OutputFormat, QueryHead, explanation_lines, one_line, point_at};
use tradewire::query::{DateRange, Filters, QueryAst, QueryOptions, QuerySyntaxError, read_query};
use tradewire::search::{Change, NewsSearcher, ResultUnit, SearchOptions, SearchResults, Suggestion};

use crate::cli::target::Target;
use crate::cli::{ColorChoice, Outcome, complain, read_input, width};

/// Search the index; exits with 0 when there are hits, 1 when there are none, 2 on an error.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Words, "quoted phrases" and operators; see `tradewire help query`
    #[arg(required_unless_present = "queries", conflicts_with = "queries", value_name = "QUERY")]
    query: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Results at most
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,

    /// Results to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,

    /// Only passages in these languages: en, de, ko, zh, und
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    lang: Vec<Language>,

    /// Only documents published on this day or later: 2025, 2025-12 or 2025-12-30
    #[arg(long, value_name = "DATE")]
    since: Option<Period>,

    /// Only documents published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Period>,

    /// Only sources whose name holds these words; several times for any of several
    #[arg(long, value_name = "NAME", value_parser = source_name)]
    source: Vec<String>,

    /// How many words of a query without operators have to match
    #[arg(long, value_name = "HOW", default_value = "any")]
    require: Requirement,

    /// Take the query as plain words, whatever signs are in it
    #[arg(long)]
    plain: bool,

    /// Find words only as they were typed, not by the other names that the glossary has for what they mean
    #[arg(long)]
    no_expand: bool,

    /// Show how the query was understood, and what every score is the sum of
    #[arg(long)]
    explain: bool,

    /// What a result is
    #[arg(long, value_name = "UNIT", default_value = "passage")]
    by: Unit,

    /// How to print; trec and paths are by document
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: Format,

    /// Run a batch: a file with lines of ID<TAB>QUERY, or TREC topics; `-` for standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Each passage by itself
    Passage,
    /// Each document by its best passage
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Requirement {
    /// Any of them
    Any,
    /// All of them
    All,
}

/// A year, month or day.
#[derive(Debug, Clone, Copy)]
struct Period(DateRange);

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Period, String> {
        let expected = || "expected a year, month or day, as 2025, 2025-12 or 2025-12-30".to_owned();
        DateRange::of_period(text).map(Period).ok_or_else(expected)
    }
}

fn source_name(text: &str) -> Result<String, String> {
    if Segmented::new(text).units().is_empty() {
        return Err("expected words of a source's name".to_owned());
    }
    Ok(text.to_owned())
}

#[derive(Clone, Copy)]
struct Format(OutputFormat);

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        const {
            &[
                Format(OutputFormat::Terminal),
                Format(OutputFormat::Json),
                Format(OutputFormat::JsonLines),
                Format(OutputFormat::Tsv),
                Format(OutputFormat::Csv),
                Format(OutputFormat::Trec),
                Format(OutputFormat::Paths),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

/// Queries of a batch that are answered before the first of them is printed: their results wait in memory.
const ANSWERED_AT_ONCE: usize = 256;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let options = args.options()?;
    // A single query that is none is refused before anything is opened.
    let single = match &args.queries {
        Some(_) => None,
        None => Some(args.query.join(" ")),
    };
    if let Some(Err(error)) = single.as_ref().map(|query| args.parse(query)) {
        return Ok(refuse(single.as_deref().unwrap_or_default(), &error));
    }
    // The process ends after this, and takes its mapped files with it; to close them one by one takes longer than a look-up.
    let index = ManuallyDrop::new(NewsIndex::open(&args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(NewsSearcher::new(&index, &config));
    let format = args.format.0;
    let queries = match (&args.queries, single) {
        (Some(path), _) => read_batch(path)?,
        (None, query) => {
            vec![Ok(BatchQuery { id: "1".to_owned(), text: query.unwrap_or_default(), place: None })]
        }
    };
    let is_batch = args.queries.is_some();
    let mut writer = format.writer(out, args.color.is_on(), width());
    let mut outcome = Outcome::NoHit;
    let answers = queries.chunks(ANSWERED_AT_ONCE).flat_map(|queries| args.search_all(&searcher, queries, &options));
    for answer in answers {
        match answer {
            Ok((results, query)) => {
                if !results.hits.is_empty() && outcome == Outcome::NoHit {
                    outcome = Outcome::Done;
                }
                let unit_name = match options.unit {
                    ResultUnit::Passage => "passages",
                    ResultUnit::Document => "documents",
                };
                writer.write(&QueryHead { id: &query.id, query: &query.text, is_batch, unit_name }, &results)?;
                if !is_batch && !format.shows_explanation() {
                    let lines = results.explanation.iter().flat_map(explanation_lines);
                    lines.for_each(|line| complain(&line));
                }
                // Beyond the last page there is nothing to explain.
                if !is_batch && results.hits.is_empty() && options.offset == 0 && options.limit > 0 {
                    args.say_why_nothing(&searcher, query, &options)?;
                }
            }
            Err(error) if is_batch => {
                complain(&format!("{error:#}"));
                outcome = Outcome::Problems;
            }
            Err(error) => return Err(error),
        }
    }
    writer.finish()?;
    Ok(outcome)
}

impl Args {
    fn options(&self) -> Result<SearchOptions> {
        let format = self.format.0;
        let unit = format.unit().unwrap_or(match self.by {
            Unit::Passage => ResultUnit::Passage,
            Unit::Document => ResultUnit::Document,
        });
        let dates =
            DateRange { from: self.since.and_then(|since| since.0.from), to: self.until.and_then(|until| until.0.to) };
        if let (Some(from), Some(to)) = (dates.from, dates.to)
            && from > to
        {
            bail!("--since {from} is after --until {to}, so nothing could be found");
        }
        let filters = Filters { languages: self.lang.clone(), dates, sources: self.source.clone() };
        Ok(SearchOptions {
            limit: self.limit,
            offset: self.offset,
            unit,
            query: QueryOptions { filters, require_all: self.require == Requirement::All, expand: !self.no_expand },
            count: format.shows_total(),
            highlight: format.shows_highlights(),
            explain: self.explain,
        })
    }

    fn parse(&self, query: &str) -> Result<QueryAst, QuerySyntaxError> {
        read_query(query, self.plain)
    }

    /// Answers queries on all cores, in their order. One alone is answered without other threads, which take their time to start.
    fn search_all<'q>(
        &self,
        searcher: &NewsSearcher<'_>,
        queries: &'q [Result<BatchQuery>],
        options: &SearchOptions,
    ) -> Vec<Result<(SearchResults, &'q BatchQuery)>> {
        let answer = |query: &'q Result<BatchQuery>| {
            let query = query.as_ref().map_err(|error| anyhow!("{error:#}"))?;
            Ok((self.search_one(searcher, query, options)?, query))
        };
        match queries {
            [query] => vec![answer(query)],
            _ => queries.par_iter().map(answer).collect(),
        }
    }

    fn search_one(
        &self,
        searcher: &NewsSearcher<'_>,
        query: &BatchQuery,
        options: &SearchOptions,
    ) -> Result<SearchResults> {
        let ast = self.parse(&query.text).with_context(|| query.describe())?;
        let Some(results) = searcher.search(&ast, options).with_context(|| query.describe())? else {
            bail!("{} holds no word and no character to look up", query.describe());
        };
        Ok(results)
    }

    /// One line about a query without hits.
    fn say_why_nothing(&self, searcher: &NewsSearcher<'_>, query: &BatchQuery, options: &SearchOptions) -> Result<()> {
        let ast = self.parse(&query.text)?;
        let line = match searcher.nearest(&ast, &options.query)? {
            Some(Suggestion { emptied_by, query, passages, change }) => {
                let unit = if passages == 1 { "passage" } else { "passages" };
                match change {
                    Change::Loosened => format!("no hit for {emptied_by}; {passages} {unit} for {query}"),
                    Change::LeftOut => {
                        format!("no hit because of {emptied_by}; without it, {passages} {unit} for {query}")
                    }
                    Change::OnlyWords => format!("no hit; {passages} {unit} with any of the words: {query}"),
                }
            }
            None if ast.is_filter() => "no hit: no passage passes the filter".to_owned(),
            None => "no hit, and none of the words is in the index".to_owned(),
        };
        complain(&line);
        Ok(())
    }
}

/// Shows what is wrong with a query, and where.
fn refuse(query: &str, error: &QuerySyntaxError) -> Outcome {
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

struct BatchQuery {
    id: String,
    text: String,
    /// `FILE:LINE` in a batch.
    place: Option<String>,
}

impl BatchQuery {
    /// Names the query in a message.
    fn describe(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}query `{}`", self.text)
    }
}

/// The queries of a file; those that are none as errors, in their places.
fn read_batch(path: &Path) -> Result<Vec<Result<BatchQuery>>> {
    let topics = read_each_topic(&read_input(path, "queries")?);
    let query = |topic: Topic| BatchQuery {
        id: topic.id,
        text: topic.query,
        place: Some(format!("{}:{}", path.display(), topic.line)),
    };
    let queries =
        topics.into_iter().map(|topic| topic.map(query).map_err(|error| anyhow!("{}:{error}", path.display())));
    Ok(queries.collect())
}
