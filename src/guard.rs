//! Panics as errors. Where files are damaged in a way that their sizes and times do not show, reading them may panic anywhere;
//! a caller of the library gets an error then, and can go on with another index.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;

use crate::error::Error;

/// Does some work, and turns a panic in it into [`Error::Bug`]. What the work held is dropped.
///
/// # Errors
///
/// Those of the work, and [`Error::Bug`] among the causes.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Error::Bug { what: message_of(&*panic) }.into()))
}

/// The message of a panic, on one line; it may hold text of a document.
fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "a panic without a message".to_owned()).replace('\n', " ")
}
