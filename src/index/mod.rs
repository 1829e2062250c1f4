//! The index on disk: passages in, passages out.
//!
//! Order of the files while indexing: `pipeline` (threads) with `budget` (memory), `passages` (analysis), `terms` (packing)
//! and `entry` (a packed passage), `writer` (commits, merging); beside them `schema` (fields), `manifest` (what the index says of itself), `statistics` (what
//! ranking needs to know), `stories` (which documents are copies of one another) and `census` (what is in it). For searching, [`NewsIndex::open`].

mod budget;
mod census;
mod deleted;
mod directory;
mod entry;
mod manifest;
mod passages;
mod pipeline;
mod schema;
mod statistics;
mod stories;
mod terms;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use tantivy::schema::{Term, Value};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument};

use crate::config::{Config, StoryConfig};

pub(crate) use crate::index::deleted::DeletedPassages;
pub use crate::index::census::{Census, FieldCensus};
pub(crate) use crate::index::manifest::absolute;
pub use crate::index::manifest::{FORMAT, Manifest};
pub use crate::index::passages::StoredPassage;
pub(crate) use crate::index::passages::{chains_of, days_of, has_readings};
pub use crate::index::pipeline::{IndexOptions, Progress, Report, index_paths};
pub use crate::index::schema::{Fields, TITLE_GAP};
pub use crate::index::statistics::{FieldStatistics, Statistics};
pub use crate::index::stories::{Member, Stories};
pub(crate) use crate::index::terms::{FORM_SEPARATOR, split_form};

/// An index opened for searching, at its last commit. Later commits of a writer do not disturb it.
pub struct NewsIndex {
    dir: PathBuf,
    manifest: Manifest,
    fields: Fields,
    searcher: Searcher,
    statistics: Statistics,
    deleted: Arc<DeletedPassages>,
    story_config: StoryConfig,
    /// Read when they are first asked for.
    stories: Mutex<Option<Arc<Stories>>>,
}

impl NewsIndex {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// When there is none, when it was made with other analysis or by another version (the message names the command
    /// that mends it), or when its files are damaged.
    pub fn open(dir: &Path, config: &Config) -> Result<NewsIndex> {
        match NewsIndex::try_open(dir, config) {
            // A writer that has just put a rebuilt index in place removes the old files; then the manifest names
            // others by now.
            Err(_) if Manifest::read(dir, config)?.is_some() => NewsIndex::try_open(dir, config),
            opened => opened,
        }
    }

    fn try_open(dir: &Path, config: &Config) -> Result<NewsIndex> {
        let Some(manifest) = Manifest::read(dir, config)? else {
            bail!(
                "there is no index in `{}`; build one with `tradewire index PATH...`, or name another with --index",
                dir.display()
            );
        };
        let index = directory::open_for_reading(&dir.join(&manifest.segments))?;
        let fields = Fields::check(&index.schema())?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .with_context(|| format!("opening the index in `{}`", dir.display()))?;
        let searcher = reader.searcher();
        let statistics = Statistics::load(dir, &searcher, &fields)?;
        let deleted = Arc::new(statistics.deleted(&searcher));
        let (dir, story_config, stories) = (dir.to_owned(), config.stories, Mutex::default());
        Ok(NewsIndex { dir, manifest, fields, searcher, statistics, deleted, story_config, stories })
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
        let stories = Arc::new(Stories::load(&self.dir, &self.searcher, &self.story_config)?);
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
        let field = |field| document.get_first(field).and_then(|value| value.as_str());
        let stored = field(self.fields.stored).context("a stored passage has no record; the index is damaged")?;
        let stored = serde_json::from_str(stored).context("a stored passage is damaged")?;
        let text = field(self.fields.text).unwrap_or_default().to_owned();
        Ok((stored, text))
    }
}
