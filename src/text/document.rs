//! Documents and passages: what readers deliver and what is indexed. Plain data.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::language::Language;

/// A half-open range of bytes into a UTF-8 text: `start` inclusive, `end` exclusive, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteRange {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
}

impl ByteRange {
    /// The range from `start` to `end`; `start` must not exceed `end`.
    pub fn new(start: usize, end: usize) -> ByteRange {
        debug_assert!(start <= end, "a byte range runs forward: {start}..{end}");
        ByteRange { start, end }
    }

    /// Length of the range in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True for a range without any byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that the range covers. The range must come from that text.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl From<Range<usize>> for ByteRange {
    fn from(range: Range<usize>) -> ByteRange {
        ByteRange::new(range.start, range.end)
    }
}

/// A document: one article, with its title, body and metadata. It needs an id, and a title or a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Identifier, unique in an index: the `id` of a JSON Lines record, or a file's path relative to the argument that named it.
    pub id: String,
    /// Headline; may be empty.
    pub title: String,
    /// Text of the article, without markup; paragraphs end at line breaks. May be empty when there is a title.
    pub body: String,
    /// Language, as stated by the input. Each passage's language is detected from its own text; this one is used only where
    /// detection gives none.
    pub lang: Option<Language>,
    /// Code of another language that the input states, such as `es`. The text counts as that, and so as
    /// [`Language::Undetermined`], unless it is surely in one of ours.
    pub declared_lang: Option<String>,
    /// Publication day as `YYYY-MM-DD`; `None` where it is unknown, since it is never guessed.
    pub date: Option<String>,
    /// Outlet or agency, as stated by the input.
    pub source: Option<String>,
    /// Names of the authors, as stated by the input; empty where they are unknown.
    pub authors: Vec<String>,
    /// Sections or categories of the outlet, as stated by the input; empty where they are unknown.
    pub sections: Vec<String>,
    /// Web address (URL), as stated by the input.
    pub url: Option<String>,
    /// Path of the file that the document was read from, as it was reached; `-` for standard input.
    pub path: String,
}

impl Document {
    /// A document with an id and a body, and nothing else.
    pub fn new(id: impl Into<String>, body: impl Into<String>) -> Document {
        Document { id: id.into(), body: body.into(), ..Document::default() }
    }
}

/// A stretch of a document's body: the unit that is indexed and ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Number of the passage in its document, counted from 0 in the order of the body.
    pub number: u32,
    /// Language, detected from the passage's own text.
    pub lang: Language,
    /// Range of the passage in [`Document::body`].
    pub range: ByteRange,
}
