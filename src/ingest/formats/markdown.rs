//! Markdown: the title is the first heading, the body the text without its markup, that of HTML too; `title`, `date`, `source`, `url`,
//! `lang`, authors and sections are read from a front matter block (`---`, then `key: value` lines).

mod tags;

use std::sync::LazyLock;

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use regex::Regex;

use crate::ingest::event::Reason;
use crate::ingest::field_names::FieldNames;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::markdown::tags::push_text;
use crate::ingest::formats::text::read_text;
use crate::ingest::part::Part;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// The document with what the text states. Front matter with a language that is none is noted as unusable. Without any
/// heading the title is the first line.
pub(crate) fn read_markdown(text: &str, names: &FieldNames, mut document: Document) -> StatedDocument {
    let mut heading: Option<String> = None;
    let mut in_title = false;
    let mut in_metadata = false;
    let mut metadata = String::new();
    let (mut body, mut html) = (String::new(), String::new());
    // The last was the number of an item.
    let mut after_number = false;
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let was_number = std::mem::take(&mut after_number);
        match event {
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_metadata = false,
            Event::Start(Tag::Heading { .. }) => {
                end_paragraph(&mut body);
                in_title = heading.is_none() && !states_title(&metadata);
            }
            Event::Start(Tag::Item) => {
                // A line that begins with a day looks like an item, and days are not counted up.
                if let Some(number) = item_number(&text[range]) {
                    body.push_str(number);
                    body.push(' ');
                    after_number = true;
                }
            }
            // `2025. 12. 30.` looks like lists in lists.
            Event::Start(Tag::List(Some(_)) | Tag::Paragraph) if was_number => after_number = true,
            Event::Html(markup) => html.push_str(&markup),
            Event::End(TagEnd::HtmlBlock) => push_text(&std::mem::take(&mut html), &mut body),
            // In a list without blank lines, nothing else ends the text of an item before what is inside it.
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => end_paragraph(&mut body),
            Event::End(TagEnd::Heading(_)) => {
                if in_title {
                    heading.get_or_insert_default();
                }
                in_title = false;
                end_paragraph(&mut body);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableRow | TagEnd::TableHead) => {
                end_paragraph(&mut body)
            }
            Event::End(TagEnd::TableCell) => body.push(' '),
            Event::Text(text) | Event::Code(text) => {
                if in_metadata {
                    metadata.push_str(&text);
                } else if in_title {
                    heading.get_or_insert_default().push_str(&text);
                } else {
                    body.push_str(&text);
                }
            }
            Event::InlineHtml(html) if !html.to_ascii_lowercase().starts_with("<br") => {}
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => {
                if in_title {
                    heading.get_or_insert_default().push(' ');
                } else {
                    body.push('\n');
                }
            }
            _ => {}
        }
    }
    match heading {
        Some(heading) => {
            document.title = heading.trim().to_owned();
            document.body = body;
        }
        // The front matter gives the title, so all of the text is body.
        None if states_title(&metadata) => document.body = body,
        None => document = read_text(&body, document).document,
    }
    read_front_matter(&metadata, names, document)
}

/// A sign of Markdown: a heading in the first line, a picture, a link, words between two asterisks.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A\s*#{1,6} +\S|\[[^\]\n]*\]\(https?://[^\s)]+\)|!\[[^\]\n]*\]\([^\s)]+\)|\*\*[^\s*][^*\n]*\*\*")
        .expect("a valid pattern")
});

/// True for a text of a record that has signs of Markdown.
pub(crate) fn is_markdown(text: &str) -> bool {
    memchr::memchr2(b'#', b'*', text.as_bytes()).is_some_and(|_| SIGN.is_match(text))
        || memchr::memmem::find(text.as_bytes(), b"](").is_some_and(|_| SIGN.is_match(text))
}

/// A text without the markup of Markdown.
pub(crate) fn markdown_text(text: &str, names: &FieldNames) -> String {
    let Document { title, body, .. } = read_markdown(text, names, Document::default()).document;
    let texts = [title, body].map(|text| text.trim().to_owned());
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// True if a front matter block has a title; see [`read_front_matter`].
fn states_title(metadata: &str) -> bool {
    pairs(metadata).any(|(key, _)| key == "title")
}

/// Keys and values of a front matter block, without quotation marks, empty ones left out. What is indented belongs to a key
/// above it, as the caption of a picture.
fn pairs(metadata: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = metadata.split(['\n', '\r']).filter(|line| !line.starts_with([' ', '\t']));
    let pairs = lines.filter_map(|line| line.split_once(':'));
    pairs
        .map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\'']).trim()))
        .filter(|(_, value)| !value.is_empty())
}

/// Keys of a front matter block, each with its value or the items of its list: `[a, b]`, or lines that begin with `-`.
fn lists(metadata: &str) -> Vec<(&str, Vec<String>)> {
    let plain = |value: &str| value.trim().trim_matches(['"', '\'']).trim().to_owned();
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for line in metadata.split(['\n', '\r']) {
        let item = line.trim_start().strip_prefix("- ");
        if let (Some(item), Some((_, items))) = (item, lists.last_mut()) {
            // Of a person only the name is said here.
            let name = item.strip_prefix("name:").or_else(|| item.strip_prefix("display_name:")).unwrap_or(item);
            items.push(plain(name));
        } else if let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t'])) {
            let listed = value.trim().strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            let items = listed.map_or_else(|| vec![plain(value)], |listed| listed.split(',').map(plain).collect());
            lists.push((key.trim(), items));
        }
    }
    lists.iter_mut().for_each(|(_, items)| items.retain(|item| !item.is_empty()));
    lists
}

/// The number of an item as it is written, with what is behind it: `30.`; `None` for one without a number.
fn item_number(item: &str) -> Option<&str> {
    let item = item.trim_start();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && matches!(item.as_bytes().get(digits), Some(b'.' | b')'));
    is_number.then(|| &item[..=digits])
}

fn end_paragraph(body: &mut String) {
    if !body.is_empty() && !body.ends_with("\n\n") {
        body.push_str("\n\n");
    }
}

fn read_front_matter(metadata: &str, names: &FieldNames, mut document: Document) -> StatedDocument {
    let (mut date, mut unusable) = (None, Vec::new());
    for (key, value) in pairs(metadata) {
        match key {
            "title" => document.title = value.to_owned(),
            "source" => document.source = Some(value.to_owned()),
            "url" => document.url = Some(value.to_owned()),
            "date" => date = Some(value.to_owned()),
            "lang" => {
                (document.lang, document.declared_lang) = read_language(value, names, &mut unusable);
            }
            _ => {}
        }
    }
    for (key, values) in lists(metadata) {
        match names.find(key).map(|named| named.part) {
            Some(Part::Author) if document.authors.is_empty() => document.authors = values,
            Some(Part::Section) if document.sections.is_empty() => document.sections = values,
            _ => {}
        }
    }
    StatedDocument { document, date, unusable: unusable.into_iter().map(Reason::from).collect() }
}
