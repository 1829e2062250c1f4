//! A horizontal bar, exact to an eighth of a column.

/// The length of the longest bar, in columns, on a terminal however narrow.
pub(crate) const MIN_BAR: usize = 8;
/// The last column of a bar, by eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of `columns` for `most`, and shorter for less; only 0 has an empty bar.
pub(crate) fn bar(samples: u64, most: u64, columns: usize) -> String {
    if samples == 0 {
        return String::new();
    }
    let eighths = (samples as f64 / most as f64 * (columns * 8) as f64).round().max(1.0) as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        let bars = [0, 1, 8, 50, 100].map(|samples| bar(samples, 100, 10));
        assert_eq!(bars, ["", "▏", "▊", "█████", "██████████"]);
    }
}
