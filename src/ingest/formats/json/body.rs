//! The text of a record: the best of its texts, with the leads that it has not in front of it.

use crate::ingest::field_lists::KeyList;
use crate::ingest::formats::field_text::body_text;
use crate::ingest::formats::json::by_content::unknown;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::reader::{RecordReader, not_text, shown};
use crate::ingest::formats::json::text::text_of;
use crate::ingest::formats::leads::{joined, letters};
use crate::ingest::formats::markdown::is_markdown;
use crate::ingest::part::Part;

/// Letters of a value from which it is a text that must not be left unread in silence; fewer where nothing else is a text.
const MIN_UNREAD_LETTERS: usize = 200;
const MIN_ONLY_TEXT_LETTERS: usize = 60;
/// Letters at the beginning of a text by which it is known in another.
const COMPARED_LETTERS: usize = 80;

/// The text of a record.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    /// True if a sign says that it was cut short.
    pub(crate) is_cut: bool,
    /// True if something stands in place of a text.
    pub(crate) is_empty: bool,
    /// Paths of values with much text that is not read.
    pub(crate) unread: Vec<String>,
    /// Paths of values that are taken for the text by what they are.
    pub(crate) taken: Vec<(String, Part)>,
}

/// A text of a record.
struct Text {
    text: String,
    is_cut: bool,
    /// True for Markdown, whose first heading is often the title.
    is_markdown: bool,
}

/// Reads the text of a record.
pub(crate) fn read_body(
    reader: &RecordReader<'_>,
    object: &Object,
    parts: &Parts<'_>,
    title: &str,
    unusable: &mut Vec<String>,
) -> Body {
    let mut body = Body::default();
    let stated = reader.stated(Part::Body, object);
    let mut unread = Vec::new();
    let chosen = if stated.is_empty() {
        let mut texts = Vec::new();
        let candidates = parts.candidates(Part::Body);
        for candidate in &candidates {
            if let Some(text) = read_text(reader, candidate.node, &mut body) {
                texts.push((candidate.path.join("."), text));
            }
        }
        if let (true, false, Some(candidate)) = (texts.is_empty(), body.is_empty, candidates.first())
            && !matches!(candidate.node, Node::Text(_))
        {
            unusable.push(not_text(candidate));
        }
        let chosen = best(&texts).map(|at| texts.remove(at).1);
        unread = texts;
        chosen
    } else {
        let texts: Vec<Text> = stated.into_iter().filter_map(|node| read_text(reader, node, &mut body)).collect();
        let is_cut = texts.iter().any(|text| text.is_cut);
        let texts: Vec<String> = texts.into_iter().map(|text| text.text).collect();
        (!texts.is_empty()).then(|| Text { text: texts.join("\n\n"), is_cut, is_markdown: false })
    };
    // What the user states for the text is all of it.
    let is_stated = !reader.map.of(Part::Body).is_empty() && chosen.is_some() && reader.map.of(Part::Lead).is_empty();
    let leads = if is_stated { Vec::new() } else { reader.nodes(Part::Lead, object, parts) };
    let leads: Vec<Text> = leads.into_iter().filter_map(|node| read_text(reader, node, &mut body)).collect();
    let cut = leads.iter().chain(&chosen).filter(|text| text.is_cut).map(|text| text.text.trim().to_owned());
    let cut: Vec<String> = cut.collect();
    let leads: Vec<String> = leads.into_iter().map(|lead| lead.text).collect();
    let chosen = match chosen {
        None if leads.is_empty() && !body.is_empty && (!title.is_empty() || has_own(parts)) => {
            text_by_content(reader, parts, &mut body)
        }
        chosen => chosen,
    };
    let own = |text: Text| if text.is_markdown { without_title(text.text, title) } else { text.text };
    let texts = chosen.into_iter().map(own);
    body.text = joined(title, leads, texts.collect());
    body.is_cut = cut.iter().any(|text| body.text.ends_with(text.as_str()));
    let has_cut_cells = |(path, node): &(Vec<&str>, &Node)| {
        path.last().is_some_and(|key| reader.names.lists(KeyList::CutCells, key)) && !node.is_empty()
    };
    body.is_cut |= parts.unknown.iter().any(has_cut_cells);
    let least = if body.text.is_empty() { MIN_ONLY_TEXT_LETTERS } else { MIN_UNREAD_LETTERS };
    let mut others: Vec<(String, &str)> =
        unread.iter().map(|(path, text)| (path.clone(), text.text.as_str())).collect();
    for (path, node) in &parts.unknown {
        unknown_texts(node, path.join("."), &mut others);
    }
    others.retain(|(_, text)| text.len() >= least && is_prose(text));
    if !others.is_empty() {
        let all = letters(&body.text) + &letters(title);
        for (path, text) in others {
            let text = &body_text(text, reader.pages, reader.limits);
            let path = shown(&path);
            if !all.contains(beginning(&letters(text))) && !body.unread.contains(&path) {
                body.unread.push(path);
            }
        }
    }
    body
}

