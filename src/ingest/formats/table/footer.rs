//! Lines after a table: how many articles there are, who holds the rights. They have one cell where articles have several.
//!
//! What looks like one is held until an article follows, with which it is an article as well, by its title alone.

use std::ops::ControlFlow;

use crate::ingest::formats::table::notes::shown;
use crate::ingest::sink::{FileSink, StatedDocument};

/// Lines after a table at most.
const MAX_LINES: usize = 20;
/// Columns of a table from which a row with one cell stands out.
const MIN_COLUMNS: usize = 4;

/// The lines that may stand after a table.
#[derive(Default)]
pub(crate) struct Footer {
    held: Vec<(String, StatedDocument)>,
    lines: Vec<String>,
    /// True once a row had most of the columns.
    has_articles: bool,
}

impl Footer {
    /// Takes a row: gives back those that are articles.
    pub(crate) fn take(
        &mut self,
        place: &str,
        stated: StatedDocument,
        cells: impl Iterator<Item = String>,
        width: usize,
    ) -> Vec<(String, StatedDocument)> {
        let filled: Vec<(usize, String)> = cells.enumerate().filter(|(_, cell)| !cell.trim().is_empty()).collect();
        let is_line = self.has_articles && width >= MIN_COLUMNS && matches!(filled.as_slice(), [] | [(0, _)]);
        let stated = (place.to_owned(), stated);
        if is_line && self.held.len() < MAX_LINES {
            self.lines.extend(filled.into_iter().map(|(_, cell)| cell));
            self.held.push(stated);
            return Vec::new();
        }
        self.has_articles |= 2 * filled.len() > width;
        self.lines.clear();
        let mut articles = std::mem::take(&mut self.held);
        articles.push(stated);
        articles
    }

    /// Says which lines stand after the table.
    pub(crate) fn report(self, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        match self.held.first() {
            Some((place, _)) if !self.lines.is_empty() => {
                sink.noted(place, format!("lines after the table are not read: {}", shown(self.lines.iter())))
            }
            _ => ControlFlow::Continue(()),
        }
    }
}
