//! HTML: one article a page. Its main text without menus, lists of other articles and comments, and what the page says of
//! itself.
//!
//! In: a page. Out: a document with title, text, outlet, address and language, and the stated date. `events` cuts markup into
//! tags, `page` follows them, `lines` makes text of them, `clean` a copy of the markup, `metadata` and `data` read what is stated. Invariant: nothing is lost
//! for the sake of order. Where it is not plain which part of the page is the article, more is kept than the article.

mod clean;
mod data;
mod elements;
mod events;
mod lines;
mod metadata;
mod page;
mod unclosed;

use std::collections::HashSet;

use dom_smoothie::{CandidateSelectMode, Readability};

use crate::ingest::event::{Advice, Reason};
use crate::ingest::formats::html::lines::{Line, count_letters, join};
use crate::ingest::formats::html::metadata::Chosen;
use crate::ingest::formats::html::page::{LeftOut, Page, PageOptions, read_page};
use crate::ingest::limits::Limits;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// Letters below which a page has no text to speak of.
const MIN_LETTERS: usize = 40;
/// Letters below which all text of a page is its article: what tells articles from the rest counts sentences and commas,
/// and in a short page a comment has as many.
const MIN_EXTRACTED_LETTERS: usize = 600;
/// An article is at least such a part of its page, or it is not taken for the article.
const MIN_ARTICLE_PART: usize = 3;
/// Tenths of the letters of the article that a page must have with what is styled away, or it stays out: mostly it is a menu,
/// but with some outlets it is the half of the article behind a button.
const MIN_STYLED_TENTHS: usize = 13;
/// Lines of nothing but a link, one after the other, that are a list of links.
const MIN_LINK_LIST: usize = 3;
/// Letters that may stand before the title.
const MAX_LETTERS_BEFORE_TITLE: usize = 200;

/// The document with what the page states and its main text.
pub(crate) fn read_html(html: &str, limits: &Limits, mut document: Document) -> StatedDocument {
    let mut options = PageOptions::new(limits.markup_depth, LeftOut::Classes);
    let mut page = read_page(html, options);
    if page.misled {
        options.left_out = LeftOut::Landmarks;
        page = read_page(html, options);
    }
    let Chosen { title, source, lang, declared_lang, url, date, body, problems } = page.statements.choose();
    let mut unusable: Vec<Reason> = problems.into_iter().map(Reason::from).collect();
    if page.too_deep {
        let fault = format!(
            "elements are nested more than {} deep; the article cannot be separated from the rest of the page, so all text is indexed",
            limits.markup_depth
        );
        unusable.push(Reason::from(fault).advising(Advice::RaiseLimit("markup_depth")));
    }
    let styled_away = page.styled_away;
    let mut lines = without_title(main_lines(page), &title);
    if exceeds(letters(&lines) + styled_away, letters(&lines)) {
        let shown = without_title(main_lines(read_page(html, PageOptions { as_styled: false, ..options })), &title);
        if exceeds(letters(&shown), letters(&lines)) {
            lines = shown;
        }
    }
    if letters(&lines) < MIN_LETTERS {
        let everything = PageOptions { as_styled: false, ..PageOptions::new(limits.markup_depth, LeftOut::Nothing) };
        let everything = without_title(read_page(html, everything).lines, &title);
        // The whole of an article can be in a link.
        if all_letters(&everything) > 2 * all_letters(&lines) {
            lines = everything;
        }
    }
    document.body = join(&lines);
    // A page that a script fills in says no more than that it needs one.
    let factor = if letters(&lines) < MIN_LETTERS { 1 } else { 2 };
    if let Some(body) = body.filter(|body| count_letters(body) > factor * all_letters(&lines)) {
        let body = read_blocks(&body, limits);
        if count_letters(&body) > factor * all_letters(&lines) {
            document.body = body;
        }
    }
    document.title = title;
    document.source = source;
    document.lang = lang;
    document.declared_lang = declared_lang;
    // An archive knows it from elsewhere.
    document.url = url.or(document.url.take());
    StatedDocument { document, date, unusable }
}

