//! Changes: which documents and files of an index a run changes, decided in the order of reading.
//!
//! In: what is read, event by event. Out: the documents that have to be written, and what to remember of files. The result is
//! always that of reading and writing everything: of one id twice, the later wins. So a file is forgotten as soon as another
//! has taken one of its documents over, and is read again the next time that it is named.
//!
//! Kept in memory: about 30 bytes a document that was met, and 100 a file.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::index::document_hash::document_hash;
use crate::index::file_states::{FileKey, FileNote, FileStates};
use crate::index::pruning::{Pruning, Vanished};
use crate::index::report::FileCounts;
use crate::index::snapshot::IndexSnapshot;
use crate::ingest::{FileState, Problem, ProblemKind};
use crate::text::document::Document;

/// A document to be written.
pub(super) struct PendingDocument {
    pub(super) document: Document,
    /// The file that it is from, an absolute path; `-` for standard input.
    pub(super) file: Arc<str>,
    /// The hash of the document (see `document_hash.rs`).
    pub(super) hash: u64,
    /// True if the index may have passages under its id.
    pub(super) replaces: bool,
}

/// The file that is being read.
struct Current {
    path: Arc<str>,
    key: FileKey,
    is_whole: bool,
    /// Documents that the index has of it, and that it still has.
    kept: u64,
}

/// The changes that a run makes to an index.
pub(super) struct Changes<'a> {
    snapshot: Option<&'a IndexSnapshot>,
    files: &'a FileStates,
    /// The states that have changed in `files`.
    changed: BTreeMap<FileKey, Option<FileState>>,
    /// Changed states that the writer has not been given yet.
    notes: Vec<FileNote>,
    /// Hashes of the ids of this run, each with the file that it was last met in. Two ids with one hash only cost a needless
    /// deletion.
    met: HashMap<u64, FileKey, RandomState>,
    hasher: RandomState,
    current: Option<Current>,
    pruning: Option<Pruning>,
    /// Files of which the index has documents that they have no longer.
    shrunken: BTreeMap<FileKey, FileState>,
    /// Documents that have not changed.
    pub(super) unchanged: u64,
    /// Documents that took the place of one that was met before in this run, in another file.
    pub(super) superseding: u64,
    /// Files that were read, unchanged, or failed.
    pub(super) counts: FileCounts,
}

