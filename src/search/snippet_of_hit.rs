//! Hit snippets: the snippet of a hit as one line of plain text.

use crate::search::hit::Hit;
use crate::snippet::choice::choose_fragments;
use crate::snippet::fragment::{Fragment, GAP};

/// Width of a snippet in columns: about three lines of a terminal.
const COLUMNS: usize = 240;

impl Hit {
    /// The passage's text around the matches, as one line of at most 240 terminal columns, with an ellipsis where text
    /// is left out; the beginning of the text if nothing is marked.
    pub fn snippet(&self) -> String {
        let fragments = choose_fragments(&self.text, &self.highlights, COLUMNS);
        let line = |fragment: &Fragment| {
            let words: Vec<&str> = fragment.range.slice(&self.text).split_whitespace().collect();
            words.join(" ")
        };
        let mut snippet = fragments.iter().map(line).collect::<Vec<_>>().join(GAP);
        if fragments.first().is_some_and(|first| first.cut_before) {
            snippet.insert_str(0, GAP.trim_start());
        }
        if fragments.last().is_some_and(|last| last.cut_after) {
            snippet.push_str(GAP.trim_end());
        }
        snippet
    }
}
