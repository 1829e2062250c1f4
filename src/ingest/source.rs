//! A file on disk: whether it has changed since it was last read, and its bytes, from which that is known next time.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Bytes that are read at a time where nothing but the hash is wanted.
const BLOCK_BYTES: usize = 64 << 10;

/// What a file had when it was last read to its end: enough to tell whether it would be read otherwise now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// Bytes of the file.
    pub size: u64,
    /// The first half of the SHA-256 of the bytes and of what else decides how they are read.
    pub hash: [u8; 16],
}

/// An open file that is hashed while it is read.
pub(super) struct Source {
    file: File,
    hasher: Sha256,
    size: u64,
}

impl Source {
    /// Opens a file. `settings` is what decides, beside its bytes, what is read from it.
    pub(super) fn open(path: &Path, settings: &str) -> io::Result<Source> {
        let hasher = Sha256::new_with_prefix(settings).chain_update([0]);
        Ok(Source { file: File::open(path)?, hasher, size: 0 })
    }

    /// True if all that the file has is what it had.
    pub(super) fn is_still(mut self, known: FileState) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == known.size && self.finish()? == known)
    }

    /// Reads what was left unread, and says what the file has.
    pub(super) fn finish(&mut self) -> io::Result<FileState> {
        let mut block = vec![0; BLOCK_BYTES];
        while self.read(&mut block)? > 0 {}
        let mut hash = [0; 16];
        hash.copy_from_slice(&self.hasher.clone().finalize()[..16]);
        Ok(FileState { size: self.size, hash })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.size += count as u64;
        Ok(count)
    }
}
