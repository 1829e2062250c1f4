//! The lock of an index folder: one writer at a time, and none while the index is read as a whole.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use crate::error::Error;

const LOCK_FILE: &str = "writer.lock";

/// A lock that is held until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct FolderLock(File);

/// Closing the file would not do: a lock lives as long as any copy of the file, and a process that another thread is just starting
/// has one, until it runs its own program.
impl Drop for FolderLock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Keeps writers away while an index is read as a whole; nothing where the folder is read-only, since nobody writes there.
///
/// # Errors
///
/// When another process is writing to the index.
pub(super) fn lock_for_reading(dir: &Path) -> Result<Option<FolderLock>> {
    match File::options().write(true).open(dir.join(LOCK_FILE)) {
        Ok(file) => {
            taken(file.try_lock_shared(), dir)?;
            Ok(Some(FolderLock(file)))
        }
        Err(_) => Ok(None),
    }
}

/// Locks an index folder for writing.
///
/// # Errors
///
/// When another process writes to the index or checks it, or the folder cannot be written to.
pub(super) fn lock(dir: &Path) -> Result<FolderLock> {
    let path = dir.join(LOCK_FILE);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("the index folder `{}` cannot be written to", dir.display()))?;
    taken(file.try_lock(), dir)?;
    Ok(FolderLock(file))
}

fn taken(lock: Result<(), TryLockError>, dir: &Path) -> Result<()> {
    match lock {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { index: dir.to_owned() }.into()),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("locking the index in `{}`", dir.display()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_when_it_is_dropped_although_a_copy_of_its_file_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        // A process that is just being started has such a copy.
        let _copy = held.0.try_clone().unwrap();
        assert!(lock(folder.path()).is_err());
        drop(held);
        let held = lock(folder.path()).unwrap();
        assert!(lock_for_reading(folder.path()).is_err());
        drop(held);
        let read = lock_for_reading(folder.path()).unwrap().unwrap();
        let _copy = read.0.try_clone().unwrap();
        drop(read);
        lock(folder.path()).unwrap();
    }
}
