//! Dates that a page shows and states, while its tags and texts come by.
//!
//! In: tags and texts in their order. Out: [`PageDates`]. What is within another article, a comment or an embedded post is
//! passed over, a byline is not.

use crate::ingest::date::page::PageDates;
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::words::PageWords;
use crate::text::analysis::clip;

/// Lines that are kept of a page.
const MAX_LINES: usize = 1500;
/// Bytes of a line with a date.
const MAX_LINE_BYTES: usize = 400;
/// Texts of elements for dates that are kept.
const MAX_NAMED: usize = 12;

/// Bytes and digits of a line that is a date and little else.
const MAX_DATE_LINE_BYTES: usize = 48;
const MIN_DIGITS: usize = 5;
/// Such lines that are kept.
const MAX_DATE_LINES: usize = 40;

/// The dates of a page while it is read.
#[derive(Debug, Default)]
pub(crate) struct DateCollector {
    lines: Vec<String>,
    line: String,
    /// Number of lines before the heading of the article.
    heading: Option<usize>,
    /// The element for a date that is open: its name, and the elements of that name within it.
    named: Option<(String, usize)>,
    text: String,
    dates: PageDates,
}

impl DateCollector {
    /// Takes a tag. `elsewhere` is true in what is none of the article: menus, comments, embedded posts.
    pub(crate) fn start(&mut self, tag: &Tag, words: Option<&PageWords>, is_block: bool, elsewhere: bool) {
        if is_block {
            self.end_line();
        }
        if let Some((name, depth)) = &mut self.named
            && *name == tag.name
        {
            *depth += 1;
        }
        let is_published = tag.get("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datepublished"));
        let hint = tag.get("title").filter(|_| tag.name == "abbr");
        let value = tag.get("content").or(tag.get("datetime")).or(hint).filter(|value| !value.is_empty());
        if elsewhere || tag.name == "meta" {
            let aside = value.filter(|_| is_published && tag.name != "meta" && self.dates.aside.len() < MAX_NAMED);
            self.dates.aside.extend(aside.map(str::to_owned));
            return;
        }
        if is_published {
            self.dates.published.extend(value.map(str::to_owned));
        }
        let names = |key| tag.get(key).unwrap_or_default().to_ascii_lowercase();
        let names = [names("class"), names("id"), names("itemprop")].concat();
        let has = |part: &str| names.contains(part);
        let is_changed = (has("modif") || has("updat")) && !has("publish");
        if is_changed {
            return;
        }
        if tag.name == "time" {
            let value = tag.get("datetime").filter(|value| value.starts_with(|first: char| first.is_ascii_digit()));
            let is_said = tag.get("pubdate").is_some() || has("publish");
            let list = if is_said { &mut self.dates.published } else { &mut self.dates.times };
            if list.len() < MAX_NAMED
                && (is_said || self.heading.is_some())
                && let Some(value) = value
            {
                list.push(value.to_owned());
            }
        }
        if let Some(hint) = hint.filter(|hint| hint.contains(|letter: char| letter.is_ascii_digit()))
            && self.dates.times.len() < MAX_NAMED
        {
            self.dates.times.push(hint.to_owned());
        }
        if let Some(time) = tag.data_time.as_deref().filter(|time| !time.is_empty())
            && self.dates.times.len() < MAX_NAMED
        {
            self.dates.times.push(time.to_owned());
        }
        let is_named = is_published || tag.name == "time" || words.is_some_and(|words| words.is_date(tag));
        if is_named && !tag.is_void() {
            self.named = Some((tag.name.clone(), 0));
            self.text.clear();
        }
    }

    /// The heading of the article begins.
    pub(crate) fn heading(&mut self) {
        self.end_line();
        self.heading.get_or_insert(self.lines.len());
    }

    pub(crate) fn end(&mut self, name: &str, is_block: bool) {
        if let Some((open, depth)) = &mut self.named
            && open == name
        {
            if *depth > 0 {
                *depth -= 1;
            } else {
                self.named = None;
                let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                if self.dates.named.len() < MAX_NAMED && text.chars().any(char::is_numeric) {
                    self.dates.named.push(text);
                }
            }
        }
        if is_block {
            self.end_line();
        }
    }

    pub(crate) fn text(&mut self, text: &str, elsewhere: bool) {
        if elsewhere {
            return;
        }
        push(&mut self.line, text);
        if self.named.is_some() {
            push(&mut self.text, text);
        }
    }

    pub(crate) fn end_line(&mut self) {
        if self.lines.len() < MAX_LINES && !self.line.trim().is_empty() {
            self.lines.push(self.line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.line.clear();
    }

    /// What was found, with the lines around the heading.
    pub(crate) fn finish(&self, title: &str) -> PageDates {
        const BEFORE: usize = 6;
        const BEHIND: usize = 14;
        let titled = self.lines.iter().position(|line| line.as_str() == title);
        let heading = titled.or(self.heading).unwrap_or_default();
        let start = heading.saturating_sub(BEFORE);
        let end = self.lines.len().min(heading + BEHIND);
        let is_date_line = |line: &&String| {
            line.len() <= MAX_DATE_LINE_BYTES && line.chars().filter(char::is_ascii_digit).nth(MIN_DIGITS - 1).is_some()
        };
        let anywhere = self.lines.iter().filter(is_date_line).take(MAX_DATE_LINES).cloned().collect();
        PageDates { shown: self.lines[start..end].to_vec(), anywhere, ..self.dates.clone() }
    }
}

fn push(to: &mut String, text: &str) {
    let room = MAX_LINE_BYTES.saturating_sub(to.len());
    to.push_str(clip(text, room));
}
