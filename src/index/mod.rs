//! The index on disk: documents in, passages out.
//!
//! Order of the files while indexing: `pipeline` leads documents through `reading_stage`, `analysis_stage` and `writing_stage`,
//! within a `budget`. Reading decides by the `snapshot` of the index and its `file_states` what has to be written (`changes`,
//! `document_hash`, `pruning`); analysis makes `passages` of a document (`cut_document`, `analysed`, `packing`, `terms`, `indexed_passage`);
//! the `writer` commits (`lock`, `segments_folder`, `merge_policy`); `report` is what the run did. Beside them `schema`
//! (fields), `article_columns` (where in its article a passage stands), `record_columns` (what a passage's record does not have), `manifest` (format and analysis of an index), `commit_id`, `statistics` (what ranking needs to know) with
//! `deleted`, `stories` (which documents are copies of one another), `checksums` and `stats`. `document_writer` indexes a program's own documents, `boundary` turns panics over rotten data into errors. `maintenance` deletes and
//! optimizes, `verification` finds damage. For searching, [`NewsIndex::open`].

mod analysed;
mod analysis_stage;
mod article_columns;
mod boundary;
mod budget;
mod changes;
mod checksums;
mod commit_id;
mod cut_document;
mod deleted;
mod directory;
mod document_hash;
mod document_writer;
mod documents;
mod file_states;
mod indexed_passage;
mod lock;
mod maintenance;
mod manifest;
mod merge_policy;
mod packing;
mod passages;
mod pipeline;
mod pruning;
mod reading_stage;
mod record_columns;
mod report;
mod schema;
mod segments_folder;
mod settings;
mod snapshot;
mod statistics;
mod stats;
mod stored_passage;
mod stories;
mod terms;
mod verification;
mod writer;
mod writing_stage;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result};
use tantivy::directory::CompositeFile;
use tantivy::index::SegmentComponent;
use tantivy::schema::Term;
use tantivy::{DocAddress, ReloadPolicy, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument};

use crate::error::{Error, Remedy};
use crate::index::checksums::Checksums;
use crate::index::commit_id::Commit;
use crate::index::record_columns::RecordColumns;

pub(crate) use crate::index::article_columns::ArticleColumns;
pub(crate) use crate::index::boundary::{guarded, named};
pub(crate) use crate::index::deleted::DeletedPassages;
pub(crate) use crate::index::document_writer::DocumentWriter;
pub use crate::index::maintenance::{Optimized, delete_documents, optimize};
pub use crate::index::manifest::{FORMAT, Manifest};
pub use crate::index::pipeline::index_paths;
pub use crate::index::report::{FileCounts, IndexOptions, Progress, Report, RunOutcome};
pub use crate::index::schema::TITLE_GAP;
pub(crate) use crate::index::schema::{Fields, bounds};
pub use crate::index::settings::Settings;
pub use crate::index::statistics::Statistics;
pub use crate::index::stats::{FieldSizes, IndexStats};
pub use crate::index::stories::StoryOptions;
pub(crate) use crate::index::stories::{Member, Stories};
pub(crate) use crate::index::terms::{FORM_SEPARATOR, MIXED_WRITING, split_form, writing_term};
pub use crate::index::verification::{Finding, Verification, verify};
use crate::text::stored_passage::StoredPassage;

/// An index opened for searching, at its last commit. Later commits of a writer do not disturb it; [`NewsIndex::refreshed`]
/// opens these.
pub struct NewsIndex {
    dir: PathBuf,
    manifest: Manifest,
    commit: Option<Commit>,
    fields: Fields,
    searcher: Searcher,
    statistics: Statistics,
    deleted: Arc<DeletedPassages>,
    story_options: StoryOptions,
    /// Read when they are first asked for.
    stories: Mutex<Option<Arc<Stories>>>,
    /// Of each segment; opened when they are first asked for.
    record_columns: OnceLock<Vec<RecordColumns>>,
    /// The files of the postings of each segment; opened when they are first asked for.
    postings: OnceLock<Vec<Option<CompositeFile>>>,
}

/// Attempts to open an index that changes meanwhile.
const TRIES: usize = 10;

impl NewsIndex {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// When there is none, when it was made with other analysis or by another version, or when its files are damaged, as far
    /// as that can be told without reading them: an [`Error`] among the causes says which, and what mends it.
    pub fn open(dir: &Path, settings: impl Into<Settings>) -> Result<NewsIndex> {
        let settings = &settings.into();
        let mut last = None;
        for _ in 0..TRIES {
            let manifest = Manifest::expect(dir, settings)?;
            let mut commit = None;
            match NewsIndex::try_open(dir, settings, &manifest, &mut commit) {
                Ok(index) => return Ok(index),
                Err(error) => {
                    // A writer may have committed in between, or put a rebuilt index in place and removed the old files.
                    let state = (manifest.segments.clone(), commit);
                    if last.as_ref() == Some(&state) {
                        let remedy = Remedy::VerifyOrRebuild(manifest.source(dir, settings));
                        return Err(Error::Damaged { what: format!("{error:#}"), remedy, source: None }.into());
                    }
                    last = Some(state);
                }
            }
        }
        Err(Error::Busy { index: dir.to_owned() }.into())
    }

