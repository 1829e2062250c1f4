//! The format `terminal`, for reading. Each hit has its title, a line with its source, and fragments of the passage around its
//! matches. Facets come last. Matches are coloured, or without colours between asterisks; matches of names that the glossary
//! added are in another colour, or between tildes.
//!
//! In: hits. Out: lines no wider than the terminal, unless a single grapheme cluster is.

use std::io::{Result, Write};

use anstyle::Style;

use super::explanation::{expansion_lines, explanation_lines, score_lines};
use super::facets::facet_lines;
use super::flowed::Matches;
use super::hyperlink::Hyperlink;
use super::page::{FACTS, Indent, PageWriter, QUIET, RANK, TITLE};
use tradewire::output::one_line;
use tradewire::output::{FacetPlace, OutputFormat, Page, QueryHead, ResultWriter, Shows, Units};
use tradewire::search_types::HitStory;
use tradewire::{Hit, SearchResults};

/// The output format `terminal`.
pub(crate) const TERMINAL: OutputFormat = OutputFormat {
    name: "terminal",
    units: Units::All,
    shows: Shows { total: true, highlights: true, explanation: true, facets: FacetPlace::BesideHits },
    needs_order_by_score: false,
    writer: |out, page| Box::new(Terminal::new(out, page)),
};

struct Terminal<'a> {
    page: PageWriter<'a>,
    queries: usize,
}

impl<'a> Terminal<'a> {
    fn new(out: &'a mut dyn Write, page: Page) -> Terminal<'a> {
        Terminal { page: PageWriter::new(out, page), queries: 0 }
    }

    fn write_hit(&mut self, hit: &Hit) -> Result<()> {
        let number = format!("{:>2}. ", hit.rank);
        let margin = " ".repeat(number.len());
        let coloured = self.page.styled(RANK, &number);
        let indent = Indent { first: &coloured, width: number.len() };
        let (document, passage) = (&hit.document, &hit.passage);
        let matches = Matches { all: &hit.title_highlights, added: &hit.title_expanded };
        let link = || Hyperlink::to(document.url.as_deref(), &document.path, hit.rank);
        self.page.write_title(&indent, &document.title, matches, link)?;

        let indent = Indent { first: &margin, width: margin.len() };
        let facts = [
            document.source.as_deref(),
            document.date.as_deref(),
            Some(passage.lang.code()),
            Some(document.id.as_str()),
        ];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        let facts = format!("{} · passage {}", facts.join(" · "), passage.number);
        self.page.write_text(&indent, &facts, Matches::default(), FACTS)?;
        if let Some(line) = hit.story.as_ref().and_then(story_line) {
            self.page.write_text(&indent, &line, Matches::default(), QUIET)?;
        }

        if !hit.text.trim().is_empty() {
            self.page.write_fragments(&indent, &hit.text, Matches { all: &hit.highlights, added: &hit.expanded })?;
        }
        for line in score_lines(hit.score_parts.as_deref().unwrap_or_default()) {
            let line = self.page.styled(QUIET, &line);
            self.page.write_line(&format!("{margin}{line}"))?;
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
            self.page.write_text(&Indent::NONE, &format!("{total} {}", head.unit_name), Matches::default(), QUIET)?;
        }
        self.page.write_line("")?;
        for line in facet_lines(&results.facets, self.page.width) {
            let style = if line.starts_with(' ') { Style::new() } else { TITLE };
            self.page.write_line(&self.page.styled(style, &line))?;
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

impl ResultWriter for Terminal<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        if self.queries > 0 {
            self.page.write_line("")?;
        }
        self.queries += 1;
        if head.is_batch {
            let line = format!("{} {}", one_line(head.id), one_line(head.query));
            self.page.write_text(&Indent::NONE, &line, Matches::default(), TITLE)?;
            self.page.write_line("")?;
        }
        if let Some(explanation) = &results.explanation {
            for line in explanation_lines(explanation) {
                let line = self.page.styled(QUIET, &line);
                self.page.write_line(&line)?;
            }
            if !results.hits.is_empty() {
                self.page.write_line("")?;
            }
        }
        if !results.hits.is_empty() && !results.expansions.is_empty() {
            for line in expansion_lines(&results.expansions) {
                self.page.write_text(&Indent::NONE, &line, Matches::default(), QUIET)?;
            }
            self.page.write_line("")?;
        }
        for (at, hit) in results.hits.iter().enumerate() {
            if at > 0 {
                self.page.write_line("")?;
            }
            self.write_hit(hit)?;
        }
        if let (Some(total), Some(first), Some(last)) = (results.total, results.hits.first(), results.hits.last()) {
            let range = if first.rank == last.rank {
                format!("{}", first.rank)
            } else {
                format!("{}-{}", first.rank, last.rank)
            };
            self.page.write_line("")?;
            self.page.write_text(
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
