//! A histogram of latencies as horizontal bars.

use std::io::Write;

use anyhow::Result;
use indicatif::HumanCount;
use unicode_width::UnicodeWidthStr;

use super::super::terminal::bar::{MIN_BAR, bar};
use super::Bucket;
use super::figure::duration;

/// Writes a line for each bucket: its lower bound, its number of latencies, and a bar. Writes nothing without buckets.
pub(crate) fn write_histogram(buckets: &[Bucket], columns: usize, out: &mut dyn Write) -> Result<()> {
    let Some(most) = buckets.iter().map(|bucket| bucket.samples).max() else {
        return Ok(());
    };
    writeln!(out, "\n    from  latencies")?;
    for bucket in buckets {
        let from = duration(bucket.from_us);
        let label = format!("{from:>8}  {:>9}  ", HumanCount(bucket.samples).to_string());
        let bar = bar(bucket.samples, most, columns.saturating_sub(label.width()).max(MIN_BAR));
        writeln!(out, "{}", format!("{label}{bar}").trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        let bucket = |samples| Bucket { from_us: 700.0, below_us: 1000.0, samples };
        for columns in [0, 30, 80] {
            let mut out = Vec::new();
            write_histogram(&[bucket(3), bucket(0), bucket(2_000_000)], columns, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.lines().all(|line| line.width() <= columns.max(30)), "{text}");
        }
        let mut out = Vec::new();
        write_histogram(&[], 80, &mut out).unwrap();
        assert!(out.is_empty());
    }
}
