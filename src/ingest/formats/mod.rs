//! Which documents? The format of an input (by its name `format`, by its content `content`), and a function each that reads it: from an input and its context to a
//! sink. Line by line, record by record or row by row where a format has these; `whole` reads the others.

pub(crate) mod address;
pub(crate) mod content;
pub(crate) mod content_id;
pub(crate) mod encoded;
pub(crate) mod feed;
pub(crate) mod field_text;
pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod language_tag;
pub(crate) mod leads;
pub(crate) mod mail;
pub(crate) mod markdown;
pub(crate) mod newsml;
pub(crate) mod sgml;
pub(crate) mod sitemap;
pub(crate) mod table;
pub(crate) mod tally;
pub(crate) mod text;
pub(crate) mod warc;
pub(crate) mod whole;
pub(crate) mod xml;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::ingest::column_parts::ColumnParts;
use crate::ingest::decode::declared::unread_label;
use crate::ingest::decode::encoding::{Decoded, TextEncoding};
use crate::ingest::event::{Advice, ReadEvent, Reason};
use crate::ingest::field_map::FieldMap;
use crate::ingest::field_names::FieldNames;
use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::limits::Limits;
use crate::ingest::origin::Origin;
use crate::ingest::sink::{Complete, FileSink};

/// The context in which a format is read, beside the input itself.
#[derive(Clone, Copy)]
pub(crate) struct FormatContext<'a> {
    pub(crate) origin: &'a Origin,
    pub(crate) limits: &'a Limits,
    /// The names of the parts of an article.
    pub(crate) fields: &'a FieldNames,
    /// Where the user says that the parts are.
    pub(crate) map: &'a FieldMap,
    /// The words of web pages.
    pub(crate) pages: &'a PageWords,
    /// The encoding that the user stated. Matters for web archives alone: all else is decoded already.
    pub(crate) encoding: Option<TextEncoding>,
    /// The parts that the user says the columns of a table hold.
    pub(crate) columns: Option<&'a ColumnParts>,
}

impl FormatContext<'_> {
    /// The place of a line of the input, for problems.
    pub(crate) fn line(&self, line: usize) -> String {
        format!("{}:{line}", self.origin.path)
    }
}

/// Reads the documents of a decoded input.
pub(crate) fn read_format(
    format: InputFormat,
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    match format {
        InputFormat::JsonLines => json::read_json(input, true, context, sink),
        InputFormat::Json => json::read_json(input, false, context, sink),
        InputFormat::Csv | InputFormat::Tsv => table::read_table(input, format, context, sink),
        InputFormat::Text
        | InputFormat::Markdown
        | InputFormat::Html
        | InputFormat::Feed
        | InputFormat::NewsMl
        | InputFormat::Sitemap => whole::read_whole(input, format, context, sink),
        InputFormat::Warc => warc::read_pages(input, context, sink),
        InputFormat::Mail => mail::read_messages(input, context, sink),
        InputFormat::Sgml => sgml::read_collection(input, context, sink),
    }
}

/// Reports which encoding an input was in, the label that it states if nothing can be read by that, and what could not be read.
pub(crate) fn report_decoded(
    decoded: Decoded,
    stated: Option<String>,
    place: &str,
    sink: &mut FileSink<'_>,
) -> ControlFlow<()> {
    let Decoded { encoding, undecodable, first } = decoded;
    let encoding = encoding.name();
    if let Some(label) = unread_label(stated, decoded) {
        let fault = format!(
            "it states the encoding {label}, which cannot be read, and is read as {encoding}; convert it to UTF-8 if its text is wrong"
        );
        sink.noted(place, Reason::from(fault).advising(Advice::StateEncoding))?;
    }
    if let Some(first) = first {
        let places = if undecodable == 1 { "1 place".to_owned() } else { format!("{undecodable} places") };
        let fault = format!(
            "{places} could not be read as {encoding}, the first at byte {first}; shown as \u{FFFD}, the rest is indexed"
        );
        sink.noted(place, Reason::from(fault).advising(Advice::StateEncoding))?;
    }
    sink.event(ReadEvent::Decoded { encoding, undecodable })
}
