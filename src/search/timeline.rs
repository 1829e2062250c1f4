//! The timeline: the number of hits in each period of time, beside the number of all results in the index.
//!
//! In: a query, or none for everything, and filters. Out: the periods from the first hit to the last, including those
//! without hits, each with the number of hits and of everything that passes the filters. So shares are comparable,
//! however much was published in a period.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::engine::{AllResults, Granularity, Period, ResultUnit};
use crate::query::syntax::QueryOptions;

/// Greatest span of the hits, in days, that is counted by day.
const DAYS_BY_DAY: i32 = 60;
/// Greatest span of the hits, in days, that is counted by month; ten years.
const DAYS_BY_MONTH: i32 = 3653;

/// Options of a timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineOptions {
    /// Length of a period. `None`: a day if all hits are within 60 days, a month within ten years, else a year.
    pub by: Option<Granularity>,
    /// What counts as one result.
    pub unit: ResultUnit,
    /// Options of the query; its filters also apply to what the hits are compared with.
    pub query: QueryOptions,
}

/// The hits of a query, by period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Length of a period.
    pub by: Granularity,
    /// The periods from the first hit to the last, without a gap. Empty if no hit has a known day.
    pub periods: Vec<(Period, Tally)>,
    /// The counts of results without a known day.
    pub unknown: Tally,
    /// The counts of all results, including those before the first hit and after the last.
    pub total: Tally,
}

/// The number of hits, beside the number of everything that passes the filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of hits.
    pub count: u64,
    /// Number of everything that passes the filters.
    pub all: u64,
}

impl Tally {
    /// The hits in percent of all; `None` if there is nothing.
    pub fn share(self) -> Option<f64> {
        (self.all > 0).then(|| self.count as f64 * 100.0 / self.all as f64)
    }
}

/// Counts hits by period, beside everything that they are part of.
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

/// The number of groups in each period, and the number of groups with a known day.
fn counts_by(hits: &dyn AllResults, by: Granularity) -> Result<(BTreeMap<Period, u64>, u64)> {
    let periods = hits.periods(by)?;
    let counts = periods.values.iter().copied().zip(periods.counts()).collect();
    Ok((counts, periods.of_each_group().count() as u64))
}

/// The granularity that suits the span of some days; a month if there are none.
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
