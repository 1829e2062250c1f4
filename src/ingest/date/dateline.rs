//! Datelines: the place, day and agency at the beginning of a news agency's article, as in `BERLIN, 12. Dezember 2025
//! (dpa) –`, `SEOUL, Dec. 12, 2025 (Yonhap) --` or 新华社北京2025年12月30日电.
//!
//! In: the folded beginning of a paragraph. Out: the day. Invariant: the name of an agency stands where agencies put it,
//! since any sentence may begin with a place and a day.

use jiff::civil::Date;
use regex::Regex;

use crate::ingest::date::words::{DateWords, any_of};
use crate::ingest::date::written::Written;

/// Maximum length in bytes of the place before a date.
const MAX_PLACE_BYTES: usize = 60;

/// A reader of datelines.
pub(crate) struct Datelines {
    agency: Regex,
    behind_date: Regex,
    before_date: Regex,
}

impl Datelines {
    /// Compiles the patterns of datelines.
    ///
    /// # Errors
    ///
    /// When the words make a regular expression that is too large.
    pub(crate) fn new(words: &DateWords) -> Result<Datelines, regex::Error> {
        let agency = any_of(&words.agencies);
        Ok(Datelines {
            behind_date: Regex::new(&format!(
                r"^\s*[,:]?\s*[(\[/]\s*{agency}[^()\[\]/]{{0,24}}[)\]/]\s*(?:[-–—:.=]|$)"
            ))?,
            before_date: Regex::new(&format!(r"^\W*{agency}\s*\p{{Han}}{{0,10}}?\s*(?<date>[12][0-9]{{3}}年)"))?,
            agency: Regex::new(&agency)?,
        })
    }

    /// The day of the dateline that a folded paragraph begins with.
    pub(crate) fn read(&self, paragraph: &str, written: &Written) -> Option<Date> {
        if !self.agency.is_match(paragraph) {
            return None;
        }
        if let Some(found) = self.before_date.captures(paragraph).and_then(|found| found.name("date")) {
            let rest = &paragraph[found.start()..];
            let found = written.at_start(rest)?;
            return rest[found.end..].trim_start().starts_with(['电', '讯']).then_some(found.date);
        }
        let starts_word = |at: usize| at == 0 || paragraph[..at].ends_with(|before: char| !before.is_alphanumeric());
        let mut starts = paragraph.char_indices().take_while(|&(at, _)| at <= MAX_PLACE_BYTES);
        let found = starts.find_map(|(at, next)| {
            let found = (next.is_alphanumeric() && starts_word(at)).then(|| written.at_start(&paragraph[at..]))??;
            Some((&paragraph[..at], found, &paragraph[at + found.end..]))
        });
        let (place, found, rest) = found?;
        let is_place = !place.contains(|character: char| character.is_ascii_digit() || "!?:;".contains(character));
        (is_place && self.behind_date.is_match(rest)).then_some(found.date)
    }
}
