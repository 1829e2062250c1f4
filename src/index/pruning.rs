//! Pruning: which documents have vanished below the named paths, once everything there was read.

use std::collections::HashSet;
use std::path::MAIN_SEPARATOR;

use anyhow::Result;

use crate::index::file_states::FileKey;
use crate::index::snapshot::IndexSnapshot;

/// The search for what has vanished, while a run reads.
pub(super) struct Pruning {
    /// Named paths, absolute, each with whether a file was found there.
    roots: Vec<(String, bool)>,
    /// Files that are still there and were not read to their end.
    kept: HashSet<FileKey>,
    /// Paths, absolute, of files and folders that could not be read, or are not of a kind that is indexed.
    not_read: Vec<String>,
}

/// Documents and files that are no longer there.
#[derive(Default)]
pub(super) struct Vanished {
    /// The ids of documents, in order.
    pub(super) ids: Vec<String>,
    /// Files that have none of their documents any more, in order.
    pub(super) files: Vec<FileKey>,
    /// Named paths without any file, of which nothing has vanished.
    pub(super) empty: Vec<String>,
}

impl Pruning {
    pub(super) fn new(roots: Vec<String>) -> Pruning {
        let roots = roots.into_iter().map(|root| (root, false)).collect();
        Pruning { roots, kept: HashSet::new(), not_read: Vec::new() }
    }

    /// Takes note of a file that was found, by its absolute path.
    pub(super) fn found(&mut self, path: &str) {
        for (root, found) in &mut self.roots {
            *found = *found || is_at_or_below(path, root);
        }
    }

    /// Takes note of a file that is still there, though it was not read to its end.
    pub(super) fn keep(&mut self, file: FileKey) {
        self.kept.insert(file);
    }

    /// Takes note of a file or folder that was not read.
    pub(super) fn not_read(&mut self, path: &str) {
        self.not_read.push(path.to_owned());
    }

    /// The documents and files that have vanished from an index, of all but the documents that were met in the run.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn vanished(self, index: Option<&IndexSnapshot>, was_met: &dyn Fn(&str) -> bool) -> Result<Vanished> {
        let Pruning { roots, kept, not_read } = self;
        let empty: Vec<String> = roots.iter().filter(|(_, found)| !found).map(|(root, _)| root.clone()).collect();
        let (mut ids, mut gone) = (Vec::new(), HashSet::new());
        if let Some(index) = index {
            for (root, _) in roots.iter().filter(|(_, found)| *found) {
                let mut may_go = |file: &str| {
                    let key = FileKey::of(file);
                    let is_kept =
                        kept.contains(&key) || empty.iter().chain(&not_read).any(|place| is_at_or_below(file, place));
                    if !is_kept {
                        gone.insert(key);
                    }
                    !is_kept
                };
                index.each_document_below(root, &mut may_go, &mut |id| {
                    if !was_met(id) {
                        ids.push(id.to_owned());
                    }
                })?;
            }
        }
        let mut files: Vec<FileKey> = gone.into_iter().collect();
        files.sort_unstable();
        ids.sort_unstable();
        ids.dedup();
        Ok(Vanished { ids, files, empty })
    }
}

/// True if a path is `root` or in that folder.
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
