//! The dialect of a table: what separates its columns, and how a quotation mark stands within quotation marks.

/// How the rows of a table are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// The byte between columns.
    pub(crate) delimiter: u8,
    /// True if a backslash escapes a quotation mark. Two marks are one in any case.
    pub(crate) escapes: bool,
    /// True for a table that is drawn with signs, as in Markdown and by the clients of databases: lines between its rows are none, and
    /// cells have spaces around them.
    pub(crate) is_drawn: bool,
}

/// The sign between the columns of tables that are drawn.
pub(crate) const DRAWN: u8 = b'|';

/// True for a line between rows, such as `|---|:--:|` or `+----+----+`.
pub(crate) fn is_drawn_line(line: &[u8]) -> bool {
    let is_drawn = |byte: &u8| matches!(byte, b'-' | b'=' | b'+' | b'|' | b':' | b' ' | b'\t' | b'\r' | b'\n');
    line.iter().all(is_drawn) && line.iter().filter(|byte| matches!(byte, b'-' | b'=')).count() > 2
}
