//! Days as numbers, counted from 1970-01-01: how an index stores dates; and the day that it is.

/// Days from 1970-01-01 to a `YYYY-MM-DD`, negative before; `None` for anything else.
pub(crate) fn days_since_epoch(date: &str) -> Option<i64> {
    date.parse().ok().map(days_of)
}

/// Days from 1970-01-01 to a date, negative before.
pub(crate) fn days_of(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// The day that it is now, by the clock and the time zone of this machine.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

#[cfg(test)]
mod tests {
    use super::days_since_epoch;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(days_since_epoch("1970-01-01"), Some(0));
        assert_eq!(days_since_epoch("1969-12-31"), Some(-1));
        assert_eq!(days_since_epoch("2025-12-30"), Some(20_452));
        assert_eq!(days_since_epoch("soon"), None);
    }
}
