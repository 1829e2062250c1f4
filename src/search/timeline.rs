//! How many hits a query has in each period of time, and how many there are of all that is in the index.
//!
//! In: a query, or none for everything, and filters. Out: the periods from the first hit to the last, those without hits
//! too, each with the hits in it and with all that passes the filters. So a share is not bent by how much was published.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::engine::{AllResults, Granularity, Period, ResultUnit};
use crate::query::syntax::QueryOptions;

/// Hits that are at most so many days apart are counted by day.
const DAYS_BY_DAY: i32 = 60;
/// Hits that are at most so many days apart are counted by month; ten years.
const DAYS_BY_MONTH: i32 = 3653;

/// What to count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineOptions {
    /// How long a period is. `None`: a day if all hits are within 60 days, a month within ten years, else a year.
    pub by: Option<Granularity>,
    /// What is counted.
    pub unit: ResultUnit,
    /// How the query is to be understood; its filters hold for what hits are compared with, too.
    pub query: QueryOptions,
}

/// The hits of a query over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// How long a period is.
    pub by: Granularity,
    /// From that of the first hit to that of the last, without a gap. None if no hit has a known day.
    pub periods: Vec<(Period, Tally)>,
    /// What has no known day.
    pub unknown: Tally,
    /// Everything, also beyond the first and last hit.
    pub total: Tally,
}

/// Hits, beside all that passes the filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Hits.
    pub count: u64,
    /// All that passes the filters.
    pub all: u64,
}

impl Tally {
    /// The hits in percent of all; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.all > 0).then(|| self.count as f64 * 100.0 / self.all as f64)
    }
}

/// Counts hits beside everything that they are among.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn count_by_time(hits: &dyn AllResults, all: &dyn AllResults, by: Option<Granularity>) -> Result<Timeline> {
    let by = match by {
        Some(by) => by,
        None => granularity_of(&hits.periods(Granularity::Day)?.values),
    };
    let (of_hits, dated_hits) = counts_by(hits, by)?;
    let (of_all, dated) = counts_by(all, by)?;
    let last = of_hits.last_key_value().map(|(&last, _)| last);
    let first = of_hits.first_key_value().map(|(&first, _)| first);
    let periods = std::iter::successors(first, |&period| period.next()).take_while(|&period| Some(period) <= last);
    let of = |counts: &BTreeMap<Period, u64>, period: Period| counts.get(&period).copied().unwrap_or(0);
    let tally = |period| Tally { count: of(&of_hits, period), all: of(&of_all, period) };
    Ok(Timeline {
        by,
        periods: periods.map(|period| (period, tally(period))).collect(),
        unknown: Tally { count: hits.number() - dated_hits, all: all.number() - dated },
        total: Tally { count: hits.number(), all: all.number() },
    })
}

/// Groups by period, and how many have a known day.
fn counts_by(hits: &dyn AllResults, by: Granularity) -> Result<(BTreeMap<Period, u64>, u64)> {
    let periods = hits.periods(by)?;
    let counts = periods.values.iter().copied().zip(periods.counts()).collect();
    Ok((counts, periods.of_each_group().count() as u64))
}

/// What suits the span of some days; a month if there are none.
fn granularity_of(days: &[Period]) -> Granularity {
    let days = || days.iter().map(|day| day.first_day());
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Granularity::Month;
    };
    match (last - first).get_days() {
        days if days <= DAYS_BY_DAY => Granularity::Day,
        days if days <= DAYS_BY_MONTH => Granularity::Month,
        _ => Granularity::Year,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    #[test]
    fn the_span_decides_how_long_a_period_is() {
        let of = |days: &[Date]| {
            granularity_of(&days.iter().map(|&day| Granularity::Day.period_of(day)).collect::<Vec<_>>())
        };
        let first = date(2015, 6, 1);
        for (last, expected) in [
            (date(2015, 6, 1), Granularity::Day),
            (date(2015, 7, 31), Granularity::Day),
            (date(2015, 8, 1), Granularity::Month),
            (date(2025, 6, 1), Granularity::Month),
            (date(2025, 6, 2), Granularity::Year),
        ] {
            assert_eq!(of(&[last, first]), expected, "{last}");
        }
        assert_eq!(of(&[]), Granularity::Month);
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(Tally::default().share(), None);
        assert_eq!(Tally { count: 1, all: 8 }.share(), Some(12.5));
    }
}
