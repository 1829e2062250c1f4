//! The timeline for reading: a line and a bar per period.

use std::io::Write;

use anyhow::Result;
use indicatif::HumanCount;
use tradewire::internals::highlight::columns_of;
use tradewire::search_types::{Tally, Timeline};

use super::bar::{MIN_BAR, bar};

/// The most consecutive periods without hits that are shown one by one; more become one line.
const EMPTY_PERIODS: usize = 3;

/// Writes a line for each period: its name, the hits, all results of the period, the share, and a bar. The undated results, if
/// there are any, and the sum come last. Writes nothing without hits. `unit_name` is in the plural, `columns` is the width of
/// the terminal.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn write_timeline_bars(
    timeline: &Timeline,
    unit_name: &str,
    columns: usize,
    out: &mut dyn Write,
) -> Result<()> {
    if timeline.total.count == 0 {
        return Ok(());
    }
    let by = timeline.by.name();
    let label = |name: &str, cells: [&str; 3]| {
        let [count, all, share] = cells;
        format!("{name:<10}  {count:>9}  {all:>9}  {share:>8}")
    };
    let line = |name: &str, tally: Tally| {
        let [count, all] = [tally.count, tally.all].map(|count| HumanCount(count).to_string());
        let share = tally.share().map_or_else(|| "-".to_owned(), |share| format!("{share:.2} %"));
        label(name, [&count, &all, &share])
    };
    writeln!(out, "{}", label(by, [unit_name, "of all", "share"]))?;
    let most = timeline.periods.iter().map(|(_, tally)| tally.count).max().unwrap_or_default();
    for stretch in timeline.periods.chunk_by(|left, right| (left.1.count == 0) == (right.1.count == 0)) {
        if stretch[0].1.count == 0 && stretch.len() > EMPTY_PERIODS {
            writeln!(out, "…           {} {by}s without hits", HumanCount(stretch.len() as u64))?;
            continue;
        }
        for (period, tally) in stretch {
            let line = line(&period.to_string(), *tally);
            let bar = bar(tally.count, most, columns.saturating_sub(columns_of(&line) + 2).max(MIN_BAR));
            writeln!(out, "{}", format!("{line}  {bar}").trim_end())?;
        }
    }
    if timeline.unknown.all > 0 {
        writeln!(out, "{}", line("unknown", timeline.unknown))?;
    }
    writeln!(out, "{}", line("total", timeline.total))?;
    Ok(())
}
