//! The writing stage: analysed batches to the index, in the order of reading.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use anyhow::Result;

use crate::index::analysis_stage::Analysed;
use crate::index::budget::Budget;
use crate::index::writer::Writer;

/// The result of writing all batches.
pub(super) struct Written {
    pub(super) writer: Writer,
    pub(super) documents: u64,
    pub(super) passages: u64,
}

/// Writes batches until there are no more, with a commit whenever `commit_bytes` of bodies were written since the last.
///
/// # Errors
///
/// When a batch could not be analysed, or the index not be written to.
pub(super) fn write_in_order(
    mut writer: Writer,
    analysed: Receiver<Analysed>,
    budget: &Budget,
    commit_bytes: usize,
) -> Result<Written> {
    let mut waiting: BTreeMap<u64, Analysed> = BTreeMap::new();
    let mut next = 0;
    let mut uncommitted = 0;
    let (mut documents, mut passages) = (0, 0);
    // After a failure the queue is still emptied, so that no thread waits on it for ever.
    let mut result = Ok(());
    for batch in analysed {
        if result.is_err() {
            continue;
        }
        waiting.insert(batch.sequence, batch);
        while let Some(batch) = waiting.remove(&next) {
            next += 1;
            uncommitted += batch.bytes;
            result = batch.documents.and_then(|writes| {
                documents += writes.len() as u64;
                passages += writes.iter().map(|write| write.passages.len() as u64).sum::<u64>();
                writer.replace(writes)?;
                writer.note(batch.notes);
                if uncommitted >= commit_bytes {
                    uncommitted = 0;
                    writer.commit()?;
                }
                Ok(())
            });
            if result.is_err() {
                budget.close();
                break;
            }
        }
    }
    result.map(|()| Written { writer, documents, passages })
}
