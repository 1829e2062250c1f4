//! Tables in JSON: rows that are lists of values beneath a heading, and columns that are objects or lists of values.
//!
//! Rows beneath a heading are a stream like other records. Columns are not, because a record is whole only with the last of them:
//! a file of columns is held in memory, up to the limit `document`.

use crate::ingest::field_lists::KeyList;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::text::{is_language_tag, line_of};
use crate::ingest::part::Part;

/// Objects within each other in which a table is looked for.
const MAX_DEPTH: usize = 4;
/// The keys of a row and of a cell, as query engines write them: `{"f": [{"v": …}]}`, `{"c": [{"v": …}]}`.
const ROW_KEYS: [&str; 3] = ["f", "c", "Data"];
const CELL_KEY: &str = "v";

/// What is said of a row that is longer or shorter than its heading.
pub(crate) const ROW_WIDTH: &str =
    "the row has more or fewer values than its heading has names: what is missing is empty, what is more is left out";

/// The names of the values of each row.
pub(crate) type Heading = Vec<String>;

/// The heading that objects state beside their rows, those further inside first.
pub(crate) fn stated_heading(objects: &[&Object], names: &Keys<'_>) -> Option<Heading> {
    objects.iter().rev().find_map(|object| heading_within(object, names, 0))
}

fn heading_within(object: &Object, names: &Keys<'_>, depth: usize) -> Option<Heading> {
    let stated = object.members.iter().filter(|(key, _)| names.lists(KeyList::Headings, key));
    stated.into_iter().find_map(|(_, node)| match node {
        Node::List(nodes) => heading_of(nodes, names),
        Node::Object(inner) if depth < MAX_DEPTH => heading_within(inner, names, depth + 1),
        _ => None,
    })
}

/// A list of names, if some of them are known.
fn heading_of(nodes: &[Node], names: &Keys<'_>) -> Option<Heading> {
    let heading: Option<Heading> = nodes.iter().map(|node| line_of(Part::Source, node, names)).collect();
    heading.filter(|heading| is_heading(heading, names))
}

/// The first row, if it is the heading of those below it.
pub(crate) fn first_heading(node: &Node, names: &Keys<'_>) -> Option<Heading> {
    let text = |node: &Node| match node {
        Node::Text(text) => Some(text.clone()),
        Node::Null => Some(String::new()),
        _ => None,
    };
    let heading: Heading = cells(node)?.into_iter().map(text).collect::<Option<_>>()?;
    let known = heading.iter().filter(|name| names.find(name).is_some()).count();
    (known > 1 && known * 3 >= heading.len() && is_heading(&heading, names)).then_some(heading)
}

/// True for names of which one is a title or a text.
fn is_heading(heading: &[String], names: &Keys<'_>) -> bool {
    let is_text = |name: &String| {
        names.find(name).is_some_and(|named| matches!(named.part, Part::Title | Part::Body | Part::Lead))
    };
    heading.iter().any(is_text)
}

/// The values of a row; `None` if it is none.
fn cells(node: &Node) -> Option<Vec<&Node>> {
    match node {
        Node::List(nodes) => Some(nodes.iter().map(cell).collect()),
        Node::Object(row) => ROW_KEYS.iter().find_map(|key| match row.get(key) {
            Some(Node::List(nodes)) => Some(nodes.iter().map(cell).collect()),
            _ => None,
        }),
        _ => None,
    }
}

/// True for the text of an object that may be a row, such as `{"f": [`.
pub(crate) fn is_row(text: &[u8]) -> bool {
    let inside = text.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    ROW_KEYS.iter().any(|key| {
        let rest = inside.strip_prefix(b"\"").and_then(|rest| rest.strip_prefix(key.as_bytes()));
        rest.is_some_and(|rest| rest.starts_with(b"\""))
    })
}

/// A value, which may be in an object of its own: `{"v": …}`, `{"stringValue": …}`.
fn cell(node: &Node) -> &Node {
    let Node::Object(object) = node else { return node };
    match (object.get(CELL_KEY), object.members.as_slice()) {
        (Some(node), _) => node,
        (None, [(key, node)]) if key.ends_with("Value") => node,
        _ => node,
    }
}

/// A row as a record, and whether it has a value for each name.
pub(crate) fn record_of(row: &Node, heading: &[String]) -> Option<(Object, bool)> {
    let cells = cells(row)?;
    let is_whole = cells.len() == heading.len();
    let members = heading.iter().cloned().zip(cells.into_iter().cloned());
    Some((Object { members: members.collect(), repeated: Vec::new() }, is_whole))
}

/// A record of a table, with the name of its row where that is an id, and whether it has a value for each name.
pub(crate) type Row = (Option<String>, Object, bool);

