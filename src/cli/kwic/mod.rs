//! `tradewire kwic`: every hit in its context, and the words beside the hits.

mod collocates;
mod lines;

use std::io::Write;
use std::mem::ManuallyDrop;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use tradewire::analytics_types::{Lines, Measure, SortKey};
use tradewire::{Error, Index, SearchOptions};

use crate::cli::kwic::collocates::print_collocates;
use crate::cli::kwic::lines::print_lines;
use crate::cli::query::{QueryArgs, refuse_query, say_translation, say_why_nothing};
use crate::cli::screen::ScreenArgs;
use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Show every hit in the middle of its line (key word in context); exits with 0 when there are hits, 1 when there are none, 2 on an
/// error
///
/// All matches in texts are shown, each on a line, as they are found; none is left out. Matches in titles are not among them. With
/// --collocates, the words that stand beside the hits are counted instead.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Words, "quoted phrases" and operators; see `tradewire help query`
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,

    #[command(flatten)]
    target: Target,

    #[command(flatten)]
    looked_for: QueryArgs,

    /// Columns of text on each side of a hit [default: what the terminal has room for; 60 in other formats]
    #[arg(long, value_name = "N", conflicts_with_all = ["left", "right"])]
    width: Option<usize>,

    /// Words before a hit (single characters in Korean and Chinese), in place of --width
    #[arg(long, value_name = "N")]
    left: Option<usize>,

    /// Words after a hit (single characters in Korean and Chinese), in place of --width
    #[arg(long, value_name = "N")]
    right: Option<usize>,

    /// Sort the lines by these, the first one first: 1R to 9R (words to the right), 1L to 9L (words to the left, from the last one
    /// backwards), hit, date, source
    #[arg(long, value_delimiter = ',', value_name = "KEY")]
    sort: Vec<SortKey>,

    /// A random sample of so many lines, the same one each time
    #[arg(long, value_name = "N")]
    sample: Option<usize>,

    /// Another sample for another number
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,

    /// Count the words beside the hits, in place of showing the hits
    #[arg(long, conflicts_with_all = ["width", "left", "right", "sort", "sample"])]
    collocates: bool,

    /// With --collocates: words on each side of a hit
    #[arg(long, value_name = "N", default_value_t = 5, requires = "collocates", value_parser = clap::value_parser!(u16).range(1..))]
    window: u16,

    /// With --collocates: the stretch of text that a window must not leave
    #[arg(long, value_name = "WHAT", default_value = "passage", requires = "collocates")]
    within: WithinName,

    /// With --collocates: least number of times that a word stands in a window
    #[arg(long, value_name = "N", default_value_t = 5, requires = "collocates")]
    min: u64,

    /// With --collocates: by what words are ordered
    #[arg(long, value_name = "MEASURE", default_value = "logdice", requires = "collocates")]
    measure: MeasureName,

    /// With --collocates: show stop words too
    #[arg(long, requires = "collocates")]
    stop_words: bool,

    /// With --collocates: maximum number of words
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50, requires = "collocates")]
    limit: usize,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: Format,

    #[command(flatten)]
    screen: ScreenArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Terminal,
    /// A row for each line, below a header
    Csv,
    /// A JSON object for each line
    Jsonl,
    /// A page with a table
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithinName {
    /// The passage of the hit
    Passage,
    /// Its paragraph
    Paragraph,
    /// Its sentence
    Sentence,
}

#[derive(Clone, Copy)]
struct MeasureName(Measure);

impl ValueEnum for MeasureName {
    fn value_variants<'a>() -> &'a [MeasureName] {
        const {
            &[
                MeasureName(Measure::LogDice),
                MeasureName(Measure::LogLikelihood),
                MeasureName(Measure::MutualInformation),
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let options = args.looked_for.options(&config)?;
    let text = args.query.join(" ");
    let query = match args.looked_for.parse(&text, &config) {
        Ok(query) => query,
        Err(error) => return Ok(refuse_query(&text, &error)),
    };
    say_translation(&query);
    if args.sample == Some(0) {
        bail!("--sample 0 would show no line; give the number of lines to choose");
    }
    // Never dropped, as in a search: closing the mapped files takes time.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(index.searcher());
    let answer = if args.collocates {
        print_collocates(args, &searcher, (&query, &options), out)
    } else {
        print_lines(args, &searcher, (&query, &options), out)
    };
    let number = match answer {
        Err(error) if matches!(error.downcast_ref(), Some(Error::InvalidQuery(_))) => {
            bail!("query `{text}` has no word or character to search for")
        }
        answer => answer?,
    };
    match number {
        Lines { all: 0, passages: 0, .. } => {
            say_why_nothing(&searcher, &query, &SearchOptions { query: options, ..SearchOptions::default() })?;
            Ok(Outcome::NoHit)
        }
        Lines { all: 0, passages, .. } => {
            let passages = count(passages, "passage matches", "passages match");
            complain(&format!(
                "no line: {passages}, but by the title or by filters alone; `tradewire search` shows them"
            ));
            Ok(Outcome::NoHit)
        }
        _ => Ok(Outcome::Done),
    }
}
