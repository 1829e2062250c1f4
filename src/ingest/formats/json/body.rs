//! The text of a record: the best of its texts, with the leads that it does not begin with in front of it.

use std::cell::OnceCell;

use crate::ingest::field_lists::KeyList;
use crate::ingest::field_names::Part;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::reader::{RecordReader, not_text, shown};
use crate::ingest::formats::json::text::{is_placeholder, text_of, without_cut_mark};

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
}

/// A text of a record.
struct Text {
    text: String,
    letters: OnceCell<String>,
    is_cut: bool,
}

impl Text {
    /// What is compared with other texts; most records have none to compare with.
    fn letters(&self) -> &str {
        self.letters.get_or_init(|| letters(&self.text))
    }
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
    let mut chosen = if stated.is_empty() {
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
        joined(texts)
    };
    let mut leads: Vec<Text> = Vec::new();
    // What the user states for the text is all of it.
    let is_stated = !reader.map.of(Part::Body).is_empty() && chosen.is_some() && reader.map.of(Part::Lead).is_empty();
    for node in reader.nodes(Part::Lead, object, parts) {
        let Some(lead) = read_text(reader, node, &mut body) else { continue };
        if is_stated || is_title(&lead.text, title) {
            continue;
        }
        match &mut chosen {
            // A beginning of the lead is no text beside it.
            Some(text) if lead.letters().starts_with(text.letters()) => chosen = Some(lead),
            Some(text) if is_within(&lead, text) => {}
            _ => put(&mut leads, lead),
        }
    }
    let has_cut_cells = |(path, node): &(Vec<&str>, &Node)| {
        path.last().is_some_and(|key| reader.names.lists(KeyList::CutCells, key)) && !node.is_empty()
    };
    body.is_cut = chosen.as_ref().is_some_and(|text| text.is_cut) || parts.unknown.iter().any(has_cut_cells);
    let least = if chosen.is_none() && leads.is_empty() { MIN_ONLY_TEXT_LETTERS } else { MIN_UNREAD_LETTERS };
    let mut others: Vec<(String, &str)> =
        unread.iter().map(|(path, text)| (path.clone(), text.text.as_str())).collect();
    for (path, node) in &parts.unknown {
        unknown_texts(node, path.join("."), &mut others);
    }
    others.retain(|(_, text)| text.len() >= least && is_prose(text));
    if !others.is_empty() {
        let texts = leads.iter().chain(&chosen).map(|text| text.letters().to_owned());
        let all: String = texts.chain([letters(title)]).collect();
        for (path, text) in others {
            let path = shown(&path);
            if !all.contains(beginning(&letters(text))) && !body.unread.contains(&path) {
                body.unread.push(path);
            }
        }
    }
    body.text = leads.into_iter().chain(chosen).map(|text| text.text).collect::<Vec<_>>().join("\n\n");
    body
}

/// The text of a value, without the sign that it was cut short.
fn read_text(reader: &RecordReader<'_>, node: &Node, body: &mut Body) -> Option<Text> {
    let text = text_of(node, reader.names, reader.pages, reader.limits)?;
    if is_placeholder(&text, reader.names) {
        body.is_empty = true;
        return None;
    }
    let whole = without_cut_mark(&text, reader.names);
    let is_cut = whole.is_some();
    let text = whole.map_or_else(|| text.clone(), str::to_owned);
    if text.trim().is_empty() {
        return None;
    }
    Some(Text { text, letters: OnceCell::new(), is_cut })
}

/// Of several texts the first that is whole, or one that goes on where that ends.
fn best(texts: &[(String, Text)]) -> Option<usize> {
    let first = texts.iter().position(|(_, text)| !text.is_cut).or(if texts.is_empty() { None } else { Some(0) })?;
    let chosen = &texts[first].1;
    let goes_on = |(_, text): &(String, Text)| {
        text.letters().len() > chosen.letters().len() * 3 / 2 && text.letters().starts_with(beginning(chosen.letters()))
    };
    texts.iter().position(goes_on).or(Some(first))
}

fn joined(texts: Vec<Text>) -> Option<Text> {
    let mut texts = texts.into_iter();
    let mut first = texts.next()?;
    for text in texts {
        first.text.push_str("\n\n");
        first.text.push_str(&text.text);
        first.letters = OnceCell::new();
        first.is_cut |= text.is_cut;
    }
    Some(first)
}

/// True if a lead is in the text: as it is, or each of its lines.
fn is_within(lead: &Text, text: &Text) -> bool {
    let is_line_within = |line: &str| text.letters().contains(letters(line).as_str());
    text.letters().contains(lead.letters()) || lead.text.lines().count() > 1 && lead.text.lines().all(is_line_within)
}

/// Adds a lead that says something new.
fn put(leads: &mut Vec<Text>, lead: Text) {
    if leads.iter().any(|known| known.letters().contains(lead.letters())) {
        return;
    }
    match leads.iter_mut().find(|known| lead.letters().contains(known.letters())) {
        Some(known) => *known = lead,
        None => leads.push(lead),
    }
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

/// What of a text is compared with others.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn beginning(letters: &str) -> &str {
    letters.char_indices().nth(COMPARED_LETTERS).map_or(letters, |(end, _)| &letters[..end])
}

/// True if a text says the same as a title.
fn is_title(text: &str, title: &str) -> bool {
    letters(text) == letters(title)
}
