//! A concordance for reading: the hits one below the other, in the middle of their lines.
//!
//! In: lines. Out: lines of the terminal, aligned by its columns; where a wide character does not fit, a space stands for what is cut.

use std::io::{Result, Write};

use indicatif::HumanCount;
use unicode_segmentation::UnicodeSegmentation;

use super::explanation::expansion_lines;
use super::flowed::Matches;
use super::hyperlink::Hyperlink;
use super::page::{ADDED, FACTS, Indent, MATCH, PageWriter, QUIET};
use tradewire::analytics_types::{ConcordanceLine, Lines};
use tradewire::internals::analysis::is_hangul_syllable;
use tradewire::internals::highlight::columns_of;
use tradewire::output::{ConcordanceWriter, Page, one_line};
use tradewire::search_types::Expansion;

/// The columns of a language and of a date, with the space behind.
const LANG_COLUMNS: usize = 4;
const DATE_COLUMNS: usize = 11;
/// The width in columns from which on lines have a date.
const WIDTH_WITH_DATES: usize = 100;
/// The columns between a line's text and its article.
const GAP: usize = 2;
/// The columns that the text after a hit has beside those of the text before it, for the hit itself.
const HIT_COLUMNS: usize = 12;

/// The columns of the parts of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    has_date: bool,
    /// The text before the hit.
    pub(crate) left: usize,
    /// The hit and the text after it.
    pub(crate) right: usize,
    /// The id of the article.
    id: usize,
}

impl Layout {
    /// The layout for a terminal so wide, or with so many columns of text on each side.
    pub(crate) fn new(width: usize, text: Option<usize>) -> Layout {
        let has_date = width >= WIDTH_WITH_DATES;
        let id = (width / 6).clamp(6, 24);
        let taken = LANG_COLUMNS + if has_date { DATE_COLUMNS } else { 0 } + GAP + id;
        let left = text.unwrap_or_else(|| (width.saturating_sub(taken + HIT_COLUMNS) / 2).max(4));
        let right = if text.is_some() { left + HIT_COLUMNS } else { width.saturating_sub(taken + left).max(8) };
        Layout { has_date, left, right, id }
    }

    /// The parts of a line with its hit between two signs, each as wide as the layout says.
    pub(crate) fn cells(self, line: &ConcordanceLine, sign: &str) -> Cells {
        let Layout { left, right, id, .. } = self;
        let before = keep_end(&one_line(&line.left), left);
        let before = format!("{}{before}", " ".repeat(left.saturating_sub(columns_of(&before))));
        let hit = keep_start(&one_line(&line.hit), right.saturating_sub(2 * sign.len()));
        let hit = format!("{sign}{hit}{sign}");
        let rest = right.saturating_sub(columns_of(&hit));
        let after = padded(&keep_words(&one_line(&line.right), rest), rest + GAP);
        Cells { before, hit, after, article: shortened(&one_line(&line.id), id) }
    }
}

/// The parts of a line, safe for a terminal; together they are the line.
pub(crate) struct Cells {
    pub(crate) before: String,
    pub(crate) hit: String,
    /// The text after the hit, and the gap behind it.
    pub(crate) after: String,
    /// The id of the article.
    pub(crate) article: String,
}

/// Writes lines for a terminal.
pub(crate) struct ConcordanceLines<'a> {
    page: PageWriter<'a>,
    layout: Layout,
    /// Number of the article of the last line among those that follow each other, and its link.
    number: usize,
    last: Option<(String, Option<Hyperlink>)>,
}

impl<'a> ConcordanceLines<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, page: Page, layout: Layout) -> ConcordanceLines<'a> {
        ConcordanceLines { page: PageWriter::new(out, page), layout, number: 0, last: None }
    }

    /// Writes the names that the glossary added to the query.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to.
    pub(crate) fn expansions(&mut self, expansions: &[Expansion]) -> Result<()> {
        for line in expansion_lines(expansions) {
            self.page.write_text(&Indent::NONE, &line, Matches::default(), QUIET)?;
        }
        if !expansions.is_empty() {
            self.page.write_line("")?;
        }
        Ok(())
    }

    /// Writes how many lines there were.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to.
    pub(crate) fn total(&mut self, lines: Lines) -> Result<()> {
        let Lines { shown, all, passages } = lines;
        let [shown_count, all_count, passage_count] = [shown, all, passages].map(|count| HumanCount(count).to_string());
        let of_all = if shown < all { format!("{shown_count} of {all_count}") } else { all_count };
        let noun = |count: u64, one: &'static str, many: &'static str| if count == 1 { one } else { many };
        let (lines, passages) = (noun(all, "line", "lines"), noun(passages, "passage", "passages"));
        let text = format!("{of_all} {lines}, {passage_count} {passages}");
        self.page.write_line("")?;
        self.page.write_text(&Indent::NONE, &text, Matches::default(), QUIET)
    }
}

