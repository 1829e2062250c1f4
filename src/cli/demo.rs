//! `tradewire demo`: indexes the sample corpus that is compiled into the binary, and shows one search per language.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use tradewire::index_types::IndexOptions;
use tradewire::output::{Page, QueryHead};
use tradewire::{Config, Index, Query, SearchOptions};

use crate::cli::terminal::TERMINAL;
use crate::cli::{ColorChoice, Outcome, complain, width};

/// The articles in `seeds/news`, as JSON Lines.
const SEEDS: [(&str, &str); 4] = [
    ("en.jsonl", include_str!("../../seeds/news/en.jsonl")),
    ("de.jsonl", include_str!("../../seeds/news/de.jsonl")),
    ("ko.jsonl", include_str!("../../seeds/news/ko.jsonl")),
    ("zh.jsonl", include_str!("../../seeds/news/zh.jsonl")),
];

/// One search for each language, each with a match that a search without analysis of that language misses.
const QUERIES: [(&str, &str); 4] = [
    ("an English phrase", "\"supply chain\""),
    ("German, umlauts spelled out", "Zoelle auf Elektroautos aus China"),
    ("a Korean compound, whatever its spacing", "무역협정"),
    ("Chinese in traditional characters, whatever the text is written in", "「自由貿易協定」"),
];

/// The number of results shown for each search.
const HITS: usize = 2;

/// Index the sample corpus into a temporary folder and show one search per language.
#[derive(clap::Args)]
pub(super) struct Args {
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, articles) in SEEDS {
        let path = folder.path().join(name);
        fs::write(&path, articles).with_context(|| format!("writing `{}`", path.display()))?;
        paths.push(path);
    }
    let config = Config::builtin()?;
    let dir = folder.path().join("index");
    let options = IndexOptions { strict: true, ..IndexOptions::default() };
    let report = Index::update(&dir, &paths, &config, &options, &mut |_| {})?;
    complain(&format!("{} sample articles in {} passages", report.documents, report.passages));

    let searcher = Index::open(&dir, &config)?.searcher();
    let options = SearchOptions { limit: HITS, count: true, ..SearchOptions::default() };
    let mut outcome = Outcome::Done;
    for (what, query) in QUERIES {
        let results = searcher.search(&Query::parse(query)?, &options)?;
        if results.hits.is_empty() {
            outcome = Outcome::NoHit;
        }
        writeln!(out, "\n# {what}\n$ tradewire search '{query}'\n")?;
        let mut writer =
            (TERMINAL.writer)(out, Page { colour: args.color.is_on(), columns: width(), hyperlinks: false });
        writer.write(&QueryHead { id: "1", query, is_batch: false, unit_name: "passages" }, &results)?;
        writer.finish()?;
    }
    Ok(outcome)
}
