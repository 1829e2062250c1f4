//! Plain text: the title is the first line that is not empty, the body the rest.

use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;
use crate::text::paragraph::line_end;

/// Columns above which a first line is a paragraph, not a title; the document then has its opening words as title.
const MAX_TITLE_CHARS: usize = 160;

/// The document with title and body. A first line too long for a title stays in the body, and its beginning is the title.
pub(crate) fn read_text(text: &str, mut document: Document) -> StatedDocument {
    let trimmed = text.trim_start();
    let (first, rest) = trimmed.split_at(line_end(trimmed));
    let first = first.trim();
    if rest.trim().is_empty() || first.chars().count() > MAX_TITLE_CHARS {
        document.title = opening(first);
        document.body = trimmed.to_owned();
    } else {
        document.title = first.to_owned();
        document.body = rest.to_owned();
    }
    StatedDocument { document, ..StatedDocument::default() }
}

/// The opening words of a paragraph, for a title: at most [`MAX_TITLE_CHARS`] / 2 characters, cut after a word.
fn opening(paragraph: &str) -> String {
    const MAX_OPENING_CHARS: usize = MAX_TITLE_CHARS / 2;
    let Some((cut, _)) = paragraph.char_indices().nth(MAX_OPENING_CHARS) else {
        return paragraph.to_owned();
    };
    let head = &paragraph[..cut];
    let head = head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]);
    format!("{}…", head.trim_end())
}