impl ConcordanceLines<'_> {
    /// The link to the article of a line; made once for lines of one article that follow each other, since a file is looked for.
    fn link(&mut self, line: &ConcordanceLine) -> Option<Hyperlink> {
        if !self.page.hyperlinks {
            return None;
        }
        if self.last.as_ref().is_none_or(|(id, _)| *id != line.id) {
            self.number += 1;
            self.last = Some((line.id.clone(), Hyperlink::to(line.url.as_deref(), &line.path, self.number)));
        }
        self.last.as_ref().and_then(|(_, link)| link.clone())
    }
}

impl ConcordanceWriter for ConcordanceLines<'_> {
    fn line(&mut self, line: &ConcordanceLine) -> Result<()> {
        let mut facts = format!("{:<LANG_COLUMNS$}", line.lang.code());
        if self.layout.has_date {
            let date = keep_start(&one_line(line.date.as_deref().unwrap_or("-")), DATE_COLUMNS - 1);
            facts.push_str(&padded(&date, DATE_COLUMNS));
        }
        let sign = match (self.page.colour, line.is_expanded) {
            (true, _) => "",
            (false, true) => "~",
            (false, false) => "*",
        };
        let Cells { before, hit, after, article } = self.layout.cells(line, sign);
        let shown = self.page.styled(QUIET, &article);
        let shown = self.link(line).map(|link| link.around(&shown)).unwrap_or(shown);
        let facts = self.page.styled(FACTS, &facts);
        let hit = self.page.styled(if line.is_expanded { ADDED } else { MATCH }, &hit);
        self.page.write_line(&format!("{facts}{before}{hit}{after}{shown}"))
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.page.out.flush()
    }
}

/// As much of the end of a text as fits some columns, in whole grapheme clusters.
fn keep_end(text: &str, columns: usize) -> String {
    let mut clusters: Vec<&str> = Vec::new();
    let mut used = 0;
    for cluster in text.graphemes(true).rev() {
        used += columns_of(cluster);
        if used > columns {
            break;
        }
        clusters.push(cluster);
    }
    clusters.into_iter().rev().collect()
}

/// As much of the beginning of a text as fits some columns, in whole grapheme clusters.
pub(super) fn keep_start(text: &str, columns: usize) -> String {
    let mut used = 0;
    let clusters = text.graphemes(true).take_while(|cluster| {
        used += columns_of(cluster);
        used <= columns
    });
    clusters.collect()
}

/// A text as far as it fits some columns, with `…` if something is left out.
pub(crate) fn shortened(text: &str, columns: usize) -> String {
    match columns_of(text) <= columns {
        true => text.to_owned(),
        false => columns.checked_sub(1).map_or_else(String::new, |room| format!("{}…", keep_start(text, room))),
    }
}

/// As much of the beginning of a text as fits some columns, without the beginning of a word that does not fit.
fn keep_words(text: &str, columns: usize) -> String {
    let mut kept = keep_start(text, columns);
    let is_of_word = |character: char| {
        character.is_alphanumeric()
            && (columns_of(character.encode_utf8(&mut [0; 4])) < 2 || is_hangul_syllable(character))
    };
    let cut = (kept.chars().next_back(), text[kept.len()..].chars().next());
    if matches!(cut, (Some(before), Some(after)) if is_of_word(before) && is_of_word(after)) {
        let space = kept.rfind(' ').filter(|&space| columns_of(&kept[space..]) <= columns / 2);
        kept.truncate(space.unwrap_or(kept.len()));
    }
    kept
}

/// A text with spaces behind it, to be so many columns wide.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(columns_of(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_glyph_is_cut() {
        assert_eq!(shortened("한국과 중국", 11), "한국과 중국");
        assert_eq!(shortened("한국과 중국", 10), "한국과 중…");
        assert_eq!(shortened("한국과 중국", 6), "한국…");
        assert_eq!(shortened("自由", 2), "…");
        assert_eq!(shortened("自由", 0), "");
    }
}
