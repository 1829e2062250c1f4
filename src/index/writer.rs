//! The writing side of an index: one writer at a time, documents replaced by id, all or nothing at each commit.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tantivy::index::SegmentId;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, Term};

use crate::index::checksums::{Checksums, MANAGED};
use crate::index::commit_id::Commit;
use crate::index::directory::{create_segments, open_segments};
use crate::index::entry::Entry;
use crate::index::file_states::{FileKey, FileNote, KnownFiles};
use crate::index::manifest::Manifest;
use crate::index::merge_policy::{all_but_one_whole, worth_merging};
use crate::index::schema::{Fields, TERMS_TOKENIZER};
use crate::index::settings::Settings;
use crate::index::snapshot::IndexBefore;
use crate::index::statistics::Statistics;
use crate::index::stories::Stories;
use crate::index::stories::StoryOptions;
use crate::index::terms::TermsTokenizer;
use crate::ingest::FileState;

/// Memory for each analysing thread that tantivy's threads share, and fill before they write their segments.
const BYTES_PER_THREAD: usize = 96 << 20;
const LOCK_FILE: &str = "writer.lock";
/// What names of folders with tantivy's files begin with; a number follows.
const FOLDER_PREFIX: &str = "segments-";

/// A document to be written.
pub(crate) struct Change {
    pub(crate) id: String,
    /// True if the index may have passages under the id. tantivy looks for every deletion in every segment, so it is only
    /// told of these.
    pub(crate) replaces: bool,
    pub(crate) passages: Vec<Entry>,
}

/// Which segments are merged when a writer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Merging {
    /// None, to end at once.
    Nothing,
    /// Those that are worth it.
    WhereWorthIt,
    /// All of them into one.
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
    writer: tantivy::IndexWriter<Entry>,
    index: Index,
    /// The last commit.
    commit: Option<Commit>,
    /// True if something was written since.
    is_changed: bool,
    files: Arc<KnownFiles>,
    /// What has changed of the files since the index was opened.
    notes: BTreeMap<FileKey, Option<FileState>>,
    /// True while the side file on disk says something else.
    notes_are_due: bool,
    /// Held until the process ends, however it ends.
    _lock: File,
}

impl Writer {
    /// Opens an index to add to, or creates it; with `rebuild`, starts a new one that takes the old one's place at
    /// the first commit.
    ///
    /// # Errors
    ///
    /// When another process writes to it, when it was made with other analysis (without `rebuild`), or when the
    /// folder cannot be written to.
    pub(crate) fn open(dir: &Path, settings: &Settings<'_>, rebuild: bool, threads: usize) -> Result<Writer> {
        fs::create_dir_all(dir).with_context(|| format!("creating the index folder `{}`", dir.display()))?;
        let lock = lock(dir)?;
        // With `rebuild` the old manifest only matters for what it must not name.
        let known = if rebuild { None } else { Manifest::read(dir, settings)? };
        if known.is_none() && !rebuild && Checksums::load(dir).is_ok_and(|record| record.has_segments(dir)) {
            let rebuild = Manifest::new(settings, String::new()).rebuild_command(dir, settings);
            bail!("the index in `{}` has lost its `manifest.json`; build it anew: {rebuild}", dir.display());
        }
        Writer::start(dir, settings, known, lock, threads)
    }

    /// Opens an index that there is.
    ///
    /// # Errors
    ///
    /// As [`Writer::open`], and when there is none.
    pub(crate) fn open_existing(dir: &Path, settings: &Settings<'_>) -> Result<Writer> {
        Manifest::expect(dir, settings)?;
        let lock = lock(dir)?;
        let manifest = Manifest::expect(dir, settings)?;
        Writer::start(dir, settings, Some(manifest), lock, 1)
    }

