//! File states: the size and hash of each file that was read to its end, so that one that has not changed is not read again.
//!
//! Kept in `files`, 40 bytes a file, with the commit that has their documents. It is written after that commit, so it never
//! says that something is in the index that is not; where it is missing, damaged or of another commit, nothing is known and
//! everything is read.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher;
use std::path::Path;

use anyhow::Result;
use siphasher::sip128::{Hasher128, SipHasher13};

use crate::index::commit_id::Commit;
use crate::index::manifest::replace_file;
use crate::ingest::FileState;

pub(super) const FILE: &str = "files";

/// The beginning of the file, with its version.
const MAGIC: &[u8; 8] = b"twfiles1";
/// Bytes of a file in it: its key, its size, its hash.
const RECORD: usize = 16 + 8 + 16;
/// Bytes before the records: the magic, the commit.
const HEAD: usize = 8 + 8;
/// Bytes after them: the checksum of all before.
const TAIL: usize = 4;

/// A file, by a hash of its absolute path. No two files of an index share one by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FileKey(u128);

impl FileKey {
    /// The key of an absolute path.
    pub(super) fn of(path: &str) -> FileKey {
        let mut hasher = SipHasher13::new_with_keys(0x7472_6164_6577_6972, 0x6669_6c65_7300_0000);
        hasher.write(path.as_bytes());
        FileKey(hasher.finish128().as_u128())
    }
}

/// A change of a file's state: as it was read to its end, or `None` where it has to be read again.
pub(super) type FileNote = (FileKey, Option<FileState>);

/// The states of an index's files when it was opened for writing.
#[derive(Debug, Default)]
pub(super) struct FileStates {
    /// States in the order of the keys.
    records: Vec<(FileKey, FileState)>,
}

impl FileStates {
    /// Reads what an index folder knows of files, if it belongs to `commit`. What is missing or damaged is no error: then
    /// nothing is known.
    pub(super) fn load(dir: &Path, commit: Option<Commit>) -> FileStates {
        let records = commit.and_then(|commit| parse(&fs::read(dir.join(FILE)).ok()?, commit));
        FileStates { records: records.unwrap_or_default() }
    }

    /// The state of a file when it was last read to its end.
    pub(super) fn get(&self, key: FileKey) -> Option<FileState> {
        let at = self.records.binary_search_by_key(&key, |record| record.0).ok()?;
        Some(self.records[at].1)
    }

    /// Keeps these with what has changed since, as part of a commit.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub(super) fn save(
        &self,
        changes: &BTreeMap<FileKey, Option<FileState>>,
        dir: &Path,
        commit: Commit,
    ) -> Result<()> {
        let mut bytes = Vec::with_capacity(HEAD + (self.records.len() + changes.len()) * RECORD + TAIL);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&commit.number().to_le_bytes());
        let mut push = |key: FileKey, state: FileState| {
            bytes.extend_from_slice(&key.0.to_le_bytes());
            bytes.extend_from_slice(&state.size.to_le_bytes());
            bytes.extend_from_slice(&state.hash);
        };
        let mut changes = changes.iter().peekable();
        for &(key, state) in &self.records {
            while let Some((&changed, &new)) = changes.next_if(|(changed, _)| **changed < key) {
                new.into_iter().for_each(|new| push(changed, new));
            }
            match changes.next_if(|(changed, _)| **changed == key) {
                Some((_, new)) => new.iter().for_each(|&new| push(key, new)),
                None => push(key, state),
            }
        }
        for (&changed, &new) in changes {
            new.into_iter().for_each(|new| push(changed, new));
        }
        let checksum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(&checksum.to_le_bytes());
        replace_file(&dir.join(FILE), &bytes)
    }
}

fn parse(bytes: &[u8], commit: Commit) -> Option<Vec<(FileKey, FileState)>> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(TAIL)?)?;
    let records = content.strip_prefix(MAGIC)?.strip_prefix(&commit.number().to_le_bytes())?;
    if crc32fast::hash(content).to_le_bytes() != checksum || records.len() % RECORD != 0 {
        return None;
    }
    records.chunks_exact(RECORD).map(record).collect()
}

fn record(bytes: &[u8]) -> Option<(FileKey, FileState)> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (size, hash) = rest.split_first_chunk()?;
    let state = FileState { size: u64::from_le_bytes(*size), hash: hash.try_into().ok()? };
    Some((FileKey(u128::from_le_bytes(*key)), state))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(size: u64) -> FileState {
        FileState { size, hash: [size as u8; 16] }
    }

    #[test]
    fn what_is_kept_is_known_and_only_by_its_commit() {
        let dir = tempfile::tempdir().unwrap();
        let commit = Commit::new();
        let keys: Vec<FileKey> = ["/a", "/b", "/c", "/d"].map(FileKey::of).to_vec();
        let first = BTreeMap::from([(keys[0], Some(state(1))), (keys[1], Some(state(2))), (keys[2], None)]);
        FileStates::default().save(&first, dir.path(), commit).unwrap();
        let known = FileStates::load(dir.path(), Some(commit));
        assert_eq!(
            keys.iter().map(|&key| known.get(key)).collect::<Vec<_>>(),
            [Some(state(1)), Some(state(2)), None, None]
        );
        let second = BTreeMap::from([(keys[0], None), (keys[1], Some(state(3))), (keys[3], Some(state(4)))]);
        known.save(&second, dir.path(), commit).unwrap();
        let known = FileStates::load(dir.path(), Some(commit));
        assert_eq!(
            keys.iter().map(|&key| known.get(key)).collect::<Vec<_>>(),
            [None, Some(state(3)), None, Some(state(4))]
        );
        assert!(FileStates::load(dir.path(), Some(Commit::new())).records.is_empty());
        assert!(FileStates::load(dir.path(), None).records.is_empty());
    }

    #[test]
    fn a_damaged_file_knows_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let commit = Commit::new();
        let changes = BTreeMap::from([(FileKey::of("/a"), Some(state(1)))]);
        FileStates::default().save(&changes, dir.path(), commit).unwrap();
        let whole = fs::read(dir.path().join(FILE)).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            assert!(parse(&damaged, commit).is_none(), "byte {at}");
            assert!(parse(&whole[..at], commit).is_none(), "{at} bytes");
        }
        assert!(parse(&whole, commit).is_some());
    }
}