    fn try_open(
        dir: &Path,
        settings: &Settings,
        manifest: &Manifest,
        commit: &mut Option<Commit>,
    ) -> Result<NewsIndex> {
        let index = directory::open_segments(&dir.join(&manifest.segments))?;
        let fields = Fields::check(&index.schema())?;
        *commit = Commit::last_of(&index);
        // First what is known of the files without reading them: tantivy takes them for whole.
        let record = Checksums::load(dir).ok();
        if let Some(record) = &record {
            record.check_segments(dir, &manifest.segments, *commit)?;
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .with_context(|| format!("opening the index in `{}`", dir.display()))?;
        let searcher = reader.searcher();
        let trusted = record.is_none_or(|record| record.trust(dir, statistics::FILE, *commit));
        let statistics = Statistics::load(dir, &searcher, &fields, trusted)?;
        let deleted = Arc::new(statistics.deleted(&searcher));
        Ok(NewsIndex {
            dir: dir.to_owned(),
            manifest: manifest.clone(),
            commit: *commit,
            fields,
            searcher,
            statistics,
            deleted,
            story_options: settings.stories,
            stories: Mutex::default(),
            record_columns: OnceLock::new(),
            postings: OnceLock::new(),
        })
    }

    /// The index at a newer commit, for a program that keeps it open; `None` while there is none. Searches of this one go on.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::open`].
    pub fn refreshed(&self, settings: impl Into<Settings>) -> Result<Option<NewsIndex>> {
        let settings = &settings.into();
        let manifest = Manifest::expect(&self.dir, settings)?;
        if manifest.segments == self.manifest.segments && self.commit.is_some() {
            let index = directory::open_segments(&self.dir.join(&manifest.segments))?;
            if Commit::last_of(&index) == self.commit {
                return Ok(None);
            }
        }
        NewsIndex::open(&self.dir, settings).map(Some)
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The manifest: its format, and the analysis it was built with.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The fields of the schema.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The searcher of tantivy at this commit, for `engine/tantivy`.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Lengths and sizes of its fields.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The passages that are deleted and still in the postings.
    pub(crate) fn deleted(&self) -> &Arc<DeletedPassages> {
        &self.deleted
    }

    /// The file of a segment's postings, for what tantivy keeps for itself; `None` if it cannot be opened any more.
    pub(crate) fn postings_file(&self, segment: SegmentOrdinal) -> Option<&CompositeFile> {
        let open = |segment: &SegmentReader| {
            let file = segment.open_read(SegmentComponent::Postings).ok()?;
            CompositeFile::open(&file).ok()
        };
        let files = self.postings.get_or_init(|| self.searcher.segment_readers().iter().map(open).collect());
        files.get(segment as usize)?.as_ref()
    }

    /// The document frequency of a term: the number of passages that have it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn doc_freq(&self, term: &Term) -> Result<u64> {
        self.deleted.doc_freq(&self.searcher, term).context("reading the terms of the index")
    }

    /// The number of segments, which updates leave and merging takes together.
    pub fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// The number of deleted passages that segments still have.
    pub fn deleted_passages(&self) -> u64 {
        self.searcher.segment_readers().iter().map(|segment| u64::from(segment.num_deleted_docs())).sum()
    }

    /// The ids of the documents of each story.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn story_ids(&self) -> Result<Vec<Vec<String>>> {
        let stories = self.stories()?;
        let id = |member: &Member| Ok(self.passage(member.address())?.0.id);
        (0..stories.len() as u32).map(|story| stories.members(story).iter().map(id).collect()).collect()
    }

    /// The stories of the index; read once.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn stories(&self) -> Result<Arc<Stories>> {
        // Others wait meanwhile, rather than read the same.
        let mut known = self.stories.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stories) = &*known {
            return Ok(Arc::clone(stories));
        }
        let record = Checksums::load(&self.dir).ok();
        let trusted = record.is_none_or(|record| record.trust(&self.dir, stories::FILE, self.commit));
        let stories = Arc::new(Stories::load(&self.dir, &self.searcher, &self.story_options, trusted)?);
        *known = Some(Arc::clone(&stories));
        Ok(stories)
    }

    /// The stored record of a passage, and its text.
    ///
    /// # Errors
    ///
    /// When the stored data is damaged.
    pub(crate) fn passage(&self, address: DocAddress) -> Result<(StoredPassage, String)> {
        let document: TantivyDocument = self.searcher.doc(address).context("reading a stored passage")?;
        let (mut record, text) = stored_passage::stored_passage(&document, &self.fields)?;
        if let Some(columns) = self.record_columns()?.get(address.segment_ord as usize) {
            columns.complete(&mut record, address.doc_id)?;
        }
        Ok((record, text))
    }

    /// What the columns of each segment have of the records of passages.
    fn record_columns(&self) -> Result<&[RecordColumns]> {
        if let Some(known) = self.record_columns.get() {
            return Ok(known);
        }
        let columns = self.searcher.segment_readers().iter().map(RecordColumns::of).collect::<Result<Vec<_>>>()?;
        Ok(self.record_columns.get_or_init(|| columns))
    }
}
