//! Written dates, as people write them at the start of a text: the conventions of four languages, with a weekday before or
//! after the date, and the time of day.
//!
//! In: folded text. Out: the day and the length that was read. Invariant: a date has a day, a month and a year of four digits,
//! and can be read as one valid day only. So 12/11/2025 is not read, since its order depends on the country, nor is a date with a
//! weekday that is not its own.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::ingest::date::numeral::{CHINESE_DIGITS, number};
use crate::ingest::date::words::{DateWords, any_of};

/// A parser of written dates.
pub(crate) struct Written {
    conventions: Vec<Regex>,
    weekday_before: Regex,
    weekday_behind: Regex,
    clock: Regex,
    /// The characters that a date can begin with, a cheap check before any pattern.
    firsts: HashSet<char>,
    months: HashMap<String, i16>,
    /// Weekdays by name, counted from Monday, which is 0.
    weekdays: HashMap<String, i8>,
}

/// A date that was read at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadDate {
    pub(crate) date: Date,
    /// True if a time of day follows the date.
    pub(crate) has_time: bool,
    /// Offset of the end of the date, with weekday and time, in bytes.
    pub(crate) end: usize,
}

const YEAR: &str = "[12][0-9]{3}";
const HYPHEN: &str = "[-‐‑‒–−]";

impl Written {
    /// Compiles the patterns of dates, weekdays and times.
    ///
    /// # Errors
    ///
    /// When the words make a regular expression that is too large.
    pub(crate) fn new(words: &DateWords) -> Result<Written, regex::Error> {
        let month = any_of(words.months.iter().flatten());
        let weekday = any_of(words.weekdays.iter().flatten());
        // Outside of brackets, a weekday of a single character is as likely to be another word.
        let clear_weekday = any_of(words.weekdays.iter().flatten().filter(|word| word.chars().count() > 1));
        let conventions = [
            // 2025-12-30, 2025/12/30, 2025. 12. 30.
            format!(r"^(?<y>{YEAR}){HYPHEN}(?<m>[0-9]{{1,2}}){HYPHEN}(?<d>[0-9]{{1,2}})"),
            format!(r"^(?<y>{YEAR})/(?<m>[0-9]{{1,2}})/(?<d>[0-9]{{1,2}})"),
            format!(r"^(?<y>{YEAR})\s?\.\s?(?<m>[0-9]{{1,2}})\s?\.\s?(?<d>[0-9]{{1,2}})\.?"),
            // 2025년 12월 30일, 2025年12月30日, 二〇二五年十二月三十日
            format!(
                r"^(?<y>{YEAR}|[{CHINESE_DIGITS}]{{4}})\s*[年년]\s*(?<m>[0-9]{{1,2}}|[{CHINESE_DIGITS}]{{1,3}})\s*[月월]\s*(?<d>[0-9]{{1,2}}|[{CHINESE_DIGITS}]{{1,4}})\s*[日일号]"
            ),
            // 30. Dezember 2025, 30th of December, 2025, 30-Dec-2025
            format!(
                r"^(?<d>[0-9]{{1,2}})(?:\.|(?:st|nd|rd|th)(?-u:\b))?(?:\s*(?:of|de)\s)?[-\s]*(?<m>{month})(?:\.?,?\s*(?:del?\s+)?|-)(?<y>{YEAR})"
            ),
            // December 30, 2025, Dec. 30 2025
            format!(r"^(?<m>{month})\.?\s*(?<d>[0-9]{{1,2}})(?:(?:st|nd|rd|th)(?-u:\b))?(?:\s*,\s*|\s+)(?<y>{YEAR})"),
            // Dec 30 10:15:00 CET 2025, as programs write it
            format!(
                r"^(?<m>{month})\s+(?<d>[0-9]{{1,2}})\s+[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\s+(?:[a-z]{{1,5}}\s+)?(?<y>{YEAR})"
            ),
            // 30.12.2025
            format!(r"^(?<d>[0-9]{{1,2}})\.\s?(?<m>[0-9]{{1,2}})\.\s?(?<y>{YEAR})"),
        ];
        let (hour, minute) = (r"(?:[01]?[0-9]|2[0-4])", r"[0-5][0-9]");
        let day_part = any_of(&words.day_parts);
        let behind = any_of(&words.behind_times);
        let zone = any_of(&words.time_zones);
        let clock = format!(
            r"(?:{hour}:{minute}(?::{minute}(?:[.,][0-9]+)?)?\s*(?:{behind})?|{hour}\s*[时시点](?:\s*[0-5]?[0-9]\s*[分분]?(?:\s*[0-5]?[0-9]\s*[秒초])?)?|{hour}(?:[.h]{minute})?\s*(?:{behind}|{zone}))"
        );
        let offset = r"(?:(?:utc|gmt)?\s?[-+−][01][0-9]:?[0-5][0-9])";
        let clock = format!(
            r"^(?:\s*[,,、]?\s*(?:um|at|{HYPHEN})?\s*|t)(?:{day_part}\s*)?{clock}(?:\s*[(\[]?(?:{offset}|{zone})[)\]]?)?"
        );
        let words_before = words.months.iter().chain(&words.weekdays).flatten();
        let firsts = words_before.filter_map(|word| word.chars().next()).chain('0'..='9').chain(CHINESE_DIGITS.chars());
        Ok(Written {
            firsts: firsts.collect(),
            conventions: conventions.iter().map(|pattern| Regex::new(pattern)).collect::<Result<_, _>>()?,
            weekday_before: Regex::new(&format!(r"^({clear_weekday})\.?\s*[,、]?\s*(?:(?:the|den|der|dem)\s+)?"))?,
            weekday_behind: Regex::new(&format!(
                r"^\s*(?:[,、]?\s*(?<w>{clear_weekday})\.?|[(\[]\s*(?<p>{weekday})\.?\s*[)\]])"
            ))?,
            clock: Regex::new(&clock)?,
            months: table(&words.months, |at| i16::try_from(at + 1).unwrap_or(i16::MAX)),
            weekdays: table(&words.weekdays, |at| i8::try_from(at).unwrap_or(i8::MAX)),
        })
    }

