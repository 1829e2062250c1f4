//! Tables: CSV, TSV, and whatever else has rows and a sign between columns. One document a row.
//!
//! In: text. Out: documents. The first rows decide how the table is split (`dialect`) and what its columns hold (`layout`: by what the
//! user says, by the `heading`, or by `content`). Rows are read by csv's core as a stream, none of them held in memory beyond the
//! limit; a row that is too short or too long is read as far as the columns go. A quotation mark without its end costs no other row.

mod blocks;
mod cell;
pub(crate) mod content;
mod day;
mod dialect;
mod escapes;
mod footer;
mod heading;
mod languages;
mod layout;
mod literal;
mod notes;
pub(crate) mod profile;
mod quotation;
mod rows;
mod sample;
mod sniffer;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::ingest::column_parts::ColumnParts;
use crate::ingest::decode::peek::Peeked;
use crate::ingest::event::Reason;
use crate::ingest::field_map::MappedPaths;
use crate::ingest::field_names::FieldNames;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::field_text::{body_text, line_text};
use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::leads::joined;
use crate::ingest::formats::table::dialect::Dialect;
use crate::ingest::formats::table::footer::Footer;
use crate::ingest::formats::table::heading::Headings;
use crate::ingest::formats::table::layout::{Layout, LayoutContext};
use crate::ingest::formats::table::literal::{page_title, text_in_object, texts_in_list};
use crate::ingest::formats::table::profile::NULL;
use crate::ingest::formats::table::rows::{MAX_FIELDS, Row, Rows};
use crate::ingest::formats::table::sample::Sample;
use crate::ingest::formats::table::sniffer::stated_delimiter;
use crate::ingest::formats::tally::{CUT, TITLES_ONLY, Tally};
use crate::ingest::limits::size_text;
use crate::ingest::part::Part;
use crate::ingest::sink::{Complete, FileSink, StatedDocument};
use crate::text::document::Document;

/// Bytes by which a table is judged.
const SAMPLE_BYTES: usize = 256 << 10;

