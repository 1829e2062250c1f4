//! Formats that are held in memory as a whole: text, Markdown, pages, feeds, sitemaps, and news of agencies.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use crate::ingest::event::Reason;
use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::{FormatContext, feed, html, markdown, newsml, sitemap, text};
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink};
use crate::text::document::Document;

/// Reads a file that is one document, or a feed.
pub(crate) fn read_whole(
    input: &mut dyn BufRead,
    format: InputFormat,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let FormatContext { origin, limits, pages, .. } = *context;
    let (name, limit) = if format.is_markup() { ("markup", limits.markup) } else { ("document", limits.document) };
    let mut bytes = Vec::new();
    let error = Read::take(&mut *input, limit as u64 + 1).read_to_end(&mut bytes).err();
    if bytes.len() > limit {
        sink.lost(&origin.path, Reason::beyond_limit("the text is longer: ", name, size_text(limit as u64)))?;
        return ControlFlow::Continue(true);
    }
    if let Some(error) = &error {
        sink.lost(&origin.path, Reason::of_io(error))?;
        // What a damaged file still has is kept; a disk that fails has the rest another time.
        if Reason::within(error).is_none() || bytes.trim_ascii().is_empty() {
            return ControlFlow::Continue(false);
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    if text.trim().is_empty() {
        sink.noted(&origin.path, "the file is empty, so there is nothing to index")?;
        return ControlFlow::Continue(true);
    }
    let document = Document { id: origin.id.clone(), path: origin.path.clone(), ..Document::default() };
    match format {
        InputFormat::Feed => feed::read_feed(&text, context, sink)?,
        InputFormat::NewsMl => newsml::read_items(&text, context, sink)?,
        InputFormat::Sitemap => sitemap::read_sitemap(&text, context, sink)?,
        InputFormat::Markdown => {
            sink.document(&origin.path, markdown::read_markdown(&text, context.fields, document))?
        }
        InputFormat::Html => sink.page(&origin.path, html::read_html(&text, pages, limits, document))?,
        _ => sink.document(&origin.path, text::read_text(&text, document))?,
    }
    ControlFlow::Continue(error.is_none())
}
