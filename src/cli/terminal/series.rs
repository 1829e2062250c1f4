//! Series over time for reading: a line of bars for each, as wide as the terminal has room for.

use std::io::{Result, Write};

use indicatif::HumanCount;

use super::concordance::{keep_start, padded};
use super::page::{FACTS, PageWriter, QUIET};
use tradewire::internals::highlight::columns_of;
use tradewire::output::{Page, one_line};
use tradewire::search_types::{Series, SeriesTable};

/// The greatest number of lines, those with most results.
const MAX_LINES: usize = 24;
/// The greatest width of a name, in columns.
const NAME_COLUMNS: usize = 28;
/// Bars, by eighths of a line's height.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Writes the shares of series, or their standardised values, each scaled to its own greatest one.
///
/// # Errors
///
/// When the output cannot be written to.
pub(crate) fn write_series_bars(table: &SeriesTable, standardise: bool, page: Page, out: &mut dyn Write) -> Result<()> {
    let mut page = PageWriter::new(out, page);
    let mut shown: Vec<&Series> = table.series.iter().collect();
    shown.sort_by_key(|series| std::cmp::Reverse(series.count()));
    let more = shown.len().saturating_sub(MAX_LINES);
    shown.truncate(MAX_LINES);
    let name = |series: &Series| keep_start(&one_line(&series.name()), NAME_COLUMNS);
    let widest = shown.iter().map(|series| columns_of(&name(series))).max().unwrap_or(0);
    let Some((first, last)) =
        shown.first().and_then(|series| Some((series.periods.first()?.0, series.periods.last()?.0)))
    else {
        return Ok(());
    };
    let by = table.by.name();
    let head = page.styled(QUIET, &format!("{by}s {first} to {last}; each line has its own scale"));
    page.write_line(&head)?;
    for series in shown {
        let values: Vec<Option<f64>> = match standardise {
            true => series.standardised(),
            false => series.periods.iter().map(|(_, tally)| tally.share()).collect(),
        };
        let most =
            values.iter().zip(&series.periods).filter_map(|(value, (period, _))| value.map(|value| (value, period)));
        let most = most.max_by(|left, right| left.0.total_cmp(&right.0));
        let sign = if standardise { "" } else { " %" };
        let greatest = most.map_or(0.0, |(value, _)| value);
        let when = most.map_or_else(|| "-".to_owned(), |(value, period)| format!("{value:>6.2}{sign} in {period}"));
        let figures = format!("{:>9}  {when}", HumanCount(series.count()));
        let columns = page.width.saturating_sub(widest + 2 + columns_of(&figures) + 2).max(8);
        let bars = bars(&values, greatest, columns);
        let name = page.styled(FACTS, &padded(&name(series), widest));
        page.write_line(&format!("{name}  {}  {figures}", padded(&bars, columns.min(values.len().max(1)))))?;
    }
    if more > 0 {
        let line = page.styled(QUIET, &format!("({more} more)"));
        page.write_line(&line)?;
    }
    Ok(())
}

/// A bar for each period, or for several together where there are more of them than columns; a dot for what is unknown.
fn bars(values: &[Option<f64>], most: f64, columns: usize) -> String {
    let together = values.len().div_ceil(columns).max(1);
    let bar = |values: &[Option<f64>]| {
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        if known.is_empty() || most <= 0.0 {
            return '·';
        }
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let eighths = (mean / most * BARS.len() as f64).ceil() as usize;
        if mean <= 0.0 { ' ' } else { BARS[eighths.clamp(1, BARS.len()) - 1] }
    };
    values.chunks(together).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_fit() {
        let values = [Some(0.0), Some(1.0), Some(4.0), Some(8.0), None];
        assert_eq!(bars(&values, 8.0, 10), " ▁▄█·");
        assert_eq!(bars(&values, 8.0, 3), "▁▆·");
        assert_eq!(bars(&[], 0.0, 3), "");
    }
}
