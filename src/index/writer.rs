//! The writing side of an index: one writer at a time, documents replaced by id, all or nothing at each commit.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use foldhash::fast::RandomState;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, ReloadPolicy, Searcher, SegmentMeta, Term};

use crate::config::{Config, StoryConfig};
use crate::index::entry::Entry;
use crate::index::manifest::Manifest;
use crate::index::schema::{Fields, TERMS_TOKENIZER};
use crate::index::statistics::Statistics;
use crate::index::stories::Stories;
use crate::index::terms::TermsTokenizer;

/// Memory for each analysing thread that tantivy's threads share, and fill before they write their segments.
const BYTES_PER_THREAD: usize = 96 << 20;
/// A segment stays as it is while all smaller ones together are this many times smaller.
const TIER_FACTOR: u32 = 4;
/// Segments with fewer passages are always merged: that takes no time, and one is searched faster than two.
const SMALL_SEGMENT: u32 = 20_000;
const LOCK_FILE: &str = "writer.lock";

/// An open index that this process alone may write to.
pub(crate) struct Writer {
    dir: PathBuf,
    fields: Fields,
    stories: StoryConfig,
    manifest: Manifest,
    /// True while the manifest on disk says something else, or there is none yet.
    manifest_is_due: bool,
    writer: tantivy::IndexWriter<Entry>,
    index: Index,
    known: KnownIds,
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
    pub(crate) fn open(dir: &Path, config: &Config, rebuild: bool, threads: usize) -> Result<Writer> {
        fs::create_dir_all(dir).with_context(|| format!("creating the index folder `{}`", dir.display()))?;
        let lock = lock(dir)?;
        // With `rebuild` the old manifest only matters for what it must not name.
        let known = if rebuild { None } else { Manifest::read(dir, config)? };
        let (index, manifest, manifest_is_due) = match known {
            Some(manifest) => (open_segments(&dir.join(&manifest.segments))?, manifest, false),
            None => {
                let segments = free_folder_name(dir);
                (create_segments(&dir.join(&segments))?, Manifest::new(config, segments), true)
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
        let known = KnownIds::in_index(&index)?;
        let (dir, stories) = (dir.to_owned(), config.stories);
        Ok(Writer { dir, fields, stories, manifest, manifest_is_due, writer, index, known, _lock: lock })
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Puts the passages of each document in the place of those that its id had, in one step and in this order.
    ///
    /// # Errors
    ///
    /// When one of tantivy's threads has failed, as on a full disk.
    pub(crate) fn replace(&mut self, documents: Vec<(String, Vec<Entry>)>) -> Result<()> {
        let mut operations = Vec::with_capacity(documents.iter().map(|(_, passages)| passages.len() + 1).sum());
        for (id, passages) in documents {
            let term = Term::from_field_text(self.fields.id, &id);
            if self.known.meet(&term)? {
                operations.push(UserOperation::Delete(term));
            }
            operations.extend(passages.into_iter().map(UserOperation::Add));
        }
        match self.writer.run(operations) {
            Ok(_) => Ok(()),
            // This error only says that a thread of tantivy's has ended. What ended it is told to who asks for a commit.
            Err(error) => Err(self.writer.prepare_commit().err().unwrap_or(error)).context("writing to the index"),
        }
    }

    /// Makes everything so far durable and visible.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written to; the index then stays at the last commit.
    pub(crate) fn commit(&mut self) -> Result<()> {
        self.writer.commit().context("committing the index")?;
        if self.manifest_is_due {
            self.manifest.write(&self.dir)?;
            self.manifest_is_due = false;
        }
        Ok(())
    }

    /// Commits, notes what was indexed, merges, and removes what is no longer needed.
    ///
    /// # Errors
    ///
    /// As [`Writer::commit`].
    pub(crate) fn finish(mut self, paths: &[String]) -> Result<()> {
        for path in paths {
            if !self.manifest.paths.contains(path) {
                self.manifest.paths.push(path.clone());
                self.manifest_is_due = true;
            }
        }
        self.commit()?;
        // It would keep the files of merged segments open.
        self.known = KnownIds::default();
        let small = worth_merging(self.index.searchable_segment_metas()?);
        if !small.is_empty() {
            self.writer.merge(&small).wait().context("merging the segments of the index")?;
        }
        self.writer.garbage_collect_files().wait().context("removing old files of the index")?;
        self.writer.wait_merging_threads().context("merging the segments of the index")?;
        let searcher = self.index.reader()?.searcher();
        Statistics::save(&self.dir, &searcher, &self.fields)?;
        Stories::save(&self.dir, &searcher, &self.stories)?;
        remove_other_folders(&self.dir, &self.manifest.segments);
        Ok(())
    }
}

/// The ids that the index may have: only what is there needs to be deleted, and tantivy looks for every deletion in every
/// segment.
#[derive(Default)]
struct KnownIds {
    /// The index as it was opened; none if that was empty.
    before: Option<Searcher>,
    /// Hashes of the ids of this run. Two ids with one hash only cost a needless deletion.
    met: HashSet<u64, RandomState>,
    hasher: RandomState,
}

impl KnownIds {
    fn in_index(index: &Index) -> Result<KnownIds> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let before = reader.context("opening the index to add to it")?.searcher();
        let before = (before.num_docs() > 0).then_some(before);
        Ok(KnownIds { before, ..KnownIds::default() })
    }

    /// True if the index may have passages under an id, or was given some in this run. From now on it may.
    fn meet(&mut self, id: &Term) -> Result<bool> {
        if !self.met.insert(self.hasher.hash_one(id)) {
            return Ok(true);
        }
        match &self.before {
            Some(before) => Ok(before.doc_freq(id).context("looking for a document in the index")? > 0),
            None => Ok(false),
        }
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
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("another tradewire is writing to the index in `{}`; wait until it is done", dir.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking `{}`", path.display())),
    }
}

/// Opens the folder with tantivy's files.
pub(super) fn open_segments(folder: &Path) -> Result<Index> {
    let describe = || format!("opening the index files in `{}`", folder.display());
    let directory = MmapDirectory::open(folder).with_context(describe)?;
    Index::open(directory).with_context(describe)
}

fn create_segments(folder: &Path) -> Result<Index> {
    let describe = || format!("creating the index files in `{}`", folder.display());
    fs::create_dir_all(folder).with_context(describe)?;
    let (schema, _) = Fields::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        ..IndexSettings::default()
    };
    let directory = MmapDirectory::open(folder).with_context(describe)?;
    Index::create(directory, schema, settings).with_context(describe)
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
    format!("segments-{number}")
}

/// Removes the folders of rebuilt and of interrupted indexes. What cannot be removed now is removed another time.
fn remove_other_folders(dir: &Path, keep: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("segments-") && name != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Segments to be merged into one: those with deleted passages, since these would count in document frequencies and
/// so in the ranking (law 7), and all from the first that is not much larger than the rest together.
fn worth_merging(mut segments: Vec<SegmentMeta>) -> Vec<tantivy::index::SegmentId> {
    segments.sort_by_key(|segment| std::cmp::Reverse((segment.num_docs(), segment.id())));
    while let Some((largest, rest)) = segments.split_first() {
        let others: u32 = rest.iter().map(SegmentMeta::num_docs).sum();
        let is_alone = rest.is_empty() && !largest.has_deletes();
        let is_large = largest.num_docs() >= SMALL_SEGMENT && others.saturating_mul(TIER_FACTOR) < largest.num_docs();
        if !is_alone && (largest.has_deletes() || !is_large) {
            break;
        }
        segments.remove(0);
    }
    segments.iter().map(SegmentMeta::id).collect()
}
