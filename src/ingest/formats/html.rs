//! HTML: one article a page. Its main text without menus, lists of other articles and comments, and what the page says of
//! itself.
//!
//! In: a page. Out: a document with title, text, outlet, address and language, and the stated date. `events` cuts markup into
//! tags, `page` follows them, `lines` makes text of them, `clean` a copy of the markup, `metadata`, `author_links` and
//! `data` read what is stated. Invariant: nothing is lost
//! for the sake of order. Where it is not plain which part of the page is the article, more is kept than the article.

mod article;
mod asides;
mod author_links;
mod clean;
mod data;
mod dates;
mod elements;
mod events;
mod footnotes;
mod left_out;
mod lines;
mod metadata;
mod open;
mod page;
mod titles;
mod unclosed;
pub(crate) mod words;

use crate::ingest::date::page::PageDates;
use crate::ingest::event::{Advice, Reason};
use crate::ingest::formats::html::article::{all_letters, main_lines, without_title};
use crate::ingest::formats::html::left_out::{LeftOut, PageOptions};
use crate::ingest::formats::html::lines::{count_letters, join, letters};
use crate::ingest::formats::html::metadata::Chosen;
use crate::ingest::formats::html::page::read_page;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::limits::Limits;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// Letters below which a page has no text to speak of.
pub(crate) const MIN_LETTERS: usize = 40;
/// Readings of a page, each with another element that turned out to be the article's.
const MAX_READINGS: usize = 5;
/// Tenths of the letters of the article that a page must have with what is styled away, or it stays out: mostly it is a menu,
/// but with some outlets it is the half of the article behind a button.
const MIN_STYLED_TENTHS: usize = 13;

/// The document with what the page states and its main text.
pub(crate) fn read_html(
    html: &str,
    words: &PageWords,
    limits: &Limits,
    mut document: Document,
) -> (StatedDocument, PageDates) {
    let options = PageOptions::new(limits.markup_depth, LeftOut::Classes, Some(words));
    let mut page = read_page(html, options);
    let mut kept = Vec::new();
    while let Some(element) = page.misled.filter(|_| kept.len() < MAX_READINGS) {
        kept.push(element);
        page = read_page(html, PageOptions { kept: &kept, ..options });
    }
    let options = PageOptions { kept: &kept, ..options };
    let Chosen { title, source, authors, sections, lang, declared_lang, url, dates, body, problems } =
        page.statements.choose(words);
    let mut unusable: Vec<Reason> = problems.into_iter().map(Reason::from).collect();
    if page.too_deep {
        let fault = format!(
            "elements are nested more than {} deep; the article cannot be separated from the rest of the page, so all text is indexed",
            limits.markup_depth
        );
        unusable.push(Reason::from(fault).advising(Advice::RaiseLimit("markup_depth")));
    }
    let styled_away = page.styled_away;
    let mut shown_dates = std::mem::take(&mut page.dates);
    let mut lines = without_title(main_lines(page, words), &title);
    if exceeds(letters(&lines) + styled_away, letters(&lines)) {
        let mut page = read_page(html, PageOptions { as_styled: false, ..options });
        let dates = std::mem::take(&mut page.dates);
        let shown = without_title(main_lines(page, words), &title);
        if exceeds(letters(&shown), letters(&lines)) {
            (lines, shown_dates) = (shown, dates);
        }
    }
    if letters(&lines) < MIN_LETTERS {
        let everything =
            PageOptions { as_styled: false, ..PageOptions::new(limits.markup_depth, LeftOut::Nothing, Some(words)) };
        let page = read_page(html, everything);
        let everything = without_title(page.lines, &title);
        // The whole of an article can be in a link.
        if all_letters(&everything) > 2 * all_letters(&lines) {
            (lines, shown_dates) = (everything, page.dates);
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
    let mut dates = shown_dates.finish(&title, dates);
    if dates.published.is_empty() && dates.times.is_empty() {
        html.clone_into(&mut dates.markup);
    }
    document.title = title;
    document.source = source;
    (document.authors, document.sections) = (authors, sections);
    document.lang = lang;
    document.declared_lang = declared_lang;
    // An archive knows it from elsewhere.
    document.url = url.or(document.url.take());
    (StatedDocument { document, date: None, unusable }, dates)
}

/// True if a page with `fewer` letters is not the article, since it has `letters` otherwise.
fn exceeds(letters: usize, fewer: usize) -> bool {
    letters * 10 > fewer * MIN_STYLED_TENTHS
}

/// The text of a fragment of markup, all of it: a paragraph is a line, with an empty one between two. Plain text is markup
/// too; its line breaks are none.
pub(crate) fn read_blocks(markup: &str, limits: &Limits) -> String {
    let markup = unclosed::without_unclosed(markup);
    join(&read_page(&markup, PageOptions::new(limits.markup_depth, LeftOut::Nothing, None)).lines)
}

/// A fragment of markup as one line.
pub(crate) fn read_line(markup: &str, limits: &Limits) -> String {
    read_blocks(markup, limits).split_whitespace().collect::<Vec<_>>().join(" ")
}
