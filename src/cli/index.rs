//! `tradewire index`: builds or updates an index.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tradewire::index::{IndexOptions, Progress, Report, index_paths};
use tradewire::ingest::{InputFormat, ProblemKind, ReadOptions, TextEncoding, total_bytes};
use tradewire::output::one_line;

use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Build or update an index: documents are added, or replaced where their id is known.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files and folders of them: text, Markdown, HTML, JSON, JSON Lines, CSV, TSV, feeds, web archives, each also packed
    /// (.gz, .zst, .zip); `-` for JSON Lines on standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: Target,

    /// Start anew: the new index takes the old one's place when it is complete
    #[arg(long)]
    rebuild: bool,

    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Stop at the first document that cannot be read, and leave the index as it was
    #[arg(long)]
    strict: bool,

    /// Read all files as this format, whatever their names [default: by name]
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<InputFormat>,

    /// Read all files in this encoding, such as euc-kr, gb18030, big5 or windows-1252 [default: by content]
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding)]
    encoding: Option<TextEncoding>,

    /// Set a limit of reading, such as document=64MiB; can be given again for others
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    limits: Vec<String>,
}

/// The formats by their names.
fn format_parser() -> impl TypedValueParser<Value = InputFormat> {
    let named = |name: String| InputFormat::ALL.into_iter().find(|format| format.name() == name);
    PossibleValuesParser::new(InputFormat::ALL.map(InputFormat::name))
        .try_map(move |name| named(name).ok_or("no such format"))
}

fn parse_encoding(label: &str) -> Result<TextEncoding, String> {
    TextEncoding::for_label(label).ok_or_else(|| {
        "no encoding has this label, expected one of the WHATWG Encoding Standard, such as utf-8, utf-16le, euc-kr, gb18030, \
         big5 or windows-1252"
            .to_owned()
    })
}

/// Threads beyond which tantivy's writer does not go.
const MAX_THREADS: usize = 8;

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut config = args.target.config()?;
    for limit in &args.limits {
        config.limits.set(limit).context("--limit")?;
    }
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let options = IndexOptions {
        rebuild: args.rebuild,
        threads: threads.min(MAX_THREADS),
        strict: args.strict,
        read: ReadOptions { format: args.format, encoding: args.encoding },
    };
    let bar = progress_bar(&args.paths);
    let start = Instant::now();
    let report =
        index_paths(&args.target.index_dir()?, &args.paths, &config, &options, &mut |progress| match progress {
            Progress::Bytes(bytes) => bar.inc(bytes),
            Progress::Problem(problem) if problem.kind == ProblemKind::Skipped => {}
            Progress::Problem(problem) => {
                bar.suspend(|| complain(&format!("{}: {}", problem.place, problem.reason)));
            }
        })?;
    bar.finish_and_clear();
    complain_about(&report, start.elapsed().as_secs_f64());
    Ok(if report.lost > 0 { Outcome::Problems } else { Outcome::Done })
}

fn progress_bar(paths: &[PathBuf]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total_bytes(paths)), ProgressDrawTarget::stderr()).with_style(style)
}

/// The summary, on standard error like all progress.
fn complain_about(report: &Report, seconds: f64) {
    let rate = (report.bytes as f64 / seconds.max(1e-9)) as u64;
    complain(&format!(
        "{} in {} from {} in {seconds:.1} s ({}/s)",
        count(report.documents, "document", "documents"),
        count(report.passages, "passage", "passages"),
        HumanBytes(report.bytes),
        HumanBytes(rate)
    ));
    if report.lost > 0 {
        complain(&one_line(&format!(
            "{} not indexed, see above",
            count(report.lost, "file or record", "files or records")
        )));
    }
    if report.noted > 0 {
        complain(&format!("{} that lost nothing, see above", count(report.noted, "problem", "problems")));
    }
}
