//! Documents that a program makes itself, written into an index.
//!
//! In: documents, one by one. Out: commits. What holds of documents from files holds of these: they are checked and dated
//! alike and cut into the same passages, and a later document takes the place of an earlier one with its id. They count as
//! read from standard input, so no run over files prunes them.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::error::Error;
use crate::index::analysed::IndexingTools;
use crate::index::boundary::guarded;
use crate::index::changes::PendingDocument;
use crate::index::document_hash::document_hash;
use crate::index::file_states::FileKey;
use crate::index::manifest;
use crate::index::passages::passages_of;
use crate::index::settings::Settings;
use crate::index::snapshot::IndexSnapshot;
use crate::index::writer::{DocumentWrite, Merging, Writer};
use crate::ingest::DateReader;
use crate::ingest::date::page::PageDates;
use crate::ingest::sink::MAX_ID_BYTES;
use crate::text::analysis::Analyzer;
use crate::text::document::Document;
use crate::text::glossary::CountryNames;

/// The file that these documents are said to be from: standard input, which is none.
const NO_FILE: &str = "-";

/// Writes a program's own documents into an index. While there is one, no other process can write to the index; searches go
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
/// writer.add(Document {
///     id: "memo-1".to_owned(),
///     title: "Duties on steel".to_owned(),
///     body: "The duty on steel from Korea ends in July.".to_owned(),
///     ..Document::default()
/// })?;
/// writer.finish()?;
/// assert!(Index::open(&folder, &config)?.has_document("memo-1")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct IndexWriter {
    writer: Writer,
    tools: IndexingTools,
    /// The index as it was when this was opened.
    snapshot: Option<IndexSnapshot>,
    /// By id, for every document that was written or deleted since: whether there is one now.
    changed: HashMap<String, bool>,
    dates: DateReader,
}

impl IndexWriter {
    /// Makes an index in a folder, which is created with those above it.
    ///
    /// # Errors
    ///
    /// [`Error::IndexExists`] when the folder has an index, [`Error::Locked`] when another process is making one,
    /// [`Error::Io`] when the folder cannot be written to.
    pub fn create(folder: impl AsRef<Path>, settings: impl Into<Settings>) -> Result<IndexWriter, Error> {
        let settings = &settings.into();
        let folder = folder.as_ref();
        if folder.join(manifest::FILE).is_file() {
            return Err(Error::IndexExists { index: folder.to_owned() });
        }
        guarded(|| IndexWriter::start(Writer::open(folder, settings, false, 1)?, settings))
    }

    /// Opens the index in a folder to add to it.
    ///
    /// # Errors
    ///
    /// [`Error::NoIndex`] when there is none, [`Error::OtherAnalysis`] when it was built otherwise, [`Error::Locked`] when
    /// another process is writing to it, [`Error::Damaged`], and [`Error::Io`] when the folder cannot be written to.
    pub fn open(folder: impl AsRef<Path>, settings: impl Into<Settings>) -> Result<IndexWriter, Error> {
        let settings = &settings.into();
        guarded(|| IndexWriter::start(Writer::open_existing(folder.as_ref(), settings)?, settings))
    }

    fn start(writer: Writer, settings: &Settings) -> Result<IndexWriter> {
        let analyzer = Analyzer::for_indexing(&settings.analysis);
        let countries = CountryNames::new(&settings.glossary, &analyzer)?;
        let (snapshot, dates) = (writer.snapshot()?, DateReader::new(&settings.ingest)?);
        let tools = IndexingTools { settings: settings.clone(), analyzer, countries };
        Ok(IndexWriter { writer, tools, snapshot, changed: HashMap::new(), dates })
    }

    /// Adds a document, in the place of the one with its id if there is one. One that the index has as it is costs next to
    /// nothing. A document without a date gets the one that its text or its address states, as from a file.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidDocument`] when it has no id, neither a title nor a body, more text than `limits.document` of the
    /// configuration allows, or a date that is none. Otherwise when the index cannot be read or written to.
    pub fn add(&mut self, document: Document) -> Result<(), Error> {
        let document = self.checked(document)?;
        guarded(|| self.write(document))
    }

