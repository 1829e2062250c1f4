//! XML as a tree: for formats of news that are read by where something stands in it.
//!
//! In: a text that should be XML. Out: its elements, by local names in lower case, whatever their prefixes. Invariant: a
//! mistake costs no text behind it; depth and number of elements are bounded, and what is beyond is text of its parent.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// Elements inside each other.
const MAX_DEPTH: usize = 100;
/// Elements of one file.
const MAX_ELEMENTS: usize = 1_000_000;
/// Mistakes after which a text is given up: after each, all of its rest may have to be looked through.
const MAX_MISTAKES: usize = 200;
/// Elements of NITF and NewsML-G2 whose text is part of the line, by their names in lower case.
#[rustfmt::skip]
pub(crate) const NEWS_INLINE: [&str; 16] = [
    "person", "org", "location", "num", "money", "chron", "event", "function", "object.title",
    "virtloc", "copyrite", "city", "country", "state", "region", "sublocation",
];
/// Further ones, of which pages have none.
const INLINE: [&str; 2] = ["lang", "alt-code"];

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// The local name, in lower case.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// A part of an element.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// True if its text is part of the line.
    fn is_inline(&self) -> bool {
        let name = self.name.as_str();
        NEWS_INLINE.contains(&name) || INLINE.contains(&name)
    }

    /// The value of an attribute, by its local name in lower case.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// All elements of a name within this, in their order; none that is within another of them.
    pub(crate) fn all<'a>(&'a self, names: &[&str]) -> Vec<&'a Element> {
        let mut found = Vec::new();
        self.collect(names, &mut found);
        found
    }

    fn collect<'a>(&'a self, names: &[&str], found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if names.contains(&element.name.as_str()) {
                found.push(element);
            } else {
                element.collect(names, found);
            }
        }
    }

    /// The first element of a name within this.
    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.first(name) })
    }

    /// The text of the first element of a name within this, as one line; `None` without one.
    pub(crate) fn line(&self, name: &str) -> Option<String> {
        self.all(&[name]).into_iter().map(Element::text).find(|text| !text.is_empty())
    }

    /// All text of the element as one line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn push_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => {
                    let is_inline = element.is_inline();
                    text.push_str(if is_inline { "" } else { " " });
                    element.push_text(text);
                    text.push_str(if is_inline { "" } else { " " });
                }
            }
        }
    }

    /// The content as markup of HTML, without the elements of these names.
    pub(crate) fn markup(&self, without: &[&str]) -> String {
        let mut markup = String::new();
        self.push_markup(without, &mut markup);
        markup
    }

    fn push_markup(&self, without: &[&str], markup: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => markup.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Node::Element(element) if without.contains(&element.name.as_str()) => {}
                Node::Element(element) if element.is_inline() => {
                    element.push_markup(without, markup);
                }
                Node::Element(element) => {
                    let name = &element.name;
                    markup.push_str(&format!("<{name}>"));
                    element.push_markup(without, markup);
                    markup.push_str(&format!("</{name}>"));
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.children.push(Node::Text(text.to_owned())),
        }
    }
}

/// A text as a tree, below an element without a name, and what is wrong in it.
pub(crate) struct Tree {
    pub(crate) root: Element,
    pub(crate) mistakes: Vec<String>,
}

