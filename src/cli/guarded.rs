//! The panic guard of the command line: a panic is printed as one line, like any error, and not as a stack trace.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tradewire::Error;

/// The message and place of the first panic.
static STOPPED_BY: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command and turns a panic into an error. An index that is damaged in a way that file sizes and times do not show may
/// panic anywhere while it is read.
///
/// # Errors
///
/// The errors of the command, and [`Error::Bug`] for a panic.
pub(super) fn guarded<T>(command: impl FnOnce() -> Result<T>) -> Result<T> {
    // The message is kept, not printed as it is: it may contain text of a document.
    panic::set_hook(Box::new(|what| {
        let mut stopped_by = STOPPED_BY.lock().unwrap_or_else(PoisonError::into_inner);
        stopped_by.get_or_insert_with(|| what.to_string().replace('\n', " "));
    }));
    // Unwind safety: everything that the command held is dropped, and the process ends.
    let result = panic::catch_unwind(AssertUnwindSafe(command));
    let _ = panic::take_hook();
    result.unwrap_or_else(|_| {
        let stopped_by = STOPPED_BY.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        Err(Error::Bug { what: stopped_by }.into())
    })
}
