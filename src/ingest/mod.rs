//! Files to documents to passages.
//!
//! In: paths, as the user gave them. Out: documents in a fixed order (arguments as given, folders by name), each with
//! where it came from, and problems that name file and line. Bad input never stops the run here; the caller decides.
//! `walk` finds files, `source` opens one and knows whether it has changed, `file` reads it; one file per format, `date`
//! for the day of publication, then `passage` and `detect`.

mod date;
mod detect;
mod file;
mod jsonl;
mod markdown;
mod passage;
mod source;
mod text;
mod walk;

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::config::Config;
use crate::document::Document;
use crate::language::Language;

pub use crate::ingest::date::DateReader;
pub(crate) use crate::ingest::date::DateWords;
pub use crate::ingest::detect::detect_language;
pub use crate::ingest::passage::{main_language, split_passages};
pub use crate::ingest::source::FileState;
pub use crate::ingest::walk::total_bytes;

/// The formats that can be read, each by its own reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFormat {
    /// One document a file.
    Text,
    /// One document a file.
    Markdown,
    /// One document a line.
    JsonLines,
}

impl InputFormat {
    /// Every format.
    pub const ALL: [InputFormat; 3] = [InputFormat::Text, InputFormat::Markdown, InputFormat::JsonLines];

    /// Endings of file names that mean this format, in lower case, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            InputFormat::Text => &["txt", "text"],
            InputFormat::Markdown => &["md", "markdown"],
            InputFormat::JsonLines => &["jsonl", "ndjson"],
        }
    }

    fn of(path: &Path) -> Option<InputFormat> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        InputFormat::ALL.into_iter().find(|format| format.extensions().contains(&extension.as_str()))
    }
}

/// What became of something that was not read as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A document is missing from the index because of it.
    Lost,
    /// The document was indexed all the same.
    Noted,
    /// Passed over by rule: it is not what is indexed.
    Skipped,
}

/// Something that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `FILE` or `FILE:LINE`, lines counted from 1.
    pub place: String,
    /// What is wrong, and what was expected.
    pub reason: String,
    /// What that means for the index.
    pub kind: ProblemKind,
}

/// What reading delivers, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// The documents up to the next [`Read::End`] are from this file, as an absolute path; `-` is standard input.
    Begin(String),
    /// A document to index.
    Document(Document),
    /// The file that began last was read to its end, and had this content. Not for standard input, nor for a file that
    /// could not be read to its end.
    End(FileState),
    /// This file, an absolute path, has the content that is known of it, and was not read again.
    Unchanged(String),
    /// Something to report.
    Problem(Problem),
    /// So many bytes of input were dealt with since the last such message.
    Progress(u64),
}

/// Who takes what is read; breaks off to stop the reading.
pub(crate) type Deliver<'a> = dyn FnMut(Read) -> ControlFlow<()> + 'a;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {}

/// Reads documents.
pub struct DocumentReader {
    dates: DateReader,
    _options: ReadOptions,
}

impl DocumentReader {
    /// Gets ready to read.
    ///
    /// # Errors
    ///
    /// When the configuration's `dates.toml` is not as it must be.
    pub fn new(config: &Config, options: ReadOptions) -> Result<DocumentReader> {
        Ok(DocumentReader { dates: DateReader::new(config)?, _options: options })
    }

    /// Reads every path and hands what it finds to `deliver`, until that breaks off. A path can be a file, a folder
    /// (recursively; files of other formats and hidden ones are passed over) or `-` for JSON Lines on standard input.
    ///
    /// `known` says what is known of a file, by its absolute path: where that still holds, the file is not read again.
    pub fn read(
        &self,
        paths: &[PathBuf],
        known: &dyn Fn(&str) -> Option<FileState>,
        deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        walk::each_file(paths, &mut |found| match found {
            walk::Found::Stdin => {
                deliver(Read::Begin("-".to_owned()))?;
                let at = file::Place { id: "-", path: "-" };
                match self.read_lines(&mut io::stdin().lock(), &at, deliver) {
                    ControlFlow::Continue(_) => ControlFlow::Continue(()),
                    ControlFlow::Break(()) => ControlFlow::Break(()),
                }
            }
            walk::Found::File { path, id, format } => self.read_path(path, id, format, known, deliver),
            walk::Found::Problem(problem) => deliver(Read::Problem(problem)),
        })
    }

    /// What decides, beside the bytes of a file, what is read from it. A file is unchanged only if this is too.
    fn settings(&self) -> String {
        format!("reader {READER_VERSION}")
    }
}

/// Changed whenever the readers would make other documents of the same files.
const READER_VERSION: u32 = 1;

fn lost(place: impl Into<String>, reason: &str) -> Problem {
    Problem { place: place.into(), reason: reason.to_owned(), kind: ProblemKind::Lost }
}

fn noted(place: impl Into<String>, reason: &str) -> Problem {
    Problem { place: place.into(), reason: reason.to_owned(), kind: ProblemKind::Noted }
}

fn skipped(place: impl Into<String>, reason: &str) -> Problem {
    Problem { place: place.into(), reason: reason.to_owned(), kind: ProblemKind::Skipped }
}

fn bad_utf8(at: usize) -> String {
    format!("not valid UTF-8 at byte {at}; what could not be read is shown as \u{FFFD}, the rest is indexed")
}

/// The language that a tag names. Other languages are none of ours, and their text decides; what is no tag at all is
/// noted as unusable.
fn read_language(tag: &str, unusable: &mut Vec<String>) -> Option<Language> {
    let lang = Language::from_tag(tag);
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=8).contains(&primary.len()) && primary.chars().all(|letter| letter.is_ascii_alphabetic());
    if lang.is_none() && !is_tag {
        unusable.push(format!("`{tag}` is not a language tag, expected one like en, de, ko or zh; the text decides"));
    }
    lang
}

/// What the operating system says, without its error number, and what to do where that is plain.
fn describe_io(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied; it must be readable by you".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
