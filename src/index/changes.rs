//! What becomes of each document and file while a run reads, in the order of reading.
//!
//! In: what the readers deliver. Out: the documents that have to be written, and what to remember of files. The result is
//! always that of reading and writing everything: of one id twice, the later wins. So a file is forgotten as soon as another
//! has taken one of its documents over, and is read again the next time that it is named.
//!
//! Kept in memory: about 30 bytes a document that was met, and 100 a file.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::MAIN_SEPARATOR;
use std::sync::Arc;

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::index::document_hash::content_of;
use crate::index::file_states::{FileKey, FileNote, KnownFiles};
use crate::index::report::FileCounts;
use crate::index::snapshot::IndexBefore;
use crate::ingest::{FileState, Problem, ProblemKind};
use crate::text::document::Document;

/// A document to be written.
pub(super) struct Incoming {
    pub(super) document: Document,
    /// The file that it is from, an absolute path; `-` for standard input.
    pub(super) file: Arc<str>,
    /// See `content.rs`.
    pub(super) content: u64,
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

/// The reading side of a run.
pub(super) struct Intake<'a> {
    before: Option<&'a IndexBefore>,
    files: &'a KnownFiles,
    /// What has changed in `files`.
    changes: BTreeMap<FileKey, Option<FileState>>,
    /// Of these, what is not yet told to the writer.
    notes: Vec<FileNote>,
    /// Hashes of the ids of this run, each with the file that it was last met in. Two ids with one hash only cost a needless
    /// deletion.
    met: HashMap<u64, FileKey, RandomState>,
    hasher: RandomState,
    current: Option<Current>,
    pruning: Option<Pruning>,
    /// Files of which the index has documents that they have no longer.
    shrunken: BTreeMap<FileKey, FileState>,
    /// Documents that are as they were.
    pub(super) unchanged: u64,
    /// Documents that took the place of one that was met before in this run, in another file.
    pub(super) superseding: u64,
    /// What became of files.
    pub(super) counts: FileCounts,
}

/// What may be removed when everything is read.
struct Pruning {
    /// Named paths, absolute, each with whether a file was found there.
    roots: Vec<(String, bool)>,
    /// Files that are still there and were not read to their end.
    kept: HashSet<FileKey>,
    /// What could not be read, or is there and is none of ours: files and folders.
    unread: Vec<String>,
}

/// What is no longer there.
#[derive(Default)]
pub(super) struct Vanished {
    /// The ids of documents, in order.
    pub(super) ids: Vec<String>,
    /// Named paths without any file, of which nothing has vanished.
    pub(super) empty: Vec<String>,
}

