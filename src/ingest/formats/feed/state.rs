//! The state of a feed while its elements are followed: its title and language, the entry that is open, and the text in it.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use crate::ingest::event::Reason;
use crate::ingest::formats::feed::base::Base;
use crate::ingest::formats::feed::entry::{EntryBuilder, FeedEntry, Field, Kind, MAX_SHORT_BYTES};
use crate::ingest::formats::feed::open_text::OpenText;
use crate::ingest::limits::{Limits, size_text};

/// The depth of elements to which they are followed; deeper ones hold text alone.
const MAX_DEPTH: usize = 64;

/// The state of a feed while it is read: what its elements so far say.
pub(crate) struct FeedState<'a> {
    limits: &'a Limits,
    pub(crate) is_feed: bool,
    title: String,
    lang: Option<String>,
    base: Base,
    entry: Option<EntryBuilder>,
    /// Names of open elements; `over` counts those that are not on it.
    stack: Vec<String>,
    over: usize,
    open_text: Option<OpenText>,
}

impl<'a> FeedState<'a> {
    pub(crate) fn new(limits: &'a Limits) -> FeedState<'a> {
        FeedState {
            limits,
            is_feed: false,
            title: String::new(),
            lang: None,
            base: Base::default(),
            entry: None,
            stack: Vec::new(),
            over: 0,
            open_text: None,
        }
    }

    /// Begins an element, and returns the entry that ends by it: none is in another.
    pub(crate) fn start(&mut self, tag: &BytesStart<'_>) -> Option<FeedEntry> {
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
        if self.open_text.as_ref().is_some_and(|open_text| open_text.field == Field::Source) {
            self.open_text = None;
        }
        if let Some(open_text) = &mut self.open_text {
            open_text.open(name);
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
                self.entry = Some(EntryBuilder::new(lang, self.base.within(attribute(tag, "xml:base"))));
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
        if let Some(open_text) = &mut self.open_text {
            open_text.depth = self.stack.len();
        }
        ended
    }

    fn take(&mut self, field: Field, kind: Kind) {
        self.open_text = Some(OpenText::new(field, kind));
    }

    /// Ends an element, and returns the entry that it was.
    pub(crate) fn end(&mut self, name: &str) -> Option<FeedEntry> {
        if self.over > 0 {
            self.over -= 1;
            return None;
        }
        let name = name.strip_prefix("atom:").unwrap_or(name);
        // An end tag of no open element ends nothing.
        let at = self.stack.iter().rposition(|open| open == name)?;
        if let Some(open_text) = &mut self.open_text
            && at >= open_text.depth
        {
            open_text.close(name);
        }
        self.stack.truncate(at);
        if self.open_text.as_ref().is_some_and(|open_text| open_text.depth > at) {
            self.taken();
        }
        if matches!(name, "item" | "entry") && !self.stack.iter().any(|open| matches!(open.as_str(), "item" | "entry"))
        {
            return self.entry.take().map(|entry| entry.finish(&self.title, self.lang.as_deref(), self.limits));
        }
        None
    }

    /// Ends the text of an element, and gives it to its entry or to the feed.
    fn taken(&mut self) {
        let Some(OpenText { field, kind, text, cut, .. }) = self.open_text.take() else { return };
        match &mut self.entry {
            Some(entry) => {
                entry.put(field, kind, text);
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
            None if field == Field::Language => self.lang = Some(text.trim().to_owned()),
            None if field == Field::Link => self.base.or(text.trim()),
            None => self.title = kind.line(&text, self.limits),
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
        if let Some(entry) = &mut self.entry {
            let reason = "a `<` in it begins no element and should be `&lt;`; it is read as text";
            if entry.unusable.iter().all(|known| known.fault != reason) {
                entry.unusable.push(reason.into());
            }
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
        self.over = 0;
        let mut entry = self.entry.take()?;
        let fault = format!("the entry is cut short by {why}");
        entry.unusable.push(Reason::from(fault).then("the part before that is indexed"));
        Some(entry.finish(&self.title, self.lang.as_deref(), self.limits))
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
