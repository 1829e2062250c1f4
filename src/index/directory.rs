//! The directory of tantivy's files: also by who may not write beside them, and so that whoever may read the folder may
//! read each of them.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::schema::Schema;
use tantivy::{Index, IndexSettings};

use crate::index::manifest::replace_file;

/// The files of a folder, locked against their removal only where that can be done: on a medium that is read only nobody
/// removes files, and who may only read another's index finds it again as it is by then (see `NewsIndex::open`).
#[derive(Debug, Clone)]
struct IndexFiles {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl IndexFiles {
    fn open(folder: &Path) -> Result<IndexFiles, OpenDirectoryError> {
        Ok(IndexFiles { folder: folder.to_owned(), mapped: MmapDirectory::open(folder)? })
    }
}

/// Opens the folder with tantivy's files.
///
/// # Errors
///
/// When they are not there or cannot be read.
pub(super) fn open_segments(folder: &Path) -> anyhow::Result<Index> {
    let describe = || format!("opening the index files in `{}`", folder.display());
    let directory = IndexFiles::open(folder).with_context(describe)?;
    Index::open(directory).with_context(describe)
}

/// Makes a folder for tantivy's files, without any document.
///
/// # Errors
///
/// When it cannot be written to, or has such files already.
pub(super) fn create_segments(folder: &Path, schema: Schema, settings: IndexSettings) -> anyhow::Result<Index> {
    let describe = || format!("creating the index files in `{}`", folder.display());
    fs::create_dir_all(folder).with_context(describe)?;
    let directory = IndexFiles::open(folder).with_context(describe)?;
    Index::create(directory, schema, settings).with_context(describe)
}

impl Directory for IndexFiles {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // tantivy's own makes files that nobody else may read.
        replace_file(&self.folder.join(path), data).map_err(io::Error::other)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        // No other process writes here (`lock`), but one that this process is just starting may have a copy of an earlier lock for a
        // moment, which is waited for.
        let lock = Lock { filepath: lock.filepath.clone(), is_blocking: true };
        match self.mapped.acquire_lock(&lock) {
            Err(LockError::IoError(error))
                if matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            locked => locked,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}
