//! Indexing: one thread reads, several cut and analyse, one writes in the order of reading.
//!
//! In: paths. Out: a [`Report`]. The order of writing is that of reading whatever the number of threads, so of two
//! documents with one id the later always wins. Documents travel in batches, so that threads are not woken for each, and no
//! more of them are under way than the budget has bytes, so memory stays bounded by what the largest documents take.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, bail};

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::document::Document;
use crate::glossary::CountryNames;
use crate::index::budget::{Budget, Share};
use crate::index::entry::Entry;
use crate::index::manifest::absolute;
use crate::index::passages::index_documents_of;
use crate::index::schema::Fields;
use crate::index::writer::Writer;
use crate::ingest::{DocumentReader, Problem, ProblemKind, Read, ReadOptions};

/// Bytes of documents that make a batch.
const BATCH_BYTES: usize = 64 << 10;
/// Bytes of documents that may be under way for each thread. What is made of them takes about five times as many.
const BUDGET_BYTES: usize = 8 << 20;
/// Bytes that a document takes beside its texts.
const DOCUMENT_BYTES: usize = 512;
/// Bytes of passages after which what was written so far is committed, in a run that adds to an index.
const COMMIT_BYTES: usize = 256 << 20;

/// How to index.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Start a new index that takes the old one's place when it is complete.
    pub rebuild: bool,
    /// Threads for analysis, and half as many for writing. At least one.
    pub threads: usize,
    /// Stop at the first problem that loses a document, and leave the index as it was.
    pub strict: bool,
    /// What is not left to the files: formats, encodings.
    pub read: ReadOptions,
}

impl Default for IndexOptions {
    /// Adds to an index, by one thread, whatever is lost.
    fn default() -> IndexOptions {
        IndexOptions { rebuild: false, threads: 1, strict: false, read: ReadOptions::default() }
    }
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents written, counting one that was replaced within the run twice.
    pub documents: u64,
    /// Passages written.
    pub passages: u64,
    /// Bytes of input that were read.
    pub bytes: u64,
    /// Problems that lost a document.
    pub lost: u64,
    /// Problems that did not.
    pub noted: u64,
    /// What was passed over by rule.
    pub skipped: u64,
}

/// What is told while indexing.
#[derive(Debug)]
pub enum Progress<'a> {
    /// So many bytes of input were read since the last such message.
    Bytes(u64),
    /// A problem to show.
    Problem(&'a Problem),
}

