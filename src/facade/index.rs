//! An index: made from files, kept, and opened for searching.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::engine::Engine;
use crate::error::Error;
use crate::facade::searcher::Searcher;
use crate::index::{self, IndexOptions, IndexStats, NewsIndex, Optimized, Progress, Report, Verification, guarded};
use crate::search;

/// An index, opened for searching at its last commit. Later commits do not change it; [`Index::refreshed`] opens the newest.
///
/// ```
/// use tradewire::{Config, Error, Index};
///
/// # let folder = tempfile::tempdir()?;
/// match Index::open(folder.path(), &Config::default()) {
///     Err(Error::NoIndex { index }) => println!("nothing is indexed in {}", index.display()),
///     other => panic!("an empty folder has no index: {:?}", other.err()),
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Index {
    index: Arc<NewsIndex>,
    config: Arc<Config>,
    searcher: Searcher,
}

impl Index {
    /// Opens the index in a folder. The configuration must be the one that it was built with.
    ///
    /// # Errors
    ///
    /// [`Error::NoIndex`] when there is none, [`Error::OtherAnalysis`] when it was built with another configuration or version,
    /// [`Error::Damaged`] when its files are damaged, as far as that shows without reading them.
    pub fn open(folder: impl AsRef<Path>, config: &Config) -> Result<Index, Error> {
        let index = Arc::new(guarded(|| NewsIndex::open(folder.as_ref(), config))?);
        let searcher = Searcher {
            inner: search::Searcher::new(
                Arc::clone(&index) as Arc<dyn Engine>,
                &config.analysis,
                &config.ranking,
                &config.glossary,
            ),
            cut_above: config.passages.cut_above,
        };
        Ok(Index { index, config: Arc::new(config.clone()), searcher })
    }

    /// The index at its newest commit; `None` if that is this one's. Searches on this one can continue.
    ///
    /// # Errors
    ///
    /// As [`Index::open`].
    pub fn refreshed(&self) -> Result<Option<Index>, Error> {
        let newer = guarded(|| self.index.refreshed(&*self.config))?;
        Ok(newer.map(|newer| {
            let index = Arc::new(newer);
            let inner = self.searcher.inner.over(Arc::clone(&index) as Arc<dyn Engine>);
            Index { index, config: Arc::clone(&self.config), searcher: Searcher { inner, ..self.searcher } }
        }))
    }

    /// Updates the index in a folder from files and folders, or creates it: new documents are added, those with a known id
    /// replaced, unchanged ones left. `-` among the paths is standard input. `progress` is called with the bytes that were read,
    /// and with each input that could not be read as it should; such an input is counted in the report and does not stop the run.
    ///
    /// ```
    /// use tradewire::index_types::{IndexOptions, Progress};
    /// use tradewire::{Config, Index};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// std::fs::write(folder.join("memo.txt"), "The duty on steel from Korea ends in July.")?;
    /// let (files, index) = ([folder.join("memo.txt")], folder.join("index"));
    /// let report = Index::update(&index, &files, &Config::default(), &IndexOptions::default(), &mut |progress| {
    ///     if let Progress::Problem(problem) = progress {
    ///         eprintln!("{}: {}", problem.place, problem.reason);
    ///     }
    /// })?;
    /// assert_eq!(report.documents, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::StoppedByProblem`] with `strict`, at the first input that is lost. [`Error::InvalidInput`] when nothing could be
    /// read to rebuild the index from, or nothing is left where everything would be pruned. As [`IndexWriter::open`] otherwise,
    /// but [`Error::NoIndex`].
    ///
    /// [`IndexWriter::open`]: crate::IndexWriter::open
    pub fn update(
        folder: impl AsRef<Path>,
        paths: &[PathBuf],
        config: &Config,
        options: &IndexOptions,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Report, Error> {
        guarded(|| index::index_paths(folder.as_ref(), paths, config, options, progress))
    }

    /// Deletes documents from the index in a folder by their ids, in one commit; ids without a document are skipped. Returns the
    /// number of documents that were there. A document comes back when its file is read again, as after a change.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::open`](crate::IndexWriter::open).
    pub fn delete(folder: impl AsRef<Path>, ids: &[String], config: &Config) -> Result<u64, Error> {
        guarded(|| index::delete_documents(folder.as_ref(), ids, config))
    }

    /// Verifies the index in a folder: every file by its checksum, and that every document is stored once and complete. Nothing
    /// is changed; damage is no error, but in the report.
    ///
    /// # Errors
    ///
    /// As [`Index::open`], and [`Error::Locked`] when another process is writing to the index.
    pub fn verify(folder: impl AsRef<Path>, config: &Config) -> Result<Verification, Error> {
        guarded(|| index::verify(folder.as_ref(), config))
    }

    /// Optimizes the index in a folder: merges it into one segment, without replaced and deleted documents, and rewrites all
    /// other files. [`IndexWriter::finish`](crate::IndexWriter::finish) keeps an index in good shape by itself; this is for
    /// one that will not change any more.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::open`](crate::IndexWriter::open).
    pub fn optimize(folder: impl AsRef<Path>, config: &Config) -> Result<Optimized, Error> {
        guarded(|| index::optimize(folder.as_ref(), config))
    }

    /// The statistics of the index: how many documents, passages and terms it has, by language and field, and their bytes.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn stats(&self) -> Result<IndexStats, Error> {
        guarded(|| IndexStats::take(&self.index))
    }

    /// True if the index has a document with this id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn has_document(&self, id: &str) -> Result<bool, Error> {
        guarded(|| self.index.has_document(id))
    }

    /// A searcher, which can be sent to and shared between threads. Dictionaries are loaded once for each index, when a query
    /// first needs them.
    pub fn searcher(&self) -> Searcher {
        self.searcher.clone()
    }
}
