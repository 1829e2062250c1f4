//! Filters: restrictions by language, date, source, country and id. Parsed here, compiled to tantivy's
//! queries, and checked against what is stored of a passage when its matches are marked.

use std::fmt;
use std::ops::Bound;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use tantivy::query::{BooleanQuery, Query, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::engine::tantivy::sequence::terms_with_prefix;
use crate::index::{NewsIndex, StoredPassage, days_of};
use crate::query::syntax::ast::write_quoted;
use crate::text::analysis::{Segmented, Unit, surface, surface_without_dots};
use crate::text::country::{CountryCode, CountryPair};
use crate::text::language::Language;

/// One restriction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Filter {
    /// The passage is in one of these languages.
    Lang(Vec<Language>),
    /// The publication day is known and lies in the range.
    Date(DateRange),
    /// The source's name holds these words in this order, folded.
    Source(String),
    /// The passage or its document's title names one of these countries.
    Country(Vec<CountryCode>),
    /// It names both countries of one of these pairs.
    Pair(Vec<CountryPair>),
    /// The document has this id, or with `prefix` one that begins like this.
    Id {
        /// As stored; case matters.
        id: String,
        /// Written with a `*` at the end.
        prefix: bool,
    },
}

/// Days, both ends included; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateRange {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// How a date or a range of dates is written, for messages.
pub const DATE_FORMS: &str = "2025, 2025-12, 2025-12-30, 2025-12..2026-01, >=2026 or <2025-07";

impl DateRange {
    /// A year, month or day, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. `None` for anything else.
    pub fn of_period(text: &str) -> Option<DateRange> {
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i16>().ok())?
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let number = |text: &str| digits(text, 2).and_then(|number| i8::try_from(number).ok());
        let (from, to) = match (month, day) {
            (None, _) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            (Some(month), None) => {
                let first = Date::new(year, number(month)?, 1).ok()?;
                (first, first.last_of_month())
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, number(month)?, number(day)?).ok()?;
                (date, date)
            }
        };
        Some(DateRange { from: Some(from), to: Some(to) })
    }

    /// A period, two with `..` between them (either may be left out), or one with `>`, `>=`, `<` or `<=` before it.
    pub fn parse(text: &str) -> Option<DateRange> {
        if let Some((from, to)) = text.split_once("..") {
            let from = if from.is_empty() { None } else { DateRange::of_period(from)?.from };
            let to = if to.is_empty() { None } else { DateRange::of_period(to)?.to };
            let in_order = !matches!((from, to), (Some(from), Some(to)) if from > to);
            return ((from.is_some() || to.is_some()) && in_order).then_some(DateRange { from, to });
        }
        let signs = [">=", "<=", ">", "<"].into_iter();
        let Some((sign, rest)) = signs.filter_map(|sign| Some((sign, text.strip_prefix(sign)?))).next() else {
            return DateRange::of_period(text);
        };
        let DateRange { from, to } = DateRange::of_period(rest)?;
        match sign {
            ">=" => Some(DateRange { from, to: None }),
            "<=" => Some(DateRange { from: None, to }),
            ">" => Some(DateRange { from: Some(to?.checked_add(1.day()).ok()?), to: None }),
            // Years are written with four digits, so there is none before 0000.
            _ => {
                let last = from?.checked_sub(1.day()).ok().filter(|last| last.year() >= 0)?;
                Some(DateRange { from: None, to: Some(last) })
            }
        }
    }

    fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

