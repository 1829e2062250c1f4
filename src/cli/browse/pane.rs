//! The lines of the pane beside the list: an article with its marks, a timeline, the copies of a story, or the keys.
//!
//! In: content. Out: lines of at most the pane's width, and the lines at which matches begin.

use tradewire::analytics_types::{ConcordanceLine, Lines};
use tradewire::internals::highlight::Fragment;
use tradewire::output::one_line;
use tradewire::search_types::{Article, ByteRange, HitStory, OtherDocument, Timeline};

use crate::cli::browse::action::KEYS;
use crate::cli::browse::worker::MAX_LINES;
use crate::cli::terminal::concordance::{Cells, Layout};
use crate::cli::terminal::{Flowed, Mark, Matches, write_timeline_bars};

/// How a stretch of a line is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Title,
    Facts,
    Quiet,
    /// A match of what was typed.
    Typed,
    /// A match of a name that the glossary added.
    Added,
}

/// A line: stretches of text, each with its tone.
pub(super) type PaneLine = Vec<(String, Tone)>;

/// The lines of a pane.
#[derive(Debug, Clone, Default)]
pub(super) struct PaneLines {
    pub(super) lines: Vec<PaneLine>,
    /// The lines at which matches begin, in order; a line once for each match.
    pub(super) matches: Vec<usize>,
    /// The match, as an index into `matches`, at which reading starts.
    pub(super) first: usize,
}

impl PaneLines {
    /// The lines of an article. Reading starts at the first match at or after the byte `at` of its text.
    pub(super) fn of_article(article: &Article, at: usize, columns: usize) -> PaneLines {
        let mut lines = PaneLines::default();
        let document = &article.document;
        let title = if document.title.trim().is_empty() { "(no title)" } else { &document.title };
        let marks = Matches { all: &article.title_highlights, added: &article.title_expanded };
        lines.flow(title, marks, Tone::Title, columns);
        let facts = [document.source.as_deref(), document.date.as_deref(), Some(document.lang.code())];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        lines.flow(&facts.join(" · "), Matches::default(), Tone::Facts, columns);
        if !document.authors.is_empty() {
            lines.flow(&document.authors.join(", "), Matches::default(), Tone::Facts, columns);
        }
        lines.flow(document.url.as_deref().unwrap_or(&document.id), Matches::default(), Tone::Quiet, columns);
        let mut first = None;
        for paragraph in article.paragraphs() {
            lines.lines.push(PaneLine::new());
            let is_after = paragraph.start + paragraph.text.len() > at;
            if first.is_none() && is_after && !paragraph.highlights.is_empty() {
                let before = paragraph.highlights.iter().filter(|mark| paragraph.start + mark.start < at).count();
                first = Some(lines.matches.len() + before.min(paragraph.highlights.len() - 1));
            }
            let marks = Matches { all: &paragraph.highlights, added: &paragraph.expanded };
            lines.flow(&paragraph.text, marks, Tone::Plain, columns);
        }
        lines.first = first.unwrap_or(0).min(lines.matches.len().saturating_sub(1));
        lines
    }

    /// The lines of a concordance, the hits one below the other. It says where more lines were not read.
    pub(super) fn of_concordance(lines: &[ConcordanceLine], all: Lines, columns: usize) -> PaneLines {
        let layout = Layout::new(columns, None);
        let line_of = |line: &ConcordanceLine| {
            let Cells { before, hit, after, article } = layout.cells(line, "");
            let tone = if line.is_expanded { Tone::Added } else { Tone::Typed };
            vec![
                (format!("{:<4}", line.lang.code()), Tone::Facts),
                (before, Tone::Plain),
                (hit, tone),
                (after, Tone::Plain),
                (article, Tone::Quiet),
            ]
        };
        let mut pane = PaneLines::plain(lines.iter().map(line_of));
        if lines.len() >= MAX_LINES {
            pane.flow("", Matches::default(), Tone::Quiet, columns);
            let more = format!("the first {} lines; `tradewire kwic` prints all", all.shown);
            pane.flow(&more, Matches::default(), Tone::Quiet, columns);
        }
        pane
    }

    /// The lines of a timeline.
    pub(super) fn of_timeline(timeline: &Timeline, unit_name: &str, columns: usize) -> PaneLines {
        let mut out = Vec::new();
        // Writing into memory cannot fail.
        let _ = write_timeline_bars(timeline, unit_name, columns, &mut out);
        let text = String::from_utf8_lossy(&out);
        PaneLines::plain(text.lines().map(|line| vec![(one_line(line).into_owned(), Tone::Plain)]))
    }

    /// The lines about the other documents of a story.
    pub(super) fn of_story(story: Option<&HitStory>, columns: usize) -> PaneLines {
        let Some(story) = story else {
            return PaneLines::of_message(
                "The copies of a story are listed where results are stories; press b until they are",
                columns,
            );
        };
        let others = story.documents.saturating_sub(1);
        let mut lines = PaneLines::of_message(&format!("{others} more of this story"), columns);
        for OtherDocument { id, source, date } in &story.others {
            let facts = [date.as_deref(), source.as_deref(), Some(id.as_str())];
            let facts: Vec<&str> = facts.into_iter().flatten().collect();
            lines.flow(&facts.join(" · "), Matches::default(), Tone::Plain, columns);
        }
        lines
    }

    /// The lines about the keys.
    pub(super) fn of_keys(columns: usize) -> PaneLines {
        let mut lines = PaneLines::of_message("Keys in the article; at the prompt, letters with Alt", columns);
        let widest = KEYS.iter().map(|(keys, _)| keys.len()).max().unwrap_or(0);
        for (keys, what) in KEYS {
            lines.lines.push(vec![(format!("{keys:widest$}  "), Tone::Title), (what.to_owned(), Tone::Plain)]);
        }
        lines
    }

    /// The lines of a message.
    pub(super) fn of_message(message: &str, columns: usize) -> PaneLines {
        let mut lines = PaneLines::default();
        lines.flow(message, Matches::default(), Tone::Quiet, columns);
        lines
    }

    fn plain(lines: impl Iterator<Item = PaneLine>) -> PaneLines {
        PaneLines { lines: lines.collect(), ..PaneLines::default() }
    }

    /// Adds a text in lines of at most `columns`, with its matches.
    fn flow(&mut self, text: &str, matches: Matches<'_>, around: Tone, columns: usize) {
        let flowed = Flowed::new(text, &[Fragment::whole(text)], matches, false);
        for line in flowed.lines(columns.max(1)) {
            self.matches.extend(begun_in(&flowed, line).map(|_| self.lines.len()));
            self.lines.push(toned(&flowed, line, around));
        }
    }
}

/// The matches that begin in a line.
fn begun_in(flowed: &Flowed, line: ByteRange) -> impl Iterator<Item = Mark> {
    flowed.matches_in(line).filter(move |mark| mark.range.start >= line.start)
}

/// A line of a text with its matches.
pub(super) fn toned(flowed: &Flowed, line: ByteRange, around: Tone) -> PaneLine {
    let mut out = PaneLine::new();
    let mut push = |text: &str, tone: Tone| {
        if !text.is_empty() {
            out.push((text.to_owned(), tone));
        }
    };
    let mut at = line.start;
    for Mark { range: found, is_added } in flowed.matches_in(line) {
        let (start, end) = (found.start.max(line.start), found.end.min(line.end));
        push(&flowed.text[at..start], around);
        push(&flowed.text[start..end], if is_added { Tone::Added } else { Tone::Typed });
        at = end;
    }
    push(&flowed.text[at..line.end], around);
    out
}
