//! A page of the terminal: lines no wider than it, with matches marked and links where these are wanted.
//!
//! In: texts with their matches. Out: safe lines.

use std::io::{Result, Write};

use anstyle::{AnsiColor, Style};

use super::flowed::{Flowed, Mark, Matches};
use super::hyperlink::Hyperlink;
use tradewire::internals::highlight::{Fragment, choose_fragments, columns_of};
use tradewire::output::Page;
use tradewire::search_types::ByteRange;

/// The most lines of text that are shown of a passage.
const TEXT_LINES: usize = 4;
/// The smallest line width, in columns; narrower terminals count as this wide.
const MIN_WIDTH: usize = 20;

pub(super) const TITLE: Style = Style::new().bold();
pub(super) const FACTS: Style = AnsiColor::Cyan.on_default();
pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
pub(super) const ADDED: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const RANK: Style = AnsiColor::Green.on_default();
pub(super) const QUIET: Style = Style::new().dimmed();

/// A writer of lines that fit a terminal.
pub(super) struct PageWriter<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) colour: bool,
    pub(super) hyperlinks: bool,
    pub(super) width: usize,
    /// The number of lines written so far.
    pub(super) lines: usize,
}

/// The margin of a text: what stands before its first line, and how many columns that takes.
pub(super) struct Indent<'a> {
    pub(super) first: &'a str,
    pub(super) width: usize,
}

impl Indent<'_> {
    pub(super) const NONE: Indent<'static> = Indent { first: "", width: 0 };
}

impl<'a> PageWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write, page: Page) -> PageWriter<'a> {
        let Page { colour, columns, hyperlinks } = page;
        PageWriter { out, colour, hyperlinks, width: columns.max(MIN_WIDTH), lines: 0 }
    }

    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Writes a line that is safe and fits.
    pub(super) fn write_line(&mut self, line: &str) -> Result<()> {
        self.lines += 1;
        writeln!(self.out, "{line}")
    }

    /// Writes all of a text in lines of the terminal's width, its matches marked.
    pub(super) fn write_text(
        &mut self,
        indent: &Indent<'_>,
        text: &str,
        matches: Matches<'_>,
        around: Style,
    ) -> Result<()> {
        let flowed = Flowed::new(text, &[Fragment::whole(text)], matches, !self.colour);
        let lines = flowed.lines(self.columns_beside(indent));
        self.write_lines(indent, &flowed, &lines, (around, None))
    }

    /// Writes a title as [`PageWriter::write_text`] does, as a link if links are wanted and there is one.
    pub(super) fn write_title(
        &mut self,
        indent: &Indent<'_>,
        title: &str,
        matches: Matches<'_>,
        link: impl FnOnce() -> Option<Hyperlink>,
    ) -> Result<()> {
        let link = if self.hyperlinks { link() } else { None };
        let (title, around) = if title.trim().is_empty() { ("(no title)", QUIET) } else { (title, TITLE) };
        let flowed = Flowed::new(title, &[Fragment::whole(title)], matches, !self.colour);
        let lines = flowed.lines(self.columns_beside(indent));
        self.write_lines(indent, &flowed, &lines, (around, link.as_ref()))
    }

    /// Writes fragments of a text in at most [`TEXT_LINES`] lines, its matches marked, with dots where it was cut.
    pub(super) fn write_fragments(&mut self, indent: &Indent<'_>, text: &str, matches: Matches<'_>) -> Result<()> {
        let line_columns = self.columns_beside(indent);
        let mut columns = line_columns.saturating_mul(TEXT_LINES);
        loop {
            let flowed = Flowed::new(text, &choose_fragments(text, matches.all, columns), matches, !self.colour);
            let mut lines = flowed.lines(line_columns);
            // Lines end before the words that do not fit, and marks take columns too: that much less is shown then.
            // A single grapheme cluster may need more lines than there are.
            if lines.len() <= TEXT_LINES || columns == 0 {
                lines.truncate(TEXT_LINES);
                return self.write_lines(indent, &flowed, &lines, (Style::new(), None));
            }
            let excess: usize = lines[TEXT_LINES..].iter().map(|&line| flowed.columns(line)).sum();
            columns = columns.min(columns_of(&flowed.text)).saturating_sub(excess.clamp(1, line_columns));
        }
    }

    /// The columns beside a margin.
    pub(super) fn columns_beside(&self, indent: &Indent<'_>) -> usize {
        self.width.saturating_sub(indent.width).max(1)
    }

    /// Writes ranges of a text, each as a line, in a style and as a link.
    pub(super) fn write_lines(
        &mut self,
        indent: &Indent<'_>,
        flowed: &Flowed,
        lines: &[ByteRange],
        (around, link): (Style, Option<&Hyperlink>),
    ) -> Result<()> {
        for (number, &line) in lines.iter().enumerate() {
            let margin = if number == 0 { indent.first.to_owned() } else { " ".repeat(indent.width) };
            let line = if self.colour { self.coloured(flowed, line, around) } else { flowed.signed(line) };
            let line = link.map(|link| link.around(&line)).unwrap_or(line);
            self.write_line(&format!("{margin}{line}"))?;
        }
        Ok(())
    }

    fn coloured(&self, flowed: &Flowed, line: ByteRange, around: Style) -> String {
        let mut out = String::with_capacity(line.len() + 32);
        let mut at = line.start;
        for Mark { range: found, is_added } in flowed.matches_in(line) {
            let (start, end) = (found.start.max(line.start), found.end.min(line.end));
            out.push_str(&self.styled(around, &flowed.text[at..start]));
            out.push_str(&self.styled(if is_added { ADDED } else { MATCH }, &flowed.text[start..end]));
            at = end;
        }
        out.push_str(&self.styled(around, &flowed.text[at..line.end]));
        out
    }
}
