//! Links to the authors of a page (`<a rel="author">`, a link type of the HTML standard): the first, and those that follow it closely.
//!
//! In: tags and texts as they come. Out: the texts of these links, as bylines. Pages that list other articles often link to the
//! authors of these as well, but further below.

use crate::ingest::formats::html::events::Tag;
use crate::text::analysis::clip;

/// Bytes of the text between two authors of one byline.
const MAX_BYTES_BETWEEN: usize = 40;
/// Bytes of a name that are kept.
const MAX_NAME_BYTES: usize = 200;
/// Authors that are kept.
const MAX_AUTHORS: usize = 20;

/// The authors that the links of a page name so far.
#[derive(Debug, Default)]
pub(crate) struct AuthorLinks {
    names: Vec<String>,
    is_open: bool,
    /// Bytes of text, white space aside, since the last of these links.
    since: usize,
}

impl AuthorLinks {
    pub(crate) fn start(&mut self, tag: &Tag) {
        if tag.name != "a" {
            return;
        }
        let is_author = tag
            .get("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("author")));
        self.is_open = is_author && self.names.len() < MAX_AUTHORS && self.since <= MAX_BYTES_BETWEEN;
        if self.is_open {
            self.names.push(String::new());
            self.since = 0;
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        match self.names.last_mut() {
            Some(name) if self.is_open => name.push_str(clip(text, MAX_NAME_BYTES.saturating_sub(name.len()))),
            Some(_) => self.since = self.since.saturating_add(text.trim().len()),
            None => {}
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        self.is_open &= name != "a";
    }

    /// The names, as the links have them.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }
}
