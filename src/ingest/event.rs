//! Read events: what reading reports, in the order of reading.
//!
//! A problem has its reason apart from what a user can do about it: how a limit is raised or a format is named is worded by
//! the program that was asked to read, not here.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;

use crate::text::document::Document;

/// An event of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadEvent {
    /// A file begins: the documents up to the next [`ReadEvent::FileEnded`] are from it. An absolute path; `-` is standard
    /// input.
    FileStarted(String),
    /// A document to index.
    Document(Document),
    /// The file that was started last has ended. With its state if it was read to its end; standard input has none.
    FileEnded(Option<FileState>),
    /// A path, absolute, that is not read: the problem that comes next says why. All other problems are those of the file that
    /// was started last.
    NotRead(String),
    /// A file, by its absolute path, that has not changed since its known state, and so is not read again.
    FileUnchanged(String),
    /// The decoding of the text of a file, of an archive's entry or of a web page; once each, after its documents.
    Decoded {
        /// The name of the encoding, as in the WHATWG Encoding Standard; UTF-8 for ASCII.
        encoding: &'static str,
        /// Sequences of bytes that could not be read, each of which became U+FFFD.
        undecodable: u64,
    },
    /// A problem to report.
    Problem(Problem),
    /// Progress: the number of bytes of input that were dealt with since the last such event.
    Progress(u64),
}

/// The state of a file when it was last read to its end: enough to tell whether it would be read otherwise now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// Bytes of the file.
    pub size: u64,
    /// The first half of the SHA-256 of the bytes and of what else decides how they are read.
    pub hash: [u8; 16],
}

/// The effect of a problem on the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A document is missing from the index because of it.
    Lost,
    /// The document was indexed all the same.
    Noted,
    /// An input was skipped by rule: it is not what is indexed.
    Skipped,
}

/// Something that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `FILE` or `FILE:LINE`, lines counted from 1.
    pub place: String,
    /// The reason: what is wrong, and what was expected.
    pub reason: Reason,
    /// The effect on the index.
    pub kind: ProblemKind,
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, place: impl Into<String>, reason: impl Into<Reason>) -> Problem {
        Problem { place: place.into(), reason: reason.into(), kind }
    }

    pub(crate) fn lost(place: impl Into<String>, reason: impl Into<Reason>) -> Problem {
        Problem::new(ProblemKind::Lost, place, reason)
    }

    pub(crate) fn skipped(place: impl Into<String>, reason: impl Into<Reason>) -> Problem {
        Problem::new(ProblemKind::Skipped, place, reason)
    }
}

/// Advice to a user, by which more is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Raise the limit of this name , one of `[limits]` of the configuration.
    RaiseLimit(&'static str),
    /// Raise the limit `unpack_ratio` or `unpack_start`.
    RaiseUnpackLimit,
    /// State the format of the input, since its name does not.
    StateFormat,
    /// State the encoding of the input.
    StateEncoding,
    /// State what the columns of a table hold.
    NameColumns,
    /// State which fields of the records hold the parts of an article.
    MapFields,
}

/// The reason of a problem. Displayed without the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The fault: what is wrong, and what was expected.
    pub fault: String,
    /// The advice that mends it, if one does.
    pub advice: Option<Advice>,
    /// The consequence for the rest of the input, where that is not plain.
    pub consequence: Option<String>,
}

impl Reason {
    /// A limit that was exceeded; `before` is what has more than it, and ends in `has` or the like.
    pub(crate) fn beyond_limit(before: impl Display, name: &'static str, limit: impl Display) -> Reason {
        Reason::from(format!("{before}more than the limit `{name}` of {limit}")).advising(Advice::RaiseLimit(name))
    }

    pub(crate) fn advising(self, advice: Advice) -> Reason {
        Reason { advice: Some(advice), ..self }
    }

    /// The reason with a consequence for the rest of the input.
    pub(crate) fn then(self, consequence: impl Into<String>) -> Reason {
        let consequence = consequence.into();
        let consequence = match self.consequence {
            Some(first) => format!("{first}; {consequence}"),
            None => consequence,
        };
        Reason { consequence: Some(consequence), ..self }
    }

    /// The reason with a place in front of it, such as `column 5: `.
    pub(crate) fn behind(self, place: impl Display) -> Reason {
        Reason { fault: format!("{place}{}", self.fault), ..self }
    }

    /// The reason why an input could not be read on: what this crate said, or the operating system.
    pub(crate) fn of_io(error: &io::Error) -> Reason {
        Reason::within(error).cloned().unwrap_or_else(|| describe_io(error).into())
    }

    /// The reason that this crate put into an error; `None` for errors of the operating system.
    pub(crate) fn within(error: &io::Error) -> Option<&Reason> {
        error.get_ref()?.downcast_ref()
    }

    /// The reason as text, with the advice as `words` has it.
    pub fn worded(&self, words: &dyn Fn(Advice) -> String) -> String {
        let mut text = self.fault.clone();
        for further in self.advice.map(words).into_iter().chain(self.consequence.clone()) {
            text.push_str("; ");
            text.push_str(&further);
        }
        text
    }
}

impl From<String> for Reason {
    fn from(fault: String) -> Reason {
        Reason { fault, advice: None, consequence: None }
    }
}

impl From<&str> for Reason {
    fn from(fault: &str) -> Reason {
        Reason::from(fault.to_owned())
    }
}

impl Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.fault)?;
        self.consequence.iter().try_for_each(|consequence| write!(formatter, "; {consequence}"))
    }
}

impl Error for Reason {}

/// A message of the operating system without its error number, and what to do where that is plain.
pub(crate) fn describe_io(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied; it must be readable by you".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
