//! `tradewire timeline`: how many hits a query has over time.

mod series;

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use tradewire::output::{write_timeline_csv, write_timeline_json};
use tradewire::search_types::{Granularity, TimelineOptions};
use tradewire::{Error, Index, SearchOptions};

use crate::cli::query::{QueryArgs, Unit, refuse_query, say_cuts, say_translation, say_why_nothing};
use crate::cli::target::Target;
use crate::cli::terminal::write_timeline_bars;
use crate::cli::{Outcome, complain, width};

/// Count hits over time, next to everything published; exits with 0 when there are hits, 1 when there are none, 2 on an error.
///
/// Each period from the first hit to the last has three figures: the hits, all passages (documents, stories) of the index in that
/// period, and the hits as a percentage of these. The options --lang, --since, --until, --source, --author,
/// --section, --words, --concept, --country and --pair apply to both counts, filters within the query to the hits alone. Without a
/// query, everything that passes the options is counted. Undated results are counted separately.
///
/// With --queries, --per, --of or --standardise, one table has all series: query, per, period, n, of_all, share.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Words, "quoted phrases" and operators; see `tradewire help query`
    #[arg(value_name = "QUERY", conflicts_with = "queries")]
    query: Vec<String>,

    #[command(flatten)]
    target: Target,

    #[command(flatten)]
    looked_for: QueryArgs,

    /// Length of a period [default: day if the hits are at most 60 days apart, month if ten years, else year]
    #[arg(long, value_name = "PERIOD")]
    by: Option<PeriodName>,

    /// What to count
    #[arg(long, value_name = "UNIT", default_value = "passage")]
    unit: Unit,

    /// Count each query of a file with lines of ID<TAB>QUERY; `-` for standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,

    /// Count each query for each source, language, country or pair of countries
    #[arg(long, value_name = "FIELD")]
    per: Option<PerName>,

    /// What shares are shares of: the results of this query, in place of everything that passes the options
    #[arg(long, value_name = "QUERY")]
    of: Option<String>,

    /// Divide the shares of each series by their standard deviation, so that series can be averaged
    #[arg(long)]
    standardise: bool,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: Format,
}

#[derive(Clone, Copy)]
struct PeriodName(Granularity);

impl ValueEnum for PeriodName {
    fn value_variants<'a>() -> &'a [PeriodName] {
        const { &[PeriodName(Granularity::Day), PeriodName(Granularity::Month), PeriodName(Granularity::Year)] }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A bar per period, for reading
    Terminal,
    /// A row per period
    Csv,
    /// One JSON object
    Json,
    /// A picture
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PerName {
    /// Outlet
    Source,
    /// Language
    Lang,
    /// Country that the passage or its title names
    Country,
    /// Two countries that it names
    Pair,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.queries.is_some()
        || args.per.is_some()
        || args.of.is_some()
        || args.standardise
        || args.format == Format::Svg
    {
        return series::run(args, out);
    }
    let config = args.target.config()?;
    let unit = args.unit.unit();
    let options = TimelineOptions { by: args.by.map(|by| by.0), unit, query: args.looked_for.options(&config)? };
    let text = (!args.query.is_empty()).then(|| args.query.join(" "));
    let query = match text.as_ref().map(|text| args.looked_for.parse(text, &config)).transpose() {
        Ok(query) => query,
        Err(error) => return Ok(refuse_query(text.as_deref().unwrap_or_default(), &error)),
    };
    query.iter().for_each(say_translation);
    // Never dropped, as in a search: closing the mapped files takes time.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(index.searcher());
    let timeline = match &query {
        Some(query) => match searcher.timeline(query, &options) {
            Err(Error::InvalidQuery(_)) => bail!("query `{query}` has no word or character to search for"),
            timeline => timeline?,
        },
        None => searcher.timeline_of_everything(&options)?,
    };
    if let Some(query) = &query {
        say_cuts(&searcher.cuts(query, &options.query)?);
    }
    match args.format {
        Format::Terminal => write_timeline_bars(&timeline, unit.plural(), width(), out)?,
        Format::Csv => write_timeline_csv(&timeline, out)?,
        Format::Json | Format::Svg => write_timeline_json(&timeline, text.as_deref(), unit, out)?,
    }
    if timeline.total.count > 0 {
        return Ok(Outcome::Done);
    }
    match &query {
        Some(query) => say_why_nothing(
            &searcher,
            query,
            &SearchOptions { unit, query: options.query, ..SearchOptions::default() },
        )?,
        None => complain("no hit: no passage passes the filters"),
    }
    Ok(Outcome::NoHit)
}
