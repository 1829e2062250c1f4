//! Placeholder: HTML is read by the reader that takes this file's place.

use crate::config::Limits;
use crate::document::Document;
use crate::ingest::text::read_text;

/// Fills in the text between the tags.
pub(crate) fn read_html(html: &str, _limits: &Limits, document: &mut Document) -> (Option<String>, Vec<String>) {
    let text: String = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    read_text(&text, document);
    (None, Vec::new())
}
