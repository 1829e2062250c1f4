//! `tradewire search`: runs one query or a batch, and prints the hits.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use tradewire::index::NewsIndex;
use tradewire::language::Language;
use tradewire::output::{OutputFormat, QueryHead};
use tradewire::query::{Filters, QueryOptions, parse_query};
use tradewire::search::{NewsSearcher, ResultUnit, SearchOptions, SearchResults};

use crate::cli::target::Target;
use crate::cli::{ColorChoice, Outcome, complain, width};

/// Search the index; exits with 0 when there are hits, 1 when there are none, 2 on an error.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Words and "quoted phrases" in any mix of languages and scripts
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

    /// What a result is
    #[arg(long, value_name = "UNIT", default_value = "passage")]
    by: Unit,

    /// How to print; trec and paths are by document
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: Format,

    /// Run a batch: a file with lines of ID<TAB>QUERY; `-` for standard input
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

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let index = NewsIndex::open(&args.target.index_dir()?, &config)?;
    let searcher = NewsSearcher::new(&index, &config);
    let format = args.format.0;
    let unit = format.unit().unwrap_or(match args.by {
        Unit::Passage => ResultUnit::Passage,
        Unit::Document => ResultUnit::Document,
    });
    let options = SearchOptions {
        limit: args.limit,
        offset: args.offset,
        unit,
        query: QueryOptions { filters: Filters { languages: args.lang.clone(), ..Filters::default() }, require_all: false },
        count: format.shows_total(),
        highlight: format.shows_highlights(),
    };
    let queries = match &args.queries {
        Some(path) => read_batch(path)?,
        None => vec![Ok(BatchQuery { id: "1".to_owned(), text: args.query.join(" "), place: None })],
    };
    let is_batch = args.queries.is_some();
    let mut writer = format.writer(out, args.color.is_on(), width());
    let mut outcome = Outcome::NoHit;
    for query in queries {
        let results = query.and_then(|query| Ok((search_one(&searcher, &query, &options)?, query)));
        match results {
            Ok((results, query)) => {
                if !results.hits.is_empty() && outcome == Outcome::NoHit {
                    outcome = Outcome::Done;
                }
                let unit_name = match unit {
                    ResultUnit::Passage => "passages",
                    ResultUnit::Document => "documents",
                };
                writer.write(&QueryHead { id: &query.id, query: &query.text, is_batch, unit_name }, &results)?;
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

fn search_one(searcher: &NewsSearcher<'_>, query: &BatchQuery, options: &SearchOptions) -> Result<SearchResults> {
    let ast = parse_query(&query.text).with_context(|| query.describe())?;
    let Some(results) = searcher.search(&ast, options).with_context(|| query.describe())? else {
        bail!("{} holds no word and no character to look up", query.describe());
    };
    Ok(results)
}

/// The queries of a file; those that are none as errors, in their places. Blank lines are passed over.
fn read_batch(path: &Path) -> Result<Vec<Result<BatchQuery>>> {
    let input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("reading the queries in `{}`", path.display()))?;
        Box::new(BufReader::new(file))
    };
    let mut queries = Vec::new();
    for (at, line) in input.split(b'\n').enumerate() {
        let line = line.with_context(|| format!("reading the queries in `{}`", path.display()))?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r').trim_start_matches('\u{FEFF}');
        if line.trim().is_empty() {
            continue;
        }
        let place = format!("{}:{}", path.display(), at + 1);
        queries.push(match line.split_once('\t') {
            Some((id, text)) if !id.trim().is_empty() => {
                Ok(BatchQuery { id: id.trim().to_owned(), text: text.to_owned(), place: Some(place) })
            }
            _ => Err(anyhow::anyhow!("{place}: expected a line of ID<TAB>QUERY, found `{line}`")),
        });
    }
    Ok(queries)
}
