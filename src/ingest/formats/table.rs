//! Tables with a heading: CSV, with commas or semicolons, and TSV. One document a row.
//!
//! In: text. Out: documents, by the names of the columns. Rows are read by csv's core as a stream, none of them held in memory
//! beyond the limit; a row that is too short or too long is read as far as the heading goes. A quotation mark without its end
//! costs no other row.

mod quotation;
mod rows;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::ingest::columns::{ColumnRole, Columns};
use crate::ingest::event::Reason;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::table::rows::{MAX_FIELDS, Row, Rows};
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink, StatedDocument};
use crate::text::document::Document;
use crate::text::language::Language;

/// Characters of a heading that are shown where it is not understood.
const MAX_SHOWN_CHARS: usize = 200;

/// Reads a table that begins with `head`.
pub(crate) fn read_table(
    input: &mut dyn BufRead,
    format: InputFormat,
    head: &str,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let (delimiter, is_stated) = delimiter(format, head);
    let limit = context.limits.document;
    let mut rows = Rows::new(input, delimiter, limit);
    let mut roles: Option<Vec<Option<ColumnRole>>> = None;
    let mut number = 0_usize;
    let mut is_statement = is_stated;
    loop {
        let line = match rows.next(roles.as_ref().map_or(0, Vec::len)) {
            Ok(Row::End) => break,
            Ok(Row::Whole(line)) => line,
            Ok(Row::Again(line)) => {
                let reason =
                    "a quotation mark that begins a field has no end; it is taken as text, and what follows as rows";
                sink.noted(&context.line(line), reason)?;
                continue;
            }
            Ok(Row::Open(start, line)) => {
                let reason = "the quotation that begins here has no end: the file may be cut short, what there is of the row is kept";
                sink.lost(&context.line(line), reason)?;
                start
            }
            Ok(Row::TooLong(line)) => {
                let before = format!("the row is longer, or has over {MAX_FIELDS} columns: ");
                let reason = Reason::beyond_limit(before, "document", size_text(limit as u64));
                let consequence = "a quotation mark without its end takes in all that follows";
                sink.lost(&context.line(line), reason.then(consequence))?;
                number += 1;
                continue;
            }
            Err(error) => {
                sink.lost(&context.line(rows.line), Reason::of_io(&error))?;
                return ControlFlow::Continue(false);
            }
        };
        if std::mem::take(&mut is_statement) {
            continue;
        }
        let place_of_row = context.line(line);
        let Some(roles) = &roles else {
            let found: Vec<Option<ColumnRole>> = rows.fields().map(|heading| context.headings.role(&heading)).collect();
            if !found.iter().flatten().any(|role| matches!(role, ColumnRole::Title | ColumnRole::Body)) {
                let headings: Vec<String> = rows.fields().collect();
                sink.lost(&place_of_row, unknown_heading(context.columns, &headings))?;
                return ControlFlow::Continue(true);
            }
            let headings: Vec<String> = rows.fields().collect();
            for reason in unread_columns(&headings, &found) {
                sink.noted(&place_of_row, reason)?;
            }
            roles = Some(found);
            continue;
        };
        number += 1;
        sink.document(&place_of_row, document_of(&rows, roles, number, context))?;
    }
    if roles.is_none() {
        sink.noted(&context.origin.path, "the table is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(true)
}

/// The document of the row that was read last, `number` in its table.
fn document_of(
    rows: &Rows<'_>,
    roles: &[Option<ColumnRole>],
    number: usize,
    context: &FormatContext<'_>,
) -> StatedDocument {
    let mut unusable = Vec::new();
    if rows.count() != roles.len() {
        let (found, expected) = (rows.count(), roles.len());
        unusable
            .push(format!("the row has {found} columns, the heading {expected}; the columns that both have are read"));
    }
    let (mut document, mut date) = (Document::default(), None);
    for (role, field) in roles.iter().zip(rows.fields()).filter(|(_, field)| !field.trim().is_empty()) {
        match role {
            // Where two columns could be one role, the first that has something is.
            Some(ColumnRole::Id) if document.id.is_empty() => document.id = field.trim().to_owned(),
            Some(ColumnRole::Title) if document.title.is_empty() => document.title = field,
            Some(ColumnRole::Body) if document.body.is_empty() => document.body = field,
            Some(ColumnRole::Lang) => {
                document.declared_lang = Language::other_code(&field);
                document.lang = read_language(&field, &mut unusable);
            }
            Some(ColumnRole::Date) if date.is_none() => date = Some(field),
            Some(ColumnRole::Source) if document.source.is_none() => document.source = Some(field.trim().to_owned()),
            Some(ColumnRole::Url) if document.url.is_none() => document.url = Some(field.trim().to_owned()),
            _ => {}
        }
    }
    if document.id.is_empty() {
        let numbered = || format!("{}#{number}", context.origin.id);
        document.id = document.url.clone().unwrap_or_else(numbered);
    }
    context.origin.path.clone_into(&mut document.path);
    StatedDocument { document, date, unusable: unusable.into_iter().map(Reason::from).collect() }
}

/// The problem of a heading without title and text.
fn unknown_heading(columns: &Columns, headings: &[String]) -> String {
    let shown: String = headings.join(", ").chars().take(MAX_SHOWN_CHARS).collect();
    let (title, body) = (columns.title.join(", "), columns.body.join(", "));
    format!(
        "the first line names no column with a title or text: found `{shown}`, expected one of {title}; or one of {body}; \
         others can be named under [columns] of the configuration"
    )
}

/// The problems of columns that are not read, though they may be text: a second column of one role, and where no column is the body, those
/// with headings that are not known.
fn unread_columns(headings: &[String], roles: &[Option<ColumnRole>]) -> Vec<String> {
    let shown = |is_shown: &dyn Fn(Option<ColumnRole>) -> bool| -> String {
        let shown = headings.iter().zip(roles).filter(|(heading, role)| is_shown(**role) && !heading.trim().is_empty());
        let shown: Vec<String> = shown.map(|(heading, _)| format!("`{}`", heading.trim())).collect();
        shown.join(", ").chars().take(MAX_SHOWN_CHARS).collect()
    };
    let mut reasons = Vec::new();
    for role in [ColumnRole::Title, ColumnRole::Body] {
        if roles.iter().filter(|found| **found == Some(role)).count() > 1 {
            let columns = shown(&|found| found == Some(role));
            let name = if role == ColumnRole::Title { "title" } else { "text" };
            reasons.push(format!("several columns hold a {name}, {columns}; of each row the first filled one is read"));
        }
    }
    let unknown = shown(&|found| found.is_none());
    if !roles.contains(&Some(ColumnRole::Body)) && !unknown.is_empty() {
        reasons.push(format!(
            "no heading names a column with the text, and these are not known: {unknown}; one can be named under [columns] body \
             of the configuration"
        ));
    }
    reasons
}

/// The delimiter of the columns, and whether the first line only says so, as in Excel (`sep=;`).
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
    // Of two that are as frequent, the first.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(delimiter, _)| *delimiter), false)
}
