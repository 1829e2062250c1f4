//! RSS (0.9x, 1.0, 2.0) and Atom: one document an entry.
//!
//! In: the whole feed, decoded. Out: its entries in their order. `entry` knows what the elements of an entry mean. Invariant:
//! what is wrong in one entry costs no other. Entities that a feed defines are not expanded, so none can grow.
//!
//! This follows quick-xml's events itself. The library for feeds above it, feed-rs, turns every date into UTC, by which an
//! article of the early morning in Seoul comes out a day too early, and returns nothing of a feed with one mistake.

mod base;
mod entry;

use std::ops::ControlFlow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::ingest::formats::feed::base::Base;
use crate::ingest::formats::feed::entry::{Entry, Field, Kind};
use crate::ingest::limits::{Limits, beyond, size_text};
use crate::text::analysis::clip;
use crate::text::document::Document;

/// Elements in elements that are told apart; deeper ones hold text alone.
const MAX_DEPTH: usize = 64;
/// Bytes of a short text, as a title or an address; of the rest nothing is read.
const MAX_SHORT_BYTES: usize = 64 << 10;
/// Mistakes after which a feed is given up: after each, all of its rest may have to be looked through.
const MAX_MISTAKES: usize = 200;

/// One entry of a feed.
pub(crate) struct FeedEntry {
    /// Without a path.
    pub document: Document,
    /// The day of publication as it is written.
    pub date: Option<String>,
    /// What could not be used.
    pub problems: Vec<String>,
}

/// Who takes the entries; breaks off to stop the reading.
type Each<'a> = dyn FnMut(Result<FeedEntry, String>) -> ControlFlow<()> + 'a;

