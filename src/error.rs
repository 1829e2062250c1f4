//! Errors and their remedies, as typed values: a program branches on an [`Error`], and puts a [`Remedy`] into words for its users.
//!
//! Inside the library errors are `anyhow::Error`s, with an [`Error`] among their causes where a caller has to decide
//! something. No option or command of the command line is named here: the command line words its own advice.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::ingest::Problem;
use crate::query::syntax::QuerySyntaxError;

/// An error of the library, as a value to branch on; [`Error::remedy`] says what would help, where that is known.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No index exists in the folder.
    NoIndex {
        /// The folder.
        index: PathBuf,
    },
    /// An index exists already in the folder where a new one was to be created.
    IndexExists {
        /// The folder.
        index: PathBuf,
    },
    /// The index was built by another version, or with other analysers, dictionaries or options.
    OtherAnalysis {
        /// What differs, as a sentence.
        what: String,
        /// How to rebuild the index.
        remedy: Remedy,
    },
    /// Files of the index are damaged.
    Damaged {
        /// Which file is damaged, and how, as a sentence.
        what: String,
        /// How to repair the index.
        remedy: Remedy,
        /// The error that reading the file gave, where `what` does not include it.
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The index is locked: another process is writing to it or verifying it.
    Locked {
        /// The folder.
        index: PathBuf,
    },
    /// The index could not be opened because it was committed to repeatedly in the meantime.
    Busy {
        /// The folder.
        index: PathBuf,
    },
    /// The query has a syntax error, or nothing to look up.
    InvalidQuery(QuerySyntaxError),
    /// A document is invalid and was not indexed; the index is unchanged.
    InvalidDocument {
        /// Identifier of the document.
        id: String,
        /// What is wrong with the document, and what was expected.
        reason: String,
    },
    /// Files or folders cannot be indexed as was asked; the index is unchanged.
    InvalidInput {
        /// Which path is wrong, and what was expected.
        reason: String,
    },
    /// A strict run over files met an input that would be lost; the index is unchanged.
    StoppedByProblem(Problem),
    /// The configuration is invalid.
    Config {
        /// Which file and key are wrong, what was found, and what was expected.
        reason: String,
    },
    /// A file cannot be read or written.
    Io {
        /// What was being done, and to which file.
        what: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A bug in this program, or damage in a file that its size and modification time do not show.
    Bug {
        /// Message of the panic that stopped the operation.
        what: String,
    },
}

/// A remedy for an error. Each user interface matches on all remedies, so the compiler demands words for a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Create an index, or open another folder.
    CreateIndex,
    /// Rebuild the index from what it was built from.
    Rebuild(IndexSource),
    /// Verify the index, which reports what is damaged, or rebuild it.
    VerifyOrRebuild(IndexSource),
    /// Verify the index, which reports what is damaged, when what it was built from is not known.
    Verify,
    /// Verify the index, which reports whether it is damaged, or index everything again.
    VerifyOrIndexAnew,
    /// Delete the folder and rebuild the index, when what it was built from is not known.
    DeleteAndRebuild {
        /// The folder.
        index: PathBuf,
    },
    /// Optimize the index, which rewrites the damaged files from intact ones.
    Optimize(IndexSource),
    /// Do nothing: the next run that writes to the index repairs it.
    NextRun,
    /// Wait until the other process has finished.
    Wait,
    /// Repeat the operation, which may succeed now.
    Retry,
}

/// An index with the configuration and the files that it was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSource {
    /// The folder of the index.
    pub index: PathBuf,
    /// The folder of the index's configuration, as an absolute path; `None` for the built-in one.
    pub config: Option<PathBuf>,
    /// The files and folders that the index was built from, as absolute paths; `-` stands for standard input.
    pub paths: Vec<String>,
}

impl Error {
    /// The remedy for the error, where one is known.
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
            | Error::InvalidInput { .. }
            | Error::StoppedByProblem(_)
            | Error::Config { .. }
            | Error::Io { .. } => None,
        }
    }

    /// The typed error for a failure to load a configuration.
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
            Error::InvalidInput { reason } => write!(formatter, "{reason}; the index is unchanged"),
            Error::StoppedByProblem(problem) => {
                write!(formatter, "{}: {}; the index is unchanged", problem.place, problem.reason)
            }
            Error::Config { reason } => formatter.write_str(reason),
            Error::Bug { what } => {
                write!(formatter, "stopped unexpectedly, perhaps because the index is damaged ({what})")
            }
        }
    }
}

// The messages of all other errors include their cause, so these have no source.
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
