//! A whole article for reading: its title, what is known of it, and its paragraphs, with the matches of a query marked.
//!
//! In: an article. Out: lines no wider than the terminal, unless a single grapheme cluster is.

use std::io::{Result, Write};

use anstyle::Style;

use super::explanation::expansion_lines;
use super::flowed::{Flowed, Matches};
use super::hyperlink::Hyperlink;
use super::page::{FACTS, Indent, PageWriter, QUIET};
use tradewire::internals::highlight::Fragment;
use tradewire::output::Page;
use tradewire::search_types::{Article, ArticleParagraph, ByteRange};

/// The margin of lines where one of them is pointed at.
const MARGIN: &str = "  ";
/// The margin of the line that is pointed at.
const POINTER: &str = "> ";

/// Writes an article. Where `at` is a byte of its text, the line with it has a pointer before it; returns the number of that line,
/// from 1.
///
/// # Errors
///
/// When the output cannot be written to.
pub(crate) fn write_article(
    article: &Article,
    at: Option<usize>,
    page: Page,
    out: &mut dyn Write,
) -> Result<Option<usize>> {
    let mut page = PageWriter::new(out, page);
    let margin = if at.is_some() { MARGIN } else { "" };
    let indent = Indent { first: margin, width: margin.len() };
    let document = &article.document;
    let matches = Matches { all: &article.title_highlights, added: &article.title_expanded };
    page.write_title(&indent, &document.title, matches, || Hyperlink::to(document.url.as_deref(), &document.path, 1))?;
    let source = document.source.as_deref();
    let facts = [source, document.date.as_deref(), Some(document.lang.code()), Some(document.id.as_str())];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    page.write_text(&indent, &facts, Matches::default(), FACTS)?;
    let by = (!document.authors.is_empty()).then(|| format!("by {}", document.authors.join(", ")));
    let section = (!document.sections.is_empty()).then(|| document.sections.join(", "));
    let words = (document.words > 0).then(|| format!("{} words", document.words));
    let more = by.into_iter().chain(section).chain(words).collect::<Vec<_>>().join(" · ");
    for line in [more.as_str(), document.url.as_deref().unwrap_or(&document.path)] {
        page.write_text(&indent, line, Matches::default(), QUIET)?;
    }
    if !article.expansions.is_empty() {
        page.write_line("")?;
        for line in expansion_lines(&article.expansions) {
            page.write_text(&indent, &line, Matches::default(), QUIET)?;
        }
    }
    let mut pointed = None;
    for paragraph in article.paragraphs() {
        page.write_line("")?;
        let at = at.filter(|_| pointed.is_none());
        let at = at.filter(|&at| at < paragraph.start + paragraph.text.len());
        pointed = write_paragraph(&mut page, &paragraph, at, &indent)?.or(pointed);
    }
    Ok(pointed)
}

/// Writes a paragraph. Returns the number of the line with the byte `at` of the article's text; what stands between two paragraphs
/// counts with the second one.
fn write_paragraph(
    page: &mut PageWriter<'_>,
    paragraph: &ArticleParagraph,
    at: Option<usize>,
    indent: &Indent<'_>,
) -> Result<Option<usize>> {
    let ArticleParagraph { start, text, highlights, expanded } = paragraph;
    let whole = |end: usize| Fragment { range: ByteRange::new(0, end), cut_before: false, cut_after: false };
    let matches = Matches { all: highlights, added: expanded };
    let flowed = Flowed::new(text, &[whole(text.len())], matches, !page.colour);
    let lines = flowed.lines(page.columns_beside(indent));
    let pointed = at.and_then(|at| {
        let at = at.saturating_sub(*start);
        let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let before = Flowed::new(text, &[whole(at)], Matches::default(), false).text.len();
        let line = lines.partition_point(|line| line.end <= before);
        (!lines.is_empty()).then(|| line.min(lines.len() - 1))
    });
    let mut number = None;
    for (line, range) in lines.iter().enumerate() {
        let is_pointed = pointed == Some(line);
        let first = if is_pointed { POINTER } else { indent.first };
        page.write_lines(&Indent { first, ..*indent }, &flowed, &[*range], (Style::new(), None))?;
        if is_pointed {
            number = Some(page.lines);
        }
    }
    Ok(number)
}
