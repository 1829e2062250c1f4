//! Rows without names, `["a-1", "Steel duties", "The ministry …"]`: what their values are is told by what is in them, as in tables.

use crate::ingest::column_parts::ColumnParts;
use crate::ingest::date::DateReader;
use crate::ingest::event::{Advice, Reason};
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::envelope::values_within;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::Node;
use crate::ingest::formats::json::tabular::{Heading, first_heading};
use crate::ingest::formats::table::content::parts_by_content;
use crate::ingest::formats::table::profile::Profile;
use crate::ingest::part::Part;

/// Bytes by which rows are judged.
pub(crate) const SAMPLE_BYTES: usize = 64 << 10;
/// Beginnings of the types that a row under the names may have, as ClickHouse writes them.
const TYPES: [&str; 12] = [
    "String",
    "FixedString",
    "Date",
    "Int",
    "UInt",
    "Float",
    "Decimal",
    "Nullable(",
    "LowCardinality(",
    "Array(",
    "Enum",
    "Bool",
];

/// The names of the values of the rows that an input begins with, where it states none, and what is said of that.
pub(crate) fn unnamed_rows(
    head: &[u8],
    by_lines: bool,
    names: &Keys<'_>,
    context: &FormatContext<'_>,
    dates: &DateReader,
) -> Option<(Heading, Option<Reason>)> {
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).filter(|&at| head[at] == b'[')?;
    let texts: Vec<&[u8]> = if by_lines {
        head.split_inclusive(|&byte| byte == b'\n').collect()
    } else {
        values_within(head, start, b"[").into_iter().map(|range| &head[range]).collect()
    };
    let rows = texts.into_iter().map_while(|text| {
        let text = String::from_utf8_lossy(text);
        let node = Node::parse(text.trim().trim_end_matches(',')).ok()?;
        cells(&node).map(|cells| (node, cells))
    });
    let rows: Vec<(Node, Vec<String>)> = rows.collect();
    let (first, _) = rows.first()?;
    let width = rows.iter().map(|(_, cells)| cells.len()).max().filter(|width| *width > 1)?;
    if first_heading(first, names).is_some() {
        return None;
    }
    let name =
        |at: usize, part: Option<Part>| part.map_or_else(|| format!("value {}", at + 1), |part| part.name().to_owned());
    let heading =
        |parts: &[Option<Part>]| parts.iter().enumerate().map(|(at, part)| name(at, *part)).collect::<Heading>();
    if let Some(stated) = context.columns.map(ColumnParts::parts) {
        return Some((heading(stated), None));
    }
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
    let is_outlet = |cell: &str| context.fields.outlets().is_outlet(cell);
    let profiles: Vec<Profile> = (0..width).map(|column| Profile::of(&rows, column, dates, &is_outlet)).collect();
    let parts = parts_by_content(&profiles)?;
    let named: Vec<&str> = parts.iter().map(|part| part.map_or("-", Part::name)).collect();
    let said = format!("the rows have no names; by what is in them, their values are taken for {}", named.join(","));
    Some((heading(&parts), Some(Reason::from(said).advising(Advice::NameColumns))))
}

/// The values of a row as texts; `None` for a list with anything else in it.
fn cells(node: &Node) -> Option<Vec<String>> {
    let Node::List(nodes) = node else { return None };
    let cell = |node: &Node| match node {
        Node::Text(text) => Some(text.clone()),
        Node::Number(number) => Some(number.to_string()),
        Node::Null | Node::Bool => Some(String::new()),
        Node::List(_) | Node::Object(_) => None,
    };
    nodes.iter().map(cell).collect()
}

/// True for the row of the types of the values, under their names.
pub(crate) fn is_types(node: &Node) -> bool {
    let is_type = |cell: &String| TYPES.iter().any(|kind| cell.starts_with(kind)) && !cell.contains(' ');
    cells(node).is_some_and(|cells| !cells.is_empty() && cells.iter().all(is_type))
}
