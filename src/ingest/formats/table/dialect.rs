//! The dialect of a table: what separates its columns, and how a quotation mark stands within quotation marks.

/// How the rows of a table are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// The byte between columns.
    pub(crate) delimiter: u8,
    /// True if a backslash escapes a quotation mark. Two marks are one in any case.
    pub(crate) escapes: bool,
}
