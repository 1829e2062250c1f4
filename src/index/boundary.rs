//! Where errors of the rooms become those of the public library, and panics errors.

use std::io;

use anyhow::Result;
use tantivy::TantivyError;
use tantivy::directory::error::{OpenReadError, OpenWriteError};

use crate::error::{Error, Remedy};
use crate::guard;

/// Does some work on an index. A panic is caught, since files that are damaged in a way that their sizes and times do not show
/// can make tantivy panic anywhere; what the work held is dropped.
///
/// # Errors
///
/// The [`Error`] among the causes of what goes wrong. What has no name of its own is a file that cannot be read or written, or
/// one that is damaged.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T, Error> {
    guard::guarded(work).map_err(named)
}

/// The [`Error`] among the causes of what went wrong; without one, an error of input and output or damage.
pub(crate) fn named(error: anyhow::Error) -> Error {
    let error = match error.downcast::<Error>() {
        Ok(error) => return error,
        Err(error) => error,
    };
    let what = format!("{error:#}");
    match error.chain().find_map(io_cause) {
        Some(source) => Error::Io { what, source },
        None => Error::Damaged { what, remedy: Remedy::Verify, source: None },
    }
}

/// What the operating system said. tantivy keeps it to itself.
fn io_cause(cause: &(dyn std::error::Error + 'static)) -> Option<io::Error> {
    let error = match cause.downcast_ref() {
        Some(TantivyError::IoError(error)) => error,
        Some(TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })) => io_error,
        Some(TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })) => io_error,
        _ => cause.downcast_ref::<io::Error>()?,
    };
    Some(io::Error::new(error.kind(), error.to_string()))
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn errors_and_panics_get_their_names() {
        let locked = || Err::<(), _>(Error::Locked { index: "x".into() }).context("opening the index");
        assert!(matches!(guarded(locked), Err(Error::Locked { .. })));
        let full = || Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull)).context("committing the index");
        let Err(Error::Io { what, source }) = guarded(full) else {
            panic!("a full disk is an error of input and output")
        };
        assert!(what.starts_with("committing the index: ") && source.kind() == io::ErrorKind::StorageFull, "{what}");
        let damaged = || Err::<(), _>(anyhow::anyhow!("a stored passage is damaged"));
        assert!(matches!(guarded(damaged), Err(Error::Damaged { .. })));
        let stopped = guarded(|| -> Result<()> { panic!("index out of bounds") });
        assert!(matches!(stopped, Err(Error::Bug { what }) if what == "index out of bounds"));
    }
}
