//! News as agencies send it (IPTC): NITF, NewsML-G2 and its forerunner NewsML 1, one document an item.
//!
//! In: the whole file, decoded. Out: its items in their order. An item has what its frame says, in NewsML, and what its text
//! says, in NITF or XHTML; where both say it, the frame counts. Captions are the text of an item that has no other.

use std::ops::ControlFlow;

use crate::ingest::formats::FormatContext;
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::html::read_blocks;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::leads::joined;
use crate::ingest::formats::xml::{Element, Node, read_xml};
use crate::ingest::sink::{FileSink, StatedDocument};
use crate::text::document::Document;

/// Elements of a text that are not of the article, or are read apart.
const NOT_TEXT: [&str; 9] =
    ["head", "hedline", "byline", "distributor", "dateline", "abstract", "media", "title", "script"];

/// Reads the items of a file.
pub(crate) fn read_items(xml: &str, context: &FormatContext<'_>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
    let path = &context.origin.path;
    let tree = read_xml(xml);
    for mistake in tree.mistakes {
        sink.noted(path, mistake)?;
    }
    let items = tree.root.all(&["newsitem", "nitf", "packageitem"]);
    for (number, item) in items.iter().enumerate() {
        let place = format!("{path}, item {}", number + 1);
        let mut stated = read_item(item, context);
        let document = &mut stated.document;
        if document.title.is_empty() && document.body.is_empty() {
            sink.lost(&place, "the item has neither a headline nor a text, so there is nothing to index")?;
            continue;
        }
        if document.id.is_empty() {
            let alone = items.len() == 1;
            document.id =
                if alone { context.origin.id.clone() } else { format!("{}#{}", context.origin.id, number + 1) };
        }
        document.path.clone_from(path);
        sink.document(&place, stated)?;
    }
    if items.is_empty() {
        let reason = "neither NITF nor NewsML: expected an element `nitf` or `newsItem`";
        return sink.lost(path, reason);
    }
    ControlFlow::Continue(())
}

fn read_item(item: &Element, context: &FormatContext<'_>) -> StatedDocument {
    let limits = context.limits;
    let line = |names: &[&str]| names.iter().find_map(|name| item.line(name));
    let value = |name: &str, key: &str| {
        item.all(&[name]).into_iter().find_map(|element| element.attribute(key)).map(str::to_owned)
    };
    let title = line(&["headline", "hl1", "hedline", "title", "slugline"]).unwrap_or_default();

    let mut leads: Vec<String> = item.all(&["headline"]).into_iter().map(Element::text).collect();
    leads.extend(item.all(&["hl2"]).into_iter().map(Element::text));
    leads.extend(item.all(&["abstract", "description"]).into_iter().map(|lead| read_blocks(&lead.markup(&[]), limits)));
    leads.extend(item.all(&["dateline"]).into_iter().map(Element::text));
    let contents = contents(item).into_iter().map(|markup| without_title(read_blocks(&markup, limits), &title));
    let mut body = joined(&title, leads, contents.collect());
    if body.is_empty() {
        let captions = item.all(&["media-caption", "caption"]).into_iter().map(Element::text);
        body = captions.collect::<Vec<_>>().join("\n\n");
    }

    let dates = [
        line(&["contentcreated", "firstcreated", "versioncreated", "thisrevisioncreated"]),
        value("date.issue", "norm"),
        value("story.date", "norm"),
        value("pubdata", "date.publication"),
        value("date.release", "norm"),
        line(&["story.date", "datecreated"]),
    ];
    let provider = item.first("provider");
    let after_colon = |code: &str| code.rsplit(':').next().map(str::to_owned);
    let sources = [
        provider
            .and_then(|provider| provider.line("name").or_else(|| provider.attribute("literal").map(str::to_owned))),
        line(&["creditline"]),
        provider.and_then(|provider| provider.attribute("qcode").and_then(after_colon)),
        provider.and_then(|provider| provider.first("party")?.attribute("formalname").map(str::to_owned)),
        value("pubdata", "name"),
        line(&["distributor"]),
        value("doc.copyright", "holder"),
        value("doc-id", "regsrc"),
    ];
    let id = item.attribute("guid").map(str::to_owned);
    let id = id.or_else(|| value("doc-id", "id-string")).or_else(|| line(&["publicidentifier", "newsitemid"]));
    let is_address = |text: &String| is_address(text);
    let url = value("pubdata", "ex-ref").filter(is_address).or_else(|| id.clone().filter(is_address));

    let mut unusable = Vec::new();
    let tags = [
        item.attribute("lang").map(str::to_owned),
        value("language", "tag"),
        value("nitf", "lang"),
        value("html", "lang"),
    ];
    let languages =
        tags.into_iter().chain([value("body", "lang"), value("inlinexml", "lang"), value("inlinedata", "lang")]);
    let (lang, declared_lang) =
        languages.flatten().next().map(|tag| read_language(&tag, context.fields, &mut unusable)).unwrap_or_default();
    let document = Document {
        id: id.unwrap_or_default(),
        title,
        body,
        lang,
        declared_lang,
        source: sources.into_iter().flatten().next(),
        authors: authors(item),
        sections: sections(item),
        url,
        ..Document::default()
    };
    let date = dates.into_iter().flatten().next().map(|date| day(&date));
    StatedDocument { document, date, unusable: unusable.into_iter().map(Into::into).collect() }
}

