//! Indexing: one thread reads (`reading_stage`), several cut and analyse (`analysis_stage`), one writes in the order of reading
//! (`writing_stage`).
//!
//! In: paths. Out: a [`Report`]. The order of writing is that of reading whatever the number of threads, so of two
//! documents with one id the later always wins. Documents travel in batches, so that threads are not woken for each, and no
//! more of them are under way than the budget has bytes, so memory stays bounded by what the largest documents take.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use anyhow::{Result, bail};

use crate::error::Error;
use crate::index::analysis_stage::{Analysed, Analysis, Batch, analyse};
use crate::index::budget::Budget;
use crate::index::changes::Changes;
use crate::index::pruning::Vanished;
use crate::index::reading_stage::{ReadingStage, Stop};
use crate::index::report::{IndexOptions, Progress, Report, RunOutcome};
use crate::index::settings::Settings;
use crate::index::writer::{Merging, Writer};
use crate::index::writing_stage::{Written, write_in_order};
use crate::ingest::{DocumentReader, Problem, absolute, path_key};

/// Bytes of documents that may be under way for each thread. What is made of them takes about five times as many.
const BUDGET_BYTES: usize = 8 << 20;
/// Bytes of passages after which what was written so far is committed, in a run that adds to an index.
const COMMIT_BYTES: usize = 256 << 20;

/// Reads, analyses and writes everything in `paths` into the index in `dir`, which is created where there is none.
///
/// # Errors
///
/// When the index cannot be opened or written to, and with `strict` at the first problem that loses a document.
/// Problems with single documents are otherwise only counted and reported to `progress`.
pub fn index_paths(
    dir: &Path,
    paths: &[PathBuf],
    settings: impl Into<Settings>,
    options: &IndexOptions,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Report> {
    let settings = &settings.into();
    let reader = DocumentReader::new(&settings.ingest, options.read.clone())?;
    let writer = Writer::open(dir, settings, options.rebuild, options.threads)?;
    let reader = reader.except(dir);
    let named: Vec<String> =
        paths.iter().map(|path| if is_stdin(path) { "-".to_owned() } else { absolute(path) }).collect();
    let snapshot = writer.snapshot()?;
    let files = writer.files();
    // A rebuilt index has nothing that could vanish; but what was there would be gone with the old index.
    let needs_files = options.prune || options.rebuild;
    let roots = needs_files.then(|| paths.iter().filter(|path| !is_stdin(path)).map(|path| path_key(path)).collect());
    let mut changes = Changes::new(snapshot.as_ref(), &files, roots);
    let mut report = Report::default();
    let run = Run { reader: &reader, paths, settings, options };
    let (written, stopped_by) = run.pass_through(writer, &mut changes, &mut report, progress);
    let Written { mut writer, documents, passages } = written?;
    let mut vanished = Vanished::default();
    match stopped_by {
        // The writer is dropped without a commit.
        Some(Stop::Problem(problem)) => return Err(Error::StoppedByProblem(problem).into()),
        Some(Stop::Failure(error)) => return Err(error),
        Some(Stop::Asked) => {
            report.outcome = if options.is_whole() { RunOutcome::RolledBack } else { RunOutcome::Interrupted };
        }
        None => vanished = changes.vanished()?,
    }
    report_empty(vanished.empty, options, &mut report, progress)?;
    report.unchanged = changes.unchanged;
    report.superseding = changes.superseding;
    report.files = changes.counts;
    if report.outcome == RunOutcome::RolledBack {
        return Ok(report);
    }
    if options.rebuild && documents == 0 && report.lost > 0 {
        let reason = "nothing could be read, so there is nothing to rebuild it from".to_owned();
        return Err(Error::InvalidInput { reason }.into());
    }
    report.documents = documents;
    report.passages = passages;
    report.removed = vanished.ids.len() as u64;
    writer.note(changes.take_notes());
    writer.remove(&vanished.ids)?;
    // It would keep the files of merged segments open.
    drop(changes);
    drop(snapshot);
    let merging = if report.outcome == RunOutcome::Done { Merging::WhereWorthIt } else { Merging::Nothing };
    writer.finish(&named, merging)?;
    Ok(report)
}

/// Reports the named paths below which no file was found, of which nothing is removed.
fn report_empty(
    roots: Vec<String>,
    options: &IndexOptions,
    report: &mut Report,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<()> {
    for root in roots {
        if options.rebuild {
            let reason = format!("{root}: no file was found there, so pruning would remove all its documents");
            return Err(Error::InvalidInput { reason }.into());
        }
        let problem = Problem::lost(root, "no file was found there, so pruning removed none of its documents");
        report.lost += 1;
        if options.strict {
            return Err(Error::StoppedByProblem(problem).into());
        }
        progress(Progress::Problem(&problem));
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The inputs and options of a run.
struct Run<'a> {
    reader: &'a DocumentReader,
    paths: &'a [PathBuf],
    settings: &'a Settings,
    options: &'a IndexOptions,
}

impl Run<'_> {
    /// Has everything read, analysed and written, each by its own threads; nothing is committed at the end.
    fn pass_through(
        &self,
        writer: Writer,
        changes: &mut Changes<'_>,
        report: &mut Report,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> (Result<Written>, Option<Stop>) {
        let options = self.options;
        let budget = &Budget::new(options.threads * BUDGET_BYTES);
        let analysis = &Analysis::new(self.settings, writer.fields().clone());
        // Neither is ever long: the budget is what bounds them.
        let (to_analysis, batches) = channel::<Batch>();
        let (to_writing, analysed) = channel::<Analysed>();
        // Gone when the last analysing thread is.
        let batches = Arc::new(Mutex::new(batches));
        std::thread::scope(|scope| {
            for _ in 0..options.threads {
                let (batches, to_writing) = (Arc::clone(&batches), to_writing.clone());
                scope.spawn(|| {
                    let _closing = budget.closing();
                    analyse(batches, to_writing, analysis);
                });
            }
            drop((batches, to_writing));
            // What must not be seen half done is not committed half done.
            let commit_bytes = if options.is_whole() { usize::MAX } else { COMMIT_BYTES };
            let writing = scope.spawn(move || {
                let _closing = budget.closing();
                write_in_order(writer, analysed, budget, commit_bytes)
            });
            let mut stage = ReadingStage::new(options, changes, report, progress, budget, to_analysis);
            // That a thread has ended breaks off without a reason; `written` will explain.
            let _ = self.reader.read(self.paths, &mut stage);
            let stopped_by = stage.finish();
            let written = writing.join().unwrap_or_else(|_| bail!("the writing thread stopped unexpectedly"));
            (written, stopped_by)
        })
    }
}
