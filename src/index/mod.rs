//! The index on disk: passages in, passages out.
//!
//! Order of the files while indexing: `pipeline` (threads) with `budget` (memory), `intake` (what has to be written: `before`,
//! `files`, `content`), `passages` (analysis), `terms` (packing) and `entry` (a packed passage), `writer` (commits) with `merging`;
//! `report` is what it says it did. Beside them `schema` (fields), `manifest` (what the index says of itself), `commit` (which state
//! of it), `statistics` (what ranking needs to know) with `deleted`, `stories` (which documents are copies of one another),
//! `checksums` (what its files were) and `census` (what is in it). `maintenance` deletes and optimizes, `verification` finds damage.
//! For searching, [`NewsIndex::open`].

mod budget;
mod changes;
mod checksums;
mod commit_id;
mod deleted;
mod directory;
mod document_hash;
mod entry;
mod file_states;
mod maintenance;
mod manifest;
mod merge_policy;
mod passages;
mod pipeline;
mod report;
mod schema;
mod settings;
mod snapshot;
mod statistics;
mod stats;
mod stories;
mod terms;
mod verification;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use tantivy::schema::{Term, Value};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument};

use crate::index::checksums::Checksums;
use crate::index::commit_id::Commit;

pub(crate) use crate::index::deleted::DeletedPassages;
pub use crate::index::maintenance::{Deleted, Optimized, delete_documents, optimize};
pub use crate::index::manifest::{FORMAT, Manifest};
pub use crate::index::passages::StoredPassage;
pub(crate) use crate::index::passages::{chains_of, days_of, has_readings};
pub use crate::index::pipeline::index_paths;
pub use crate::index::report::{FileCounts, IndexOptions, Progress, Report, RunOutcome};
pub use crate::index::schema::{Fields, TITLE_GAP};
pub use crate::index::settings::Settings;
pub use crate::index::statistics::{FieldStatistics, Statistics};
pub use crate::index::stats::{Census, FieldCensus};
pub use crate::index::stories::{Member, Stories, StoryOptions};
pub(crate) use crate::index::terms::{FORM_SEPARATOR, split_form};
pub use crate::index::verification::{Finding, Verification, verify};

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
}

/// How often an index is tried to be opened that changes meanwhile.
const TRIES: usize = 10;

impl NewsIndex {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// When there is none, when it was made with other analysis or by another version, or when its files are damaged, as far
    /// as that can be told without reading them (the message names the command that mends it).
    pub fn open(dir: &Path, settings: &Settings<'_>) -> Result<NewsIndex> {
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
                        bail!("{error:#}; {}", manifest.advice(dir, settings));
                    }
                    last = Some(state);
                }
            }
        }
        bail!("the index in `{}` is being written to all the time; try again", dir.display())
    }

    fn try_open(
        dir: &Path,
        settings: &Settings<'_>,
        manifest: &Manifest,
        commit: &mut Option<Commit>,
    ) -> Result<NewsIndex> {
        let index = directory::open_segments(&dir.join(&manifest.segments))?;
        let fields = Fields::check(&index.schema())?;
        *commit = Commit::last_of(&index);
        // First what can be told of the files from outside: tantivy takes them for whole.
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
        })
    }

    /// The index at a newer commit, for a program that keeps it open; `None` while there is none. Searches of this one go on.
    ///
    /// # Errors
    ///
    /// As [`NewsIndex::open`].
    pub fn refreshed(&self, settings: &Settings<'_>) -> Result<Option<NewsIndex>> {
        let manifest = Manifest::expect(&self.dir, settings)?;
        if manifest.segments == self.manifest.segments && self.commit.is_some() {
            let index = directory::open_segments(&self.dir.join(&manifest.segments))?;
            if Commit::last_of(&index) == self.commit {
                return Ok(None);
            }
        }
        NewsIndex::open(&self.dir, settings).map(Some)
    }

    /// The folder it is in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its fields.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// tantivy's view of it.
    pub fn searcher(&self) -> &Searcher {
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

    /// How many passages have a term.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn doc_freq(&self, term: &Term) -> Result<u64> {
        self.deleted.doc_freq(&self.searcher, term).context("reading the terms of the index")
    }

    /// True if there is a document with this id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn has_document(&self, id: &str) -> Result<bool> {
        Ok(self.doc_freq(&Term::from_field_text(self.fields.id, id))? > 0)
    }

    /// Which documents are of one story; read once.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn stories(&self) -> Result<Arc<Stories>> {
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

    /// What is stored of a passage, and its text.
    ///
    /// # Errors
    ///
    /// When the stored data is damaged.
    pub fn passage(&self, address: DocAddress) -> Result<(StoredPassage, String)> {
        let document: TantivyDocument = self.searcher.doc(address).context("reading a stored passage")?;
        stored_passage(&document, &self.fields)
    }
}

fn stored_passage(document: &TantivyDocument, fields: &Fields) -> Result<(StoredPassage, String)> {
    let field = |field| document.get_first(field).and_then(|value| value.as_str());
    let stored = field(fields.stored).context("a stored passage has no record; the index is damaged")?;
    let stored = serde_json::from_str(stored).context("a stored passage is damaged")?;
    let text = field(fields.text).unwrap_or_default().to_owned();
    Ok((stored, text))
}
