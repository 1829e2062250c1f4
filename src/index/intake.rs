//! What becomes of each document and file while a run reads, in the order of reading.
//!
//! In: what the readers deliver. Out: the documents that have to be written, and what to remember of files. The result is
//! always that of reading and writing everything: of one id twice, the later wins. So a file is forgotten as soon as another
//! has taken one of its documents over, and is read again the next time that it is named.
//!
//! Kept in memory: about 30 bytes a document that was met, and 100 a file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::document::Document;
use crate::index::before::IndexBefore;
use crate::index::content::content_of;
use crate::index::files::{FileKey, FileNote, KnownFiles};
use crate::index::manifest::absolute;
use crate::index::report::FileCounts;
use crate::ingest::{FileState, Problem, ProblemKind};

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
    /// Documents that are as they were.
    pub(super) unchanged: u64,
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
            unchanged: 0,
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
        self.close(None);
        self.find_under_roots(path);
        self.current = Some(Current { path: Arc::from(path), key: FileKey::of(path), is_whole: true });
    }

    /// The file that began last was read to its end.
    pub(super) fn end(&mut self, state: FileState) {
        self.close(Some(state));
    }

    /// A file is as it was.
    pub(super) fn unchanged_file(&mut self, path: &str) -> Result<()> {
        self.close(None);
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

    /// A problem was met. With one that lost something, its file is read again the next time, so that it is told again.
    pub(super) fn problem(&mut self, problem: &Problem) {
        if problem.kind == ProblemKind::Noted {
            return;
        }
        let place = absolute(Path::new(&problem.place));
        let is_of = |path: &str| place.starts_with(path) || (path == "-" && problem.place.starts_with(path));
        let of_current = self.current.as_mut().filter(|current| is_of(&current.path));
        match of_current {
            Some(current) => current.is_whole &= problem.kind != ProblemKind::Lost,
            None => {
                self.counts.failed += u64::from(problem.kind == ProblemKind::Lost);
                // The reader names no file there that began, so this one may be meant.
                if let Some(current) = &mut self.current {
                    current.is_whole &= problem.kind != ProblemKind::Lost;
                }
                if let Some(pruning) = &mut self.pruning {
                    pruning.unread.push(place);
                }
            }
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
            Some(from) => Some(from),
            None => match self.before.map(|before| before.find(&document.id)).transpose()?.flatten() {
                Some(found) if found.content == Some(content) => {
                    self.unchanged += 1;
                    return Ok(None);
                }
                Some(found) => found.file.as_deref().map(FileKey::of),
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

    /// Nothing more comes of the file that began last.
    pub(super) fn close(&mut self, end: Option<FileState>) {
        let Some(Current { path, key, is_whole }) = self.current.take() else {
            return;
        };
        let is_stdin = &*path == "-";
        let end = end.filter(|_| is_whole);
        self.counts.read += u64::from(end.is_some() || (is_stdin && is_whole));
        self.counts.failed += u64::from(end.is_none() && !(is_stdin && is_whole));
        if end.is_none()
            && let Some(pruning) = &mut self.pruning
        {
            pruning.kept.insert(key);
        }
        if !is_stdin && (end.is_some() || self.known(&path).is_some()) {
            self.note(key, end);
        }
    }

    /// The ids of the documents that have vanished, and the named paths without any file, of which none is removed.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn vanished(&self) -> Result<(Vec<String>, Vec<String>)> {
        let Some(Pruning { roots, kept, unread }) = &self.pruning else {
            return Ok(Default::default());
        };
        let empty: Vec<String> = roots.iter().filter(|(_, found)| !found).map(|(root, _)| root.clone()).collect();
        let mut ids = Vec::new();
        if let Some(before) = self.before {
            for (root, _) in roots.iter().filter(|(_, found)| *found) {
                let may_go = |file: &str| {
                    !kept.contains(&FileKey::of(file))
                        && !empty.iter().any(|empty| is_at_or_below(file, empty))
                        // A place may go on behind the file, with a line or a member.
                        && !unread.iter().any(|place| is_at_or_below(file, place) || place.starts_with(file))
                };
                before.each_document_below(root, &may_go, &mut |id| {
                    if !self.met.contains_key(&self.hasher.hash_one(id)) {
                        ids.push(id.to_owned());
                    }
                })?;
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok((ids, empty))
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
