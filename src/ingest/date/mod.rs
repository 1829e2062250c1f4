//! Publication dates: the day on which an article was published, from its metadata, else its text, else its web address.
//!
//! In: a [`Document`] with the date that its metadata state. Out: its `date`, and a problem to report. `written` parses a date, `epoch` a number,
//! `line`, `dateline` and `content` find those in a text, `address` that in an address; `words` are their data. Invariant: no
//! day is invented. A date without a year, an ambiguous one or a contradictory one is not used, and the document may have none.

pub(crate) mod address;
pub(crate) mod content;
pub(crate) mod dateline;
pub(crate) mod epoch;
pub(crate) mod line;
pub(crate) mod numeral;
pub(crate) mod page;
pub(crate) mod words;
pub(crate) mod written;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use regex::Regex;

use crate::ingest::date::address::Addresses;
use crate::ingest::date::content::Contents;
use crate::ingest::date::epoch::since_1970;
use crate::ingest::date::page::{ABBREVIATED, PageDates};
use crate::ingest::date::words::any_of;
use crate::ingest::date::written::Written;
use crate::ingest::options::Options;
use crate::text::analysis::Folded;
use crate::text::document::Document;

pub(crate) use crate::ingest::date::words::DateWords;

/// Maximum length of a stated date, and of the excerpt of an invalid one in a report, in characters.
const MAX_STATED_CHARS: usize = 100;

/// A reader of publication dates.
pub struct DateReader {
    written: Written,
    contents: Contents,
    addresses: Addresses,
    /// Dates of numbers alone on a page.
    abbreviated: Regex,
    /// Words for a day, at the beginning of a line.
    labels: Regex,
    /// Words by which an article speaks of itself, at the beginning of a sentence, and those by which it says that it was
    /// published, or changed.
    this_article: Regex,
    was_published: Regex,
    was_changed: Regex,
    /// Keys in scripts, with their values.
    script_keys: Regex,
}

impl DateReader {
    /// Compiles the patterns of dates from the words of the options.
    ///
    /// # Errors
    ///
    /// When `dates.toml` of the configuration is invalid.
    pub fn new(options: &Options) -> Result<DateReader> {
        let words = options.date_words()?;
        let compile = || -> Result<DateReader, regex::Error> {
            Ok(DateReader {
                written: Written::new(&words)?,
                contents: Contents::new(&words)?,
                addresses: Addresses::new(&words)?,
                abbreviated: Regex::new(ABBREVIATED)?,
                labels: Regex::new(&format!(r"^\W*{}\s*:", any_of(&words.labels)))?,
                this_article: Regex::new(&format!(r"^\W*{}", any_of(&words.this_article)))?,
                was_published: Regex::new(&any_of(&words.was_published))?,
                was_changed: Regex::new(&any_of(&words.updated))?,
                script_keys: Regex::new(&format!(
                    r#"(?i)(?-u:\b){}["']?\s*[:=]\s*["']([^"'<>]{{8,40}})["']"#,
                    any_of(&words.script_keys)
                ))?,
            })
        };
        compile().context("making patterns of the words in dates.toml of the configuration")
    }

    /// Sets the date of a document. Returns a report if its metadata state something that is no date.
    pub(crate) fn date(&self, document: &mut Document, stated: Option<&str>, page: &PageDates) -> Option<String> {
        let address = document.url.as_deref();
        let read = stated.and_then(|text| self.stated(text)).or_else(|| self.of_page(page, address));
        let in_text = || Some((self.in_text(&document.title, &document.body)?, "its text"));
        let in_address = || Some((self.in_address(document.url.as_deref()?)?, "its address"));
        let stated = stated.or_else(|| page.published.first().map(String::as_str));
        let (date, problem) = match (read, stated) {
            (Some(date), _) => (Some(date), None),
            (None, stated) => {
                let in_change = || Some((self.of_rest(page)?, "its head"));
                let found = in_text().or_else(in_address).or_else(in_change);
                (found.map(|(date, _)| date), stated.map(|stated| unusable(stated, found)))
            }
        };
        document.date = date.map(|date| date.to_string());
        problem
    }

    /// Parses a metadata value that is a date and nothing else, with or without a weekday and a time.
    pub fn stated(&self, value: &str) -> Option<Date> {
        if value.chars().nth(MAX_STATED_CHARS).is_some() {
            return None;
        }
        let folded = Folded::new(value);
        let text = folded.text().trim();
        let date = since_1970(text).or_else(|| iso(text)).or_else(|| ctime(text)).or_else(|| {
            let message = rfc2822::DateTimeParser::new().parse_zoned(text).ok().map(|time| time.date());
            message.or_else(|| {
                let found = self.written.at_start(text)?;
                text[found.end..].trim_matches([' ', '.', ',', ')', ']', '。']).is_empty().then_some(found.date)
            })
        })?;
        (date.year() >= 0).then_some(date)
    }

    /// True for a folded sentence in which an article says that it was published.
    fn says_published(&self, sentence: &str) -> bool {
        self.this_article.is_match(sentence)
            && self.was_published.is_match(sentence)
            && !self.was_changed.is_match(sentence)
    }

    /// The publication date that a text states, in a line of its own or a dateline.
    pub fn in_text(&self, title: &str, body: &str) -> Option<Date> {
        self.contents.read(title, body, &self.written)
    }

    /// The date in a web address.
    pub fn in_address(&self, address: &str) -> Option<Date> {
        self.addresses.read(address)
    }
}

/// Parses a date of ISO 8601, extended or basic, with or without a time, or a compact one such as `20251230103000`.
fn iso(text: &str) -> Option<Date> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        12 | 14 if all_digits => {
            let (date, time) = text.split_at(8);
            text_is_time(time).then(|| date.parse().ok())?
        }
        _ if text.parse::<Timestamp>().is_ok() => text.split(['t', ' ']).next()?.parse().ok(),
        _ => text.parse().ok(),
    }
}

/// Parses a date and time of C's `ctime` with an offset, `Mon Jan 12 08:00:00 +0000 2026`, as archives of X have it.
fn ctime(text: &str) -> Option<Date> {
    jiff::fmt::strtime::parse("%a %b %d %H:%M:%S %z %Y", text).ok()?.to_date().ok()
}

fn text_is_time(digits: &str) -> bool {
    let with_seconds = format!("{digits:0<6}");
    jiff::civil::Time::strptime("%H%M%S", with_seconds).is_ok()
}

fn unusable(stated: &str, found: Option<(Date, &str)>) -> String {
    let shown: String = stated.chars().take(MAX_STATED_CHARS).collect();
    let instead = match found {
        Some((date, place)) => format!("indexed with {date} from {place}"),
        None => "indexed without a date".to_owned(),
    };
    format!(
        "`{shown}` is not a date, expected one with day, month and year like 2025-12-30, 30.12.2025, Dec. 30, 2025, \
         2025년 12월 30일 or 2025年12月30日; {instead}"
    )
}