/// Reads a text.
pub(crate) fn read_xml(xml: &str) -> Tree {
    let mut builder = Builder { stack: vec![Element::default()], count: 0, over: 0 };
    let mut mistakes = Vec::new();
    let mut start = 0;
    let mut signs = 0;
    while let Some((at, error)) = builder.read_from(xml, start, signs < MAX_MISTAKES) {
        // The sign that begins nothing is text.
        builder.text("<");
        start = at + 1;
        let Some(error) = error else {
            signs += 1;
            continue;
        };
        let line = xml.as_bytes()[..at.min(xml.len())].iter().filter(|&&byte| byte == b'\n').count() + 1;
        mistakes.push(format!("line {line}: not well-formed XML: {error}; what follows is read"));
        if mistakes.len() == MAX_MISTAKES {
            mistakes.push("there are too many such mistakes; the rest is lost".to_owned());
            break;
        }
    }
    if signs > 0 {
        let signs = if signs == 1 { "a `<` begins".to_owned() } else { format!("{signs} times `<` begins") };
        mistakes.push(format!("{signs} no element and should be `&lt;`; it is read as text"));
    }
    if builder.count >= MAX_ELEMENTS {
        mistakes.push(format!("it has more than {MAX_ELEMENTS} elements; the others are read as text"));
    }
    Tree { root: builder.finish(), mistakes }
}

struct Builder {
    /// Open elements, the first for all.
    stack: Vec<Element>,
    count: usize,
    /// Open elements that are too deep to be kept.
    over: usize,
}

impl Builder {
    /// Reads from a byte on; returns the byte of a mistake and what it is, or with `may_be_stray` that of a `<` which begins
    /// nothing.
    fn read_from(&mut self, xml: &str, start: usize, may_be_stray: bool) -> Option<(usize, Option<String>)> {
        let mut reader = lenient_reader(xml.get(start..)?);
        loop {
            let at = start + usize::try_from(reader.buffer_position()).unwrap_or_default();
            let event = reader.read_event();
            if matches!(event, Ok(Event::Start(_)) | Err(_)) && may_be_stray && xml.get(at..).is_some_and(is_stray) {
                return Some((at, None));
            }
            match event {
                Ok(Event::Start(tag)) => self.start(&tag),
                Ok(Event::End(tag)) => self.end(&local(tag.name().as_ref())),
                Ok(Event::Text(text)) => self.text(&text.xml10_content()),
                Ok(Event::CData(text)) => self.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    match (character, reference.as_ref()) {
                        (Some(character), _) => self.text(character.encode_utf8(&mut [0; 4])),
                        (None, "lt") => self.text("<"),
                        (None, "gt") => self.text(">"),
                        (None, "amp") => self.text("&"),
                        (None, "quot") => self.text("\""),
                        (None, "apos") => self.text("'"),
                        (None, "nbsp") => self.text("\u{a0}"),
                        (None, other) => self.text(&format!("&{other};")),
                    }
                }
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(error) => return Some((at.min(xml.len()), Some(error.to_string()))),
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        if self.stack.len() >= MAX_DEPTH || self.count >= MAX_ELEMENTS {
            self.over += 1;
            self.text(" ");
            return;
        }
        self.count += 1;
        let mut element = Element { name: local(tag.name().as_ref()), ..Element::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
            element.attributes.push((local(attribute.key.as_ref()), value));
        }
        self.stack.push(element);
    }

    fn end(&mut self, name: &str) {
        if self.over > 0 {
            self.over -= 1;
            self.text(" ");
            return;
        }
        // An end of what is not open ends nothing.
        if let Some(at) = self.stack.iter().skip(1).rposition(|open| open.name == name) {
            self.close_to(at + 1);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.stack.last_mut() {
            open.push(text);
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.stack.len() > length.max(1) {
            let Some(element) = self.stack.pop() else { return };
            if let Some(parent) = self.stack.last_mut() {
                parent.children.push(Node::Element(element));
            }
        }
    }

    fn finish(mut self) -> Element {
        self.close_to(1);
        self.stack.pop().unwrap_or_default()
    }
}

/// A reader of XML that need not be well-formed: end tags that fit nothing and signs that are not escaped are no mistakes, and an
/// empty element is one that is opened and closed.
pub(crate) fn lenient_reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// True for a `<` that begins nothing.
pub(crate) fn is_stray(xml: &str) -> bool {
    let next = xml.strip_prefix('<').and_then(|rest| rest.chars().next());
    next.is_some_and(|next| next.is_whitespace() || next.is_ascii_digit() || matches!(next, '=' | '-'))
}

/// A name without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}
