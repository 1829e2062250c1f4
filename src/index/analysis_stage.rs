//! The analysis stage: batches of documents to batches of passages, on several threads.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock};

use anyhow::{Context, Result};

use crate::index::analysed::IndexingTools;
use crate::index::budget::Permit;
use crate::index::changes::PendingDocument;
use crate::index::file_states::FileNote;
use crate::index::passages::passages_of;
use crate::index::schema::Fields;
use crate::index::settings::Settings;
use crate::index::writer::DocumentWrite;

/// Documents that were read one after the other, with the states of the files that they complete.
pub(super) struct Batch {
    /// The number of the batch in the order of reading.
    pub(super) sequence: u64,
    pub(super) documents: Vec<PendingDocument>,
    pub(super) notes: Vec<FileNote>,
    pub(super) permit: Permit,
}

/// The passages of a batch, ready to be written.
pub(super) struct Analysed {
    pub(super) sequence: u64,
    /// Bytes of the bodies.
    pub(super) bytes: usize,
    pub(super) documents: Result<Vec<DocumentWrite>>,
    pub(super) notes: Vec<FileNote>,
}

/// The means of analysis, which the threads share.
pub(super) struct Analysis<'a> {
    settings: &'a Settings,
    fields: Fields,
    /// Made when the first document comes: to find that nothing has changed takes no dictionary.
    tools: OnceLock<IndexingTools>,
}

impl<'a> Analysis<'a> {
    pub(super) fn new(settings: &'a Settings, fields: Fields) -> Analysis<'a> {
        Analysis { settings, fields, tools: OnceLock::new() }
    }

    fn write_of(&self, pending: PendingDocument, permit: &Arc<Permit>) -> Result<DocumentWrite> {
        let document = &pending.document;
        let tools = self.tools.get_or_init(|| IndexingTools::new(self.settings));
        let mut passages = passages_of(&pending, tools, &self.fields)
            .with_context(|| format!("analysing `{}` from {}", document.id, document.path))?;
        passages.iter_mut().for_each(|passage| passage.hold(permit));
        Ok(DocumentWrite { replaces: pending.replaces, id: pending.document.id, passages })
    }
}

/// Analyses batches until there are no more.
pub(super) fn analyse(batches: Arc<Mutex<Receiver<Batch>>>, to_writing: Sender<Analysed>, analysis: &Analysis<'_>) {
    loop {
        let next = match batches.lock() {
            Ok(batches) => batches.recv(),
            Err(_) => return,
        };
        let Ok(Batch { sequence, documents, notes, permit }) = next else {
            return;
        };
        let permit = Arc::new(permit);
        let bytes = documents.iter().map(|pending| pending.document.body.len()).sum();
        let documents = documents.into_iter().map(|pending| analysis.write_of(pending, &permit)).collect();
        if to_writing.send(Analysed { sequence, bytes, documents, notes }).is_err() {
            return;
        }
    }
}