    fn start(
        dir: &Path,
        settings: &Settings<'_>,
        known: Option<Manifest>,
        lock: File,
        threads: usize,
    ) -> Result<Writer> {
        let (index, manifest, manifest_is_due) = match known {
            Some(manifest) => {
                let index = open_segments(&dir.join(&manifest.segments))?;
                // What is written over damage would hide it.
                if let Ok(record) = Checksums::load(dir) {
                    let checked = record.check_segments(dir, &manifest.segments, Commit::last_of(&index));
                    checked.with_context(|| manifest.advice(dir, settings))?;
                }
                (index, manifest, false)
            }
            None => {
                let segments = free_folder_name(dir);
                (create_empty(&dir.join(&segments))?, Manifest::new(settings, segments), true)
            }
        };
        let fields = Fields::check(&index.schema())?;
        index.tokenizers().register(TERMS_TOKENIZER, TermsTokenizer::default());
        // Writing takes less time than analysis. Half as many threads make half as many segments, twice as large.
        let writer = index
            .writer_with_num_threads(threads.div_ceil(2), threads * BYTES_PER_THREAD)
            .with_context(|| format!("opening the index in `{}` for writing", dir.display()))?;
        // Segments are merged once, when everything is in; see `finish`.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        // A writer that was killed before its commit may have left files under the names that this one is going to give.
        writer.garbage_collect_files().wait().context("removing old files of the index")?;
        let commit = Commit::last_of(&index);
        let files = Arc::new(KnownFiles::load(dir, commit));
        Ok(Writer {
            dir: dir.to_owned(),
            fields,
            stories: settings.stories,
            manifest,
            manifest_is_due,
            writer,
            index,
            commit,
            is_changed: false,
            files,
            notes: BTreeMap::new(),
            notes_are_due: false,
            _lock: lock,
        })
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The index as it is before anything is written; `None` if it has no document.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn before(&self) -> Result<Option<IndexBefore>> {
        IndexBefore::open(&self.index, &self.fields)
    }

    /// The files that it knows, as they were when it was opened.
    pub(crate) fn files(&self) -> Arc<KnownFiles> {
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
    pub(crate) fn replace(&mut self, documents: Vec<Change>) -> Result<()> {
        let mut operations = Vec::with_capacity(documents.iter().map(|change| change.passages.len() + 1).sum());
        for Change { id, replaces, passages } in documents {
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

    fn run(&mut self, operations: Vec<UserOperation<Entry>>) -> Result<()> {
        if operations.is_empty() {
            return Ok(());
        }
        self.is_changed = true;
        match self.writer.run(operations) {
            Ok(_) => Ok(()),
            // This error only says that a thread of tantivy's has ended. What ended it is told to who asks for a commit.
            Err(error) => Err(self.writer.prepare_commit().err().unwrap_or(error)).context("writing to the index"),
        }
    }

    /// Remembers what became of files, with the next commit. Their documents must have been written.
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

    /// What is known of files goes to disk last: a writer that is killed before knows less, never more.
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
            self.check_before_merging(&merged)?;
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

    /// Damage that no time or size gives away would be merged into files with new checksums, and never be found.
    fn check_before_merging(&self, merged: &[SegmentId]) -> Result<()> {
        let Ok(record) = Checksums::load(&self.dir) else {
            return Ok(());
        };
        let folder = self.dir.join(&self.manifest.segments);
        // The files of a segment have its id as their names.
        let ids: Vec<String> = merged.iter().map(SegmentId::uuid_string).collect();
        let is_merged = |name: &str| ids.iter().any(|id| name.starts_with(id)) && folder.join(name).exists();
        for (name, known) in record.inside.iter().filter(|(name, _)| is_merged(name)) {
            let path = folder.join(name);
            if let Some(damage) = known.damage(&path) {
                bail!("`{}` {damage}, so nothing is merged; `tradewire verify` says more", path.display());
            }
        }
        Ok(())
    }
}

/// Keeps writers away while an index is read as a whole; nothing where the folder is read-only, since nobody writes there.
///
/// # Errors
///
/// When another process is writing to the index.
pub(super) fn lock_for_reading(dir: &Path) -> Result<Option<File>> {
    match File::options().write(true).open(dir.join(LOCK_FILE)) {
        Ok(file) => {
            taken(file.try_lock_shared(), dir)?;
            Ok(Some(file))
        }
        Err(_) => Ok(None),
    }
}

fn lock(dir: &Path) -> Result<File> {
    let path = dir.join(LOCK_FILE);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("the index folder `{}` cannot be written to", dir.display()))?;
    taken(file.try_lock(), dir)?;
    Ok(file)
}

fn taken(lock: Result<(), TryLockError>, dir: &Path) -> Result<()> {
    match lock {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => bail!(
            "another tradewire is writing to the index in `{}`, or checking it; wait until it is done",
            dir.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("locking the index in `{}`", dir.display()))
        }
    }
}

/// A new index without any document.
fn create_empty(folder: &Path) -> Result<Index> {
    let (schema, _) = Fields::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        ..IndexSettings::default()
    };
    create_segments(folder, schema, settings)
}

/// A name for a folder with tantivy's files that is not in use.
fn free_folder_name(dir: &Path) -> String {
    let mut number = 1_u32;
    while dir.join(folder_name(number)).exists() {
        number += 1;
    }
    folder_name(number)
}

fn folder_name(number: u32) -> String {
    format!("{FOLDER_PREFIX}{number}")
}

/// Removes the folders of rebuilt and of interrupted indexes. What cannot be removed now is removed another time.
fn remove_other_folders(dir: &Path, keep: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A folder of that name may be somebody else's.
        let is_ours = name.strip_prefix(FOLDER_PREFIX).is_some_and(|number| number.parse::<u32>().is_ok())
            && entry.path().join(MANAGED).is_file();
        if is_ours && name != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
