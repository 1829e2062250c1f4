//! Publication dates of web pages: of all that a page states and shows, the day of publication.
//!
//! In: [`PageDates`]. Out: the day. Invariant: publication comes before any change, and what is stated before what is shown; but
//! where the statement is an instant in UTC, and the page shows the day before or after, that is the day where it was published.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::ingest::date::DateReader;
use crate::ingest::date::epoch::since_1970;
use crate::ingest::date::line::{Verdict, agreed};
use crate::text::analysis::Folded;

/// Characters of a line with a date and a name.
const MAX_BESIDE_CHARS: usize = 100;

/// Characters of a place before a date, and of a label.
const MAX_PLACE_CHARS: usize = 40;
const MAX_LABEL_CHARS: usize = 20;
/// Dates in scripts that are compared.
const MAX_VALUES: usize = 50;

/// Months of a year.
const MONTHS: u8 = 12;
/// A whole text that is a date of numbers, a word before it and a time behind it: two by dots and a year of two digits, or two by
/// slashes and a year.
pub(crate) const ABBREVIATED: &str = concat!(
    r"^(?<label>[^0-9/.]{0,40})(?:'|’)?(?:(?<a>[0-9]{1,2})\. ?(?<b>0?[1-9]|1[0-2])\. ?(?<e>[0-9]{2})\.?",
    r"|(?<c>[0-9]{1,2})/(?<d>[0-9]{1,2})/(?<y>[12][0-9]{3}|[0-9]{2}))(?<rest>(?:\s*[-,|]?\s*[0-9]{1,2}:[0-9]{2}.{0,12})?)\s*$"
);

/// The dates of a page, as they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageDates {
    /// Stated as those of publication, the surest first.
    pub(crate) published: Vec<String>,
    /// Texts of elements for dates.
    pub(crate) named: Vec<String>,
    /// Of `time` elements and attributes behind the heading.
    pub(crate) times: Vec<String>,
    /// Texts of elements for dates, and of `time` elements and attributes, far from the heading.
    pub(crate) far: Vec<String>,
    pub(crate) far_times: Vec<String>,
    /// The lines around the heading.
    pub(crate) shown: Vec<String>,
    /// The lines right below the heading.
    pub(crate) below: Vec<String>,
    /// Stated as those of publication in what is not of the article, such as its foot, or a comment.
    pub(crate) aside: Vec<String>,
    /// Lines of the page that are as short as a date.
    pub(crate) anywhere: Vec<String>,
    /// Longer lines with digits, the last first.
    pub(crate) sentences: Vec<String>,
    /// The whole page, if nothing is stated, for the dates in its scripts.
    pub(crate) markup: String,
    /// True if the page is in a language that writes the year first, also one of two digits.
    pub(crate) year_first: bool,
    /// Stated, but they may be those of a change.
    pub(crate) changed: Vec<String>,
}

impl DateReader {
    /// The day of publication that a page states or shows; `None` if that is in its text or address, or nowhere.
    pub(crate) fn of_page(&self, dates: &PageDates, address: Option<&str>) -> Option<Date> {
        let stated = dates.published.iter().find_map(|text| Some((text, self.stated(text)?)));
        if let Some((text, date)) = stated {
            return Some(self.local(text, date, dates, address).unwrap_or(date));
        }
        let verdicts = |texts: &[String]| -> Vec<Verdict> {
            texts.iter().map(|text| self.line(&self.spelled_out(text, dates.year_first))).collect()
        };
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
            .or_else(|| labelled(&verdicts(&dates.far)))
            .or_else(|| self.first(&dates.far_times))
            .or_else(|| self.labelled_day(&dates.below))
    }

    /// The day behind a word for days below the heading.
    fn labelled_day(&self, below: &[String]) -> Option<Date> {
        let days =
            below.iter().enumerate().filter(|&(at, line)| self.is_labelled_day(line) && !self.is_event(below, at));
        agreed(&days.filter_map(|(_, line)| self.only_day(line)).collect::<Vec<_>>())
    }

    fn is_labelled_day(&self, line: &str) -> bool {
        self.labels.is_match(Folded::new(line).text())
    }

    /// True for a line with a word for days and a day, if the next has a label as well: the place of an event.
    fn is_event(&self, lines: &[String], at: usize) -> bool {
        lines.get(at + 1).is_some_and(|next| is_labelled(next)) && self.is_labelled_day(&lines[at])
    }

    /// The day beside a name in the head of a page, else that of a change.
    pub(crate) fn of_rest(&self, dates: &PageDates) -> Option<Date> {
        let beside = |texts: &[String]| {
            let mut lines = texts.iter().enumerate().filter(|&(at, _)| !self.is_event(texts, at));
            lines.find_map(|(_, text)| self.only_day(text))
        };
        let aside: Vec<Date> = dates.aside.iter().filter_map(|text| self.stated(text)).collect();
        let opening: Vec<Date> = dates.shown.iter().filter_map(|text| self.opening_day(text)).collect();
        let anywhere: Vec<Date> = dates
            .anywhere
            .iter()
            .filter_map(|text| match self.line(&self.spelled_out(text, dates.year_first)) {
                Verdict::Published(date) | Verdict::Bare(date) => Some(date),
                _ => None,
            })
            .collect();
        let said: Vec<Date> = dates.sentences.iter().filter_map(|text| self.said_day(text)).collect();
        let changed =
            dates.anywhere.iter().filter_map(|text| self.contents.later(Folded::new(text).text(), &self.written));
        beside(&dates.named)
            .or_else(|| beside(&dates.shown))
            .or_else(|| agreed(&aside))
            .or_else(|| agreed(&opening))
            .or_else(|| agreed(&said))
            .or_else(|| self.first(&dates.changed))
            .or_else(|| self.in_scripts(&dates.markup))
            .or_else(|| beside(&dates.far))
            .or_else(|| agreed(&anywhere))
            .or_else(|| agreed(&changed.collect::<Vec<_>>()))
    }

