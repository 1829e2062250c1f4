//! `terminal`: for reading. Each hit is its title, a line that says where it is from, and the passage cut around its
//! matches. Matches are in colour, or without colours between asterisks.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use anyhow::Result;

use crate::document::ByteRange;
use crate::highlight::{Fragment, choose_fragment};
use crate::output::safe::{one_line, safe_character};
use crate::output::{QueryHead, ResultWriter};
use crate::search::{Hit, SearchResults};

/// Lines of text shown of a passage.
const TEXT_LINES: usize = 4;
/// Narrower terminals are written to as if they were this wide.
const MIN_WIDTH: usize = 20;

const TITLE: Style = Style::new().bold();
const FACTS: Style = AnsiColor::Cyan.on_default();
const MATCH: Style = AnsiColor::Red.on_default().bold();
const RANK: Style = AnsiColor::Green.on_default();
const QUIET: Style = Style::new().dimmed();

/// Writes for a terminal.
pub(super) struct Terminal<'a> {
    out: &'a mut dyn Write,
    colour: bool,
    width: usize,
    queries: usize,
}

impl<'a> Terminal<'a> {
    /// `width` in columns.
    pub(super) fn new(out: &'a mut dyn Write, colour: bool, width: usize) -> Terminal<'a> {
        Terminal { out, colour, width: width.max(MIN_WIDTH), queries: 0 }
    }

    fn styled(&self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Writes part of a text in lines of the terminal's width, its matches marked, with dots where it was cut.
    fn write_text(
        &mut self,
        indent: &Indent<'_>,
        text: &str,
        shown: Fragment,
        matches: &[ByteRange],
        around: Style,
    ) -> Result<()> {
        let flowed = Flowed::new(text, shown, matches);
        let mut at = 0;
        for (number, line) in textwrap::wrap(&flowed.text, self.width - indent.width).into_iter().enumerate() {
            // Lines follow each other in the text, with at most spaces between.
            let start = at + flowed.text[at..].find(line.as_ref()).unwrap_or(0);
            at = start + line.len();
            let margin = if number == 0 { indent.first.to_owned() } else { " ".repeat(indent.width) };
            let line = self.marked(&flowed, ByteRange::new(start, at), around);
            writeln!(self.out, "{margin}{line}")?;
        }
        Ok(())
    }

    fn marked(&self, flowed: &Flowed, line: ByteRange, around: Style) -> String {
        let mut out = String::with_capacity(line.len() + 32);
        let mut at = line.start;
        for found in &flowed.matches {
            let (start, end) = (found.start.max(line.start), found.end.min(line.end));
            if start >= end {
                continue;
            }
            out.push_str(&self.styled(around, &flowed.text[at..start]));
            if self.colour {
                out.push_str(&self.styled(MATCH, &flowed.text[start..end]));
            } else {
                // A match that runs over the end of a line is still one.
                out.push_str(if start == found.start { "*" } else { "" });
                out.push_str(&flowed.text[start..end]);
                out.push_str(if end == found.end { "*" } else { "" });
            }
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
        let passage = &hit.passage;
        if passage.title.trim().is_empty() {
            self.write_text(&indent, "(no title)", Fragment::whole("(no title)"), &[], QUIET)?;
        } else {
            self.write_text(&indent, &passage.title, Fragment::whole(&passage.title), &hit.title_highlights, TITLE)?;
        }

        let indent = Indent { first: &margin, width: margin.len() };
        let facts =
            [passage.source.as_deref(), passage.date.as_deref(), Some(passage.lang.code()), Some(passage.id.as_str())];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        let facts = format!("{} · passage {}", facts.join(" · "), passage.number);
        self.write_text(&indent, &facts, Fragment::whole(&facts), &[], FACTS)?;

        if hit.text.trim().is_empty() {
            return Ok(());
        }
        // Room for the dots where it is cut, and for lines that a long word leaves short.
        let columns = (self.width - indent.width) * TEXT_LINES - self.width / 4;
        let fragment = choose_fragment(&hit.text, &hit.highlights, columns);
        self.write_text(&indent, &hit.text, fragment, &hit.highlights, Style::new())
    }
}

/// The margin of a text: what stands before its first line, and how many columns that takes.
struct Indent<'a> {
    first: &'a str,
    width: usize,
}

/// Part of a text as one safe line, with its matches as ranges of that line.
struct Flowed {
    text: String,
    matches: Vec<ByteRange>,
}

impl Flowed {
    fn new(text: &str, shown: Fragment, matches: &[ByteRange]) -> Flowed {
        let mut flowed = Flowed { text: String::with_capacity(shown.range.len() + 8), matches: Vec::new() };
        if shown.cut_before {
            flowed.text.push_str("… ");
        }
        let mut at = shown.range.start;
        for found in matches {
            let (start, end) = (found.start.max(shown.range.start), found.end.min(shown.range.end));
            if start >= end {
                continue;
            }
            push_safe(&text[at..start], &mut flowed.text);
            let from = flowed.text.len();
            push_safe(&text[start..end], &mut flowed.text);
            // Matches that touch read as one.
            match flowed.matches.last_mut() {
                Some(last) if last.end == from => last.end = flowed.text.len(),
                _ => flowed.matches.push(ByteRange::new(from, flowed.text.len())),
            }
            at = end;
        }
        push_safe(&text[at..shown.range.end], &mut flowed.text);
        if shown.cut_after {
            flowed.text.push_str(" …");
        }
        flowed
    }
}

/// Adds a text as one line, runs of white space as one space.
fn push_safe(text: &str, out: &mut String) {
    for character in text.chars().map(safe_character) {
        if !(character == ' ' && out.ends_with(' ')) {
            out.push(character);
        }
    }
}

impl ResultWriter for Terminal<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        if self.queries > 0 {
            writeln!(self.out)?;
        }
        self.queries += 1;
        if head.is_batch {
            let line = format!("{} {}", one_line(head.id), one_line(head.query));
            let line = self.styled(TITLE, &line);
            writeln!(self.out, "{line}\n")?;
        }
        for (at, hit) in results.hits.iter().enumerate() {
            if at > 0 {
                writeln!(self.out)?;
            }
            self.write_hit(hit)?;
        }
        if let (Some(total), Some(first), Some(last)) = (results.total, results.hits.first(), results.hits.last()) {
            let range = if first.rank == last.rank {
                format!("{}", first.rank)
            } else {
                format!("{}-{}", first.rank, last.rank)
            };
            let line = self.styled(QUIET, &format!("{range} of {total} {}", head.unit_name));
            writeln!(self.out, "\n{line}")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
