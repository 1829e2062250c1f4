//! Publication dates of web pages: of all that a page states and shows, the day of publication.
//!
//! In: [`PageDates`]. Out: the day. Invariant: publication comes before any change, and what is stated before what is shown; but
//! where the statement is an instant in UTC, and the page shows the day before or after, that is the day where it was published.

use jiff::civil::Date;

use crate::ingest::date::DateReader;
use crate::ingest::date::epoch::since_1970;
use crate::ingest::date::line::{Verdict, agreed};
use crate::text::analysis::Folded;

/// Characters of a line with a date and a name.
const MAX_BESIDE_CHARS: usize = 100;

/// The dates of a page, as they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageDates {
    /// Stated as those of publication, the surest first.
    pub(crate) published: Vec<String>,
    /// Texts of elements for dates.
    pub(crate) named: Vec<String>,
    /// Of `time` elements and attributes behind the heading.
    pub(crate) times: Vec<String>,
    /// The lines around the heading.
    pub(crate) shown: Vec<String>,
    /// Stated, but they may be those of a change.
    pub(crate) changed: Vec<String>,
}

impl DateReader {
    /// The day of publication that a page states or shows; `None` if that is in its text or address, or nowhere.
    pub(crate) fn of_page(&self, dates: &PageDates) -> Option<Date> {
        let stated = dates.published.iter().find_map(|text| Some((text, self.stated(text)?)));
        if let Some((text, date)) = stated {
            return Some(self.local(text, date, dates).unwrap_or(date));
        }
        let verdicts = |texts: &[String]| -> Vec<Verdict> { texts.iter().map(|text| self.line(text)).collect() };
        let (named, shown) = (verdicts(&dates.named), verdicts(&dates.shown));
        let labelled = |verdicts: &[Verdict]| published(verdicts);
        let bare = |verdicts: &[Verdict]| {
            verdicts.iter().find_map(|verdict| match verdict {
                Verdict::Bare(date) => Some(*date),
                _ => None,
            })
        };
        labelled(&shown)
            .or_else(|| labelled(&named))
            .or_else(|| self.first(&dates.times))
            .or_else(|| bare(&named))
            .or_else(|| bare(&shown))
    }

    /// The day beside a name in the head of a page, else that of a change.
    pub(crate) fn of_rest(&self, dates: &PageDates) -> Option<Date> {
        let beside = |texts: &[String]| texts.iter().find_map(|text| self.only_day(text));
        beside(&dates.named).or_else(|| beside(&dates.shown)).or_else(|| self.first(&dates.changed))
    }

    /// The only day in a short text.
    fn only_day(&self, text: &str) -> Option<Date> {
        if text.chars().nth(MAX_BESIDE_CHARS).is_some() || text.ends_with(['.', '!', '?', '。']) || text.contains('©')
        {
            return None;
        }
        let folded = Folded::new(text);
        let text = folded.text();
        let mut days = Vec::new();
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            let starts =
                !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()) || !next.is_ascii_alphanumeric();
            match self.written.at_start(&text[at..]).filter(|_| starts) {
                Some(found) => {
                    days.push(found.date);
                    at += found.end.max(1);
                }
                None => at += next.len_utf8(),
            }
        }
        agreed(&days)
    }

    fn first(&self, texts: &[String]) -> Option<Date> {
        // The number of a script may be the time of the visit.
        texts.iter().filter(|text| since_1970(text.trim()).is_none()).find_map(|text| self.stated(text))
    }

    fn line(&self, text: &str) -> Verdict {
        self.contents.line(Folded::new(text).text(), &self.written)
    }

    /// The day that a page shows for an instant in UTC, where that is the day before or after.
    fn local(&self, text: &str, date: Date, dates: &PageDates) -> Option<Date> {
        let text = text.trim();
        let is_utc = text.contains([':', 'T']) && ["Z", "z", "+00:00", "+0000"].iter().any(|end| text.ends_with(end));
        if !is_utc {
            return None;
        }
        let days: Vec<Date> = dates
            .shown
            .iter()
            .chain(&dates.named)
            .filter_map(|text| match self.line(text) {
                Verdict::Published(day) | Verdict::Bare(day) => Some(day),
                _ => None,
            })
            .collect();
        let is_next = |day: &Date| {
            date.tomorrow().is_ok_and(|next| next == *day) || date.yesterday().is_ok_and(|last| last == *day)
        };
        if days.contains(&date) { None } else { days.into_iter().find(is_next) }
    }
}

/// The day that is labelled as that of publication, on its line or the one before.
fn published(verdicts: &[Verdict]) -> Option<Date> {
    let mut days = Vec::new();
    let mut before = Verdict::Silent;
    for &verdict in verdicts {
        match (before, verdict) {
            (_, Verdict::Published(date)) | (Verdict::AwaitsDate, Verdict::Bare(date)) => days.push(date),
            _ => {}
        }
        before = verdict;
    }
    agreed(&days).or(days.first().copied())
}
