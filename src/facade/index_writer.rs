//! The writer of a program's own documents.

use std::path::Path;

use crate::config::Config;
use crate::error::Error;
use crate::index::DocumentWriter;
use crate::text::document::Document;

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
