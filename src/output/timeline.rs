//! The timeline of a query, as CSV with a row per period or as one JSON object. Later versions of the object only add keys.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::output::safe::escape_json;
use crate::search::ResultUnit;
use crate::search::{Period, Tally, Timeline};

const VERSION: u32 = 1;

/// Writes a timeline as CSV: the header `period,count,all,share`, a row for each period, and a last row `unknown` if anything
/// is undated. Shares are in percent, and empty for a period without any passage that could be a hit.
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

/// Writes a timeline as one JSON object; `query` is null if there is none. Shares are in percent, and null for a period
/// without any passage that could be a hit.
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

/// The share in percent, with four decimals.
fn share(tally: Tally) -> Option<f64> {
    tally.share().map(|share| (share * 1e4).round() / 1e4)
}
