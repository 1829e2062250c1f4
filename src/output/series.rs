//! Series of queries over time as CSV, with a row for each query, value and period, or as one JSON object, which later versions only add
//! keys to.

use std::io::{Result, Write};

use serde::Serialize;

use crate::output::records::VERSION;
use crate::output::rows::Rows;
use crate::output::safe::escape_json;
use crate::search::{ResultUnit, Series, SeriesTable};

const COLUMNS: [&str; 6] = ["query", "per", "period", "n", "of_all", "share"];
const WITH_STANDARDISED: [&str; 7] = ["query", "per", "period", "n", "of_all", "share", "standardised"];

/// Writes series as CSV. Shares are in percent, and empty for a period without anything to compare with.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_series_csv(table: &SeriesTable, standardise: bool, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(out, if standardise { &WITH_STANDARDISED } else { &COLUMNS });
    for series in &table.series {
        let per = series.per.as_deref().unwrap_or_default();
        for ((period, tally), standardised) in series.periods.iter().zip(series.standardised()) {
            let [share, standardised] = [tally.share(), standardised].map(decimals);
            let (period, count, all) = (period.to_string(), tally.count.to_string(), tally.all.to_string());
            let cells = [&series.query, per, &period, &count, &all, &share, &standardised];
            rows.row(if standardise { &cells } else { &cells[..COLUMNS.len()] })?;
        }
    }
    rows.finish()
}

/// A number with four decimals; nothing for none.
fn decimals(number: Option<f64>) -> String {
    rounded(number).map(|number| number.to_string()).unwrap_or_default()
}

fn rounded(number: Option<f64>) -> Option<f64> {
    number.map(|number| (number * 1e4).round() / 1e4)
}

#[derive(Serialize)]
struct TableRecord<'a> {
    version: u32,
    by: &'a str,
    unit: &'a str,
    undated: u64,
    series: Vec<SeriesRecord<'a>>,
}

#[derive(Serialize)]
struct SeriesRecord<'a> {
    query: &'a str,
    per: Option<&'a str>,
    periods: Vec<PeriodRecord>,
}

#[derive(Serialize)]
struct PeriodRecord {
    period: String,
    n: u64,
    of_all: u64,
    share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standardised: Option<f64>,
}

/// Writes series as one JSON object. Shares are in percent, and null for a period without anything to compare with.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_series_json(table: &SeriesTable, unit: ResultUnit, standardise: bool, out: &mut dyn Write) -> Result<()> {
    let record = |series: &Series| -> Vec<PeriodRecord> {
        let periods = series.periods.iter().zip(series.standardised());
        let record = |((period, tally), standardised): (&(_, crate::search::Tally), Option<f64>)| {
            let period: &crate::search::Period = period;
            PeriodRecord {
                period: period.to_string(),
                n: tally.count,
                of_all: tally.all,
                share: rounded(tally.share()),
                standardised: rounded(standardised).filter(|_| standardise),
            }
        };
        periods.map(record).collect()
    };
    let series = table.series.iter().map(|series| SeriesRecord {
        query: &series.query,
        per: series.per.as_deref(),
        periods: record(series),
    });
    let record = TableRecord {
        version: VERSION,
        by: table.by.name(),
        unit: unit.name(),
        undated: table.undated,
        series: series.collect(),
    };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))
}
