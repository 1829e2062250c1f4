//! Verification of the records: every stored passage is read, under the id and the number by which it is found.

use std::hash::Hasher;

use anyhow::{Context, Result};
use siphasher::sip::SipHasher13;
use tantivy::{SegmentReader, TantivyDocument};

use crate::index::NewsIndex;
use crate::index::schema::columns;
use crate::index::stored_passage::stored_passage;
use crate::index::verification::findings::Verification;
use crate::text::stored_passage::StoredPassage;

/// Reads every record, and checks that the passages of each document are counted from 0 without a gap.
pub(super) fn read_records(index: &NewsIndex, found: &mut Verification) -> Result<()> {
    let mut numbers: Vec<(u64, u32)> = Vec::new();
    for segment in index.searcher().segment_readers() {
        let name = segment.segment_id().uuid_string();
        if let Err(error) = read_segment(index, segment, &mut numbers, found) {
            found.damage(format!("{}/{name}.*", index.manifest().segments), format!("{error:#}"));
        }
    }
    numbers.sort_unstable();
    found.passages = numbers.len() as u64;
    for document in numbers.chunk_by(|one, next| one.0 == next.0) {
        found.documents += 1;
        let mut distinct = document.to_vec();
        distinct.dedup();
        let is_doubled = distinct.len() < document.len();
        let is_incomplete = distinct.iter().zip(0..).any(|(&(_, number), expected)| number != expected);
        found.documents_doubled += u64::from(is_doubled);
        found.documents_incomplete += u64::from(is_incomplete);
    }
    if found.documents_doubled > 0 {
        found.damage("documents", format!("{} are stored more than once", found.documents_doubled));
    }
    if found.documents_incomplete > 0 {
        found.damage("documents", format!("{} have a passage missing", found.documents_incomplete));
    }
    Ok(())
}

fn read_segment(
    index: &NewsIndex,
    segment: &SegmentReader,
    numbers: &mut Vec<(u64, u32)>,
    found: &mut Verification,
) -> Result<()> {
    let fast = segment.fast_fields();
    let ids = fast.str(columns::ID)?.context("has no column of ids")?;
    let counted = fast.u64(columns::NUMBER)?;
    let store = segment.get_store_reader(1).context("opening the stored passages")?;
    let mut id = String::new();
    for passage in segment.doc_ids_alive() {
        let document: TantivyDocument = store.get(passage).context("reading a stored passage")?;
        let (StoredPassage { id: stored_id, number, .. }, _) = stored_passage(&document, index.fields())?;
        id.clear();
        if let Some(ordinal) = ids.term_ords(passage).next() {
            ids.ord_to_str(ordinal, &mut id)?;
        }
        if id != stored_id || counted.first(passage) != Some(u64::from(number)) {
            found.damage(format!("\"{stored_id}\""), "is stored under another id or number than it is found by");
        }
        let mut hasher = SipHasher13::new();
        hasher.write(stored_id.as_bytes());
        numbers.push((hasher.finish(), number));
    }
    Ok(())
}
