//! Indexing: one thread reads, several cut and analyse, one writes in the order of reading.
//!
//! In: paths. Out: a [`Report`]. The order of writing is that of reading whatever the number of threads, so of two
//! documents with one id the later always wins. Documents travel in batches, so that threads are not woken for each, and no
//! more of them are under way than the budget has bytes, so memory stays bounded by what the largest documents take.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};

use anyhow::{Context, Result, anyhow, bail};

use crate::index::budget::{Budget, Share};
use crate::index::changes::{Incoming, Intake, Vanished};
use crate::index::file_states::FileNote;
use crate::index::passages::index_documents_of;
use crate::index::report::{IndexOptions, Progress, Report, RunOutcome};
use crate::index::schema::Fields;
use crate::index::settings::Settings;
use crate::index::writer::{Change, Merging, Writer};
use crate::ingest::{DocumentReader, Problem, ProblemKind, Read, absolute, path_key};
use crate::text::analysis::Analyzer;
use crate::text::glossary::CountryNames;

/// Bytes of documents that make a batch.
const BATCH_BYTES: usize = 64 << 10;
/// Bytes of documents that may be under way for each thread. What is made of them takes about five times as many.
const BUDGET_BYTES: usize = 8 << 20;
/// Bytes that a document takes beside its texts.
const DOCUMENT_BYTES: usize = 512;
/// Bytes of passages after which what was written so far is committed, in a run that adds to an index.
const COMMIT_BYTES: usize = 256 << 20;

