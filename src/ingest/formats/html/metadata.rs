//! Metadata of pages: title, outlet, authors, sections, language, address, day.
//!
//! In: tags and texts as they come. Out: [`Statements`], and from these one of each, in the order that [`Statements::choose`]
//! says.

use crate::ingest::date::page::PageDates;
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::html::author_links::AuthorLinks;
use crate::ingest::formats::html::data::{Data, decoded, read_data};
use crate::ingest::formats::html::elements::{Role, role_of};
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::lines::line;
use crate::ingest::formats::html::titles::{heading_of, is_same, without_last_part, without_outlet};
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::language_tag::first_language;
use crate::text::analysis::clip;
use crate::text::language::Language;

/// `meta` elements that are kept.
const MAX_METAS: usize = 500;
/// Bytes of all data in scripts that are kept.
const MAX_DATA_BYTES: usize = 4 << 20;
/// Bytes of a title that are kept.
const MAX_TITLE_BYTES: usize = 2000;
/// Headings of the first order that are kept.
const MAX_HEADINGS: usize = 8;

/// Names of `meta` for the outlet.
const OUTLETS: [&str; 5] = ["og:site_name", "dc.publisher", "dcterms.publisher", "article:publisher:name", "publisher"];

/// The statements of a page, in their order.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    title: String,
    /// Headings of the first order. The first is often the outlet's name, or a picture of it.
    headings: Vec<String>,
    lang: Option<String>,
    canonical: Option<String>,
    metas: Vec<(String, String)>,
    author_links: AuthorLinks,
    data: Vec<String>,
    data_bytes: usize,
    taking: Option<Taking>,
}

/// Text that is being taken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    Title,
    Heading,
    Data,
}

/// The values chosen from all that a page states.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) title: String,
    pub(crate) source: Option<String>,
    /// Names of authors, or bylines.
    pub(crate) authors: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) lang: Option<Language>,
    /// The code of another language that the page states.
    pub(crate) declared_lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) dates: PageDates,
    /// The text of the article, if the data have it.
    pub(crate) body: Option<String>,
    pub(crate) problems: Vec<String>,
}