    /// The day on which a sentence says that its article was published.
    fn said_day(&self, text: &str) -> Option<Date> {
        let folded = Folded::new(text);
        self.says_published(folded.text()).then(|| self.single_day(folded.text()))?
    }

    /// The day of publication that a script of the page states for its own use, if it states one alone.
    fn in_scripts(&self, markup: &str) -> Option<Date> {
        let values = self.script_keys.captures_iter(markup).filter_map(|found| self.stated(found.get(1)?.as_str()));
        agreed(&values.take(MAX_VALUES).collect::<Vec<_>>())
    }

    /// A date as a whole text with its year in full, and the month where it is plain which number it is: 02.12.19 where the day
    /// comes first, 25.12.02 where the year does, and 12/30/2025.
    fn spelled_out<'a>(&self, text: &'a str, year_first: bool) -> Cow<'a, str> {
        let Some(found) = self.abbreviated.captures(text) else { return Cow::Borrowed(text) };
        let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
        let (label, rest) = (part("label"), part("rest"));
        let number = |name: &str| part(name).parse::<u8>().unwrap_or_default();
        if found.name("y").is_some() {
            let year = if part("y").len() == 2 { format!("20{}", part("y")) } else { part("y").to_owned() };
            return match (number("c"), number("d")) {
                (day, month) if day > MONTHS || day == month => {
                    format!("{label}{year}-{month:02}-{day:02}{rest}").into()
                }
                (month, day) if day > MONTHS => format!("{label}{year}-{month:02}-{day:02}{rest}").into(),
                _ => Cow::Borrowed(text),
            };
        }
        let (first, month, last) = (part("a"), number("b"), part("e"));
        let (year, day) = if year_first { (first, last) } else { (last, first) };
        if year.len() == 2 { format!("{label}20{year}-{month:02}-{day:0>2}{rest}").into() } else { Cow::Borrowed(text) }
    }

    /// The day that a paragraph opens with, before a dash, a colon or a quotation, by itself or behind a place: 27.1.2022 – In
    /// Berlin; Karlsruhe (27.1.2022). In Berlin.
    fn opening_day(&self, text: &str) -> Option<Date> {
        let folded = Folded::new(text);
        let text = folded.text();
        let is_sign = |letter: char| letter.is_ascii_digit() || "!?:;。".contains(letter);
        let place = text.char_indices().take(MAX_PLACE_CHARS).find(|&(_, letter)| is_sign(letter));
        let mut starts = text.char_indices().map(|(at, _)| at).take_while(|&at| place.is_none_or(|(end, _)| at <= end));
        let starts = starts
            .by_ref()
            .take(MAX_PLACE_CHARS)
            .filter(|&at| at == 0 || text[..at].ends_with([' ', ',', '(', '（', '，']));
        let (start, found) = starts.filter_map(|at| Some((at, self.written.at_start(&text[at..])?))).next()?;
        let rest = text[start + found.end..].trim_start();
        let (in_brackets, rest) = match rest.strip_prefix([')', '）']) {
            Some(rest) if text[..start].ends_with(['(', '（']) => (true, rest.trim_start()),
            _ => (false, rest),
        };
        let ends = rest.starts_with(['-', '–', '—', '―', ':', '：', '|', '"', '„', '“', '「', '《']);
        (ends || (in_brackets && rest.starts_with(['.', '。', '=']))).then_some(found.date)
    }

    /// The only day in a short text.
    fn only_day(&self, text: &str) -> Option<Date> {
        if text.chars().nth(MAX_BESIDE_CHARS).is_some() || text.ends_with(['.', '!', '?', '。']) || text.contains('©')
        {
            return None;
        }
        self.single_day(Folded::new(text).text())
    }

    /// The only day in a folded text.
    fn single_day(&self, text: &str) -> Option<Date> {
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

    /// The day that a page shows for an instant in UTC, or has in its address, where that is the day before or after.
    fn local(&self, text: &str, date: Date, dates: &PageDates, address: Option<&str>) -> Option<Date> {
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
        if days.contains(&date) {
            return None;
        }
        days.into_iter().find(is_next).or_else(|| self.in_address(address?).filter(is_next))
    }
}

/// True for a line that begins with a word and a colon.
fn is_labelled(line: &str) -> bool {
    line.char_indices().take(MAX_LABEL_CHARS).any(|(at, letter)| {
        matches!(letter, ':' | '：') && !line[..at].ends_with(|before: char| before.is_ascii_digit())
    })
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
