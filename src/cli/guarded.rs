//! A command that stops where it never should: said in one line, like any error, and not as a trace on the terminal.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use tradewire::Error;

/// Where the first thread stopped, and by what.
static STOPPED_BY: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command. Where its files are damaged in a way that their sizes and times do not show, reading them may stop anywhere.
///
/// # Errors
///
/// Those of the command, and what it stopped by.
pub(super) fn guarded<T>(command: impl FnOnce() -> Result<T>) -> Result<T> {
    // Nothing is shown where it happens: it may hold text of a document.
    panic::set_hook(Box::new(|what| {
        let mut stopped_by = STOPPED_BY.lock().unwrap_or_else(PoisonError::into_inner);
        stopped_by.get_or_insert_with(|| what.to_string().replace('\n', " "));
    }));
    // What the command held is dropped, and the process ends.
    let result = panic::catch_unwind(AssertUnwindSafe(command));
    let _ = panic::take_hook();
    result.unwrap_or_else(|_| {
        let stopped_by = STOPPED_BY.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        Err(Error::Bug { what: stopped_by }.into())
    })
}
