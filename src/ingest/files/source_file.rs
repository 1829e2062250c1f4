//! Files on disk: whether one has changed since it was last read, and its bytes, hashed so that this is known next time.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::ingest::event::FileState;
use crate::ingest::meter::Meter;

/// Bytes that are read at a time where nothing but the hash is wanted.
const BLOCK_BYTES: usize = 64 << 10;

/// An open file that is hashed while it is read.
pub(crate) struct SourceFile {
    file: File,
    hasher: Sha256,
    size: u64,
    meter: Rc<Meter>,
    is_finished: bool,
}

impl SourceFile {
    /// Opens a file. `settings` is what decides, beside its bytes, what is read from it.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or has become something other than a file since it was found: a pipe, of which nobody
    /// waits for the other end, or a device.
    pub(crate) fn open(path: &Path, settings: &str) -> io::Result<SourceFile> {
        let file = open_without_waiting(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("neither a file nor a folder"));
        }
        let hasher = Sha256::new_with_prefix(settings).chain_update([0]);
        Ok(SourceFile { file, hasher, size: 0, meter: Rc::default(), is_finished: false })
    }

    /// Counts from now on what is read.
    pub(crate) fn counted(self, meter: Rc<Meter>) -> SourceFile {
        SourceFile { meter, ..self }
    }

    /// The file, to be read again from its beginning by itself.
    pub(crate) fn rewound(&self) -> io::Result<File> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(file)
    }

    /// True if the file still has the known state.
    pub(crate) fn is_still(&mut self, known: FileState) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == known.size && self.finish()? == known)
    }

    /// The state of the file, once what was left unread is read.
    pub(crate) fn finish(&mut self) -> io::Result<FileState> {
        // After an archive was read by itself, nothing is left, wherever that has gone.
        if !self.is_finished {
            let mut block = vec![0; BLOCK_BYTES];
            while self.read(&mut block)? > 0 {}
            self.is_finished = true;
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&self.hasher.clone().finalize()[..16]);
        Ok(FileState { size: self.size, hash })
    }
}

impl Read for SourceFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.size += count as u64;
        self.meter.packed.set(self.size);
        Ok(count)
    }
}

#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}
