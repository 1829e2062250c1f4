//! Entries of a feed while they are read, and as documents: which element counts where several say the same.

use crate::ingest::event::Reason;
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::content_id::content_id;
use crate::ingest::formats::feed::base::Base;
use crate::ingest::formats::feed::field::{Field, Kind};
use crate::ingest::formats::language_tag::first_language;
use crate::ingest::formats::leads::joined;
use crate::ingest::limits::Limits;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// Texts of one entry that are kept at most.
const MAX_TEXTS: usize = 16;

/// Authors, and categories, of one entry or feed that are kept at most.
pub(crate) const MAX_NAMES: usize = 50;

/// An entry as a document without a path, or why it is none.
pub(crate) type FeedEntry = Result<StatedDocument, Reason>;

/// The best of the values that an entry has for a field: the first of the lowest rank.
#[derive(Debug, Default)]
struct Best(Option<(u8, String)>);

impl Best {
    fn put(&mut self, rank: u8, text: &str) {
        if self.0.as_ref().is_none_or(|(known, _)| rank < *known) {
            self.0 = Some((rank, text.trim().to_owned()));
        }
    }

    fn text(self) -> Option<String> {
        self.0.map(|(_, text)| text)
    }
}

/// What a feed states for all of its entries that have nothing of their own.
#[derive(Debug, Default)]
pub(crate) struct FeedFacts {
    pub(crate) title: String,
    pub(crate) lang: Option<String>,
    /// The authors of an Atom feed (RFC 4287, section 4.2.1).
    pub(crate) authors: Vec<String>,
}

/// An entry while it is read.
#[derive(Debug, Default)]
pub(crate) struct EntryBuilder {
    title: Option<(u8, Kind, String)>,
    link: Best,
    original_link: Best,
    id: Best,
    published: Best,
    updated: Best,
    contents: Vec<(Kind, String)>,
    summaries: Vec<(u8, Kind, String)>,
    caption: Option<(Kind, String)>,
    source: Best,
    creator: Best,
    creators: Vec<String>,
    authors: Vec<(u8, String)>,
    categories: Vec<(u8, String)>,
    lang: Option<String>,
    /// The base address of its links.
    pub(crate) base: Base,
    /// Parts of the entry that could not be used.
    pub(crate) unusable: Vec<Reason>,
}

impl EntryBuilder {
    /// An entry; `about` is the name that RDF has for it.
    pub(crate) fn new(lang: Option<String>, base: Base, about: Option<String>) -> EntryBuilder {
        let mut entry = EntryBuilder { lang, base, ..EntryBuilder::default() };
        about.iter().for_each(|about| entry.id.put(1, about));
        entry
    }

    /// A link as an attribute has it. Only the one to the article itself counts.
    pub(crate) fn link(&mut self, href: Option<String>, rel: Option<&str>) {
        if matches!(rel, None | Some("alternate")) {
            href.iter().for_each(|href| self.link.put(0, href));
        }
    }

    /// A text of the entry.
    pub(crate) fn put(&mut self, field: Field, rank: u8, kind: Kind, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match field {
            Field::Title => {
                if self.title.as_ref().is_none_or(|(known, _, _)| rank < *known) {
                    self.title = Some((rank, kind, text));
                }
            }
            Field::Content | Field::Summary if self.contents.len() + self.summaries.len() >= MAX_TEXTS => {
                let reason = format!("it has more than {MAX_TEXTS} texts; the rest is left out");
                if self.unusable.iter().all(|known| known.fault != reason) {
                    self.unusable.push(reason.into());
                }
            }
            Field::Content => self.contents.push((kind, text)),
            Field::Summary => self.summaries.push((rank, kind, text)),
            Field::Caption => self.caption = self.caption.take().or(Some((kind, text))),
            Field::Link => self.link.put(rank, &text),
            Field::OriginalLink => self.original_link.put(rank, &text),
            Field::Id => self.id.put(rank, &text),
            Field::Published => self.published.put(rank, &text),
            Field::Updated => self.updated.put(rank, &text),
            Field::Source => self.source.put(rank, &text),
            Field::Creator => {
                self.creator.put(rank, &text);
                if self.creators.len() < MAX_NAMES {
                    self.creators.push(text);
                }
            }
            Field::Author | Field::Category => {
                let names = if field == Field::Author { &mut self.authors } else { &mut self.categories };
                if names.len() < MAX_NAMES {
                    names.push((rank, text));
                }
            }
            Field::Language => self.lang = self.lang.take().or_else(|| Some(text.trim().to_owned())),
        }
    }

