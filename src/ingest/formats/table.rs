//! Tables with a heading: CSV, with commas or semicolons, and TSV. One document a row.
//!
//! In: text. Out: documents, by the names of the columns. Rows are read by csv's core as a stream, none of them held in memory
//! beyond the limit; a row that is too short or too long is read as far as the heading goes. A quotation mark without its end
//! costs no other row.

mod quotation;
mod rows;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::ingest::columns::Part;
use crate::ingest::files::file::{Complete, Place};
use crate::ingest::formats::table::rows::{MAX_FIELDS, Row, Rows};
use crate::ingest::limits::{beyond, size_text};
use crate::ingest::sink::Delivery;
use crate::ingest::{DocumentReader, InputFormat};
use crate::text::document::Document;

/// Characters of a heading that are shown where it is not understood.
const MAX_SHOWN_CHARS: usize = 200;

impl DocumentReader {
    /// Reads a table that begins with `head`.
    pub(crate) fn read_table(
        &self,
        input: &mut dyn BufRead,
        format: InputFormat,
        head: &str,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let (delimiter, is_stated) = delimiter(format, head);
        let limit = self.limits.document;
        let mut rows = Rows::new(input, delimiter, limit);
        let mut parts: Option<Vec<Option<Part>>> = None;
        let mut number = 0_usize;
        let mut is_statement = is_stated;
        loop {
            let line = match rows.next(parts.as_ref().map_or(0, Vec::len)) {
                Ok(Row::End) => break,
                Ok(Row::Whole(line)) => line,
                Ok(Row::Again(line)) => {
                    let reason = "a quotation mark that begins a field has no end; it is taken as text, and what follows as rows";
                    delivery.noted(&format!("{}:{line}", place.path), reason)?;
                    continue;
                }
                Ok(Row::Open(start, line)) => {
                    let reason = "the quotation that begins here has no end: the file may be cut short, what there is of the row is kept";
                    delivery.lost(&format!("{}:{line}", place.path), reason)?;
                    start
                }
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
                let headings: Vec<String> = rows.fields().collect();
                for reason in unread_columns(&headings, &found) {
                    delivery.noted(&place_of_row, &reason)?;
                }
                parts = Some(found);
                continue;
            };
            number += 1;
            let mut unusable = Vec::new();
            if rows.count() != parts.len() {
                let (found, expected) = (rows.count(), parts.len());
                unusable.push(format!("the row has {found} columns, the heading {expected}; what is in both is read"));
            }
            let (mut document, mut stated) = (Document::default(), None);
            for (part, field) in parts.iter().zip(rows.fields()).filter(|(_, field)| !field.trim().is_empty()) {
                match part {
                    // Where two columns could be one part, the first that has something is.
                    Some(Part::Id) if document.id.is_empty() => document.id = field.trim().to_owned(),
                    Some(Part::Title) if document.title.is_empty() => document.title = field,
                    Some(Part::Body) if document.body.is_empty() => document.body = field,
                    Some(Part::Lang) => document.lang = crate::ingest::read_language(&field, &mut unusable),
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

/// What of a table is not read, though it may be text: a second column of one part, and where no column is the body, those
/// with headings that are not known.
fn unread_columns(headings: &[String], parts: &[Option<Part>]) -> Vec<String> {
    let shown = |is_shown: &dyn Fn(Option<Part>) -> bool| -> String {
        let shown = headings.iter().zip(parts).filter(|(heading, part)| is_shown(**part) && !heading.trim().is_empty());
        let shown: Vec<String> = shown.map(|(heading, _)| format!("`{}`", heading.trim())).collect();
        shown.join(", ").chars().take(MAX_SHOWN_CHARS).collect()
    };
    let mut reasons = Vec::new();
    for part in [Part::Title, Part::Body] {
        if parts.iter().filter(|found| **found == Some(part)).count() > 1 {
            let columns = shown(&|found| found == Some(part));
            let name = if part == Part::Title { "title" } else { "text" };
            reasons
                .push(format!("several columns hold a {name}, {columns}; of a row the first that is filled is read"));
        }
    }
    let unknown = shown(&|found| found.is_none());
    if !parts.contains(&Some(Part::Body)) && !unknown.is_empty() {
        reasons.push(format!(
            "no heading names a column with the text, and these are not known: {unknown}; one can be named under [columns] body \
             of the configuration"
        ));
    }
    reasons
}

/// What separates the columns, and whether the first line only says so, as in Excel (`sep=;`).
fn delimiter(format: InputFormat, head: &str) -> (u8, bool) {
    let heading = head.trim_start_matches(['\r', '\n']).split(['\r', '\n']).next().unwrap_or_default();
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
