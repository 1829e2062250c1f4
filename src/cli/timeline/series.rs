//! Several queries over time, or one by a field, in one table.

use std::io::Write;
use std::mem::ManuallyDrop;

use anyhow::{Context, Result, bail};
use tradewire::output::{Page, write_series_csv, write_series_json, write_series_svg};
use tradewire::search_types::{Granularity, SeriesField, SeriesOptions};
use tradewire::{Error, Index, Query};

use crate::cli::batch::{BatchQuery, read_batch};
use crate::cli::query::{refuse_query, say_cuts, say_translation};
use crate::cli::terminal::write_series_bars;
use crate::cli::timeline::{Args, Format, PerName};
use crate::cli::{Outcome, complain, count, width};

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let looked_for = (&args.looked_for, &config);
    let queries: Vec<BatchQuery> = match &args.queries {
        Some(path) => read_batch(path, looked_for)?.into_iter().collect::<Result<_>>()?,
        None if args.query.is_empty() => {
            bail!("there is no query to count; give one, or a file of them with --queries, as seeds/queries/en.tsv")
        }
        None => {
            let text = args.query.join(" ");
            vec![BatchQuery::new(text.clone(), text, None, looked_for)]
        }
    };
    if queries.is_empty() {
        bail!("the file of queries is empty; expected lines of ID<TAB>QUERY");
    }
    let of = args.of.as_ref().map(|of| BatchQuery::new("--of".to_owned(), of.clone(), None, looked_for));
    for query in queries.iter().chain(&of) {
        match &query.parsed {
            Ok(parsed) => say_translation(parsed),
            Err(error) if query.place.is_none() => return Ok(refuse_query(&query.text, error)),
            Err(error) => bail!("{}: {error}", query.describe()),
        }
    }
    let options = SeriesOptions {
        by: args.by.map_or(Granularity::Month, |by| by.0),
        per: args.per.map(|per| match per {
            PerName::Source => SeriesField::Source,
            PerName::Lang => SeriesField::Lang,
            PerName::Country => SeriesField::Country,
            PerName::Pair => SeriesField::Pair,
        }),
        unit: args.unit.unit(),
        query: args.looked_for.options(&config)?,
    };
    // Never dropped, as in a search: closing the mapped files takes time.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let searcher = ManuallyDrop::new(index.searcher());
    let named = queries.iter().map(|query| Ok((query.id.clone(), query.parsed()?)));
    let named: Vec<(String, &Query)> = named.collect::<Result<_>>()?;
    let base = of.as_ref().map(BatchQuery::parsed).transpose()?;
    let table = match searcher.series(&named, base, &options) {
        Err(Error::InvalidQuery(error)) => return Err(error).context("counting the queries"),
        table => table?,
    };
    for (_, query) in &named {
        say_cuts(&searcher.cuts(query, &options.query)?);
    }
    if table.undated > 0 {
        let unit = options.unit;
        complain(&format!("{} without a date, in no period", count(table.undated, unit.name(), unit.plural())));
    }
    match args.format {
        Format::Terminal => {
            let page = Page { colour: false, columns: width(), hyperlinks: false };
            write_series_bars(&table, args.standardise, page, out)?;
        }
        Format::Csv => write_series_csv(&table, args.standardise, out)?,
        Format::Json => write_series_json(&table, options.unit, args.standardise, out)?,
        Format::Svg => write_series_svg(&table, args.standardise, out)?,
    }
    if table.series.is_empty() {
        complain("no hit: none of the queries finds anything that has a date and passes the options");
        return Ok(Outcome::NoHit);
    }
    Ok(Outcome::Done)
}
