//! Hits over time: a bar a period for reading, a row a period as CSV, or one JSON object. Later versions of the object only
//! add keys.

use std::io::Write;

use anyhow::Result;
use indicatif::HumanCount;
use serde::Serialize;

use crate::output::bar::{MIN_BAR, bar};
use crate::output::safe::escape_json;
use crate::search::ResultUnit;
use crate::search::{Period, Tally, Timeline};
use crate::snippet::columns_of;

const VERSION: u32 = 1;
/// As many periods without hits in a row are shown one by one; more as one line.
const EMPTY_PERIODS: usize = 3;

/// Writes a line for each period: its name, the hits, all that they are among, the share, and a bar for the hits. Then
/// those of unknown days, if there are any, and the sum. Nothing without hits. `unit_name` is in the plural, `columns`
/// are those of the terminal.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_timeline_bars(timeline: &Timeline, unit_name: &str, columns: usize, out: &mut dyn Write) -> Result<()> {
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

/// Writes `period,count,all,share` and a row for each period, and last one of the period `unknown`, if anything has no
/// known day. Shares are in percent, and empty where there is nothing that could be a hit.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_timeline_csv(timeline: &Timeline, out: &mut dyn Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["period", "count", "all", "share"])?;
    let unknown = (timeline.unknown.all > 0).then(|| ("unknown".to_owned(), timeline.unknown));
    let periods = timeline.periods.iter().map(|(period, tally)| (period.to_string(), *tally));
    for (period, tally) in periods.chain(unknown) {
        let share = share(tally).map(|share| share.to_string()).unwrap_or_default();
        writer.write_record([period, tally.count.to_string(), tally.all.to_string(), share])?;
    }
    writer.flush()?;
    Ok(())
}

#[derive(Serialize)]
struct TimelineRecord<'a> {
    version: u32,
    query: Option<&'a str>,
    by: &'a str,
    unit: &'a str,
    periods: Vec<PeriodRecord>,
    unknown: TallyRecord,
    total: TallyRecord,
}

#[derive(Serialize)]
struct PeriodRecord {
    period: String,
    #[serde(flatten)]
    tally: TallyRecord,
}

#[derive(Serialize)]
struct TallyRecord {
    count: u64,
    all: u64,
    share: Option<f64>,
}

impl TallyRecord {
    fn of(tally: Tally) -> TallyRecord {
        TallyRecord { count: tally.count, all: tally.all, share: share(tally) }
    }
}

/// Writes one JSON object; the query is null if there is none. Shares are in percent, and null where there is nothing that
/// could be a hit.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_timeline_json(
    timeline: &Timeline,
    query: Option<&str>,
    unit: ResultUnit,
    out: &mut dyn Write,
) -> Result<()> {
    let record =
        |(period, tally): &(Period, Tally)| PeriodRecord { period: period.to_string(), tally: TallyRecord::of(*tally) };
    let record = TimelineRecord {
        version: VERSION,
        query,
        by: timeline.by.name(),
        unit: unit.name(),
        periods: timeline.periods.iter().map(record).collect(),
        unknown: TallyRecord::of(timeline.unknown),
        total: TallyRecord::of(timeline.total),
    };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))?;
    Ok(())
}

/// In percent, with four decimals.
fn share(tally: Tally) -> Option<f64> {
    tally.share().map(|share| (share * 1e4).round() / 1e4)
}
