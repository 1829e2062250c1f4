//! The clean copy of a page: its markup without scripts, formatting, or anything left out, in which the article is looked for.

use crate::ingest::formats::html::elements::Role;
use crate::ingest::formats::html::events::Tag;

/// Bytes of a class or id in the clean copy.
const MAX_CLASS_BYTES: usize = 200;
/// Bytes of the clean copy: to look for the article in a larger one would take seconds.
const MAX_CLEAN_BYTES: usize = 4 << 20;
/// The depths of all elements in it, added up, for the same reason: each is looked at with those that it is in.
const MAX_CLEAN_DEPTHS: usize = 8_000_000;
/// The name of a link in the clean copy that turned out to be none. An unknown name, and as long as `a`.
pub(crate) const NO_LINK: &str = "x";

/// A clean copy that is being written, until it is too large to be of use.
#[derive(Default)]
pub(crate) struct CleanCopy {
    markup: String,
    depths: usize,
}

impl CleanCopy {
    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.markup.len()
    }

    /// The copy; `None` if it is too large to look for the article in it.
    pub(crate) fn finish(self) -> Option<String> {
        self.has_room().then_some(self.markup)
    }

    fn has_room(&self) -> bool {
        self.markup.len() <= MAX_CLEAN_BYTES && self.depths <= MAX_CLEAN_DEPTHS
    }

    pub(crate) fn line_break(&mut self) {
        if self.has_room() {
            self.markup.push_str("<br>");
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        if self.has_room() {
            escape(text, &mut self.markup);
        }
    }

    /// Begins an element within `depth` others.
    pub(crate) fn start(&mut self, tag: &Tag, role: Role, depth: usize) {
        if role == Role::Span || !self.has_room() {
            return;
        }
        self.depths += depth;
        self.markup.push('<');
        self.markup.push_str(clean_name(&tag.name));
        if role == Role::Link {
            self.markup.push_str(" href=\"#\"");
        }
        for key in ["class", "id"] {
            if let Some(value) = tag.get(key).filter(|value| value.len() <= MAX_CLASS_BYTES) {
                self.markup.push(' ');
                self.markup.push_str(key);
                self.markup.push_str("=\"");
                escape(value, &mut self.markup);
                self.markup.push('"');
            }
        }
        self.markup.push('>');
    }

    /// Makes no link of the one whose start tag was written at a byte.
    pub(crate) fn unlink(&mut self, written: usize) {
        let name = written + 1;
        if self.markup.get(name..=name) == Some("a") {
            self.markup.replace_range(name..=name, NO_LINK);
        }
    }

    /// Ends an element.
    pub(crate) fn end(&mut self, name: &str, role: Role) {
        if (role != Role::Span || name == NO_LINK) && self.has_room() {
            self.markup.push_str("</");
            self.markup.push_str(clean_name(name));
            self.markup.push('>');
        }
    }
}

/// Names as the standard has them; any other is a `div`.
fn clean_name(name: &str) -> &str {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) { name } else { "div" }
}

fn escape(text: &str, clean: &mut String) {
    for character in text.chars() {
        match character {
            '<' => clean.push_str("&lt;"),
            '>' => clean.push_str("&gt;"),
            '&' => clean.push_str("&amp;"),
            '"' => clean.push_str("&quot;"),
            '\0' => {}
            _ => clean.push(character),
        }
    }
}
