//! Files to documents to passages.
//!
//! In: paths, as the user gave them. Out: documents in a fixed order (arguments as given, folders by name), each with
//! where it came from, and problems that name file and line. Bad input never stops the run here; the caller decides.
//! `walk` finds files, `source` opens one and knows whether it has changed, `file` reads it: `unpack` and `archive` unpack,
//! `format` says what it is, `encoding` makes text of it, and there is one file per format; `delivery` is the way out. Then
//! `date` for the day of publication, `passage` and `detect`.

pub(crate) mod columns;
pub(crate) mod date;
pub(crate) mod decode;
pub(crate) mod files;
pub(crate) mod formats;
pub(crate) mod limits;
pub(crate) mod options;
pub(crate) mod packed;
pub(crate) mod sink;

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::ingest::columns::Headings;
use crate::ingest::files::file::Place;
use crate::text::document::Document;
use crate::text::language::Language;
use crate::versions::{self, Version};

pub use crate::ingest::columns::Columns;
pub use crate::ingest::date::DateReader;
pub use crate::ingest::decode::encoding::TextEncoding;
pub(crate) use crate::ingest::files::name::{absolute, key as path_key};
pub use crate::ingest::files::source::FileState;
pub use crate::ingest::files::walk::total_bytes;
pub use crate::ingest::formats::format::InputFormat;
pub use crate::ingest::limits::Limits;
pub use crate::ingest::options::Options;

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
    /// Nothing more comes of the file that began last. It had this content if it was read to its end; standard input has none.
    End(Option<FileState>),
    /// This path, an absolute one, is passed over or cannot be read; the problem that comes next says why. Other problems are
    /// those of the file that began last.
    Unread(String),
    /// This file, an absolute path, has the content that is known of it, and was not read again.
    Unchanged(String),
    /// How a file's text was decoded, or that of an entry of an archive or of a page; once each, after its documents.
    Decoded {
        /// The name of the encoding, as in the WHATWG Encoding Standard; UTF-8 for ASCII.
        encoding: &'static str,
        /// Sequences of bytes that could not be read, each of which became U+FFFD.
        undecodable: u64,
    },
    /// Something to report.
    Problem(Problem),
    /// So many bytes of input were dealt with since the last such message.
    Progress(u64),
}

/// Who takes what is read; breaks off to stop the reading.
pub(crate) type Deliver<'a> = dyn FnMut(Read) -> ControlFlow<()> + 'a;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format of all files, whatever their names, and of standard input; packed files are unpacked first.
    pub format: Option<InputFormat>,
    /// The encoding of all files, whatever they seem to be in.
    pub encoding: Option<TextEncoding>,
}

/// Reads documents.
pub struct DocumentReader {
    dates: DateReader,
    limits: Limits,
    columns: Columns,
    headings: Headings,
    options: ReadOptions,
    /// What decides, beside the bytes of a file, what is read from it. A file is unchanged only if this is too.
    settings: String,
    /// A folder that is passed over.
    except: Option<PathBuf>,
}

impl DocumentReader {
    /// Gets ready to read, within the limits of the options.
    ///
    /// # Errors
    ///
    /// When their `dates.toml` is not as it must be.
    pub fn new(given: &Options, options: ReadOptions) -> Result<DocumentReader> {
        let (limits, columns) = (given.limits, given.columns.clone());
        let Version { number, crates } = versions::DOCUMENTS;
        let settings = format!("reader {number} {crates} {options:?} {}", given.described());
        let (dates, headings) = (DateReader::new(given)?, columns.headings());
        Ok(DocumentReader { dates, limits, columns, headings, options, settings, except: None })
    }

    /// Passes over a folder wherever it is found in another, such as the index that is being written.
    pub fn except(self, folder: &Path) -> DocumentReader {
        DocumentReader { except: folder.canonicalize().ok(), ..self }
    }

    /// Reads every path and hands what it finds to `deliver`, until that breaks off. A path can be a file, a folder
    /// (recursively; files of other formats and hidden ones are passed over) or `-` for standard input, which is JSON Lines
    /// unless the options say otherwise.
    ///
    /// `known` says what is known of a file, by its absolute path: where that still holds, the file is not read again.
    pub fn read(
        &self,
        paths: &[PathBuf],
        known: &dyn Fn(&str) -> Option<FileState>,
        deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let any_name = self.options.format.is_some();
        crate::ingest::files::walk::each_file(paths, any_name, self.except.as_deref(), &mut |found| match found {
            crate::ingest::files::walk::Found::Stdin => {
                deliver(Read::Begin("-".to_owned()))?;
                let place = Place { name: "-.jsonl".to_owned(), ..Place::named("-") };
                self.read_unfiled(io::stdin().lock(), &place, deliver)?;
                deliver(Read::End(None))
            }
            crate::ingest::files::walk::Found::File { path, key, id, is_named } => {
                self.read_path(path, key, id, is_named, known, deliver)
            }
            crate::ingest::files::walk::Found::Unread(key, problem) => {
                deliver(Read::Unread(key))?;
                deliver(Read::Problem(problem))
            }
        })
    }

    /// Reads bytes as if they were a file of that name: as [`DocumentReader::read`] does, but for what is said of the file
    /// itself.
    pub fn read_bytes(
        &self,
        name: &str,
        bytes: &[u8],
        deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.read_unfiled(bytes, &Place::named(name), deliver)
    }
}

fn lost(place: impl Into<String>, reason: &str) -> Problem {
    Problem { place: place.into(), reason: reason.to_owned(), kind: ProblemKind::Lost }
}

fn skipped(place: impl Into<String>, reason: &str) -> Problem {
    Problem { place: place.into(), reason: reason.to_owned(), kind: ProblemKind::Skipped }
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
