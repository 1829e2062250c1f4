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
use crate::text::document::Document;

/// The path of these documents: `-`, as for standard input.
const NO_FILE: &str = "-";

/// A writer of documents, with what the index had when it was opened.
pub(crate) struct DocumentWriter {
    writer: Writer,
    tools: IndexingTools,
    /// The index as it was when this was opened.
    snapshot: Option<IndexSnapshot>,
    /// By id, for every document that was written or deleted since: whether there is one now.
    changed: HashMap<String, bool>,
    dates: DateReader,
}

impl DocumentWriter {
    /// Creates an index; see [`IndexWriter`](crate::IndexWriter), also for the errors of all these.
    pub(crate) fn create(folder: &Path, settings: &Settings) -> Result<DocumentWriter, Error> {
        if folder.join(manifest::FILE).is_file() {
            return Err(Error::IndexExists { index: folder.to_owned() });
        }
        guarded(|| DocumentWriter::start(Writer::open(folder, settings, false, 1)?, settings))
    }

    /// Opens an index to add to.
    pub(crate) fn open(folder: &Path, settings: &Settings) -> Result<DocumentWriter, Error> {
        guarded(|| DocumentWriter::start(Writer::open_existing(folder, settings)?, settings))
    }

    fn start(writer: Writer, settings: &Settings) -> Result<DocumentWriter> {
        let tools = IndexingTools::new(settings);
        let (snapshot, dates) = (writer.snapshot()?, DateReader::new(&settings.ingest)?);
        Ok(DocumentWriter { writer, tools, snapshot, changed: HashMap::new(), dates })
    }

    /// Adds or replaces a document.
    pub(crate) fn add(&mut self, document: Document) -> Result<(), Error> {
        let document = self.checked(document)?;
        guarded(|| self.write(document))
    }

    /// Deletes the document with an id; true if there was one.
    pub(crate) fn delete(&mut self, id: &str) -> Result<bool, Error> {
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

    /// Makes everything so far durable and visible.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        guarded(|| self.writer.commit())
    }

    /// Commits, merges small segments, and lets others write to the index.
    ///
    /// # Errors
    ///
    /// As [`DocumentWriter::commit`].
    pub(crate) fn finish(self) -> Result<(), Error> {
        let DocumentWriter { writer, snapshot, .. } = self;
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
        document.authors.retain(is_text);
        document.sections.retain(is_text);
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
