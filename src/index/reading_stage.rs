//! The reading stage: takes what is read, decides what has to be written, and sends it on in batches.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::Result;

use crate::index::analysis_stage::Batch;
use crate::index::budget::Budget;
use crate::index::changes::{Changes, PendingDocument};
use crate::index::report::{IndexOptions, Progress, Report};
use crate::ingest::{FileState, Problem, ProblemKind, ReadEvent, ReadSink};

/// Bytes of documents that make a batch.
const BATCH_BYTES: usize = 64 << 10;
/// Bytes that a document takes beside its texts.
const DOCUMENT_BYTES: usize = 512;

/// Why reading ended before everything was read.
pub(super) enum Stop {
    /// A problem that lost a document, in a strict run.
    Problem(Problem),
    /// An index that cannot be read.
    Failure(anyhow::Error),
    /// A request to stop the run.
    Asked,
}

/// The sink of everything that a run reads.
pub(super) struct ReadingStage<'a, 'b> {
    options: &'a IndexOptions,
    changes: &'a mut Changes<'b>,
    report: &'a mut Report,
    progress: &'a mut dyn FnMut(Progress<'_>),
    budget: &'a Arc<Budget>,
    to_analysis: Sender<Batch>,
    /// Documents that are read and not yet sent, and their bytes.
    gathered: Vec<PendingDocument>,
    gathered_bytes: usize,
    /// Batches sent so far.
    sequence: u64,
    stopped_by: Option<Stop>,
}

impl<'a, 'b> ReadingStage<'a, 'b> {
    pub(super) fn new(
        options: &'a IndexOptions,
        changes: &'a mut Changes<'b>,
        report: &'a mut Report,
        progress: &'a mut dyn FnMut(Progress<'_>),
        budget: &'a Arc<Budget>,
        to_analysis: Sender<Batch>,
    ) -> ReadingStage<'a, 'b> {
        ReadingStage {
            options,
            changes,
            report,
            progress,
            budget,
            to_analysis,
            gathered: Vec::new(),
            gathered_bytes: 0,
            sequence: 0,
            stopped_by: None,
        }
    }

    /// Sends the rest, and closes the way to analysis. Returns why reading ended early, if it did.
    pub(super) fn finish(mut self) -> Option<Stop> {
        // The file that was being read when the run was asked to stop.
        if let Err(error) = self.changes.end_file(None) {
            self.stopped_by.get_or_insert(Stop::Failure(error));
        }
        if !matches!(self.stopped_by, Some(Stop::Problem(_) | Stop::Failure(_))) {
            // Fails only when a thread has ended, which the writing stage explains.
            let _ = self.send();
        }
        self.stopped_by
    }

    /// Sends what was gathered, with the states of the files that it completes.
    fn send(&mut self) -> ControlFlow<()> {
        let documents = std::mem::take(&mut self.gathered);
        let Some(permit) = self.budget.take(std::mem::take(&mut self.gathered_bytes)) else {
            return ControlFlow::Break(());
        };
        let (sequence, notes) = (self.sequence, self.changes.take_notes());
        self.sequence += 1;
        match self.to_analysis.send(Batch { sequence, documents, notes, permit }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Takes an event in; an error if the index cannot be read.
    fn take(&mut self, event: ReadEvent) -> Result<ControlFlow<()>> {
        match event {
            ReadEvent::FileStarted(path) => self.changes.start_file(&path),
            ReadEvent::FileEnded(state) => self.changes.end_file(state)?,
            ReadEvent::NotRead(path) => self.changes.not_read(&path),
            ReadEvent::FileUnchanged(path) => self.changes.unchanged_file(&path)?,
            ReadEvent::Document(document) => {
                if let Some(pending) = self.changes.document(document)? {
                    let document = &pending.document;
                    self.gathered_bytes += document.body.len() + document.title.len() + DOCUMENT_BYTES;
                    self.gathered.push(pending);
                }
            }
            ReadEvent::Progress(bytes) => {
                self.report.bytes += bytes;
                (self.progress)(Progress::Bytes(bytes));
            }
            ReadEvent::Problem(problem) => return Ok(self.problem(problem)),
            ReadEvent::Decoded { encoding, undecodable } => {
                *self.report.encodings.entry(encoding).or_default() += 1;
                self.report.undecodable += undecodable;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn problem(&mut self, problem: Problem) -> ControlFlow<()> {
        match problem.kind {
            ProblemKind::Lost => self.report.lost += 1,
            ProblemKind::Noted => self.report.noted += 1,
            ProblemKind::Skipped => self.report.skipped += 1,
        }
        self.changes.problem(&problem);
        if self.options.strict && problem.kind == ProblemKind::Lost {
            self.stopped_by = Some(Stop::Problem(problem));
            return ControlFlow::Break(());
        }
        (self.progress)(Progress::Problem(&problem));
        ControlFlow::Continue(())
    }
}

impl ReadSink for ReadingStage<'_, '_> {
    fn event(&mut self, event: ReadEvent) -> ControlFlow<()> {
        if self.options.is_stopped() {
            self.stopped_by = Some(Stop::Asked);
            return ControlFlow::Break(());
        }
        match self.take(event) {
            Ok(flow) => flow?,
            Err(error) => {
                self.stopped_by = Some(Stop::Failure(error));
                return ControlFlow::Break(());
            }
        }
        if self.gathered_bytes >= BATCH_BYTES { self.send() } else { ControlFlow::Continue(()) }
    }

    fn known_state(&self, path: &str) -> Option<FileState> {
        self.changes.known_state(path)
    }
}
