//! The lock of an index folder: one writer at a time, and none while the index is read as a whole.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use crate::error::Error;

const LOCK_FILE: &str = "writer.lock";

/// Keeps writers away while an index is read as a whole; nothing where the folder is read-only, since nobody writes there.
///
/// # Errors
///
/// When another process is writing to the index.
pub(super) fn lock_for_reading(dir: &Path) -> Result<Option<File>> {
    match File::options().write(true).open(dir.join(LOCK_FILE)) {
        Ok(file) => {
            taken(file.try_lock_shared(), dir)?;
            Ok(Some(file))
        }
        Err(_) => Ok(None),
    }
}

/// Locks an index folder for writing, until the file is dropped or the process ends.
///
/// # Errors
///
/// When another process writes to the index or checks it, or the folder cannot be written to.
pub(super) fn lock(dir: &Path) -> Result<File> {
    let path = dir.join(LOCK_FILE);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("the index folder `{}` cannot be written to", dir.display()))?;
    taken(file.try_lock(), dir)?;
    Ok(file)
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
