//! Dates in the web addresses of articles: `/2025/12/30/`, `/2025-12-30/`, `/2025/1230/`, `/2025-12/30/`, `AEN20251230001234`,
//! `?date=20251230`, as sites in the four languages have them.
//!
//! In: an address, whole or without its host. Out: the day. Invariant: a valid day from 1990 to 2099, the only one in
//! the address; in an archive's copy of a page, the address of the original page counts.

use jiff::civil::Date;
use regex::Regex;
use url::Url;

use crate::ingest::date::line::agreed;
use crate::ingest::date::words::{DateWords, any_of};

const YEAR: &str = "(?<y>199[0-9]|20[0-9]{2})";
const MONTH: &str = "(?<m>0[1-9]|1[0-2])";
const DAY: &str = "(?<d>0[1-9]|[12][0-9]|3[01])";

/// A reader of dates in addresses.
pub(crate) struct Addresses {
    in_path: Vec<Regex>,
    in_ids: Regex,
    in_values: Regex,
    keys: Regex,
    kept: Regex,
}

impl Addresses {
    /// Compiles the patterns of dates in addresses.
    ///
    /// # Errors
    ///
    /// When the words make a regular expression that is too large.
    pub(crate) fn new(words: &DateWords) -> Result<Addresses, regex::Error> {
        // The end of a number: a sign that is no digit, or the end of the text.
        let ends = r"(?:[^0-9]|$)";
        let path = [
            format!(r"/{YEAR}/{MONTH}/{DAY}{ends}"),
            format!(r"(?:^|[^0-9%]){YEAR}-{MONTH}-{DAY}{ends}"),
            format!(r"/{YEAR}-{MONTH}/{DAY}{ends}"),
            format!(r"/{YEAR}/{MONTH}-{DAY}{ends}"),
            format!(r"/{YEAR}{MONTH}/{DAY}{ends}"),
            format!(r"/{YEAR}/{MONTH}{DAY}{ends}"),
            // A date with a time is a longer number; any other long number is no date.
            format!(r"(?:^|[^0-9a-z%]){YEAR}{MONTH}{DAY}(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-9]*)?{ends}"),
        ];
        Ok(Addresses {
            in_path: path.iter().map(|pattern| Regex::new(pattern)).collect::<Result<_, _>>()?,
            in_ids: Regex::new(&format!(r"(?:^|[^0-9a-z%])[a-z]{{1,6}}{YEAR}{MONTH}{DAY}"))?,
            in_values: Regex::new(&format!("^{YEAR}-?{MONTH}-?{DAY}(?:[^0-9].*)?$"))?,
            keys: Regex::new(&format!("^{}$", any_of(&words.address_keys)))?,
            kept: Regex::new("/https?:/+")?,
        })
    }

    /// The date in an address; `None` if there is none, or if there are different ones.
    pub(crate) fn read(&self, address: &str) -> Option<Date> {
        let address = address.trim();
        let address = self.kept.find_iter(address).last().map_or(address, |kept| &address[kept.start() + 1..]);
        // An address without a host is resolved against a dummy one, to get its path.
        let base = Url::parse("http://localhost/").ok()?;
        let url = Url::parse(address).ok().filter(Url::has_host).or_else(|| base.join(address).ok())?;
        let path = url.path().to_ascii_lowercase();
        let mut days: Vec<Date> = Vec::new();
        for pattern in self.in_path.iter().chain([&self.in_ids]) {
            days.extend(days_in(pattern, &path));
        }
        for (key, value) in url.query_pairs() {
            let value = value.to_ascii_lowercase();
            let pattern = if self.keys.is_match(&key.to_ascii_lowercase()) { &self.in_values } else { &self.in_ids };
            days.extend(days_in(pattern, &value));
        }
        agreed(&days)
    }
}

fn days_in<'a>(pattern: &'a Regex, text: &'a str) -> impl Iterator<Item = Date> + 'a {
    pattern.captures_iter(text).filter_map(|found| {
        let number = |name: &str| found[name].parse::<i16>().ok();
        let small = |name: &str| number(name).and_then(|number| i8::try_from(number).ok());
        Date::new(number("y")?, small("m")?, small("d")?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_day_or_none() {
        let config = crate::config::Config::builtin().unwrap();
        let addresses = Addresses::new(&config.ingest.date_words().unwrap()).unwrap();
        let day = |address: &str| addresses.read(address).map(|date| date.to_string());
        for address in [
            "https://www.example.com/2025/12/30/trade-talks",
            "https://example.com/world/2025-12-30/trade",
            "https://example.com/trade-talks-2025-12-30.html",
            "http://world.people.example.cn/n1/2025/1230/c1002-40634567.html",
            "https://www.example.cn/politics/2025-12/30/c_1128.htm",
            "https://www.example.cn/gn/2025/12-30/10548391.shtml",
            "https://www.example.cn/zwgk/202512/30/content.htm",
            "https://www.example.cn/t20251230_123.html",
            "https://en.example.co.kr/view/AEN20251230001234",
            "https://example.co.kr/view?id=AKR20251230045300002",
            "https://example.co.kr/article/202512301030001",
            "https://example.com/20251230/",
            "https://example.com/20251230-slug",
            "https://example.com/a?date=20251230",
            "https://example.com/a?x=1&pubDate=2025-12-30#2024-01-01",
            "/2025/12/30/a.html",
            "www.example.com/2025/12/30/a.html",
            "https://web.archive.org/web/20260105123456/https://example.com/2025/12/30/a",
            "https://example.com/2025/12/30/20251230-a",
        ] {
            assert_eq!(day(address).as_deref(), Some("2025-12-30"), "{address}");
        }
        for address in [
            "",
            "U",
            "https://example.com/",
            "https://2025-12-30.example.com/",
            "https://example.com/2025/12/",
            "https://example.com/2025/02/30/",
            "https://example.com/1889/12/30/",
            "https://example.com/2125/12/30/",
            "https://example.com/12/30/2025/",
            "https://example.com/2025/12/30/moved-2025-12-31",
            "https://example.com/list?startdate=20250101&enddate=20251230",
            "https://example.com/a/120251230",
            "https://example.com/a/2025123099",
            "https://example.com/a%20251230",
            "https://example.com/a#2025-12-30",
            "https://example.com/a?date=12/30/2025",
            "https://example.com/a?page=20251230",
            "https://web.archive.org/web/20260105123456/https://example.com/a",
            "https://[broken/2025",
        ] {
            assert_eq!(day(address), None, "{address}");
        }
    }
}
