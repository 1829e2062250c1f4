//! Ids of articles that state none and have no address.

use sha2::{Digest, Sha256};

/// Bytes of the hash that are the id.
const ID_BYTES: usize = 8;

/// The hash of what an article says, in hexadecimal digits: it is the same whenever all of that is.
pub(crate) fn content_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(ID_BYTES).map(|byte| format!("{byte:02x}")).collect()
}
