//! Passage keys: the segment, and the passage's number within it.

use tantivy::{DocAddress, DocId};

use crate::engine::PassageKey;

/// The key of a passage.
pub(crate) fn key_of(passage: DocAddress) -> PassageKey {
    PassageKey::new(u64::from(passage.segment_ord) << DocId::BITS | u64::from(passage.doc_id))
}

/// The address of the passage with a key.
pub(crate) fn address_of(key: PassageKey) -> DocAddress {
    DocAddress::new((key.number() >> DocId::BITS) as u32, key.number() as DocId)
}
