//! The state of a feed while its elements are followed: its title and language, the entry that is open, and the text in it.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use crate::ingest::event::Reason;
use crate::ingest::formats::encoded::{Decoded, decode};
use crate::ingest::formats::feed::base::Base;
use crate::ingest::formats::feed::entry::{EntryBuilder, FeedEntry, FeedFacts, MAX_NAMES};
use crate::ingest::formats::feed::field::{Field, Kind, MAX_SHORT_BYTES, StatedKind};
use crate::ingest::formats::feed::names::Names;
use crate::ingest::formats::feed::open_text::OpenText;
use crate::ingest::limits::{Limits, size_text};

/// The depth of elements to which they are followed; deeper ones hold text alone.
const MAX_DEPTH: usize = 64;

/// The state of a feed while it is read: what its elements so far say.
pub(crate) struct FeedState<'a> {
    limits: &'a Limits,
    pub(crate) is_feed: bool,
    names: Names,
    feed: FeedFacts,
    base: Base,
    entry: Option<EntryBuilder>,
    /// Names of open elements, as written and as they mean; `over` counts those that are not on it.
    stack: Vec<(String, String)>,
    over: usize,
    open_text: Option<OpenText>,
}

impl<'a> FeedState<'a> {
    pub(crate) fn new(limits: &'a Limits) -> FeedState<'a> {
        FeedState {
            limits,
            is_feed: false,
            names: Names::default(),
            feed: FeedFacts::default(),
            base: Base::default(),
            entry: None,
            stack: Vec::new(),
            over: 0,
            open_text: None,
        }
    }

    /// Begins an element, and returns the entry that ends by it: none is in another.
    pub(crate) fn start(&mut self, tag: &BytesStart<'_>) -> Option<FeedEntry> {
        let outside = self.entry.is_none() && !is_entry(&self.names.of(tag.name().as_ref()));
        self.names.declare(tag, self.stack.len(), outside);
        let written = tag.name().as_ref().to_owned();
        let name = self.names.of(&written);
        let mut ended = None;
        if is_entry(&name) && self.entry.is_some() {
            ended = self.break_off("the next one");
            self.names.declare(tag, 0, false);
        }
        if self.stack.len() == MAX_DEPTH {
            self.over += 1;
            return ended;
        }
        if let Some(open_text) = &mut self.open_text {
            // In Atom a source and an author hold elements, in RSS a text.
            if open_text.field == Field::Source || open_text.field == Field::Author && is_of_person(&name) {
                self.open_text = None;
            } else if self.entry.is_some() && open_text.field.is_ended_by(&name) {
                let depth = open_text.depth;
                self.stack.truncate(depth - 1);
                self.taken();
            } else {
                open_text.open(&name);
                self.stack.push((written, name));
                return ended;
            }
        }
        let parent = self.stack.last().map(|(_, name)| name.clone());
        if self.stack.is_empty() {
            self.is_feed |= matches!(name.as_str(), "rss" | "feed" | "rdf:rdf" | "channel") || is_entry(&name);
        }
        if is_entry(&name) {
            let base = self.base.within(attribute(tag, "xml:base"));
            self.entry = Some(EntryBuilder::new(attribute(tag, "xml:lang"), base, self.about(tag)));
        } else if self.entry.is_some() {
            self.start_in_entry(tag, &name, parent.as_deref());
        } else {
            self.start_outside(tag, &name, parent.as_deref());
        }
        self.stack.push((written, name));
        if let Some(open_text) = &mut self.open_text {
            open_text.depth = self.stack.len();
        }
        ended
    }

    fn start_in_entry(&mut self, tag: &BytesStart<'_>, name: &str, parent: Option<&str>) {
        let Some(entry) = &mut self.entry else { return };
        if name == "link" {
            let href = attribute(tag, "href").map(|href| entry.base.within(attribute(tag, "xml:base")).join(href));
            entry.link(href, attribute(tag, "rel").as_deref());
        }
        let known = Field::of(name);
        if name == "category"
            && let Some(term) = attribute(tag, "label").or_else(|| attribute(tag, "term"))
        {
            entry.put(Field::Category, 0, Kind::Plain, term);
            return;
        }
        let field = match parent {
            Some("author") => (name == "name").then_some((Field::Author, 0)),
            Some("source") => (name == "title").then_some((Field::Source, 0)),
            Some("item" | "entry" | "media:group") => known,
            // What is said of a picture is no text of the article, but better than none.
            Some("media:content") => known.filter(|(field, _)| *field == Field::Caption),
            _ => None,
        };
        if let Some((field, rank)) = field {
            self.take(tag, field, rank, parent == Some("entry"));
        }
    }

    fn start_outside(&mut self, tag: &BytesStart<'_>, name: &str, parent: Option<&str>) {
        if matches!(name, "feed" | "rss" | "channel" | "rdf:rdf") {
            self.feed.lang = self.feed.lang.take().or_else(|| attribute(tag, "xml:lang"));
            self.base = self.base.within(attribute(tag, "xml:base"));
            return;
        }
        if (parent, name, self.stack.len()) == (Some("author"), "name", 2) {
            self.take(tag, Field::Author, 0, true);
        }
        if !matches!(parent, Some("channel" | "feed")) {
            return;
        }
        match (name, attribute(tag, "href")) {
            ("title" | "dc:title", _) if self.feed.title.is_empty() => {
                self.take(tag, Field::Title, 0, parent == Some("feed"))
            }
            ("link", Some(href)) => {
                if matches!(attribute(tag, "rel").as_deref(), None | Some("alternate" | "self")) {
                    self.base.or(&href);
                }
            }
            ("link", None) => self.take(tag, Field::Link, 0, false),
            ("language" | "dc:language", _) => self.take(tag, Field::Language, 0, false),
            _ => {}
        }
    }

    /// The name that RDF has for the thing that an element describes.
    fn about(&self, tag: &BytesStart<'_>) -> Option<String> {
        let is_about = |key: &&str| self.names.of(key) == "rdf:about";
        let keys: Vec<String> =
            tag.attributes().with_checks(false).flatten().map(|attribute| attribute.key.as_ref().to_owned()).collect();
        attribute(tag, keys.iter().map(String::as_str).find(is_about)?)
    }

    fn take(&mut self, tag: &BytesStart<'_>, field: Field, rank: u8, is_atom: bool) {
        let mode = attribute(tag, "mode").or_else(|| attribute(tag, "encoding"));
        let stated = StatedKind { media: attribute(tag, "type"), mode, is_atom };
        self.open_text = Some(OpenText::new(field, rank, Kind::of(field, &stated), stated.is_base64()));
    }

    /// Ends an element, and returns the entry that it was.
    pub(crate) fn end(&mut self, written: &str) -> Option<FeedEntry> {
        if self.over > 0 {
            self.over -= 1;
            return None;
        }
        // An end tag of no open element ends nothing.
        let at = self.stack.iter().rposition(|(open, _)| open == written)?;
        if let Some(open_text) = &mut self.open_text
            && at >= open_text.depth
        {
            open_text.close(&self.stack[at].1);
        }
        let was_entry = is_entry(&self.stack[at].1);
        self.stack.truncate(at);
        self.names.end(at);
        if self.open_text.as_ref().is_some_and(|open_text| open_text.depth > at) {
            self.taken();
        }
        if was_entry && !self.stack.iter().any(|(_, name)| is_entry(name)) {
            return self.entry.take().map(|entry| entry.finish(&self.feed, self.limits));
        }
        None
    }

    /// Ends the text of an element, and gives it to its entry or to the feed.
    fn taken(&mut self) {
        let Some(OpenText { field, rank, mut kind, mut text, cut, is_base64, .. }) = self.open_text.take() else {
            return;
        };
        let mut unusable = Vec::new();
        if is_base64 {
            let (decoded, reason) = match decode(&text) {
                Decoded::Text(text) => (text, None),
                Decoded::Cut(text, reason) => (text, Some(reason)),
                Decoded::Plain(reason) => (text, Some(reason)),
                Decoded::Binary(reason) => (String::new(), Some(reason)),
            };
            (text, kind) = (decoded, Kind::Html);
            unusable.extend(reason);
        }
        match &mut self.entry {
            Some(entry) => {
                entry.put(field, rank, kind, text);
                entry.unusable.extend(unusable);
                let rest = "the rest is left out";
                if cut && field.max_bytes(self.limits) == self.limits.document {
                    let limit = size_text(self.limits.document as u64);
                    let reason = Reason::beyond_limit("one of its texts has ", "document", limit);
                    entry.unusable.push(reason.then(rest));
                } else if cut {
                    let most = size_text(MAX_SHORT_BYTES as u64);
                    entry.unusable.push(format!("its title, link or the like has more than {most}; {rest}").into());
                }
            }
            None if field == Field::Language => self.feed.lang = Some(text.trim().to_owned()),
            None if field == Field::Author && self.feed.authors.len() < MAX_NAMES => self.feed.authors.push(text),
            None if field == Field::Author => {}
            None if field == Field::Link => self.base.or(text.trim()),
            None => self.feed.title = kind.line(&text, self.limits),
        }
    }

    pub(crate) fn text(&mut self, text: &str, literal: bool) {
        if let Some(open_text) = &mut self.open_text {
            let max = open_text.field.max_bytes(self.limits);
            open_text.push(text, literal, max);
        }
    }

    /// A `<` as it stands in a text.
    pub(crate) fn stray_sign(&mut self) {
        self.text("<", true);
        self.note("a `<` in it begins no element and should be `&lt;`; it is read as text");
    }

    /// Notes what is wrong in the entry that is open, once.
    pub(crate) fn note(&mut self, reason: &str) {
        if let Some(entry) = &mut self.entry
            && entry.unusable.iter().all(|known| known.fault != reason)
        {
            entry.unusable.push(reason.into());
        }
    }

    pub(crate) fn reference(&mut self, reference: &BytesRef<'_>) {
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

    /// Ends an entry that has begun, for some other reason than its end tag.
    pub(crate) fn break_off(&mut self, why: &str) -> Option<FeedEntry> {
        self.taken();
        self.stack.clear();
        self.names.end(0);
        self.over = 0;
        let mut entry = self.entry.take()?;
        let fault = format!("the entry is cut short by {why}");
        entry.unusable.push(Reason::from(fault).then("the part before that is indexed"));
        Some(entry.finish(&self.feed, self.limits))
    }
}

/// True for the name of an entry.
fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// True for the name of an element that an author has in Atom.
fn is_of_person(name: &str) -> bool {
    matches!(name, "name" | "uri" | "url" | "email")
}

/// The value of an attribute, with the entities of XML.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let value = attribute
        .normalized_value(XmlVersion::Explicit1_0)
        .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
    (value.len() <= MAX_SHORT_BYTES && !value.trim().is_empty()).then(|| value.trim().to_owned())
}
