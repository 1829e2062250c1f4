//! `tradewire index`: builds or updates an index.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tradewire::index::{IndexOptions, Progress, Report, RunOutcome, index_paths};
use tradewire::ingest::{InputFormat, ProblemKind, ReadOptions, TextEncoding, total_bytes};
use tradewire::output::{ProblemLists, one_line, write_run_report};

use crate::cli::interrupt::stop_flag;
use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Build or update an index: documents are added, or replaced where their id is known.
///
/// Files that have not changed since they were last read are passed over, and documents that have not changed are left as they
/// are. An interrupt ends the run in order: what was read so far is in the index, or with --rebuild or --strict nothing.
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

    /// Remove documents that have vanished: of files under PATH that are gone, and those that a changed file no longer has.
    /// What could not be read is kept; a PATH that is not there, or has no file, is an error and removes nothing
    #[arg(long)]
    prune: bool,

    /// Write what was done, and every problem, to a file as JSON; `-` for standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

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
/// Problems that are shown; more are only counted.
const MAX_SHOWN: u64 = 100;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut config = args.target.config()?;
    for limit in &args.limits {
        config.limits.set(limit).context("--limit")?;
    }
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let options = IndexOptions {
        rebuild: args.rebuild,
        threads: threads.min(MAX_THREADS),
        strict: args.strict,
        prune: args.prune,
        stop: Some(stop_flag()?),
        read: ReadOptions { format: args.format, encoding: args.encoding },
    };
    let dir = args.target.index_dir()?;
    let mut report_file = args.open_report()?;
    let bar = progress_bar(&args.paths);
    let start = Instant::now();
    let mut problems = args.report.is_some().then(ProblemLists::default);
    let mut shown = 0;
    let report = index_paths(&dir, &args.paths, &config, &options, &mut |progress| match progress {
        Progress::Bytes(bytes) => bar.inc(bytes),
        Progress::Problem(problem) => {
            problems.iter_mut().for_each(|problems| problems.push(problem));
            if problem.kind != ProblemKind::Skipped {
                shown += 1;
                if shown <= MAX_SHOWN {
                    bar.suspend(|| complain(&format!("{}: {}", problem.place, problem.reason)));
                }
            }
        }
    })?;
    bar.finish_and_clear();
    if shown > MAX_SHOWN {
        let more = HumanCount(shown - MAX_SHOWN);
        let advice = if args.report.is_some() { "" } else { "; `--report FILE` lists them" };
        complain(&format!("{more} further problems are only counted{advice}"));
    }
    let seconds = start.elapsed().as_secs_f64();
    if let Some(problems) = &problems {
        let to: &mut dyn Write = match &mut report_file {
            Some(file) => file,
            None => out,
        };
        write_run_report(&report, problems, &dir.display().to_string(), seconds, to)?;
        to.flush()?;
    }
    complain_about(&report, seconds);
    Ok(match report.outcome {
        RunOutcome::Interrupted | RunOutcome::RolledBack => Outcome::Interrupted,
        RunOutcome::Done if report.lost > 0 => Outcome::Problems,
        RunOutcome::Done => Outcome::Done,
    })
}

impl Args {
    /// Opened before anything is read, so that a long run does not end without its report. `None` for standard output, or if
    /// none is asked for.
    fn open_report(&self) -> Result<Option<fs::File>> {
        let path = self.report.as_ref().filter(|path| path.as_os_str() != "-");
        path.map(|path| fs::File::create(path).with_context(|| format!("writing the report `{}`", path.display())))
            .transpose()
    }
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
    match report.outcome {
        RunOutcome::Done => {}
        RunOutcome::Interrupted => {
            let documents = count(report.documents, "document was", "documents were");
            complain(&format!("interrupted: {documents} committed; the same command again goes on"));
            return;
        }
        RunOutcome::RolledBack => {
            complain("interrupted: the index is as it was; the same command again starts from the beginning");
            return;
        }
    }
    let rate = (report.bytes as f64 / seconds.max(1e-9)) as u64;
    complain(&format!(
        "{} in {} from {} in {seconds:.1} s ({}/s){}{}",
        count(report.documents, "document", "documents"),
        count(report.passages, "passage", "passages"),
        HumanBytes(report.bytes),
        HumanBytes(rate),
        also(report.unchanged, "unchanged"),
        also(report.removed, "removed")
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

fn also(documents: u64, what: &str) -> String {
    if documents > 0 { format!("; {} {what}", HumanCount(documents)) } else { String::new() }
}
