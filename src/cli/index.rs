//! `tradewire index`: builds or updates an index.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tradewire::index::{IndexOptions, Progress, Report, index_paths};
use tradewire::ingest::{ProblemKind, total_bytes};
use tradewire::output::one_line;

use crate::cli::target::Target;
use crate::cli::{Outcome, complain, count};

/// Build or update an index: documents are added, or replaced where their id is known.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files (.txt, .md, .jsonl) and folders of them; `-` for JSON Lines on standard input
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
}

/// Threads beyond which tantivy's writer does not go.
const MAX_THREADS: usize = 8;

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let config = args.target.config()?;
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let options = IndexOptions { rebuild: args.rebuild, threads: threads.min(MAX_THREADS), strict: args.strict };
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