impl Filter {
    /// Matches the passages that pass.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn query(&self, index: &NewsIndex) -> Result<Box<dyn Query>> {
        let fields = index.fields();
        let searcher = index.searcher();
        let terms_in = |field, accepts: &dyn Fn(&str) -> bool, prefix: &str| -> Result<Box<dyn Query>> {
            let mut terms = Vec::new();
            for segment in searcher.segment_readers() {
                let inverted = segment.inverted_index(field).context("reading the terms of the index")?;
                let names = terms_with_prefix(&inverted, prefix)?;
                terms.extend(names.iter().filter(|name| accepts(name)).map(|name| Term::from_field_text(field, name)));
            }
            Ok(Box::new(TermSetQuery::new(terms)))
        };
        Ok(match self {
            Filter::Lang(languages) => {
                let terms = languages.iter().map(|language| Term::from_field_text(fields.lang, language.code()));
                Box::new(TermSetQuery::new(terms))
            }
            Filter::Date(DateRange { from, to }) => {
                let day = |date| Term::from_field_i64(fields.date, days_of(date));
                let from = from.map_or(Bound::Unbounded, |date| Bound::Included(day(date)));
                let to = to.map_or(Bound::Unbounded, |date| Bound::Included(day(date)));
                Box::new(RangeQuery::new(from, to))
            }
            Filter::Country(countries) => {
                let terms = countries.iter().map(|country| Term::from_field_text(fields.country, country.as_str()));
                Box::new(TermSetQuery::new(terms))
            }
            Filter::Pair(pairs) => {
                let names = |country: CountryCode| -> Box<dyn Query> {
                    let term = Term::from_field_text(fields.country, country.as_str());
                    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
                };
                let both = |pair: &CountryPair| -> Box<dyn Query> {
                    Box::new(BooleanQuery::intersection(pair.countries().map(names).into()))
                };
                Box::new(BooleanQuery::union(pairs.iter().map(both).collect()))
            }
            Filter::Source(words) => terms_in(fields.source, &|name| holds_words(name, words), "")?,
            Filter::Id { id, prefix: true } => terms_in(fields.id, &|_| true, id)?,
            Filter::Id { id, prefix: false } => {
                Box::new(TermQuery::new(Term::from_field_text(fields.id, id), IndexRecordOption::Basic))
            }
        })
    }

    /// True if a passage passes.
    pub fn admits(&self, passage: &StoredPassage) -> bool {
        match self {
            Filter::Lang(languages) => languages.contains(&passage.lang),
            Filter::Date(range) => {
                let date = passage.date.as_deref().and_then(|date| date.parse::<Date>().ok());
                date.is_some_and(|date| range.contains(date))
            }
            Filter::Source(words) => passage.source.as_deref().is_some_and(|source| holds_words(source, words)),
            Filter::Country(countries) => countries.iter().any(|country| passage.countries.contains(country)),
            Filter::Pair(pairs) => {
                let names_both =
                    |pair: &CountryPair| pair.countries().iter().all(|one| passage.countries.contains(one));
                pairs.iter().any(names_both)
            }
            Filter::Id { id, prefix: false } => passage.id == *id,
            Filter::Id { id, prefix: true } => passage.id.starts_with(id.as_str()),
        }
    }
}

/// True if the folded words and characters of `words` stand in `name` in this order, umlauts written in any way. Nothing
/// to look for is in no name.
pub(crate) fn holds_words(name: &str, words: &str) -> bool {
    let (name, words) = (Segmented::new(name), Segmented::new(words));
    let wanted: Vec<String> = words.units().iter().map(|unit| surface(words.form(unit))).collect();
    let is = |unit: &Unit, wanted: &String| {
        let form = name.form(unit);
        surface(form) == *wanted || surface_without_dots(form).as_ref() == Some(wanted)
    };
    let stands_in = |window: &[Unit]| window.iter().zip(&wanted).all(|(unit, wanted)| is(unit, wanted));
    !wanted.is_empty() && name.units().windows(wanted.len()).any(stands_in)
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Filter::Lang(languages) => {
                let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
                write!(formatter, "lang:{}", codes.join(","))
            }
            Filter::Date(range) => write!(formatter, "date:{range}"),
            Filter::Country(countries) => write_list(formatter, "country", countries),
            Filter::Pair(pairs) => write_list(formatter, "pair", pairs),
            Filter::Source(words) => {
                formatter.write_str("source:")?;
                write_quoted(formatter, words)
            }
            Filter::Id { id, prefix } => {
                formatter.write_str("id:")?;
                write_quoted(formatter, id)?;
                formatter.write_str(if *prefix { "*" } else { "" })
            }
        }
    }
}

fn write_list(formatter: &mut fmt::Formatter<'_>, name: &str, values: &[impl fmt::Display]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 { write!(formatter, "{name}:{value}")? } else { write!(formatter, ",{value}")? }
    }
    Ok(())
}

impl fmt::Display for DateRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(formatter, "{from}"),
            (from, to) => {
                let end = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
                write!(formatter, "{}..{}", end(from), end(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_ranges() {
        for (text, expected) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-12-30", "2025-12-30"),
            ("2025-12..2026-01-15", "2025-12-01..2026-01-15"),
            ("2025..", "2025-01-01.."),
            ("..2025", "..2025-12-31"),
            (">=2026", "2026-01-01.."),
            (">2026", "2027-01-01.."),
            ("<2026-03", "..2026-02-28"),
            ("<=2026-03", "..2026-03-31"),
        ] {
            let range = DateRange::parse(text).unwrap();
            assert_eq!(range.to_string(), expected, "{text}");
            assert_eq!(DateRange::parse(expected), Some(range), "{text}");
        }
        for wrong in ["", "..", "2025-13", "2025-02-30", "25", "2025-1", "2026..2025", ">", "2025-12-30-1", "gestern"] {
            assert_eq!(DateRange::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_source_is_found_by_its_words() {
        assert!(holds_words("Yonhap News Agency", "yonhap"));
        assert!(holds_words("연합뉴스", "연합"));
        assert!(holds_words("中國日報", "中国日报"));
        assert!(
            ["Süddeutsche", "sueddeutsche", "Suddeutsche"].iter().all(|name| holds_words("Süddeutsche Zeitung", name))
        );
        assert!(!holds_words("Yonhap News", "yon"));
        assert!(!holds_words("Yonhap News", "…"));
    }
}
