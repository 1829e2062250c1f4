//! One file to its documents, by its format.

use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use crate::document::Document;
use crate::index::absolute;
use crate::ingest::source::Source;
use crate::ingest::{Deliver, DocumentReader, FileState, InputFormat, Read};
use crate::ingest::{bad_utf8, describe_io, jsonl, lost, markdown, noted, text};

/// Bytes that are read from a file at a time.
const BUFFER_BYTES: usize = 64 << 10;

/// Where documents come from.
pub(super) struct Place<'a> {
    /// The id of a file that is one document.
    pub(super) id: &'a str,
    /// The file as it was reached, for problems and hits.
    pub(super) path: &'a str,
}

/// Whether an input was read to its end.
pub(super) type Complete = bool;

impl DocumentReader {
    /// Reads a file unless it is as it is known.
    pub(super) fn read_path(
        &self,
        path: &Path,
        id: &str,
        format: InputFormat,
        known: &dyn Fn(&str) -> Option<FileState>,
        deliver: &mut Deliver<'_>,
    ) -> ControlFlow<()> {
        let key = absolute(path);
        let shown = path.display().to_string();
        let settings = self.settings();
        if let Some(state) = known(&key)
            && Source::open(path, &settings).and_then(|source| source.is_still(state)).unwrap_or(false)
        {
            deliver(Read::Unchanged(key))?;
            return deliver(Read::Progress(state.size));
        }
        let mut input = match Source::open(path, &settings) {
            Ok(source) => BufReader::with_capacity(BUFFER_BYTES, source),
            Err(error) => return deliver(Read::Problem(lost(shown, &describe_io(&error)))),
        };
        deliver(Read::Begin(key))?;
        let place = Place { id, path: &shown };
        let complete = match format {
            InputFormat::JsonLines => self.read_lines(&mut input, &place, deliver),
            InputFormat::Text | InputFormat::Markdown => self.read_article(&mut input, &place, format, deliver),
        };
        let complete = match complete {
            ControlFlow::Continue(complete) => complete,
            ControlFlow::Break(()) => return ControlFlow::Break(()),
        };
        match input.get_mut().finish() {
            Ok(state) if complete => deliver(Read::End(state)),
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => deliver(Read::Problem(lost(shown, &describe_io(&error)))),
        }
    }

    /// Reads an input that is one document.
    fn read_article(
        &self,
        input: &mut dyn BufRead,
        place: &Place<'_>,
        format: InputFormat,
        deliver: &mut Deliver<'_>,
    ) -> ControlFlow<(), Complete> {
        let mut bytes = Vec::new();
        if let Err(error) = input.read_to_end(&mut bytes) {
            deliver(Read::Problem(lost(place.path, &describe_io(&error))))?;
            return ControlFlow::Continue(false);
        }
        let decoded = text::decode(&bytes);
        if let Some(at) = decoded.first_bad_byte {
            deliver(Read::Problem(noted(place.path, &bad_utf8(at))))?;
        }
        let mut document = Document { id: place.id.to_owned(), path: place.path.to_owned(), ..Document::default() };
        let (mut unusable, mut stated) = (Vec::new(), None);
        match format {
            InputFormat::Markdown => (stated, unusable) = markdown::read_markdown(&decoded.text, &mut document),
            InputFormat::Text | InputFormat::JsonLines => text::read_text(&decoded.text, &mut document),
        }
        unusable.extend(self.dates.date(&mut document, stated.as_deref()));
        for reason in unusable {
            deliver(Read::Problem(noted(place.path, &reason)))?;
        }
        if document.title.trim().is_empty() && document.body.trim().is_empty() {
            deliver(Read::Problem(noted(place.path, "the file is empty, so there is nothing to index")))?;
        } else {
            deliver(Read::Document(document))?;
        }
        deliver(Read::Progress(bytes.len() as u64))?;
        ControlFlow::Continue(true)
    }

    /// Reads JSON Lines.
    pub(super) fn read_lines(
        &self,
        input: &mut dyn BufRead,
        place: &Place<'_>,
        deliver: &mut Deliver<'_>,
    ) -> ControlFlow<(), Complete> {
        let mut line = Vec::new();
        let mut number = 0_usize;
        loop {
            line.clear();
            match input.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => number += 1,
                Err(error) => {
                    let place = format!("{}:{}", place.path, number + 1);
                    deliver(Read::Problem(lost(place, &describe_io(&error))))?;
                    return ControlFlow::Continue(false);
                }
            }
            let place_of_line = || format!("{}:{number}", place.path);
            let decoded = text::decode(&line);
            if let Some(at) = decoded.first_bad_byte {
                deliver(Read::Problem(noted(place_of_line(), &bad_utf8(at))))?;
            }
            let record = decoded.text.trim();
            if !record.is_empty() {
                match jsonl::read_record(record, &self.dates) {
                    Ok((mut document, unusable)) => {
                        for reason in unusable {
                            deliver(Read::Problem(noted(place_of_line(), &reason)))?;
                        }
                        place.path.clone_into(&mut document.path);
                        deliver(Read::Document(document))?;
                    }
                    Err(reason) => deliver(Read::Problem(lost(place_of_line(), &reason)))?,
                }
            }
            deliver(Read::Progress(line.len() as u64))?;
        }
        if number == 0 {
            deliver(Read::Problem(noted(place.path, "the file is empty, so there is nothing to index")))?;
        }
        ControlFlow::Continue(true)
    }
}