/// Reads a table.
pub(crate) fn read_table(
    input: &mut dyn BufRead,
    format: InputFormat,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let mut input = Peeked::new(input, SAMPLE_BYTES);
    let (head, is_whole) = (input.head(), input.head().len() < SAMPLE_BYTES);
    let headings = Headings { names: context.fields, map: context.map };
    let dialect = Dialect::of(head, is_whole, format, headings);
    let sample = Sample::new(head, is_whole, dialect, usize::MAX);
    let stated = context.columns.map(ColumnParts::parts);
    let layout_context = LayoutContext { headings, dates: sink.dates, stated };
    let layout = Layout::of(&sample.rows, stated_delimiter(head).is_some(), layout_context);
    let heading = layout.as_ref().ok().and_then(|layout| sample.rows.get(layout.heading?)).cloned();
    drop(sample);
    let limit = context.limits.document;
    let mut rows = Rows::new(&mut input, dialect, limit);
    // Rows that were read, and articles among them.
    let (mut count, mut number) = (0_usize, 0_usize);
    let (mut cut, mut titles_only, mut footer) = (Tally::default(), Tally::default(), Footer::default());
    loop {
        let line = match rows.next(layout.as_ref().map_or(0, |layout| layout.width)) {
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
                count += 1;
                number += 1;
                continue;
            }
            Err(error) => {
                sink.lost(&context.line(rows.line), Reason::of_io(&error))?;
                return ControlFlow::Continue(false);
            }
        };
        let place_of_row = context.line(line);
        count += 1;
        let layout = match &layout {
            Ok(layout) => layout,
            Err(reason) => {
                sink.lost(&place_of_row, reason.clone())?;
                let names: Vec<String> = rows.fields().collect();
                for fault in missing_paths(&names, headings) {
                    sink.lost(&place_of_row, fault)?;
                }
                return ControlFlow::Continue(true);
            }
        };
        if count - 1 == layout.heading.unwrap_or(layout.first) {
            for reason in &layout.notes {
                sink.noted(&place_of_row, reason.clone())?;
            }
            for fault in missing_paths(heading.as_deref().unwrap_or_default(), headings) {
                sink.lost(&place_of_row, fault)?;
            }
        }
        // Tables that were joined have a heading each.
        if count <= layout.first || heading.as_ref().is_some_and(|heading| rows.fields().eq(heading.iter().cloned())) {
            continue;
        }
        number += 1;
        let tags = layout.languages.each.iter().map(|tag| Some(tag.as_str()));
        let tags: Vec<Option<&str>> = if layout.languages.each.is_empty() { vec![None] } else { tags.collect() };
        for tag in tags {
            let mut stated = document_of(&rows, layout, number, tag, context);
            if let Some(before) = context.fields.json().without_cut_mark(&stated.document.body).map(str::len) {
                stated.document.body.truncate(before);
                cut.add(&place_of_row);
            }
            for (place, stated) in footer.take(&place_of_row, stated, rows.fields(), layout.width) {
                if stated.document.body.trim().is_empty() && !stated.document.title.trim().is_empty() {
                    titles_only.add(&place);
                }
                sink.document(&place, stated)?;
            }
        }
    }
    footer.report(sink)?;
    titles_only.report("row", TITLES_ONLY, sink)?;
    cut.report("row", CUT, sink)?;
    if count == 0 {
        sink.noted(&context.origin.path, "the table is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(true)
}

/// The document of the row that was read last, `number` in its table; in one of several languages if that is stated.
fn document_of(
    rows: &Rows<'_>,
    layout: &Layout,
    number: usize,
    language: Option<&str>,
    context: &FormatContext<'_>,
) -> StatedDocument {
    let mut unusable = Vec::new();
    let mut fields: Vec<String> = rows.fields().collect();
    // A delimiter at the end of each row adds nothing.
    let surplus = fields.iter().skip(layout.width).any(|field| !field.trim().is_empty());
    if fields.len() < layout.width || surplus {
        let (found, expected) = (fields.len(), layout.width);
        let of = if layout.heading.is_some() { "the heading" } else { "the table" };
        unusable.push(format!("the row has {found} columns, {of} {expected}; the columns that both have are read"));
    }
    let (mut document, mut date, mut leads) = (Document::default(), None, Vec::new());
    let joins = |part: Part| layout.joined.contains(&part);
    // Of several columns with one part, the first that has something is read.
    for &(at, part) in layout.read.iter().filter(|(at, _)| layout.languages.has(*at, language)) {
        let Some(field) = fields.get_mut(at).map(std::mem::take).filter(|field| is_filled(field, context.fields))
        else {
            continue;
        };
        if let Some(title) = page_title(&field) {
            document.title = line_text(title, context.limits).trim().to_owned();
            continue;
        }
        let field = text_in_object(&field, part, context.fields).unwrap_or(field);
        match part {
            Part::Id if document.id.is_empty() => document.id = field.trim().to_owned(),
            Part::Title if joins(part) => join(&mut document.title, &line_text(&field, context.limits), " "),
            Part::Body if joins(part) => {
                join(&mut document.body, &body_text(&field, context.pages, context.limits), "\n\n")
            }
            Part::Title if document.title.is_empty() => document.title = line_text(&field, context.limits),
            Part::Body if document.body.is_empty() => document.body = body_text(&field, context.pages, context.limits),
            Part::Lead => leads.push(body_text(&field, context.pages, context.limits)),
            Part::Lang if document.lang.is_none() => {
                (document.lang, document.declared_lang) = read_language(&field, context.fields, &mut unusable);
            }
            Part::Date if date.is_none() => {
                date = Some(layout.days[at].written(&field).map(|day| day.trim().to_owned()));
            }
            Part::Source if document.source.is_none() => {
                document.source = Some(line_text(field.trim(), context.limits));
            }
            Part::Author => document.authors.extend(texts_in_list(&field, part, context)),
            Part::Section => document.sections.extend(texts_in_list(&field, part, context)),
            Part::Url if document.url.is_none() => document.url = Some(field.trim().to_owned()),
            Part::Id | Part::Title | Part::Body | Part::Lang | Part::Date | Part::Source | Part::Url => {}
        }
    }
    document.body = joined(&document.title, leads, vec![document.body]);
    if document.id.is_empty() {
        let numbered = || format!("{}#{number}", context.origin.id);
        document.id = document.url.clone().unwrap_or_else(numbered);
    }
    if let Some(language) = language {
        (document.lang, document.declared_lang) = read_language(language, context.fields, &mut unusable);
        document.id = format!("{}#{language}", document.id);
    }
    context.origin.path.clone_into(&mut document.path);
    StatedDocument { document, date: date.flatten(), unusable: unusable.into_iter().map(Reason::from).collect() }
}

/// Adds a text to another, with a sign between them.
fn join(text: &mut String, other: &str, sign: &str) {
    if !text.is_empty() {
        text.push_str(sign);
    }
    text.push_str(other);
}

/// The faults of paths that the user states and no heading has.
fn missing_paths(heading: &[String], headings: Headings<'_>) -> Vec<String> {
    let mut paths = MappedPaths::new(headings.map);
    for name in heading {
        paths.knows(name.trim());
        headings.mapped(name).for_each(|(_, path)| paths.found(path));
    }
    paths.missing()
}

/// True for a field with a value.
fn is_filled(field: &str, names: &FieldNames) -> bool {
    !matches!(field.trim(), "" | NULL) && !names.json().is_placeholder(field)
}