impl<'a> Changes<'a> {
    /// `roots`: the named paths if what vanished there is to be removed.
    pub(super) fn new(
        snapshot: Option<&'a IndexSnapshot>,
        files: &'a FileStates,
        roots: Option<Vec<String>>,
    ) -> Changes<'a> {
        let pruning = roots.map(Pruning::new);
        Changes {
            snapshot,
            files,
            changed: BTreeMap::new(),
            notes: Vec::new(),
            met: HashMap::default(),
            hasher: RandomState::default(),
            current: None,
            pruning,
            shrunken: BTreeMap::new(),
            unchanged: 0,
            superseding: 0,
            counts: FileCounts::default(),
        }
    }

    /// The known state of a file, by its absolute path.
    pub(super) fn known_state(&self, path: &str) -> Option<FileState> {
        let key = FileKey::of(path);
        self.changed.get(&key).copied().unwrap_or_else(|| self.files.get(key))
    }

    /// Takes note that a file begins.
    pub(super) fn start_file(&mut self, path: &str) {
        self.pruning.iter_mut().for_each(|pruning| pruning.found(path));
        self.current = Some(Current { path: Arc::from(path), key: FileKey::of(path), is_whole: true, kept: 0 });
    }

    /// Takes note that a file has not changed.
    pub(super) fn unchanged_file(&mut self, path: &str) -> Result<()> {
        self.pruning.iter_mut().for_each(|pruning| pruning.found(path));
        self.counts.unchanged += 1;
        if let Some(pruning) = &mut self.pruning {
            pruning.keep(FileKey::of(path));
        }
        if let Some(snapshot) = self.snapshot {
            self.unchanged += snapshot.documents_of(path)?;
        }
        Ok(())
    }

    /// Takes note of a file or folder that cannot be read, or is skipped.
    pub(super) fn not_read(&mut self, path: &str) {
        if let Some(pruning) = &mut self.pruning {
            pruning.not_read(path);
        }
    }

    /// Takes note of a problem. After one that lost something, the file is read again the next time, so that it is reported
    /// again.
    pub(super) fn problem(&mut self, problem: &Problem) {
        let is_lost = problem.kind == ProblemKind::Lost;
        match &mut self.current {
            Some(current) => current.is_whole &= !is_lost,
            None => self.counts.failed += u64::from(is_lost),
        }
    }

    /// The document if it has to be written; `None` if the index has it as it is.
    pub(super) fn document(&mut self, document: Document) -> Result<Option<PendingDocument>> {
        let current = match &self.current {
            Some(current) => (Arc::clone(&current.path), current.key),
            None => (Arc::from("-"), FileKey::of("-")),
        };
        let (path, key) = current;
        let hash = document_hash(&document, &path);
        let mut replaces = true;
        let from = match self.met.insert(self.hasher.hash_one(&document.id), key) {
            Some(from) => {
                self.superseding += u64::from(from != key);
                Some(from)
            }
            None => match self.snapshot.map(|snapshot| snapshot.find(&document.id)).transpose()?.flatten() {
                Some(found) => {
                    let is_of_it = found.file.as_deref() == Some(&*path);
                    self.current.iter_mut().for_each(|current| current.kept += u64::from(is_of_it));
                    if found.hash == Some(hash) {
                        self.unchanged += 1;
                        return Ok(None);
                    }
                    found.file.as_deref().map(FileKey::of)
                }
                None => {
                    replaces = false;
                    None
                }
            },
        };
        if let Some(from) = from.filter(|from| *from != key) {
            self.note(from, None);
        }
        Ok(Some(PendingDocument { document, file: path, hash, replaces }))
    }

    /// The states of files to keep, since this was last asked for.
    pub(super) fn take_notes(&mut self) -> Vec<FileNote> {
        std::mem::take(&mut self.notes)
    }

    /// Takes note that the file that was started last has ended, with its state if it was read to its end.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn end_file(&mut self, state: Option<FileState>) -> Result<()> {
        let Some(Current { path, key, is_whole, kept }) = self.current.take() else {
            return Ok(());
        };
        let is_stdin = &*path == "-";
        let end = state.filter(|_| is_whole);
        let is_read = end.is_some() || (is_stdin && is_whole);
        self.counts.read += u64::from(is_read);
        self.counts.failed += u64::from(!is_read);
        if let Some(pruning) = self.pruning.as_mut().filter(|_| end.is_none()) {
            pruning.keep(key);
        }
        let had = self.snapshot.filter(|_| !is_stdin).map_or(Ok(0), |snapshot| snapshot.documents_of(&path))?;
        match end {
            // Until these are removed, the file is read again, so that they are not forgotten.
            Some(state) if had > kept => {
                self.shrunken.insert(key, state);
                self.note(key, None);
            }
            end if !is_stdin && (end.is_some() || self.known_state(&path).is_some()) => self.note(key, end),
            _ => {}
        }
        Ok(())
    }

    /// The documents that have vanished, to be removed. Files that are gone are forgotten, so that they are read if they come back.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn vanished(&mut self) -> Result<Vanished> {
        let Some(pruning) = self.pruning.take() else {
            return Ok(Vanished::default());
        };
        let was_met = |id: &str| self.met.contains_key(&self.hasher.hash_one(id));
        let vanished = pruning.vanished(self.snapshot, &was_met)?;
        for &key in &vanished.files {
            match (self.shrunken.remove(&key), self.changed.get(&key)) {
                (Some(state), _) => self.note(key, Some(state)),
                // It was read to its end in this run.
                (None, Some(Some(_))) => {}
                (None, _) => self.note(key, None),
            }
        }
        Ok(vanished)
    }

    fn note(&mut self, key: FileKey, state: Option<FileState>) {
        self.changed.insert(key, state);
        self.notes.push((key, state));
    }
}