/// Reads, analyses and writes everything in `paths` into the index in `dir`, which is created where there is none.
///
/// # Errors
///
/// When the index cannot be opened or written to, and with `strict` at the first problem that loses a document.
/// Problems with single documents are otherwise only counted and told to `tell`.
pub fn index_paths(
    dir: &Path,
    paths: &[PathBuf],
    settings: &Settings<'_>,
    options: &IndexOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Report> {
    let reader = DocumentReader::new(settings.ingest, options.read.clone())?;
    let writer = Writer::open(dir, settings, options.rebuild, options.threads)?;
    let reader = reader.except(dir);
    let named: Vec<String> =
        paths.iter().map(|path| if is_stdin(path) { "-".to_owned() } else { absolute(path) }).collect();
    let before = writer.before()?;
    let files = writer.files();
    // What is built anew has nothing that could vanish; but what was there would be gone with the old index.
    let needs_files = options.prune || options.rebuild;
    let roots = needs_files.then(|| paths.iter().filter(|path| !is_stdin(path)).map(|path| path_key(path)).collect());
    let intake = RefCell::new(Intake::new(before.as_ref(), &files, roots));
    let mut report = Report::default();
    let run = Run { reader: &reader, paths, intake: &intake, options };
    let (written, stopped_by) = run.pass_through(writer, settings, &mut report, tell);
    let Written { mut writer, documents, passages } = written?;
    let (mut vanished, mut intake) = (Vanished::default(), intake.into_inner());
    match stopped_by {
        // The writer is dropped without a commit.
        Some(Stop::Problem(problem)) => return Err(stopped_by_strict(&problem)),
        Some(Stop::Failure(error)) => return Err(error),
        Some(Stop::Asked) => {
            report.outcome = if options.is_whole() { RunOutcome::RolledBack } else { RunOutcome::Interrupted };
        }
        None => vanished = intake.vanished()?,
    }
    for root in vanished.empty {
        if options.rebuild {
            bail!("{root}: no file was found there, so the index would lose what it has of it; the index is as it was");
        }
        let reason = "no file was found there, so --prune removed nothing of it".to_owned();
        let problem = Problem { place: root, reason, kind: ProblemKind::Lost };
        report.lost += 1;
        if options.strict {
            return Err(stopped_by_strict(&problem));
        }
        tell(Progress::Problem(&problem));
    }
    report.unchanged = intake.unchanged;
    report.superseding = intake.superseding;
    report.files = intake.counts;
    if report.outcome == RunOutcome::RolledBack {
        return Ok(report);
    }
    if options.rebuild && documents == 0 && report.lost > 0 {
        bail!("nothing could be read, so there is nothing to build anew from; the index is as it was");
    }
    report.documents = documents;
    report.passages = passages;
    report.removed = vanished.ids.len() as u64;
    writer.note(intake.take_notes());
    writer.remove(&vanished.ids)?;
    // It would keep the files of merged segments open.
    drop(intake);
    drop(before);
    let merging = if report.outcome == RunOutcome::Done { Merging::WhereWorthIt } else { Merging::Nothing };
    writer.finish(&named, merging)?;
    Ok(report)
}

fn stopped_by_strict(problem: &Problem) -> anyhow::Error {
    anyhow!("{}: {}; stopped because of --strict, the index is as it was", problem.place, problem.reason)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Why reading ended before everything was read.
enum Stop {
    /// With `strict`, a problem that lost a document.
    Problem(Problem),
    /// The index cannot be read.
    Failure(anyhow::Error),
    /// It was asked to.
    Asked,
}

/// What is read, and how.
struct Run<'a, 'b> {
    reader: &'a DocumentReader,
    paths: &'a [PathBuf],
    intake: &'a RefCell<Intake<'b>>,
    options: &'a IndexOptions,
}

impl Run<'_, '_> {
    /// Has everything read, analysed and written, each by its own threads; nothing is committed at the end.
    fn pass_through(
        &self,
        writer: Writer,
        settings: &Settings<'_>,
        report: &mut Report,
        tell: &mut dyn FnMut(Progress<'_>),
    ) -> (Result<Written>, Option<Stop>) {
        let options = self.options;
        let fields = writer.fields().clone();
        let budget = &Budget::new(options.threads * BUDGET_BYTES);
        // Made when the first document comes: to find that nothing has changed takes no dictionary.
        let analysis = &Analysis { settings, fields, tools: OnceLock::new() };
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
            let mut outgoing = Outgoing { budget, to_analysis, gathered: Gathered::default(), sequence: 0 };
            let mut stopped_by = self.read(&mut outgoing, report, tell);
            // The file that was being read when it was asked to stop.
            if let Err(error) = self.intake.borrow_mut().end(None) {
                stopped_by = stopped_by.or(Some(Stop::Failure(error)));
            }
            let is_lost = matches!(stopped_by, Some(Stop::Problem(_) | Stop::Failure(_)));
            if !is_lost {
                // Fails only when a thread has ended, which `written` will explain.
                let _ = outgoing.send(self.intake.borrow_mut().take_notes());
            }
            drop(outgoing);
            let written = writing.join().unwrap_or_else(|_| bail!("the writing thread stopped unexpectedly"));
            (written, stopped_by)
        })
    }

    /// Reads, and sends on what has to be written.
    fn read(
        &self,
        outgoing: &mut Outgoing<'_>,
        report: &mut Report,
        tell: &mut dyn FnMut(Progress<'_>),
    ) -> Option<Stop> {
        let mut stopped_by = None;
        let known = |path: &str| self.intake.borrow().known(path);
        // That a thread has ended breaks off without a reason; `written` will explain.
        let _ = self.reader.read(self.paths, &known, &mut |read| {
            if self.options.is_stopped() {
                stopped_by = Some(Stop::Asked);
                return ControlFlow::Break(());
            }
            let mut intake = self.intake.borrow_mut();
            let mut result = Ok(());
            match read {
                Read::Begin(path) => intake.begin(&path),
                Read::End(state) => result = intake.end(state),
                Read::Unread(path) => intake.unread(&path),
                Read::Unchanged(path) => result = intake.unchanged_file(&path),
                Read::Document(document) => match intake.document(document) {
                    Ok(incoming) => incoming.into_iter().for_each(|incoming| outgoing.gathered.add(incoming)),
                    Err(error) => result = Err(error),
                },
                Read::Progress(bytes) => {
                    report.bytes += bytes;
                    tell(Progress::Bytes(bytes));
                }
                Read::Problem(problem) => {
                    match problem.kind {
                        ProblemKind::Lost => report.lost += 1,
                        ProblemKind::Noted => report.noted += 1,
                        ProblemKind::Skipped => report.skipped += 1,
                    }
                    intake.problem(&problem);
                    if self.options.strict && problem.kind == ProblemKind::Lost {
                        stopped_by = Some(Stop::Problem(problem));
                        return ControlFlow::Break(());
                    }
                    tell(Progress::Problem(&problem));
                }
                Read::Decoded { encoding, undecodable } => {
                    *report.encodings.entry(encoding).or_default() += 1;
                    report.undecodable += undecodable;
                }
            }
            if let Err(error) = result {
                stopped_by = Some(Stop::Failure(error));
                return ControlFlow::Break(());
            }
            if outgoing.gathered.bytes >= BATCH_BYTES {
                outgoing.send(intake.take_notes())
            } else {
                ControlFlow::Continue(())
            }
        });
        stopped_by
    }
}

/// Documents that are read and not yet sent.
#[derive(Default)]
struct Gathered {
    documents: Vec<Incoming>,
    bytes: usize,
}

impl Gathered {
    fn add(&mut self, incoming: Incoming) {
        self.bytes += incoming.document.body.len() + incoming.document.title.len() + DOCUMENT_BYTES;
        self.documents.push(incoming);
    }
}

/// The way to the analysing threads.
struct Outgoing<'a> {
    budget: &'a Arc<Budget>,
    to_analysis: Sender<Batch>,
    gathered: Gathered,
    sequence: u64,
}

impl Outgoing<'_> {
    /// Sends what was gathered, with what to remember of the files that it completes.
    fn send(&mut self, notes: Vec<FileNote>) -> ControlFlow<()> {
        let Gathered { documents, bytes } = std::mem::take(&mut self.gathered);
        let Some(share) = self.budget.take(bytes) else {
            return ControlFlow::Break(());
        };
        let sequence = self.sequence;
        self.sequence += 1;
        match self.to_analysis.send(Batch { sequence, documents, notes, share }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

struct Batch {
    sequence: u64,
    documents: Vec<Incoming>,
    notes: Vec<FileNote>,
    share: Share,
}

/// The passages of a batch, ready to be written.
struct Analysed {
    sequence: u64,
    bytes: usize,
    documents: Result<Vec<Change>>,
    notes: Vec<FileNote>,
}

/// What the analysing threads share.
struct Analysis<'a> {
    settings: &'a Settings<'a>,
    fields: Fields,
    tools: OnceLock<Result<(Analyzer, CountryNames)>>,
}

impl Analysis<'_> {
    fn tools(&self) -> Result<&(Analyzer, CountryNames)> {
        let tools = self.tools.get_or_init(|| {
            let analyzer = Analyzer::for_indexing(self.settings.analysis);
            let names = CountryNames::new(self.settings.glossary, &analyzer)?;
            Ok((analyzer, names))
        });
        // The error stays with the others.
        tools.as_ref().map_err(|error| anyhow!("{error:#}"))
    }

    fn change(&self, incoming: Incoming, share: &Arc<Share>) -> Result<Change> {
        let (analyzer, names) = self.tools()?;
        let mut passages = index_documents_of(&incoming, analyzer, self.settings, &self.fields, names)
            .with_context(|| format!("analysing `{}` from {}", incoming.document.id, incoming.document.path))?;
        passages.iter_mut().for_each(|passage| passage.hold(share));
        Ok(Change { id: incoming.document.id, replaces: incoming.replaces, passages })
    }
}

struct Written {
    writer: Writer,
    documents: u64,
    passages: u64,
}

fn analyse(batches: Arc<Mutex<Receiver<Batch>>>, to_writing: Sender<Analysed>, analysis: &Analysis<'_>) {
    loop {
        let next = match batches.lock() {
            Ok(batches) => batches.recv(),
            Err(_) => return,
        };
        let Ok(Batch { sequence, documents, notes, share }) = next else {
            return;
        };
        let share = Arc::new(share);
        let bytes = documents.iter().map(|incoming| incoming.document.body.len()).sum();
        let documents = documents.into_iter().map(|incoming| analysis.change(incoming, &share)).collect();
        if to_writing.send(Analysed { sequence, bytes, documents, notes }).is_err() {
            return;
        }
    }
}

fn write_in_order(
    mut writer: Writer,
    analysed: Receiver<Analysed>,
    budget: &Budget,
    commit_bytes: usize,
) -> Result<Written> {
    let mut waiting: BTreeMap<u64, Analysed> = BTreeMap::new();
    let mut next = 0;
    let mut uncommitted = 0;
    let (mut documents, mut passages) = (0, 0);
    // After a failure the queue is still emptied, so that no thread waits on it for ever.
    let mut result = Ok(());
    for one in analysed {
        if result.is_err() {
            continue;
        }
        waiting.insert(one.sequence, one);
        while let Some(one) = waiting.remove(&next) {
            next += 1;
            uncommitted += one.bytes;
            result = one.documents.and_then(|batch| {
                documents += batch.len() as u64;
                passages += batch.iter().map(|change| change.passages.len() as u64).sum::<u64>();
                writer.replace(batch)?;
                writer.note(one.notes);
                if uncommitted >= commit_bytes {
                    uncommitted = 0;
                    writer.commit()?;
                }
                Ok(())
            });
            if result.is_err() {
                budget.close();
                break;
            }
        }
    }
    result.map(|()| Written { writer, documents, passages })
}
