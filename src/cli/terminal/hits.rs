//! The format `terminal`, for reading. Each hit has its title, a line with its source, and fragments of the passage around its
//! matches. Facets come last. Matches are coloured, or without colours between asterisks; matches of names that the glossary
//! added are in another colour, or between tildes.
//!
//! In: hits. Out: lines no wider than the terminal, unless a single grapheme cluster is.

use std::io::{Result, Write};

use anstyle::{AnsiColor, Style};

use super::explanation::{expansion_lines, explanation_lines, score_lines};
use super::facets::facet_lines;
use super::flowed::{Flowed, Mark, Matches};
use tradewire::internals::highlight::{Fragment, choose_fragments, columns_of};
use tradewire::output::one_line;
use tradewire::output::{FacetPlace, OutputFormat, Page, QueryHead, ResultWriter, Shows, Units};
use tradewire::search_types::{ByteRange, HitStory};
use tradewire::{Hit, SearchResults};

/// The most lines of text that are shown of a passage.
const TEXT_LINES: usize = 4;
/// The smallest line width, in columns; narrower terminals count as this wide.
const MIN_WIDTH: usize = 20;

const TITLE: Style = Style::new().bold();
const FACTS: Style = AnsiColor::Cyan.on_default();
const MATCH: Style = AnsiColor::Red.on_default().bold();
const ADDED: Style = AnsiColor::Yellow.on_default().bold();
const RANK: Style = AnsiColor::Green.on_default();
const QUIET: Style = Style::new().dimmed();

/// The output format `terminal`.
pub(crate) const TERMINAL: OutputFormat = OutputFormat {
    name: "terminal",
    units: Units::All,
    shows: Shows { total: true, highlights: true, explanation: true, facets: FacetPlace::BesideHits },
    needs_order_by_score: false,
    writer: |out, page| Box::new(Terminal::new(out, page)),
};

struct Terminal<'a> {
    out: &'a mut dyn Write,
    colour: bool,
    width: usize,
    queries: usize,
}