/// Bylines: those of the frame, else that over the text.
fn authors(item: &Element) -> Vec<String> {
    let by_name = |creator: &Element| {
        creator.line("name").or_else(|| creator.attribute("literal").map(str::to_owned)).or_else(|| {
            let party = creator.first("party")?;
            party.attribute("formalname").map(str::to_owned)
        })
    };
    let creators: Vec<String> = item.all(&["creator"]).into_iter().filter_map(by_name).collect();
    if !creators.is_empty() {
        return creators;
    }
    let lines = |name: &str| -> Vec<String> {
        // The title of whoever wrote it is no name.
        item.all(&[name]).into_iter().map(|byline| byline.first("person").unwrap_or(byline).text()).collect()
    };
    ["by", "byline"].into_iter().map(lines).find(|lines| !lines.is_empty()).unwrap_or_default()
}

/// Sections of the newspaper, or departments.
fn sections(item: &Element) -> Vec<String> {
    let of_print = item.all(&["pubdata"]).into_iter().filter_map(|data| data.attribute("position.section"));
    let departments = item.all(&["subject", "genre"]).into_iter();
    let departments = departments.filter(|subject| {
        let kind = subject.attribute("type").or(subject.attribute("qcode")).unwrap_or_default();
        kind.contains("department") || kind.contains("section") || kind.contains("desk")
    });
    of_print.map(str::to_owned).chain(departments.filter_map(|subject| subject.line("name"))).collect()
}

/// The texts of an item as markup: of NITF its body, of NewsML the contents that are text.
fn contents(item: &Element) -> Vec<String> {
    let bodies = item.all(&["body", "inlinedata", "body.content"]);
    let mut contents: Vec<String> = bodies.iter().map(|body| text_markup(body)).collect();
    // XHTML without a body, or a content of NewsML 1 that has its text at once.
    if bodies.is_empty() {
        contents.extend(item.all(&["inlinexml", "datacontent"]).iter().map(|content| text_markup(content)));
    }
    contents
}

/// The text of a content. One that is plain text has paragraphs by its lines, one in escaped markup is such.
fn text_markup(content: &Element) -> String {
    let kind = content.attribute("contenttype").unwrap_or_default();
    if content.elements().next().is_some() || content.name != "inlinedata" && content.name != "datacontent" {
        return content.markup(&NOT_TEXT);
    }
    let texts = content.children.iter().map(|child| match child {
        Node::Text(text) => text.as_str(),
        Node::Element(_) => "",
    });
    let text: String = texts.collect();
    if kind.contains("html") || (kind.is_empty() && text.contains("</")) {
        return text;
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs =
        escaped.split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.trim().replace('\n', "<br>")));
    paragraphs.collect()
}

/// A text without the title where it stands over it.
fn without_title(body: String, title: &str) -> String {
    match body.split_once('\n') {
        Some((first, rest)) if first.trim() == title => rest.trim_start().to_owned(),
        _ => body,
    }
}

/// A day as ISO 8601 has it, of the form without hyphens that NITF has; others as they are.
fn day(date: &str) -> String {
    let digits = date.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 8 && (date.len() == 8 || date.as_bytes().get(8).is_some_and(|&next| next == b'T')) {
        return format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..8]);
    }
    date.to_owned()
}
