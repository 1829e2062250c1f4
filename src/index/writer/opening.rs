//! Opening an index for writing: its lock, a new folder of segments where there is none, and no writing over damage.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::indexer::NoMergePolicy;

use crate::error::{Error, Remedy};
use crate::index::checksums::Checksums;
use crate::index::commit_id::Commit;
use crate::index::directory::open_segments;
use crate::index::file_states::FileStates;
use crate::index::lock::{FolderLock, lock};
use crate::index::manifest::Manifest;
use crate::index::schema::{Fields, TERMS_TOKENIZER};
use crate::index::segments_folder::{create_empty, free_folder_name};
use crate::index::settings::Settings;
use crate::index::terms::TermsTokenizer;
use crate::index::writer::Writer;

/// Memory for each analysing thread that tantivy's threads share, and fill before they write their segments.
const BYTES_PER_THREAD: usize = 96 << 20;

impl Writer {
    /// Opens an index to add to, or creates it; with `rebuild`, starts a new one that takes the old one's place at
    /// the first commit.
    ///
    /// # Errors
    ///
    /// When another process writes to it, when it was made with other analysis (without `rebuild`), or when the
    /// folder cannot be written to.
    pub(crate) fn open(dir: &Path, settings: &Settings, rebuild: bool, threads: usize) -> Result<Writer> {
        fs::create_dir_all(dir).with_context(|| format!("creating the index folder `{}`", dir.display()))?;
        let lock = lock(dir)?;
        // With `rebuild` the old manifest only matters for what it must not name.
        let known = if rebuild { None } else { Manifest::read(dir, settings)? };
        if known.is_none() && !rebuild && Checksums::load(dir).is_ok_and(|record| record.has_segments(dir)) {
            let source = Manifest::new(settings, String::new()).source(dir, settings);
            let what = format!("the index in `{}` has lost its `manifest.json`", dir.display());
            return Err(Error::Damaged { what, remedy: Remedy::Rebuild(source), source: None }.into());
        }
        Writer::start(dir, settings, known, lock, threads)
    }

    /// Opens an index that there is.
    ///
    /// # Errors
    ///
    /// As [`Writer::open`], and when there is none.
    pub(crate) fn open_existing(dir: &Path, settings: &Settings) -> Result<Writer> {
        Manifest::expect(dir, settings)?;
        let lock = lock(dir)?;
        let manifest = Manifest::expect(dir, settings)?;
        Writer::start(dir, settings, Some(manifest), lock, 1)
    }

    fn start(
        dir: &Path,
        settings: &Settings,
        known: Option<Manifest>,
        lock: FolderLock,
        threads: usize,
    ) -> Result<Writer> {
        let (index, manifest, manifest_is_due) = match known {
            Some(manifest) => {
                let index = open_segments(&dir.join(&manifest.segments))?;
                // What is written over damage would hide it.
                if let Ok(record) = Checksums::load(dir) {
                    record.check_segments(dir, &manifest.segments, Commit::last_of(&index)).map_err(|damage| {
                        let remedy = Remedy::VerifyOrRebuild(manifest.source(dir, settings));
                        Error::Damaged { what: format!("{damage:#}"), remedy, source: None }
                    })?;
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
        let files = Arc::new(FileStates::load(dir, commit));
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
}
