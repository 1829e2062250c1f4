//! The fields of a document of a collection: its elements, by the names that collections have for them.

use crate::ingest::date::page::PageDates;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::html::{read_blocks, read_html, read_line};
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::leads::joined;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// Letters of an element that is not known, above which it is text.
const MIN_LETTERS: usize = 200;
/// Bytes of the name of an element.
const MAX_NAME_BYTES: usize = 40;

/// The meaning of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Title,
    Lead,
    Text,
    Date,
    Source,
    Author,
    Section,
    Language,
    Address,
    /// The head of a page that was fetched: its address, and what the server said.
    PageHead,
    /// Something that is known to be no text.
    Other,
    Unknown,
}

/// The field of an element; `None` for markup within a text.
fn field_of(name: &str) -> Option<Field> {
    Some(match name {
        "docno" | "docid" => Field::Id,
        "headline" | "head" | "hl" | "title" | "ti" | "doctitle" | "hedline" | "subhead" => Field::Title,
        "leadpara" | "lead" | "lp" | "ld" | "dateline" | "abstract" | "summary" | "st" => Field::Lead,
        "text" | "body" | "tx" | "content" | "article" => Field::Text,
        "date" | "date_time" | "datetime" | "date1" | "dd" | "pubdate" => Field::Date,
        "source" | "so" | "publisher" | "paper" | "newspaper" => Field::Source,
        "lang" | "language" => Field::Language,
        "url" | "docurl" => Field::Address,
        "dochdr" => Field::PageHead,
        "byline" | "by" | "author" | "au" => Field::Author,
        "section" | "se" => Field::Section,
        "length" | "page" | "fileid" | "first" | "second" | "doctype" | "txttype" | "keyword" | "trailer" | "slug"
        | "unknown" | "mknote" | "topics" | "places" | "people" | "orgs" | "exchanges" | "companies" | "accession"
        | "ae" | "words" | "pub" | "country" | "category" => Field::Other,
        "p" | "br" | "b" | "i" | "em" | "strong" | "a" | "div" | "span" | "table" | "tr" | "td" | "th" | "ul"
        | "ol" | "li" | "font" | "center" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "f" | "fig" | "s"
        | "sup" | "sub" | "pre" | "html" | "img" | "header" => return None,
        _ => Field::Unknown,
    })
}

/// A tag: its name, and where it stands.
struct Tag {
    name: String,
    is_end: bool,
    start: usize,
    end: usize,
}

/// The next tag from a byte on. A sign that begins no name is text.
fn next_tag(text: &str, from: usize) -> Option<Tag> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = &text[at + 1..];
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')).count();
        let is_name = rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && length <= MAX_NAME_BYTES;
        let after = rest.as_bytes().get(length).copied();
        if is_name && matches!(after, Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')) {
            let end = rest[length..].find(['>', '<']).map(|end| text.len() - rest.len() + length + end);
            if let Some(end) = end.filter(|&end| text.as_bytes()[end] == b'>') {
                return Some(Tag { name: rest[..length].to_ascii_lowercase(), is_end, start: at, end: end + 1 });
            }
        }
        at += 1;
    }
}

/// Markup in which only tags begin with `<`: in these texts it is mostly a sign.
fn with_signs(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut at = 0;
    while let Some(tag) = next_tag(markup, at) {
        text.push_str(&markup[at..tag.start].replace('<', "&lt;"));
        text.push_str(&markup[tag.start..tag.end]);
        at = tag.end;
    }
    text.push_str(&markup[at..].replace('<', "&lt;"));
    text
}

/// What was read of a document's elements.
#[derive(Default)]
struct Fields {
    ids: Vec<(String, String)>,
    titles: Vec<String>,
    leads: Vec<String>,
    texts: Vec<String>,
    dates: Vec<String>,
    sources: Vec<String>,
    authors: Vec<String>,
    sections: Vec<String>,
    languages: Vec<String>,
    addresses: Vec<String>,
    is_page: bool,
}

impl Fields {
    fn put(&mut self, field: Field, name: &str, markup: &str) {
        if markup.trim().is_empty() {
            return;
        }
        let own = if self.is_page { markup.to_owned() } else { with_signs(markup) };
        match field {
            Field::Id => self.ids.push((name.to_owned(), own)),
            Field::Title => self.titles.push(own),
            Field::Lead => self.leads.push(own),
            Field::Text => self.texts.push(own),
            Field::Date => self.dates.push(own),
            Field::Source => self.sources.push(own),
            Field::Author => self.authors.push(own),
            Field::Section => self.sections.push(own),
            Field::Language => self.languages.push(own),
            Field::Address => self.addresses.push(own),
            Field::PageHead => {
                self.is_page = true;
                let first = markup.split_whitespace().next().unwrap_or_default();
                self.addresses.push(first.to_owned());
            }
            Field::Other => {}
            Field::Unknown => {
                if markup.chars().filter(|letter| letter.is_alphanumeric()).count() >= MIN_LETTERS {
                    self.texts.push(own);
                }
            }
        }
    }
}

