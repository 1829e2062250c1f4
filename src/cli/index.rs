//! `tradewire index`: builds or updates an index.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tradewire::index_types::{IndexOptions, Progress, Report, RunOutcome};
use tradewire::ingest_types::{
    ColumnParts, FieldMap, InputFormat, Problem, ProblemKind, ReadOptions, TextEncoding, total_bytes,
};
use tradewire::output::{ProblemLists, one_line, write_run_report};
use tradewire::{Error, Index};

use crate::cli::advice;
use crate::cli::interrupt::stop_flag;
use crate::cli::target::Target;
use crate::cli::words::describe;
use crate::cli::{Outcome, complain, count};

/// Build or update an index: new documents are added, documents with a known id are replaced.
///
/// Unchanged files are skipped, and unchanged documents are left as they are. An interrupt (Ctrl-C) ends the run cleanly: what
/// was read so far is in the index; with --rebuild or --strict, the index stays as it was.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files and folders: text, Markdown, HTML, JSON, JSON Lines, CSV, TSV, feeds, web archives, e-mail, NITF, NewsML,
    /// sitemaps, SGML, each also compressed (.gz, .zst, .bz2, .xz, .br) or in an archive (.zip, .tar); `-` for JSON Lines on
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: Target,

    /// Build the whole index again; it replaces the old one when it is complete
    #[arg(long)]
    rebuild: bool,

    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Stop at the first document that cannot be read, and leave the index as it was
    #[arg(long)]
    strict: bool,

    /// Remove documents that are gone: those of files that no longer exist under PATH, and those that a changed file no longer
    /// has. Documents that could not be read are kept; a PATH that does not exist, or has no file, is an error and removes nothing
    #[arg(long)]
    prune: bool,

    /// Write a JSON report of the run, with every problem, to a file; `-` for standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Read all files as this format, whatever their names [default: by name and content]
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<InputFormat>,

    /// Read all files in this encoding, such as euc-kr, gb18030, big5 or windows-1252 [default: by content]
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding)]
    encoding: Option<TextEncoding>,

    /// Say which keys of JSON or columns of tables hold the parts of an article (id, title, body, lead, lang, date, source, url):
    /// dots lead into objects, `+` joins texts, as in title=headline,body=fields.standfirst+fields.body
    #[arg(long, value_name = "PART=FIELD,…")]
    map: Vec<String>,

    /// State what the columns of tables (CSV, TSV) hold, in their order, such as id,title,body,date,-,url; `-` is not read. The parts:
    /// id, title, body, lead, lang, date, source, url [default: by their headings, else by what is in them]
    #[arg(long, value_name = "PARTS", allow_hyphen_values = true)]
    columns: Option<ColumnParts>,

    /// Set an input limit, such as document=64MiB; repeat it to set others
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
        "unknown encoding, expected a label such as utf-8, utf-16le, euc-kr, gb18030, big5, windows-1252, macintosh or cp850"
            .to_owned()
    })
}

