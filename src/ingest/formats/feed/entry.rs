//! Entries of a feed: which elements mean what, and which one counts where several say it.

use sha2::{Digest, Sha256};

use crate::ingest::event::Reason;
use crate::ingest::formats::feed::base::Base;
use crate::ingest::formats::html::{read_blocks, read_line};
use crate::ingest::limits::Limits;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;
use crate::text::language::Language;

/// Bytes of a short text, as a title or an address; of the rest nothing is read.
pub(crate) const MAX_SHORT_BYTES: usize = 64 << 10;

/// An entry as a document without a path, or why it is none.
pub(crate) type FeedEntry = Result<StatedDocument, Reason>;

/// The meaning of an element of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Link,
    Id,
    Published,
    Updated,
    Content,
    Summary,
    Source,
    Language,
}

impl Field {
    /// The field of an element of this name, with the prefixes that all feeds use.
    pub(crate) fn of(name: &str) -> Option<Field> {
        Some(match name {
            "title" => Field::Title,
            "link" => Field::Link,
            "guid" | "id" => Field::Id,
            "pubDate" | "published" | "issued" | "dc:date" | "dcterms:issued" => Field::Published,
            "updated" | "modified" | "dcterms:modified" => Field::Updated,
            "content" | "content:encoded" => Field::Content,
            "description" | "summary" => Field::Summary,
            // Of RSS; that of Atom has a title in it.
            "source" => Field::Source,
            "dc:language" => Field::Language,
            _ => return None,
        })
    }

    pub(crate) fn max_bytes(self, limits: &Limits) -> usize {
        match self {
            Field::Content | Field::Summary => limits.document,
            _ => MAX_SHORT_BYTES,
        }
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
    pub(crate) fn of(field: Field, stated: Option<&str>, is_atom: bool) -> Kind {
        match stated {
            Some("text" | "text/plain") => Kind::Plain,
            None if is_atom && field == Field::Title => Kind::Plain,
            Some("xhtml" | "application/xhtml+xml") => Kind::Elements,
            _ => match field {
                Field::Title | Field::Content | Field::Summary => Kind::Html,
                _ => Kind::Plain,
            },
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
    fn blocks(self, text: &str, limits: &Limits) -> String {
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

/// An entry while it is read.
#[derive(Debug, Default)]
pub(crate) struct EntryBuilder {
    title: Option<(Kind, String)>,
    link: Option<String>,
    id: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    content: Option<(Kind, String)>,
    summary: Option<(Kind, String)>,
    source: Option<String>,
    lang: Option<String>,
    /// The base address of its links.
    pub(crate) base: Base,
    /// Parts of the entry that could not be used.
    pub(crate) unusable: Vec<Reason>,
}

impl EntryBuilder {
    pub(crate) fn new(lang: Option<String>, base: Base) -> EntryBuilder {
        EntryBuilder { lang, base, ..EntryBuilder::default() }
    }

    /// A link as an attribute has it. Only the one to the article itself counts.
    pub(crate) fn link(&mut self, href: Option<String>, rel: Option<&str>) {
        if matches!(rel, None | Some("alternate")) {
            self.link = self.link.take().or(href);
        }
    }

    /// A text of the entry. The first of each kind counts.
    pub(crate) fn put(&mut self, field: Field, kind: Kind, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let short = || Some(text.trim().to_owned());
        match field {
            Field::Title => self.title = self.title.take().or(Some((kind, text))),
            Field::Link => self.link = self.link.take().or_else(short),
            Field::Id => self.id = self.id.take().or_else(short),
            Field::Published => self.published = self.published.take().or_else(short),
            Field::Updated => self.updated = self.updated.take().or_else(short),
            Field::Content => self.content = self.content.take().or(Some((kind, text))),
            Field::Summary => self.summary = self.summary.take().or(Some((kind, text))),
            Field::Source => self.source = self.source.take().or_else(short),
            Field::Language => self.lang = self.lang.take().or_else(short),
        }
    }

    /// The entry as a document. `feed_title` and `feed_lang` stand where it has none of its own.
    pub(crate) fn finish(self, feed_title: &str, feed_lang: Option<&str>, limits: &Limits) -> FeedEntry {
        let EntryBuilder { title, link, id, published, updated, content, summary, source, lang, base, mut unusable } =
            self;
        let link = link.map(|link| base.join(link));
        let title = title.map(|(kind, text)| kind.line(&text, limits)).unwrap_or_default();
        let blocks = |text: Option<(Kind, String)>| text.map(|(kind, text)| kind.blocks(&text, limits));
        let body = blocks(content).filter(|text| !text.is_empty()).or_else(|| blocks(summary)).unwrap_or_default();
        let named = id.as_ref().or(link.as_ref()).map(|name| format!("the entry `{}`", shown(name)));
        let named = named.unwrap_or_else(|| "an entry".to_owned());
        if title.is_empty() && body.is_empty() {
            return Err(format!("{named} has neither a title nor a text, so there is nothing to index").into());
        }
        let is_address = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        let url = link.clone().filter(is_address).or_else(|| id.clone().filter(is_address));
        let id = id.or(link).unwrap_or_else(|| {
            unusable.push("an entry has neither an id nor a link; its id is made from its text".into());
            let hash = Sha256::new().chain_update(&title).chain_update([0]).chain_update(&body).finalize();
            let digits: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            format!("entry-{digits}")
        });
        let outlet = Some(feed_title.to_owned()).filter(|title| !title.is_empty());
        let stated = [lang.as_deref(), feed_lang].into_iter().flatten();
        let mut stated = stated.map(|tag| (Language::from_tag(tag), Language::other_code(tag)));
        let (lang, declared_lang) = stated.find(|(ours, other)| ours.is_some() || other.is_some()).unwrap_or_default();
        let document = Document {
            id,
            title,
            body,
            lang,
            declared_lang,
            date: None,
            source: source.or(outlet),
            url,
            path: String::new(),
        };
        Ok(StatedDocument { document, date: published.or(updated), unusable })
    }
}

/// The beginning of a name, for a report.
fn shown(name: &str) -> String {
    name.chars().take(100).collect()
}
