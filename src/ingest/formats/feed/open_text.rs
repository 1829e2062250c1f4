//! The text of a feed's element while it is read, with the markup that is in it.

use crate::ingest::formats::feed::field::{Field, Kind};
use crate::text::analysis::clip;

/// The text of an element that is still open.
pub(crate) struct OpenText {
    pub(crate) field: Field,
    /// Its rank among the elements with the same meaning.
    pub(crate) rank: u8,
    pub(crate) kind: Kind,
    /// True if the text is said to be base64.
    pub(crate) is_base64: bool,
    pub(crate) text: String,
    /// The length of the stack with its element.
    pub(crate) depth: usize,
    /// True if it was longer than it may be.
    pub(crate) cut: bool,
}

impl OpenText {
    pub(crate) fn new(field: Field, rank: u8, kind: Kind, is_base64: bool) -> OpenText {
        OpenText { field, rank, kind, is_base64, text: String::new(), depth: 0, cut: false }
    }

    /// Adds text, `literal` if no markup can be in it.
    pub(crate) fn push(&mut self, text: &str, literal: bool, max_bytes: usize) {
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
    pub(crate) fn open(&mut self, name: &str) {
        if self.kind != Kind::Elements && self.text.trim().is_empty() {
            self.kind = Kind::Elements;
        }
        self.tag("<", name);
    }

    pub(crate) fn close(&mut self, name: &str) {
        self.tag("</", name);
    }

    fn tag(&mut self, sign: &str, name: &str) {
        self.text.push_str(sign);
        self.text.push_str(name.rsplit(':').next().unwrap_or(name));
        self.text.push('>');
    }
}