/// The most threads that the index writer uses.
const MAX_THREADS: usize = 8;
/// The most problems that are shown; further ones are only counted.
const MAX_SHOWN: u64 = 100;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let mut config = args.target.config()?;
    for limit in &args.limits {
        config.ingest.limits.set(limit).context("--limit")?;
    }
    let mut map = FieldMap::default();
    for assignments in &args.map {
        map.add(assignments).context("--map")?;
    }
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let options = IndexOptions {
        rebuild: args.rebuild,
        threads: threads.min(MAX_THREADS),
        strict: args.strict,
        prune: args.prune,
        stop: Some(stop_flag()?),
        read: ReadOptions { format: args.format, encoding: args.encoding, map, columns: args.columns.clone() },
    };
    let dir = args.target.index_dir()?;
    let report_file = args.report.as_deref().map(ReportFile::create).transpose()?;
    let bar = progress_bar(&args.paths);
    let start = Instant::now();
    let mut problems = args.report.is_some().then(ProblemLists::default);
    let mut shown = 0;
    let result = Index::update(&dir, &args.paths, &config, &options, &mut |progress| match progress {
        Progress::Bytes(bytes) => bar.inc(bytes),
        Progress::Problem(problem) => {
            problems.iter_mut().for_each(|problems| problems.push(problem, &advice::word));
            if problem.kind != ProblemKind::Skipped {
                shown += 1;
                if shown <= MAX_SHOWN {
                    bar.suspend(|| complain(&format!("{}: {}", problem.place, problem.reason.worded(&advice::word))));
                }
            }
        }
    });
    let result = result.map_err(worded);
    bar.finish_and_clear();
    if shown > MAX_SHOWN {
        let more = HumanCount(shown - MAX_SHOWN);
        let advice = if args.report.is_some() { "" } else { "; `--report FILE` lists them" };
        complain(&format!("{more} further problems are only counted{advice}"));
    }
    let seconds = start.elapsed().as_secs_f64();
    if let (Some(file), Some(problems)) = (report_file, &problems) {
        let error = result.as_ref().err().map(describe);
        let nothing = Report::default();
        let mut text = Vec::new();
        let report = result.as_ref().unwrap_or(&nothing);
        write_run_report(report, problems, &dir.display().to_string(), seconds, error.as_deref(), &mut text)?;
        file.finish(&text, out)?;
    }
    let report = result?;
    complain_about(&report, seconds, args.paths.iter().any(|path| path.as_os_str() == "-"));
    Ok(match report.outcome {
        RunOutcome::Interrupted | RunOutcome::RolledBack => Outcome::Interrupted,
        RunOutcome::Done if report.lost > 0 => Outcome::Problems,
        RunOutcome::Done => Outcome::Done,
    })
}

/// An error in the words of the command line.
fn worded(error: Error) -> anyhow::Error {
    match error {
        Error::StoppedByProblem(Problem { place, reason, .. }) => {
            let reason = reason.worded(&advice::word);
            anyhow!("{place}: {reason}; stopped because of --strict; the index is unchanged")
        }
        other => other.into(),
    }
}

/// The destination of a run's report. A file is created under a temporary name before the run, so that a destination that cannot
/// be written to is an error at once, and an older report stays until the new one is complete.
enum ReportFile {
    Stdout,
    File { path: PathBuf, draft: PathBuf },
}

impl ReportFile {
    fn create(path: &Path) -> Result<ReportFile> {
        if path.as_os_str() == "-" {
            return Ok(ReportFile::Stdout);
        }
        let describe = || format!("writing the report `{}`", path.display());
        let name = path.file_name().context("expected the name of a file").with_context(describe)?;
        let draft = path.with_file_name(format!(".{}.new", name.to_string_lossy()));
        fs::File::create(&draft).with_context(describe)?;
        Ok(ReportFile::File { path: path.to_owned(), draft })
    }

    fn finish(self, text: &[u8], out: &mut dyn Write) -> Result<()> {
        match self {
            ReportFile::Stdout => out.write_all(text).and_then(|()| out.flush()).context("writing the report"),
            ReportFile::File { path, draft } => fs::write(&draft, text)
                .and_then(|()| fs::rename(&draft, &path))
                .with_context(|| format!("writing the report `{}`", path.display())),
        }
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
fn complain_about(report: &Report, seconds: f64, has_stdin: bool) {
    match report.outcome {
        RunOutcome::Done => {}
        RunOutcome::Interrupted => {
            let documents = count(report.documents, "document was", "documents were");
            let rest = if has_stdin { ", with the whole of standard input" } else { "" };
            complain(&format!("interrupted: {documents} committed; run the same command again to continue{rest}"));
            return;
        }
        RunOutcome::RolledBack => {
            complain("interrupted: the index is unchanged; the same command starts from the beginning");
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
    if report.superseding > 0 {
        let documents = count(report.superseding, "document has", "documents have");
        complain(&format!("{documents} the id of a document in another file and replaced it"));
    }
    if report.lost > 0 {
        complain(&one_line(&format!(
            "{} not indexed, see above",
            count(report.lost, "file or record", "files or records")
        )));
    }
    if report.noted > 0 {
        complain(&format!("{} without loss, see above", count(report.noted, "problem", "problems")));
    }
}

fn also(documents: u64, what: &str) -> String {
    if documents > 0 { format!("; {} {what}", HumanCount(documents)) } else { String::new() }
}
