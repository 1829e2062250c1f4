//! How a table of the glossary is laid out: a line a concept, columns separated by tabs, the names in one by `|`.
//!
//! In: the text of a table. Out: its lines, and the names in each, as they are written. The build script compiles this file
//! too, so it knows nothing of the crate.

/// Columns before the names: id, kind, countries.
pub(crate) const COLUMNS_BEFORE_NAMES: usize = 3;

/// A line with a concept.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Counted from 1.
    pub(crate) number: usize,
    /// Where it begins in the table, in bytes.
    pub(crate) start: usize,
    pub(crate) text: &'a str,
}

impl<'a> Line<'a> {
    pub(crate) fn cells(self) -> impl Iterator<Item = &'a str> {
        self.text.split('\t')
    }

    /// The kind, as it is written.
    pub(crate) fn kind(self) -> &'a str {
        self.cells().nth(1).unwrap_or_default()
    }

    /// Each name with the number of its column among those of names.
    pub(crate) fn names(self) -> impl Iterator<Item = (usize, &'a str)> {
        self.cells().skip(COLUMNS_BEFORE_NAMES).enumerate().flat_map(|(column, cell)| {
            cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(move |name| (column, name))
        })
    }
}

/// The heading and the lines after it. Blank lines and those that begin with `#` are passed over.
pub(crate) fn all_lines(table: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    let lines = table.split_inclusive('\n').enumerate().map(move |(at, text)| {
        let start = next;
        next += text.len();
        Line { number: at + 1, start, text: text.trim_end_matches(['\r', '\n']) }
    });
    lines.filter(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'))
}

/// The lines with concepts.
pub(crate) fn lines(table: &str) -> impl Iterator<Item = Line<'_>> {
    all_lines(table).skip(1)
}
