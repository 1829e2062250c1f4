//! Commit ids: a random number that tantivy keeps with it, so that files beside the index can say which state of it
//! they belong to.

use std::hash::{BuildHasher, RandomState};

use tantivy::Index;

/// A commit of one index; no other commit of any index has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Commit(u64);

impl Commit {
    /// A name that no commit has yet.
    pub(super) fn new() -> Commit {
        Commit(RandomState::new().hash_one(std::process::id()))
    }

    pub(super) fn number(self) -> u64 {
        self.0
    }

    /// The last commit of an index; `None` where there was none, or its name is damaged.
    pub(super) fn last_of(index: &Index) -> Option<Commit> {
        Commit::parse(&index.load_metas().ok()?.payload?)
    }

    /// Reads what [`Commit::to_payload`] wrote; `None` for anything else.
    pub(super) fn parse(payload: &str) -> Option<Commit> {
        let number = payload.get(..16).and_then(|number| u64::from_str_radix(number, 16).ok())?;
        (Commit(number).to_payload() == payload).then_some(Commit(number))
    }

    /// The id as tantivy keeps it: with a checksum, so that a damaged name is not taken for another commit's.
    pub(super) fn to_payload(self) -> String {
        let checksum = crc32fast::hash(&self.0.to_le_bytes());
        format!("{:016x}-{checksum:08x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_name_is_none() {
        let commit = Commit::new();
        let payload = commit.to_payload();
        assert_eq!(Commit::parse(&payload), Some(commit));
        assert_ne!(Commit::new(), commit);
        for at in 0..payload.len() {
            let mut damaged = payload.clone().into_bytes();
            damaged[at] ^= 1;
            assert_eq!(Commit::parse(&String::from_utf8_lossy(&damaged)), None, "{at}");
        }
        assert_eq!(Commit::parse("한국"), None);
    }
}
