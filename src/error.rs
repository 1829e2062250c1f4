//! What goes wrong, and what mends it, as values: a program branches on [`Error`], and words [`Remedy`] for its users.
//!
//! Below the public library errors are `anyhow`'s, with an [`Error`] among their causes where a caller has something to
//! decide. No flag and no command of the command line is named here: that is the command line's own business.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::query::syntax::QuerySyntaxError;

/// An error of the library.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    NoIndex {
        /// The folder.
        index: PathBuf,
    },
    /// There is an index already in the folder where a new one was to be made.
    IndexExists {
        /// The folder.
        index: PathBuf,
    },
    /// The index was built by another version, or with other analysers, dictionaries or options.
    OtherAnalysis {
        /// What differs, as a sentence.
        what: String,
        /// How to build it anew.
        remedy: Remedy,
    },
    /// Files of the index are damaged.
    Damaged {
        /// Which file, and what is the matter with it, as a sentence.
        what: String,
        /// What mends it.
        remedy: Remedy,
        /// What the reader of the file says, where `what` does not say it.
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// Another process is writing to the index, or verifies it.
    Locked {
        /// The folder.
        index: PathBuf,
    },
    /// The index was committed to again and again while it was being opened.
    Busy {
        /// The folder.
        index: PathBuf,
    },
    /// The query cannot be read, or has nothing to look up.
    InvalidQuery(QuerySyntaxError),
    /// A document cannot be indexed as it is; nothing was changed.
    InvalidDocument {
        /// The document's id.
        id: String,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// The configuration is not as it must be.
    Config {
        /// Which file and key, what was found, and what was expected.
        reason: String,
    },
    /// A file cannot be read or written.
    Io {
        /// What was being done, and to which file.
        what: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// A fault of this program, or damage in a file that its size and time do not show.
    Bug {
        /// What the program stopped by.
        what: String,
    },
}

/// What mends an error. Every face words each of them, so a new one has to be worded before anything compiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Index something, or open another folder.
    CreateIndex,
    /// Build the index anew.
    Rebuild(IndexSource),
    /// Verify the index, which says what is damaged, or build it anew.
    VerifyOrRebuild(IndexSource),
    /// Verify the index, which says what is damaged. What it was built from is not known here.
    Verify,
    /// Verify the index, which says whether it is damaged, or index everything anew.
    VerifyOrIndexAnew,
    /// Delete the folder, and build the index anew: what it was built from is not known.
    DeleteAndRebuild {
        /// The folder.
        index: PathBuf,
    },
    /// Optimize the index: what is damaged is written anew from what is whole.
    Optimize(IndexSource),
    /// Any next run that writes to the index mends it by the way.
    NextRun,
    /// Wait until the other process is done.
    Wait,
    /// Try again.
    Retry,
}

/// An index, and what it was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSource {
    /// The folder of the index.
    pub index: PathBuf,
    /// The folder of its configuration, as an absolute path; `None` for the one that is built in.
    pub config: Option<PathBuf>,
    /// The files and folders that it was built from, as absolute paths; `-` stands for standard input.
    pub paths: Vec<String>,
}

impl Error {
    /// What mends it, where that is known.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Error::NoIndex { .. } => Some(Remedy::CreateIndex),
            Error::OtherAnalysis { remedy, .. } | Error::Damaged { remedy, .. } => Some(remedy.clone()),
            Error::Locked { .. } => Some(Remedy::Wait),
            Error::Busy { .. } => Some(Remedy::Retry),
            Error::Bug { .. } => Some(Remedy::VerifyOrIndexAnew),
            Error::IndexExists { .. }
            | Error::InvalidQuery(_)
            | Error::InvalidDocument { .. }
            | Error::Config { .. }
            | Error::Io { .. } => None,
        }
    }

    /// The error of a configuration.
    pub(crate) fn of_config(error: anyhow::Error) -> Error {
        match error.downcast() {
            Ok(error) => error,
            Err(error) => Error::Config { reason: format!("{error:#}") },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoIndex { index } => write!(formatter, "there is no index in `{}`", index.display()),
            Error::IndexExists { index } => write!(formatter, "there is an index in `{}` already", index.display()),
            Error::OtherAnalysis { what, .. } | Error::Damaged { what, .. } | Error::Io { what, .. } => {
                formatter.write_str(what)
            }
            Error::Locked { index } => {
                write!(formatter, "another tradewire is writing to the index in `{}`, or checking it", index.display())
            }
            Error::Busy { index } => {
                write!(formatter, "the index in `{}` is being written to constantly", index.display())
            }
            Error::InvalidQuery(error) => error.fmt(formatter),
            Error::InvalidDocument { id, reason } => write!(formatter, "document `{id}`: {reason}"),
            Error::Config { reason } => formatter.write_str(reason),
            Error::Bug { what } => {
                write!(formatter, "stopped unexpectedly, perhaps because the index is damaged ({what})")
            }
        }
    }
}

// All other errors say in their own words what they were caused by.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Damaged { source, .. } => source.as_deref().map(|source| source as _),
            _ => None,
        }
    }
}

impl From<QuerySyntaxError> for Error {
    fn from(error: QuerySyntaxError) -> Error {
        Error::InvalidQuery(error)
    }
}
