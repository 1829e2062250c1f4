//! The collocates of a query.

use std::io::Write;

use anyhow::Result;
use tradewire::analytics_types::{CollocateOptions, Lines, Within};
use tradewire::output::{write_collocates_csv, write_collocates_html, write_collocates_jsonl};
use tradewire::search_types::QueryOptions;
use tradewire::{Query, Searcher};

use crate::cli::kwic::{Args, Format, MeasureName, WithinName};
use crate::cli::query::say_cuts;
use crate::cli::terminal::write_collocates;
use crate::cli::{complain, count};

/// Counts and prints the words beside the hits of a query, and returns how many hits there are.
pub(super) fn print_collocates(
    args: &Args,
    searcher: &Searcher,
    (query, options): (&Query, &QueryOptions),
    out: &mut dyn Write,
) -> Result<Lines> {
    let MeasureName(measure) = args.measure;
    let options = CollocateOptions {
        query: options.clone(),
        window: args.window.into(),
        within: match args.within {
            WithinName::Passage => Within::Passage,
            WithinName::Paragraph => Within::Paragraph,
            WithinName::Sentence => Within::Sentence,
        },
        min: args.min,
        measure,
        stopwords: args.stop_words,
        limit: args.limit,
    };
    let found = searcher.collocates(query, &options)?;
    say_cuts(&searcher.cuts(query, &options.query)?);
    if found.words.is_empty() && found.hits > 0 {
        complain(&format!("no word stands in {} or more; --min asks for fewer", count(args.min, "window", "windows")));
    }
    match args.format {
        Format::Terminal if found.words.is_empty() => {}
        Format::Terminal => {
            args.screen.paged(out, None, |out| Ok(write_collocates(&found, measure, args.screen.page(), out)?))?;
        }
        Format::Csv => write_collocates_csv(&found, measure, out)?,
        Format::Jsonl => write_collocates_jsonl(&found, measure, out)?,
        Format::Html => write_collocates_html(&found, measure, &args.query.join(" "), out)?,
    }
    Ok(Lines { shown: found.hits, all: found.hits, passages: found.passages })
}
