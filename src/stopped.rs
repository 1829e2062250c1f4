//! Work that stops where it never should. Where files are damaged in a way that their sizes and times do not show, reading them may
//! stop anywhere; a caller of the library gets an error then, and can go on with another index.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};

use anyhow::Result;

/// The work stopped unexpectedly: a damaged index makes it do so, or a fault of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// What was said where it stopped, on one line; it may hold text of a document.
    pub by: String,
}

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "stopped unexpectedly, as a damaged index makes it ({})", self.by)
    }
}

impl std::error::Error for Stopped {}

/// Does some work, and turns a panic in it into an error. What the work held is dropped.
///
/// # Errors
///
/// Those of the work, and [`Stopped`].
pub fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        Err(Stopped { by: said.replace('\n', " ") }.into())
    })
}