/// True for a record with a day or an address, as articles have.
fn has_own(parts: &Parts<'_>) -> bool {
    let shape = parts.shape();
    shape.date || shape.url
}

/// The longest text under a key that says nothing.
fn text_by_content(reader: &RecordReader<'_>, parts: &Parts<'_>, body: &mut Body) -> Option<Text> {
    let mut found = Vec::new();
    unknown(reader.names, parts).for_each(|(path, node)| proses(node, path, &mut found));
    let (_, path, node) = found.into_iter().rev().max_by_key(|(length, ..)| *length)?;
    let text = read_text(reader, node, body)?;
    body.taken.push((shown(&path), Part::Body));
    Some(text)
}

/// The texts and lists of paragraphs in a value, each with its length and path.
fn proses<'a>(node: &'a Node, path: String, found: &mut Vec<(usize, String, &'a Node)>) {
    let length = |node: &Node| match node {
        Node::Text(text) if text.len() >= MIN_ONLY_TEXT_LETTERS && is_prose(text) => text.len(),
        _ => 0,
    };
    match node {
        Node::Text(_) => found.push((length(node), path, node)),
        Node::List(nodes) => found.push((nodes.iter().map(length).sum(), path, node)),
        Node::Object(object) => {
            object.members.iter().for_each(|(key, node)| proses(node, format!("{path}.{key}"), found));
        }
        _ => {}
    }
    found.retain(|(length, ..)| *length > 0);
}

/// A text without its first line, where that is the title again and an empty line follows.
fn without_title(text: String, title: &str) -> String {
    match text.split_once("\n\n") {
        Some((first, rest)) if !first.trim().is_empty() && first.trim() == title.trim() => rest.trim_start().to_owned(),
        _ => text,
    }
}

/// The text of a value, without the sign that it was cut short.
fn read_text(reader: &RecordReader<'_>, node: &Node, body: &mut Body) -> Option<Text> {
    let text = text_of(node, reader.names, reader.pages, reader.limits)?;
    if reader.names.json().is_placeholder(&text) {
        body.is_empty = true;
        return None;
    }
    let whole = reader.names.json().without_cut_mark(&text);
    let is_cut = whole.is_some();
    let text = whole.map_or_else(|| text.clone(), str::to_owned);
    if text.trim().is_empty() {
        return None;
    }
    let is_markdown = matches!(node, Node::Text(text) if is_markdown(text));
    Some(Text { text, is_cut, is_markdown })
}

/// Of several texts the first that is whole, or one that goes on where that ends.
fn best(texts: &[(String, Text)]) -> Option<usize> {
    let first = texts.iter().position(|(_, text)| !text.is_cut).or(if texts.is_empty() { None } else { Some(0) })?;
    if texts.len() == 1 {
        return Some(first);
    }
    let chosen = letters(&texts[first].1.text);
    let goes_on = |(_, text): &(String, Text)| {
        let text = letters(&text.text);
        text.len() > chosen.len() * 3 / 2 && text.starts_with(beginning(&chosen))
    };
    texts.iter().position(goes_on).or(Some(first))
}

/// The texts under a key that says nothing, with their paths.
fn unknown_texts<'a>(node: &'a Node, path: String, found: &mut Vec<(String, &'a str)>) {
    match node {
        Node::Text(text) => found.push((path, text)),
        Node::List(nodes) => nodes.iter().for_each(|node| unknown_texts(node, path.clone(), found)),
        Node::Object(object) => {
            object.members.iter().for_each(|(key, node)| unknown_texts(node, format!("{path}.{key}"), found));
        }
        _ => {}
    }
}

/// True for sentences, and not for a code or an address: words with spaces between them, or characters of CJK.
fn is_prose(text: &str) -> bool {
    let (mut letters, mut spaces, mut wide) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars().take(2000) {
        letters += 1;
        spaces += usize::from(letter.is_whitespace());
        wide += usize::from(letter >= '\u{2E80}' && letter.is_alphabetic());
    }
    spaces * 12 >= letters || wide * 2 >= letters
}

fn beginning(letters: &str) -> &str {
    letters.char_indices().nth(COMPARED_LETTERS).map_or(letters, |(end, _)| &letters[..end])
}
