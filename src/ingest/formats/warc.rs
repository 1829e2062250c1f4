//! WARC 1.0 and 1.1 (ISO 28500): archives of the web, each page with how and when it was fetched.
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

use crate::ingest::formats::warc::http::{MediaType, may_be_page, read_response};
use crate::ingest::formats::warc::record::{Head, HeadError, next_head};
use crate::ingest::limits::{Limits, beyond, size_text};
use crate::ingest::sink::Counted;

/// A page of an archive. It has no date: `WARC-Date` is when it was fetched, and what was fetched today may be years old.
pub(crate) struct WarcPage {
    /// Its address.
    pub url: String,
    /// The encoding that its server, or the archive, states.
    pub charset: Option<String>,
    /// True for HTML, false for plain text.
    pub is_html: bool,
    /// As it was sent, without what HTTP did to it.
    pub body: Vec<u8>,
    /// Where its record begins, in bytes of the stream.
    pub offset: u64,
}

/// The stream, which knows how much of it was read.
type Input<'a> = Counted<&'a mut dyn BufRead>;

/// Bytes of the head of a response that is too long to be read as a whole.
const HEAD_BYTES: u64 = 64 << 10;

/// Who takes the pages; breaks off to stop the reading.
type Each<'a> = dyn FnMut(Result<WarcPage, String>) -> ControlFlow<()> + 'a;

/// Hands every page to `each`: responses with status 200, resources, and conversions, if they are HTML or plain text. Other
/// records are passed over. What is wrong is handed on too, with the byte where its record begins.
///
/// # Errors
///
/// When the stream cannot be read, or has no record at all.
pub(crate) fn read_warc(
    input: &mut dyn BufRead,
    limits: &Limits,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, String> {
    let mut input = Counted::new(input);
    let mut found_any = false;
    loop {
        let found = next_head(&mut input).map_err(|error| unreadable(&error, input.taken()))?;
        if found.garbage > 0 && found_any {
            let what = format!(
                "byte {}: {} bytes that are no record; passed over",
                found.offset - found.garbage,
                found.garbage
            );
            if each(Err(what)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let read = match found.head {
            None if found_any => return Ok(ControlFlow::Continue(())),
            None => return Err("no WARC record: expected a line with `WARC/1.0` or `WARC/1.1`".to_owned()),
            Some(Err(HeadError { reason })) => Some(Err(reason)),
            Some(Ok(head)) => read_record(&mut input, &head, found.offset, limits)
                .map_err(|error| unreadable(&error, input.taken()))?,
        };
        found_any = true;
        if let Some(read) = read {
            let read = read.map_err(|reason| format!("record at byte {}: {reason}", found.offset));
            if each(read).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
}

fn unreadable(error: &io::Error, at: u64) -> String {
    format!("byte {at}: {error}")
}

/// Reads what follows a head; `None` where it is no page.
fn read_record(
    input: &mut Input<'_>,
    head: &Head,
    offset: u64,
    limits: &Limits,
) -> io::Result<Option<Result<WarcPage, String>>> {
    let url = head.url.clone().unwrap_or_default();
    let is_wanted = match head.kind.as_str() {
        "response" => head.media.is("application/http"),
        "resource" | "conversion" => head.media.is_page(),
        _ => false,
    };
    if !is_wanted {
        skip(input, head.length)?;
        return Ok(None);
    }
    if head.length > limits.markup as u64 {
        let mut start = Vec::new();
        input.by_ref().take(head.length.min(HEAD_BYTES)).read_to_end(&mut start)?;
        skip(input, head.length - start.len() as u64)?;
        // Videos are longer than any page, and none.
        if head.kind == "response" && !may_be_page(&start) {
            return Ok(None);
        }
        let reason = beyond("markup", size_text(limits.markup as u64));
        return Ok(Some(Err(format!("{url} has {} bytes, {reason}", head.length))));
    }
    let mut content = Vec::new();
    input.by_ref().take(head.length).read_to_end(&mut content)?;
    if (content.len() as u64) < head.length {
        let reason = format!("{url} is cut short: {} of {} bytes; it is lost", content.len(), head.length);
        return Ok(Some(Err(reason)));
    }
    if url.is_empty() {
        return Ok(Some(Err("no WARC-Target-URI, so the page has no name; it is lost".to_owned())));
    }
    let page = |media: &MediaType, body: Vec<u8>| WarcPage {
        url: url.clone(),
        charset: media.charset.clone(),
        is_html: !media.is("text/plain"),
        body,
        offset,
    };
    if head.kind != "response" {
        return Ok(Some(Ok(page(&head.media, content))));
    }
    Ok(match read_response(&content, limits.markup) {
        Ok(Some(response)) => Some(Ok(page(&response.media, response.body))),
        Ok(None) => None,
        Err(reason) => Some(Err(format!("{url}: {reason}"))),
    })
}

/// Passes over bytes without keeping them.
fn skip(input: &mut Input<'_>, bytes: u64) -> io::Result<()> {
    io::copy(&mut input.by_ref().take(bytes), &mut io::sink()).map(|_| ())
}
