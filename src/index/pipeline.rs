//! Indexing: one thread reads, several cut and analyse, one writes in the order of reading.
//!
//! In: paths. Out: a [`Report`]. The order of writing is that of reading whatever the number of threads, so of two
//! documents with one id the later always wins. Queues are short, so memory stays bounded by what the largest
//! documents take.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context, Result, bail};
use tantivy::TantivyDocument;

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::document::Document;
use crate::index::manifest::absolute;
use crate::index::passages::index_documents_of;
use crate::index::schema::Fields;
use crate::index::writer::Writer;
use crate::ingest::{Problem, Read, read_documents};

/// Documents that may wait before each of analysis and writing.
const QUEUE: usize = 64;
/// Bytes of passages after which what was written so far is committed, in a run that adds to an index.
const COMMIT_BYTES: usize = 256 << 20;

/// How to index.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Start a new index that takes the old one's place when it is complete.
    pub rebuild: bool,
    /// Threads for analysis, and as many for writing. At least one.
    pub threads: usize,
    /// Stop at the first problem that loses a document, and leave the index as it was.
    pub strict: bool,
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
    let writer = Writer::open(dir, config, options.rebuild, options.threads)?;
    let fields = writer.fields().clone();
    let failed = &AtomicBool::new(false);
    let mut report = Report::default();
    let mut stopped_by = None;

    let (to_analysis, documents) = sync_channel::<(u64, Document)>(QUEUE);
    let (to_writing, analysed) = sync_channel::<Analysed>(QUEUE);
    let documents = Mutex::new(documents);
    let written = std::thread::scope(|scope| {
        for _ in 0..options.threads {
            let to_writing = to_writing.clone();
            scope.spawn(|| analyse(&documents, to_writing, &analyzer, config, &fields));
        }
        drop(to_writing);
        // What must not be seen half done is not committed half done.
        let commit_bytes = if options.strict || options.rebuild { usize::MAX } else { COMMIT_BYTES };
        let writing = scope.spawn(move || write_in_order(writer, analysed, failed, commit_bytes));

        let mut sequence = 0;
        let _ = read_documents(paths, &mut |read| {
            match read {
                Read::Document(document) => {
                    // Fails only when every analysing thread is gone, which `written` will explain.
                    if failed.load(Ordering::Relaxed) || to_analysis.send((sequence, document)).is_err() {
                        return ControlFlow::Break(());
                    }
                    sequence += 1;
                }
                Read::Progress(bytes) => {
                    report.bytes += bytes;
                    tell(Progress::Bytes(bytes));
                }
                Read::Problem(problem) => {
                    report.lost += u64::from(problem.lost);
                    report.noted += u64::from(!problem.lost);
                    if options.strict && problem.lost {
                        stopped_by = Some(problem);
                        return ControlFlow::Break(());
                    }
                    tell(Progress::Problem(&problem));
                }
            }
            ControlFlow::Continue(())
        });
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

/// One document's passages, ready to be written.
struct Analysed {
    sequence: u64,
    id: String,
    bytes: usize,
    passages: Result<Vec<TantivyDocument>>,
}

struct Written {
    writer: Writer,
    documents: u64,
    passages: u64,
}

fn analyse(
    documents: &Mutex<Receiver<(u64, Document)>>,
    to_writing: SyncSender<Analysed>,
    analyzer: &Analyzer,
    config: &Config,
    fields: &Fields,
) {
    loop {
        let next = match documents.lock() {
            Ok(documents) => documents.recv(),
            Err(_) => return,
        };
        let Ok((sequence, document)) = next else {
            return;
        };
        let passages = index_documents_of(&document, analyzer, config, fields)
            .with_context(|| format!("analysing `{}` from {}", document.id, document.path));
        let analysed = Analysed { sequence, bytes: document.body.len(), id: document.id, passages };
        if to_writing.send(analysed).is_err() {
            return;
        }
    }
}

fn write_in_order(
    mut writer: Writer,
    analysed: Receiver<Analysed>,
    failed: &AtomicBool,
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
            result = one.passages.and_then(|of_document| {
                documents += 1;
                passages += of_document.len() as u64;
                writer.replace(&one.id, of_document)?;
                if uncommitted >= commit_bytes {
                    uncommitted = 0;
                    writer.commit()?;
                }
                Ok(())
            });
            if result.is_err() {
                failed.store(true, Ordering::Relaxed);
                break;
            }
        }
    }
    result.map(|()| Written { writer, documents, passages })
}