    /// Deletes the document with an id; true if there was one.
    ///
    /// # Errors
    ///
    /// When the index cannot be read or written to.
    pub fn delete(&mut self, id: &str) -> Result<bool, Error> {
        guarded(|| {
            let is_there = match (self.changed.get(id), &self.snapshot) {
                (Some(is_there), _) => *is_there,
                (None, Some(snapshot)) => snapshot.find(id)?.is_some(),
                (None, None) => false,
            };
            if is_there {
                self.writer.remove(&[id.to_owned()])?;
                self.changed.insert(id.to_owned(), false);
            }
            Ok(is_there)
        })
    }

    /// Makes everything so far durable, and visible to who opens the index from now on.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the disk is full or the folder cannot be written to; the index then stays at the last commit.
    pub fn commit(&mut self) -> Result<(), Error> {
        guarded(|| self.writer.commit())
    }

    /// Commits, merges small segments, and lets others write to the index.
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::commit`].
    pub fn finish(self) -> Result<(), Error> {
        let IndexWriter { writer, snapshot, .. } = self;
        // It would keep the files of merged segments open.
        drop(snapshot);
        guarded(|| writer.finish(&[NO_FILE.to_owned()], Merging::WhereWorthIt))
    }

    /// The document as it is indexed: with its date, and without texts that are blank.
    fn checked(&self, mut document: Document) -> Result<Document, Error> {
        let refused = |id: &str, reason: String| Err(Error::InvalidDocument { id: id.to_owned(), reason });
        let is_text = |text: &String| !text.trim().is_empty();
        document.source = document.source.filter(is_text);
        document.url = document.url.filter(is_text);
        let stated = document.date.take().filter(is_text);
        let Document { id, title, body, .. } = &document;
        let (bytes, limit) = (title.len() + body.len(), self.tools.settings.ingest.limits.document);
        if !is_text(id) {
            return refused(id, "the `id` is empty, expected a text that names the document".to_owned());
        }
        if id.len() > MAX_ID_BYTES {
            return refused("", format!("the `id` has {} bytes, expected at most {MAX_ID_BYTES}", id.len()));
        }
        if !is_text(title) && !is_text(body) {
            return refused(id, "it has neither a title nor a body, so there is nothing to index".to_owned());
        }
        if bytes > limit {
            return refused(id, format!("the text has {bytes} bytes, expected at most {limit} (`limits.document`)"));
        }
        if let Some(stated) = stated.as_deref().filter(|stated| self.dates.stated(stated).is_none()) {
            return refused(id, format!("`{stated}` is not a date, expected one like 2025-12-30"));
        }
        // What is stated is a date, so there is nothing to report.
        self.dates.date(&mut document, stated.as_deref(), &PageDates::default());
        Ok(document)
    }

    fn write(&mut self, document: Document) -> Result<()> {
        let hash = document_hash(&document, NO_FILE);
        let known = match (self.changed.get(&document.id), &self.snapshot) {
            (None, Some(snapshot)) => snapshot.find(&document.id)?,
            _ => None,
        };
        if known.as_ref().is_some_and(|known| known.hash == Some(hash)) {
            return Ok(());
        }
        let replaces = known.is_some() || self.changed.get(&document.id) == Some(&true);
        let id = document.id.clone();
        let pending = PendingDocument { document, file: Arc::from(NO_FILE), hash, replaces };
        let fields = self.writer.fields().clone();
        let passages =
            passages_of(&pending, &self.tools, &fields).with_context(|| format!("analysing the document `{id}`"))?;
        self.writer.replace(vec![DocumentWrite { id: id.clone(), replaces, passages }])?;
        // The file that had the document is read again when it is named again: the later of the two wins.
        if let Some(file) = known.and_then(|known| known.file).filter(|file| file != NO_FILE) {
            self.writer.note(vec![(FileKey::of(&file), None)]);
        }
        self.changed.insert(id, true);
        Ok(())
    }
}