    /// Parses the date that a folded text begins with.
    pub(crate) fn at_start(&self, text: &str) -> Option<ReadDate> {
        if !text.starts_with(|first: char| self.firsts.contains(&first)) {
            return None;
        }
        let before = self.weekday_before.captures(text);
        let start = before.as_ref().map_or(0, |found| found[0].len());
        let rest = &text[start..];
        let (date, length) = self.conventions.iter().find_map(|convention| self.read(&convention.captures(rest)?))?;
        let mut end = start + length;
        // 2025-12-301 and 2025-12-30-1 are other numbers, not dates; 2025年12月30日10:15 is a date with a time.
        let following = text[end..].strip_prefix('-').unwrap_or(&text[end..]);
        let goes_on = following.starts_with(|next: char| next.is_ascii_digit());
        if goes_on && text[..end].ends_with(|last: char| last.is_ascii()) {
            return None;
        }
        let behind = self.weekday_behind.captures(&text[end..]);
        end += behind.as_ref().map_or(0, |found| found[0].len());
        let stated = before.iter().filter_map(|found| found.get(1));
        let stated = stated.chain(behind.iter().filter_map(|found| found.name("w").or_else(|| found.name("p"))));
        for weekday in stated {
            if self.weekdays.get(weekday.as_str()) != Some(&date.weekday().to_monday_zero_offset()) {
                return None;
            }
        }
        let time = self.clock.find(&text[end..]);
        end += time.map_or(0, |time| time.len());
        Some(ReadDate { date, has_time: time.is_some(), end })
    }

    /// Length in bytes of the time of day that a folded text begins with.
    pub(crate) fn time_at_start(&self, text: &str) -> Option<usize> {
        self.clock.find(text).map(|time| time.len())
    }

    fn read(&self, found: &Captures<'_>) -> Option<(Date, usize)> {
        let month = &found["m"];
        let month = self.months.get(month).copied().or_else(|| number(month))?;
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(number(&found["d"])?).ok()?);
        Some((Date::new(number(&found["y"])?, month, day).ok()?, found[0].len()))
    }
}

fn table<N: Copy>(lists: &[Vec<String>], number: impl Fn(usize) -> N) -> HashMap<String, N> {
    let lists = lists.iter().enumerate();
    lists
        .flat_map(|(at, list)| list.iter().map(move |word| (word, at)))
        .map(|(word, at)| (word.clone(), number(at)))
        .collect()
}
