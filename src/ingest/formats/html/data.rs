//! JSON-LD in a page: the article that it is about.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ingest::formats::address::is_address;
use crate::ingest::formats::html::events::{Event, each_event};
use crate::ingest::formats::html::lines::line;

/// Types of schema.org that are articles.
const ARTICLES: [&str; 12] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "Report",
    "SocialMediaPosting",
];
/// Lists in lists that are followed. What serde reads is no deeper than 128.
const MAX_DEPTH: usize = 6;

/// The data of the article.
#[derive(Debug, Default)]
pub(crate) struct Data {
    pub(crate) headline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) publisher: Option<String>,
    /// Names of authors.
    pub(crate) authors: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) body: Option<String>,
    /// The day of publication of something that is no article: the page, a recipe, a product.
    pub(crate) published_else: Option<String>,
}

/// Reads the scripts of a page. Of several articles it is about the one with its own address, else the one that has a title
/// of the page. The others are those that it links to, so it may be about none.
pub(crate) fn read_data(
    scripts: &[String],
    address: Option<&str>,
    titles: &[String],
    problems: &mut Vec<String>,
) -> Data {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script, problems)).collect();
    let mut nodes = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut nodes));
    let articles: Vec<&Map<String, Value>> = nodes.iter().copied().filter(|node| is_article(node)).collect();
    let own = || articles.iter().find(|node| address.is_some() && address_of(node).as_deref() == address);
    let titled = || {
        articles
            .iter()
            .find(|node| headline(node).is_some_and(|named| titles.iter().any(|title| begins(title, &named))))
    };
    let article = if articles.len() > 1 { own().or_else(titled) } else { articles.first() };
    let published_else = nodes.iter().filter(|node| !is_article(node)).find_map(|node| text(node.get("datePublished")));
    let Some(article) = article else {
        return Data { published_else, ..Data::default() };
    };
    Data {
        headline: headline(article),
        published: text(article.get("datePublished")),
        publisher: name(article.get("publisher"), &nodes),
        authors: match names(article.get("author"), &nodes) {
            authors if authors.is_empty() => names(article.get("creator"), &nodes),
            authors => authors,
        },
        sections: names(article.get("articleSection"), &nodes),
        lang: text(article.get("inLanguage")).or_else(|| text(article.get("inLanguage")?.get("alternateName"))),
        url: address_of(article),
        body: article.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        published_else,
    }
}

fn headline(node: &Map<String, Value>) -> Option<String> {
    text(node.get("headline")).or_else(|| text(node.get("name")))
}

/// True if a title is a headline, or has something behind it that is no part of its last word.
fn begins(title: &str, headline: &str) -> bool {
    title.strip_prefix(headline).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A script as JSON. Line breaks within its texts, which many pages have, are read as spaces.
fn parse(script: &str, problems: &mut Vec<String>) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    if script.is_empty() {
        return None;
    }
    let read = serde_json::from_str(script).or_else(|_| {
        let spaced: String = script.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        serde_json::from_str(&spaced)
    });
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            problems.push(format!(
                "its JSON-LD is not valid JSON ({reason}); title, date and outlet are taken from the rest of the page"
            ));
            None
        }
    }
}

/// All objects that can be the article, or be named by it.
fn collect<'a>(value: &'a Value, depth: usize, nodes: &mut Vec<&'a Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, nodes)),
        Value::Object(node) => {
            nodes.push(node);
            for key in ["@graph", "mainEntity"] {
                if let Some(value) = node.get(key) {
                    collect(value, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

fn is_article(node: &Map<String, Value>) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| ARTICLES.contains(&kind.rsplit(['/', ':']).next().unwrap_or(kind)))
    };
    match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn address_of(node: &Map<String, Value>) -> Option<String> {
    let id = |value: &Value| text(Some(value)).or_else(|| text(value.get("@id")));
    text(node.get("url")).or_else(|| node.get("mainEntityOfPage").and_then(id))
}

/// A text with the entities decoded that do not belong in a script, but are often there.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') || text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::new();
    each_event(text, |event| {
        if let Event::Text(text) = event {
            decoded.push_str(text);
        }
    });
    Cow::Owned(decoded)
}

/// A text, or the first of several, as one line.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => line(&decoded(text)),
        Value::Array(values) => return values.iter().find_map(|value| text(Some(value))),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The names of one or several, without addresses.
fn names(value: Option<&Value>, nodes: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value), nodes)).collect(),
        value => name(value, nodes).into_iter().filter(|name| !is_address(name)).collect(),
    }
}

/// The name of an organisation or a person, which may be stated elsewhere under its id.
fn name(value: Option<&Value>, nodes: &[&Map<String, Value>]) -> Option<String> {
    match value? {
        Value::Array(values) => values.iter().find_map(|value| name(Some(value), nodes)),
        Value::Object(node) => text(node.get("name")).or_else(|| {
            let id = node.get("@id")?;
            nodes.iter().filter(|node| node.get("@id") == Some(id)).find_map(|node| text(node.get("name")))
        }),
        value => text(Some(value)),
    }
}