/// True if a page with `fewer` letters is not the article, since it has `letters` otherwise.
fn exceeds(letters: usize, fewer: usize) -> bool {
    letters * 10 > fewer * MIN_STYLED_TENTHS
}

/// The text of a fragment of markup, all of it: a paragraph is a line, with an empty one between two. Plain text is markup
/// too; its line breaks are none.
pub(crate) fn read_blocks(markup: &str, limits: &Limits) -> String {
    let markup = unclosed::without_unclosed(markup);
    join(&read_page(&markup, PageOptions::new(limits.markup_depth, LeftOut::Nothing)).lines)
}

/// A fragment of markup as one line.
pub(crate) fn read_line(markup: &str, limits: &Limits) -> String {
    read_blocks(markup, limits).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of the article. Those between the first and the last that the library takes for the article, so that no table,
/// list or heading between them is lost.
fn main_lines(page: Page) -> Vec<Line> {
    let mut lines = without_link_lists(focused(page.lines));
    let all = letters(&lines);
    let Some(clean) = page.clean.filter(|_| all >= MIN_EXTRACTED_LETTERS && !page.too_deep) else {
        return lines;
    };
    let Some(article) = extract(&clean) else {
        return lines;
    };
    let article = read_page(&article, PageOptions::new(usize::MAX, LeftOut::Nothing)).lines;
    let article: HashSet<&str> =
        article.iter().filter(|line| line.letters > 0).map(|line| line.text.as_str()).collect();
    let is_article = |line: &Line| article.contains(line.text.as_str());
    if let Some(first) = lines.iter().position(is_article)
        && let Some(last) = lines.iter().rposition(is_article)
        && letters(&lines[first..=last]) * MIN_ARTICLE_PART >= all
    {
        lines.truncate(last + 1);
        lines.drain(..first);
    }
    lines
}

/// The markup of what the library takes for the article.
fn extract(clean: &str) -> Option<String> {
    let config = dom_smoothie::Config {
        disable_json_ld: true,
        candidate_select_mode: CandidateSelectMode::DomSmoothie,
        ..dom_smoothie::Config::default()
    };
    let article = Readability::new(clean, None, Some(config)).ok()?.parse().ok()?;
    Some(article.content.to_string())
}

/// The lines of elements that say they are the article, if they hold much of the text; else all lines.
fn focused(mut lines: Vec<Line>) -> Vec<Line> {
    let within: usize = lines.iter().filter(|line| line.within).map(|line| line.letters).sum();
    if within >= MIN_LETTERS && within * MIN_ARTICLE_PART >= letters(&lines) {
        lines.retain(|line| line.within);
    }
    lines
}

/// Without lists of links: lines of nothing else, several of them or several in one.
fn without_link_lists(mut lines: Vec<Line>) -> Vec<Line> {
    let is_linked = |line: &Line| line.letters == 0 && line.linked > 0;
    let runs: Vec<usize> = lines.chunk_by(|one, next| is_linked(one) == is_linked(next)).map(<[Line]>::len).collect();
    let mut lengths = runs.into_iter().flat_map(|length| std::iter::repeat_n(length, length));
    lines.retain(|line| {
        let length = lengths.next().unwrap_or_default();
        !is_linked(line) || (length < MIN_LINK_LIST && line.links < MIN_LINK_LIST)
    });
    lines
}

/// Without the title where it stands over the text, and without what is linked above it.
fn without_title(mut lines: Vec<Line>, title: &str) -> Vec<Line> {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let title = plain(title);
    let mut before = 0;
    let mut found = None;
    for (at, line) in lines.iter().enumerate() {
        if !title.is_empty() && line.text.len() <= 4 * title.len() + 100 && plain(&line.text) == title {
            found = Some(at);
            break;
        }
        before += line.letters;
        if before > MAX_LETTERS_BEFORE_TITLE {
            break;
        }
    }
    if let Some(title_at) = found {
        let mut at = 0;
        lines.retain(|line| {
            at += 1;
            at - 1 > title_at || (at - 1 < title_at && line.letters > 0)
        });
    }
    lines
}

fn letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.letters).sum()
}

/// Letters in links as well.
fn all_letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.letters + line.linked).sum()
}
