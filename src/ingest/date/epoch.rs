//! Days as numbers of seconds, milliseconds, microseconds or nanoseconds since 1970, as programs write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day of a number since 1970, in UTC, by itself or as `/Date(1768210200000+0900)/`; `None` for any other text, and for a
/// date in digits (`20260112101500`).
pub(crate) fn since_1970(text: &str) -> Option<Date> {
    let inside = text.strip_prefix("/date(").and_then(|inside| inside.strip_suffix(")/"));
    let number =
        inside.map_or(text, |inside| inside.find(['+', '-']).filter(|&at| at > 0).map_or(inside, |at| &inside[..at]));
    let (digits, fraction) = number.split_once('.').unwrap_or((number, ""));
    if !digits.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let timestamp = match digits.len() {
        9 | 10 => Timestamp::from_second(number),
        12 if is_date_and_time(digits) => return None,
        // Numbers of other lengths are of the first months of 1970, or far from now.
        12 | 13 => Timestamp::from_millisecond(number),
        15 | 16 => Timestamp::from_microsecond(number),
        18..=19 => Timestamp::from_nanosecond(number.into()),
        _ => return None,
    };
    Some(timestamp.ok()?.to_zoned(TimeZone::UTC).date())
}

/// True for `202601121015`.
fn is_date_and_time(digits: &str) -> bool {
    let (date, time) = digits.split_at(8);
    let is_time = time
        .as_bytes()
        .chunks(2)
        .zip([24, 60, 60])
        .all(|(two, most)| two.iter().fold(0, |number, digit| 10 * number + digit - b'0') < most);
    is_time && date.parse().is_ok_and(|date: Date| (1900..2100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::since_1970;

    #[test]
    fn numbers_are_times_since_1970_unless_they_are_dates() {
        for text in [
            "1768210200",
            "1768210200.25",
            "1768210200000",
            "1768210200000000",
            "1768210200000000000",
            "/date(1768210200000+0900)/",
        ] {
            assert_eq!(since_1970(text).map(|day| day.to_string()).as_deref(), Some("2026-01-12"), "{text}");
        }
        for text in [
            "20260112",
            "20260112101500",
            "202601121015",
            "20251212123",
            "2026",
            "2026-01-12",
            "",
            ".5",
            "/date()/",
            "1.2.3",
        ] {
            assert_eq!(since_1970(text), None, "{text}");
        }
    }
}
