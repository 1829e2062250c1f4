//! tantivy's files as a reader opens them, who may not be allowed to write beside them.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use tantivy::Index;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The files of a folder, locked against their removal only where that can be done: on a medium that is read only nobody
/// removes files, and who may only read another's index finds it again as it is by then (see `NewsIndex::open`).
#[derive(Debug, Clone)]
struct ReadingDirectory(MmapDirectory);

impl ReadingDirectory {
    fn open(folder: &Path) -> Result<ReadingDirectory, OpenDirectoryError> {
        MmapDirectory::open(folder).map(ReadingDirectory)
    }
}

/// Opens the folder with tantivy's files for reading.
pub(super) fn open_for_reading(folder: &Path) -> anyhow::Result<Index> {
    let describe = || format!("opening the index files in `{}`", folder.display());
    let directory = ReadingDirectory::open(folder).with_context(describe)?;
    Index::open(directory).with_context(describe)
}

impl Directory for ReadingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            locked => locked,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}