/// Hands every entry to `each`, and what cost one. The encoding that an XML declaration names is not looked at.
///
/// # Errors
///
/// When the text is no feed.
pub(crate) fn read_feed(xml: &str, limits: &Limits, each: &mut Each<'_>) -> Result<ControlFlow<()>, String> {
    let mut feed = Feed::new(limits);
    let (mut start, mut counted, mut line, mut mistakes, mut signs) = (0, 0, 1, 0, 0);
    'reading: loop {
        let mut reader = Reader::from_str(&xml[start..]);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        let error = loop {
            let at = start + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(xml.len() - start);
            let event = reader.read_event();
            // A sign that was not escaped is read as such, with all up to the next `>` as its tag.
            if matches!(event, Ok(Event::Start(_)) | Err(_))
                && signs < MAX_MISTAKES
                && xml.get(at..).is_some_and(is_stray)
            {
                signs += 1;
                feed.stray_sign();
                start = at + 1;
                continue 'reading;
            }
            let done = match event {
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
                Ok(Event::Eof) => break None,
                Ok(_) => None,
                Err(error) => break Some(error.to_string()),
            };
            if let Some(done) = done
                && each(done).is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
        };
        let place = start + usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(xml.len() - start);
        let unfinished = feed.break_off(if error.is_some() { "a mistake in its XML" } else { "the end of the feed" });
        if !feed.is_feed {
            return Err("neither RSS nor Atom: expected an element `rss`, `RDF` or `feed` with entries".to_owned());
        }
        if let Some(unfinished) = unfinished
            && each(unfinished).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let Some(error) = error else { break };
        let place = place.max(start + 1).min(xml.len());
        line += xml.as_bytes()[counted..place].iter().filter(|&&byte| byte == b'\n').count();
        counted = place;
        mistakes += 1;
        let next = next_entry(xml, place).filter(|_| mistakes < MAX_MISTAKES);
        let then = match next {
            Some(_) => "reading goes on at the next entry",
            None if mistakes == MAX_MISTAKES => "there are too many such mistakes; the rest is lost",
            None => "no entry follows",
        };
        if each(Err(format!("line {line}: not well-formed XML: {error}; {then}"))).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        match next {
            Some(next) => start = next,
            None => break,
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// True for a `<` that begins nothing.
fn is_stray(xml: &str) -> bool {
    let next = xml.strip_prefix('<').and_then(|rest| rest.chars().next());
    next.is_some_and(|next| next.is_whitespace() || next.is_ascii_digit() || matches!(next, '=' | '-'))
}

/// Where the next entry begins.
fn next_entry(xml: &str, from: usize) -> Option<usize> {
    let bytes = &xml.as_bytes()[from..];
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
    let is_entry = |at: &usize| {
        [&b"<item"[..], b"<entry"].iter().any(|name| {
            bytes[*at..].starts_with(name)
                && bytes.get(at + name.len()).is_some_and(|&next| next == b'>' || next.is_ascii_whitespace())
        })
    };
    starts.into_iter().find(is_entry).map(|at| from + at)
}

/// What is known at a place of the feed.
struct Feed<'a> {
    limits: &'a Limits,
    is_feed: bool,
    title: String,
    lang: Option<String>,
    base: Base,
    entry: Option<Entry>,
    /// Names of open elements; `over` counts those that are not on it.
    stack: Vec<String>,
    over: usize,
    taking: Option<Taking>,
}

/// A text that is being read.
struct Taking {
    field: Field,
    kind: Kind,
    text: String,
    /// The length of the stack with its element.
    depth: usize,
    cut: bool,
}

impl<'a> Feed<'a> {
    fn new(limits: &'a Limits) -> Feed<'a> {
        Feed {
            limits,
            is_feed: false,
            title: String::new(),
            lang: None,
            base: Base::default(),
            entry: None,
            stack: Vec::new(),
            over: 0,
            taking: None,
        }
    }

    /// Begins an element, and returns the entry that ends by it: none is in another.
    fn start(&mut self, tag: &BytesStart<'_>) -> Option<Result<FeedEntry, String>> {
        let name = tag.name();
        // Most feeds have no prefix for what is theirs, a few have this one.
        let name = name.as_ref().strip_prefix("atom:").unwrap_or(name.as_ref());
        let is_entry = matches!(name, "item" | "entry");
        let ended = if is_entry && self.entry.is_some() { self.break_off("the next one") } else { None };
        if self.stack.len() == MAX_DEPTH {
            self.over += 1;
            return ended;
        }
        // In Atom it holds elements, in RSS a text.
        if self.taking.as_ref().is_some_and(|taking| taking.field == Field::Source) {
            self.taking = None;
        }
        if let Some(taking) = &mut self.taking {
            taking.open(name);
            self.stack.push(name.to_owned());
            return ended;
        }
        let parent = self.stack.last().map(String::as_str);
        if self.stack.is_empty() {
            self.is_feed |= matches!(name, "rss" | "feed" | "rdf:RDF" | "channel" | "item" | "entry");
        }
        let lang = attribute(tag, "xml:lang");
        match (name, &mut self.entry) {
            ("item" | "entry", None) => {
                self.entry = Some(Entry::new(lang, self.base.within(attribute(tag, "xml:base"))));
            }
            ("feed" | "rss" | "channel", None) => {
                self.lang = self.lang.take().or(lang);
                self.base = self.base.within(attribute(tag, "xml:base"));
            }
            (_, Some(entry)) => {
                let in_source = parent == Some("source");
                if name == "link" {
                    let href =
                        attribute(tag, "href").map(|href| entry.base.within(attribute(tag, "xml:base")).join(href));
                    entry.link(href, attribute(tag, "rel").as_deref());
                }
                let field = if in_source { (name == "title").then_some(Field::Source) } else { Field::of(name) };
                let is_direct = in_source || matches!(parent, Some("item" | "entry"));
                if let Some(field) = field.filter(|_| is_direct) {
                    self.take(field, Kind::of(field, attribute(tag, "type").as_deref(), parent == Some("entry")));
                }
            }
            ("title", None) if matches!(parent, Some("channel" | "feed")) && self.title.is_empty() => {
                self.take(
                    Field::Title,
                    Kind::of(Field::Title, attribute(tag, "type").as_deref(), parent == Some("feed")),
                );
            }
            ("link", None) if matches!(parent, Some("channel" | "feed")) => match attribute(tag, "href") {
                Some(href) => {
                    let rel = attribute(tag, "rel");
                    if matches!(rel.as_deref(), None | Some("alternate" | "self")) {
                        self.base.or(&href);
                    }
                }
                None => self.take(Field::Link, Kind::Plain),
            },
            ("language" | "dc:language", None) if matches!(parent, Some("channel" | "feed")) => {
                self.take(Field::Language, Kind::Plain);
            }
            _ => {}
        }
        self.stack.push(name.to_owned());
        if let Some(taking) = &mut self.taking {
            taking.depth = self.stack.len();
        }
        ended
    }

    fn take(&mut self, field: Field, kind: Kind) {
        self.taking = Some(Taking { field, kind, text: String::new(), depth: 0, cut: false });
    }

    /// Ends an element, and returns the entry that it was.
    fn end(&mut self, name: &str) -> Option<Result<FeedEntry, String>> {
        if self.over > 0 {
            self.over -= 1;
            return None;
        }
        let name = name.strip_prefix("atom:").unwrap_or(name);
        // An end tag of no open element ends nothing.
        let at = self.stack.iter().rposition(|open| open == name)?;
        if let Some(taking) = &mut self.taking
            && at >= taking.depth
        {
            taking.close(name);
        }
        self.stack.truncate(at);
        if self.taking.as_ref().is_some_and(|taking| taking.depth > at) {
            self.taken();
        }
        if matches!(name, "item" | "entry") && !self.stack.iter().any(|open| matches!(open.as_str(), "item" | "entry"))
        {
            return self.entry.take().map(|entry| entry.finish(&self.title, self.lang.as_deref(), self.limits));
        }
        None
    }

    /// A text has ended.
    fn taken(&mut self) {
        let Some(Taking { field, kind, text, cut, .. }) = self.taking.take() else { return };
        match &mut self.entry {
            Some(entry) => {
                entry.put(field, kind, text);
                if cut && field.max_bytes(self.limits) == self.limits.document {
                    let reason = beyond("document", size_text(self.limits.document as u64));
                    entry.problems.push(format!("one of its texts has {reason}; the rest is left out"));
                } else if cut {
                    let most = size_text(MAX_SHORT_BYTES as u64);
                    entry
                        .problems
                        .push(format!("its title, link or the like has more than {most}; the rest is left out"));
                }
            }
            None if field == Field::Language => self.lang = Some(text.trim().to_owned()),
            None if field == Field::Link => self.base.or(text.trim()),
            None => self.title = kind.line(&text, self.limits),
        }
    }

    fn text(&mut self, text: &str, literal: bool) {
        if let Some(taking) = &mut self.taking {
            let max = taking.field.max_bytes(self.limits);
            taking.push(text, literal, max);
        }
    }

    /// A `<` as it stands in a text.
    fn stray_sign(&mut self) {
        self.text("<", true);
        if let Some(entry) = &mut self.entry {
            let reason = "a `<` in it begins no element and should be `&lt;`; it is read as text";
            if entry.problems.iter().all(|problem| problem != reason) {
                entry.problems.push(reason.to_owned());
            }
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let character = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(character),
            _ => match reference.as_ref() {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            },
        };
        match character {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4]), true),
            // An entity of HTML, which the text may be, or one of the feed's own, which stays as it is.
            None => self.text(&format!("&{};", reference.as_ref()), false),
        }
    }

    /// An entry that has begun ends here, for some other reason than its end tag.
    fn break_off(&mut self, why: &str) -> Option<Result<FeedEntry, String>> {
        self.taken();
        self.stack.clear();
        self.over = 0;
        let mut entry = self.entry.take()?;
        entry.problems.push(format!("the entry is cut short by {why}; what was read of it is indexed"));
        Some(entry.finish(&self.title, self.lang.as_deref(), self.limits))
    }
}

impl Taking {
    /// Adds text, `literal` if no markup can be in it.
    fn push(&mut self, text: &str, literal: bool, max_bytes: usize) {
        let room = max_bytes.saturating_sub(self.text.len());
        self.cut |= text.len() > room;
        let text = clip(text, room);
        // Text between elements is text, whatever signs are in it.
        if literal && self.kind == Kind::Elements {
            self.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        } else {
            self.text.push_str(text);
        }
    }

    /// An element within a text: XHTML, or HTML that was not escaped.
    fn open(&mut self, name: &str) {
        if self.kind != Kind::Elements && self.text.trim().is_empty() {
            self.kind = Kind::Elements;
        }
        self.tag("<", name);
    }

    fn close(&mut self, name: &str) {
        self.tag("</", name);
    }

    fn tag(&mut self, sign: &str, name: &str) {
        self.text.push_str(sign);
        self.text.push_str(name.rsplit(':').next().unwrap_or(name));
        self.text.push('>');
    }
}

/// The value of an attribute, with the entities of XML.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let value = attribute
        .normalized_value(XmlVersion::Explicit1_0)
        .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
    (value.len() <= MAX_SHORT_BYTES && !value.trim().is_empty()).then(|| value.trim().to_owned())
}