impl Statements {
    /// Takes a tag; `left_out` if the page's reader passes it over.
    pub(crate) fn start(&mut self, tag: &Tag, left_out: bool) {
        let given = |key: &str| tag.get(key).filter(|value| !value.is_empty()).map(str::to_owned);
        match tag.name.as_str() {
            "html" => self.lang = self.lang.take().or_else(|| given("lang")).or_else(|| given("xml:lang")),
            "title" if self.title.is_empty() => self.taking = Some(Taking::Title),
            "h1" if self.headings.len() < MAX_HEADINGS && !left_out => {
                self.headings.push(String::new());
                self.taking = Some(Taking::Heading);
            }
            "script" if tag.get("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) => {
                self.taking = Some(Taking::Data);
            }
            "link" if tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| given("href"));
            }
            _ => {}
        }
        if self.taking == Some(Taking::Heading) && !matches!(role_of(&tag.name), Role::Inline | Role::Span | Role::Link)
        {
            self.text(" ", left_out);
        }
        if tag.name == "meta" {
            self.meta(tag);
        }
        self.author_links.start(tag);
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(content) = tag.get("content").filter(|content| !content.is_empty()) else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.get(key)
                && self.metas.len() < MAX_METAS
            {
                self.metas.push((name.to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    pub(crate) fn text(&mut self, text: &str, left_out: bool) {
        self.author_links.text(text);
        match self.taking {
            Some(Taking::Title) => push_bounded(&mut self.title, text),
            Some(Taking::Heading) if !left_out => {
                if let Some(heading) = self.headings.last_mut() {
                    push_bounded(heading, text);
                }
            }
            Some(Taking::Data) if self.data_bytes + text.len() <= MAX_DATA_BYTES => {
                self.data_bytes += text.len();
                self.data.push(text.to_owned());
            }
            _ => {}
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        self.author_links.end(name);
        let ends = match name {
            "title" => Taking::Title,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Taking::Heading,
            "script" => Taking::Data,
            _ => return,
        };
        if self.taking == Some(ends) {
            self.taking = None;
        }
    }

    /// Chooses one statement of each kind. Data made for machines (JSON-LD) come first, then Open Graph and named `meta`, then what the page shows: the
    /// first two are the same article's in any layout, while a page shows other articles' days as well.
    pub(crate) fn choose(&self, words: &PageWords) -> Chosen {
        let mut chosen = Chosen::default();
        let canonical = self.canonical.as_deref().filter(|url| is_address(url));
        let address = canonical.or_else(|| self.meta_of(&["og:url"]).filter(|url| is_address(url)));
        let shown: Vec<String> = self.headings.iter().map(|heading| line(heading)).collect();
        let og_title = self.meta_of(&["og:title", "twitter:title", "dc.title"]).map(|title| line(&decoded(title)));
        let titles: Vec<String> = og_title.iter().chain(&shown).cloned().collect();
        let data = read_data(&self.data, address, &titles, &mut chosen.problems);
        let Data { headline, published, publisher, authors, sections, lang, url, body, published_else } = data;
        chosen.source = publisher.or_else(|| self.meta_of(&OUTLETS).map(line));
        chosen.authors = if authors.is_empty() { self.names_of(&words.authors) } else { authors };
        if chosen.authors.is_empty() {
            chosen.authors = self.author_links.names().iter().map(|name| line(name)).collect();
        }
        chosen.sections = if sections.is_empty() { self.names_of(&words.sections) } else { sections };
        let metas = |names: &[String]| -> Vec<String> {
            names.iter().filter_map(|name| self.meta_of(&[name.as_str()])).map(str::to_owned).collect()
        };
        let dates_stated = published.into_iter().chain(metas(&words.published));
        let dates_stated: Vec<String> = dates_stated.collect();
        let languages =
            [lang.as_deref(), self.lang.as_deref(), self.meta_of(&["og:locale", "content-language", "language"])];
        (chosen.lang, chosen.declared_lang) = first_language(languages.into_iter().flatten());
        chosen.url = address.map(str::to_owned).or(url.filter(|url| is_address(url)));
        chosen.body = body;
        let outlet = chosen.source.clone().or_else(|| self.meta_of(&["application-name"]).map(line));
        let stated = headline.or(og_title);
        let stated = stated.map(|title| without_outlet(&title, outlet.as_deref()).to_owned());
        let title = line(&decoded(&self.title));
        let heading = heading_of(&shown, &title, outlet.as_deref());
        let in_head = || {
            let short = without_outlet(&title, outlet.as_deref());
            if short.len() < title.len() { short.to_owned() } else { without_last_part(&title).to_owned() }
        };
        let stated = stated.filter(|stated| !stated.is_empty());
        chosen.title = match (stated, heading) {
            (Some(stated), Some(heading)) if is_same(&heading, &stated) => heading,
            (Some(stated), _) => stated,
            (None, heading) => heading.unwrap_or_else(in_head),
        };
        chosen.dates.changed = published_else.into_iter().chain(metas(&words.changed)).collect();
        chosen.dates.year_first = matches!(chosen.lang, Some(Language::Korean | Language::Chinese));
        chosen.dates.published = dates_stated;
        chosen
    }

    /// All that the first of the named states that is no address.
    fn names_of(&self, names: &[String]) -> Vec<String> {
        let stated = names.iter().map(|name| {
            let values = self.metas.iter().filter(|(key, _)| key == name).map(|(_, content)| line(&decoded(content)));
            values.filter(|value| !value.is_empty() && !is_address(value)).collect::<Vec<String>>()
        });
        { stated }.find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// The first of the named that is stated.
    fn meta_of(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str());
        names.iter().find_map(find)
    }
}

fn push_bounded(to: &mut String, text: &str) {
    let room = MAX_TITLE_BYTES.saturating_sub(to.len());
    to.push_str(clip(text, room));
}
