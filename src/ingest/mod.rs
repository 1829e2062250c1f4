//! Files to documents to passages.
//!
//! In: paths, as the user gave them. Out: documents in a fixed order (arguments as given, folders by name), each with
//! where it came from, and problems that name file and line. Bad input never stops the run here; the caller decides.
//! One file per format, `date` for the day of publication, then `passage` and `detect`.

mod date;
mod detect;
mod jsonl;
mod markdown;
mod passage;
mod text;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::document::Document;
use crate::language::Language;

pub use crate::ingest::date::DateReader;
pub(crate) use crate::ingest::date::DateWords;
pub use crate::ingest::detect::detect_language;
pub use crate::ingest::passage::{main_language, split_passages};

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

/// Something that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `FILE` or `FILE:LINE`, lines counted from 1.
    pub place: String,
    /// What is wrong, and what was expected.
    pub reason: String,
    /// True when a document is missing from the index because of it; false when it was indexed all the same.
    pub lost: bool,
}

/// What reading delivers, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A document to index.
    Document(Document),
    /// Something to report.
    Problem(Problem),
    /// So many bytes of input were dealt with since the last such message.
    Progress(u64),
}

/// Reads every path and hands what it finds to `deliver`, until that breaks off. A path can be a file, a folder
/// (recursively; files of other formats and hidden ones are passed over) or `-` for JSON Lines on standard input.
pub fn read_documents(
    paths: &[PathBuf],
    dates: &DateReader,
    deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for path in paths {
        if path.as_os_str() == "-" {
            read_lines(&mut io::stdin().lock(), "-", dates, deliver)?;
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => read_folder(path, dates, deliver)?,
            Ok(metadata) if metadata.is_file() => {
                let id = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
                match InputFormat::of(path) {
                    Some(format) => read_file(path, &id, format, dates, deliver)?,
                    None => deliver(lost(
                        path.display().to_string(),
                        &format!("unknown format, expected a file name ending in {}", known_extensions()),
                    ))?,
                }
            }
            Ok(_) => deliver(lost(path.display().to_string(), "neither a file nor a folder"))?,
            Err(error) => deliver(lost(path.display().to_string(), &describe_io(&error)))?,
        }
    }
    ControlFlow::Continue(())
}

/// Bytes that [`read_documents`] is going to read, as far as that can be told: standard input counts as none.
pub fn total_bytes(paths: &[PathBuf]) -> u64 {
    let files = paths.iter().flat_map(|path| walk(path).filter_map(Result::ok));
    files
        .filter(|entry| entry.file_type().is_file() && InputFormat::of(entry.path()).is_some())
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

fn known_extensions() -> String {
    let all: Vec<String> = InputFormat::ALL
        .iter()
        .flat_map(|format| format.extensions())
        .map(|extension| format!(".{extension}"))
        .collect();
    all.join(", ")
}

/// A file, or all of a folder by name, without what is hidden in it.
fn walk(path: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    entries.filter_entry(move |entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
}

fn read_folder(folder: &Path, dates: &DateReader, deliver: &mut dyn FnMut(Read) -> ControlFlow<()>) -> ControlFlow<()> {
    for entry in walk(folder) {
        match entry {
            Ok(entry) => {
                let Some(format) = InputFormat::of(entry.path()).filter(|_| entry.file_type().is_file()) else {
                    continue;
                };
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
                read_file(entry.path(), &parts.join("/"), format, dates, deliver)?;
            }
            Err(error) => {
                let place = error.path().unwrap_or(folder).display().to_string();
                let reason = error.io_error().map_or_else(|| error.to_string(), describe_io);
                deliver(lost(place, &reason))?;
            }
        }
    }
    ControlFlow::Continue(())
}

fn read_file(
    path: &Path,
    id: &str,
    format: InputFormat,
    dates: &DateReader,
    deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let place = path.display().to_string();
    if format == InputFormat::JsonLines {
        return match File::open(path) {
            Ok(file) => read_lines(&mut BufReader::with_capacity(1 << 16, file), &place, dates, deliver),
            Err(error) => deliver(lost(place, &describe_io(&error))),
        };
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return deliver(lost(place, &describe_io(&error))),
    };
    let size = bytes.len() as u64;
    let decoded = text::decode(&bytes);
    if let Some(at) = decoded.first_bad_byte {
        deliver(noted(place.clone(), &bad_utf8(at)))?;
    }
    let mut document = Document { id: id.to_owned(), path: place.clone(), ..Document::default() };
    let (mut unusable, mut stated) = (Vec::new(), None);
    match format {
        InputFormat::Markdown => (stated, unusable) = markdown::read_markdown(&decoded.text, &mut document),
        InputFormat::Text | InputFormat::JsonLines => text::read_text(&decoded.text, &mut document),
    }
    unusable.extend(dates.date(&mut document, stated.as_deref()));
    for reason in unusable {
        deliver(noted(place.clone(), &reason))?;
    }
    if document.title.trim().is_empty() && document.body.trim().is_empty() {
        deliver(noted(place, "the file is empty, so there is nothing to index"))?;
    } else {
        deliver(Read::Document(document))?;
    }
    deliver(Read::Progress(size))
}

fn read_lines(
    input: &mut dyn BufRead,
    place: &str,
    dates: &DateReader,
    deliver: &mut dyn FnMut(Read) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut line = Vec::new();
    let mut number = 0_usize;
    loop {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => number += 1,
            Err(error) => return deliver(lost(format!("{place}:{}", number + 1), &describe_io(&error))),
        }
        let place_of_line = || format!("{place}:{number}");
        let decoded = text::decode(&line);
        if let Some(at) = decoded.first_bad_byte {
            deliver(noted(place_of_line(), &bad_utf8(at)))?;
        }
        let record = decoded.text.trim();
        if !record.is_empty() {
            match jsonl::read_record(record, dates) {
                Ok((mut document, unusable)) => {
                    for reason in unusable {
                        deliver(noted(place_of_line(), &reason))?;
                    }
                    place.clone_into(&mut document.path);
                    deliver(Read::Document(document))?;
                }
                Err(reason) => deliver(lost(place_of_line(), &reason))?,
            }
        }
        deliver(Read::Progress(line.len() as u64))?;
    }
    if number == 0 {
        deliver(noted(place.to_owned(), "the file is empty, so there is nothing to index"))?;
    }
    ControlFlow::Continue(())
}

fn lost(place: String, reason: &str) -> Read {
    Read::Problem(Problem { place, reason: reason.to_owned(), lost: true })
}

fn noted(place: String, reason: &str) -> Read {
    Read::Problem(Problem { place, reason: reason.to_owned(), lost: false })
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