impl<'a> Intake<'a> {
    /// `roots`: the named paths if what vanished there is to be removed.
    pub(super) fn new(
        before: Option<&'a IndexBefore>,
        files: &'a KnownFiles,
        roots: Option<Vec<String>>,
    ) -> Intake<'a> {
        let pruning = roots.map(|roots| Pruning {
            roots: roots.into_iter().map(|root| (root, false)).collect(),
            kept: HashSet::new(),
            unread: Vec::new(),
        });
        Intake {
            before,
            files,
            changes: BTreeMap::new(),
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

    /// What is known of a file, by its absolute path.
    pub(super) fn known(&self, path: &str) -> Option<FileState> {
        let key = FileKey::of(path);
        self.changes.get(&key).copied().unwrap_or_else(|| self.files.get(key))
    }

    /// A file begins.
    pub(super) fn begin(&mut self, path: &str) {
        self.find_under_roots(path);
        self.current = Some(Current { path: Arc::from(path), key: FileKey::of(path), is_whole: true, kept: 0 });
    }

    /// A file is as it was.
    pub(super) fn unchanged_file(&mut self, path: &str) -> Result<()> {
        self.find_under_roots(path);
        self.counts.unchanged += 1;
        if let Some(pruning) = &mut self.pruning {
            pruning.kept.insert(FileKey::of(path));
        }
        if let Some(before) = self.before {
            self.unchanged += before.documents_of(path)?;
        }
        Ok(())
    }

    /// A file or folder cannot be read, or is passed over.
    pub(super) fn unread(&mut self, path: &str) {
        if let Some(pruning) = &mut self.pruning {
            pruning.unread.push(path.to_owned());
        }
    }

    /// A problem was met. With one that lost something, the file is read again the next time, so that it is told again.
    pub(super) fn problem(&mut self, problem: &Problem) {
        let is_lost = problem.kind == ProblemKind::Lost;
        match &mut self.current {
            Some(current) => current.is_whole &= !is_lost,
            None => self.counts.failed += u64::from(is_lost),
        }
    }

    /// The document if it has to be written; `None` if the index has it as it is.
    pub(super) fn document(&mut self, document: Document) -> Result<Option<Incoming>> {
        let current = match &self.current {
            Some(current) => (Arc::clone(&current.path), current.key),
            None => (Arc::from("-"), FileKey::of("-")),
        };
        let (path, key) = current;
        let content = content_of(&document, &path);
        let mut replaces = true;
        let from = match self.met.insert(self.hasher.hash_one(&document.id), key) {
            Some(from) => {
                self.superseding += u64::from(from != key);
                Some(from)
            }
            None => match self.before.map(|before| before.find(&document.id)).transpose()?.flatten() {
                Some(found) => {
                    let is_of_it = found.file.as_deref() == Some(&*path);
                    self.current.iter_mut().for_each(|current| current.kept += u64::from(is_of_it));
                    if found.content == Some(content) {
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
        Ok(Some(Incoming { document, file: path, content, replaces }))
    }

    /// What to remember of files since this was last asked for.
    pub(super) fn take_notes(&mut self) -> Vec<FileNote> {
        std::mem::take(&mut self.notes)
    }

    /// Nothing more comes of the file that began last; it had this if it was read to its end.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn end(&mut self, state: Option<FileState>) -> Result<()> {
        let Some(Current { path, key, is_whole, kept }) = self.current.take() else {
            return Ok(());
        };
        let is_stdin = &*path == "-";
        let end = state.filter(|_| is_whole);
        let is_read = end.is_some() || (is_stdin && is_whole);
        self.counts.read += u64::from(is_read);
        self.counts.failed += u64::from(!is_read);
        if let Some(pruning) = self.pruning.as_mut().filter(|_| end.is_none()) {
            pruning.kept.insert(key);
        }
        let had = self.before.filter(|_| !is_stdin).map_or(Ok(0), |before| before.documents_of(&path))?;
        match end {
            // Until these are removed, the file is read again, so that they are not forgotten.
            Some(state) if had > kept => {
                self.shrunken.insert(key, state);
                self.note(key, None);
            }
            end if !is_stdin && (end.is_some() || self.known(&path).is_some()) => self.note(key, end),
            _ => {}
        }
        Ok(())
    }

    /// What has vanished, to be removed. Files that are gone are forgotten, so that they are read if they come back.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn vanished(&mut self) -> Result<Vanished> {
        let Some(Pruning { roots, kept, unread }) = self.pruning.take() else {
            return Ok(Vanished::default());
        };
        let empty: Vec<String> = roots.iter().filter(|(_, found)| !found).map(|(root, _)| root.clone()).collect();
        let mut ids = Vec::new();
        let gone = RefCell::new(HashSet::new());
        if let Some(before) = self.before {
            for (root, _) in roots.iter().filter(|(_, found)| *found) {
                let may_go = |file: &str| {
                    let key = FileKey::of(file);
                    let may_go =
                        !kept.contains(&key) && !empty.iter().chain(&unread).any(|place| is_at_or_below(file, place));
                    if may_go {
                        gone.borrow_mut().insert(key);
                    }
                    may_go
                };
                before.each_document_below(root, &may_go, &mut |id| {
                    if !self.met.contains_key(&self.hasher.hash_one(id)) {
                        ids.push(id.to_owned());
                    }
                })?;
            }
        }
        let mut gone: Vec<FileKey> = gone.into_inner().into_iter().collect();
        gone.sort_unstable();
        for key in gone {
            match (self.shrunken.remove(&key), self.changes.get(&key)) {
                (Some(state), _) => self.note(key, Some(state)),
                // It was read to its end in this run.
                (None, Some(Some(_))) => {}
                (None, _) => self.note(key, None),
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Vanished { ids, empty })
    }

    fn note(&mut self, key: FileKey, state: Option<FileState>) {
        self.changes.insert(key, state);
        self.notes.push((key, state));
    }

    fn find_under_roots(&mut self, path: &str) {
        for (root, found) in self.pruning.iter_mut().flat_map(|pruning| &mut pruning.roots) {
            *found = *found || is_at_or_below(path, root);
        }
    }
}

/// True of a path that is another or is in that folder.
pub(super) fn is_at_or_below(path: &str, root: &str) -> bool {
    let below = path.strip_prefix(root.trim_end_matches(MAIN_SEPARATOR));
    below.is_some_and(|below| below.is_empty() || below.starts_with(MAIN_SEPARATOR))
}

#[cfg(test)]
mod tests {
    use super::is_at_or_below;

    #[test]
    #[cfg(unix)]
    fn a_folder_has_what_is_below_it_and_nothing_beside() {
        for (path, root) in [("/a/b", "/a/b"), ("/a/b/c", "/a/b"), ("/a/b/c", "/a/b/"), ("/a", "/")] {
            assert!(is_at_or_below(path, root), "{path} {root}");
        }
        for (path, root) in [("/a/bc", "/a/b"), ("/a", "/a/b"), ("-", "/"), ("", "/a")] {
            assert!(!is_at_or_below(path, root), "{path} {root}");
        }
    }
}
