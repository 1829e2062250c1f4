//! RSS (0.9x, 1.0, 2.0) and Atom: one document an entry.
//!
//! In: the whole feed, decoded. Out: its entries in their order. `state` follows the elements, `names` tells them by their
//! namespaces, `field` what those of an entry mean, `open_text` gathers the text of one, `entry` chooses,
//! `base` makes addresses whole. Invariant:
//! what is wrong in one entry costs no other. Entities that a feed defines are not expanded, so none can grow.
//!
//! This follows quick-xml's events itself. The library for feeds above it, feed-rs, turns every date into UTC, by which an
//! article of the early morning in Seoul comes out a day too early, and returns nothing of a feed with one mistake.

mod base;
mod entry;
mod field;
mod names;
mod open_text;
mod state;

use std::ops::ControlFlow;

use quick_xml::events::Event;

use crate::ingest::formats::FormatContext;
use crate::ingest::formats::feed::entry::FeedEntry;
use crate::ingest::formats::feed::state::FeedState;
use crate::ingest::formats::xml::{is_stray, lenient_reader};
use crate::ingest::sink::FileSink;

/// Mistakes after which a feed is given up: after each, all of its rest may have to be looked through.
const MAX_MISTAKES: usize = 200;

/// Bytes of the name of an entry's element, with its prefix.
const MAX_NAME_BYTES: usize = 40;
/// The beginning of a CDATA section.
const CDATA: &str = "<![CDATA[";

/// Reads the entries of a feed. The encoding that an XML declaration names is not looked at.
pub(crate) fn read_feed(xml: &str, context: &FormatContext<'_>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
    let mut feed = FeedState::new(context.limits);
    let mut entries = Entries { context, sink, number: 0 };
    let (mut start, mut counted, mut line, mut mistakes, mut signs) = (0, 0, 1, 0, 0);
    loop {
        let error = match read_stretch(xml, start, signs < MAX_MISTAKES, &mut feed, &mut entries)? {
            Stretch::StraySign(at) => {
                signs += 1;
                feed.stray_sign();
                start = at + 1;
                continue;
            }
            Stretch::OpenCdata(at) => {
                signs += 1;
                feed.note("a CDATA section in it has no end; what follows its beginning is read");
                start = at + CDATA.len();
                continue;
            }
            Stretch::Mistake { at, error } => Some((at, error)),
            Stretch::Whole => None,
        };
        let unfinished = feed.break_off(if error.is_some() { "a mistake in its XML" } else { "the end of the feed" });
        if !feed.is_feed {
            let reason = "neither RSS nor Atom: expected an element `rss`, `RDF` or `feed` with entries";
            return entries.sink.lost(&context.origin.path, reason);
        }
        unfinished.map_or(ControlFlow::Continue(()), |entry| entries.take(entry))?;
        let Some((at, error)) = error else { break };
        let at = at.max(start + 1).min(xml.len());
        line += xml.as_bytes()[counted..at].iter().filter(|&&byte| byte == b'\n').count();
        counted = at;
        mistakes += 1;
        let next = next_entry(xml, at).filter(|_| mistakes < MAX_MISTAKES);
        let then = match next {
            Some(_) => "reading continues at the next entry",
            None if mistakes == MAX_MISTAKES => "there are too many such mistakes; the rest is lost",
            None => "no entry follows",
        };
        entries.take(Err(format!("line {line}: not well-formed XML: {error}; {then}").into()))?;
        match next {
            Some(next) => start = next,
            None => break,
        }
    }
    if entries.number == 0 {
        return sink.noted(&context.origin.path, "the feed has no entry, so there is nothing to index");
    }
    ControlFlow::Continue(())
}

/// The entries of a feed on their way to the sink.
struct Entries<'a, 'b> {
    context: &'a FormatContext<'a>,
    sink: &'a mut FileSink<'b>,
    /// The number of the last entry, from 1; what is lost counts too.
    number: usize,
}

impl Entries<'_, '_> {
    fn take(&mut self, entry: FeedEntry) -> ControlFlow<()> {
        self.number += 1;
        let (origin, number) = (self.context.origin, self.number);
        let place = format!("{}, entry {number}", origin.path);
        match entry {
            Ok(mut stated) => {
                let document = &mut stated.document;
                if document.id.trim().is_empty() {
                    document.id = document.url.clone().unwrap_or_else(|| format!("{}#{number}", origin.id));
                }
                origin.path.clone_into(&mut document.path);
                self.sink.document(&place, stated)
            }
            Err(reason) => self.sink.lost(&place, reason),
        }
    }
}

/// The end of a stretch of a feed.
enum Stretch {
    /// The end of the feed.
    Whole,
    /// A `<` that begins no element.
    StraySign(usize),
    /// The beginning of a CDATA section without its end.
    OpenCdata(usize),
    /// A mistake in the XML.
    Mistake { at: usize, error: String },
}

/// Reads a feed from a byte on, to its end or a mistake; with `may_be_stray` also to a `<` that begins no element.
fn read_stretch(
    xml: &str,
    start: usize,
    may_be_stray: bool,
    feed: &mut FeedState<'_>,
    entries: &mut Entries<'_, '_>,
) -> ControlFlow<(), Stretch> {
    let mut reader = lenient_reader(&xml[start..]);
    let in_xml = |position: u64| start + usize::try_from(position).unwrap_or(usize::MAX).min(xml.len() - start);
    loop {
        let at = in_xml(reader.buffer_position());
        let event = reader.read_event();
        // A sign that was not escaped is read as such, with all up to the next `>` as its tag.
        if matches!(event, Ok(Event::Start(_)) | Err(_)) && may_be_stray && xml.get(at..).is_some_and(is_stray) {
            return ControlFlow::Continue(Stretch::StraySign(at));
        }
        // Without its end it would reach to that of another, over all entries between.
        let is_open = match &event {
            Ok(Event::CData(text)) => ["<item", "</item", "<entry", "</entry"].iter().any(|tag| text.contains(tag)),
            Err(_) => xml.get(at..).is_some_and(|rest| rest.starts_with(CDATA)),
            _ => false,
        };
        if is_open && may_be_stray {
            return ControlFlow::Continue(Stretch::OpenCdata(at));
        }
        let ended = match event {
            Ok(Event::Start(tag)) => feed.start(&tag),
            Ok(Event::End(tag)) => feed.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => {
                feed.text(&text.xml10_content(), false);
                None
            }
            Ok(Event::CData(text)) => {
                feed.text(&text.xml10_content(), true);
                None
            }
            Ok(Event::GeneralRef(reference)) => {
                feed.reference(&reference);
                None
            }
            Ok(Event::Eof) => return ControlFlow::Continue(Stretch::Whole),
            Ok(_) => None,
            Err(error) => {
                let at = in_xml(reader.error_position());
                return ControlFlow::Continue(Stretch::Mistake { at, error: error.to_string() });
            }
        };
        if let Some(entry) = ended {
            entries.take(entry)?;
        }
    }
}

/// The byte where the next entry begins.
fn next_entry(xml: &str, from: usize) -> Option<usize> {
    let bytes = &xml.as_bytes()[from..];
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
    let is_entry = |at: &usize| {
        let is_end = |byte: &u8| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace();
        // Longer names than these are of something else.
        let name = bytes[at + 1..].iter().take(MAX_NAME_BYTES).position(is_end).map(|end| &bytes[at + 1..at + 1 + end]);
        let local = name.and_then(|name| name.rsplit(|&byte| byte == b':').next());
        local.is_some_and(|local| [&b"item"[..], b"entry"].contains(&local))
    };
    starts.into_iter().find(is_entry).map(|at| from + at)
}
