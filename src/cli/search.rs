//! `tradewire search`: runs one query or a batch, and prints the hits.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use rayon::prelude::*;
use tradewire::output::{OutputFormat, QueryHead};
use tradewire::search_types::{FacetField, ResultUnit, SortOrder};
use tradewire::{Config, Index, SearchOptions, SearchResults, Searcher};

use crate::cli::batch::{BatchQuery, read_batch};
use crate::cli::per::{Grouped, Per};
use crate::cli::query::{QueryArgs, Unit, refuse_query, say_cuts, say_translation, say_why_nothing};
use crate::cli::screen::ScreenArgs;
use crate::cli::target::Target;
use crate::cli::terminal::{TERMINAL, explanation_lines, formats};
use crate::cli::words::describe;
use crate::cli::{Outcome, complain};

/// Search the index; exits with 0 when there are hits, 1 when there are none, 2 on an error.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Words, "quoted phrases" and operators; see `tradewire help query`
    #[arg(required_unless_present = "queries", conflicts_with = "queries", value_name = "QUERY")]
    query: Vec<String>,

    #[command(flatten)]
    target: Target,

    /// Maximum number of results
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,

    /// Results to skip first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,

    #[command(flatten)]
    looked_for: QueryArgs,

    /// Show how the query was understood, and what each score is made of
    #[arg(long)]
    explain: bool,

    /// What to count as one result: passage, document or story
    #[arg(long, value_name = "UNIT", default_value = "passage", default_value_if("collapse", "true", "story"))]
    by: Unit,

    /// Count all results by these fields, most frequent values first; `-n 0` shows the counts alone
    #[arg(long, value_delimiter = ',', value_name = "FIELD")]
    facets: Vec<FacetName>,

    /// Values to show of each field; 0 for all
    #[arg(long, default_value_t = 10, value_name = "N", requires = "facets")]
    facet_limit: usize,

    /// One result per story, with the number and sources of its other documents: short for --by story
    #[arg(long)]
    collapse: bool,

    /// Order of the results; by date, the best come first within a day, and undated results last
    #[arg(long, value_name = "ORDER", default_value = "score")]
    sort: Order,

    /// Output format; trec lists documents, paths lists documents or stories
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format_parser())]
    format: OutputFormat,

    /// The best results of each language, country, source or month that has any, side by side; `-n` of each
    #[arg(long, value_name = "FIELD", conflicts_with_all = ["queries", "facets", "offset"])]
    per: Option<Per>,

    /// Languages, countries, sources or months to show with --per, those with most results; 0 for all
    #[arg(long, value_name = "N", default_value_t = 8, requires = "per")]
    groups: usize,

    /// Answer a batch of queries: a file with lines of ID<TAB>QUERY, or TREC topics; `-` for standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,

    #[command(flatten)]
    screen: ScreenArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Latest publication date first
    Date,
    /// Best score first
    Score,
}

#[derive(Clone, Copy)]
struct FacetName(FacetField);

