//! WARC (ISO 28500: 0.17 to 1.1) and ARC, its forerunner: archives of the web, each page with how and when it was fetched.
//!
//! In: a stream, decompressed. Out: its pages in their order. `record` reads one record's head, `http` takes a response apart.
//! Invariant: memory is bounded by `limits.markup`, whatever lengths the records state; what cannot be read costs no other
//! record.
//!
//! The crate `warc` reads a record's head without any bound, holds each record in memory, and ends at the first mistake; so
//! the records are read here, and their heads by httparse.

mod http;
mod record;

use std::io::{self, BufRead, Read as _};
use std::ops::ControlFlow;

use crate::ingest::date::page::PageDates;
use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoding, EncodingHints, TextEncoding};
use crate::ingest::decode::peek::HEAD_BYTES;
use crate::ingest::event::Reason;
use crate::ingest::formats::warc::http::{MediaType, may_be_page, read_response};
use crate::ingest::formats::warc::record::{Head, HeadError, NextRecord, begins_warc, next_record};
use crate::ingest::formats::{FormatContext, html, report_decoded, text};
use crate::ingest::limits::{Limits, size_text};
use crate::ingest::meter::Counted;
use crate::ingest::sink::{Complete, FileSink};
use crate::text::document::Document;

/// A page of an archive. It has no date: `WARC-Date` is when it was fetched, and what was fetched today may be years old.
struct WarcPage {
    /// The address of the page.
    url: String,
    /// The encoding that its server, or the archive, states.
    charset: Option<String>,
    /// True for HTML, false for plain text.
    is_html: bool,
    /// The content as the server made it, without the codings of HTTP.
    body: Vec<u8>,
    /// The byte of the stream where its record begins.
    offset: u64,
}

/// The stream, which knows how much of it was read.
type Input<'a> = Counted<&'a mut dyn BufRead>;

/// Bytes of the head of a response that is too long to be read as a whole.
const RESPONSE_HEAD_BYTES: u64 = 64 << 10;

/// The beginning of an archive of ARC.
const ARC: &[u8] = b"filedesc:";

/// True for an input that begins as an archive does.
pub(crate) fn begins(head: &[u8]) -> bool {
    begins_warc(head) || head.starts_with(ARC)
}

/// Reads the pages of a web archive: responses with status 200, resources, and conversions, if they are HTML or plain text.
/// Other records are skipped. What is wrong is reported with the byte where its record begins.
pub(crate) fn read_pages(
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let path = &context.origin.path;
    let mut input = Counted::new(input);
    let is_arc = input.fill_buf().is_ok_and(|head| head.starts_with(ARC));
    let (mut found_any, mut has_page, mut metadata) = (false, false, 0_u64);
    loop {
        let next = match next_record(&mut input, is_arc) {
            Ok(next) => next,
            Err(error) => return sink.lost(path, unreadable(&error, input.taken())).map_continue(|()| false),
        };
        let NextRecord { garbage, offset, head } = next;
        if garbage > 0 && found_any {
            let reason = format!("byte {}: {garbage} bytes that are no record; skipped", offset - garbage);
            sink.lost(path, reason)?;
        }
        let read = match head {
            // A WAT file says of each page what it is, and has none.
            None if metadata > 0 && !has_page => {
                let reason =
                    format!("{metadata} records of metadata and no page, as in a WAT file; index the WARC or WET file");
                return sink.noted(path, reason).map_continue(|()| true);
            }
            None if found_any => return ControlFlow::Continue(true),
            None => {
                let reason = "no WARC record: expected a line like `WARC/1.0`, or `filedesc://` of ARC";
                return sink.lost(path, reason).map_continue(|()| false);
            }
            Some(Err(HeadError { reason })) => Ok(Some(Err(reason.into()))),
            Some(Ok(head)) => {
                metadata += u64::from(head.kind == "metadata");
                read_record(&mut input, &head, offset, context.limits)
            }
        };
        found_any = true;
        has_page |= !matches!(read, Ok(None));
        match read {
            Ok(None) => {}
            Ok(Some(Ok(page))) => read_page(&page, context, sink)?,
            Ok(Some(Err(reason))) => sink.lost(path, reason.behind(format!("record at byte {offset}: ")))?,
            Err(error) => return sink.lost(path, unreadable(&error, input.taken())).map_continue(|()| false),
        }
    }
}

