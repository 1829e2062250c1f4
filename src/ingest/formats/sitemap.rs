//! Sitemaps of news: addresses with the title, the outlet and the day of each article, and no text.
//!
//! In: the whole sitemap, decoded. Out: a document for each address that has a title, or a text about a film or picture.
//! Keywords are its text. What has neither is counted and said, since an address alone is no article.

use std::ops::ControlFlow;

use crate::ingest::formats::FormatContext;
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::xml::{Element, read_xml};
use crate::ingest::sink::{FileSink, StatedDocument};
use crate::text::document::Document;

/// Reads the addresses of a sitemap.
pub(crate) fn read_sitemap(xml: &str, context: &FormatContext<'_>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
    let path = &context.origin.path;
    let tree = read_xml(xml);
    for mistake in tree.mistakes {
        sink.noted(path, mistake)?;
    }
    let others = tree.root.all(&["sitemap"]).len();
    let addresses = tree.root.all(&["url"]);
    let mut bare = 0;
    for (number, address) in addresses.iter().enumerate() {
        let place = format!("{path}, address {}", number + 1);
        match document(address, context, number + 1) {
            Some(stated) => sink.document(&place, stated)?,
            None => bare += 1,
        }
    }
    if bare > 0 {
        let fault =
            format!("{bare} of {} addresses have no title, so there is nothing of them to index", addresses.len());
        sink.noted(path, fault)?;
    }
    if others > 0 {
        sink.noted(path, format!("it lists {others} other sitemaps, which are not fetched; index them"))?;
    } else if addresses.is_empty() {
        sink.noted(path, "the sitemap has no address, so there is nothing to index")?;
    }
    ControlFlow::Continue(())
}

fn document(address: &Element, context: &FormatContext<'_>, number: usize) -> Option<StatedDocument> {
    let empty = Element::default();
    let news = address.first("news").unwrap_or(&empty);
    let title = news.line("title").or_else(|| address.line("title")).unwrap_or_default();
    let texts = ["keywords", "description", "caption"];
    let body: Vec<String> = texts.iter().flat_map(|name| address.all(&[name])).map(Element::text).collect();
    let mut body: Vec<String> = body.into_iter().filter(|text| !text.is_empty() && *text != title).collect();
    body.dedup();
    if title.is_empty() && body.is_empty() {
        return None;
    }
    let url = address.elements().find(|child| child.name == "loc").map(Element::text).filter(|url| !url.is_empty());
    let mut unusable = Vec::new();
    let (lang, declared_lang) =
        news.line("language").map(|tag| read_language(&tag, context.fields, &mut unusable)).unwrap_or_default();
    let document = Document {
        id: url.clone().unwrap_or_else(|| format!("{}#{number}", context.origin.id)),
        title,
        body: body.join("\n\n"),
        lang,
        declared_lang,
        source: news.line("name"),
        authors: Vec::new(),
        sections: Vec::new(),
        url,
        path: context.origin.path.clone(),
        date: None,
    };
    let date = address.line("publication_date");
    Some(StatedDocument { document, date, unusable: unusable.into_iter().map(Into::into).collect() })
}
