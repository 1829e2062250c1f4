//! Parts of a record whose keys say nothing, by what is in them: a text where there is none, the only address, the only day. What is
//! taken so is said.

use crate::ingest::field_lists::{JsonNames, KeyList};
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::Node;
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::reader::shown;
use crate::ingest::part::Part;

/// Bytes of a date that is written, at most.
const MAX_DATE_BYTES: usize = 60;

/// The values under unknown keys, without those of what belongs to an article.
pub(crate) fn unknown<'a>(names: &Keys<'_>, parts: &Parts<'a>) -> impl Iterator<Item = (String, &'a Node)> {
    let is_other = |path: &[&str]| path.iter().any(|key| names.lists(KeyList::Others, key));
    let own: Vec<_> = parts.unknown.iter().filter(|(path, _)| !is_other(path)).collect();
    own.into_iter().map(|(path, node)| (path.join("."), *node))
}

/// The address of a record, if it has only one.
pub(crate) fn address_by_content(
    names: &Keys<'_>,
    parts: &Parts<'_>,
    taken: &mut Vec<(String, Part)>,
) -> Option<String> {
    let is_address = |key: &str, text: &str| {
        let JsonNames { address_words, other_addresses, .. } = names.json();
        is_address(text) && !text.contains(char::is_whitespace) && has(key, address_words) && !has(key, other_addresses)
    };
    only(names, parts, &is_address, Part::Url, taken)
}

/// The day of a record, if it has only one.
pub(crate) fn date_by_content(
    names: &Keys<'_>,
    parts: &Parts<'_>,
    is_date: &dyn Fn(&str) -> bool,
    taken: &mut Vec<(String, Part)>,
) -> Option<String> {
    if !parts.candidates(Part::Date).is_empty() {
        return None;
    }
    let has_year = |text: &str| text.len() >= 8 && text.bytes().filter(u8::is_ascii_digit).count() >= 6;
    let is_day = |key: &str, text: &str| {
        text.len() < MAX_DATE_BYTES && has_year(text) && is_date(text) && !has(key, &names.json().other_dates)
    };
    only(names, parts, &is_day, Part::Date, taken)
}

fn only(
    names: &Keys<'_>,
    parts: &Parts<'_>,
    is: &dyn Fn(&str, &str) -> bool,
    part: Part,
    taken: &mut Vec<(String, Part)>,
) -> Option<String> {
    let mut found = unknown(names, parts).filter_map(|(path, node)| match node {
        Node::Text(text) if is(&path, text.trim()) => Some((path, text.trim().to_owned())),
        _ => None,
    });
    let (path, text) = found.next()?;
    if found.any(|(_, other)| other != text) {
        return None;
    }
    taken.push((shown(&path), part));
    Some(text)
}

/// True for a key with one of these words in it.
fn has(key: &str, words: &[String]) -> bool {
    let key = key.to_lowercase();
    words.iter().any(|word| key.contains(word.as_str()))
}
