//! Fields of an entry: what an element means, and of which kind its text is.

use crate::ingest::formats::html::{read_blocks, read_line};
use crate::ingest::limits::Limits;

/// Bytes of a short text, as a title or an address; of the rest nothing is read.
pub(crate) const MAX_SHORT_BYTES: usize = 64 << 10;

/// The meaning of an element of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Link,
    /// The address of the article, where the link leads over a service that counts clicks.
    OriginalLink,
    Id,
    Published,
    Updated,
    Content,
    Summary,
    /// A text about what is shown, such as a film or a picture: the text of an entry that has no other.
    Caption,
    Source,
    /// Whoever wrote it, by name.
    Creator,
    /// Whoever wrote it, mostly by an address.
    Author,
    Category,
    Language,
}

impl Field {
    /// The field of an element of this name, and its rank among the elements with the same meaning: the lowest counts.
    pub(crate) fn of(name: &str) -> Option<(Field, u8)> {
        Some(match name {
            "title" => (Field::Title, 0),
            "media:title" => (Field::Title, 1),
            "dc:title" | "dcterms:title" => (Field::Title, 2),
            "itunes:title" => (Field::Title, 3),
            "link" => (Field::Link, 0),
            "feedburner:origlink" | "pheedo:origlink" => (Field::OriginalLink, 0),
            "guid" | "id" => (Field::Id, 0),
            "dc:identifier" | "dcterms:identifier" => (Field::Id, 2),
            "pubdate" | "published" | "issued" => (Field::Published, 0),
            "dc:date" | "dcterms:issued" | "dcterms:date" => (Field::Published, 1),
            "created" | "dcterms:created" | "dcterms:available" => (Field::Published, 2),
            "updated" | "modified" => (Field::Updated, 0),
            "dcterms:modified" => (Field::Updated, 1),
            "content" | "content:encoded" | "xhtml:body" | "body" => (Field::Content, 0),
            "description" | "summary" => (Field::Summary, 0),
            "dc:description" | "dcterms:description" | "dcterms:abstract" => (Field::Summary, 1),
            "itunes:subtitle" | "itunes:summary" => (Field::Summary, 2),
            "media:description" | "media:text" => (Field::Caption, 0),
            // Of RSS; that of Atom has a title in it.
            "source" => (Field::Source, 0),
            "dc:publisher" | "dcterms:publisher" => (Field::Source, 1),
            "dc:creator" | "dcterms:creator" => (Field::Creator, 0),
            // Of RSS; that of Atom has a name in it.
            "author" => (Field::Author, 0),
            "itunes:author" => (Field::Author, 1),
            "category" => (Field::Category, 0),
            "dc:subject" => (Field::Category, 1),
            "language" | "dc:language" | "dcterms:language" => (Field::Language, 0),
            _ => return None,
        })
    }

    /// True if an element of this name, within the text of one of this field, shows that the end of that is missing.
    pub(crate) fn is_ended_by(self, name: &str) -> bool {
        match name {
            // Of HTML too, and so in the text; but a title or an address has no elements at all.
            "title" | "link" | "source" | "summary" | "content" | "body" | "id" | "language" | "xhtml:body" => {
                !self.is_long()
            }
            "category" | "enclosure" | "comments" | "managingeditor" | "author" => true,
            _ => {
                let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
                Field::of(name).is_some() || matches!(prefix, "media" | "itunes" | "dc" | "dcterms" | "content")
            }
        }
    }

    fn is_long(self) -> bool {
        matches!(self, Field::Content | Field::Summary | Field::Caption)
    }

    pub(crate) fn max_bytes(self, limits: &Limits) -> usize {
        if self.is_long() { limits.document } else { MAX_SHORT_BYTES }
    }
}

/// What the attributes of an element say of its text.
#[derive(Debug, Default)]
pub(crate) struct StatedKind {
    /// `type` of Atom and Media RSS.
    pub(crate) media: Option<String>,
    /// `mode` of Atom 0.3, `encoding` of RSS.
    pub(crate) mode: Option<String>,
    pub(crate) is_atom: bool,
}

impl StatedKind {
    fn media(&self) -> Option<String> {
        let media = self.media.as_deref()?;
        Some(media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    fn is_mode(&self, mode: &str) -> bool {
        self.mode.as_deref().is_some_and(|stated| stated.trim().eq_ignore_ascii_case(mode))
    }

    /// True if the text is base64: it is said to be, or of a kind that Atom has in no other way (RFC 4287, 4.1.3.3).
    pub(crate) fn is_base64(&self) -> bool {
        let is_binary = self.media().is_some_and(|media| {
            media.contains('/') && !media.starts_with("text/") && !media.ends_with("/xml") && !media.ends_with("+xml")
        });
        self.is_mode("base64") || (self.is_atom && self.mode.is_none() && is_binary)
    }
}

/// The kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    #[default]
    Plain,
    /// Markup in a text, its signs escaped.
    Html,
    /// Markup as elements of the feed.
    Elements,
}

impl Kind {
    /// Atom says what a text is; in RSS each can be markup. Of Atom's titles that say nothing this is kept to: a name in
    /// angle brackets is part of them. Its longer texts are often markup that is not said to be.
    pub(crate) fn of(field: Field, stated: &StatedKind) -> Kind {
        let media = stated.media();
        match media.as_deref() {
            Some("text" | "plain" | "text/plain") => Kind::Plain,
            None if stated.is_atom && field == Field::Title && stated.mode.is_none() => Kind::Plain,
            Some(media) if media == "xhtml" || media.ends_with("+xml") || media.ends_with("/xml") => {
                if stated.is_mode("escaped") { Kind::Html } else { Kind::Elements }
            }
            _ if stated.is_atom && stated.is_mode("xml") => Kind::Elements,
            _ if field == Field::Title || field.is_long() => Kind::Html,
            _ => Kind::Plain,
        }
    }

    /// A text of this kind as one line.
    pub(crate) fn line(self, text: &str, limits: &Limits) -> String {
        match self {
            Kind::Plain => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Kind::Html | Kind::Elements => read_line(text, limits),
        }
    }

    /// A text of this kind with its paragraphs.
    pub(crate) fn blocks(self, text: &str, limits: &Limits) -> String {
        match self {
            Kind::Plain => text.trim().to_owned(),
            // Without a tag, its lines are all that parts it.
            Kind::Html if !text.contains('<') => {
                let lines: Vec<String> = text.lines().map(|line| read_line(line, limits)).collect();
                lines.join("\n").trim().to_owned()
            }
            Kind::Html | Kind::Elements => read_blocks(text, limits),
        }
    }
}
