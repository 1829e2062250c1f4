//! What is read and what is indexed: a document and its passages. Plain data, no behaviour beyond ranges.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::language::Language;

/// A half-open range of bytes into a UTF-8 text: `start` inclusive, `end` exclusive, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteRange {
    /// A range; `start` must not exceed `end`.
    pub fn new(start: usize, end: usize) -> ByteRange {
        debug_assert!(start <= end, "a byte range runs forward: {start}..{end}");
        ByteRange { start, end }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True for a range of no bytes.
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

/// One article as a reader delivers it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Unique in an index: the `id` of a JSON Lines record, or a file's path relative to the argument that named it.
    pub id: String,
    /// May be empty.
    pub title: String,
    /// Plain text; paragraphs end at line breaks. May be empty when there is a title.
    pub body: String,
    /// As stated by the input. Passages get their own from their text; this one only decides where a text does not.
    pub lang: Option<Language>,
    /// Publication day as `YYYY-MM-DD`. `None`: unknown, never guessed.
    pub date: Option<String>,
    /// Outlet or agency, as stated by the input.
    pub source: Option<String>,
    /// Address, as stated by the input.
    pub url: Option<String>,
    /// The file that it was read from, as it was reached; `-` for standard input.
    pub path: String,
}

/// A stretch of a document's body: the unit that is indexed and ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Counted from 0 in the order of the body.
    pub number: u32,
    /// Decided from the passage's own text.
    pub lang: Language,
    /// Where it stands in [`Document::body`].
    pub range: ByteRange,
}