    /// The entry as a document of its feed.
    pub(crate) fn finish(mut self, feed: &FeedFacts, limits: &Limits) -> FeedEntry {
        let title = self.title.take().map(|(_, kind, text)| kind.line(&text, limits)).unwrap_or_default();
        let body = self.body(&title, limits);
        let EntryBuilder {
            link,
            original_link,
            id,
            published,
            updated,
            source,
            creator,
            creators,
            authors,
            categories,
            lang,
            base,
            mut unusable,
            ..
        } = self;
        let link = link.text().map(|link| base.join(link));
        let id = id.text();
        let named = id.as_ref().or(link.as_ref()).map(|name| format!("the entry `{}`", shown(name)));
        let named = named.unwrap_or_else(|| "an entry".to_owned());
        if title.is_empty() && body.is_empty() {
            let reason = format!("{named} has neither a title nor a text, so there is nothing to index");
            let why: String = unusable.iter().map(|reason| format!(": {}", reason.fault)).collect();
            return Err((reason + &why).into());
        }
        let is_address = |text: &String| is_address(text);
        let original = original_link.text().filter(is_address);
        let url = original.or_else(|| link.clone().filter(is_address)).or_else(|| id.clone().filter(is_address));
        let id = id.or(link).unwrap_or_else(|| {
            unusable.push("an entry has neither an id nor a link; its id is made from its text".into());
            format!("entry-{}", content_id(&[&title, &body]))
        });
        let outlet = Some(feed.title.clone()).filter(|title| !title.is_empty());
        let (lang, declared_lang) = first_language([lang.as_deref(), feed.lang.as_deref()].into_iter().flatten());
        let stated = if creators.is_empty() { of_lowest_rank(authors) } else { creators };
        let document = Document {
            id,
            title,
            body,
            lang,
            declared_lang,
            date: None,
            source: source.text().or(outlet).or(creator.text()),
            authors: if stated.is_empty() { feed.authors.clone() } else { stated },
            sections: of_lowest_rank(categories),
            url,
            path: String::new(),
        };
        Ok(StatedDocument { document, date: published.text().or(updated.text()), unusable })
    }

    /// All of its texts as one, those by elements that are rarer after the others.
    fn body(&mut self, title: &str, limits: &Limits) -> String {
        let blocks = |(kind, text): (Kind, String)| kind.blocks(&text, limits);
        self.summaries.sort_by_key(|(rank, _, _)| *rank);
        let summaries = std::mem::take(&mut self.summaries).into_iter().map(|(_, kind, text)| (kind, text));
        let leads: Vec<String> = summaries.map(blocks).collect();
        let contents: Vec<String> = std::mem::take(&mut self.contents).into_iter().map(blocks).collect();
        let body = joined(title, leads, contents);
        if body.is_empty() { self.caption.take().map(blocks).unwrap_or_default() } else { body }
    }
}

/// The texts of the lowest rank, without markup.
fn of_lowest_rank(texts: Vec<(u8, String)>) -> Vec<String> {
    let lowest = texts.iter().map(|(rank, _)| *rank).min();
    texts.into_iter().filter(|(rank, _)| Some(*rank) == lowest).map(|(_, text)| text).collect()
}

/// The beginning of a name, for a report.
fn shown(name: &str) -> String {
    name.chars().take(100).collect()
}