impl<'a> Terminal<'a> {
    fn new(out: &'a mut dyn Write, page: Page) -> Terminal<'a> {
        Terminal { out, colour: page.colour, width: page.columns.max(MIN_WIDTH), queries: 0 }
    }

    fn styled(&self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Writes all of a text in lines of the terminal's width, its matches marked.
    fn write_text(&mut self, indent: &Indent<'_>, text: &str, matches: Matches<'_>, around: Style) -> Result<()> {
        let flowed = Flowed::new(text, &[Fragment::whole(text)], matches, !self.colour);
        let lines = flowed.lines(self.columns_beside(indent));
        self.write_lines(indent, &flowed, &lines, around)
    }

    /// Writes fragments of a text in at most [`TEXT_LINES`] lines, its matches marked, with dots where it was cut.
    fn write_fragments(&mut self, indent: &Indent<'_>, text: &str, matches: Matches<'_>) -> Result<()> {
        let line_columns = self.columns_beside(indent);
        let mut columns = line_columns.saturating_mul(TEXT_LINES);
        loop {
            let flowed = Flowed::new(text, &choose_fragments(text, matches.all, columns), matches, !self.colour);
            let mut lines = flowed.lines(line_columns);
            // Lines end before the words that do not fit, and marks take columns too: that much less is shown then.
            // A single grapheme cluster may need more lines than there are.
            if lines.len() <= TEXT_LINES || columns == 0 {
                lines.truncate(TEXT_LINES);
                return self.write_lines(indent, &flowed, &lines, Style::new());
            }
            let excess: usize = lines[TEXT_LINES..].iter().map(|&line| flowed.columns(line)).sum();
            columns = columns.min(columns_of(&flowed.text)).saturating_sub(excess.clamp(1, line_columns));
        }
    }

    /// The columns beside a margin.
    fn columns_beside(&self, indent: &Indent<'_>) -> usize {
        self.width.saturating_sub(indent.width).max(1)
    }

    fn write_lines(&mut self, indent: &Indent<'_>, flowed: &Flowed, lines: &[ByteRange], around: Style) -> Result<()> {
        for (number, &line) in lines.iter().enumerate() {
            let margin = if number == 0 { indent.first.to_owned() } else { " ".repeat(indent.width) };
            let line = if self.colour { self.coloured(flowed, line, around) } else { flowed.signed(line) };
            writeln!(self.out, "{margin}{line}")?;
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

    fn write_hit(&mut self, hit: &Hit) -> Result<()> {
        let number = format!("{:>2}. ", hit.rank);
        let margin = " ".repeat(number.len());
        let coloured = self.styled(RANK, &number);
        let indent = Indent { first: &coloured, width: number.len() };
        let (document, passage) = (&hit.document, &hit.passage);
        if document.title.trim().is_empty() {
            self.write_text(&indent, "(no title)", Matches::default(), QUIET)?;
        } else {
            let matches = Matches { all: &hit.title_highlights, added: &hit.title_expanded };
            self.write_text(&indent, &document.title, matches, TITLE)?;
        }

        let indent = Indent { first: &margin, width: margin.len() };
        let facts = [
            document.source.as_deref(),
            document.date.as_deref(),
            Some(passage.lang.code()),
            Some(document.id.as_str()),
        ];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        let facts = format!("{} · passage {}", facts.join(" · "), passage.number);
        self.write_text(&indent, &facts, Matches::default(), FACTS)?;
        if let Some(line) = hit.story.as_ref().and_then(story_line) {
            self.write_text(&indent, &line, Matches::default(), QUIET)?;
        }

        if !hit.text.trim().is_empty() {
            self.write_fragments(&indent, &hit.text, Matches { all: &hit.highlights, added: &hit.expanded })?;
        }
        for line in score_lines(hit.score_parts.as_deref().unwrap_or_default()) {
            let line = self.styled(QUIET, &line);
            writeln!(self.out, "{margin}{line}")?;
        }
        Ok(())
    }
}

impl Terminal<'_> {
    /// Writes the facets; nothing without results.
    fn write_facets(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        let Some(total) = results.total.filter(|&total| total > 0 && !results.facets.is_empty()) else {
            return Ok(());
        };
        if results.hits.is_empty() {
            self.write_text(&Indent::NONE, &format!("{total} {}", head.unit_name), Matches::default(), QUIET)?;
        }
        writeln!(self.out)?;
        for line in facet_lines(&results.facets, self.width) {
            let style = if line.starts_with(' ') { Style::new() } else { TITLE };
            writeln!(self.out, "{}", self.styled(style, &line))?;
        }
        Ok(())
    }
}

/// The line about a story: the number of its other documents and their sources; an id stands for an unknown source.
fn story_line(story: &HitStory) -> Option<String> {
    let others = story.documents.saturating_sub(1);
    if story.others.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for other in &story.others {
        let name = other.source.as_deref().unwrap_or(&other.id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let unnamed = if others > story.others.len() as u64 { ", …" } else { "" };
    let matching = story.matching.saturating_sub(1);
    let matching = if matching == others { String::new() } else { format!(", {matching} of them among the hits") };
    Some(format!("+ {others} more of this story{matching}: {}{unnamed}", names.join(", ")))
}

/// The margin of a text: what stands before its first line, and how many columns that takes.
struct Indent<'a> {
    first: &'a str,
    width: usize,
}

impl Indent<'_> {
    const NONE: Indent<'static> = Indent { first: "", width: 0 };
}

impl ResultWriter for Terminal<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        if self.queries > 0 {
            writeln!(self.out)?;
        }
        self.queries += 1;
        if head.is_batch {
            let line = format!("{} {}", one_line(head.id), one_line(head.query));
            self.write_text(&Indent::NONE, &line, Matches::default(), TITLE)?;
            writeln!(self.out)?;
        }
        if let Some(explanation) = &results.explanation {
            for line in explanation_lines(explanation) {
                let line = self.styled(QUIET, &line);
                writeln!(self.out, "{line}")?;
            }
            if !results.hits.is_empty() {
                writeln!(self.out)?;
            }
        }
        if !results.hits.is_empty() && !results.expansions.is_empty() {
            for line in expansion_lines(&results.expansions) {
                self.write_text(&Indent::NONE, &line, Matches::default(), QUIET)?;
            }
            writeln!(self.out)?;
        }
        for (at, hit) in results.hits.iter().enumerate() {
            if at > 0 {
                writeln!(self.out)?;
            }
            self.write_hit(hit)?;
        }
        let total = match (results.total, results.more_than) {
            (Some(total), _) => Some(total.to_string()),
            (None, more_than) => more_than.map(|number| format!("more than {number}")),
        };
        if let (Some(total), Some(first), Some(last)) = (total, results.hits.first(), results.hits.last()) {
            let range = if first.rank == last.rank {
                format!("{}", first.rank)
            } else {
                format!("{}-{}", first.rank, last.rank)
            };
            writeln!(self.out)?;
            self.write_text(
                &Indent::NONE,
                &format!("{range} of {total} {}", head.unit_name),
                Matches::default(),
                QUIET,
            )?;
        }
        self.write_facets(head, results)
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
