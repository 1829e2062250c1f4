//! The writer of an index: one at a time, documents replaced by id, all or nothing at each commit.

mod opening;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::indexer::UserOperation;
use tantivy::{Index, Term};

use crate::error::{Error, Remedy};
use crate::index::checksums::Checksums;
use crate::index::commit_id::Commit;
use crate::index::file_states::{FileKey, FileNote, FileStates};
use crate::index::indexed_passage::IndexedPassage;
use crate::index::lock::FolderLock;
use crate::index::manifest::Manifest;
use crate::index::merge_policy::{all_but_one_whole, worth_merging};
use crate::index::schema::Fields;
use crate::index::segments_folder::remove_other_folders;
use crate::index::snapshot::IndexSnapshot;
use crate::index::statistics::Statistics;
use crate::index::stories::{Stories, StoryOptions};
use crate::ingest::FileState;

/// A document to be written, with all its passages.
pub(crate) struct DocumentWrite {
    pub(crate) id: String,
    /// True if the index may have passages under the id. tantivy looks for every deletion in every segment, so it is only
    /// given these.
    pub(crate) replaces: bool,
    pub(crate) passages: Vec<IndexedPassage>,
}

/// The segments that are merged when a writer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Merging {
    /// No segments, to end at once.
    Nothing,
    /// The segments that are worth it.
    WhereWorthIt,
    /// All segments, into one.
    Everything,
}

/// An open index that this process alone may write to.
pub(crate) struct Writer {
    dir: PathBuf,
    fields: Fields,
    stories: StoryOptions,
    manifest: Manifest,
    /// True while the manifest on disk says something else, or there is none yet.
    manifest_is_due: bool,
    writer: tantivy::IndexWriter<IndexedPassage>,
    index: Index,
    /// The last commit.
    commit: Option<Commit>,
    /// True if something was written since.
    is_changed: bool,
    files: Arc<FileStates>,
    /// The states that have changed since the index was opened.
    notes: BTreeMap<FileKey, Option<FileState>>,
    /// True while the side file on disk says something else.
    notes_are_due: bool,
    /// Held until the writer is dropped or the process ends, however it ends.
    _lock: FolderLock,
}

impl Writer {
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The snapshot of the index before anything is written; `None` if it has no document.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn snapshot(&self) -> Result<Option<IndexSnapshot>> {
        IndexSnapshot::open(&self.index, &self.fields)
    }

    /// The states of its files when it was opened.
    pub(crate) fn files(&self) -> Arc<FileStates> {
        Arc::clone(&self.files)
    }

    /// Segments of the last commit.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn segments(&self) -> Result<usize> {
        Ok(self.index.searchable_segment_ids()?.len())
    }

    /// Puts the passages of each document in the place of those that its id had, in one step and in this order.
    ///
    /// # Errors
    ///
    /// When one of tantivy's threads has failed, as on a full disk.
    pub(crate) fn replace(&mut self, documents: Vec<DocumentWrite>) -> Result<()> {
        let mut operations = Vec::with_capacity(documents.iter().map(|change| change.passages.len() + 1).sum());
        for DocumentWrite { id, replaces, passages } in documents {
            if replaces {
                operations.push(UserOperation::Delete(Term::from_field_text(self.fields.id, &id)));
            }
            operations.extend(passages.into_iter().map(UserOperation::Add));
        }
        self.run(operations)
    }

    /// Removes documents by their ids.
    ///
    /// # Errors
    ///
    /// As [`Writer::replace`].
    pub(crate) fn remove(&mut self, ids: &[String]) -> Result<()> {
        self.run(ids.iter().map(|id| UserOperation::Delete(Term::from_field_text(self.fields.id, id))).collect())
    }

    fn run(&mut self, operations: Vec<UserOperation<IndexedPassage>>) -> Result<()> {
        if operations.is_empty() {
            return Ok(());
        }
        self.is_changed = true;
        match self.writer.run(operations) {
            Ok(_) => Ok(()),
            // This error only says that a thread of tantivy's has ended. Its reason is reported to whoever asks for a commit.
            Err(error) => Err(self.writer.prepare_commit().err().unwrap_or(error)).context("writing to the index"),
        }
    }

    /// Keeps the states of files, with the next commit. Their documents must have been written.
    pub(crate) fn note(&mut self, notes: Vec<FileNote>) {
        self.notes_are_due |= !notes.is_empty();
        self.notes.extend(notes);
    }

    /// Makes everything so far durable and visible.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written to; the index then stays at the last commit.
    pub(crate) fn commit(&mut self) -> Result<()> {
        let commit = Commit::new();
        let mut prepared = self.writer.prepare_commit().context("committing the index")?;
        prepared.set_payload(&commit.to_payload());
        prepared.commit().context("committing the index")?;
        self.commit = Some(commit);
        self.is_changed = false;
        if self.manifest_is_due {
            self.manifest.write(&self.dir)?;
            self.manifest_is_due = false;
        }
        self.save_files(commit)
    }

    /// Saves the states of files. They go to disk last: a writer that is killed before knows less, never more.
    fn save_files(&mut self, commit: Commit) -> Result<()> {
        self.files.save(&self.notes, &self.dir, commit)?;
        self.notes_are_due = false;
        Ok(())
    }

    /// Commits, notes what was indexed, merges, and removes what is no longer needed. Where nothing was written, and the last
    /// writer came to its end, nothing is done.
    ///
    /// # Errors
    ///
    /// As [`Writer::commit`].
    pub(crate) fn finish(mut self, paths: &[String], merging: Merging) -> Result<()> {
        for path in paths {
            if !self.manifest.paths.contains(path) {
                self.manifest.paths.push(path.clone());
                self.manifest_is_due = true;
            }
        }
        let is_finished = merging != Merging::Everything && Checksums::are_whole(&self.dir, self.commit);
        match self.commit {
            Some(commit) if is_finished && !self.is_changed && !self.manifest_is_due => {
                if self.notes_are_due {
                    self.save_files(commit)?;
                    Checksums::save(&self.dir, &self.manifest.segments, commit)?;
                }
                return Ok(());
            }
            _ => self.commit()?,
        }
        // What knows a segment keeps its files, so none of these may outlive this.
        let merged = match merging {
            Merging::Nothing => Vec::new(),
            Merging::WhereWorthIt => worth_merging(self.index.searchable_segment_metas()?),
            Merging::Everything => all_but_one_whole(self.index.searchable_segment_metas()?),
        };
        if !merged.is_empty() {
            // Damage that no time or size gives away would be merged into files with new checksums, and never be found.
            let record = Checksums::load(&self.dir).ok();
            if let Some((path, damage)) = record.and_then(|record| record.damage_of(&self.dir, &merged)) {
                let what = format!("`{}` {damage}, so nothing is merged", path.display());
                return Err(Error::Damaged { what, remedy: Remedy::Verify, source: None }.into());
            }
            self.writer.merge(&merged).wait().context("merging the segments of the index")?;
        }
        self.writer.garbage_collect_files().wait().context("removing old files of the index")?;
        self.writer.wait_merging_threads().context("merging the segments of the index")?;
        let searcher = self.index.reader()?.searcher();
        Statistics::save(&self.dir, &searcher, &self.fields)?;
        Stories::save(&self.dir, &searcher, &self.stories)?;
        remove_other_folders(&self.dir, &self.manifest.segments);
        // Last, since it says that all this was done.
        match self.commit {
            Some(commit) => Checksums::save(&self.dir, &self.manifest.segments, commit),
            None => Ok(()),
        }
    }
}
