//! Short figures: durations, ratios and rates with three significant digits.

use indicatif::HumanCount;

/// A duration in the unit that suits it; at most eight columns, up to a day.
pub(crate) fn duration(microseconds: f64) -> String {
    let units = [(1.0, "µs"), (1e3, "ms"), (1e6, "s")];
    // 999.7 µs would be rounded to 1000 µs.
    let suits = |&&(size, _): &&(f64, &str)| microseconds / size < 999.5;
    let (size, unit) = units.iter().find(suits).copied().unwrap_or((1e6, "s"));
    format!("{} {unit}", three_digits(microseconds / size))
}

/// A ratio, or `-` for none.
pub(crate) fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| if ratio < 1.0 { format!("{ratio:.2}") } else { three_digits(ratio) })
}

/// A rate per second.
pub(crate) fn rate(per_second: f64) -> String {
    if per_second < 999.5 { three_digits(per_second) } else { HumanCount(per_second.round() as u64).to_string() }
}

fn three_digits(value: f64) -> String {
    let decimals = if value < 9.995 {
        2
    } else if value < 99.95 {
        1
    } else {
        0
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_in_the_unit_that_suits() {
        let table = [
            (0.0, "0.00 µs"),
            (0.25, "0.25 µs"),
            (9.996, "10.0 µs"),
            (99.96, "100 µs"),
            (999.4, "999 µs"),
            (999.6, "1.00 ms"),
            (12_340.0, "12.3 ms"),
            (999_600.0, "1.00 s"),
            (86_400_000_000.0, "86400 s"),
        ];
        for (microseconds, expected) in table {
            assert_eq!(duration(microseconds), expected);
        }
        let ratios = [None, Some(0.004), Some(0.996), Some(1.0), Some(12.34), Some(1234.0)].map(ratio);
        assert_eq!(ratios, ["-", "0.00", "1.00", "1.00", "12.3", "1234"]);
        assert_eq!([0.5, 12.0, 999.0, 1234.5, 1e6].map(rate), ["0.50", "12.0", "999", "1,235", "1,000,000"]);
    }
}