/// Reads, analyses and writes everything in `paths` into the index in `dir`, which is created where there is none.
///
/// # Errors
///
/// When the index cannot be opened or written to, and with `strict` at the first problem that loses a document.
/// Problems with single documents are otherwise only counted and told to `tell`.
pub fn index_paths(
    dir: &Path,
    paths: &[PathBuf],
    config: &Config,
    options: &IndexOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Report> {
    let analyzer = Analyzer::for_indexing(config);
    let names = CountryNames::new(&config.glossary, &analyzer)?;
    let reader = DocumentReader::new(config, options.read.clone())?;
    let writer = Writer::open(dir, config, options.rebuild, options.threads)?;
    let fields = writer.fields().clone();
    let budget = &Budget::new(options.threads * BUDGET_BYTES);
    let mut report = Report::default();
    let mut stopped_by = None;

    // Neither is ever long: the budget is what bounds them.
    let (to_analysis, batches) = channel::<Batch>();
    let (to_writing, analysed) = channel::<Analysed>();
    // Gone when the last analysing thread is.
    let batches = Arc::new(Mutex::new(batches));
    let written = std::thread::scope(|scope| {
        for _ in 0..options.threads {
            let (batches, to_writing) = (Arc::clone(&batches), to_writing.clone());
            scope.spawn(|| {
                let _closing = budget.closing();
                analyse(batches, to_writing, &analyzer, config, &fields, &names);
            });
        }
        drop((batches, to_writing));
        // What must not be seen half done is not committed half done.
        let commit_bytes = if options.strict || options.rebuild { usize::MAX } else { COMMIT_BYTES };
        let writing = scope.spawn(move || {
            let _closing = budget.closing();
            write_in_order(writer, analysed, budget, commit_bytes)
        });

        let mut batch = Gathered::default();
        // Fails only when a thread has ended, which `written` will explain.
        let send = |batch: Gathered, sequence| -> ControlFlow<()> {
            let Some(share) = budget.take(batch.bytes) else {
                return ControlFlow::Break(());
            };
            match to_analysis.send(Batch { sequence, documents: batch.documents, share }) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        };
        let mut sequence = 0;
        let read = reader.read(paths, &|_| None, &mut |read| {
            match read {
                Read::Document(document) => {
                    batch.add(document);
                    if batch.bytes >= BATCH_BYTES {
                        send(std::mem::take(&mut batch), sequence)?;
                        sequence += 1;
                    }
                }
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
                    if options.strict && problem.kind == ProblemKind::Lost {
                        stopped_by = Some(problem);
                        return ControlFlow::Break(());
                    }
                    tell(Progress::Problem(&problem));
                }
                Read::Begin(_) | Read::End(_) | Read::Unchanged(_) | Read::Decoded { .. } => {}
            }
            ControlFlow::Continue(())
        });
        if read.is_continue() && !batch.documents.is_empty() {
            let _ = send(batch, sequence);
        }
        drop(to_analysis);
        writing.join().unwrap_or_else(|_| bail!("the writing thread stopped unexpectedly"))
    });
    let Written { writer, documents, passages } = written?;
    if let Some(problem) = stopped_by {
        // The writer is dropped without a commit.
        bail!("{}: {}; stopped because of --strict, the index is as it was", problem.place, problem.reason);
    }
    if options.rebuild && documents == 0 && report.lost > 0 {
        bail!("nothing could be read, so there is nothing to build anew from; the index is as it was");
    }
    report.documents = documents;
    report.passages = passages;
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    let remembered: Vec<String> =
        paths.iter().map(|path| if is_stdin(path) { "-".to_owned() } else { absolute(path) }).collect();
    writer.finish(&remembered)?;
    Ok(report)
}

/// Documents that are read and not yet sent.
#[derive(Default)]
struct Gathered {
    documents: Vec<Document>,
    bytes: usize,
}

impl Gathered {
    fn add(&mut self, document: Document) {
        self.bytes += document.body.len() + document.title.len() + DOCUMENT_BYTES;
        self.documents.push(document);
    }
}

struct Batch {
    sequence: u64,
    documents: Vec<Document>,
    share: Share,
}

/// The passages of a batch, ready to be written.
struct Analysed {
    sequence: u64,
    bytes: usize,
    documents: Result<Vec<(String, Vec<Entry>)>>,
}

struct Written {
    writer: Writer,
    documents: u64,
    passages: u64,
}

fn analyse(
    batches: Arc<Mutex<Receiver<Batch>>>,
    to_writing: Sender<Analysed>,
    analyzer: &Analyzer,
    config: &Config,
    fields: &Fields,
    names: &CountryNames,
) {
    loop {
        let next = match batches.lock() {
            Ok(batches) => batches.recv(),
            Err(_) => return,
        };
        let Ok(Batch { sequence, documents, share }) = next else {
            return;
        };
        let share = Arc::new(share);
        let bytes = documents.iter().map(|document| document.body.len()).sum();
        let documents = documents.into_iter().map(|document| {
            let mut passages = index_documents_of(&document, analyzer, config, fields, names)
                .with_context(|| format!("analysing `{}` from {}", document.id, document.path))?;
            passages.iter_mut().for_each(|passage| passage.hold(&share));
            Ok((document.id, passages))
        });
        if to_writing.send(Analysed { sequence, bytes, documents: documents.collect() }).is_err() {
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
                passages += batch.iter().map(|(_, passages)| passages.len() as u64).sum::<u64>();
                writer.replace(batch)?;
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
