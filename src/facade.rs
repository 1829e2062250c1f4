//! The public library: writing and opening an index, parsing a query, searching.
//!
//! Every error is an [`Error`]; a panic inside the library, as a damaged file can cause, is caught here and becomes [`Error::Bug`].

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::engine::Engine;
use crate::error::Error;
use crate::index::{self, DocumentWriter, NewsIndex, Optimized, Verification, guarded, named};
use crate::query::syntax::{QueryAst, QuerySyntaxError, read_query};
use crate::search::{self, SearchOptions, SearchResults, Suggestion};
use crate::text::document::{ByteRange, Document};

/// A writer of a program's own documents into an index. While one is open, no other process can write to the index; searches go
/// on at the last commit.
///
/// What was not committed is gone when the writer is dropped. [`IndexWriter::commit`] makes documents durable and visible;
/// [`IndexWriter::finish`] also merges small segments, so that searches stay fast.
///
/// ```
/// use tradewire::{Config, Document, Index, IndexWriter};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path().join("index");
/// let config = Config::default();
/// let mut writer = IndexWriter::create(&folder, &config)?;
/// let memo = Document::new("memo-1", "The duty on steel from Korea ends in July.");
/// writer.add(Document { title: "Duties on steel".to_owned(), ..memo })?;
/// writer.finish()?;
/// assert!(Index::open(&folder, &config)?.has_document("memo-1")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct IndexWriter {
    inner: DocumentWriter,
}

impl IndexWriter {
    /// Creates an index in a folder, and the folder with those above it.
    ///
    /// # Errors
    ///
    /// [`Error::IndexExists`] when the folder has an index, [`Error::Locked`] when another process is making one,
    /// [`Error::Io`] when the folder cannot be written to.
    pub fn create(folder: impl AsRef<Path>, config: &Config) -> Result<IndexWriter, Error> {
        Ok(IndexWriter { inner: DocumentWriter::create(folder.as_ref(), &config.into())? })
    }

    /// Opens the index in a folder to add to it.
    ///
    /// # Errors
    ///
    /// [`Error::NoIndex`] when there is none, [`Error::OtherAnalysis`] when it was built otherwise, [`Error::Locked`] when
    /// another process is writing to it, [`Error::Damaged`], and [`Error::Io`] when the folder cannot be written to.
    pub fn open(folder: impl AsRef<Path>, config: &Config) -> Result<IndexWriter, Error> {
        Ok(IndexWriter { inner: DocumentWriter::open(folder.as_ref(), &config.into())? })
    }

    /// Adds a document, or replaces the one with its id. A document that the index has unchanged costs next to nothing. One
    /// without a date gets the date that its text or its address states, as from a file.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidDocument`] when it has no id, neither a title nor a body, more text than `limits.document` of the
    /// configuration allows, or a date that is none. Otherwise when the index cannot be read or written to.
    pub fn add(&mut self, document: Document) -> Result<(), Error> {
        self.inner.add(document)
    }

    /// Deletes the document with an id; true if there was one.
    ///
    /// # Errors
    ///
    /// When the index cannot be read or written to.
    pub fn delete(&mut self, id: &str) -> Result<bool, Error> {
        self.inner.delete(id)
    }

    /// Makes everything so far durable, and visible to who opens the index from now on.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the disk is full or the folder cannot be written to; the index then stays at the last commit.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.inner.commit()
    }

    /// Commits, merges small segments, and lets others write to the index.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::commit`].
    pub fn finish(self) -> Result<(), Error> {
        self.inner.finish()
    }
}

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
            Index { index, config: Arc::clone(&self.config), searcher: Searcher { inner } }
        }))
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
    /// other files. [`IndexWriter::finish`](IndexWriter::finish) keeps an index in good shape by itself; this is for
    /// one that will not change any more.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::open`](IndexWriter::open).
    pub fn optimize(folder: impl AsRef<Path>, config: &Config) -> Result<Optimized, Error> {
        guarded(|| index::optimize(folder.as_ref(), config))
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

/// A searcher over an [`Index`].
///
/// ```
/// use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path().join("index");
/// # let config = Config::default();
/// # let mut writer = IndexWriter::create(&folder, &config)?;
/// # writer.add(Document::new("memo-2", "Die Zölle auf Stahl aus Korea laufen im Juli aus."))?;
/// # writer.finish()?;
/// let index = Index::open(&folder, &config)?;
/// let results = index.searcher().search(&Query::parse("Stahl AND Zölle")?, &SearchOptions::default())?;
/// for hit in &results.hits {
///     println!("{}  {}", hit.document.id, hit.snippet());
/// }
/// # assert_eq!(results.hits[0].document.id, "memo-2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Searcher {
    inner: search::Searcher,
}

impl Searcher {
    /// Searches for the best results of a query, in which the matches are marked.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidQuery`] when the query has no word and no character that could be looked up; otherwise when the index
    /// cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<SearchResults, Error> {
        self.inner.answer(&query.ast, options).map_err(named)?.ok_or_else(|| query.nothing_to_look_up())
    }

    /// A suggestion for a query without results: which condition excludes them, and the most similar query that has some; `None`
    /// if there is no such query.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn suggest(&self, query: &Query, options: &SearchOptions) -> Result<Option<Suggestion>, Error> {
        self.inner.suggestion(&query.ast, &options.query).map_err(named)
    }
}

/// A parsed query.
///
/// ```
/// use tradewire::Query;
///
/// let query = Query::parse("(Stahl OR Aluminium) AND zoll*")?;
/// assert_eq!(query.to_string(), "(Stahl OR Aluminium) AND zoll*");
/// let error = Query::parse("\"supply chain").unwrap_err();
/// assert_eq!(error.at.start, 0, "the quotation mark that is not closed");
/// # Ok::<(), tradewire::QuerySyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    text: String,
    ast: QueryAst,
}

impl Query {
    /// Parses a query with operators; `docs/src/query.md` explains them.
    ///
    /// # Errors
    ///
    /// When the query has a syntax error; the error says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Query, QuerySyntaxError> {
        Ok(Query { text: text.to_owned(), ast: read_query(text, false)? })
    }

    /// Parses a query as plain words, without operators, whatever signs it has.
    ///
    /// # Errors
    ///
    /// When the query is empty or too long.
    pub fn plain(text: &str) -> Result<Query, QuerySyntaxError> {
        Ok(Query { text: text.to_owned(), ast: read_query(text, true)? })
    }

    fn nothing_to_look_up(&self) -> Error {
        Error::InvalidQuery(QuerySyntaxError {
            at: ByteRange::new(0, self.text.len()),
            expected: "a word or a character that can be looked up".to_owned(),
            found: "only signs".to_owned(),
            suggestion: None,
        })
    }
}

/// The query as it was typed.
impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
