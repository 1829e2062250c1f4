//! Options and report of an indexing run.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::ingest::{Problem, ReadOptions};

/// Options of an indexing run. By default: add and replace, with one thread, and go on after what cannot be read.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Start a new index that takes the old one's place when it is complete. Nothing is known then, so everything is read.
    pub rebuild: bool,
    /// Threads for analysis, and half as many for writing. At least one.
    pub threads: usize,
    /// Stop at the first problem that loses a document, and leave the index as it was.
    pub strict: bool,
    /// Remove what has vanished: documents of files at or below the named paths that neither an unchanged file has nor this
    /// run has met. What could not be read is no reason to remove anything.
    pub prune: bool,
    /// Set by another thread to end the run early: what was read so far is committed, or with `rebuild` or `strict` nothing.
    pub stop: Option<Arc<AtomicBool>>,
    /// Options of reading.
    pub read: ReadOptions,
}

impl Default for IndexOptions {
    fn default() -> IndexOptions {
        IndexOptions {
            rebuild: false,
            threads: 1,
            strict: false,
            prune: false,
            stop: None,
            read: ReadOptions::default(),
        }
    }
}

impl IndexOptions {
    /// True once the run is to end early.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// True where nothing may be seen before everything is in.
    pub(super) fn is_whole(&self) -> bool {
        self.rebuild || self.strict
    }
}

/// The outcome of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunOutcome {
    /// Everything was read.
    #[default]
    Done,
    /// The run was stopped, and what it had read is in the index.
    Interrupted,
    /// The run was stopped, and the index is as it was.
    RolledBack,
}

impl RunOutcome {
    /// The name of the outcome in a report.
    pub fn name(self) -> &'static str {
        match self {
            RunOutcome::Done => "done",
            RunOutcome::Interrupted => "interrupted",
            RunOutcome::RolledBack => "rolled back",
        }
    }
}

/// The report of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents written, counting one that was replaced within the run twice.
    pub documents: u64,
    /// Documents that are in the index as they were: of files that have not changed, or met again without a change.
    pub unchanged: u64,
    /// Documents removed because they have vanished.
    pub removed: u64,
    /// Documents that took the place of one with the same id in another file that was read before, in this run.
    pub superseding: u64,
    /// Passages written.
    pub passages: u64,
    /// Bytes of input that were read, or known.
    pub bytes: u64,
    /// Files that were read, unchanged, or failed.
    pub files: FileCounts,
    /// Texts by the encoding that they were read in: files, entries of archives, and pages.
    pub encodings: BTreeMap<&'static str, u64>,
    /// Sequences of bytes that no character could be made of.
    pub undecodable: u64,
    /// Problems that lost a document.
    pub lost: u64,
    /// Problems that lost nothing.
    pub noted: u64,
    /// Inputs that were skipped by rule.
    pub skipped: u64,
    /// The outcome of the run.
    pub outcome: RunOutcome,
}

/// Files of a run: read, unchanged, failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Read to their end; standard input counts as one.
    pub read: u64,
    /// Not read, because they are as they were.
    pub unchanged: u64,
    /// Could not be read, or not to their end, or something in them could not.
    pub failed: u64,
}

/// Progress of a run, as it happens.
#[derive(Debug)]
pub enum Progress<'a> {
    /// The number of bytes of input that were dealt with since the last such message.
    Bytes(u64),
    /// A problem to show.
    Problem(&'a Problem),
}