/// The records of an object that is a table or has one in it.
pub(crate) fn records_of(object: &Object, names: &Keys<'_>) -> Option<Vec<Row>> {
    records_within(object, &[], names, 0)
}

fn records_within(object: &Object, around: &[&Object], names: &Keys<'_>, depth: usize) -> Option<Vec<Row>> {
    if let Some(rows) = columns(object, names).or_else(|| lists_of_columns(object, names)) {
        return Some(rows);
    }
    let has_text = |part: Part| {
        let mut texts = object.members.iter().filter(|(_, node)| matches!(node, Node::Text(_)));
        texts.any(|(key, _)| names.find(key).is_some_and(|named| named.part == part))
    };
    // An article may have a table.
    if has_text(Part::Title) && has_text(Part::Body) {
        return None;
    }
    let objects = [around, &[object]].concat();
    for (key, node) in &object.members {
        match node {
            Node::List(nodes) if names.lists(KeyList::Lists, key) || key.eq_ignore_ascii_case("values") => {
                if let Some(rows) = rows(nodes, &objects, names) {
                    return Some(rows);
                }
            }
            Node::Object(inner) if depth < MAX_DEPTH && !names.lists(KeyList::Others, key) => {
                if let Some(rows) = records_within(inner, &objects, names, depth + 1) {
                    return Some(rows);
                }
            }
            _ => {}
        }
    }
    None
}

fn rows(nodes: &[Node], objects: &[&Object], names: &Keys<'_>) -> Option<Vec<Row>> {
    let width = cells(nodes.first()?)?.len();
    let (heading, rest) = match stated_heading(objects, names).filter(|heading| heading.len() == width) {
        Some(heading) => (heading, nodes),
        None => (first_heading(&nodes[0], names)?, &nodes[1..]),
    };
    let row = |node: &Node| record_of(node, &heading).map(|(object, is_whole)| (None, object, is_whole));
    Some(rest.iter().filter_map(row).collect())
}

/// `{"title": {"0": …, "1": …}, "text": {"0": …, "1": …}}`, as pandas writes a table.
fn columns(object: &Object, names: &Keys<'_>) -> Option<Vec<Row>> {
    let first = object.members.first()?.1.object()?;
    let count = first.members.len();
    let is_number = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let is_name =
        |key: &str| !is_language_tag(key) && Part::ALL.iter().all(|&part| names.rank_within(part, key).is_none());
    let is_row = |key: &str| is_number(key) || count > 1 && object.members.len() > 1 && is_name(key);
    let are_rows = first.members.iter().all(|(key, _)| is_row(key) && names.find(key).is_none());
    let heading: Heading = object.members.iter().map(|(key, _)| key.clone()).collect();
    let is_column = |node: &Node| {
        node.object().is_some_and(|column| {
            let same = column.members.iter().zip(&first.members).all(|((key, _), (known, _))| key == known);
            same && column.members.len() == count
        })
    };
    if count == 0
        || !are_rows
        || !is_heading(&heading, names)
        || !object.members.iter().all(|(_, node)| is_column(node))
    {
        return None;
    }
    let has_ids = first.members.iter().any(|(key, _)| !is_number(key));
    let row = |at: usize| {
        let value = |(key, column): &(String, Node)| Some((key.clone(), column.object()?.members.get(at)?.1.clone()));
        let members = object.members.iter().filter_map(value).collect();
        let id = first.members.get(at).map(|(key, _)| key.clone()).filter(|_| has_ids);
        (id, Object { members, repeated: Vec::new() }, true)
    };
    Some((0..count).map(row).collect())
}

/// `{"title": ["…", "…"], "text": ["…", "…"]}`: two lists or more, each with a value for every row.
fn lists_of_columns(object: &Object, names: &Keys<'_>) -> Option<Vec<Row>> {
    let Node::List(first) = &object.members.first()?.1 else { return None };
    let is_column = |node: &Node| match node {
        Node::List(nodes) => nodes.len() == first.len() && !nodes.iter().any(|node| matches!(node, Node::Object(_))),
        _ => false,
    };
    let has =
        |part: Part| object.members.iter().any(|(key, _)| names.find(key).is_some_and(|named| named.part == part));
    let is_table = has(Part::Title) && [Part::Body, Part::Lead, Part::Date, Part::Url].into_iter().any(has);
    if first.len() < 2 || !is_table || !object.members.iter().all(|(_, node)| is_column(node)) {
        return None;
    }
    let row = |at: usize| {
        let value = |(key, column): &(String, Node)| match column {
            Node::List(nodes) => Some((key.clone(), nodes.get(at)?.clone())),
            _ => None,
        };
        (None, Object { members: object.members.iter().filter_map(value).collect(), repeated: Vec::new() }, true)
    };
    Some((0..first.len()).map(row).collect())
}
