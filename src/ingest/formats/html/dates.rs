//! Dates that a page shows and states, while its tags and texts come by.
//!
//! In: tags and texts in their order. Out: [`PageDates`]. What is within another article, a comment or an embedded post is
//! passed over, a byline is not.

use crate::ingest::date::page::PageDates;
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::leads::letters;
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
/// Lines before and behind the heading, among which the day of publication is shown.
const BEFORE: usize = 6;
const BEHIND: usize = 14;
/// Lines right below the heading.
const BELOW: usize = 3;
/// Lines behind the heading up to which an element for a date is that of the article.
const NEAR: usize = 40;
/// Letters by which the beginning of a title is known.
const MIN_BEGINNING: usize = 12;

/// The dates of a page while it is read.
#[derive(Debug, Default)]
pub(crate) struct DateCollector {
    lines: Vec<String>,
    line: String,
    /// Number of lines before the heading of the article.
    heading: Option<usize>,
    /// The element for a date that is open: its name, and the elements of that name within it.
    open: Option<(String, usize)>,
    text: String,
    /// Texts of elements for dates, values of `time` elements and attributes, and those among these that say that they are the
    /// day of publication: each with the number of lines before it.
    named: Vec<(usize, String)>,
    times: Vec<(usize, String)>,
    said: Vec<(usize, String)>,
    dates: PageDates,
}

impl DateCollector {
    /// Takes a tag. `elsewhere` is true in what is none of the article: menus, comments, embedded posts.
    pub(crate) fn start(&mut self, tag: &Tag, words: Option<&PageWords>, is_block: bool, elsewhere: bool) {
        if is_block {
            self.end_line();
        } else if is_apart(&tag.name) {
            self.text(" ", elsewhere);
        }
        if let Some((name, depth)) = &mut self.open
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
            let list = if is_said { &mut self.said } else { &mut self.times };
            if list.len() < MAX_NAMED
                && let Some(value) = value
            {
                list.push((self.lines.len(), value.to_owned()));
            }
        }
        if let Some(hint) = hint.filter(|hint| hint.contains(|letter: char| letter.is_ascii_digit()))
            && self.times.len() < MAX_NAMED
        {
            self.times.push((self.lines.len(), hint.to_owned()));
        }
        if let Some(time) = tag.data_time.as_deref().filter(|time| !time.is_empty())
            && self.times.len() < MAX_NAMED
        {
            self.times.push((self.lines.len(), time.to_owned()));
        }
        let is_named = is_published || tag.name == "time" || words.is_some_and(|words| words.is_date(tag));
        if is_named && !tag.is_void() {
            self.open = Some((tag.name.clone(), 0));
            self.text.clear();
        }
    }

    /// The heading of the article begins.
    pub(crate) fn heading(&mut self) {
        self.end_line();
        self.heading.get_or_insert(self.lines.len());
    }

    pub(crate) fn end(&mut self, name: &str, is_block: bool) {
        if is_apart(name) && !is_block {
            push(&mut self.line, " ");
        }
        if let Some((open, depth)) = &mut self.open
            && open == name
        {
            if *depth > 0 {
                *depth -= 1;
            } else {
                self.open = None;
                let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                if self.named.len() < MAX_NAMED && text.chars().any(char::is_numeric) {
                    self.named.push((self.lines.len(), text));
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
        if self.open.is_some() {
            push(&mut self.text, text);
        }
    }

    pub(crate) fn end_line(&mut self) {
        if self.lines.len() < MAX_LINES && !self.line.trim().is_empty() {
            self.lines.push(self.line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self.line.clear();
    }

    /// What was found, besides what the head of the page states, with the lines around the heading.
    pub(crate) fn finish(self, title: &str, mut stated: PageDates) -> PageDates {
        let found = self.heading_line(title);
        let heading = found.unwrap_or_default();
        let end = self.lines.len().min(heading + BEHIND);
        let is_near = |at: usize| found.is_none() || (heading.saturating_sub(BEFORE)..=heading + NEAR).contains(&at);
        let apart = |dates: Vec<(usize, String)>| -> (Vec<String>, Vec<String>) {
            let (near, far): (Vec<_>, Vec<_>) = dates.into_iter().partition(|&(at, _)| is_near(at));
            let texts = |dates: Vec<(usize, String)>| dates.into_iter().map(|(_, text)| text).collect();
            (texts(near), texts(far))
        };
        // A time of publication far away may be that of a comment.
        let is_beside = |at: usize| at <= heading + BEHIND;
        let (said, commented): (Vec<_>, Vec<_>) = self.said.into_iter().partition(|&(at, _)| is_beside(at));
        let ((named, far), (times, far_times)) = (apart(self.named), apart(self.times));
        let has_digits = |line: &&String| line.chars().filter(char::is_ascii_digit).nth(MIN_DIGITS - 1).is_some();
        let (short, long): (Vec<&String>, Vec<&String>) =
            self.lines.iter().filter(has_digits).partition(|line| line.len() <= MAX_DATE_LINE_BYTES);
        stated.published.extend(self.dates.published);
        stated.published.extend(said.into_iter().map(|(_, text)| text));
        if times.is_empty() {
            stated.published.extend(commented.into_iter().map(|(_, text)| text));
        }
        let below = self.lines.get(heading + 1..self.lines.len().min(heading + 1 + BELOW));
        PageDates {
            shown: self.lines[heading.saturating_sub(BEFORE)..end].to_vec(),
            below: below.filter(|_| found.is_some()).unwrap_or_default().to_vec(),
            anywhere: short.into_iter().take(MAX_DATE_LINES).cloned().collect(),
            sentences: long.into_iter().rev().take(MAX_DATE_LINES).cloned().collect(),
            aside: self.dates.aside,
            named,
            times,
            far,
            far_times,
            ..stated
        }
    }

    /// The line of the heading: the one that says the title or its beginning, else the first heading of the first order.
    fn heading_line(&self, title: &str) -> Option<usize> {
        let title = letters(title);
        let is_title = |line: &String| line.len() <= 4 * title.len() + 100 && letters(line) == title;
        let begins = |line: &String| {
            let line = if line.len() <= title.len() * 2 { letters(line) } else { String::new() };
            let is_long = line.chars().nth(MIN_BEGINNING).is_some() && title.chars().nth(MIN_BEGINNING).is_some();
            is_long && (title.starts_with(&line) || line.starts_with(&title))
        };
        let of_heading = self.heading.filter(|&at| self.lines.get(at).is_some_and(is_title));
        let titled = || self.lines.iter().position(is_title).filter(|_| !title.is_empty());
        of_heading.or_else(titled).or_else(|| self.lines.iter().position(begins)).or(self.heading)
    }
}

/// True for elements whose text is a word of its own where dates stand: those that pages set side by side.
fn is_apart(name: &str) -> bool {
    matches!(name, "span" | "a" | "time" | "label")
}

fn push(to: &mut String, text: &str) {
    let room = MAX_LINE_BYTES.saturating_sub(to.len());
    to.push_str(clip(text, room));
}
