//! Days as JSON has them: texts, numbers of seconds or milliseconds since 1970, objects around either.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::ingest::field_names::Part;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::Node;
use crate::ingest::formats::json::text::in_a_language;

/// A value as a date that is written; `None` for one that cannot be any.
pub(crate) fn date_of(node: &Node, names: &Keys<'_>) -> Option<String> {
    match node {
        Node::Null | Node::Bool => None,
        Node::Text(text) => written(text.trim()),
        Node::Number(number) => written(&number.to_string()),
        Node::List(nodes) => numbers(nodes).or_else(|| nodes.iter().find_map(|node| date_of(node, names))),
        Node::Object(object) => {
            let number = |key: &str| match object.get(key) {
                Some(Node::Number(number)) => number.as_i64(),
                _ => None,
            };
            if let (Some(year), Some(month), Some(day)) = (number("year"), number("month"), number("day")) {
                return Some(format!("{year:04}-{month:02}-{day:02}"));
            }
            let ranked =
                object.members.iter().filter_map(|(key, node)| Some((names.rank_within(Part::Date, key)?, node)));
            let mut ranked: Vec<(usize, &Node)> = ranked.collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            let inside = ranked.into_iter().find_map(|(_, node)| date_of(node, names));
            inside.or_else(|| date_of(in_a_language(object)?, names))
        }
    }
}

/// A date in text: digits may be a time since 1970.
pub(crate) fn written(text: &str) -> Option<String> {
    // `Mon Jan 12 08:00:00 +0000 2026`, as archives of X have it.
    if let Ok(time) = jiff::fmt::strtime::parse("%a %b %d %H:%M:%S %z %Y", text)
        && let Ok(date) = time.to_date()
    {
        return Some(date.to_string());
    }
    let inside = text.strip_prefix("/Date(").and_then(|inside| inside.strip_suffix(")/"));
    let number =
        inside.map_or(text, |inside| inside.find(['+', '-']).filter(|&at| at > 0).map_or(inside, |at| &inside[..at]));
    let whole = number.split('.').next().unwrap_or_default();
    let fraction = &number[whole.len()..];
    let is_number = !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && fraction.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let date = if is_number { since_1970(whole) } else { None };
    date.or_else(|| Some(text.to_owned())).filter(|text| !text.is_empty())
}

/// The day of a number of seconds, milliseconds, microseconds or nanoseconds since 1970.
fn since_1970(digits: &str) -> Option<String> {
    let number: i64 = digits.parse().ok()?;
    let is_compact = || {
        let (date, time) = (digits.get(..8), digits.get(8..));
        let is_time = time.is_some_and(|time| {
            time.as_bytes().chunks(2).zip([24, 60, 60]).all(|(two, most)| {
                std::str::from_utf8(two).ok().and_then(|two| two.parse::<u8>().ok()).is_some_and(|two| two < most)
            })
        });
        let year = digits.get(..4).and_then(|year| year.parse::<u16>().ok()).unwrap_or_default();
        is_time && (1900..2100).contains(&year) && date.is_some_and(|date| date.parse::<jiff::civil::Date>().is_ok())
    };
    let timestamp = match digits.len() {
        9 | 10 => Timestamp::from_second(number),
        // 20260112101500 is a date with a time.
        12 | 14 if is_compact() => return None,
        11..=14 => Timestamp::from_millisecond(number),
        15..=17 => Timestamp::from_microsecond(number),
        18..=19 => Timestamp::from_nanosecond(number.into()),
        _ => return None,
    };
    Some(timestamp.ok()?.to_zoned(TimeZone::UTC).date().to_string())
}

/// Year, month and day as the first numbers of a list, as Java writes a date.
fn numbers(nodes: &[Node]) -> Option<String> {
    let number = |at: usize| match nodes.get(at) {
        Some(Node::Number(number)) => number.as_i64(),
        Some(Node::Text(text)) => text.parse().ok(),
        _ => None,
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    let is_date = (1000..10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_dates_or_times_since_1970() {
        for (text, expected) in [
            ("1768210200", "2026-01-12"),
            ("1768210200.25", "2026-01-12"),
            ("1768210200000", "2026-01-12"),
            ("1768210200000000", "2026-01-12"),
            ("/Date(1768210200000+0900)/", "2026-01-12"),
            ("20260112", "20260112"),
            ("20260112101500", "20260112101500"),
            ("202601121015", "202601121015"),
            ("Mon Jan 12 08:00:00 +0000 2026", "2026-01-12"),
            ("2026", "2026"),
            ("2026-01-12", "2026-01-12"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected), "{text}");
        }
    }
}
