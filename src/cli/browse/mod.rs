//! `tradewire browse`: search as you type, and read.
//!
//! Flow: an event becomes an action (`action`), which changes the state (`browser`, with its `prompt` and the reader's place,
//! `reading`); the state asks the `worker` for results and articles (`mailbox`); `view` draws it (`list`, `pane`, `palette`, `columns`). `run` is
//! the loop, `screen` the terminal, `article_file` what an editor or a pager is given.

mod action;
mod article_file;
mod browser;
mod columns;
mod list;
mod mailbox;
mod palette;
mod pane;
mod prompt;
mod reading;
mod run;
mod screen;
#[cfg(test)]
mod tests;
mod view;
mod worker;

use std::io::Write;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;

use anyhow::{Context, Result};
use clap::ValueEnum;
use tradewire::output::{OutputFormat, Page, QueryHead, one_line};
use tradewire::search_types::SortOrder;
use tradewire::{Hit, Index, SearchResults};

use crate::cli::browse::browser::Browser;
use crate::cli::browse::mailbox::{Mailbox, Settings};
use crate::cli::browse::palette::Palette;
use crate::cli::browse::run::{End, Outside, Signals};
use crate::cli::browse::screen::Screen;
use crate::cli::browse::worker::Worker;
use crate::cli::query::{QueryArgs, Unit};
use crate::cli::target::Target;
use crate::cli::{ColorChoice, Outcome};

/// Search as you type, with the article beside the results; Enter prints the result, F1 lists the keys.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The query to begin with; see `tradewire help query`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,

    #[command(flatten)]
    target: Target,

    #[command(flatten)]
    looked_for: QueryArgs,

    /// What to count as one result: passage, document or story
    #[arg(long, value_name = "UNIT", default_value = "document")]
    by: Unit,

    /// What Enter prints of the selected result
    #[arg(long, value_name = "WHAT", default_value = "id")]
    print: Printed,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

/// What is printed of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// The id of the document
    Id,
    /// Its web address; the id where it has none
    Url,
    /// The file that it was read from
    Path,
    /// The hit as `search --format jsonl` prints it
    Json,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let options = args.looked_for.options(&config)?;
    // Never dropped, as in a search: closing the mapped files takes time.
    let index = ManuallyDrop::new(Index::open(args.target.index_dir()?, &config)?);
    let mailbox = Mailbox::default();
    let (sender, answers) = channel();
    let worker = Worker {
        searcher: index.searcher(),
        config: &config,
        looked_for: &args.looked_for,
        options: options.clone(),
        mailbox: &mailbox,
        answers: sender,
    };
    let settings = Settings { unit: args.by.unit(), sort: SortOrder::Score, expand: options.expand };
    let mut browser = Browser::new(&args.query.join(" "), settings);
    let end = thread::scope(|scope| {
        // Closed when this ends in whatever way, so that the worker ends too.
        let closing = Closing(&mailbox);
        scope.spawn(move || worker.run());
        let palette = Palette { colour: args.color.is_wanted() };
        let signals = signals()?;
        let mut outside = Outside { screen: Screen::open()?, mailbox: closing.0, answers, signals, palette };
        outside.run(&mut browser)
    })?;
    match (end, browser.hit()) {
        (End::Print, Some(hit)) => {
            let query = browser.found.as_ref().map(|found| found.query.as_str()).unwrap_or_default();
            args.print.write(hit, query, out)?;
            Ok(Outcome::Done)
        }
        (End::Print | End::Left, _) => Ok(Outcome::NoHit),
        (End::Signal, _) => Ok(Outcome::Interrupted),
    }
}

/// Closes the mailbox when dropped.
struct Closing<'a>(&'a Mailbox);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn signals() -> Result<Signals> {
    let signals = Signals { end: Arc::new(AtomicBool::new(false)), continued: Arc::new(AtomicBool::new(false)) };
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGCONT, SIGINT, SIGTERM};
        let ending = [SIGTERM, SIGINT].map(|signal| (signal, &signals.end));
        for (signal, flag) in ending.into_iter().chain([(SIGCONT, &signals.continued)]) {
            signal_hook::flag::register(signal, Arc::clone(flag)).context("waiting for signals")?;
        }
        screen::end_with_terminal()?;
    }
    Ok(signals)
}

impl Printed {
    /// Writes a line about a hit.
    fn write(self, hit: &Hit, query: &str, out: &mut dyn Write) -> Result<()> {
        let document = &hit.document;
        let line = match self {
            Printed::Id => &document.id,
            Printed::Url => document.url.as_ref().unwrap_or(&document.id),
            Printed::Path => &document.path,
            Printed::Json => {
                let format = OutputFormat::ALL.into_iter().find(|format| format.name == "jsonl");
                let format = format.context("no format is named jsonl")?;
                let mut writer = (format.writer)(out, Page::PLAIN);
                let results = SearchResults { hits: vec![hit.clone()], ..SearchResults::default() };
                writer.write(&QueryHead { id: "1", query, is_batch: false, unit_name: "documents" }, &results)?;
                return Ok(writer.finish()?);
            }
        };
        writeln!(out, "{}", one_line(line))?;
        Ok(())
    }
}
