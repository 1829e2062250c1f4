//! The list of results: a line with rank, date, language and title, and below it, where there is room, the best fragment.

use tradewire::Hit;
use tradewire::internals::highlight::{Fragment, choose_fragments};
use tradewire::output::one_line;
use tradewire::search_types::ByteRange;

use crate::cli::browse::columns::drawn_columns;
use crate::cli::browse::pane::{PaneLine, Tone, toned};
use crate::cli::terminal::{Flowed, Matches};

/// The lines of a result, each at most `columns` wide: one, or two with a fragment.
pub(super) fn lines_of(hit: &Hit, columns: usize, with_fragment: bool) -> Vec<PaneLine> {
    let (document, passage) = (&hit.document, &hit.passage);
    let date = document.date.as_deref().unwrap_or("          ");
    let head = format!("{:>3} {date} {} ", hit.rank, passage.lang.code());
    let margin = drawn_columns(&head);
    let mut lines = vec![vec![(one_line(&head).into_owned(), Tone::Facts)]];
    let room = columns.saturating_sub(margin);
    let matches = Matches { all: &hit.title_highlights, added: &hit.title_expanded };
    let title = if document.title.trim().is_empty() { "(no title)" } else { document.title.as_str() };
    lines[0].extend(one_of(title, matches, Tone::Title, room));
    if with_fragment {
        let matches = Matches { all: &hit.highlights, added: &hit.expanded };
        let room = columns.saturating_sub(4);
        let mut line = vec![("    ".to_owned(), Tone::Plain)];
        let fragments = choose_fragments(&hit.text, &hit.highlights, room);
        line.extend(line_of(&hit.text, &fragments, matches, Tone::Plain));
        lines.push(line);
    }
    lines
}

/// The part of a text that fits a line, with its matches.
fn one_of(text: &str, matches: Matches<'_>, around: Tone, columns: usize) -> PaneLine {
    let fragments = choose_fragments(text, &[], columns);
    line_of(text, &fragments, matches, around)
}

fn line_of(text: &str, fragments: &[Fragment], matches: Matches<'_>, around: Tone) -> PaneLine {
    let flowed = Flowed::new(text, fragments, matches, false);
    toned(&flowed, ByteRange::new(0, flowed.text.len()), around)
}