/// Reads a document, which begins with its start tag.
pub(super) fn read_fields(text: &str, context: &FormatContext<'_>) -> (StatedDocument, PageDates) {
    let tag_end = text.find('>').map_or(text.len(), |end| end + 1);
    let mut fields = Fields::default();
    let (mut from, mut at) = (tag_end, tag_end);
    // The field that is open; before the first and between two none is.
    let mut open: Option<(Field, String)> = None;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        let Some(field) = field_of(&tag.name) else { continue };
        // A page has elements of its own.
        if fields.is_page {
            continue;
        }
        let is_same = open.as_ref().is_some_and(|(_, name)| *name == tag.name);
        // Within a field only what is known begins another.
        let is_markup = field == Field::Unknown && open.is_some() && !is_same;
        let ends_other = tag.is_end && !is_same && open.is_some();
        if is_markup || ends_other {
            continue;
        }
        let (now, name) = open.take().unwrap_or((Field::Text, String::new()));
        fields.put(now, &name, &text[from..tag.start]);
        from = tag.end;
        if !tag.is_end {
            open = Some((field, tag.name));
        }
    }
    let (now, name) = open.unwrap_or((Field::Text, String::new()));
    fields.put(now, &name, &text[from..]);
    document(fields, &text[..tag_end], context)
}

fn document(fields: Fields, tag: &str, context: &FormatContext<'_>) -> (StatedDocument, PageDates) {
    let limits = context.limits;
    let line = |markup: &String| read_line(markup, limits);
    let first = |markups: &[String]| markups.iter().map(line).find(|text| !text.is_empty());
    let id = fields.ids.iter().find(|(name, _)| name == "docno").or(fields.ids.first()).map(|(_, id)| line(id));
    let id = id.filter(|id| !id.is_empty()).or_else(|| attribute(tag, "id")).or_else(|| attribute(tag, "newid"));
    let url = first(&fields.addresses).filter(|url| url.contains("://"));
    if fields.is_page {
        let page = fields.texts.concat();
        let document = Document { id: id.unwrap_or_default(), url, ..Document::default() };
        return read_html(&page, context.pages, limits, document);
    }
    let mut titles = fields.titles.iter().map(line).filter(|title| !title.is_empty());
    let title = titles.next().unwrap_or_default();
    let blocks = |markup: &String| read_blocks(markup, limits);
    let leads = titles.chain(fields.leads.iter().map(blocks)).collect();
    let texts: Vec<String> = fields.texts.iter().map(blocks).filter(|text| !text.is_empty()).collect();
    let body = joined(&title, leads, vec![texts.join("\n\n")]);
    let mut unusable = Vec::new();
    let language = first(&fields.languages).or_else(|| attribute(tag, "lang"));
    let (lang, declared_lang) =
        language.map(|tag| read_language(&tag, context.fields, &mut unusable)).unwrap_or_default();
    let document = Document {
        id: id.unwrap_or_default(),
        title,
        body,
        lang,
        declared_lang,
        source: first(&fields.sources),
        authors: fields.authors.iter().map(line).collect(),
        sections: fields.sections.iter().map(line).collect(),
        url,
        ..Document::default()
    };
    let date = first(&fields.dates).map(|date| plain_date(&date));
    let unusable = unusable.into_iter().map(Into::into).collect();
    (StatedDocument { document, date, unusable }, PageDates::default())
}

/// The value of an attribute of a start tag, in quotation marks or not.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
        let before = at > 0 && lower.as_bytes()[at - 1].is_ascii_whitespace();
        before && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split([' ', '>', '\t', '\n', '\r']).next()?,
    };
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// A date as it is written elsewhere too: six digits are of the last century, and `26-FEB-1987` has hyphens for spaces.
fn plain_date(date: &str) -> String {
    let is_digits = date.bytes().all(|byte| byte.is_ascii_digit());
    if date.len() == 6 && is_digits && date >= "700101" {
        return format!("19{}-{}-{}", &date[..2], &date[2..4], &date[4..]);
    }
    let day = date.split_whitespace().next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [day, month, year] if month.bytes().all(|byte| byte.is_ascii_alphabetic()) && year.len() == 4 => {
            format!("{day} {month} {year}")
        }
        _ => date.to_owned(),
    }
}