/// Decodes a page and reads the document that it is.
fn read_page(page: &WarcPage, context: &FormatContext<'_>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
    let place = format!("{}, page at byte {}", context.origin.path, page.offset);
    let hints = EncodingHints {
        given: context.encoding,
        transport: page.charset.as_deref().and_then(TextEncoding::for_label),
        declared: declared::encoding(page.is_html, &page.body),
    };
    let mut decoding = Decoding::new(&page.body[..], &page.body[..page.body.len().min(HEAD_BYTES)], hints);
    let mut bytes = Vec::new();
    if let Err(error) = decoding.read_to_end(&mut bytes) {
        return sink.lost(&place, Reason::of_io(&error));
    }
    let text = String::from_utf8_lossy(&bytes);
    let path = context.origin.path.clone();
    let document = Document { path, url: Some(page.url.clone()), ..Document::default() };
    let (mut stated, dates) = if page.is_html {
        html::read_html(&text, context.pages, context.limits, document)
    } else {
        (text::read_text(&text, document), PageDates::default())
    };
    stated.document.id.clone_from(&page.url);
    let label = match context.encoding {
        Some(_) => None,
        None => page.charset.clone().or_else(|| declared::label(page.is_html, &page.body)),
    };
    report_decoded(decoding.decoded(), label, &place, sink)?;
    sink.page(&place, (stated, dates))
}

fn unreadable(error: &io::Error, at: u64) -> Reason {
    let reason = Reason::within(error).cloned().unwrap_or_else(|| error.to_string().into());
    reason.behind(format!("byte {at}: "))
}

/// Reads what follows a head; `None` where it is no page.
fn read_record(
    input: &mut Input<'_>,
    head: &Head,
    offset: u64,
    limits: &Limits,
) -> io::Result<Option<Result<WarcPage, Reason>>> {
    let url = head.url.clone().unwrap_or_default();
    let is_wanted = match head.kind.as_str() {
        "response" => head.media.is("application/http"),
        // The media type is that of the page.
        "arc" => head.media.is_page() || head.media.is("") || head.media.is("unk"),
        "resource" | "conversion" => head.media.is_page(),
        _ => false,
    };
    if !is_wanted {
        skip(input, head.length)?;
        return Ok(None);
    }
    if head.length > limits.markup as u64 {
        let mut start = Vec::new();
        input.by_ref().take(head.length.min(RESPONSE_HEAD_BYTES)).read_to_end(&mut start)?;
        skip(input, head.length - start.len() as u64)?;
        // Videos are longer than any page, and none.
        if is_response(head, &start) && !may_be_page(&start) {
            return Ok(None);
        }
        let before = format!("{url} has {} bytes, ", head.length);
        return Ok(Some(Err(Reason::beyond_limit(before, "markup", size_text(limits.markup as u64)))));
    }
    let mut content = Vec::new();
    input.by_ref().take(head.length).read_to_end(&mut content)?;
    if (content.len() as u64) < head.length {
        let reason = format!("{url} is cut short: {} of {} bytes; it is lost", content.len(), head.length);
        return Ok(Some(Err(reason.into())));
    }
    if url.is_empty() {
        return Ok(Some(Err("no WARC-Target-URI, so the page has no name; it is lost".into())));
    }
    let page = |media: &MediaType, body: Vec<u8>| WarcPage {
        url: url.clone(),
        charset: media.charset.clone(),
        is_html: !media.is("text/plain"),
        body,
        offset,
    };
    if !is_response(head, &content) {
        return Ok(Some(Ok(page(&head.media, content))));
    }
    Ok(match read_response(&content, limits.markup) {
        Ok(Some(response)) => Some(Ok(page(&response.media, response.body))),
        Ok(None) => None,
        Err(reason) => Some(Err(reason.behind(format!("{url}: ")))),
    })
}

/// True if the content of a record is a response of HTTP. That of ARC is, but for the oldest servers and other protocols.
fn is_response(head: &Head, content: &[u8]) -> bool {
    head.kind == "response" || (head.kind == "arc" && content.starts_with(b"HTTP/"))
}

/// Skips bytes without keeping them.
fn skip(input: &mut Input<'_>, bytes: u64) -> io::Result<()> {
    io::copy(&mut input.by_ref().take(bytes), &mut io::sink()).map(|_| ())
}
