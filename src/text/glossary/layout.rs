//! The layout of a glossary table: a line for each concept, columns separated by tabs, names within a column by `|`.
//!
//! In: the text of a table. Out: its lines, and the names in each, as they are written. The build script compiles this file
//! too, so it uses nothing else of the crate.

/// Number of columns before the names: id, kind, countries.
pub(crate) const COLUMNS_BEFORE_NAMES: usize = 3;

/// A line of a table.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Number of the line in the table, counted from 1.
    pub(crate) number: usize,
    /// Offset of the line in the table, in bytes.
    pub(crate) start: usize,
    pub(crate) text: &'a str,
}

impl<'a> Line<'a> {
    pub(crate) fn cells(self) -> impl Iterator<Item = &'a str> {
        self.text.split('\t')
    }

    /// The kind of the concept, as it is written.
    pub(crate) fn kind(self) -> &'a str {
        self.cells().nth(1).unwrap_or_default()
    }

    /// The names, each with the index of its column among the columns of names.
    pub(crate) fn names(self) -> impl Iterator<Item = (usize, &'a str)> {
        self.cells().skip(COLUMNS_BEFORE_NAMES).enumerate().flat_map(|(column, cell)| {
            cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(move |name| (column, name))
        })
    }
}

/// The heading and the lines after it. Blank lines and comments, which begin with `#`, are skipped.
pub(crate) fn all_lines(table: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    let lines = table.split_inclusive('\n').enumerate().map(move |(at, text)| {
        let start = next;
        next += text.len();
        Line { number: at + 1, start, text: text.trim_end_matches(['\r', '\n']) }
    });
    lines.filter(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'))
}

/// The lines with concepts: all but the heading.
pub(crate) fn lines(table: &str) -> impl Iterator<Item = Line<'_>> {
    all_lines(table).skip(1)
}
