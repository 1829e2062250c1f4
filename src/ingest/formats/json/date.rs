//! Days as JSON has them: texts, numbers, objects around either.

use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::Node;
use crate::ingest::formats::json::text::in_a_language;
use crate::ingest::part::Part;

/// A value as a date that is written; `None` for one that cannot be any.
pub(crate) fn date_of(node: &Node, names: &Keys<'_>) -> Option<String> {
    match node {
        Node::Null | Node::Bool => None,
        Node::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Node::Number(number) => Some(number.to_string()),
        Node::List(nodes) => numbers(nodes).or_else(|| nodes.iter().find_map(|node| date_of(node, names))),
        Node::Object(object) => {
            let number = |key: &str| match object.get(key) {
                Some(Node::Number(number)) => number.as_i64(),
                _ => None,
            };
            if let (Some(year), Some(month), Some(day)) = (number("year"), number("month"), number("day")) {
                return Some(format!("{year:04}-{month:02}-{day:02}"));
            }
            let ranked =
                object.members.iter().filter_map(|(key, node)| Some((names.rank_within(Part::Date, key)?, node)));
            let mut ranked: Vec<(usize, &Node)> = ranked.collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            let inside = ranked.into_iter().find_map(|(_, node)| date_of(node, names));
            inside.or_else(|| date_of(in_a_language(object)?, names))
        }
    }
}

/// Year, month and day as the first numbers of a list, as Java writes a date.
fn numbers(nodes: &[Node]) -> Option<String> {
    let number = |at: usize| match nodes.get(at) {
        Some(Node::Number(number)) => number.as_i64(),
        Some(Node::Text(text)) => text.parse().ok(),
        _ => None,
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    let is_date = (1000..10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}
