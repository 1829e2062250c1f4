//! Tables with a heading: CSV, with commas or semicolons, and TSV. One document a row.
//!
//! In: text. Out: documents, by the names of the columns. Rows are read by csv's core as a stream, none of them held in memory
//! beyond the limit; a row that is too short or too long is read as far as the heading goes.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::config::{Part, beyond, size_text};
use crate::document::Document;
use crate::ingest::delivery::Delivery;
use crate::ingest::file::{Complete, Place};
use crate::ingest::{DocumentReader, InputFormat};

/// Fields of a row at most; no table of articles has as many.
const MAX_FIELDS: usize = 4096;
/// Characters of a heading that are shown where it is not understood.
const MAX_SHOWN_CHARS: usize = 200;

/// Rows of a table.
struct Rows<'a> {
    input: &'a mut dyn BufRead,
    reader: Reader,
    limit: usize,
    /// Lines that were read, and one.
    line: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// What was read of a row; it is in the reader's buffers.
enum Row {
    /// A row that begins in this line.
    Whole(usize),
    /// One that is longer than the limit, and was passed over.
    TooLong(usize),
    End,
}

impl Rows<'_> {
    fn next(&mut self) -> io::Result<Row> {
        if !self.skip_blank_lines()? {
            return Ok(Row::End);
        }
        let start = self.line;
        let (mut filled, mut fields, mut is_too_long) = (0, 0, false);
        loop {
            let block = self.input.fill_buf()?;
            let (result, read, written, ended) =
                self.reader.read_record(block, &mut self.text[filled..], &mut self.ends[fields..]);
            self.line += memchr::memchr_iter(b'\n', &block[..read]).count();
            self.input.consume(read);
            (filled, fields) = (filled + written, fields + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < self.limit => {
                    let length = (2 * self.text.len()).clamp(1 << 12, self.limit);
                    self.text.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MAX_FIELDS => self.ends.resize(MAX_FIELDS, 0),
                // Read on to its end, over what was read of it.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    (filled, fields, is_too_long) = (0, 0, true);
                }
                ReadRecordResult::Record | ReadRecordResult::End => {
                    self.ends.truncate(fields);
                    let row = if is_too_long { Row::TooLong(start) } else { Row::Whole(start) };
                    return Ok(row);
                }
            }
        }
    }

    /// False at the end.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        self.ends.resize(64.max(self.ends.len()), 0);
        loop {
            let block = self.input.fill_buf()?;
            if block.is_empty() {
                return Ok(false);
            }
            let blank = block.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
            self.line += memchr::memchr_iter(b'\n', &block[..blank]).count();
            let is_end = blank < block.len();
            self.input.consume(blank);
            if is_end {
                return Ok(true);
            }
        }
    }

    fn fields(&self) -> impl Iterator<Item = String> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| {
            let field = self.text.get(start..end).unwrap_or_default();
            String::from_utf8_lossy(field).into_owned()
        })
    }
}

impl DocumentReader {
    /// Reads a table that begins with `head`.
    pub(super) fn read_table(
        &self,
        input: &mut dyn BufRead,
        format: InputFormat,
        head: &str,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let (delimiter, is_stated) = delimiter(format, head);
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        let limit = self.limits.document;
        let mut rows = Rows { input, reader, limit, line: 1, text: vec![0; 1 << 12], ends: Vec::new() };
        let mut parts: Option<Vec<Option<Part>>> = None;
        let mut number = 0_usize;
        let mut is_statement = is_stated;
        loop {
            let line = match rows.next() {
                Ok(Row::End) => break,
                Ok(Row::Whole(line)) => line,
                Ok(Row::TooLong(line)) => {
                    let reason = beyond("document", size_text(limit as u64));
                    let reason = format!(
                        "the row is longer, or has over {MAX_FIELDS} columns: {reason}; a quotation mark without its end takes in all \
                         that follows"
                    );
                    delivery.lost(&format!("{}:{line}", place.path), &reason)?;
                    number += 1;
                    continue;
                }
                Err(error) => {
                    self.broken(&error, &format!("{}:{}", place.path, rows.line), delivery)?;
                    return ControlFlow::Continue(false);
                }
            };
            if std::mem::take(&mut is_statement) {
                continue;
            }
            let place_of_row = format!("{}:{line}", place.path);
            let Some(parts) = &parts else {
                let found: Vec<Option<Part>> = rows.fields().map(|heading| self.headings.part(&heading)).collect();
                if !found.iter().flatten().any(|part| matches!(part, Part::Title | Part::Body)) {
                    let headings: Vec<String> = rows.fields().collect();
                    delivery.lost(&place_of_row, &self.unknown_heading(&headings))?;
                    return ControlFlow::Continue(true);
                }
                parts = Some(found);
                continue;
            };
            number += 1;
            let mut unusable = Vec::new();
            if rows.ends.len() != parts.len() {
                let (found, expected) = (rows.ends.len(), parts.len());
                unusable.push(format!("the row has {found} columns, the heading {expected}; what is in both is read"));
            }
            let (mut document, mut stated) = (Document::default(), None);
            for (part, field) in parts.iter().zip(rows.fields()).filter(|(_, field)| !field.trim().is_empty()) {
                match part {
                    // Where two columns could be one part, the first that has something is.
                    Some(Part::Id) if document.id.is_empty() => document.id = field.trim().to_owned(),
                    Some(Part::Title) if document.title.is_empty() => document.title = field,
                    Some(Part::Body) if document.body.is_empty() => document.body = field,
                    Some(Part::Lang) => document.lang = super::read_language(&field, &mut unusable),
                    Some(Part::Date) if stated.is_none() => stated = Some(field),
                    Some(Part::Source) if document.source.is_none() => document.source = Some(field.trim().to_owned()),
                    Some(Part::Url) if document.url.is_none() => document.url = Some(field.trim().to_owned()),
                    _ => {}
                }
            }
            if document.id.is_empty() {
                let numbered = || format!("{}#{number}", place.id);
                document.id = document.url.clone().unwrap_or_else(numbered);
            }
            place.path.clone_into(&mut document.path);
            delivery.document(self, &place_of_row, document, stated.as_deref(), unusable)?;
        }
        if parts.is_none() {
            delivery.noted(&place.path, "the table is empty, so there is nothing to index")?;
        }
        ControlFlow::Continue(true)
    }

    fn unknown_heading(&self, headings: &[String]) -> String {
        let shown: String = headings.join(", ").chars().take(MAX_SHOWN_CHARS).collect();
        let (title, body) = (self.columns.title.join(", "), self.columns.body.join(", "));
        format!(
            "the first line names no column with a title or text: found `{shown}`, expected one of {title}; or one of {body}; \
             others can be named under [columns] of the configuration"
        )
    }
}

/// What separates the columns, and whether the first line only says so, as in Excel (`sep=;`).
fn delimiter(format: InputFormat, head: &str) -> (u8, bool) {
    let heading = head.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    if let Some(&[delimiter]) = heading.strip_prefix("sep=").map(str::as_bytes)
        && delimiter.is_ascii()
    {
        return (delimiter, true);
    }
    if format == InputFormat::Tsv {
        return (b'\t', false);
    }
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in heading.bytes() {
        is_quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !is_quoted);
        if let Some((_, count)) = count {
            *count += 1;
        }
    }
    // Of as many, the first.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(delimiter, _)| *delimiter), false)
}