impl ValueEnum for FacetName {
    fn value_variants<'a>() -> &'a [FacetName] {
        const {
            &[
                FacetName(FacetField::Lang),
                FacetName(FacetField::Source),
                FacetName(FacetField::Author),
                FacetName(FacetField::Section),
                FacetName(FacetField::Concept),
                FacetName(FacetField::Country),
                FacetName(FacetField::Pair),
                FacetName(FacetField::Year),
                FacetName(FacetField::Month),
                FacetName(FacetField::Day),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

/// Parses the name of an output format.
fn format_parser() -> impl TypedValueParser<Value = OutputFormat> {
    PossibleValuesParser::new(formats().map(|format| format.name))
        .try_map(|name| formats().find(|format| format.name == name).ok_or("no such format"))
}

/// The number of queries of a batch that are answered together; their results wait in memory until they are printed.
const ANSWERED_AT_ONCE: usize = 256;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let options = args.options(&config)?;
    // An invalid single query is refused before anything is opened.
    let single = match &args.queries {
        Some(_) => None,
        None => Some(BatchQuery::new("1".to_owned(), args.query.join(" "), None, (&args.looked_for, &config))),
    };
    if let Some(BatchQuery { text, parsed: Err(error), .. }) = &single {
        return Ok(refuse_query(text, error));
    }
    if let Some(BatchQuery { parsed: Ok(query), .. }) = &single {
        say_translation(query);
    }
    // Never dropped: the process ends after this, and closing the mapped files one by one would take longer than a look-up.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(index.searcher());
    let format = args.format;
    let queries = match (&args.queries, single) {
        (Some(path), _) => read_batch(path, (&args.looked_for, &config))?,
        (None, single) => single.into_iter().map(Ok).collect(),
    };
    if let (Some(per), [Ok(query)]) = (args.per, queries.as_slice()) {
        let grouped = Grouped { searcher: &searcher, query, options: &options, format, page: args.screen.page() };
        return grouped.answer(per, args.groups, &args.screen, out);
    }
    if format == TERMINAL {
        args.screen.paged(out, None, |out| print(args, &searcher, &options, &queries, out))
    } else {
        print(args, &searcher, &options, &queries, out)
    }
}

/// Answers queries and prints their results.
fn print(
    args: &Args,
    searcher: &Searcher,
    options: &SearchOptions,
    queries: &[Result<BatchQuery>],
    out: &mut dyn Write,
) -> Result<Outcome> {
    let (format, is_batch) = (args.format, args.queries.is_some());
    let mut writer = (format.writer)(out, args.screen.page());
    let mut outcome = Outcome::NoHit;
    let answers = queries.chunks(ANSWERED_AT_ONCE).flat_map(|queries| search_all(searcher, queries, options));
    for answer in answers {
        match answer {
            Ok((results, query)) => {
                let is_counted = !results.facets.is_empty();
                let has_hits = !results.hits.is_empty() || (is_counted && results.total > Some(0));
                if has_hits && outcome == Outcome::NoHit {
                    outcome = Outcome::Done;
                }
                let unit_name = options.unit.plural();
                writer.write(&QueryHead { id: &query.id, query: &query.text, is_batch, unit_name }, &results)?;
                say_cuts(&results.cuts);
                if !is_batch && !format.shows.explanation {
                    let lines = results.explanation.iter().flat_map(explanation_lines);
                    lines.for_each(|line| complain(&line));
                }
                // Beyond the last page there is nothing to explain.
                if !is_batch && !has_hits && options.offset == 0 && (options.limit > 0 || is_counted) {
                    say_why_nothing(searcher, query.parsed()?, options)?;
                }
            }
            Err(error) if is_batch => {
                complain(&describe(&error));
                outcome = Outcome::Problems;
            }
            Err(error) => return Err(error),
        }
    }
    writer.finish()?;
    Ok(outcome)
}

impl Args {
    fn options(&self, config: &Config) -> Result<SearchOptions> {
        let format = self.format;
        if !self.facets.is_empty() && !format.shows_facets(self.limit == 0) {
            let name = format.name;
            if format.shows_facets(true) {
                bail!(
                    "--facets with --format {name} is a table of counts alone; add -n 0, or use terminal, json or jsonl"
                );
            }
            bail!("--format {name} cannot show --facets; use terminal, json or jsonl, or tsv or csv with -n 0");
        }
        let unit = self.by.unit();
        if self.collapse && unit != ResultUnit::Story {
            bail!("--collapse is short for --by story, but --by says otherwise; leave out one of them");
        }
        if format.needs_order_by_score && self.sort == Order::Date {
            bail!("--format {} is always ranked by score; leave out --sort date", format.name);
        }
        if self.per == Some(Per::Country) && self.looked_for.has_countries() {
            bail!(
                "--per country shows each country by itself; leave out --country and --pair, or write country:kr into the query"
            );
        }
        let Some(unit) = format.unit_for(unit) else {
            bail!("--format {} lists documents, as judgements do; leave out --collapse or --by story", format.name);
        };
        Ok(SearchOptions {
            limit: self.limit,
            offset: self.offset,
            unit,
            sort: match self.sort {
                Order::Date => SortOrder::Date,
                Order::Score => SortOrder::Score,
            },
            query: self.looked_for.options(config)?,
            count: format.shows.total,
            highlight: format.shows.highlights,
            explain: self.explain,
            facets: self.facets(),
            facet_limit: self.facet_limit,
        })
    }

    /// The facet fields, without repetitions.
    fn facets(&self) -> Vec<FacetField> {
        let mut fields = Vec::new();
        for &FacetName(field) in &self.facets {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }
}

/// Answers queries on all cores and returns the answers in order. A single query starts no threads, which would take longer than
/// most queries.
fn search_all<'q>(
    searcher: &Searcher,
    queries: &'q [Result<BatchQuery>],
    options: &SearchOptions,
) -> Vec<Result<(SearchResults, &'q BatchQuery)>> {
    let answer = |query: &'q Result<BatchQuery>| {
        let query = query.as_ref().map_err(|error| anyhow!(describe(error)))?;
        Ok((query.search(searcher, options)?, query))
    };
    match queries {
        [query] => vec![answer(query)],
        _ => queries.par_iter().map(answer).collect(),
    }
}
